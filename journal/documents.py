"""Documents of an entry: drafted once, numbered from their series, approved by a person.

What belongs to no register is no letter (the filled form for the case file): it has no number and
stays as it is drafted; nobody approves or sends it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from journal import book
from journal.cards import OVERTAKEN_IN
from journal.database import writing
from journal.history import Act, hold, hold_all, record
from journal.models import Document, DocumentState, Entry, Office
from journal.numbers import SeriesRule, give
from opika.errors import JournalError, NotFoundError


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A letter, or a paper for the case file, to be drafted.

    Attributes:
        entry_id: the entry that it belongs to.
        issuer: key of the office whose letter it is.
        kind: ``registration_reply``, ``assessment_request``, …
        draft_key: which letter of the entry it is; the same key is the same letter.
        context: what its template is filled with, JSON-ready, without number and date.
    """

    entry_id: int
    issuer: str
    kind: str
    draft_key: str
    context: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rendering:
    """What the rendering of a document needs; ``docx`` and ``pdf`` are empty until made.

    ``signed`` is the digest of the signed copy that was put back, ``signed_name`` says what it is.
    """

    id: int
    entry_id: int
    issuer: str
    kind: str
    draft_key: str
    context: Mapping[str, Any]
    index: str | None
    dated: date | None
    state: str
    docx: str
    pdf: str
    pdf_sha256: str
    signed: str | None = None
    signed_name: str = ""


def new_document(
    new: NewDocument, *, series: SeriesRule | None, now: datetime, actor: str, anew: bool = False
) -> int:
    """Draft a letter, with its number if the series gives it to drafts; give the letter's id.

    Without a series it is no letter, but a paper for the case file.

    Drafted again it stays the one it is. Where its entry has changed since, a draft takes the new
    context, keeps its number and is rendered anew; so it does where a person asks for it anew.

    Raises:
        JournalError: the entry is void.
        ClosedYearError: its register is closed.
    """
    act = Act(actor, now)
    with writing():
        office = _held_office(new.issuer)
        same = Document.objects.filter(entry_id=new.entry_id, draft_key=new.draft_key)
        document = same.first()
        if document is None:
            check_living(new.entry_id)
            document = _draft(new, office, series, act)
        elif (document.stale_at or anew) and document.state == DocumentState.DRAFT:
            _refresh(document, new, office, act)
        return document.pk


def rendering(document_id: int) -> Rendering:
    """What is needed to render the document.

    Raises:
        NotFoundError: there is no such document.
    """
    document = Document.objects.select_related("issuer").filter(pk=document_id).first()
    if document is None:
        raise NotFoundError("no such document", clerk_message="Документа з таким номером немає.")
    return Rendering(
        id=document.pk,
        entry_id=document.entry_id,
        issuer=document.issuer.key,
        kind=document.kind,
        draft_key=document.draft_key,
        context=document.context,
        index=document.index,
        dated=document.dated,
        state=document.state,
        docx=document.docx,
        pdf=document.pdf,
        pdf_sha256=document.pdf_sha256,
        signed=document.signed_id,
        signed_name=document.signed_name or "",
    )


def save_rendered(document_id: int, path: str, sha256: str, *, now: datetime, actor: str) -> None:
    """The DOCX lies at ``path`` below the data folder; a PDF of an earlier one no longer counts."""
    with writing():
        document, office = held(document_id)
        old = book.document_facts(document)
        if (document.docx, document.docx_sha256) != (path, sha256):
            document.docx, document.docx_sha256 = path, sha256
            document.pdf, document.pdf_sha256 = "", ""
            save(document, office, "rendered", Act(actor, now), old)


def save_pdf(document_id: int, path: str, sha256: str, *, now: datetime, actor: str) -> None:
    """The PDF lies at ``path`` below the data folder."""
    with writing():
        document, office = held(document_id)
        old = book.document_facts(document)
        if (document.pdf, document.pdf_sha256) != (path, sha256):
            document.pdf, document.pdf_sha256 = path, sha256
            document.attempts, document.next_try_at, document.fault = 0, None, ""
            save(document, office, "made into a PDF", Act(actor, now), old)


def approve(
    document_id: int,
    *,
    series: SeriesRule,
    now: datetime,
    actor: str,
    signature: Mapping[str, str | None] | None = None,
) -> None:
    """A person approves a draft; it gets its number now if its series says so, and is rendered.

    Approved again it stays as it is.

    Args:
        document_id: which one.
        series: how its register is numbered.
        now: when.
        actor: who.
        signature: values of the context that say who signs on this day; where the draft names
            somebody else, it is rendered anew with them.

    Raises:
        JournalError: it is not rendered, it is overtaken by a change, or it is no draft any more.
        NotFoundError: there is no such document.
    """
    act = Act(actor, now)
    with writing():
        document, office = held(document_id)
        if document.state == DocumentState.APPROVED:
            return
        _check_ready(document)
        old = book.document_facts(document)
        document.state, document.approved_at = DocumentState.APPROVED, now
        signed_by = {**document.context, **(signature or {})}
        if document.number is None or signed_by != document.context:
            document.docx = document.docx_sha256 = document.pdf = document.pdf_sha256 = ""
        document.context = signed_by
        if document.number is None:
            _number(document, office, series, now)
        save(document, office, "approved", act, old)


def move(document: Document, office: Office, state: DocumentState, action: str, act: Act) -> None:
    """Set a document's state, with its row of history; the caller's transaction holds the office."""
    old = book.document_facts(document)
    if document.state != state:
        document.state = state
        save(document, office, action, act, old)


def make_void(document: Document, office: Office, act: Act) -> None:
    """Make a letter void; the caller's transaction holds the office, and has seen that it may be.

    Its key is free again: what was spoilt may be written anew, under another number.
    """
    old = book.document_facts(document)
    document.state = DocumentState.VOID
    document.draft_key = f"{document.draft_key[:90]}:void:{document.pk}"
    save(document, office, "voided", act, old)


def check_current(document_id: int) -> None:
    """See that a letter has not been overtaken by a change of its entry.

    Raises:
        JournalError: it has; the message says what to do.
    """
    document = Document.objects.select_related("entry").get(pk=document_id)
    if document.stale_at is not None and document.state in OVERTAKEN_IN:
        raise overtaken(document)


def overtaken(document: Document) -> JournalError:
    """Why a letter may not leave whose entry has changed since, and what to do."""
    return JournalError(
        "overtaken by a change of its entry",
        clerk_message="Дані повідомлення змінилися після погодження: лист застарів. "
        + how_anew(document.kind, str(document.entry.number), document.entry.year)
        + f". Якщо він більше не потрібен: {how_void(document.pk)}",
    )


def how_anew(kind: str, number: str, year: int) -> str:
    """How a person has a letter of an entry written anew that was approved before."""
    return (
        "Створіть його наново, попередній буде анульовано: "
        f"opika draft {kind} {number} --year {year} --anew --why …"
    )


def how_void(document_id: int) -> str:
    """How a person gets rid of a document that is needed no more."""
    return f"opika journal void --document {document_id} --why …"


def drafted(entry_id: int, *, now: datetime) -> None:
    """Every letter that the entry needs now is drafted."""
    with writing():
        Entry.objects.filter(pk=entry_id).update(
            drafted_at=now, draft_attempts=0, draft_next_try_at=None, draft_fault=""
        )


def held(document_id: int) -> tuple[Document, Office]:
    """A document and its office, held with that of its entry until the caller's transaction ends.

    Raises:
        NotFoundError: there is no such document.
    """
    rows = Document.objects.filter(pk=document_id)
    ids = rows.values_list("issuer", "entry__office").first()
    if ids is None:
        raise NotFoundError("no such document", clerk_message="Документа з таким номером немає.")
    office = hold_all(ids)[ids[0]]
    return rows.select_related("entry").get(), office


def _draft(new: NewDocument, office: Office, series: SeriesRule | None, act: Act) -> Document:
    document = Document(
        issuer=office,
        entry_id=new.entry_id,
        kind=new.kind,
        draft_key=new.draft_key,
        register=series.register if series else "",
        context=dict(new.context),
        created_at=act.now,
    )
    if series and series.number_at == "draft":
        _number(document, office, series, act.now)
    save(document, office, "drafted", act, {})
    return document


def check_living(entry_id: int) -> None:
    """See that an entry is neither void nor erased.

    Raises:
        JournalError: it is: nothing is written, sent or filed to it any more.
    """
    erased = Q(erasures__seq__isnull=False)
    ended = Entry.objects.filter(Q(voided_at__isnull=False) | erased, pk=entry_id)
    found = ended.values_list("number", "voided_at").first()
    if found:
        what = "анульовано" if found[1] else "стерто за рішенням"
        raise JournalError(
            "the entry is void or erased",
            clerk_message=f"Запис № {found[0]} {what} (див. opika journal show).",
        )


def _refresh(document: Document, new: NewDocument, office: Office, act: Act) -> None:
    old = book.document_facts(document)
    document.context, document.stale_at = dict(new.context), None
    if book.document_facts(document) == old:
        document.save(update_fields=["stale_at"])
        return
    document.docx = document.docx_sha256 = document.pdf = document.pdf_sha256 = ""
    save(document, office, "drafted anew", act, old)


def _number(document: Document, office: Office, series: SeriesRule, now: datetime) -> None:
    given = give(office, series, now)
    document.year, document.number = given.year, given.number
    document.index, document.dated = given.index, given.dated


def _check_ready(document: Document) -> None:
    if not document.register:
        raise JournalError(
            "no letter",
            clerk_message="Це форма для справи, а не лист: її не погоджують і не надсилають.",
        )
    if document.state != DocumentState.DRAFT:
        raise JournalError("not a draft", clerk_message="Цей документ уже не є проєктом.")
    if not document.docx:
        raise JournalError(
            "not rendered", clerk_message="Документ ще не сформовано. Повторіть за хвилину."
        )
    if document.stale_at:
        raise JournalError(
            "overtaken by a change of its entry",
            clerk_message="Дані повідомлення змінилися. Дочекайтеся оновленого проєкту.",
        )


def _held_office(key: str) -> Office:
    return hold(Office.objects.only("pk").get(key=key).pk)


def save(document: Document, office: Office, action: str, act: Act, old: Mapping[str, Any]) -> None:
    """Store a document, with a row of history; the caller's transaction holds the office."""
    document.save()
    changes = book.changes(old, book.document_facts(document))
    subject = f"document:{document.pk}"
    record(office, action, subject, act, entry=document.entry, changes=changes)
