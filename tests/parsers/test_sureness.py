"""A field is as sure as the words that its value was read out of."""

from __future__ import annotations

import pytest

from parsers.dodatok1.sureness import legibility, sureness
from parsers.reading import EMPTY_BOX, FILLER, TICKED_BOX, Word


def words(text: str, **doubts: float) -> list[Word]:
    return [Word(part, confidence=doubts.get(part, 0.97)) for part in text.split()]


LONG = "Діти залишені самі вдома без їжі та нагляду вже третій день поспіль"


def test_one_misread_word_does_not_doubt_a_long_text() -> None:
    assert sureness("content", LONG, words(LONG, їжі=0.1)) > 0.8


def test_many_misread_words_doubt_a_long_text() -> None:
    doubtful = words(LONG, Діти=0.2, залишені=0.3, нагляду=0.1, третій=0.2)
    assert sureness("content", LONG, doubtful) < 0.6


def test_one_misread_word_doubts_a_short_text() -> None:
    assert sureness("basis", "огляду дитини", words("огляду дитини", дитини=0.3)) < 0.6


def test_a_number_is_as_sure_as_its_own_word() -> None:
    line = words("17.06.2026 № 98/вих ||", **{"17.06.2026": 0.2, "||": 0.1})
    assert sureness("outgoing_number", "98/вих", line) == 0.97
    assert sureness("outgoing_date", "2026-06-17", line) == 0.2


def test_a_name_in_doubt_doubts_the_persons_and_a_small_word_does_not() -> None:
    people = [{"name": "Ожинець Єва", "birth_date": None, "age": 7}]
    assert sureness("persons", people, words("Ожинець Єва, вік 7", Ожинець=0.4)) == 0.4
    assert sureness("persons", people, words("Ожинець Єва, вік 7", вік=0.4)) == 0.97


def test_dust_leaves_an_empty_field_empty() -> None:
    dust = [Word("|", confidence=0.1), Word(FILLER), Word("рррр", confidence=0.2)]
    assert sureness("registered_date", None, dust) == 1.0


def test_a_blank_that_somebody_wrote_on_is_not_surely_empty() -> None:
    assert sureness("basis", None, [Word(FILLER, confidence=0.3)]) == 0.3
    assert sureness("basis", None, [Word(FILLER)]) == 1.0


def test_figures_that_nothing_was_made_of_doubt_an_empty_date() -> None:
    assert sureness("registered_date", None, [Word("17.МІЇ.2026", confidence=0.4)]) == 0.4


def test_words_that_nothing_was_made_of_doubt_an_empty_text() -> None:
    assert sureness("measures_taken", None, [Word("Зкряпво", confidence=0.2)]) == 0.2


def test_a_choice_is_as_sure_as_its_boxes() -> None:
    row = [Word(TICKED_BOX, confidence=0.9), Word("усно", confidence=0.1)]
    assert sureness("received_via", "oral", row) == 0.9


def test_no_choice_among_recognised_boxes_is_shown_to_a_clerk() -> None:
    row = [Word(EMPTY_BOX), Word("усно", confidence=0.95), Word(EMPTY_BOX)]
    assert sureness("received_via", None, row) < 0.75
    typed = [Word(EMPTY_BOX), Word("усно"), Word(EMPTY_BOX)]
    assert sureness("received_via", None, typed) == 1.0


def test_an_address_that_was_not_understood_is_shown_to_a_clerk() -> None:
    assert sureness("sender_email", None, [Word("kanc(a)example.org", confidence=0.9)]) < 0.75
    assert sureness("sender_email", None, [Word("школа", confidence=0.9)]) == 1.0


def test_a_recognised_form_without_content_is_shown_to_a_clerk() -> None:
    assert sureness("content", None, [], legible=0.95) < 0.75
    assert sureness("content", None, [], legible=1.0) == 1.0
    assert sureness("registered_date", None, [], legible=0.95) == 1.0


def test_every_field_of_an_illegible_page_is_shown_to_a_clerk() -> None:
    assert sureness("registered_date", None, [], legible=0.7) < 0.75
    page = [Word("зрозуміло", confidence=0.9), Word("їжа", confidence=0.3), Word(FILLER)]
    assert legibility(page) == pytest.approx(0.75)


@pytest.mark.parametrize("number", ["С3-10/930", "552-0", "552-о"])
def test_a_figure_where_a_letter_may_stand_is_shown_to_a_clerk(number: str) -> None:
    assert sureness("outgoing_number", number, words(number), legible=0.95) < 0.75
    assert sureness("outgoing_number", "98/вих", words("98/вих"), legible=0.95) == 0.97


def test_a_box_amid_a_text_is_shown_to_a_clerk() -> None:
    value = [*words("довідка про склад"), Word(EMPTY_BOX), *words("сім’ї")]
    assert sureness("enclosures", "довідка про склад ☐ сім’ї", value, legible=0.95) < 0.75
