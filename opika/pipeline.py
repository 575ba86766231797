"""What the steps of the main job work with: configuration, stores, rules, readers.

Opening a pipeline opens its journal; only then may the journal's modules be imported.
"""

from __future__ import annotations

import os
import pwd
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from queue import Empty, LifoQueue
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from generators.pdf import Converter
from intake.folder import Folder
from intake.part import Limits
from journal.database import offices, open_journal
from journal.originals import Originals, sweep
from opika.config import Book, Config
from opika.limits import limits_of, new_reader
from opika.rulebook import calendar_file, terms_of
from opika.worker import Worker
from opika.working_days import WorkingDays
from rules.calendar import Calendar
from rules.deadlines import Terms
from rules.roles import EVERYTHING, Eyes

if TYPE_CHECKING:
    from journal.clocks import ClockRules
    from journal.entering import RegistrationRules
    from journal.numbers import SeriesRule

P = ParamSpec("P")
T = TypeVar("T")

# One reader for each core of a small office machine: OCR takes a core for seconds.
READERS = 2


@dataclass(frozen=True)
class Pipeline:
    """An opened pipeline.

    Attributes:
        config: what the user set.
        originals: the bytes that came in.
        working_days: the calendar's file.
        terms: the conventions by which terms are counted.
        limits: what one arrival may cost.
        clock: the present moment, aware.
        actor: who acts, for the history.
        converter: turns DOCX into PDF.
        folders: those looked at so far; each remembers how its files stood.
        readers: the threads that read side by side; they live as long as the pipeline, and so do
            their connections to the journal.
        eyes: what of the journal is shown to whoever asks.
        receipts_decided: arrivals of which it is decided whether they get an automatic receipt.
    """

    config: Config
    originals: Originals
    working_days: WorkingDays
    terms: Terms
    limits: Limits
    clock: Callable[[], datetime]
    actor: str
    converter: Converter
    eyes: Eyes = EVERYTHING
    folders: dict[Path, Folder] = field(default_factory=dict)
    readers: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(READERS))
    receipts_decided: set[int] = field(default_factory=set)
    _idle: LifoQueue[Worker] = field(default_factory=LifoQueue)

    @property
    def data(self) -> Path:
        """The folder below which everything is kept."""
        return self.config.data

    @property
    def work(self) -> Path:
        """The folder for what is half done; what a killed process leaves there is swept."""
        return self.data / "work"

    @property
    def calendar(self) -> Calendar:
        """The working days, as their file says now."""
        return self.working_days.calendar

    @property
    def indicators(self) -> Path:
        """The catalogue of signs of danger."""
        return self.config.opika.catalogues / "indicators.toml"

    def in_child(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result, computed in a reading process that nobody else uses meanwhile.

        A process outlives the thread that started it: it is there for the next call and the next
        pass, so there are never more of them than calls at one time.

        Raises:
            FileError: as :meth:`opika.worker.Worker.call`.
        """
        try:
            worker = self._idle.get_nowait()
        except Empty:
            worker = new_reader(self.config)
        try:
            return worker.call(function, *args, **kwargs)
        finally:
            self._idle.put(worker)

    def series(self, office: str, book: Book, year: int | None = None) -> SeriesRule:
        """How a register of an office is numbered in a year; None: in this one."""
        from journal.numbers import SeriesRule

        series = self.config.series_of(office, book)
        zone = self.config.zone
        return SeriesRule(
            register=book,
            zone=zone,
            mask=series.mask,
            start=series.start(year or self.clock().astimezone(zone).year),
            number_at=series.number_at,
        )

    @property
    def _bodies(self) -> frozenset[str]:
        """The addresses of offices and partners, in lower case."""
        offices = [office.email for office in self.config.office]
        partners = [partner.email for partner in self.config.partner]
        return frozenset(email.lower() for email in [*offices, *partners] if email)

    def registration_rules(self, office: str) -> RegistrationRules:
        """By what an office's journal registers."""
        from journal.entering import RegistrationRules

        return RegistrationRules(
            calendar=self.calendar,
            terms=self.terms,
            series=self.series(office, "notifications"),
            partners=self._bodies,
        )

    @property
    def clock_rules(self) -> ClockRules:
        """By what clocks are counted."""
        from journal.clocks import ClockRules

        return ClockRules(self.calendar, self.terms)

    def close(self) -> None:
        """End the reading threads and processes."""
        self.readers.shutdown()
        while not self._idle.empty():
            self._idle.get().close()


@contextmanager
def open_pipeline(
    config: Config, clock: Callable[[], datetime] | None = None
) -> Iterator[Pipeline]:
    """Open the journal and everything that the steps need; close it at the end.

    Args:
        config: what the user set.
        clock: the present moment, aware; default: the machine's clock in the office's zone.

    Raises:
        ConfigError: a catalogue cannot be used.
        JournalBusyError, StorageError: the journal cannot be opened.
    """
    working_days = WorkingDays(calendar_file(config))
    open_journal(config.data, config.opika.database, config.opika.timezone)
    work = config.data / "work"
    work.mkdir(mode=0o700, exist_ok=True)
    sweep(work)
    offices([(office.key, office.name) for office in config.office])
    pipeline = Pipeline(
        config=config,
        originals=Originals(config.data / "originals"),
        working_days=working_days,
        terms=terms_of(config),
        limits=limits_of(config),
        clock=clock or (lambda: datetime.now(config.zone)),
        actor=actor(),
        converter=Converter(work),
    )
    try:
        yield pipeline
    finally:
        pipeline.close()


def actor() -> str:
    """Who acts on the command line: the user of the operating system, whatever the environment says."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container may run under a number without a name
        return "opika"
