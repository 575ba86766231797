"""The text of a reading: its gaps, its letters, its number signs, and the phrases found in it."""

from __future__ import annotations

import pytest

from parsers.dodatok1.near import _INDEX, _PHRASES, _candidates, _index_of
from parsers.dodatok1.phrases import PRINTED, occurrences
from parsers.dodatok1.stream import Segment, Stream, with_number_signs
from parsers.reading import Line, Word


def _stream(*lines: list[Word]) -> Stream:
    return Stream([Segment(words, Line(words), row, False) for row, words in enumerate(lines)])


def test_gaps_are_as_wide_as_they_were_up_to_a_limit_and_lines_lie_below_each_other() -> None:
    stream = _stream(
        [Word("Дата", 3.0), Word("вих", 0.2), Word(".", 0.0), Word("№", 2.6), Word("5", 40.0)],
        [Word("Від:")],
    )
    assert stream.text == "Дата вих.   №         5\nВід:\n"
    assert [(s.start, s.end) for s in stream.segments] == [(0, 23), (24, 28)]
    assert [word.text for word in stream.words(5, 13)] == ["вих", ".", "№"]


def test_each_segment_knows_its_letters() -> None:
    stream = _stream([Word("12:")], [Word("Від:")], [Word("«Мати»")])
    assert stream.letters == "відмати"
    assert stream.segment_letters == [0, 0, 3, 7]


def test_a_reading_without_words_has_no_text() -> None:
    assert (Stream([]).text, Stream([]).segment_letters) == ("", [0])


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("# 5", "№ 5"),
        ("N5", "№5"),
        ("No 5", "№  5"),
        ("N° 5", "№  5"),
        ("Номер 5", "№     5"),
        ("номер: 5", "№    : 5"),
        ("кінN 5", "кінN 5"),
        ("Nа 5", "Nа 5"),
        ("госномер 5", "госномер 5"),
        ("Номери 5", "Номери 5"),
    ],
)
def test_what_stands_for_a_number_sign_becomes_one_unless_it_is_a_part_of_a_word(
    text: str, plain: str
) -> None:
    assert with_number_signs(text) == plain
    assert with_number_signs(f"в {text}") == f"в {plain}"


def test_every_printed_phrase_is_found_at_the_beginning_of_a_word_only() -> None:
    letters = "".join(sorted(PRINTED))
    starts = [0]
    for phrase in sorted(PRINTED):
        starts.append(starts[-1] + len(phrase))
    found = occurrences(letters, starts)
    for phrase in PRINTED:
        assert found[phrase] == [at for at in starts if letters.startswith(phrase, at)]


def test_the_index_of_missing_phrases_gives_just_these_of_all_candidates() -> None:
    missing = sum(1 << number for number in range(0, len(_PHRASES), 3))
    for phrase in _PHRASES:
        opening = phrase.letters[:24]
        wanted = [p for p in _candidates(opening, _INDEX) if missing >> _PHRASES.index(p) & 1]
        assert list(_candidates(opening, _index_of(missing))) == wanted
