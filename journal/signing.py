"""The signed copy of an approved document is put back; from then on it is what is sent."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from journal import book, documents
from journal.arrivals import keep_original
from journal.database import writing
from journal.history import Act
from journal.models import Document, DocumentState
from opika.errors import JournalError, NotFoundError

_SIGNABLE = (DocumentState.APPROVED, DocumentState.SIGNED, DocumentState.FAILED)
_REFUSED = {
    DocumentState.DRAFT: "Це ще проєкт: спершу погодьте його (opika approve ID), тоді підпишіть "
    "погоджений документ.",
    DocumentState.SENDING: "Лист саме надсилається: підписаний примірник уже не замінити.",
    DocumentState.SENT: "Лист уже надіслано: підписаний примірник не замінюють.",
    DocumentState.VOID: "Документ анульовано: підписувати його не потрібно.",
}


@dataclass(frozen=True, slots=True)
class SignedCopy:
    """A signed scan or a КЕП container; its bytes are already in the store of originals.

    Attributes:
        sha256: digest of the bytes.
        size: their number.
        name: a name that says nothing but, by its ending, what it is.
        signed: digests of the files that were signed in the container; None: a copy that cannot be
            compared with the document.
    """

    sha256: str
    size: int
    name: str
    signed: frozenset[str] | None


def check_may_be_signed(document_id: int) -> None:
    """See that a signed copy of the document may be put back now.

    Raises:
        JournalError: it may not; the message says what to do.
        NotFoundError: there is no such document.
    """
    document = Document.objects.select_related("entry").filter(pk=document_id).first()
    if document is None:
        raise NotFoundError("no such document", clerk_message="Документа з таким номером немає.")
    _check(document)


def put_back(document_id: int, copy: SignedCopy, act: Act) -> bool:
    """Keep the signed copy of an approved document; whether that changes anything.

    The copy that was there before stays in the store and in the history. The same bytes again
    change nothing.

    Raises:
        JournalError: the document may not be signed now, the container holds something else, or
            another copy is replaced without a reason.
        NotFoundError: there is no such document.
    """
    with writing():
        document, office = documents.held(document_id)
        _check(document)
        _check_same(document, copy)
        if document.signed_id == copy.sha256 and document.state == DocumentState.SIGNED:
            return False
        _check_reason(document, act.why)
        keep_original(copy.sha256, copy.size, act.now)
        old = book.document_facts(document)
        document.signed_id, document.signed_name = copy.sha256, copy.name
        document.signed_at, document.state = act.now, DocumentState.SIGNED
        documents.save(document, office, "signed", act, old)
        return True


def _check(document: Document) -> None:
    documents.check_living(document.entry_id)
    if not document.register:
        raise JournalError(
            "no letter",
            clerk_message="Це папір для справи: він не має номера, його не погоджують і не "
            "надсилають.",
        )
    if document.state not in _SIGNABLE:
        raise JournalError("not approved", clerk_message=_REFUSED[DocumentState(document.state)])
    if document.stale_at is not None:
        raise documents.overtaken(document)
    if not document.pdf:
        raise JournalError(
            "not rendered", clerk_message="PDF документа ще не сформовано. Повторіть за хвилину."
        )


def _check_same(document: Document, copy: SignedCopy) -> None:
    """Law: a signature is of the very bytes that were signed; another file is another document."""
    ours = {document.pdf_sha256, document.docx_sha256}
    rendered = Q(pdf_sha256=copy.sha256) | Q(docx_sha256=copy.sha256)
    if Document.objects.filter(rendered).exists():
        raise JournalError(
            "a document without any signature",
            clerk_message="Це складений програмою документ, ще без підпису. Підпишіть його й "
            "додайте підписаний примірник (скан або контейнер КЕП).",
        )
    if copy.signed is not None and not (copy.signed and copy.signed <= ours):
        raise JournalError(
            "another file was signed",
            clerk_message="У контейнері підписано не цей документ або не лише його. Підпишіть "
            f"файл {document.pdf} саме таким, як його погоджено, без інших файлів.",
        )


def _check_reason(document: Document, why: str) -> None:
    if document.signed_id is None and document.state != DocumentState.FAILED:
        return
    if not why.strip():
        raise JournalError(
            "a signed copy is there",
            clerk_message="Підписаний примірник уже є або лист уже надсилали. Щоб замінити його, "
            "вкажіть підставу (--why); попередній залишиться в історії.",
        )
