"""What a clerk has confirmed of a name once is what documents say from then on."""

from __future__ import annotations

from pathlib import Path

import pytest

from opika.errors import JournalError, NotFoundError
from rules.names import doubt
from tests.journal.office_day import NOW, outgoing, registered, values

pytestmark = pytest.mark.both_databases

NAME, FORM = "Королева Аліна Іванівна", "Королевій Аліні Іванівні"


def _draft(entry: int, key: str, said: str) -> int:
    from journal import documents

    new = documents.NewDocument(entry, "ssd", "registration_reply", key, {"адресат": [said]})
    return documents.new_document(new, series=outgoing(), now=NOW, actor="тест")


def _stale(document: int) -> bool:
    from journal.models import Document

    return Document.objects.get(pk=document).stale_at is not None


def _confirm(form: str = FORM, *, name: str = NAME, case: str = "dat") -> int:
    from journal import name_forms

    return name_forms.confirm(name, case, form, now=NOW, actor="olena")


def test_a_confirmed_form_is_found_and_its_drafts_are_made_anew(data: Path) -> None:
    from journal import documents, listing, name_forms, steps

    entry = registered(values()).entry_id
    asking = _draft(entry, "asking", f"Королеві Аліні Іванівні [? {doubt(NAME, 'dat')} ?]")
    other = _draft(entry, "other", f"Королеви [? {doubt(NAME, 'gen')} ?]")
    documents.drafted(entry, now=NOW)
    assert steps.entries_to_draft(NOW) == []
    assert _confirm(name="  Королева  Аліна Іванівна ") == 1
    assert (_stale(asking), _stale(other)) == (True, False)
    assert steps.entries_to_draft(NOW) == [entry]
    found = name_forms.ConfirmedForms()
    assert found[NAME, "dat"] == FORM
    assert found.get((NAME, "gen")) is None
    assert dict(found) == {(NAME, "dat"): FORM}
    assert len(found) == 1
    [card] = name_forms.forms("аліна")
    assert (card.form, card.confirmed_by, card.confirmed_at) == (FORM, "olena", NOW)
    assert name_forms.forms("Петро") == []
    assert listing.entry_by_id(entry).documents[0].stale


def test_a_form_may_be_confirmed_otherwise_and_forgotten(data: Path) -> None:
    from journal import name_forms

    entry = registered(values()).entry_id
    assert _confirm() == 0
    has_it = _draft(entry, "first", FORM)
    assert _confirm() == 0
    assert not _stale(has_it)
    assert _confirm("Королеві Аліні Іванівні") == 1
    assert _stale(has_it)
    anew = _draft(entry, "second", "Королеві Аліні Іванівні")
    assert name_forms.forget(NAME, now=NOW) == 1
    assert _stale(anew)
    with pytest.raises(NotFoundError, match="no such form"):
        name_forms.forget(NAME, "dat", now=NOW)


def test_only_a_name_in_a_known_case_is_confirmed(data: Path) -> None:
    for wrong in ({"case": "nom"}, {"name": " "}, {"form": "—"}, {"form": "я" * 301}):
        with pytest.raises(JournalError) as refused:
            _confirm(**wrong)
        assert refused.value.clerk_message


def test_an_erased_persons_forms_are_forgotten(data: Path) -> None:
    from journal import erasing, name_forms
    from journal.history import Act

    entry = registered(values(subject=f"{NAME.upper()}, 5 років")).entry_id
    _confirm()
    _confirm("Петрові Іваненку", name="Петро Іваненко")
    erasing.ask(entry, "рішення суду", Act("olena", NOW, "рішення суду"))
    erasing.confirm(entry, Act("iryna", NOW))
    assert [card.name for card in name_forms.forms()] == ["Петро Іваненко"]
