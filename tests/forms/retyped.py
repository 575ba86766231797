"""The form typed anew from memory: numbered points, merged labels, tables with other columns."""

from __future__ import annotations

from dataclasses import dataclass

from .facts import Day, Facts
from .labels import KINDS, VIA
from .pen import Pen
from .sections import heading, title
from .wordml import Look, cell, paragraph, run, table

WIDTH = 9865
SENDERS = ("Заклад, який надсилає повідомлення (назва, адреса, контакти)", "Хто направляє (заклад)")
RECIPIENTS = ("Установа, яка отримала повідомлення", "Кому направлено (установа)")
BOLD = Look(bold=True)


@dataclass(frozen=True)
class Point:
    """A label and the runs of its lines."""

    label: str
    lines: tuple[str, ...]

    def blocks(self) -> list[str]:
        """The lines as paragraphs."""
        return [paragraph(line) for line in self.lines] or [paragraph()]

    def together(self, before: str = "", after: str = ": ") -> list[str]:
        """Label and first line in one paragraph, further lines below it."""
        first, *rest = self.lines or ("",)
        mark = "" if self.label.endswith((":", "-")) else after.rstrip()
        label = run(before + self.label + mark + " ")
        return [paragraph(label, first), *(paragraph(line) for line in rest)]


def _line(pen: Pen, text: str | None) -> tuple[str, ...]:
    return (pen.value(text, 30),)


def numbered_date(day: Day, number: str | None) -> str | None:
    """«№ … від …», or what there is of it."""
    parts = [f"№ {number}" if number else "", f"від {day.written}" if day.written else ""]
    return " ".join(part for part in parts if part) or None


def head_points(pen: Pen, facts: Facts) -> list[Point]:
    """Numbers with their dates, the sender, the recipient, the registration."""
    sender = tuple(pen.value(line, 30) for line in facts.sender_lines) or _line(pen, None)
    return [
        Point("Вихідний №, дата", _line(pen, numbered_date(facts.outgoing, facts.outgoing_number))),
        Point(pen.rng.choice(SENDERS), sender),
        Point("Вхідний №, дата", _line(pen, numbered_date(facts.incoming, facts.incoming_number))),
        Point(pen.rng.choice(RECIPIENTS), _line(pen, facts.recipient)),
        Point(
            pen.text("registered"),
            _line(pen, numbered_date(facts.registered, facts.registered_number)),
        ),
    ]


def main_points(pen: Pen, facts: Facts) -> list[Point]:
    """From the way it came in to the enclosures."""
    via = (facts.received_via,) if facts.received_via else ()
    kinds = pen.boxes(KINDS, facts.reporter_kinds)
    return [
        Point(pen.text("received"), (pen.boxes(VIA, via),)),
        Point(pen.text("subject"), _line(pen, facts.subject.text)),
        Point(pen.text("address"), _line(pen, facts.address)),
        Point(pen.text("content"), _line(pen, facts.content)),
        Point(pen.text("reporter"), (*_line(pen, facts.reporter), kinds)),
        Point(pen.text("basis"), _line(pen, facts.basis)),
        Point(pen.text("measures"), _line(pen, facts.measures_taken)),
        Point(pen.text("enclosures"), _line(pen, facts.enclosures)),
    ]


def last_points(pen: Pen, facts: Facts) -> list[Point]:
    """Who took it, when; date and time now and then in one."""
    time = facts.accepted_time.written if facts.accepted_time else None
    accepted = Point(pen.text("accepted"), _line(pen, facts.accepted_by))
    if pen.rng.random() < 0.5:
        both = ", ".join(part for part in (facts.accepted.written, time) if part)
        return [accepted, Point("Дата, час", _line(pen, both or None))]
    return [
        accepted,
        Point(pen.text("date"), _line(pen, facts.accepted.written)),
        Point(pen.text("time"), _line(pen, time)),
    ]


def all_points(pen: Pen, facts: Facts) -> list[Point]:
    """Every field of the form, top to bottom."""
    return [*head_points(pen, facts), *main_points(pen, facts), *last_points(pen, facts)]


def points(pen: Pen, facts: Facts) -> list[str]:
    """«1. Про дитину …»: every field is a numbered point under the title."""
    blocks = [*heading(pen), *title(pen)]
    for n, point in enumerate(all_points(pen, facts), 1):
        blocks += point.together(f"{n}. ")
    return blocks


def memory(pen: Pen, facts: Facts) -> list[str]:
    """As a letter: numbers on top, the addressee, the title, then label and value line by line."""
    head, main, last = (f(pen, facts) for f in (head_points, main_points, last_points))
    blocks = [block for point in head for block in point.together()]
    blocks += [paragraph(), *title(pen), paragraph()]
    for point in (*main, *last):
        blocks += point.together()
    return blocks


def headed(pen: Pen, facts: Facts) -> list[str]:
    """A table with a heading row and the points' numbers in its first column."""
    widths = (700, 3400, 5765)
    words = ("№ з/п", "Що зазначається", "Відомості")
    body = [[cell(paragraph(run(w, BOLD)), width=n) for w, n in zip(words, widths, strict=True)]]
    for n, point in enumerate(all_points(pen, facts), 1):
        label = cell(paragraph(run(point.label)), width=widths[1])
        number = cell(paragraph(run(str(n))), width=widths[0])
        body.append([number, label, cell(*point.blocks(), width=widths[2])])
    return [*heading(pen), *title(pen), table(body, widths)]


def four(pen: Pen, facts: Facts) -> list[str]:
    """Label, value, label, value: the short points in pairs, the long ones over the whole width."""
    widths = (2000, 2932, 2000, 2933)
    out, sender, into, recipient, mark = head_points(pen, facts)
    pairs = [(out, into), (sender, recipient)]
    body = [_four_cells(widths, *pair) for pair in pairs]
    for point in (mark, *main_points(pen, facts), *last_points(pen, facts)):
        wide = cell(*point.blocks(), width=sum(widths[1:]), span=3)
        body.append([cell(paragraph(run(point.label)), width=widths[0]), wide])
    return [*heading(pen), *title(pen), table(body, widths)]


def _four_cells(widths: tuple[int, ...], first: Point, second: Point) -> list[str]:
    blocks = [[paragraph(run(first.label))], first.blocks()]
    blocks += [[paragraph(run(second.label))], second.blocks()]
    return [cell(*b, width=w) for b, w in zip(blocks, widths, strict=True)]


def sideways(pen: Pen, facts: Facts) -> list[str]:
    """Rows of labels, under each its value; the content alone in its row."""
    head, main = head_points(pen, facts), main_points(pen, facts)
    groups = [head[:2], head[2:4], [head[4], main[0]], main[1:3], [main[3]], [main[4]]]
    groups += [main[5:7], [main[7]], last_points(pen, facts)]
    blocks = [*heading(pen), *title(pen)]
    for group in groups:
        width = WIDTH // len(group)
        labels = [cell(paragraph(run(p.label, BOLD)), width=width) for p in group]
        values = [cell(*p.blocks(), width=width) for p in group]
        blocks += [table([labels, values], (width,) * len(group)), paragraph()]
    return blocks


def after_label(pen: Pen, facts: Facts) -> list[str]:
    """One column; each value stands in its label's own paragraph."""
    body = [[cell(*p.together(after=" – "), width=WIDTH)] for p in all_points(pen, facts)]
    return [*heading(pen), *title(pen), table(body, (WIDTH,))]
