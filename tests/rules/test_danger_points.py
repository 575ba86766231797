"""Hints add up over the sentences asked for, and to a threat only from their sum on."""

from __future__ import annotations

from rules.danger_denial import CLASSES
from rules.danger_patterns import Phrases, parse_phrase, words_of
from rules.danger_points import BEGINNING, DENIED, Points, beginnings
from rules.danger_text import Language, Text
from rules.danger_words import Vocabulary

WORDS = {"не": "=не", "пропуск": "=дуже", "п-ніч": "=вночі", "п-сам": "=сама"}
PHRASES = {
    name: Phrases([parse_phrase(WORDS.get(name, "=" + "щ" * (number + 10)))])
    for number, name in enumerate((*CLASSES, "п-ніч", "п-сам"))
}
LANGUAGE = Language(Vocabulary(words_of(PHRASES, ())), PHRASES, frozenset())
ALL = range(10)


def points(**changes: object) -> Points:
    told = {"classes": {"п-ніч": 12, "п-сам": 12}, "beginnings": {}, "figures": -9, "enough": 20}
    return Points(**(told | changes))  # type: ignore[arg-type]


def read(text: str) -> Text:
    return Text(text, LANGUAGE)


def test_one_hint_is_not_enough_and_two_are() -> None:
    assert not points().reached(read("Вночі гуде вітер."), ALL)
    assert points().reached(read("Вночі дівчинка сама."), ALL)


def test_hints_of_other_sentences_do_not_count() -> None:
    text = read("Вночі гуде вітер. Дівчинка сама.")
    assert points().reached(text, ALL)
    assert not points().reached(text, range(1))


def test_a_denied_hint_does_not_count() -> None:
    assert not points().reached(read("Вночі дівчинка не сама."), ALL)


def test_a_beginning_counts_once_however_often_it_stands() -> None:
    by_words = points(beginnings={"дівчи": 10})
    assert not by_words.reached(read("Дівчинка, дівчинці, дівчинку."), ALL)
    assert by_words.reached(read("Вночі дівчинка."), ALL)


def test_what_calms_takes_from_the_sum() -> None:
    assert not points(beginnings={"спокі": -10}).reached(
        read("Вночі дівчинка сама, спокійно."), ALL
    )


def test_a_figure_of_speech_takes_from_the_sum() -> None:
    text = read("Вночі дівчинка сама.")
    text.has_figures = True
    assert not points().reached(text, ALL)


def test_where_nothing_speaks_of_danger_a_low_threshold_raises_nothing() -> None:
    assert not points(enough=-50).reached(read("Дівчинка гуляє."), ALL)


def test_the_beginning_of_a_denied_word_is_another_hint() -> None:
    text = read("Дівчинка не гуляє.")
    starts = set(beginnings(text, ALL))
    assert DENIED + "гуляє"[:BEGINNING] in starts
    assert "гуляє" not in starts
