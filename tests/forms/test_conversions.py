"""Other kinds of file: what stood in the DOCX still stands in them; pictures are pictures."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from .habits import STYLES
from .make import Wish, make
from .test_generator import squeezed


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return without_lines(text.replace("\ufffe", ""))


def without_lines(text: str) -> str:
    """Without hyphens, which may part a line, and underscores, which are the line under a figure."""
    return squeezed(text).replace("-", "").replace("_", "")


def stands_in(value: str, text: str) -> bool:
    return all(without_lines(word) in text for word in value.split())


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every style of every part as PDF, and two scans, in one call of LibreOffice a kind."""
    out = tmp_path_factory.mktemp("corpus")
    styles = [(part, style) for part in STYLES for style in STYLES[part]]
    wanted = [Wish("pdf", part, style, n) for n, (part, style) in enumerate(styles)]
    scans = [Wish("scan", "tune", "hand-ticks", 0), Wish("scan", "aside", "fax-coarse", 1)]
    make(out, 5, [*wanted, Wish("pdf", "tune", "fillable", 98), *scans])
    return out


def entries(corpus: Path, group: str) -> list[dict[str, object]]:
    documents = json.loads((corpus / "forms.json").read_text(encoding="utf-8"))["documents"]
    return [document for document in documents if document["group"] == group]


def test_every_value_of_the_truth_is_printed_in_the_pdf(corpus: Path) -> None:
    for entry in entries(corpus, "pdf"):
        if entry["style"] == "fillable":
            continue
        text = text_of(corpus / str(entry["file"]))
        forms = entry["forms"]
        assert isinstance(forms, list)
        for form in forms:
            for key in ("sender", "subject", "address", "content", "reporter", "accepted_by"):
                assert stands_in(form[key] or "", text), (entry["style"], key)


def test_a_fillable_pdf_keeps_its_values_in_fields(corpus: Path) -> None:
    entry = next(e for e in entries(corpus, "pdf") if e["style"] == "fillable")
    document = pypdfium2.PdfDocument(corpus / str(entry["file"]))
    assert document.get_formtype()
    document.close()


def test_scans_are_pictures_of_whole_pages(corpus: Path) -> None:
    scans = entries(corpus, "scan")
    assert len(scans) == 2
    for entry in scans:
        path = corpus / str(entry["file"])
        if path.suffix == ".pdf":
            assert not text_of(path)
            continue
        with Image.open(path) as page:
            assert min(page.size) > 1000
