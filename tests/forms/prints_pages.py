"""The form as an HTML page: as it is printed, as a table, as cards, typed anew."""

from __future__ import annotations

import html
from collections.abc import Callable

from .facts import Facts
from .prints_around import after, before
from .prints_sheet import Sheet, hint, kinds_of, line, value, via_of

CSS = """
@page {{ size: A4 {turn}; margin: {margin}mm; {strip} }}
body {{ font-family: '{font}'; font-size: {size}pt; margin: 0; padding-right: 2px; }}
p {{ margin: 2px 0; }} td {{ vertical-align: top; padding: {pad}px; font-size: {size}pt; }}
table.t {{ border-collapse: collapse; }} .h {{ font-size: 70%; text-align: center; }}
.s {{ font-size: 70%; }}
.f {{ display: flex; margin: 2px 0; }} .v {{ flex: 1; border-bottom: 1px solid #000; }}
.b {{ display: inline-block; border: 1px solid #000; width: 1em; height: 1em; line-height: 1em;
  text-align: center; font-size: 90%; }}
.c {{ display: inline-block; width: 16px; }} a {{ color: inherit; text-decoration: none; }}
.r {{ border: 1.3px solid #000; border-radius: 48%; padding: 1px 7px; }} .n {{ padding: 1px 7px; }}
.o {{ white-space: nowrap; }} .g {{ font-size: 75%; color: #444; }}
.frame {{ border: 1.2px solid #000; padding: 3px 5px; margin: 3px 0; }}
.card {{ margin: 0 0 6px 0; }} .shade {{ background: #e4e8ee; }}
h3 {{ font-size: 112%; text-align: center; margin: 6px 0; }} .new {{ page-break-before: always; }}
input {{ margin: 0 1px; width: 12px; height: 12px; vertical-align: -1px; }}
"""
Row = tuple[str, str]


def page(sheet: Sheet, *forms: Facts) -> str:
    """The whole file as HTML: what stands before the form, each form on a page of its own, the rest."""
    parts = [before(sheet, forms[0])]
    for number, facts in enumerate(forms):
        new = ' class="new"' if number or parts[0].endswith("<!--new-->") else ""
        parts.append(f"<div{new}>{LAYOUTS[sheet.layout](sheet, facts)}</div>")
    return bare(sheet, "".join(parts) + after(sheet, forms[0]))


def bare(sheet: Sheet, body: str) -> str:
    """Any text as a page of this sheet's font and margins."""
    counted = "@bottom-center {{ content: counter(page) '/' counter(pages); font-size: 8pt; }}"
    strip = ""
    if sheet.strip:
        strip = counted.replace("{{", "{").replace("}}", "}")
        strip += f" @top-left {{ content: '{sheet.strip}'; font-size: 8pt; }}"
    style = CSS.format(
        turn="landscape" if sheet.wide else "portrait",
        margin=sheet.margin,
        strip=strip,
        font=sheet.font,
        size=sheet.size,
        pad=sheet.pad,
    )
    return (
        f'<html lang="uk"><head><meta charset="utf-8"><title>form</title><style>{style}</style>'
        f"</head><body style=\"font-family:'{sheet.font}'\">{body}</body></html>"
    )


def heading(sheet: Sheet) -> str:
    """«Додаток 1 до Порядку»."""
    if not sheet.heading:
        return ""
    order = f"<br>{sheet.words('order')}" if sheet.hints else ""
    return (
        '<table width="100%" cellspacing="0"><tr><td width="55%"></td>'
        f'<td style="font-size:80%">{sheet.words("heading")}{order}</td></tr></table>'
    )


def title(sheet: Sheet) -> str:
    """The form's name."""
    return f"<h3>{sheet.words('title')}<br>{sheet.words('about')}</h3>"


def dated(sheet: Sheet, day: str | None, number: str | None) -> str:
    """A date and a number behind it."""
    return f"{value(sheet, day, 14)} {sheet.words('no')} {value(sheet, number, 10)}"


def body_of(sheet: Sheet, lines: tuple[str, ...], blanks: int = 3) -> str:
    """The lines that name a body, one below the other."""
    shown = [value(sheet, text) for text in lines]
    if not shown:
        shown = [value(sheet, None, 30)] * (blanks if sheet.empty == "line" else 1)
    if sheet.fill == "ruled":
        return "".join(
            f'<div class="f"><span class="v">{text}&nbsp;</span></div>' for text in shown
        )
    return "<br>".join(shown)


def _bodies(sheet: Sheet, facts: Facts) -> str:
    """Sender and recipient beside each other."""
    recipient = (facts.recipient,) if facts.recipient else ()
    cells = (
        f"{sheet.words('out_date')} {dated(sheet, facts.outgoing.written, facts.outgoing_number)}"
        f"<br>{body_of(sheet, facts.sender_lines)}{hint(sheet, 'hint_sender')}",
        f"{sheet.words('in_date')} {dated(sheet, facts.incoming.written, facts.incoming_number)}"
        f"<br>{body_of(sheet, recipient)}{hint(sheet, 'hint_recipient')}",
    )
    left, right = (f'<td width="47%">{text}</td>' for text in cells)
    return f'<table width="100%" cellspacing="0"><tr>{left}<td width="6%"></td>{right}</tr></table>'


def registered(sheet: Sheet, facts: Facts) -> str:
    """The registration mark's second part: number and date."""
    number = value(sheet, facts.registered_number, 14)
    day = value(sheet, facts.registered.written, 12)
    return f"{sheet.words('no')} {number}<br>{sheet.words('from')} {day}"


def _named(sheet: Sheet, facts: Facts) -> str:
    """The form's name with the registration mark in a frame beside it."""
    mark = f"{sheet.words('registered')}<br>{registered(sheet, facts)}"
    return (
        f'<table width="100%" cellspacing="0"><tr><td width="58%">{title(sheet)}</td><td>'
        f'<div class="frame">{mark}</div></td></tr></table>'
    )


def _framed(sheet: Sheet, text: str | None, hint_key: str = "") -> str:
    """A frame with a value in it."""
    shown = (
        html.escape(text) if text and sheet.fill in ("lines", "ruled") else value(sheet, text, 0)
    )
    small = hint(sheet, hint_key) if hint_key else ""
    return f'<div class="frame">{small}{shown or "&nbsp;<br>&nbsp;"}</div>'


def _when(facts: Facts) -> str | None:
    return facts.accepted_time.written if facts.accepted_time else None


def official(sheet: Sheet, facts: Facts) -> str:
    """The form as it is printed."""
    return (
        heading(sheet)
        + _bodies(sheet, facts)
        + _named(sheet, facts)
        + f"<p>{sheet.words('received')} {via_of(sheet, facts)}</p>"
        + f"<p>{sheet.words('subject')}</p>"
        + line(sheet, "", facts.subject.text, 80)
        + hint(sheet, "hint_subject")
        + line(sheet, sheet.words("address"), facts.address, 60)
        + f"<p>{sheet.words('content')}</p>"
        + _framed(sheet, facts.content)
        + line(sheet, sheet.words("reporter"), facts.reporter, 70)
        + hint(sheet, "hint_reporter")
        + f"<p>{kinds_of(sheet, facts)}</p>"
        + line(sheet, sheet.words("basis"), facts.basis, 60)
        + hint(sheet, "hint_basis")
        + f"<p>{sheet.words('measures')}</p>"
        + _framed(sheet, facts.measures_taken, "hint_measures")
        + line(sheet, sheet.words("enclosures"), facts.enclosures, 45)
        + line(sheet, sheet.words("accepted"), facts.accepted_by, 40)
        + hint(sheet, "hint_accepted")
        + f"<p>{sheet.words('date')} {value(sheet, facts.accepted.written, 14)}"
        + f" &nbsp; &nbsp; {sheet.words('time')} {value(sheet, _when(facts), 10)}</p>"
    )


def rows(sheet: Sheet, facts: Facts) -> list[Row]:
    """Every field as a label and what stands at it."""

    def small(key: str) -> str:
        return f'<br><span class="s">{sheet.words(key)}</span>' if sheet.hints else ""

    def told(text: str | None) -> str:
        return value(sheet, text, 16)

    name = {key: sheet.words(key) for key in ("received", "subject", "address", "content", "basis")}
    recipient = (facts.recipient,) if facts.recipient else ()
    return [
        (sheet.words("out_date"), dated(sheet, facts.outgoing.written, facts.outgoing_number)),
        (sheet.words("in_date"), dated(sheet, facts.incoming.written, facts.incoming_number)),
        (sheet.words("row_sender"), body_of(sheet, facts.sender_lines, 1)),
        (sheet.words("row_recipient"), body_of(sheet, recipient, 1)),
        (sheet.words("registered"), registered(sheet, facts)),
        (name["received"], via_of(sheet, facts)),
        (name["subject"] + small("hint_subject"), told(facts.subject.text)),
        (name["address"], told(facts.address)),
        (name["content"], told(facts.content)),
        (sheet.words("reporter") + small("hint_reporter"), told(facts.reporter)),
        ("Звернення надійшло (позначити)", kinds_of(sheet, facts)),
        (name["basis"] + small("hint_basis"), told(facts.basis)),
        (sheet.words("measures") + small("hint_measures"), told(facts.measures_taken)),
        (sheet.words("enclosures"), told(facts.enclosures)),
        (sheet.words("accepted") + small("hint_accepted"), told(facts.accepted_by)),
        (sheet.words("date"), told(facts.accepted.written)),
        (sheet.words("time"), told(_when(facts))),
    ]


def _table(sheet: Sheet, body: str) -> str:
    lines = 'class="t" border="1"' if sheet.rules else 'border="0"'
    return f'<table width="100%" {lines} cellspacing="0" cellpadding="{sheet.pad}">{body}</table>'


def grid(sheet: Sheet, facts: Facts) -> str:
    """A table of two columns: label, value."""
    body = "".join(
        f'<tr><td width="36%">{label}</td><td>{shown}</td></tr>'
        for label, shown in rows(sheet, facts)
    )
    return heading(sheet) + title(sheet) + _table(sheet, body)


def counted(sheet: Sheet, facts: Facts) -> str:
    """A table of three columns whose first counts the rows."""
    head = "<tr><td><b>№ з/п</b></td><td><b>Назва графи</b></td><td><b>Відомості</b></td></tr>"
    body = "".join(
        f'<tr><td width="6%">{n}</td><td width="34%">{label}</td><td>{shown}</td></tr>'
        for n, (label, shown) in enumerate(rows(sheet, facts), 1)
    )
    return heading(sheet) + title(sheet) + _table(sheet, head + body)


def cards(sheet: Sheet, facts: Facts) -> str:
    """Small grey labels, each above its value; the short fields stand beside each other."""
    found = rows(sheet, facts)

    def card(row: Row) -> str:
        label = row[0].rstrip(":")
        return (
            f'<div class="card"><div class="g">{label}</div><div>{row[1] or "&nbsp;"}</div></div>'
        )

    def pair(left: Row, right: Row) -> str:
        cells = "".join(f'<td width="50%">{card(row)}</td>' for row in (left, right))
        return f'<table width="100%" cellspacing="0"><tr>{cells}</tr></table>'

    top = pair(found[0], found[1]) + pair(found[2], found[3]) + pair(found[4], found[5])
    rest = "".join(card(row) for row in found[6:-2])
    return heading(sheet) + title(sheet) + top + rest + pair(found[-2], found[-1])


def numbered(sheet: Sheet, facts: Facts) -> str:
    """Typed anew as a numbered list: label and value in one line."""
    body = "".join(
        f"<p>{n}. {label.rstrip(':')}: {shown}</p>"
        for n, (label, shown) in enumerate(rows(sheet, facts), 1)
    )
    return heading(sheet) + title(sheet) + body


def quad(sheet: Sheet, facts: Facts) -> str:
    """Four columns: two labels with their values in a row where they are short."""
    found = rows(sheet, facts)

    def four(left: Row, right: Row) -> str:
        cells = "".join(
            f'<td width="17%" class="shade">{label}</td><td width="33%">{shown}</td>'
            for label, shown in (left, right)
        )
        return f"<tr>{cells}</tr>"

    body = four(found[0], found[1]) + four(found[2], found[3]) + four(found[4], found[5])
    for label, shown in found[6:-2]:
        body += f'<tr><td class="shade">{label}</td><td colspan="3">{shown}</td></tr>'
    return heading(sheet) + title(sheet) + _table(sheet, body + four(found[-2], found[-1]))


def stacked(sheet: Sheet, facts: Facts) -> str:
    """One column: a shaded row of the label, below it a row of the value."""
    body = "".join(
        f'<tr><td class="shade"><b>{label}</b></td></tr><tr><td>{shown or "&nbsp;"}</td></tr>'
        for label, shown in rows(sheet, facts)
    )
    return heading(sheet) + title(sheet) + _table(sheet, body)


def two_columns(sheet: Sheet, facts: Facts) -> str:
    """Newspaper columns: the left is read to its foot before the right."""
    body = "".join(
        f'<p style="break-inside:avoid"><b>{label}</b><br>{shown}</p>'
        for label, shown in rows(sheet, facts)
    )
    columns = "column-count:2;column-gap:9mm;column-rule:1px solid #888"
    return heading(sheet) + title(sheet) + f'<div style="{columns}">{body}</div>'


LAYOUTS: dict[str, Callable[[Sheet, Facts], str]] = {
    "official": official,
    "grid": grid,
    "counted": counted,
    "cards": cards,
    "numbered": numbered,
    "quad": quad,
    "stacked": stacked,
    "two_columns": two_columns,
}
