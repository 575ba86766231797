"""Small templates for the tests of rendering and checking."""

import io
from pathlib import Path

from docx import Document


def template(path: Path, *paragraphs: str | tuple[str, ...]) -> Path:
    """A template of these paragraphs; a paragraph given as a tuple is split over runs."""
    document = Document()
    for paragraph in paragraphs:
        added = document.add_paragraph()
        for piece in paragraph if isinstance(paragraph, tuple) else (paragraph,):
            added.add_run(piece)
    document.save(str(path))
    return path


def words(data: bytes) -> list[str]:
    """The texts of a document's paragraphs."""
    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]
