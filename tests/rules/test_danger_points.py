"""Hints add up over the sentences asked for, and to a threat only from their sum on."""

from __future__ import annotations

from rules.danger_denial import CLASSES
from rules.danger_patterns import Phrases, parse_phrase, words_of
from rules.danger_points import BEGINNING, DENIED, Points, beginning, words
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
    told = {
        "classes": {"п-ніч": 12, "п-сам": 12}, "words": {}, "beginnings": {}, "figures": -9,
        "enough": 20, "calm": -15,
    }  # fmt: skip
    return Points(**(told | changes))  # type: ignore[arg-type]


def read(text: str) -> Text:
    return Text(text, LANGUAGE)


def reached(by: Points, text: str) -> bool:
    return by.sums(read(text)).reached(ALL)


def test_one_hint_is_not_enough_and_two_are() -> None:
    assert not reached(points(), "Вночі гуде вітер.")
    assert reached(points(), "Вночі дівчинка сама.")


def test_hints_of_other_sentences_do_not_count() -> None:
    text = read("Вночі гуде вітер. Дівчинка сама.")
    assert points().sums(text).reached(ALL)
    assert not points().sums(text).reached(range(1))


def test_a_denied_hint_does_not_count() -> None:
    assert not reached(points(), "Вночі дівчинка не сама.")


def test_a_beginning_counts_once_however_often_it_stands() -> None:
    by_words = points(beginnings={"дівчи": 10})
    assert not reached(by_words, "Дівчинка, дівчинці, дівчинку.")
    assert reached(by_words, "Вночі дівчинка.")


def test_what_calms_takes_from_the_sum() -> None:
    assert not reached(points(beginnings={"спокі": -10}), "Вночі дівчинка сама, спокійно.")


def test_a_figure_of_speech_takes_from_the_sum() -> None:
    text = read("Вночі дівчинка сама.")
    text.has_figures = True
    assert not points().sums(text).reached(ALL)


def test_where_nothing_speaks_of_danger_a_low_threshold_raises_nothing() -> None:
    assert not reached(points(enough=-50), "Дівчинка гуляє.")


def test_the_beginning_of_a_denied_word_is_another_hint() -> None:
    text = read("Дівчинка не гуляє.")
    starts = {start for place in range(len(text.tokens)) for start in beginning(text, place)}
    assert DENIED + "гуляє"[:BEGINNING] in starts
    assert "гуляє" not in starts


def test_a_word_of_the_catalogue_counts_as_itself_and_not_by_its_beginning() -> None:
    text = read("Сама.")
    assert list(words(text, 0)) == ["=сама"]
    assert list(beginning(text, 0)) == []
    by_words = points(classes={}, words={"=сама": 30}, beginnings={"сама": -99})
    assert reached(by_words, "Сама.")


def test_a_denied_word_of_the_catalogue_is_another_hint() -> None:
    by_words = points(classes={}, words={"=сама": 30, DENIED + "=сама": -30})
    assert reached(by_words, "Дівчинка сама.")
    assert not reached(by_words, "Дівчинка не сама.")


def test_only_words_that_are_very_calm_answer_for_a_sign() -> None:
    calming = points(classes={"п-ніч": -10, "п-сам": -10})
    text = read("Вночі гуде вітер. Дівчинка сама.")
    assert calming.calm_around(text, range(len(text.tokens)))
    assert not calming.calm_around(text, range(4))
