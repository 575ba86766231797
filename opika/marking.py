"""A notification printed with the mark of its registration (п. 10); its original stays untouched."""

from __future__ import annotations

from generators import notification_form
from generators.docx import render
from generators.letterhead import Addressee
from journal import listing
from journal.prints import Original, original_of
from opika.drawing import is_office_file
from opika.errors import ConversionError, FileError, MissingValueError, NotFoundError
from opika.pipeline import Pipeline
from opika.prints import is_pdf, mark_print
from opika.requisites import requisites
from parsers.file import is_picture


def check_printable(entry_id: int) -> Original:
    """What an entry's notification is printed from.

    Raises:
        MissingValueError: it has no original here, as one of the paper book.
    """
    found = original_of(entry_id)
    if found is None:
        raise MissingValueError(
            "no original to print",
            clerk_message="Оригіналу цього повідомлення в журналі немає: друкувати нема що.",
        )
    return found


def marked(pipeline: Pipeline, entry_id: int, mark: bytes) -> bytes:
    """The print of an entry's notification with the mark on it, a PDF.

    Args:
        pipeline: opened.
        entry_id: of the entry.
        mark: the mark, a PDF as large as it is.

    Raises:
        ConversionError: the original cannot be printed.
    """
    try:
        original = check_printable(entry_id)
        printed = _printed(pipeline, entry_id, original)
        return pipeline.in_child(mark_print, printed, mark, original.page)
    except (FileError, NotFoundError, MissingValueError) as err:
        raise ConversionError("the original cannot be printed") from err


def _printed(pipeline: Pipeline, entry_id: int, original: Original) -> bytes:
    """The notification as a PDF, or the bytes of a picture or PDF, which the child opens."""
    if original.written_down:
        return pipeline.converter.convert([_form(pipeline, entry_id)])[0]
    data = pipeline.originals.get(original.sha256)
    if is_office_file(data):
        return pipeline.converter.convert([data])[0]
    if is_pdf(data) or is_picture(data):
        return data
    from generators.stamping import typed

    return pipeline.converter.convert([typed(original.text)])[0]


def _form(pipeline: Pipeline, entry_id: int) -> bytes:
    """The filled form of what a clerk wrote down."""
    card = listing.entry_by_id(entry_id)
    round_it = requisites(pipeline, card.office, Addressee(lines=()))
    template = pipeline.config.opika.templates / f"{notification_form.KIND}.docx"
    return render(template, notification_form.context(card, round_it, {}))
