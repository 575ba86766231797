"""``opika draft registration_mark``: the notification printed with its number, the original kept."""

from __future__ import annotations

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from opika.letters import draft_one
from opika.pipeline import Pipeline
from tests.opika.office import Office, mail
from tests.opika.test_add import SCHOOL, record
from tests.opika.test_flow import entries, form


def printed(pipeline: Pipeline, number: int) -> str:
    """The words of the first page of the marked print of an entry."""
    card = entries()[number]
    (made,) = draft_one(pipeline, card, "registration_mark", {})
    (paper,) = [one for one in entries()[number].documents if one.id == made]
    assert (paper.index, paper.state) == (None, "draft")
    with pdfium.PdfDocument(pipeline.data / str(paper.pdf)) as document:
        return str(document[0].get_textpage().get_text_range())


def test_a_form_and_a_call_are_printed_with_the_mark_and_the_original_stays(office: Office) -> None:
    from opika.by_hand import write_down

    data = form(1)
    office.mail("ssd", mail(("Повідомлення.docx", data)))
    office.once()
    with office.open() as pipeline:
        write_down(pipeline, record(**SCHOOL), "ssd")
    office.once()
    with office.open() as pipeline:
        for number in (1, 2):
            (text,) = [
                printed(pipeline, at)
                for at, card in enumerate(entries())
                if card.number == str(number)
            ]
            assert f"№ {number} від 04.03.2026" in text
            assert "Служба у справах дітей" in text and "ПОВІДОМЛЕННЯ" in text
        kept = [path.read_bytes() for path in pipeline.originals.root.rglob("*") if path.is_file()]
        assert data in kept
