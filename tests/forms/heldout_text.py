"""A held-out form as text or HTML: typed into a mail's body, a .txt, a page printed by a browser."""

from __future__ import annotations

import html
from dataclasses import dataclass
from random import Random

from .facts import Facts
from .heldout_facts import invent
from .heldout_forms import MARKINGS
from .heldout_labels import retype
from .labels import KINDS, VIA
from .marks import TEXT_WAYS, Marking, option_text

GREETINGS = {
    "open": ("Добрий день! Надсилаємо повідомлення, підтвердіть, будь ласка, отримання.", "Доброго дня.", ""),
    "sealed": ("Вітаємо! Подаємо текст форми в листі, оригінал – поштою.", "Шановна службо!", ""),
}  # fmt: skip
CLOSINGS = {
    "open": ("З повагою, адміністрація", "--\nНадіслано з iPhone", ""),
    "sealed": ("З найкращими побажаннями,\nканцелярія", "Отримання прошу підтвердити.", ""),
}
# How a line's label and its value stand to each other.
WAYS = {"open": ("same", "below", "upper"), "sealed": ("starred", "same", "indented")}


@dataclass(frozen=True)
class Typed:
    """A form as text, its truth, how it was typed."""

    text: str
    subtype: str
    facts: Facts
    note: str


def _choices(marking: Marking, labels: dict[str, str], keys: tuple[str, ...], chosen: tuple[str, ...]) -> str:  # fmt: skip
    options = [option_text(marking, labels[key], key in chosen) for key in keys]
    return marking.gap.join(option for option in options if option)


def _marking(rng: Random, part: str, facts: Facts) -> Marking:
    ways = [m for m in MARKINGS[part] if m.way in TEXT_WAYS]
    if not (facts.received_via and facts.reporter_kinds):
        ways = [m for m in ways if m.way != "delete"]
    return rng.choice(ways)


def rows(rng: Random, part: str, facts: Facts) -> list[tuple[str, str]]:
    """The form as labels and values; a blank field's value is empty."""
    labels = retype(rng, part)
    marking = _marking(rng, part, facts)
    via = (facts.received_via,) if facts.received_via else ()
    pairs = (
        ("out_date", _dated(facts.outgoing.written, facts.outgoing_number)),
        ("in_date", _dated(facts.incoming.written, facts.incoming_number)),
        ("row_sender", "\n".join(facts.sender_lines)),
        ("row_recipient", facts.recipient),
        ("registered", _marked(facts)),
        ("received", _choices(marking, labels, VIA, via)),
        ("subject", facts.subject.text),
        ("address", facts.address),
        ("content", facts.content),
        ("reporter", facts.reporter),
        ("", _choices(marking, labels, KINDS, facts.reporter_kinds)),
        ("basis", facts.basis),
        ("measures", facts.measures_taken),
        ("enclosures", facts.enclosures),
        ("accepted", facts.accepted_by),
        ("date", facts.accepted.written),
        ("time", facts.accepted_time.written if facts.accepted_time else None),
    )
    return [(labels[key] if key else "", value or "") for key, value in pairs]


def _dated(day: str | None, number: str | None) -> str:
    return f"{day or '________'} № {number or '______'}"


def _marked(facts: Facts) -> str:
    return f"№ {facts.registered_number or '_____'} від {facts.registered.written or '________'}"


def _line(way: str, label: str, value: str) -> str:
    if not label:
        return value
    shown = label.rstrip(":")
    if way == "below":
        return f"{shown}:\n{value}" if value else f"{shown}:"
    if way == "upper":
        return f"{shown.upper()}: {value}"
    if way == "starred":
        return f"* {shown}: {value}"
    if way == "indented":
        return f"{shown} –\n    {value}" if value else f"{shown} –"
    return f"{shown}: {value}"


def plain(rng: Random, part: str) -> Typed:
    """The form as plain text."""
    facts = invent(rng, part)
    way = rng.choice(WAYS[part])
    lines = [_line(way, label, value).rstrip() for label, value in rows(rng, part, facts)]
    head = [*filter(None, [rng.choice(GREETINGS[part])]), ""]
    name = "ПОВІДОМЛЕННЯ/ІНФОРМАЦІЯ\nпро дитину, сім’ю (особу), яка перебуває у складних життєвих обставинах"
    gap = rng.choice(("\n", "\n\n"))
    text = "\n".join(
        [*head, "Додаток 1", name, "", gap.join(lines), "", rng.choice(CLOSINGS[part])]
    )
    return Typed(text.rstrip() + "\n", "plain", facts, f"way={way}")


def _shown(value: str) -> str:
    """The value as HTML; spaces that part the options stay as wide as they were typed."""
    return html.escape(value).replace("  ", "&nbsp;&nbsp;").replace("\n", "<br>")


def _cells(label: str, value: str) -> str:
    shown = _shown(value)
    if not label:
        return f'<tr><td colspan="2">{shown}</td></tr>'
    return f"<tr><td>{html.escape(label)}</td><td>{shown}</td></tr>"


def _paragraph(label: str, value: str) -> str:
    shown = _shown(value)
    return f"<p><b>{html.escape(label)}</b> {shown}</p>" if label else f"<p>{shown}</p>"


def page(rng: Random, part: str, *, table: bool) -> Typed:
    """The form as an HTML page: a table of labels and values, or paragraphs."""
    facts = invent(rng, part)
    found = rows(rng, part, facts)
    title = (
        '<p align="right">Додаток 1</p><p align="center"><b>ПОВІДОМЛЕННЯ/ІНФОРМАЦІЯ<br>про дитину, '
        "сім’ю (особу), яка перебуває у складних життєвих обставинах</b></p>"
    )
    if table:
        body = f'<table border="1" cellspacing="0" cellpadding="4">{"".join(_cells(*row) for row in found)}</table>'
    else:
        body = "".join(_paragraph(*row) for row in found)
    text = f'<html><head><meta charset="utf-8"></head><body style="font-family:Arial">{title}{body}</body></html>'
    return Typed(text, "html", facts, f"table={table}")


STYLES = {
    "open": ("mail-lines", "mail-table", "mail-paragraphs", "text-file"),
    "sealed": ("mail-list", "mail-grid", "mail-bold-labels", "note-file"),
}


def typed(rng: Random, part: str, style: str) -> Typed:
    """The form in a style of text."""
    place = STYLES[part].index(style)
    if place in (1, 2):
        return page(rng, part, table=place == 1)
    return plain(rng, part)
