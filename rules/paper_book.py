"""The entries of a paper journal, out of its table: what was notified, and what was done since.

Nothing is guessed: what cannot be read is a fault with its place and with what to write there. All
faults are found at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from typing import Any, TypeVar

from rules.form_keys import FORM_KEYS, LIST_KEYS
from rules.paper_cells import (
    CellError,
    PaperNumber,
    When,
    choice,
    clock_time,
    entry_number,
    number_text,
    paper,
    text_of,
    when,
    words_of,
)
from rules.paper_columns import COLUMNS, NEEDED_DAYS
from rules.paper_table import Fault, Line, Table
from rules.paper_words import ALLOWED, DECIDED, HOW, STATES, YES, from_whom, subject_line
from rules.persons import persons
from rules.sheets import Cell

T = TypeVar("T")

_LONGEST_TEXT = 10_000
_IN_LINES = ("content", "measures")


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done in the work with the family (:data:`rules.casework.KINDS`)."""

    kind: str
    at: datetime
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """An entry of the paper journal.

    Attributes:
        page: the sheet, ``row``: of it.
        number: the running number; ``index``: as it is written.
        registered_at: midnight where no time is written; ``received_at`` likewise.
        urgent: what the journal says of a threat; None: nothing.
        values: by the keys of the parse contract; ``review``: those to be looked at.
        steps: what was done since, in the order of the work.
        text: all that stands in the row, heading by heading.
    """

    page: str
    row: int
    year: int
    number: int
    index: str
    registered_at: datetime
    received_at: datetime
    channel: str
    urgent: bool | None
    values: Mapping[str, Any]
    review: tuple[str, ...]
    steps: tuple[Step, ...]
    text: str


@dataclass(frozen=True, slots=True)
class BookReading:
    """What a table gave: its entries, and all that is wrong with it."""

    entries: tuple[PaperEntry, ...]
    faults: tuple[Fault, ...]


def read_book(table: Table, *, now: datetime, mask: str) -> BookReading:
    """The entries of a table.

    Args:
        table: as :func:`rules.paper_table.tables` found it.
        now: the present moment in the office's zone; nothing can have happened later.
        mask: how the office's journal writes its numbers.
    """
    readers = [_Row(table, line, now, mask) for line in table.lines]
    entries = [entry for reader in readers if (entry := reader.entry()) is not None]
    faults = [fault for reader in readers for fault in reader.faults]
    return BookReading(tuple(entries), tuple(faults))


@dataclass(slots=True)
class _Row:
    """One line while it is read."""

    table: Table
    line: Line
    now: datetime
    mask: str
    faults: list[Fault] = field(default_factory=list)

    def entry(self) -> PaperEntry | None:
        """The entry, or None: its faults say why."""
        days = self._days()
        # Without its days the rest is read all the same: all faults are found at once.
        registered, received = days or (self.now, None)
        number, index = self._number(registered.year)
        values, review = self._values(registered.date())
        if not values["subject"] and not values["content"]:
            self._fault("content", "порожньо; впишіть зміст або про кого повідомлення")
        steps = tuple(self._steps(received))
        state = self._chosen("state", STATES)
        self._check_state(state, {step.kind for step in steps})
        urgent = {"yes": True, "no": False, None: None}[self._chosen("threat", YES)]
        channel = self._chosen("channel", HOW) or "paper"
        values["received_via"] = channel if channel in ("oral", "phone") else "written"
        if self.faults or received is None:
            return None
        return PaperEntry(
            page=self.line.page,
            row=self.line.row,
            year=registered.year,
            number=number,
            index=index,
            registered_at=registered,
            received_at=received,
            channel=channel,
            urgent=urgent,
            values=values,
            review=review,
            steps=steps,
            text=self._text(),
        )

    def _days(self) -> tuple[datetime, datetime] | None:
        """When it was registered and when it had come; None: the faults say why that is unknown."""
        registered, received = (self._when(name) for name in NEEDED_DAYS)
        said = self._read("time", clock_time)
        if registered and said and registered.time is None:
            registered = When(registered.day, said)
        if registered is None and received is None:
            if not any(fault.column for fault in self.faults):
                self._fault(NEEDED_DAYS[0], "порожньо; впишіть дату реєстрації: 04.03.2026")
            return None
        first, last = received or registered, registered or received
        if first is None or last is None:
            return None
        came = self._moment(first)
        entered = self._moment(last, came)
        if came > entered:
            self._fault("received", "надійшло пізніше, ніж зареєстровано; перевірте обидві дати")
        if entered > self.now:
            self._fault("registered", f"{entered:%H:%M} сьогодні ще не настало; перевірте час")
        return entered, came

    def _number(self, year: int) -> tuple[int, str]:
        cells = self.line.cells.get("number", ())
        if not cells:
            self._fault("number", "порожньо; впишіть номер із паперового журналу")
            return 0, ""
        found = self._read("number", partial(_entry_number, mask=self.mask, year=year))
        number, index = found or (0, "")
        return number, self._read("index", number_text) or index

    def _values(self, on: date) -> tuple[dict[str, Any], tuple[str, ...]]:
        values: dict[str, Any] = {key: [] if key in LIST_KEYS else None for key in FORM_KEYS}
        values |= from_whom(self._words("from_whom"))
        outgoing = self._paper("outgoing")
        values |= {
            "outgoing_number": outgoing.number,
            "outgoing_date": outgoing.when and outgoing.when.day.isoformat(),
            "subject": subject_line(self._words("subject"), self._words("birth")),
            "address": self._words("address"),
            "content": self._words("content"),
            "measures_taken": self._measures(),
        }
        found = persons(values["subject"] or "", today=on)
        values["persons"] = [
            {
                "name": person.name,
                "birth_date": person.birth_date and person.birth_date.isoformat(),
                "age": person.age,
                **({"birth_year": person.birth_year} if person.birth_year else {}),
            }
            for person in found.people
        ]
        return values, () if found.sure else ("persons",)

    def _measures(self) -> str | None:
        """What was done, and what else the row says: all of it stays before a reader's eyes."""
        note = self._words("note")
        others = {**({COLUMNS["note"].title: note} if note else {}), **self.line.others}
        said = [self._words("measures"), *(f"{title}: {text}" for title, text in others.items())]
        return "\n".join(text for text in said if text) or None

    def _steps(self, received: datetime | None) -> Iterator[Step]:
        """What was done, in the order of the Порядок: of one day it is also that of the steps."""
        yield from self._on_paper("request_sent", "request", received)
        yield from self._on_day("visited", "visit", received)
        yield from self._safety_act(received)
        yield from self._on_paper("act_made", "act", received)
        yield from self._decision(received)
        yield from self._on_day("conclusion_received", "conclusion", received)
        yield from self._on_paper("enrolled", "order", received)
        yield from self._on_day("work_ended", "ended", received)
        yield from self._on_day("closed", "closed", received)

    def _on_day(
        self,
        kind: str,
        name: str,
        received: datetime | None,
        details: Mapping[str, str] | None = None,
    ) -> Iterator[Step]:
        if day := self._when(name):
            yield Step(kind, self._moment(day, received, name), details or {})

    def _on_paper(
        self,
        kind: str,
        name: str,
        received: datetime | None,
        details: Mapping[str, str] | None = None,
    ) -> Iterator[Step]:
        found = self._paper(name)
        dated = self._place(f"{name}_date", name)
        if found.when:
            told = {"number": found.number or "", "dated": found.when.day.isoformat()}
            yield Step(kind, self._moment(found.when, received, dated), {**told, **(details or {})})
        elif found.number:
            title = f"{COLUMNS[name].title}: є № {found.number}, а дати немає"
            self._fault(dated, f"{title}; впишіть дату")

    def _safety_act(self, received: datetime | None) -> Iterator[Step]:
        threat = self._chosen("safety_threat", YES)
        steps = list(
            self._on_paper("safety_act_made", "safety", received, {"threat": threat or ""})
        )
        if steps and threat is None:
            self._fault("safety_threat", "порожньо; чи виявлено загрозу, впишіть: так або ні")
        yield from steps

    def _decision(self, received: datetime | None) -> Iterator[Step]:
        decision = self._chosen("decision", DECIDED)
        details = {"decision": decision or ""}
        steps = list(self._on_day("services_decided", "decision_date", received, details))
        if bool(steps) != bool(decision):
            self._fault("decision", "впишіть і рішення (надати, відмовити), і його дату")
        yield from steps

    def _check_state(self, state: str | None, kinds: set[str]) -> None:
        needed = {"monitoring": {"work_ended"}, "closed": {"work_ended", "closed"}}
        if state == "void":
            self._fault("state", "анульованих записів не переносять; вилучіть рядок")
        elif state == "open" and kinds & {"work_ended", "closed"}:
            self._fault("state", "«у роботі», а роботу завершено; виправте стан або дату")
        elif state == "monitoring" and "closed" in kinds:
            self._fault("state", "«моніторинг», а справу завершено; виправте стан або дату")
        elif missing := needed.get(state or "", set()) - kinds:
            name = "ended" if "work_ended" in missing else "closed"
            self._fault(name, f"стан «{text_of(self._cell('state'))}», а дати немає; впишіть її")

    def _paper(self, name: str) -> PaperNumber:
        """Number and date, from their two columns or from one that holds both."""
        both = self._read(name, partial(paper, today=self.now.date())) or PaperNumber()
        number = self._read(f"{name}_number", number_text)
        day = self._when(f"{name}_date")
        return PaperNumber(number or both.number, day or both.when)

    def _when(self, name: str) -> When | None:
        return self._read(name, partial(when, today=self.now.date()))

    def _words(self, name: str) -> str | None:
        """The text of a column, of joined rows all that differ; only long texts have lines."""
        found = [words for cell in self.line.cells.get(name, ()) if (words := words_of(cell))]
        if name in _IN_LINES:
            text = "\n".join(found)
        else:
            text = "; ".join(words.replace("\n", " ") for words in found)
        if len(text) > _LONGEST_TEXT:
            self._fault(name, f"понад {_LONGEST_TEXT} літер; скоротіть")
        return text or None

    def _chosen(self, name: str, choices: Mapping[str, str]) -> str | None:
        advice = ALLOWED[name]
        try:
            return self._single(name, partial(choice, choices=choices))
        except CellError as err:
            self._fault(name, f"{err}; впишіть одне з: {advice}")
        return None

    def _read(self, name: str, read: Callable[[Cell], T | None]) -> T | None:
        try:
            return self._single(name, read)
        except CellError as err:
            self._fault(name, str(err))
        return None

    def _single(self, name: str, read: Callable[[Cell], T | None]) -> T | None:
        cells = self.line.cells.get(name, ())
        if len(cells) > 1:
            said = "», «".join(map(text_of, cells))
            raise CellError(f"в об’єднаних рядках різне: «{said}»; залиште одне")
        return read(cells[0]) if cells else None

    def _cell(self, name: str) -> Cell:
        cells = self.line.cells.get(name, ())
        return cells[0] if cells else None

    def _place(self, *names: str) -> str:
        """The first of these columns that the table has, else the first of them."""
        return next((name for name in names if name in self.table.columns), names[0])

    def _moment(self, found: When, came: datetime | None = None, name: str = "") -> datetime:
        """The moment; where no time is written the day's first, or that of the notice's coming.

        What happened before the notice came is a fault of the column ``name``.
        """
        moment = datetime.combine(found.day, found.time or time(), self.now.tzinfo)
        if found.time is None and came and moment.date() == came.date():
            return max(moment, came)
        if name and came and moment < came:
            self._fault(name, f"{found.day:%d.%m.%Y} – раніше, ніж надійшло ({came:%d.%m.%Y})")
        if name and moment > self.now:
            self._fault(name, f"{moment:%H:%M} сьогодні ще не настало; перевірте час")
        return moment

    def _fault(self, name: str, message: str) -> None:
        column = self.table.column(name) if name else ""
        fault = Fault(self.line.page, self.line.row, column, message)
        if fault not in self.faults:
            self.faults.append(fault)

    def _text(self) -> str:
        said = {
            COLUMNS[name].title: "\n".join(map(text_of, self.line.cells[name]))
            for name in COLUMNS
            if name in self.line.cells
        }
        return "\n".join(f"{title}: {text}" for title, text in {**said, **self.line.others}.items())


def _entry_number(cell: Cell, mask: str, year: int) -> tuple[int, str]:
    return entry_number(cell, mask, year)
