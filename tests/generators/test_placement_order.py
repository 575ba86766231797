"""The order that places a child with relatives: who takes the child, where, and by what decision."""

from generators import placement_order
from generators.to_fill import places_to_fill
from tests.generators.sample_cards import card, requisites
from tests.generators.small_templates import words
from tests.generators.test_kinds import made
from tests.generators.test_removal_petition import happened


def test_it_follows_the_petition_and_ends_with_the_placement() -> None:
    assert placement_order.needed(happened(card(True), "petition_filed"))
    assert not placement_order.needed(card(True))
    assert not placement_order.needed(happened(card(True), "petition_filed", "placed"))


def test_it_says_who_takes_the_child_where_and_by_what_decision() -> None:
    told = {
        "дата_народження": "2012-05-07",
        "до_кого": "Ткач Марія Петрівна",
        "ким_доводиться": "бабуся",
        "адреса": "с. Інше, вул. Нова, 5",
        "підстава": "рішення міського голови від 05.03.2026 № 7",
    }
    text = " ".join(words(made("placement_order", card(True), told)))
    assert (
        "влаштувати Озерчука Назара Зразковича (07.05.2012 р.\u00a0н.) у сім’ю Ткач Марії Петрівни "
        "(ким доводиться: бабуся) за адресою: с. Інше, вул. Нова, 5." in text
    )
    assert "на підставі: рішення міського голови від 05.03.2026 № 7," in text
    assert "с. Зразкове" not in text


def test_taker_address_and_decision_are_never_guessed() -> None:
    asked = list(places_to_fill(placement_order.context(card(True), requisites(), {})))
    assert [place.split(":")[0] for place in asked] == [
        "хто приймає дитину",
        "де проживатиме дитина",
        "рішення про відібрання дитини",
    ]
