"""What an office holds in the end, so that two runs can be compared, and a quick look in between."""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from bench.disturbed.arrivals import BOXES
from journal import listing
from journal.documents import rendering
from journal.models import Arrival, Document, Entry, Sending
from journal.verify import verify
from opika import sending
from opika.pipeline import Pipeline
from rules.sameness import values_digest
from tests.smtpserver import Delivered, SmtpServer

# Which of two copies was there first depends on whose line was cut.
_IN_THE_BOOK = {"registered": "in the book", "duplicate": "in the book"}

_TAKEN_TWICE = (
    "SELECT 1 FROM journal_arrival WHERE uid IS NOT NULL "
    "GROUP BY source_id, folder, uid_validity, uid HAVING count(*) > 1"
)
_TAKEN_FROM = (
    "SELECT count(*) FROM journal_arrival JOIN journal_source "
    "ON journal_source.id = source_id WHERE name = ?"
)
LEFT_TWICE, TAKEN_TWICE = "a letter left twice", "a mail was taken twice"
PUT_AWAY, MISSING = "a mail was put away that was not taken", "an original is not in the store"
LOST, DOUBLED = {PUT_AWAY, MISSING}, {LEFT_TWICE, TAKEN_TWICE}


@dataclass
class Holdings:
    """What stays the same however often a run was disturbed.

    Attributes:
        entries: digest of the values, digests of the originals, kinds of letters drafted.
        arrivals: digest of the original, what became of it, why.
        faults: what is not as it must be, in words.
        letters: approved letters by their state.
    """

    entries: Counter[tuple[object, ...]] = field(default_factory=Counter)
    arrivals: Counter[tuple[object, ...]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    letters: Counter[str] = field(default_factory=Counter)


def holdings(pipeline: Pipeline, smtp: SmtpServer) -> Holdings:
    """Everything that the office of an opened pipeline holds."""
    found = Holdings()
    for card in listing.entries():
        originals = tuple(sorted(arrival.sha256 for arrival in card.arrivals))
        living = [one for one in card.documents if one.state != "void"]
        kinds = tuple(sorted(one.kind for one in living))
        found.entries[(values_digest(card.values), originals, kinds)] += 1
        # One kind may go to several bodies: police, ЦПМСД and ЦСС are each called to a visit.
        if len(living) != len({(one.kind, _addressee(one.id)) for one in living}):
            found.faults.append("a letter was drafted twice for one entry")
        if any(not (one.docx and one.pdf) for one in card.documents if one.state != "void"):
            found.faults.append("a letter has no DOCX or no PDF")
    for sha256, outcome, reason in Arrival.objects.values_list("original_id", "outcome", "reason"):
        found.arrivals[(sha256, _IN_THE_BOOK.get(outcome, outcome), reason)] += 1
    found.faults += _number_faults()
    found.faults += _letter_faults(pipeline, smtp)
    found.letters.update(Sending.objects.values_list("state", flat=True))
    proof = verify(pipeline.originals, pipeline.data)
    if not proof.ok:
        found.faults.append(str(proof.first_fault))
    return found


def _addressee(document_id: int) -> tuple[str, ...]:
    return tuple(rendering(document_id).context.get("адресат") or ())


def _number_faults() -> Iterator[str]:
    entries = Entry.objects.values_list("office_id", "year", "number")
    yield from _gaps("entries", [(row[:-1], row[-1]) for row in entries])
    letters = Document.objects.filter(number__isnull=False)
    rows = letters.values_list("issuer_id", "register", "year", "number")
    yield from _gaps("letters", [(row[:-1], row[-1]) for row in rows])


def _gaps(what: str, rows: Iterable[tuple[tuple[object, ...], int | None]]) -> Iterator[str]:
    ordered = sorted(rows, key=repr)
    for series, group in groupby(ordered, key=lambda row: row[0]):
        numbers = sorted(number or 0 for _series, number in group)
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"numbers of {what} {series} have gaps or repeat"


def _letter_faults(pipeline: Pipeline, smtp: SmtpServer) -> Iterator[str]:
    """What left is known to have left or is in doubt, and what is in doubt is shown to a person."""
    at_server = Counter(mail.message_id for mail in smtp.mails)
    subjects = Counter(str(mail.message["Subject"]) for mail in smtp.mails)
    if any(count > 1 for count in [*at_server.values(), *subjects.values()]):
        yield LEFT_TWICE
    states = dict(Sending.objects.values_list("message_id", "state"))
    for message_id in at_server:
        if states.get(message_id) not in ("sent", "doubt"):
            yield f"a letter has left and is noted as {states.get(message_id)}"
    for message_id, state in states.items():
        if state == "sent" and not at_server[message_id]:
            yield "a letter noted as sent has never left"
    shown = {attempt.document_id for attempt in sending.overview(pipeline)}
    doubtful = Sending.objects.filter(state="doubt").values_list("document_id", flat=True)
    if not shown.issuperset(doubtful):
        yield "a letter in doubt is not shown to a person"


def quick_look(data: Path, moved: int, mails: Iterable[Delivered]) -> Iterator[str]:
    """What is broken in a journal at rest, without opening the pipeline; nothing where all is well.

    Args:
        data: the folder that the journal lies in.
        moved: how many mails a pass has put away at their server.
        mails: what the SMTP server has.
    """
    subjects = Counter(str(mail.message["Subject"]) for mail in mails)
    if any(count > 1 for count in subjects.values()):
        yield LEFT_TWICE
    path = data / "journal.sqlite3"
    if not path.exists():
        return
    with closing(sqlite3.connect(path)) as book:
        if not book.execute("SELECT 1 FROM sqlite_master WHERE name = 'journal_entry'").fetchone():
            return
        numbers = book.execute("SELECT office_id, year, number FROM journal_entry")
        yield from _gaps("entries", [(row[:-1], row[-1]) for row in numbers])
        for (sha256,) in book.execute("SELECT sha256 FROM journal_original"):
            if not (data / "originals" / sha256[:2] / sha256[2:]).exists():
                yield MISSING
        if book.execute(_TAKEN_TWICE).fetchone():
            yield TAKEN_TWICE
        if moved > book.execute(_TAKEN_FROM, [BOXES["ssd"]]).fetchone()[0]:
            yield PUT_AWAY
