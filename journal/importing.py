"""Entries of the paper book are taken over: with their numbers, their dates and what was done since.

All of it or nothing: every row is written in one transaction, which is rolled back where one row
cannot be written, and in a rehearsal. A row that was taken over before is known by its text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from journal.arrivals import NewArrival, record_arrival
from journal.casework import NewEvent, happened
from journal.database import writing
from journal.entering import Notice, PaperRegistration, RegistrationRules, enter
from journal.history import Act, hold
from journal.models import Alert, Arrival, Entry, File, Office, Outcome, Series
from journal.numbers import NOTIFICATIONS, Number, check_open
from journal.register_rows import office_of
from journal.texts import clean, fit
from opika.errors import OpikaError
from rules.paper_book import PaperEntry
from rules.paper_table import Fault

_ROW = "text/x-opika-paper-row"
"""The media type of a row: by it, and by its text, a row is known again."""
_AT_ONCE = 500
_URGENT = {True: "urgent", None: "possibly urgent"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The file that the rows came out of.

    Attributes:
        office: key of the office whose paper journal it is.
        name: of the file.
        sha256: of its bytes; ``size`` in bytes.
        keep: puts the bytes into the store of originals; called once all rows are written.
    """

    office: str
    name: str
    sha256: str
    size: int
    keep: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Row:
    """A row with what a rule found in its words.

    Attributes:
        urgent: whether they show a threat, where the book itself says nothing of one.
        indicators: by which signs.
    """

    entry: PaperEntry
    urgent: bool | None = None
    indicators: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the rows.

    Attributes:
        numbers: (year, number) of those that were taken over, or would be.
        known: how many had been taken over before.
        alarming: numbers of those with a threat and no visit.
        faults: why nothing was written.
    """

    numbers: tuple[tuple[int, int], ...]
    known: int
    alarming: tuple[int, ...]
    faults: tuple[Fault, ...]


def take_over(
    rows: Sequence[Row], sheet: Sheet, act: Act, rules: RegistrationRules, *, rehearse: bool
) -> Imported:
    """Enter the rows of a paper book; told of the same rows again it enters none twice.

    Args:
        rows: in the order in which they are to be entered.
        sheet: where they stand.
        act: who, when.
        rules: as a notification is registered.
        rehearse: find out what would be done, and write nothing.

    Raises:
        NotFoundError: there is no such office.
        StorageError: the disk is full or refuses.

    Law: Порядок, п. 10: every notification keeps the number under which it was registered.
    """
    work = _Work(sheet, act, rules)
    with writing():
        work.office = hold(office_of(sheet.office).pk)
        work.enter_all(rows)
        if work.faults or rehearse or not work.entered:
            transaction.set_rollback(True)
        else:
            sheet.keep()
    return Imported(tuple(work.entered), work.known, tuple(work.alarming), tuple(work.faults))


class _Work:
    """One taking over, within its transaction."""

    office: Office

    def __init__(self, sheet: Sheet, act: Act, rules: RegistrationRules) -> None:
        self.sheet, self.act, self.rules = sheet, act, rules
        self.entered: list[tuple[int, int]] = []
        self.alarming: list[int] = []
        self.faults: list[Fault] = []
        self.known = 0
        self._arrival: Arrival | None = None

    def enter_all(self, rows: Sequence[Row]) -> None:
        known = self._texts_by_number(rows)
        firsts = {year: self._first(year) for year in {row.entry.year for row in rows}}
        too_high: dict[int, list[PaperEntry]] = {}
        for row in rows:
            paper = row.entry
            name = (paper.year, paper.number)
            first = firsts[paper.year]
            if name in known:
                self._meet_again(paper, known[name])
            elif first is not None and paper.number >= first:
                too_high.setdefault(paper.year, []).append(paper)
            else:
                known[name] = paper.text
                self._enter(row)
        for year, papers in too_high.items():
            self._fault(papers[0], _too_high(papers, firsts[year]))
        if self._arrival is not None:
            _settle(self._arrival, self.act)

    def _texts_by_number(self, rows: Iterable[Row]) -> dict[tuple[int, int], str]:
        """Year and number -> text of the row it was taken over from; "" for another entry."""
        found: dict[tuple[int, int], str] = {}
        numbers = sorted({row.entry.number for row in rows})
        for start in range(0, len(numbers), _AT_ONCE):
            entries = Entry.objects.filter(
                office=self.office, number__in=numbers[start : start + _AT_ONCE]
            )
            found |= {(year, number): "" for year, number in entries.values_list("year", "number")}
            files = File.objects.filter(media_type=_ROW, entry__in=entries)
            texts = files.values_list("entry__year", "entry__number", "text")
            found |= {(year, number): text for year, number, text in texts}
        return found

    def _first(self, year: int) -> int | None:
        """The first number of the year that Opika gives; None: it gives none of that year."""
        series = Series.objects.filter(office=self.office, register=NOTIFICATIONS, year=year)
        first = series.values_list("first_number", flat=True).first()
        running = self.act.now.astimezone(self.rules.series.zone).year == year
        return self.rules.series.start if first is None and running else first

    def _meet_again(self, paper: PaperEntry, text: str) -> None:
        if text == clean(paper.text):
            self.known += 1
            return
        self._fault(
            paper,
            f"№ {paper.number} за {paper.year} рік уже є, і записано його інакше; якщо це інше "
            "повідомлення, виправте номер, якщо те саме – вилучіть рядок і виправте запис у журналі",
        )

    def _enter(self, row: Row) -> None:
        paper = row.entry
        self._arrival = self._arrival or self._arrive()
        try:
            with transaction.atomic():  # a row that fails leaves the transaction usable
                check_open(self.office, NOTIFICATIONS, paper.year, "До нього не вносять записів.")
                entry = enter(_notice(row, self._arrival), self.act, self.rules)
                self._file(paper, entry, self._arrival)
                for step in paper.steps:
                    new = NewEvent(entry.pk, step.kind, step.at, step.details)
                    happened(new, self.act, self.rules.clocks)
        except OpikaError as err:
            self._fault(paper, err.clerk_message)
            return
        self.entered.append((paper.year, paper.number))
        self._heed(entry, paper)

    def _arrive(self) -> Arrival:
        sheet = self.sheet
        new = NewArrival(
            source=None,
            office=sheet.office,
            journal=sheet.office,
            channel="paper",
            sha256=sheet.sha256,
            size=sheet.size,
            received_at=self.act.now,
            file_name=sheet.name,
        )
        arrival_id = record_arrival(new, now=self.act.now, actor=self.act.actor)
        return Arrival.objects.select_related("office", "journal").get(pk=arrival_id)

    def _file(self, paper: PaperEntry, entry: Entry, arrival: Arrival) -> None:
        File.objects.create(
            arrival=arrival,
            ordinal=len(self.entered) + 1,
            path=fit(f"{paper.page}/{paper.row}", 500),
            media_type=_ROW,
            role="attachment",
            read_at=self.act.now,
            text=clean(paper.text),
            urgent=entry.urgent,
            indicators=entry.indicators,
            entry=entry,
            outcome=Outcome.REGISTERED,
        )

    def _heed(self, entry: Entry, paper: PaperEntry) -> None:
        """Let the duty contact be told of a threat only where nobody has met it on paper."""
        if entry.urgent is False:
            return
        visited = any(step.kind == "visited" for step in paper.steps)
        if entry.urgent and not visited:
            self.alarming.append(paper.number)
        if visited or paper.urgent or entry.urgent is None:
            newest = entry.history.order_by("-pk").values_list("pk", flat=True)[0]
            Alert.objects.create(
                office=self.office,
                kind=_URGENT[entry.urgent],
                subject=f"entry:{entry.pk}",
                cause=newest,
                raised_at=self.act.now,
                over_at=self.act.now,
            )

    def _fault(self, paper: PaperEntry, message: str) -> None:
        self.faults.append(Fault(paper.page, paper.row, "", message))


def _notice(row: Row, arrival: Arrival) -> Notice:
    paper = row.entry
    number = Number(paper.year, paper.number, fit(paper.index, 60), paper.registered_at.date())
    return Notice(
        arrival=arrival,
        values=clean(dict(paper.values)),
        review=paper.review,
        urgent=row.urgent if paper.urgent is None else paper.urgent,
        indicators=clean(list(row.indicators)),
        on_paper=PaperRegistration(number, paper.registered_at, paper.received_at, paper.channel),
    )


def _settle(arrival: Arrival, act: Act) -> None:
    """The file has been unpacked and placed by what was just done with its rows."""
    arrival.unpacked_at = arrival.placed_at = act.now
    arrival.outcome = Outcome.REGISTERED
    arrival.save(update_fields=["unpacked_at", "placed_at", "outcome"])


def _too_high(papers: Sequence[PaperEntry], first: int | None) -> str:
    highest = max(paper.number for paper in papers)
    others = f" (і ще {len(papers) - 1} за цей рік)" if len(papers) > 1 else ""
    return (
        f"№ {papers[0].number}{others} не може бути з паперового журналу: Opika веде "
        f"{papers[0].year} рік із № {first}. Якщо паперовий журнал ішов далі, впишіть у "
        f'налаштування, [[series]], register = "notifications": first_number = {highest + 1}, '
        f"first_year = {papers[0].year}"
    )
