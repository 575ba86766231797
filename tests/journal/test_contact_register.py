"""Promise 6: no letter goes to an address that one person alone has entered."""

from __future__ import annotations

from pathlib import Path

import pytest

from opika.errors import JournalError, NotFoundError
from tests.journal.office_day import NOW

pytestmark = pytest.mark.both_databases


def propose(email: str = "shkola@example.org", office: str = "ssd", actor: str = "olena") -> int:
    from journal import contacts

    return contacts.propose(office, "Гімназія с. Вигадане", email, now=NOW, actor=actor)


def confirm(contact: int, actor: str = "iryna") -> None:
    from journal import contacts

    contacts.confirm(contact, now=NOW, actor=actor)


def confirmed(email: str = "shkola@example.org", office: str = "ssd") -> bool:
    from journal import contacts

    return contacts.is_confirmed(office, email)


def test_an_address_counts_once_a_second_person_has_said_yes(data: Path) -> None:
    contact = propose()
    assert not confirmed()
    confirm(contact)
    confirm(contact, actor="third")
    assert confirmed()
    assert not confirmed(office="css")


def test_who_proposed_an_address_cannot_confirm_it(data: Path) -> None:
    contact = propose()
    with pytest.raises(JournalError, match="proposer") as refused:
        confirm(contact, actor="olena")
    assert "інша особа" in refused.value.clerk_message
    assert not confirmed()


def test_a_withdrawn_address_counts_no_more_and_may_be_proposed_anew(data: Path) -> None:
    from journal import contacts

    contact = propose()
    confirm(contact)
    with pytest.raises(JournalError, match="there"):
        propose(" Shkola@Example.org ")
    contacts.withdraw(contact, why="Заклад змінив адресу.", now=NOW, actor="olena")
    assert not confirmed()
    with pytest.raises(JournalError, match="withdrawn"):
        confirm(contact)
    again = propose()
    states = [(card.id, card.state) for card in contacts.contacts("ssd", all=True)]
    assert states == [(contact, "withdrawn"), (again, "proposed")]
    assert [card.id for card in contacts.contacts()] == [again]


@pytest.mark.parametrize(
    "email",
    [
        "",
        "shkola",
        "школа@example.org",
        "a@b",
        "a b@example.org",
        "a@example.org\r\nBcc: x@example.org",
        "a@example.org,b@example.org",
        "<a@example.org>",
        ".a@example.org",
        "a..b@example.org",
        "a" * 250 + "@example.org",
    ],
)
def test_what_is_no_plain_address_is_refused(data: Path, email: str) -> None:
    with pytest.raises(JournalError, match="not an address"):
        propose(email)


def test_each_step_is_in_the_history(data: Path) -> None:
    from journal import contacts
    from journal.models import History

    contact = propose()
    confirm(contact)
    contacts.withdraw(contact, why="Помилка.", now=NOW, actor="olena")
    rows = History.objects.filter(subject=f"contact:{contact}").order_by("pk")
    assert list(rows.values_list("action", "actor")) == [
        ("proposed", "olena"),
        ("confirmed", "iryna"),
        ("withdrawn", "olena"),
    ]


def test_a_contact_that_is_not_there_is_not_found(data: Path) -> None:
    with pytest.raises(NotFoundError):
        confirm(99)
