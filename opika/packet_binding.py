"""The packet as one PDF: papers of the meeting, and of each case its brief, list and materials.

Which page a paper begins on is known only once all are printed, and two papers tell it: contents and
lists of materials. So these are printed twice, with the same number of pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from generators import commission
from generators.binding import Section, bound, page_count, running_heads
from generators.commission import Item, Material, Meeting
from generators.docx import render
from generators.pdf_same import without_moment
from opika.case_prints import Printed, form_docx, materials
from opika.errors import ConversionError
from opika.pipeline import Pipeline

_TRIES = 3
_CONTENTS = "contents.docx"


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A place in the packet, which is itself alone: two papers may be called the same.

    Attributes:
        title: in contents and outline; it names nobody.
        docx: name of the file that it is printed from; "": it is printed already.
        item: the case that it belongs to.
        printed: what is printed already, or cannot be.
        is_material: whether the case's list of materials names it.
    """

    title: str
    docx: str = ""
    item: Item | None = None
    printed: Printed | None = None
    is_material: bool = False


@dataclass
class Packet:
    """What is bound, while it grows.

    Attributes:
        files: name -> DOCX, those that were made before among them.
        slots: in the order of the pages.
        prints: name of a DOCX -> its PDF.
    """

    templates: Path
    meeting: Meeting
    files: dict[str, bytes]
    slots: list[Slot]
    prints: dict[str, bytes]

    def sections(self) -> list[tuple[Slot, bytes]]:
        """The slots that have pages, each with its PDF."""
        found = ((slot, self._pdf(slot)) for slot in self.slots)
        return [(slot, pdf) for slot, pdf in found if pdf]

    def _pdf(self, slot: Slot) -> bytes | None:
        if slot.docx:
            return self.prints[slot.docx]
        return slot.printed.pdf if slot.printed else None


def bind(
    pipeline: Pipeline, meeting: Meeting, items: Sequence[Item], files: Mapping[str, bytes]
) -> dict[str, bytes]:
    """All files of a packet: its DOCX, one PDF of all, a copy for each member, the publication.

    Args:
        pipeline: opened.
        meeting: the meeting.
        items: its cases.
        files: name -> DOCX of the meeting's papers, as they were made.

    Raises:
        ConversionError: LibreOffice failed, or the pages would not settle.
        TemplateError: a template cannot be used.
    """
    packet = Packet(pipeline.config.opika.templates, meeting, dict(files), [], {})
    packet.slots = list(_slots(pipeline, packet, items))
    _number(packet, items, {})
    _print(pipeline, packet, list(packet.files))
    for _ in range(_TRIES):
        counts = {slot: page_count(pdf) for slot, pdf in packet.sections()}
        _number(packet, items, counts)
        _print(pipeline, packet, [name for name in packet.files if _tells_pages(name)])
        if counts == {slot: page_count(pdf) for slot, pdf in packet.sections()}:
            return {**packet.files, **_bound(pipeline, packet)}
    raise ConversionError("the pages do not settle")


def _slots(pipeline: Pipeline, packet: Packet, items: Sequence[Item]) -> Iterator[Slot]:
    yield Slot("Зміст", _CONTENTS)
    yield Slot("Порядок денний", "agenda.docx")
    for item in items:
        name = f"case-{item.number:02}"
        yield Slot("Довідка", f"{name}-brief.docx", item)
        yield Slot("Опис матеріалів", f"{name}-materials.docx", item)
        yield Slot("Проєкт рішення", f"{name}-decision.docx", item)
        for n, entry in enumerate(item.case.entries, start=1):
            form = f"{name}-notification-{n}.docx"
            packet.files[form] = form_docx(pipeline, entry)
            title = f"Повідомлення № {entry.index or entry.number} (форма без «Від»)"
            day = entry.received_at.date()
            yield Slot(title, form, item, Printed(title, day, None), is_material=True)
        for one in materials(pipeline, item.case, packet.meeting.day):
            yield Slot(one.title, "", item, one, is_material=True)
    yield Slot("Реєстраційний лист", "attendance.docx")
    yield Slot("Проєкт протоколу", "minutes.docx")


def _tells_pages(name: str) -> bool:
    return name == _CONTENTS or name.endswith("-materials.docx")


def _number(packet: Packet, items: Sequence[Item], counts: Mapping[Slot, int]) -> None:
    """Write contents and lists of materials with these pages; without them with any."""
    shown = [slot for slot in packet.slots if counts.get(slot) or (not counts and _prints(slot))]
    lengths = [counts.get(slot, 1) for slot in shown]
    starts = dict(zip(shown, accumulate(lengths, initial=1), strict=False))
    listed = [(_in_contents(slot), starts[slot]) for slot in shown]
    _write(packet, _CONTENTS, commission.contents(packet.meeting, listed, sum(lengths)))
    for item in items:
        papers = [
            Material(
                slot.title,
                slot.printed.day if slot.printed else None,
                starts.get(slot),
                counts.get(slot, 0),
                slot.printed.why_not if slot.printed else "",
            )
            for slot in packet.slots
            if slot.is_material and slot.item is item
        ]
        name = f"case-{item.number:02}-materials.docx"
        _write(packet, name, commission.materials(packet.meeting, item, papers))


def _prints(slot: Slot) -> bool:
    return bool(slot.docx or (slot.printed and slot.printed.pdf))


def _write(packet: Packet, name: str, values: Mapping[str, Any]) -> None:
    paper = "contents" if name == _CONTENTS else "materials"
    packet.files[name] = render(packet.templates / f"commission_{paper}.docx", values)


def _in_contents(slot: Slot) -> str:
    return f"{_group(slot)} – {slot.title}" if slot.item else slot.title


def _group(slot: Slot) -> str:
    return f"{slot.item.number}. Справа № {slot.item.case.index}" if slot.item else ""


def _print(pipeline: Pipeline, packet: Packet, names: Sequence[str]) -> None:
    made = pipeline.converter.convert([packet.files[name] for name in names])
    packet.prints |= dict(zip(names, map(without_moment, made), strict=True))


def _bound(pipeline: Pipeline, packet: Packet) -> dict[str, bytes]:
    """The packet, its numbered copies and the publication, as PDF."""
    found = packet.sections()
    lines = [_group(slot) for slot, pdf in found for _ in range(page_count(pdf))]
    copies = range(1, len(packet.meeting.members) + 1)
    marks = [f"Примірник № {number}" for number in copies]
    (heads,) = map(without_moment, pipeline.converter.convert([running_heads(lines, marks)]))
    sections = [Section(slot.title, pdf, _group(slot)) for slot, pdf in found]
    return {
        "packet.pdf": bound(sections, heads),
        **{f"copy-{n:02}.pdf": bound(sections, heads, n - 1) for n in copies},
        "publication.pdf": packet.prints["publication.docx"],
    }
