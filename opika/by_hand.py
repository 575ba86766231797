"""What a clerk does by hand: a call written down, a file added, a plain letter registered or filed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from journal import arrivals, deciding, documents, listing, registration, work
from journal.deciding import PlainNotice
from journal.masking import check_arrival
from journal.registration import Registration
from journal.triage import triage_card
from journal.work import arrival_work
from opika import alerts, flow, letters
from opika.errors import JournalError, NotFoundError, OpikaError, UnreadableFileError
from opika.flow import run_once
from opika.pipeline import Pipeline
from opika.service import is_running
from parsers.answers import Record, is_record, read_record
from rules.danger import judge, load_indicators
from rules.form_keys import FORM_KEYS, LIST_KEYS

logger = logging.getLogger(__name__)

# The clerk is on the telephone: a mail server that hangs is not waited for any longer.
_TELLING_SECONDS = 10.0


def add_file(pipeline: Pipeline, path: Path, office: str, journal: str) -> int:
    """Take a file that a clerk hands over; give the arrival's id. The file itself stays.

    Raises:
        UnreadableFileError: it cannot be read or is empty.
    """
    try:
        data = path.read_bytes()
    except OSError as err:
        raise UnreadableFileError(type(err).__name__) from err
    if not data:
        raise UnreadableFileError("empty file", clerk_message="Файл порожній.")
    new = arrivals.NewArrival(
        source=None,
        office=office,
        journal=journal,
        channel="email" if path.suffix.lower() == ".eml" else "paper",
        sha256=pipeline.originals.put(data),
        size=len(data),
        received_at=pipeline.clock(),
        file_name=path.name,
    )
    return arrivals.record_arrival(new, now=pipeline.clock(), actor=pipeline.actor)


def write_down(pipeline: Pipeline, record: Record, office: str) -> int:
    """Keep what a clerk wrote down of a notification as an arrival; give the arrival's id.

    When this returns, nothing of it can be lost: whatever is interrupted after it, the next pass
    registers it.

    Law: Порядок, п. 10: oral and telephone notifications are registered as written ones are.
    """
    data = record.to_bytes()
    new = arrivals.NewArrival(
        source=None,
        office=office,
        journal=office,
        channel=record.channel,
        sha256=pipeline.originals.put(data),
        size=len(data),
        received_at=record.received_at,
    )
    return arrivals.record_arrival(new, now=pipeline.clock(), actor=pipeline.actor)


def record_to_complete(pipeline: Pipeline, entry: tuple[str, str | None, int | None]) -> Record:
    """The newest record of an entry, ready to be gone on with under the same number.

    Args:
        pipeline: opened.
        entry: its number, office and year.

    Raises:
        NotFoundError: there is no such entry, or it was not written down by hand.
    """
    card = listing.entry(*entry, eyes=pipeline.eyes)
    documents.check_living(card.id)
    for arrival in reversed(card.arrivals):
        data = pipeline.originals.get(arrival.sha256)
        if card.written_down and is_record(data):
            return replace(read_record(data), completes=arrival.sha256)
    raise NotFoundError(
        "not written down by hand",
        clerk_message="Доповнити можна лише повідомлення, яке записано зі слів.",
    )


def register_at_once(pipeline: Pipeline, arrival_id: int) -> Registration:
    """Take what was written down as far as its number: no clerk waits for the others' scans.

    The steps are those of the main job; what a letter or a PDF needs comes afterwards.

    Raises:
        JournalError: it could not be read again; it is kept and waits in triage.
    """
    report = flow.Report()
    flow.unpack(pipeline, arrival_id, report)
    for file_id in work.files_to_read(arrival_id):
        flow.read(pipeline, file_id, report)
    rules = pipeline.registration_rules(work.arrival_work(arrival_id).journal)
    results = [
        registration.register(form_id, now=pipeline.clock(), actor=pipeline.actor, rules=rules)
        for form_id in work.forms_of(arrival_id)
    ]
    flow.place(pipeline, arrival_id, report)
    if not results:
        raise JournalError(
            "what was written down could not be read",
            clerk_message="Повідомлення збережено, але не зареєстровано. Зареєструйте його "
            f"вручну: opika triage show {arrival_id}",
        )
    return results[0]


def tell_duty_contact(pipeline: Pipeline) -> None:
    """Tell the duty contact of danger now, where no service is at work that does so in seconds.

    Whoever cannot be reached is told by the next pass; the clerk's own work does not fail by it.
    """
    if is_running(pipeline.data):
        return
    enough = threading.Event()
    timer = threading.Timer(_TELLING_SECONDS, enough.set)
    timer.start()
    try:
        alerts.warn(pipeline, stop=enough)
    except OpikaError:  # the journal is busy: found again by the next pass
        logger.exception("alerts failed")
    finally:
        timer.cancel()


def draft_at_once(pipeline: Pipeline, entry_id: int) -> None:
    """Draft an entry's letters and its form, and write their files.

    Raises:
        ConversionError: LibreOffice failed; the DOCX are there, the next pass makes the PDFs.
    """
    report = flow.Report()
    flow.draft(pipeline, entry_id, report)
    ids = work.documents_of(entry_id)
    for document_id in ids:
        flow.render(pipeline, document_id, report)
    letters.write_pdfs(pipeline, ids)


def register_letter(
    pipeline: Pipeline, arrival_id: int, given: Mapping[str, str | None]
) -> Registration:
    """Register a letter without a form (п. 10); its letters are drafted at once.

    Args:
        pipeline: opened.
        arrival_id: an arrival in triage.
        given: what the clerk says of it, by the keys of the parse contract; the content is by
            default the letter's own text.

    Raises:
        JournalError: there is no content, or nothing of the arrival waits for a decision.
        NotFoundError: there is no such arrival.
    """
    values = _values(given)
    values["content"] = values["content"] or _text_of(arrival_id)
    catalogue = load_indicators(pipeline.indicators)
    judged = judge(values["content"], catalogue)
    result = deciding.register_plain(
        arrival_id,
        PlainNotice(
            values,
            urgent=judged.urgent,
            indicators=[
                {"id": sign.id, "group": sign.group, "text": sign.text, "quote": sign.quote}
                for sign in judged.indicators
            ],
        ),
        now=pipeline.clock(),
        actor=pipeline.actor,
        rules=pipeline.registration_rules(arrival_work(arrival_id).journal),
    )
    run_once(pipeline, ())
    return result


def file_letter(
    pipeline: Pipeline, arrival_id: int, entry: tuple[str, str | None, int | None], why: str
) -> None:
    """File an arrival in triage with an entry, named by number, office and year.

    Raises:
        JournalError: nothing of the arrival waits for a decision.
        NotFoundError: there is no such arrival or entry.
    """
    check_arrival(arrival_id, pipeline.eyes)
    deciding.file_to_entry(
        arrival_id,
        listing.entry(*entry, eyes=pipeline.eyes).id,
        why=why,
        now=pipeline.clock(),
        actor=pipeline.actor,
        rules=pipeline.registration_rules(arrival_work(arrival_id).journal),
    )


def _values(given: Mapping[str, str | None]) -> dict[str, Any]:
    values: dict[str, Any] = {key: [] if key in LIST_KEYS else None for key in FORM_KEYS}
    values.update({key: value for key, value in given.items() if value})
    return values


def _text_of(arrival_id: int) -> str:
    card = triage_card(arrival_id)
    return "\n\n".join(file.text.strip() for file in card.files if file.text.strip())
