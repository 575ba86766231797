"""Letters of an entry: which are due, with whose requisites, and where their files lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from generators import assessment_request, notification_form, registration_reply
from generators.docx import render as render_docx
from generators.kinds import LETTERS
from generators.letterhead import Addressee, Executor, Letterhead, Requisites
from generators.letters import NUMBER_TO_COME, missing_for_approval
from journal import documents, listing
from journal.cards import EntryCard
from journal.document_files import document_file
from journal.documents import NewDocument, Rendering
from journal.history import Act
from journal.originals import write_whole
from journal.voiding import void_document
from opika.config import Config, Office, Partner
from opika.errors import JournalError, MissingValueError
from opika.pipeline import Pipeline
from rules.wording import date_in_figures

_ASSESSOR = "css"
_ASSESSOR_NAME = "Комунальній установі «Центр соціальних служб»"


def due_letters(pipeline: Pipeline, card: EntryCard) -> Iterator[NewDocument]:
    """The letters that an entry calls for; none to somebody who cannot or may not be answered.

    With them the filled form of a notification that was written down by hand.
    """
    if notification_form.needed(card):
        yield NewDocument(
            entry_id=card.id,
            issuer=card.office,
            kind=notification_form.KIND,
            draft_key=notification_form.KIND,
            context=notification_form.context(card),
        )
    for kind, letter in LETTERS.items():
        requisites = _requisites(pipeline, card, kind)
        if requisites is not None and letter.needed(card):
            yield NewDocument(
                entry_id=card.id,
                issuer=card.office,
                kind=kind,
                draft_key=kind,
                context=letter.context(card, requisites),
            )


def draft_one(pipeline: Pipeline, card: EntryCard, kind: str) -> int:
    """Draft a letter that a clerk asks for, and write its files; give its id.

    Raises:
        JournalError: it was approved before its entry changed; the message says what to do.
        MissingValueError: there is nobody to write to.
        ConversionError: LibreOffice failed; the DOCX is there.
    """
    letter = _due_letter(pipeline, card, kind)
    document_id = draft_letter(pipeline, letter)
    documents.check_current(document_id)
    write_docx(pipeline, document_id)
    write_pdfs(pipeline, [document_id])
    return document_id


def draft_anew(pipeline: Pipeline, card: EntryCard, kind: str, why: str) -> int:
    """Make a letter void that its entry's change has overtaken, and draft it anew; give its id.

    Raises:
        JournalError: no such letter is overtaken, or no reason is given.
        ClosedYearError: its register is closed.
        MissingValueError: there is nobody to write to any more; the letter stays as it was.
        ConversionError: LibreOffice failed; the DOCX is there.
    """
    overtaken = next((one for one in card.documents if one.kind == kind and one.overtaken), None)
    if overtaken is None:
        raise JournalError(
            "nothing is overtaken",
            clerk_message="Погодженого листа цього виду, який застарів, немає; проєкт оновлюється "
            "сам.",
        )
    _due_letter(pipeline, card, kind)
    void_document(overtaken.id, Act(pipeline.actor, pipeline.clock(), why))
    return draft_one(pipeline, card, kind)


def draft_letter(pipeline: Pipeline, letter: NewDocument) -> int:
    """Enter a letter as a draft, with its number where the series gives it to drafts."""
    is_letter = letter.kind in LETTERS
    return documents.new_document(
        letter,
        series=pipeline.series(letter.issuer, "outgoing") if is_letter else None,
        now=pipeline.clock(),
        actor=pipeline.actor,
    )


def write_docx(pipeline: Pipeline, document_id: int) -> None:
    """Write a document's DOCX from its template and its stored values, unless it lies there."""
    document = documents.rendering(document_id)
    if document.docx:
        return
    values = {
        **document.context,
        "індекс": document.index or NUMBER_TO_COME,
        "дата": date_in_figures(document.dated or pipeline.clock().date()),
    }
    template = pipeline.config.opika.templates / f"{document.kind}.docx"
    data = render_docx(template, values)
    path = _write(pipeline, document, "docx", data)
    documents.save_rendered(
        document_id, path, sha256(data).hexdigest(), now=pipeline.clock(), actor=pipeline.actor
    )


def write_pdfs(pipeline: Pipeline, document_ids: Sequence[int]) -> None:
    """Write the PDFs of documents whose DOCX are there, in one call of LibreOffice.

    Raises:
        ConversionError: LibreOffice failed or hung.
    """
    waiting = [documents.rendering(document_id) for document_id in document_ids]
    waiting = [document for document in waiting if document.docx and not document.pdf]
    if not waiting:
        return
    made = pipeline.converter.convert(
        [(pipeline.data / document.docx).read_bytes() for document in waiting]
    )
    for document, data in zip(waiting, made, strict=True):
        path = _write(pipeline, document, "pdf", data)
        documents.save_pdf(
            document.id, path, sha256(data).hexdigest(), now=pipeline.clock(), actor=pipeline.actor
        )


def approve(pipeline: Pipeline, document_id: int) -> None:
    """A person approves a draft; where its number comes now, it is written anew.

    Raises:
        MissingValueError: a requisite that a signed letter needs is not configured.
        JournalError: it is no draft, or overtaken by a change.
    """
    document = documents.rendering(document_id)
    card = listing.entry_by_id(document.entry_id)
    requisites = _requisites(pipeline, card, document.kind)
    is_letter = document.kind in LETTERS  # what is none the journal refuses in its own words
    if is_letter and (requisites is None or (missing := missing_for_approval(requisites))):
        named = ", ".join(missing) if requisites else "адресат"
        raise MissingValueError(
            "requisites are missing",
            clerk_message=f"Лист не можна погодити: бракує – {named}. Впишіть це у файл "
            "налаштувань і створіть проєкт знову.",
        )
    documents.approve(
        document_id,
        series=pipeline.series(document.issuer, "outgoing"),
        now=pipeline.clock(),
        actor=pipeline.actor,
    )
    write_docx(pipeline, document_id)
    write_pdfs(pipeline, [document_id])


def recipient(pipeline: Pipeline, document_id: int) -> str:
    """The e-mail address of a document's addressee; "" where none is known."""
    document = documents.rendering(document_id)
    card = listing.entry_by_id(document.entry_id)
    requisites = _requisites(pipeline, card, document.kind)
    return requisites.addressee.email if requisites else ""


def _due_letter(pipeline: Pipeline, card: EntryCard, kind: str) -> NewDocument:
    letter = next((one for one in due_letters(pipeline, card) if one.kind == kind), None)
    if letter is None:
        raise MissingValueError(
            "nobody to write to",
            clerk_message="Для цього листа немає адресата: повідомлення анонімне або відправник "
            "не зазначений."
            if kind in LETTERS
            else "Форму заповнюють лише для повідомлення, яке записано зі слів.",
        )
    return letter


def _write(pipeline: Pipeline, document: Rendering, ending: str, data: bytes) -> str:
    year = (document.dated or pipeline.clock().date()).year
    name, digest = (document.kind, document.id), sha256(data).hexdigest()
    path = document_file(year, document.issuer, name, digest, ending)
    (pipeline.data / path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(pipeline.data / path, data, temporary=pipeline.work)
    return str(path)


def _requisites(pipeline: Pipeline, card: EntryCard, kind: str) -> Requisites | None:
    office = pipeline.config.office_of(card.office)
    addressee = _addressee(pipeline.config, card, kind)
    if addressee is None:
        return None
    executor = office.executor
    return Requisites(
        issuer=_letterhead(office),
        addressee=addressee,
        dated=pipeline.clock().date(),
        executor=Executor(executor.name, executor.phone) if executor else None,
    )


def _addressee(config: Config, card: EntryCard, kind: str) -> Addressee | None:
    if kind == registration_reply.KIND:
        return registration_reply.addressee(card)
    if kind == assessment_request.KIND and card.office != _ASSESSOR:
        return _assessor(config)
    return None


def _assessor(config: Config) -> Addressee:
    bodies: list[Partner | Office] = [*config.partner, *config.office]
    for body in bodies:
        if body.key == _ASSESSOR:
            return Addressee(
                lines=(body.name_dative or body.name,),
                address=body.address,
                email=body.email or "",
            )
    return Addressee(lines=(_ASSESSOR_NAME,))


def _letterhead(office: Office) -> Letterhead:
    return Letterhead(
        name=office.parent or office.name,
        unit=office.name if office.parent else "",
        address=office.address,
        phone=office.phone,
        email=office.email or "",
        head_name=office.head.name if office.head else "",
        head_position=office.head.position if office.head else "",
    )
