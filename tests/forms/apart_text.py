"""The form as text of the part ``apart``: typed into a mail, copied from Word, saved as a .txt."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from . import apart_labels as labels
from .apart_facts import Notice, invent
from .apart_pen import Hand, Typist
from .apart_ticks import IN_TEXT, WAYS
from .labels import KINDS, VIA
from .mailing import Mail, body

SENT = datetime(2026, 5, 12, 8, 40, tzinfo=UTC)
Row = tuple[str, str]
WIDTH = 68  # where mail programs break their lines


@dataclass(frozen=True)
class Typed:
    """A form as text, its suffix, its truth and how it was typed."""

    data: bytes
    suffix: str
    facts: Notice
    note: str


def _options(typist: Typist, keys: tuple[str, ...], chosen: tuple[str, ...]) -> str:
    runs = WAYS[typist.hand.ticks](typist, [(typist.word(key), key in chosen) for key in keys])
    return html.unescape(re.sub(r"<[^>]+>", "", runs))


def rows(typist: Typist, notice: Notice) -> list[Row]:
    """The form as labels and values, in the form's order; a blank field's value is empty."""
    via = (notice.received_via,) if notice.received_via else ()
    clock = notice.accepted_time.written if notice.accepted_time else ""
    pairs: tuple[tuple[str, str | None], ...] = (
        ("out_date", _dated(notice.outgoing.written, notice.outgoing_number)),
        ("in_date", _dated(notice.incoming.written, notice.incoming_number)),
        ("row_sender", "\n".join(notice.sender_lines)),
        ("row_recipient", notice.recipient),
        ("registered", f"№ {notice.registered_number or '____'} від {notice.registered.written or '______'}"),
        ("received", _options(typist, VIA, via)),
        ("subject", notice.subject.text),
        ("address", notice.address),
        ("content", notice.content),
        ("reporter", notice.reporter),
        ("row_kinds", _options(typist, KINDS, notice.reporter_kinds)),
        ("basis", notice.basis),
        ("measures", notice.measures_taken),
        ("enclosures", notice.enclosures),
        ("accepted", notice.accepted_by),
        ("date", notice.accepted.written),
        ("time", clock),
    )  # fmt: skip
    return [(typist.word(key).strip().rstrip(" :"), value or "") for key, value in pairs]


def _dated(day: str | None, number: str | None) -> str:
    return f"{day or '________'} № {number or '______'}"


def _head(typist: Typist) -> str:
    return f"Додаток 1\n\n{typist.word('title')}\n{typist.word('about')}\n\n"


def answers(typist: Typist, notice: Notice) -> str:
    """A label and its value in a line."""
    gap = typist.rng.choice(("\n", "\n\n"))
    lines = [f"{label}: {value}".rstrip() for label, value in rows(typist, notice)]
    return _head(typist) + gap.join(lines)


def below(typist: Typist, notice: Notice) -> str:
    """The value under its label, an empty line behind it."""
    lines = [f"{label}:\n{value or '-'}\n" for label, value in rows(typist, notice)]
    return _head(typist) + "\n".join(lines)


def counted(typist: Typist, notice: Notice) -> str:
    """The fields counted."""
    lines = [f"{n}. {label} – {value or '—'}" for n, (label, value) in enumerate(rows(typist, notice), 1)]  # fmt: skip
    return _head(typist) + "\n".join(lines)


def forwarded(typist: Typist, notice: Notice) -> str:
    """Passed on by somebody else, wrapped and quoted."""
    lines: list[str] = []
    for line in answers(typist, notice).split("\n"):
        wide = textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False)
        lines += wide or [""]
    quoted = "\n".join(f"> {line}".rstrip() for line in lines)
    return (
        f"Прошу зареєструвати.\n\n--- Переслане повідомлення ---\nВід кого: канцелярія\n\n{quoted}"
    )


def from_word(typist: Typist, notice: Notice) -> str:
    """The official form saved by Word as plain text: cells one behind the other, hints kept."""
    word, found = typist.word, {label: value for label, value in rows(typist, notice)}
    values = list(found.values())

    def field(key: str, value: str, hint: str = "") -> str:
        shown = f"{word(key)} {'_' * 3}{value}{'_' * 12}"
        return shown + (f"\n{word(hint)}" if hint else "")

    parts = [
        f"\t\t\t\t\t{word('heading')}\n\t\t\t\t\t{word('order')}",
        f"{word('out_date')} {values[0]}\n{values[2] or '_' * 30}\n{word('hint_sender')}\t",
        f"{word('in_date')} {values[1]}\n{values[3] or '_' * 30}\n{word('hint_recipient')}",
        f"{word('title')}\n{word('about')}\t",
        f"{word('registered')}\n{values[4]}\n{word('pattern')}",
        f"{word('received')}\n  {values[5]}",
        f"{word('subject')}\n{values[6]}{'_' * 20}\n{word('hint_subject')}",
        field("address", values[7]),
        f"{word('content')}\n\t{values[8]}\n",
        field("reporter", values[9], "hint_reporter"),
        values[10],
        field("basis", values[11], "hint_basis"),
        f"{word('measures')}\n\t{word('hint_measures')}\n\t{values[12]}\n",
        field("enclosures", values[13]),
        f"{word('accepted')}\n{values[14] or '_' * 60}\n{word('hint_accepted')}",
        f"{word('date')} {values[15] or '______'}\n{word('time')} {values[16] or '______'}",
    ]
    return "\n".join(parts)


def _shown(value: str) -> str:
    return html.escape(value).replace("  ", " &nbsp;").replace("\n", "<br>")


def grid(typist: Typist, notice: Notice) -> str:
    """A table pasted from Word into a mail."""
    cell = '<td style="border:solid windowtext 1.0pt"><p class="MsoNormal"><span lang="UK">{}</span><o:p></o:p></p></td>'
    lines = (cell.format(html.escape(label)) + cell.format(_shown(value) or "&nbsp;") for label, value in rows(typist, notice))  # fmt: skip
    body_ = "".join(f"<tr>{line}</tr>" for line in lines)
    return f'<div>Добрий день, форма нижче.</div><div>{_shown(_head(typist))}</div><table class="MsoTable">{body_}</table>'


def divs(typist: Typist, notice: Notice) -> str:
    """A line a div, as mail pages in the browser write; the values in a colour."""
    lines = [
        f'<div>{html.escape(label)}: <span style="color:#073763">{_shown(value)}</span></div>'
        for label, value in rows(typist, notice)
    ]
    return f'<div dir="ltr"><div>{_shown(_head(typist))}</div>{"".join(lines)}<br></div><div>--<br>З повагою</div>'  # fmt: skip


# How the text is made and what it is kept in.
STYLES: dict[str, tuple[Callable[[Typist, Notice], str], str]] = {
    "letter-of-answers": (answers, "plain"),
    "answers-below": (below, "plain"),
    "passed-on-quoted": (forwarded, "plain"),
    "pasted-grid": (grid, "html"),
    "browser-mail": (divs, "html"),
    "saved-by-word": (from_word, "txt"),
    "counted-note": (counted, "txt"),
}
CLOSINGS = ("", "\n\nЗ повагою, адміністрація закладу", "\n\nПрошу підтвердити отримання.")


def typed(rng: Random, style: str) -> Typed:
    """A form as text in a style."""
    make, kind = STYLES[style]
    hand = Hand("plain", rng.choice(IN_TEXT), labels.choose(rng), "none")
    notice = invent(rng)
    text = make(Typist(rng, hand), notice)
    if kind == "txt":
        charset = rng.choice(("utf-8", "utf-8-sig", "utf-16"))
        return Typed(text.encode(charset), "txt", notice, f"{style} {hand.ticks} {charset}")
    if kind == "plain":
        text += rng.choice(CLOSINGS)
    mail = Mail(
        sender="office@example.com",
        to="sysn@ukr.net",
        subject=rng.choice(("Додаток 1", "повідомлення", "Інформація щодо сім’ї")),
        sent=SENT,
        message_id=f"{rng.getrandbits(48):x}@example.com",
        parts=[body(text, "utf-8", kind)],
    )
    return Typed(mail.save(), "eml", notice, f"{style} {hand.ticks}")
