"""Which words of a text are denied: «не б’ють», «без синців», «слідів побоїв не виявлено»."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rules.danger_words import Token
from rules.lemmas import may_be_genitive, may_be_verb

# The classes of the catalogue that this module reads.
NOT, NONE, WITHOUT, SEEN = "не", "нема", "без", "виявлено"
SKIPPED, BREAK, ORIGIN, FALSE_START = "пропуск", "межа", "звідки", "не-лише"
REFUSED, ADULT, SIGNS = "заперечити", "дорослий", "ознак"
CLASSES = (NOT, NONE, WITHOUT, SEEN, SKIPPED, BREAK, ORIGIN, FALSE_START, REFUSED, ADULT, SIGNS)

_LIST_ITEM = 3  # words in one item of a list that shares its denial
_AFTER_WITHOUT = 2
_MAX_CLAUSE = 60  # tokens; nobody denies further than that, and time stays bounded

Clause = list[int]


class Denials:
    """What one text denies, clause by clause."""

    def __init__(self, tokens: Sequence[Token], places: Callable[[str], set[int]]) -> None:
        self._tokens = tokens
        self._classes = {name: places(name) for name in CLASSES}
        self._clauses = self._split()

    def places(self) -> frozenset[int]:
        """The places of the words that the text denies."""
        denied: set[int] = set()
        for number, clause in enumerate(self._clauses):
            for place in clause:
                denied |= self._denied_by(place, number)
        return frozenset(denied)

    def _is(self, place: int, name: str) -> bool:
        return place in self._classes[name]

    def _denied_by(self, place: int, number: int) -> set[int]:
        clause = self._clauses[number]
        if self._is(place, NOT) and not self._is(place, FALSE_START):
            return self._denied_by_not(place, number)
        if self._is(place, NONE):
            return self._things(self._with_list(place, number))
        if self._is(place, REFUSED) and not any(self._is(p, ADULT) for p in clause):
            return self._things(clause)
        if self._is(place, WITHOUT):
            return set(self._words_after(place, clause)[:_AFTER_WITHOUT])
        return set()

    def _denied_by_not(self, place: int, number: int) -> set[int]:
        """The next word that is more than a filler, or all that «не виявлено» speaks of."""
        clause = self._clauses[number]
        after = self._words_after(place, clause)
        target = next((p for p in after if self._is(p, SEEN) or not self._is(p, SKIPPED)), place)
        if not self._is(target, SEEN):
            return {target}
        return self._things(self._with_list(target, number)) | {target}

    def _with_list(self, place: int, number: int) -> Clause:
        """The clause, with the items of a list before it if the place ends both."""
        items = self._list_before(number) if self._ends(place) else []
        parts = self._parts(self._clauses[number])
        return items + [
            p for part in parts if part[0] <= place or self._is_genitive(part) for p in part
        ]

    def _ends(self, place: int) -> bool:
        return place + 1 == len(self._tokens) or self._tokens[place + 1].kind in ("comma", "stop")

    def _words_after(self, place: int, clause: Clause) -> Clause:
        return [p for p in clause if p > place and self._tokens[p].kind == "word"]

    def _things(self, clause: Clause) -> set[int]:
        """The words of a clause that are no verbs; none where only a thing's origin is lacking."""
        if any(self._is(place, ORIGIN) for place in clause):
            return set()
        words = (p for p in clause if self._tokens[p].kind == "word")
        return {p for p in words if not may_be_verb(self._tokens[p].word)}

    def _split(self) -> list[Clause]:
        clauses: list[Clause] = [[]]
        for place, token in enumerate(self._tokens):
            if self._starts_clause(place, token) or len(clauses[-1]) >= _MAX_CLAUSE:
                clauses.append([])
            clauses[-1].append(place)
        return clauses

    def _starts_clause(self, place: int, token: Token) -> bool:
        if token.word == "," and self._item_follows(place):
            return False
        return token.kind in ("stop", "comma") or self._is(place, BREAK)

    def _item_follows(self, comma: int) -> bool:
        item: Clause = []
        for place in range(comma + 1, min(comma + 2 + _LIST_ITEM, len(self._tokens))):
            if self._tokens[place].kind in ("comma", "stop") or self._is(place, BREAK):
                break
            item.append(place)
        return self._is_item(item)

    def _is_item(self, places: Clause) -> bool:
        """Whether the words are an item of a list: few of them, and no verb."""
        words = [self._tokens[p].word for p in places if self._tokens[p].kind == "word"]
        return 0 < len(words) <= _LIST_ITEM and not any(map(may_be_verb, words))

    def _list_before(self, number: int) -> Clause:
        """The items of a list that is denied at its end: «синців, гематом, саден не виявлено»."""
        items: Clause = []
        while number > 0 and self._tokens[self._clauses[number][0]].kind == "comma":
            number -= 1
            clause = self._clauses[number]
            if any(self._is(place, SIGNS) for place in clause):
                return items + clause
            if not all(self._is_item(p) and self._is_genitive(p) for p in self._parts(clause)):
                break
            items += clause
        return items

    def _is_genitive(self, places: Clause) -> bool:
        """Whether the words may be what «немає» asks for: so «синців», not «синці»."""
        return any(may_be_genitive(self._tokens[place].word) for place in places)

    def _parts(self, clause: Clause) -> list[Clause]:
        parts: list[Clause] = [[]]
        for place in clause:
            if self._tokens[place].kind == "comma" and parts[-1]:
                parts.append([])
            parts[-1].append(place)
        return parts
