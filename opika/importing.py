"""The paper book's entries out of a spreadsheet: read in a child process, understood, taken over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from journal.history import Act
from journal.importing import Row, Sheet, take_over
from opika.errors import TooLargeFileError, UnreadableFileError
from opika.pipeline import Pipeline
from parsers.sheet import read_sheets
from rules.danger import Catalogue, judge, load_indicators
from rules.paper_book import PaperEntry, read_book
from rules.paper_columns import COLUMNS
from rules.paper_table import Fault, Table, tables

MOST_BYTES = 20_000_000
_WHY = "перенесено з паперового журналу"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a spreadsheet.

    Attributes:
        numbers: (year, number) of the entries taken over, in a rehearsal of those that would be.
        known: how many stood in the journal already.
        alarming: numbers of those with a threat and no visit.
        faults: in the order of the sheets; where there are any, nothing was written.
        unknown: headings that no rule knows; what stands below them goes to the measures taken.
        passed: (sheet, row, text) of rows that are no entry.
    """

    numbers: tuple[tuple[int, int], ...]
    known: int
    alarming: tuple[int, ...]
    faults: tuple[Fault, ...]
    unknown: tuple[str, ...]
    passed: tuple[tuple[str, int, str], ...]


def import_book(pipeline: Pipeline, path: Path, office: str, *, rehearse: bool) -> ImportReport:
    """Take the entries of a paper book over into an office's journal, all of them or none.

    Args:
        pipeline: the opened pipeline.
        path: of the spreadsheet.
        office: key of the office.
        rehearse: find out what would be done, and write nothing.

    Raises:
        FileError: the file cannot be read; the message says what to do.
        JournalError, StorageError: as :func:`journal.importing.take_over`.
    """
    data = _bytes(path)
    found = tables(pipeline.in_child(read_sheets, data))
    rules = pipeline.registration_rules(office)
    readings = [read_book(one, now=pipeline.clock(), mask=rules.series.mask) for one in found]
    entries = [entry for reading in readings for entry in reading.entries]
    faults = [fault for reading in readings for fault in reading.faults]
    faults += [*_without_table(found), *_twice(entries)]
    digest = sha256(data).hexdigest()
    done = take_over(
        _judged(entries, load_indicators(pipeline.indicators)),
        Sheet(office, path.name, digest, len(data), partial(pipeline.originals.put, data)),
        Act(pipeline.actor, pipeline.clock(), _WHY),
        rules,
        rehearse=rehearse or bool(faults),
    )
    return ImportReport(
        numbers=done.numbers,
        known=done.known,
        alarming=done.alarming,
        faults=_in_order(found, [*faults, *done.faults]),
        unknown=tuple(dict.fromkeys(name for one in found for name in one.unknown)),
        passed=tuple((one.page, row, text) for one in found for row, text in one.passed),
    )


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TooLargeFileError(
                "spreadsheet too large",
                clerk_message=f"Файл понад {MOST_BYTES // 1_000_000} МБ. Вилучіть із нього малюнки "
                "та зайві аркуші.",
            )
        return path.read_bytes()
    except OSError as err:
        raise UnreadableFileError(type(err).__name__) from err


def _without_table(found: Sequence[Table]) -> Iterator[Fault]:
    needed = ", ".join(f"«{COLUMNS[name].title}»" for name in ("number", "registered", "content"))
    if not found:
        yield Fault(
            "",
            0,
            "",
            f"не знайдено заголовків граф; потрібні щонайменше {needed}. Зразок: opika journal "
            "import --blank ФАЙЛ.xlsx",
        )
    elif not any(one.lines for one in found):
        yield Fault(found[0].page, 0, "", "немає жодного запису; впишіть їх під заголовками")


def _twice(entries: Sequence[PaperEntry]) -> Iterator[Fault]:
    """Numbers that stand in several rows of the file."""
    often = Counter((entry.year, entry.number) for entry in entries)
    for entry in entries:
        if often[entry.year, entry.number] > 1:
            message = f"№ {entry.number} за {entry.year} рік – у кількох рядках; залиште один"
            yield Fault(entry.page, entry.row, "", message)


def _judged(entries: Sequence[PaperEntry], catalogue: Catalogue) -> list[Row]:
    """The rows with the signs of danger in their words, each number once."""
    once = {(entry.year, entry.number): entry for entry in reversed(entries)}
    return [_row(entry, catalogue) for entry in reversed(once.values())]


def _row(entry: PaperEntry, catalogue: Catalogue) -> Row:
    judged = judge(entry.values["content"], catalogue)
    found = [
        {"id": sign.id, "group": sign.group, "text": sign.text, "quote": sign.quote}
        for sign in judged.indicators
    ]
    return Row(entry, judged.urgent, found)


def _in_order(found: Sequence[Table], faults: Sequence[Fault]) -> tuple[Fault, ...]:
    places = {one.page: place for place, one in enumerate(found)}
    once = dict.fromkeys(replace(fault, message=fault.message.rstrip(".")) for fault in faults)
    return tuple(sorted(once, key=lambda fault: (places.get(fault.page, -1), fault.row)))
