"""Where a text on dangers in general (a training, a plan, figures) tells of somebody in danger.

What stands before that place is a topic («лекція про насильство») and no threat. In doubt a text
tells: to hide a threat is the worst error.
"""

from __future__ import annotations

from itertools import takewhile

from rules.danger_text import Text
from rules.given_names import is_given_name
from rules.lemmas import may_be_singular, may_tell

# The classes of the catalogue that this module reads.
GENERAL, PARTICULAR, SUPPOSED = "загалом", "саме", "уявно"
SOMEBODY, CHILD, ADULT = "хтось", "дитина", "дорослий"
CLASSES = (GENERAL, PARTICULAR, SUPPOSED, SOMEBODY, CHILD, ADULT)

_BEGINNING = 2  # sentences in which a text says what it is


def told_from(read: Text) -> int:
    """The sentence from which the text tells of somebody: 0 in most, None of a topic's sentences.

    It is the number of sentences if the text tells of nobody.
    """
    if not read.says(GENERAL, range(_BEGINNING)) or read.says(PARTICULAR):
        return 0
    genre = _Genre(read)
    last = read.sentence[-1]
    return next((number for number in range(last + 1) if genre.tells(number)), last + 1)


class _Genre:
    """The sentences of one text, and who stands in them."""

    def __init__(self, read: Text) -> None:
        self._read = read
        self._supposed = read.class_places(SUPPOSED)
        self._somebody = read.class_places(SOMEBODY)
        self._family = read.class_places(CHILD) | read.class_places(ADULT)

    def tells(self, sentence: int) -> bool:
        """Whether one child is named, or one of a family does something or something is done to it.

        What is only supposed («якщо дитину б’ють», «приклад: …») tells of nobody.
        """
        places = self._read.places_of(range(sentence, sentence + 1))
        known = list(takewhile(lambda place: place not in self._supposed, places))
        return any(self._is_somebody(place) for place in known) or any(
            self._acts(clause) for clause in self._clauses(known)
        )

    def _is_somebody(self, place: int) -> bool:
        if place in self._somebody:
            return may_be_singular(self._read.tokens[place].word)
        return self._is_lone_name(place)

    def _is_lone_name(self, place: int) -> bool:
        """Whether a given name stands without a surname: so one speaks of a child, none signs."""
        written = self._written(place)
        if not (written[:1].isupper() and is_given_name(written)):
            return False
        starts = place < 2 or self._read.sentence[place - 2] != self._read.sentence[place]
        before = "" if starts else self._written(place - 1)  # a sentence starts with a capital
        return not (before[:1].isupper() or self._written(place + 1)[:1].isupper())

    def _written(self, place: int) -> str:
        if not 0 <= place < len(self._read.tokens):
            return ""
        token = self._read.tokens[place]
        return self._read.text[token.start : token.end]

    def _clauses(self, places: list[int]) -> list[list[int]]:
        clauses: list[list[int]] = [[]]
        for place in places:
            if self._read.tokens[place].kind == "comma":
                clauses.append([])
            else:
                clauses[-1].append(place)
        return clauses

    def _acts(self, clause: list[int]) -> bool:
        words = {place: self._read.tokens[place].word for place in clause}
        family = any(p in self._family and may_be_singular(word) for p, word in words.items())
        return family and any(may_tell(word) for word in words.values())
