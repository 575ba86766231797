"""The materials of a case as PDFs, in the order in which the Commission reads them.

The notification is printed again out of the journal, without who reported: the mail or scan that it
came with is never shown. Bytes of others are opened in the reading child alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from generators import notification_form
from generators.docx import render
from generators.kinds import KINDS
from generators.letterhead import Addressee
from journal import case_papers
from journal.cards import EntryCard
from journal.cards_commission import CaseCard
from opika.errors import ConversionError, FileError, NotFoundError, StorageError
from opika.pipeline import Pipeline
from opika.requisites import requisites
from opika.sheets import is_written, to_sheets
from rules.casework import KINDS as EVENTS

_REPLY = "registration_reply"
"""It goes to who reported, and names them."""
_WITHOUT = ("від_кого", "прийняв")
_BOXES = (
    "самозвернення",
    "від_родичів",
    "від_сусідів",
    "анонімно",
    "від_суб_єкта",
    "інше",
)
_TITLES: Mapping[str, str] = {
    "conclusion_received": "Висновок оцінки потреб",
    "act_made": "Акт оцінки потреб",
    "safety_act_made": "Акт оцінки рівня безпеки дитини",
}
# In this order, then what our letters and other answers say, by their days.
_FIRST = tuple(_TITLES)


@dataclass(frozen=True, slots=True)
class Printed:
    """A material of a case; ``pdf`` None: it cannot be printed, ``why_not`` says why."""

    title: str
    day: date | None
    pdf: bytes | None
    why_not: str = ""


def form_docx(pipeline: Pipeline, entry: EntryCard) -> bytes:
    """The notification on its form, printed again without «Від».

    Law: Порядок, п. 13: who reported is told to nobody who need not know it.

    Args:
        pipeline: opened.
        entry: as it is shown to somebody who may not know who reported.
    """
    round_it = requisites(pipeline, entry.office, Addressee(lines=()))
    values = notification_form.context(entry, round_it, {})
    values |= dict.fromkeys(_WITHOUT) | dict.fromkeys(_BOXES, notification_form.EMPTY)
    return render(pipeline.config.opika.templates / f"{notification_form.KIND}.docx", values)


def materials(pipeline: Pipeline, case: CaseCard, meeting: date) -> list[Printed]:
    """What lies in a case's file beside its notifications, up to the day of the meeting."""
    ids = [entry.id for entry in case.entries]
    came = [_received(pipeline, one) for one in _sorted(case_papers.received(ids), meeting)]
    ours = [
        _issued(pipeline, one)
        for one in case_papers.issued(ids)
        if one.kind != _REPLY and one.kind in KINDS and (one.day is None or one.day <= meeting)
    ]
    acts = [one for one in came if one.title in _TITLES.values()]
    others = [one for one in came if one.title not in _TITLES.values()]
    return [*acts, *_on_paper(case, meeting), *ours, *others]


def _on_paper(case: CaseCard, meeting: date) -> list[Printed]:
    """What somebody has only told us of: the paper itself lies elsewhere."""
    told = [
        (_FIRST.index(event.kind), event.at.date())
        for entry in case.entries
        for event in entry.events
        if event.kind in _TITLES and event.undone is None and event.arrival is None
    ]
    return [
        Printed(_TITLES[_FIRST[place]], day, None, "файлу немає: додайте з паперової справи")
        for place, day in sorted(told)
        if day <= meeting
    ]


def _sorted(found: Iterable[case_papers.Received], meeting: date) -> Sequence[case_papers.Received]:
    past = [one for one in found if one.day <= meeting]
    place = {event: n for n, event in enumerate(_FIRST)}
    return sorted(past, key=lambda one: (place.get(one.event, len(_FIRST)), one.day))


def _issued(pipeline: Pipeline, one: case_papers.Issued) -> Printed:
    words = KINDS[one.kind].WORDS
    title = f"{words[0].upper()}{words[1:]}{one.index and f' № {one.index}'}"
    if one.signed:
        # A container of КЕП is no picture of a paper: then the paper itself is printed.
        with suppress(FileError, ConversionError, NotFoundError):
            return Printed(title, one.day, _print(pipeline, pipeline.originals.get(one.signed)))
    try:
        return Printed(title, one.day, (pipeline.data / one.pdf).read_bytes())
    except OSError:
        return Printed(title, one.day, None, "файлу немає в папці даних")


def _received(pipeline: Pipeline, one: case_papers.Received) -> Printed:
    title = _TITLES.get(one.event) or _event_title(one.event)
    if one.sha256 is None:
        return Printed(title, one.day, None, "оригінал стерто")
    try:
        return Printed(title, one.day, _print(pipeline, pipeline.originals.get(one.sha256)))
    except FileError as err:
        return Printed(title, one.day, None, f"не друкується: {_first_words(err.clerk_message)}")
    except (ConversionError, NotFoundError, StorageError):
        return Printed(title, one.day, None, "не друкується: файл не вдалося відкрити")


def _first_words(message: str) -> str:
    """What is wrong, without what a clerk should do about it."""
    what = message.split(". ")[0].rstrip(".")
    return f"{what[0].lower()}{what[1:]}"


def _event_title(event: str) -> str:
    words = EVENTS[event].words if event in EVENTS else "відповідь, долучена до справи"
    return f"{words[0].upper()}{words[1:]}"


def _print(pipeline: Pipeline, data: bytes) -> bytes:
    """A file of others as sheets of A4.

    Raises:
        FileError: it is damaged, encrypted, too large, or of a kind that is not printed.
        ConversionError: LibreOffice cannot open it.
    """
    if pipeline.in_child(is_written, data):
        data = pipeline.converter.convert([data])[0]
    return pipeline.in_child(to_sheets, data)
