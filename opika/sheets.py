"""Files of others as sheets of A4: run in the reading child, which knows no journal."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]
from PIL import Image

from generators.binding import on_sheets
from opika.drawing import is_office_file
from opika.errors import EncryptedFileError, UnreadableFileError
from parsers.file import is_picture
from parsers.picture import open_pictures

_TEXTS = frozenset({"word/document.xml", "content.xml"})
"""What a package of Word or OpenOffice holds."""


def is_written(data: bytes) -> bool:
    """Whether LibreOffice prints it: a document of Word or OpenOffice, or rich text; no other zip."""
    if not data.startswith(b"PK"):
        return is_office_file(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return not _TEXTS.isdisjoint(package.namelist())
    except zipfile.BadZipFile:
        return False


def to_sheets(data: bytes) -> bytes:
    """A PDF or the pages of a picture, on sheets of A4.

    Raises:
        FileError: it is neither, or it is damaged, encrypted or too large.
    """
    if is_picture(data):
        data = _pictured(data)
    if b"%PDF-" not in data[:1024]:
        raise UnreadableFileError("not printable", clerk_message="Файл іншого виду.")
    try:
        return on_sheets(_flat(data))
    except pikepdf.PasswordError as err:
        raise EncryptedFileError("a password") from err


def _pictured(data: bytes) -> bytes:
    pages = [Image.fromarray(one.pixels) for one in open_pictures(data)]
    target = io.BytesIO()
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:], resolution=150)
    return target.getvalue()


def _flat(data: bytes) -> bytes:
    """The PDF with what is filled into its fields drawn on its pages."""
    try:
        with pdfium.PdfDocument(data) as opened:
            if opened.get_formtype() == 0:
                return data
            opened.init_forms()
            for page in opened:
                page.flatten()
            target = io.BytesIO()
            opened.save(target)
            return target.getvalue()
    except pdfium.PdfiumError:
        return data
