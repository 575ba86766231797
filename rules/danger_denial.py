"""Which words of a text are denied: «не б’ють», «без синців», «слідів побоїв не виявлено»."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rules.danger_words import Token
from rules.lemmas import may_be_verb

# The classes of the catalogue that this module reads.
NOT, NONE, WITHOUT = "не", "нема", "без"
SEEN, SKIPPED, BREAK, ORIGIN, FALSE_START = "виявлено", "пропуск", "межа", "звідки", "не-лише"
CLASSES = (NOT, NONE, WITHOUT, SEEN, SKIPPED, BREAK, ORIGIN, FALSE_START)

_LIST_ITEM = 3  # words in one item of a list that shares its denial
_AFTER_WITHOUT = 2

Places = Callable[[str], set[int]]


def denied_places(tokens: Sequence[Token], places: Places) -> frozenset[int]:
    """The places of the tokens that the text denies."""
    classes = {name: places(name) for name in CLASSES}
    clauses = _clauses(tokens, classes[BREAK])
    denied: set[int] = set()
    for clause in clauses:
        for place in clause:
            denied |= _denied_by(place, clause, tokens, classes)
    return frozenset(denied)


def _denied_by(
    place: int, clause: list[int], tokens: Sequence[Token], classes: dict[str, set[int]]
) -> set[int]:
    if place in classes[NOT] and place not in classes[FALSE_START]:
        target = _target(place, clause, tokens, classes)
        if target in classes[SEEN]:
            return _things(clause, tokens, classes) | {target}
        return {target}
    if place in classes[NONE]:
        return _things(clause, tokens, classes)
    if place in classes[WITHOUT]:
        after = [p for p in clause if p > place and tokens[p].kind == "word"]
        return set(after[:_AFTER_WITHOUT])
    return set()


def _target(
    place: int, clause: list[int], tokens: Sequence[Token], classes: dict[str, set[int]]
) -> int:
    """The word that a «не» denies: the next one that is more than a filler."""
    after = [p for p in clause if p > place and tokens[p].kind == "word"]
    return next((p for p in after if p not in classes[SKIPPED]), place)


def _things(clause: list[int], tokens: Sequence[Token], classes: dict[str, set[int]]) -> set[int]:
    """The words of a clause that are no verbs; none where the origin of a thing is what lacks."""
    if any(place in classes[ORIGIN] for place in clause):
        return set()
    return {p for p in clause if tokens[p].kind == "word" and not may_be_verb(tokens[p].word)}


def _clauses(tokens: Sequence[Token], breaks: set[int]) -> list[list[int]]:
    """The places of each clause; an item of a list stays in the clause of the list."""
    clauses: list[list[int]] = [[]]
    for place, token in enumerate(tokens):
        ends = token.kind == "stop" or place in breaks
        if ends or (token.kind == "comma" and not _is_list(tokens, place, breaks)):
            clauses.append([])
        clauses[-1].append(place)
    return clauses


def _is_list(tokens: Sequence[Token], comma: int, breaks: set[int]) -> bool:
    """Whether a short item without a verb follows the comma."""
    item: list[int] = []
    for place in range(comma + 1, len(tokens)):
        if tokens[place].kind in ("comma", "stop") or place in breaks:
            break
        item.append(place)
    return 0 < len(item) <= _LIST_ITEM and not any(may_be_verb(tokens[p].word) for p in item)
