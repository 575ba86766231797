"""The form fields of a PDF page: their values and boxes as words, each where its field stands."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from parsers.pdf_notes import words_in
from parsers.pdf_sheet import Sheet
from parsers.reading import EMPTY_BOX, TICKED_BOX, Box, Word


def read_fields(page: pdfium.PdfPage, forms: object, sheet: Sheet) -> Iterator[Word]:
    """The values of the form fields on a page, each where its field stands."""
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET:
            rect = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(annotation, rect)
            box = sheet.box(rect.left, rect.bottom, rect.right, rect.top)
            yield from _field_words(forms, annotation, box)
        raw.FPDFPage_CloseAnnot(annotation)


def _field_words(forms: object, annotation: object, box: Box) -> Iterator[Word]:
    kind = raw.FPDFAnnot_GetFormFieldType(forms, annotation)
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        ticked = raw.FPDFAnnot_IsChecked(forms, annotation)
        yield Word(TICKED_BOX if ticked else EMPTY_BOX, box=box)
    elif kind in (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX):
        yield from words_in(_field_value(forms, annotation), box)


def _field_value(forms: object, annotation: object) -> str:
    size = raw.FPDFAnnot_GetFormFieldValue(forms, annotation, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetFormFieldValue(
        forms, annotation, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
    )
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
