"""The form as plain text or HTML: typed into a mail's body, quoted, wrapped by a mail program."""

from __future__ import annotations

import html
import textwrap
from dataclasses import dataclass, replace
from random import Random

from .facts import Facts, invent
from .labels import KINDS, VIA, WAYS, print_labels
from .marks import MARKINGS, TEXT_WAYS, Marking, option_text
from .retyped import numbered_date

GREETINGS = {
    "tune": ("Добрий день!", "Добрий день, надсилаємо повідомлення.", ""),
    "aside": ("Вітаю!\nЗа телефонною домовленістю пересилаю заповнену форму.", "Шановні колеги!"),
    "fresh": (
        "Доброго ранку, форма нижче, бо файл не прикріплюється.",
        "Слава Україні!\nПовідомляємо:",
    ),
}
CLOSINGS = {
    "tune": ("--\nЗ повагою, секретар", "", "З повагою\nприймальня"),
    "aside": ("—\nНадіслано з мобільного", "Гарного дня!", "________\nканцелярія"),
    "fresh": ("Дякую за співпрацю", "-- \nділовод закладу", "Відправлено з телефону"),
}

FORWARDED = (
    "---------- Переслане повідомлення ----------",
    "Від: канцелярія <doc14@example.net>",
    "Дата: пн, 9 бер. 2026 о 10:12",
    "Тема: повідомлення",
)


@dataclass(frozen=True)
class Typing:
    """How the form was typed as text.

    Attributes:
        wrap: the column at which lines were broken; 0 for none.
        quote: what a quoting mail program put before each line.
        blank: what stands in an empty field.
        numbered: every field is a numbered point, without hints.
        forwarded: a mail program's lines about the forwarded message stand before the form.
    """

    labels: dict[str, str]
    marking: Marking
    wrap: int = 0
    quote: str = ""
    blank: str = "________"
    hints: bool = True
    forwarded: bool = False
    numbered: bool = False


STYLES: dict[str, dict[str, dict[str, object]]] = {
    "tune": {
        "mail-plain": {},
        "mail-wrapped": {"wrap": 76},
        "mail-html": {},
        "txt": {"wrap": 0},
    },
    "aside": {
        "mail-quoted": {"quote": "> ", "wrap": 72},
        "mail-html-table": {},
        "txt-dotted": {"blank": "……………"},
        "mail-no-hints": {"hints": False, "blank": "", "wrap": 78},
    },
    "fresh": {
        "mail-forwarded": {"quote": ">", "wrap": 64, "forwarded": True},
        "mail-html-breaks": {"blank": "______"},
        "mail-twice-quoted": {"quote": ">> ", "wrap": 70, "hints": False},
        "txt-narrow": {"wrap": 48, "blank": "-------"},
        "mail-points": {"numbered": True, "blank": "", "hints": False},
        "mail-html-spaced": {"hints": False, "blank": ""},
    },
}


def choose_typing(rng: Random, part: str, style: str) -> Typing:
    """The labels and the marks by chance, the rest by the style."""
    ways = [m for m in MARKINGS[part] if m.way in TEXT_WAYS and m.on]
    marking = replace(rng.choice(ways), gap="  ")
    typing = Typing(print_labels(rng, part, rng.choice(WAYS[part])), marking)
    return replace(typing, **STYLES[part][style])  # type: ignore[arg-type]


def _options(typing: Typing, keys: tuple[str, ...], chosen: tuple[str, ...]) -> str:
    marking = typing.marking
    if not chosen and marking.way == "delete":
        marking = replace(marking, way="only")
    words = (option_text(marking, typing.labels[key], key in chosen) for key in keys)
    return marking.gap.join(word for word in words if word)


def form_lines(typing: Typing, facts: Facts) -> list[str]:
    """The form's lines, top to bottom."""
    words, blank = typing.labels, typing.blank

    def hint(key: str) -> list[str]:
        return [words[key]] if typing.hints else []

    def dated(key: str, date: str | None, number: str | None) -> str:
        return f"{words[key]} {date or blank} {words['no']} {number or blank}"

    via = (facts.received_via,) if facts.received_via else ()
    time = facts.accepted_time.written if facts.accepted_time else blank
    mark = f"{words['no']} {facts.registered_number or blank} {words['from']} {facts.registered.written or blank}"
    return [
        words["heading"],
        "",
        dated("out_date", facts.outgoing.written, facts.outgoing_number),
        *(facts.sender_lines or (blank,)),
        *hint("hint_sender"),
        "",
        dated("in_date", facts.incoming.written, facts.incoming_number),
        facts.recipient or blank,
        *hint("hint_recipient"),
        "",
        words["title"],
        words["about"],
        "",
        words["registered"],
        mark,
        "",
        f"{words['received']} {_options(typing, VIA, via)}",
        "",
        words["subject"],
        facts.subject.text,
        *hint("hint_subject"),
        f"{words['address']} {facts.address or blank}",
        "",
        words["content"],
        facts.content,
        "",
        f"{words['reporter']} {facts.reporter or blank}",
        *hint("hint_reporter"),
        _options(typing, KINDS, facts.reporter_kinds),
        "",
        f"{words['basis']} {facts.basis or blank}",
        *hint("hint_basis"),
        words["measures"],
        facts.measures_taken or blank,
        f"{words['enclosures']} {facts.enclosures or blank}",
        words["accepted"],
        facts.accepted_by or blank,
        *hint("hint_accepted"),
        f"{words['date']} {facts.accepted.written or blank}",
        f"{words['time']} {time}",
    ]


def point_lines(typing: Typing, facts: Facts) -> list[str]:
    """The form's fields as «1. label: value»."""
    words, time = typing.labels, facts.accepted_time
    moment = [part for part in (facts.accepted.written, time.written if time else None) if part]
    via = (facts.received_via,) if facts.received_via else ()
    values = (
        ("Вих. №, дата", numbered_date(facts.outgoing, facts.outgoing_number)),
        ("Заклад, який надсилає повідомлення", " ".join(facts.sender_lines)),
        ("Вхід. №, дата", numbered_date(facts.incoming, facts.incoming_number)),
        ("Установа, яка отримала повідомлення", facts.recipient),
        (words["registered"], numbered_date(facts.registered, facts.registered_number)),
        (words["received"], _options(typing, VIA, via)),
        (words["subject"], facts.subject.text),
        (words["address"], facts.address),
        (words["content"], facts.content),
        (words["reporter"], facts.reporter),
        ("Хто звернувся", _options(typing, KINDS, facts.reporter_kinds)),
        (words["basis"], facts.basis),
        (words["measures"], facts.measures_taken),
        (words["enclosures"], facts.enclosures),
        (words["accepted"], facts.accepted_by),
        ("Дата, час", ", ".join(moment)),
    )
    head = [words["title"], words["about"], ""]
    return head + [
        f"{n}. {label.rstrip(': -')}: {value or typing.blank}".rstrip()
        for n, (label, value) in enumerate(values, 1)
    ]


def _wrapped(lines: list[str], width: int) -> list[str]:
    if not width:
        return lines
    return [
        piece
        for line in lines
        for piece in (
            textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
        )
    ]


def as_text(rng: Random, part: str, typing: Typing, facts: Facts, *, greeted: bool) -> str:
    """The form as the text of a mail or of a .txt file."""
    lines = (point_lines if typing.numbered else form_lines)(typing, facts)
    lines = [typing.quote + line for line in _wrapped(lines, typing.wrap)]
    if typing.forwarded:
        lines = [*FORWARDED, "", *lines]
    if greeted:
        head, foot = rng.choice(GREETINGS[part]), rng.choice(CLOSINGS[part])
        lines = [*head.splitlines(), "", *lines, "", *foot.splitlines()]
    return "\r\n".join(lines) + "\r\n"


def as_html(lines: list[str], *, way: str) -> str:
    """The form's lines as a mail program's HTML: paragraphs, breaks, or cells of a table."""
    texts = [html.escape(line, quote=False) or "&nbsp;" for line in lines]
    if "table" in way:
        rows = "".join(f"<tr><td>{text}</td></tr>" for text in texts)
        body = f'<table border="0" cellpadding="2">{rows}</table>'
    elif "breaks" in way:
        body = '<div dir="ltr"><font size="2">' + "<br>\r\n".join(texts) + "</font></div>"
    elif "spaced" in way:
        body = "".join(f"<div><span>{text.replace(' ', '&nbsp; ')}</span></div>" for text in texts)
    else:
        body = "".join(f'<p style="margin:0">{text}</p>' for text in texts)
    return f"<html><head></head><body>{body}</body></html>"


@dataclass(frozen=True)
class Typed:
    """A form as text: what a mail's body or a .txt file holds."""

    text: str
    subtype: str
    facts: Facts
    typing: Typing


def make_text(rng: Random, part: str, style: str) -> Typed:
    """A form typed as text in the style."""
    typing, facts = choose_typing(rng, part, style), invent(rng, part)
    if "html" in style:
        lines = form_lines(typing, facts)
        return Typed(as_html(lines, way=style), "html", facts, typing)
    text = as_text(rng, part, typing, facts, greeted=style.startswith("mail"))
    return Typed(text, "plain", facts, typing)
