"""Documents of an entry: which are due, with whose requisites, and where their files lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from generators import notification_form, registration_mark
from generators.docx import render as render_docx
from generators.kind import Addressed, Decides, Kind
from generators.kinds import KINDS
from generators.letters import NUMBER_TO_COME, missing_for_approval, signature
from generators.steps import lived
from generators.to_fill import places_to_fill
from journal import documents, listing
from journal.cards import EntryCard
from journal.case_refusals import refused
from journal.document_files import document_file
from journal.documents import NewDocument, Rendering
from journal.history import Act
from journal.originals import write_whole
from journal.voiding import void_document
from opika.errors import BadValueError, JournalError, MissingValueError
from opika.marking import check_printable, marked
from opika.pipeline import Pipeline
from opika.requisites import addressees, issuer_of, letterhead, requisites
from rules.details import checked
from rules.wording import date_in_figures


def due_letters(pipeline: Pipeline, card: EntryCard) -> Iterator[NewDocument]:
    """The documents that an entry calls for, and those of its drafts that a change has overtaken.

    None goes to somebody who cannot or may not be answered.
    """
    stale = [documents.rendering(one.id) for one in card.documents if one.stale]
    overtaken = [one for one in stale if one.state == "draft"]
    for before in overtaken:
        if to := _to(pipeline, card, before):
            yield _new(pipeline, card, KINDS[before.kind], to, before.context)
    known = {one.draft_key for one in overtaken}
    for kind in KINDS.values():
        for to in _addressed(pipeline, card, kind, {}) if kind.AUTOMATIC else ():
            if kind.needed(card) and _draft_key(kind, to) not in known:
                yield _new(pipeline, card, kind, to, {})


def draft_one(
    pipeline: Pipeline, card: EntryCard, kind_name: str, told: Mapping[str, str]
) -> list[int]:
    """Draft a document that a clerk asks for, one for each addressee, and write the files.

    Args:
        pipeline: opened.
        card: the entry.
        kind_name: of the document.
        told: what the kind asks for, as a clerk typed it.

    Returns:
        The ids of the documents.

    Raises:
        JournalError: something that the kind asks for is missing or cannot be understood, or the
            document was approved before its entry changed; the message says what to do.
        MissingValueError: there is nobody to write to.
        ConversionError: LibreOffice failed; the DOCX is there.
    """
    kind = KINDS[kind_name]
    known = _told(kind, told)
    wanted = _wanted(pipeline, card, kind, known)
    return _drafted(pipeline, [_new(pipeline, card, kind, to, known) for to in wanted])


def draft_anew(
    pipeline: Pipeline, card: EntryCard, kind_name: str, told: Mapping[str, str], why: str
) -> list[int]:
    """Make what its entry's change has overtaken void, and draft it anew; give the new ids.

    What a clerk told of the former document is known still, unless it is told otherwise now.

    Raises:
        JournalError: no such document is overtaken, or no reason is given.
        ClosedYearError: its register is closed.
        MissingValueError: there is nobody to write to any more; the document stays as it was.
        ConversionError: LibreOffice failed; the DOCX is there.
    """
    kind = KINDS[kind_name]
    overtaken = [one.id for one in card.documents if one.kind == kind_name and one.overtaken]
    if not overtaken:
        raise JournalError(
            "nothing is overtaken",
            clerk_message="Погодженого документа цього виду, який застарів, немає; проєкт "
            "оновлюється сам.",
        )
    former = documents.rendering(overtaken[-1]).context
    known = {key: former.get(key) for key in kind.DETAILS} | _told(kind, told)
    wanted = _wanted(pipeline, card, kind, known)
    new = [_new(pipeline, card, kind, to, known) for to in wanted]
    for document_id in overtaken:
        void_document(document_id, Act(pipeline.actor, pipeline.clock(), why))
    return _drafted(pipeline, new)


def _told(kind: Kind, told: Mapping[str, str]) -> dict[str, Any]:
    try:
        return checked(kind.DETAILS, told, kind.WORDS)
    except BadValueError as err:
        raise JournalError("details are missing", clerk_message=f"{err}.") from err


def _wanted(
    pipeline: Pipeline, card: EntryCard, kind: Kind, told: Mapping[str, Any]
) -> Sequence[Addressed]:
    """To whom a document goes that a clerk asks for."""
    _check_allowed(pipeline, card, kind)
    found = _addressed(pipeline, card, kind, told)
    if not found:
        raise MissingValueError(
            "nobody to write to",
            clerk_message="Для цього листа немає адресата: повідомлення анонімне або відправник "
            "не зазначений.",
        )
    if kind.KIND == notification_form.KIND and not kind.needed(card):
        raise MissingValueError(
            "not needed",
            clerk_message="Форму заповнюють лише для повідомлення, яке записано зі слів.",
        )
    if kind.KIND == registration_mark.KIND:
        check_printable(card.id)
    return found


def _check_allowed(pipeline: Pipeline, card: EntryCard, kind: Kind) -> None:
    """See that the law allows the step that the paper decides; once it is made, it stands.

    Raises:
        JournalError: it does not allow it yet; the message says why.
    """
    if not isinstance(kind, Decides) or lived(card, kind.EVENT):
        return
    if why := refused(card.id, kind.EVENT, pipeline.clock(), pipeline.clock_rules):
        raise JournalError(
            f"{kind.EVENT} is refused", clerk_message=f"{kind.WORDS} – ще не час. {why}"
        )


def _drafted(pipeline: Pipeline, new: Sequence[NewDocument]) -> list[int]:
    ids = [draft_letter(pipeline, one, anew=True) for one in new]
    for document_id in ids:
        documents.check_current(document_id)
        write_docx(pipeline, document_id)
    write_pdfs(pipeline, ids)
    return ids


def draft_letter(pipeline: Pipeline, letter: NewDocument, *, anew: bool = False) -> int:
    """Enter a document as a draft, with its number where the series gives it to drafts.

    ``anew``: where it is a draft already, it takes what is known now.
    """
    register = KINDS[letter.kind].REGISTER
    return documents.new_document(
        letter,
        series=pipeline.series(letter.issuer, register) if register else None,
        now=pipeline.clock(),
        actor=pipeline.actor,
        anew=anew,
    )


def _addressed(
    pipeline: Pipeline, card: EntryCard, kind: Kind, told: Mapping[str, Any]
) -> Sequence[Addressed]:
    issued = issuer_of(pipeline.config, card, kind) is not None
    return addressees(pipeline.config, card, kind, told) if issued else ()


def _draft_key(kind: Kind, to: Addressed) -> str:
    return f"{kind.KIND}:{to.key}" if to.key else kind.KIND


def _new(
    pipeline: Pipeline, card: EntryCard, kind: Kind, to: Addressed, told: Mapping[str, Any]
) -> NewDocument:
    issuer = issuer_of(pipeline.config, card, kind) or card.office
    round_it = requisites(pipeline, issuer, to.addressee)
    return NewDocument(
        entry_id=card.id,
        issuer=issuer,
        kind=kind.KIND,
        draft_key=_draft_key(kind, to),
        context=kind.context(card, round_it, {key: told.get(key) for key in kind.DETAILS}),
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
    for document, converted in zip(waiting, made, strict=True):
        mark = document.kind == registration_mark.KIND
        data = marked(pipeline, document.entry_id, converted) if mark else converted
        path = _write(pipeline, document, "pdf", data)
        documents.save_pdf(
            document.id, path, sha256(data).hexdigest(), now=pipeline.clock(), actor=pipeline.actor
        )


def approve(pipeline: Pipeline, document_id: int) -> None:
    """A person approves a draft; where its number comes now, it is written anew.

    So it is where somebody else signs on this day than on that of the draft.

    Raises:
        MissingValueError: a requisite that a signed letter needs is not configured.
        JournalError: it is no draft, or overtaken by a change.
    """
    document = documents.rendering(document_id)
    kind = KINDS[document.kind]
    if kind.REGISTER:  # what is for the case file alone the journal refuses in its own words
        _check_whole(pipeline, document, kind)
    documents.approve(
        document_id,
        series=pipeline.series(document.issuer, kind.REGISTER or "outgoing"),
        now=pipeline.clock(),
        actor=pipeline.actor,
        signature=_signature_today(pipeline, document),
    )
    write_docx(pipeline, document_id)
    write_pdfs(pipeline, [document_id])


def _signature_today(pipeline: Pipeline, document: Rendering) -> dict[str, str | None]:
    """Who signs is who is in office on the day of approval, not on that of the draft."""
    office = pipeline.config.office_of(document.issuer)
    now = signature(letterhead(office, pipeline.clock().date()))
    return {key: value for key, value in now.items() if key in document.context}


def is_needed(pipeline: Pipeline, card: EntryCard, document_id: int) -> bool:
    """Whether the entry, as it stands now, calls for a document that was drafted.

    A kind that only a clerk asks for is always needed where it has somebody to go to.
    """
    document = documents.rendering(document_id)
    kind = KINDS[document.kind]
    called_for = not kind.AUTOMATIC or kind.needed(card)
    return called_for and _to(pipeline, card, document) is not None


def to_see_to(document_id: int) -> list[str]:
    """What a person must fill in or look at before the document may be approved, in words."""
    return list(dict.fromkeys(places_to_fill(documents.rendering(document_id).context)))


def recipient(pipeline: Pipeline, document_id: int) -> str:
    """The e-mail address of a document's addressee; "" where none is known."""
    document = documents.rendering(document_id)
    to = _to(pipeline, listing.entry_by_id(document.entry_id), document)
    return to.addressee.email if to else ""


def _check_whole(pipeline: Pipeline, document: Rendering, kind: Kind) -> None:
    card = listing.entry_by_id(document.entry_id)
    _check_allowed(pipeline, card, kind)
    to = _to(pipeline, card, document)
    if to is None:
        raise JournalError(
            "nobody to write to any more",
            clerk_message="За нинішніми даними й налаштуваннями адресата в цього документа немає. "
            f"Якщо він більше не потрібен: {documents.how_void(document.id)}",
        )
    round_it = requisites(pipeline, document.issuer, to.addressee)
    missing = missing_for_approval(round_it, kind.FORM)
    missing += dict.fromkeys(places_to_fill(document.context))
    if missing:
        raise MissingValueError(
            "requisites are missing",
            clerk_message=f"Документ не можна погодити: бракує – {'; '.join(missing)}. Впишіть це "
            "у файл налаштувань або в подробиці документа (opika draft) і створіть проєкт знову; "
            "відмінок підтвердьте: opika name confirm.",
        )


def _to(pipeline: Pipeline, card: EntryCard, document: Rendering) -> Addressed | None:
    """To whom a document goes, as the configuration and what was told of it say now."""
    kind = KINDS[document.kind]
    found = _addressed(pipeline, card, kind, document.context)
    return next((to for to in found if _draft_key(kind, to) == document.draft_key), None)


def _write(pipeline: Pipeline, document: Rendering, ending: str, data: bytes) -> str:
    year = (document.dated or pipeline.clock().date()).year
    name, digest = (document.kind, document.id), sha256(data).hexdigest()
    path = document_file(year, document.issuer, name, digest, ending)
    (pipeline.data / path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(pipeline.data / path, data, temporary=pipeline.work)
    return str(path)
