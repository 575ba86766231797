"""Small templates for the tests of rendering and checking."""

import io
from pathlib import Path

from docx import Document

from generators.layout import paragraphs


def template(path: Path, *texts: str | tuple[str, ...]) -> Path:
    """A template of these paragraphs; a paragraph given as a tuple is split over runs."""
    document = Document()
    for paragraph in texts:
        added = document.add_paragraph()
        for piece in paragraph if isinstance(paragraph, tuple) else (paragraph,):
            added.add_run(piece)
    document.save(str(path))
    return path


def words(data: bytes) -> list[str]:
    """The texts of a document's paragraphs, those in tables too."""
    return [paragraph.text for paragraph in paragraphs(Document(io.BytesIO(data)))]
