"""The papers of the Commission's meeting, made out of the journal and put below the data folder.

They are no documents of the book: they have no number and change nothing in it. The same journal
gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generators import commission
from generators.commission import Item, Meeting, Member
from generators.docx import render
from generators.letterhead import Letterhead
from journal.book_rows import looked
from journal.originals import write_whole
from opika.errors import JournalError, StorageError
from opika.packet_binding import bind
from opika.packets import Heard, before
from opika.pipeline import Pipeline
from opika.requisites import letterhead
from rules.wording import date_in_figures

_WHY = "пакет до засідання Комісії"
_OURS = re.compile(
    r"(?:agenda|attendance|contents|minutes|packet|publication|copy-\d+"
    r"|case-\d+-(?:brief|decision|materials|notification-\d+))\.(?:docx|pdf)"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A packet that is to be made.

    Attributes:
        office: key of the office whose cases are heard.
        meeting: the day of the meeting.
        time: «10:00», or "".
        room: where it meets, or "".
        words: key of a term -> what a clerk calls it.
    """

    office: str
    meeting: date
    time: str
    room: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """A packet that was made: its folder, the names of its files, the cases in it and the others."""

    folder: Path
    files: tuple[str, ...]
    ready: tuple[Heard, ...]
    waiting: tuple[Heard, ...]


def make(
    pipeline: Pipeline, wanted: Wanted, out: Path | None = None, *, again: bool = False
) -> Made:
    """Make the packet of a meeting, in files that only we can read.

    What it says of notifications counts as looked at (п. 13).

    Args:
        pipeline: opened, for the eyes of who asks.
        wanted: which packet.
        out: the folder; None: one below the data folder.
        again: replace a packet that says something else, also one that was edited by hand.

    Raises:
        JournalError: no case is ready, or a packet of another content lies there.
        TemplateError: a template cannot be used.
        MissingValueError: a template prints a value that is missing.
        ConversionError: LibreOffice is missing or failed.
        StorageError: the disk is full or refuses.
    """
    ready, waiting = before(pipeline, wanted.office, wanted.meeting)
    if not ready:
        raise JournalError(
            "no case is ready",
            clerk_message=f"До засідання {date_in_figures(wanted.meeting)} не готова жодна справа. "
            "Чого бракує, покаже параметр --list.",
        )
    files = _papers(pipeline, wanted, ready)
    folder = out or pipeline.data / "packets" / wanted.meeting.isoformat() / wanted.office
    _check_free(folder, files, again)
    ids = [entry.id for one in ready for entry in one.case.entries]
    looked(sorted(ids), actor=pipeline.actor, now=pipeline.clock(), why=_WHY)
    _put(folder, files)
    return Made(folder, tuple(files), tuple(ready), tuple(waiting))


def _papers(pipeline: Pipeline, wanted: Wanted, ready: Iterable[Heard]) -> dict[str, bytes]:
    """File name -> its bytes; no name tells of anybody."""
    meeting = _meeting(pipeline, wanted)
    items = [
        Item(number, one.case, one.standing.conclusion)
        for number, one in enumerate(ready, start=1)
        if one.standing.conclusion
    ]

    def made(paper: str, values: Mapping[str, Any]) -> bytes:
        return render(pipeline.config.opika.templates / f"commission_{paper}.docx", values)

    files = {"agenda.docx": made("agenda", commission.agenda(meeting, items))}
    for item in items:
        name = f"case-{item.number:02}"
        files[f"{name}-brief.docx"] = made("brief", commission.brief(meeting, item))
        files[f"{name}-decision.docx"] = made("decision", commission.decision(meeting, item))
    files["attendance.docx"] = made("attendance", commission.attendance(meeting))
    files["minutes.docx"] = made("minutes", commission.minutes(meeting, items))
    files["publication.docx"] = made("agenda", commission.public_agenda(meeting, items))
    return bind(pipeline, meeting, items, files)


def _meeting(pipeline: Pipeline, wanted: Wanted) -> Meeting:
    config = pipeline.config
    members = config.commission_of(wanted.office)
    head: Letterhead = letterhead(config.office_of(wanted.office), wanted.meeting)
    return Meeting(
        day=wanted.meeting,
        issuer=head,
        members=tuple(Member(one.name, one.position, one.role) for one in members),
        time=wanted.time,
        room=wanted.room,
        procedure=config.opika.procedure,
        clocks=wanted.words,
    )


def _check_free(folder: Path, files: Mapping[str, bytes], again: bool) -> None:
    """See that nothing is lost: what lies there already says the same, or may go."""
    if again or all((folder / name).read_bytes() == files.get(name) for name in _lying(folder)):
        return
    raise JournalError(
        "another packet lies there",
        clerk_message=f"У папці {folder} вже є пакет, і в ньому інше: змінилися справи або хтось "
        "виправив файли. Складіть у нову папку (--out) або замініть його: --again (правки в "
        "файлах буде втрачено).",
    )


def _lying(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if _OURS.fullmatch(path.name))


def _put(folder: Path, files: Mapping[str, bytes]) -> None:
    try:
        for one in (*reversed(folder.parents), folder):
            if not one.is_dir():
                one.mkdir(mode=0o700)
        for name in _lying(folder):
            if name not in files:
                (folder / name).unlink()
        for name, data in files.items():
            write_whole(folder / name, data)
            (folder / name).chmod(0o600)
    except OSError as err:
        raise StorageError("packet") from err
