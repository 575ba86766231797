from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from opika.errors import JournalError, NotFoundError
from tests.journal.office_day import KYIV, NOW, bring, outgoing, register, registered, values

pytestmark = pytest.mark.both_databases

LATER = datetime(2026, 3, 6, 9, 0, tzinfo=KYIV)


def _draft(entry: int, key: str = "reply", context: Any = None, **series: Any) -> int:
    from journal import documents

    new = documents.NewDocument(entry, "ssd", "registration_reply", key, context or {"кому": "а"})
    return documents.new_document(new, series=outgoing(**series), now=NOW, actor="тест")


def _render(document: int, docx: str = "documents/1.docx") -> None:
    from journal import documents

    documents.save_rendered(document, docx, "0" * 64, now=NOW, actor="тест")
    documents.save_pdf(document, "documents/1.pdf", "1" * 64, now=NOW, actor="тест")


def _approve(document: int, **series: Any) -> None:
    from journal import documents

    documents.approve(document, series=outgoing(**series), now=LATER, actor="голова")


def _rendering(document: int) -> Any:
    from journal import documents

    return documents.rendering(document)


def _actions(document: int) -> list[str]:
    from journal.models import History

    rows = History.objects.filter(subject=f"document:{document}").order_by("pk")
    return list(rows.values_list("action", flat=True))


@pytest.fixture
def entry(data: Path) -> int:
    entry_id: int = registered(values()).entry_id
    return entry_id


def test_a_letter_is_drafted_once_with_its_number_and_date(entry: int) -> None:
    first, again, other = _draft(entry), _draft(entry, context={"кому": "б"}), _draft(entry, "x")
    assert first == again != other
    letter = _rendering(first)
    assert (letter.index, letter.dated, letter.state) == ("01-12/1", date(2026, 3, 4), "draft")
    assert letter.context == {"кому": "а"}
    assert _rendering(other).index == "01-12/2"
    assert _actions(first) == ["drafted"]


def test_what_is_to_be_rendered_is_due_until_its_pdf_lies_there(entry: int) -> None:
    from journal import documents, steps

    letter = _draft(entry)
    documents.save_rendered(letter, "documents/1.docx", "0" * 64, now=NOW, actor="тест")
    assert steps.documents_to_render(NOW) == [letter]
    steps.failed("render", letter, "ConversionError", now=NOW)
    assert steps.documents_to_render(NOW) == []
    documents.save_pdf(letter, "documents/1.pdf", "1" * 64, now=NOW, actor="тест")
    assert steps.documents_to_render(LATER) == []
    _render(letter)
    assert _actions(letter) == ["drafted", "rendered", "made into a PDF"]


def test_a_person_approves_what_is_rendered_once(entry: int) -> None:
    letter = _draft(entry)
    with pytest.raises(JournalError, match="not rendered"):
        _approve(letter)
    _render(letter)
    _approve(letter)
    _approve(letter)
    assert _rendering(letter).state == "approved"
    assert _actions(letter)[-1] == "approved"
    assert len(_actions(letter)) == 4


def test_a_series_may_give_its_number_only_at_approval(entry: int) -> None:
    from journal import steps

    letter = _draft(entry, number_at="approval")
    _render(letter)
    assert (_rendering(letter).index, _rendering(letter).dated) == (None, None)
    _approve(letter, number_at="approval")
    assert (_rendering(letter).index, _rendering(letter).dated) == ("01-12/1", date(2026, 3, 6))
    assert steps.documents_to_render(LATER) == [letter]


def test_a_changed_entry_renews_its_draft_under_the_same_number(entry: int) -> None:
    from journal import steps

    letter = _draft(entry)
    _render(letter)
    register(bring(values(content="Виправлено."), received_at=LATER))
    with pytest.raises(JournalError, match="overtaken"):
        _approve(letter)
    assert _draft(entry, context={"кому": "б"}) == letter
    assert (_rendering(letter).index, _rendering(letter).context) == ("01-12/1", {"кому": "б"})
    assert steps.documents_to_render(NOW) == [letter]
    _render(letter)
    _approve(letter)


def test_an_approved_letter_is_not_renewed_but_marked_as_overtaken(entry: int) -> None:
    from journal import listing

    letter = _draft(entry)
    _render(letter)
    _approve(letter)
    register(bring(values(content="Виправлено."), received_at=LATER))
    assert _draft(entry, context={"кому": "б"}) == letter
    assert _rendering(letter).context == {"кому": "а"}
    (card,) = listing.entry_by_id(entry).documents
    assert (card.state, card.stale) == ("approved", True)


def test_a_document_that_is_not_there_is_not_found(data: Path) -> None:
    with pytest.raises(NotFoundError):
        _rendering(999)
    with pytest.raises(NotFoundError):
        _approve(999)
