"""The referral to a shelter: what the shelter needs to take the child, and nothing of the story."""

from generators import shelter_referral
from generators.kind import Body, Directory
from generators.to_fill import places_to_fill
from tests.generators.sample_cards import SCHOOL, card, requisites
from tests.generators.small_templates import words
from tests.generators.test_kinds import made


def test_the_shelter_learns_whom_why_and_by_whom_but_not_what_happened() -> None:
    told = {
        "підстава": "рішення від 05.03.2026 № 7",
        "супроводжує": "головний спеціаліст Марія Прикладенко",
    }
    text = " ".join(words(made("shelter_referral", card(True), told)))
    assert "влаштування Озерчука Назара Зразковича." in text
    assert "Підстава: рішення від 05.03.2026 № 7." in text
    assert "забезпечує: головний спеціаліст Марія Прикладенко." in text
    assert "Стан здоров’я" not in text
    for untold in ("Вишнева", "уроках", "гімназії", "01-15/123"):
        assert untold not in text


def test_a_decision_that_nobody_names_is_asked_for() -> None:
    (asked,) = places_to_fill(shelter_referral.context(card(True), requisites(), {}))
    assert asked.startswith("рішення про відібрання дитини")


def test_it_goes_to_the_shelter() -> None:
    found = shelter_referral.addressees(card(), Directory((Body("prytulok", "shelter", SCHOOL),)))
    assert [one.addressee for one in found] == [SCHOOL]
