"""The main job: receive → unpack → read → register → place → draft → render (→ a person sends).

Each step takes the id of what stands left of it, does its work in one transaction and leaves what
stands right of it; run again, it finds its work done and does nothing. So a restart resumes, a
retry is harmless, and one bad message stops nothing: its step is noted as failed, with the time of
the next try, and the others go on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from generators.kinds import KINDS
from journal import documents, listing, placing, registration, searching, steps, work
from journal.alerts import raise_dangers
from opika import alerts, delivery, letters, sources
from opika.config import Folder, Mailbox
from opika.errors import ConversionError, FileError, OpikaError, StorageError
from opika.heads import keep_heads
from opika.pipeline import Pipeline
from opika.reading import read_bytes, read_record_bytes, unpack_bytes
from opika.recounting import keep_clocks
from opika.retention import keep_terms
from opika.to_journal import came_back, kept_files, message_of, reading_of, refused_whole
from opika.visiting import Taken

logger = logging.getLogger(__name__)

# So many DOCX go through LibreOffice in one call: its start costs more than ten conversions.
_PDF_BATCH = 20
_INDEX_BATCHES = 20


@dataclass
class Report:
    """What one pass did.

    Attributes:
        sources: what each source gave.
        registered: the new entries.
        forms: the outcome of each form that was looked at.
        arrivals: the outcome of each arrival that was placed.
        drafts: letters drafted.
        failed: steps that failed and are due again later.
    """

    sources: list[Taken] = field(default_factory=list)
    registered: list[registration.Registration] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    arrivals: list[str] = field(default_factory=list)
    drafts: int = 0
    failed: int = 0

    @property
    def ok(self) -> bool:
        """Every source answered and every step was done or placed."""
        return self.failed == 0 and all(source.error is None for source in self.sources)


Step = Callable[[Pipeline, int, Report], None]
Progress = Callable[[str, int], None]
Stopped = Callable[[], bool]


def run_once(
    pipeline: Pipeline,
    rows: Sequence[Mailbox | Folder],
    progress: Progress = lambda step, count: None,
    stopped: Stopped = lambda: False,
) -> Report:
    """One pass: take what is new in ``rows``, then do every step that is due.

    Of outgoing mail only what a person has sent before is followed up; nothing else leaves.

    Args:
        pipeline: opened.
        rows: the sources to look at; with none, outgoing mail is left to the service.
        progress: is told each step and how many rows stand before it.
        stopped: asked before each row; once it says so, what is left waits for the next pass.
    """
    report = Report()
    keep_clocks(pipeline)
    keep_terms(pipeline)
    progress("receive", len(rows))
    report.sources = sources.receive_all(pipeline, rows, stopped)

    def every(
        kind: str,
        due: Callable[[datetime], list[int]],
        step: Step,
        side_by_side: Callable[[Callable[[int], None], list[int]], Iterable[None]] = map,
    ) -> None:
        ids = due(pipeline.clock())
        progress(kind, len(ids))

        def one(row_id: int) -> None:
            if not stopped():
                _attempt(pipeline, report, kind, row_id, step)

        list(side_by_side(one, ids))

    every("unpack", steps.arrivals_to_unpack, unpack)
    every("read", steps.files_to_read, read, pipeline.readers.map)
    every("register", steps.forms_to_register, register)
    every("place", steps.arrivals_to_place, place)
    _warn(pipeline, report, telling=bool(rows))
    every("draft", steps.entries_to_draft, draft)
    _index(report, progress, stopped)
    every("render", steps.documents_to_render, render)
    _convert(pipeline, report, progress, stopped)
    if rows:  # nobody who does a thing by hand waits for a mail server
        report.failed += delivery.follow(pipeline, stopped)
    keep_heads(pipeline)
    return report


def unpack(pipeline: Pipeline, arrival_id: int, report: Report) -> None:
    """Open an arrival's envelope; its files are kept and wait to be read."""
    arrival = work.arrival_work(arrival_id)
    data = pipeline.originals.get(arrival.sha256)
    try:
        envelope = pipeline.in_child(unpack_bytes, data, arrival.name, pipeline.limits)
    except FileError as err:
        message, files = {}, refused_whole(arrival, err.reason)
    else:
        files = kept_files(pipeline, arrival, envelope, len(data))
        message = message_of(pipeline, arrival, envelope, files)
        message["answers"] = came_back(pipeline, message)
    steps.save_unpacked(arrival_id, message, files, now=pipeline.clock())


def read(pipeline: Pipeline, file_id: int, report: Report) -> None:
    """Read one file in a child process; its forms wait to be registered."""
    file = work.file_work(file_id)
    data = pipeline.originals.get(file.sha256)
    today = pipeline.clock().date()
    try:
        if file.written_down:
            found = pipeline.in_child(read_record_bytes, data, pipeline.indicators)
        else:
            found = pipeline.in_child(read_bytes, data, file.name, today, pipeline.indicators)
    except FileError as err:
        steps.refused(file_id, err.reason, now=pipeline.clock())
    else:
        steps.save_read(file_id, reading_of(found), now=pipeline.clock())


def register(pipeline: Pipeline, form_id: int, report: Report) -> None:
    """Give a form its number and clocks, or join it to the entry that it repeats or corrects."""
    rules = pipeline.registration_rules(work.journal_of_form(form_id))
    result = registration.register(form_id, now=pipeline.clock(), actor=pipeline.actor, rules=rules)
    report.forms.append(result.outcome)
    if result.outcome == "registered":
        report.registered.append(result)


def place(pipeline: Pipeline, arrival_id: int, report: Report) -> None:
    """Say of every file of an arrival what became of it; what no rule can place goes to triage."""
    rules = pipeline.registration_rules(work.arrival_work(arrival_id).journal)
    outcome = placing.place(arrival_id, now=pipeline.clock(), actor=pipeline.actor, rules=rules)
    report.arrivals.append(outcome)


def draft(pipeline: Pipeline, entry_id: int, report: Report) -> None:
    """Draft the letters that an entry calls for, each with its number."""
    card = listing.entry_by_id(entry_id)
    stand = {document.id for document in card.documents if not document.stale}
    for letter in letters.due_letters(pipeline, card):
        fresh = letters.draft_letter(pipeline, letter) not in stand
        report.drafts += fresh and bool(KINDS[letter.kind].REGISTER)
    documents.drafted(entry_id, now=pipeline.clock())


def render(pipeline: Pipeline, document_id: int, report: Report) -> None:
    """Write a document's DOCX from its template and its stored values."""
    letters.write_docx(pipeline, document_id)


def _warn(pipeline: Pipeline, report: Report, *, telling: bool) -> None:
    """Raise an alert for every danger, and tell the duty contact before any letter is drafted."""
    try:
        if telling:
            report.failed += alerts.warn(pipeline)
        else:  # the service, or the next pass, tells
            raise_dangers(pipeline.clock())
    except Exception:
        # A boundary like _attempt's: whatever fails in telling keeps nobody's letters from being
        # drafted; the danger still stands in the journal, and the next pass finds it again.
        report.failed += 1
        logger.exception("alerts failed")


def _index(report: Report, progress: Progress, stopped: Stopped) -> None:
    """Let the search find what has changed."""
    done = 0
    try:
        # After a migration the whole book waits: no form is kept waiting behind it.
        for _ in range(_INDEX_BATCHES):
            indexed = 0 if stopped() else searching.index_some()
            if not indexed:
                break
            done += indexed
    except Exception:
        # A boundary like _attempt's: whatever fails in indexing keeps no letter from its PDF; who
        # was not indexed still waits for it, and the next pass goes on there.
        report.failed += 1
        logger.exception("index failed")
    progress("index", done)


def _convert(pipeline: Pipeline, report: Report, progress: Progress, stopped: Stopped) -> None:
    """Make the PDFs that wait, many a call; where a call fails, each on its own."""
    ids = steps.documents_to_render(pipeline.clock())
    progress("convert", len(ids))
    for start in range(0, len(ids), _PDF_BATCH):
        if stopped():
            return
        batch = ids[start : start + _PDF_BATCH]
        try:
            letters.write_pdfs(pipeline, batch)
        except (ConversionError, StorageError):
            for document_id in batch:
                _attempt(pipeline, report, "render", document_id, _convert_one)


def _convert_one(pipeline: Pipeline, document_id: int, report: Report) -> None:
    letters.write_pdfs(pipeline, [document_id])


def _attempt(pipeline: Pipeline, report: Report, kind: str, row_id: int, step: Step) -> None:
    """Do one step of one row; whatever goes wrong is that row's own, and is noted."""
    try:
        step(pipeline, row_id, report)
    except Exception as err:
        report.failed += 1
        logger.exception("%s failed item=%d", kind, row_id)
        try:
            steps.failed(kind, row_id, type(err).__name__, now=pipeline.clock())
        except OpikaError:  # the disk is full or the journal busy: the row is simply due again
            logger.exception("failure could not be noted item=%d", row_id)
