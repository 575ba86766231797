"""Whether a text shows a threat to a child's life or health, and by which indicators.

Law: Порядок, п. 9 and 15 (a fact or suspicion of threat makes a notification urgent), Додаток 2
(indicators). Missing an urgent case is the worst error: in doubt the judge says urgent, and only
a person clears it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules.danger_catalogue import (
    NOW,
    PAST,
    REFUTED,
    SETTLED,
    Catalogue,
    Entry,
    load_indicators,
)
from rules.danger_genre import told_from
from rules.danger_patterns import Sign
from rules.danger_points import Points, Sums
from rules.danger_text import Text
from rules.lemmas import is_russian, is_ukrainian, may_be_present

__all__ = [
    "Catalogue",
    "Indicator",
    "Judgement",
    "explain_text",
    "judge",
    "load_indicators",
    "runs",
]

_PASSAGE = 60  # words and signs of a passage in which hints are added up
_AROUND = 8  # words and signs of its clause on each side of a sign, in which hints may calm
_ALONE = 54  # points more than for a passage, for a part of it
_LETTER = 600  # words and signs up to which parts are looked at, so that time stays bounded
_MIN_WORDS = 3  # fewer say too little to call a text safe
_READABLE = 0.5  # share of words that a dictionary must hold
_NO_TEXT = "Немає тексту, який можна оцінити: можливо, терміново."
_NO_SIGN = "Ознак загрози життю чи здоров’ю не знайдено."
_SIGNS = "Ознаки загрози життю чи здоров’ю: "


@dataclass(frozen=True)
class Indicator:
    """An indicator seen in a text; ``quote`` holds the words of the text as written."""

    id: str
    group: str
    text: str
    quote: str


@dataclass(frozen=True)
class Judgement:
    """``urgent`` is None where there is no content to judge: possibly urgent, shown as such."""

    urgent: bool | None
    reason: str
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True)
class _Context:
    """What may take a sign back: the sentence from which the text tells of somebody, and hints."""

    told: int
    points: Points

    def lets_stand(self, read: Text, places: tuple[int, ...]) -> bool:
        first, last = min(places), max(places)
        if read.sentence[last] < self.told or _is_over(read, places):
            return False
        own = read.places_in(range(read.clause[first], read.clause[last] + 1))
        near = [place for place in own if first - _AROUND <= place <= last + _AROUND]
        return not self.points.calm_around(read, frozenset(near))


def judge(text: str | None, catalogue: Catalogue) -> Judgement:
    """Find the indicators in a text and say whether it is urgent.

    Law: Порядок, п. 9, 15; Додаток 2.
    """
    read = Text(text or "", catalogue.language)
    told = told_from(read)
    read.hide(sign for _, sign in catalogue.figures.possible(read.words))
    sums = catalogue.points.sums(read)
    seen = _seen(read, catalogue, _Context(told, catalogue.points))
    readable = _is_readable(read)
    together = _hints_quote(read, sums, told) if readable else None
    if together is not None:
        seen[catalogue.together.id] = (catalogue.together, together)
    threats = [(entry, quote) for entry, quote in seen.values() if entry.threat]
    indicators = _indicators(seen, catalogue)
    if threats:
        quotes = "; ".join(f"«{quote}» — {_gist(entry.text)}" for entry, quote in threats)
        return Judgement(True, _SIGNS + quotes + ".", indicators)
    if not readable:
        return Judgement(None, _NO_TEXT, indicators)
    return Judgement(False, _NO_SIGN, indicators)


def _indicators(
    seen: Mapping[str, tuple[Entry, str]], catalogue: Catalogue
) -> tuple[Indicator, ...]:
    """What was seen itself, and the indicators of Додаток 2 that it shows also."""
    quotes = {name: quote for name, (_, quote) in seen.items()}
    for entry, quote in seen.values():
        for name in entry.also:
            quotes.setdefault(name, quote)
    return tuple(
        Indicator(entry.id, entry.group, entry.text, quotes[entry.id])
        for entry in catalogue.entries
        if entry.id in quotes
    )


def _seen(read: Text, catalogue: Catalogue, context: _Context) -> dict[str, tuple[Entry, str]]:
    """Each entry that the text shows, by its id, with the words of its first sign that stands."""
    seen: dict[str, tuple[Entry, str]] = {}
    for entry, sign in catalogue.signs.possible(read.words):
        if entry.id in seen:
            continue
        quote = _quote(read, entry, sign, context)
        if quote is not None:
            seen[entry.id] = (entry, quote)
    return seen


def _quote(read: Text, entry: Entry, sign: Sign, context: _Context) -> str | None:
    for places in read.find(sign):
        if not entry.threat or context.lets_stand(read, places):
            return read.quote(places)
    return None


def _is_over(read: Text, places: tuple[int, ...]) -> bool:
    """Whether what was found is refuted, or lies in the past and is settled."""
    sentences = range(read.sentence[min(places)], read.sentence[max(places)] + 1)
    goes_on = any(may_be_present(read.tokens[place].word) for place in places)
    return _is_refuted(read, sentences) or (not goes_on and _is_settled(read, sentences))


def _is_refuted(read: Text, sentences: range) -> bool:
    """Whether these sentences or the next one take back what is told."""
    return read.says(REFUTED, range(sentences.start, sentences.stop + 1))


def _is_settled(read: Text, sentences: range) -> bool:
    """Whether the sentences tell of the past, and the text says that all is well now."""
    past = read.says(PAST, sentences) and not read.says(NOW, sentences)
    return past and read.says(SETTLED)


def _hints_quote(read: Text, sums: Sums, told: int) -> str | None:
    """The clauses whose hints amount to a threat together, if any do."""
    for clauses, more in runs(read, told):
        if sums.reached(clauses, more) and not _are_over(read, read.sentences_of(clauses)):
            return read.quote(read.places_in(clauses))
    return None


def _are_over(read: Text, sentences: range) -> bool:
    return _is_refuted(read, sentences) or _is_settled(read, sentences)


def runs(read: Text, told: int = 0) -> Iterator[tuple[range, int]]:
    """The clauses in which hints are added up, and how many points more a part needs."""
    for passage in read.passages(_PASSAGE):
        whole = range(max(told, passage.start), passage.stop)
        if not whole:
            continue
        yield read.clauses_of(whole), 0
        if len(read.sentence) <= _LETTER:
            yield from ((part, _ALONE) for part in _parts(read, whole))


def _parts(read: Text, sentences: range) -> Iterator[range]:
    """The ends, beginnings, single sentences and clauses of a passage.

    Calm prose before or after a threat, or in the same sentence, must not hide it.
    """
    clauses = read.clauses_of(sentences)
    yield from (range(number, clauses.stop) for number in clauses[1:])
    yield from (range(clauses.start, number) for number in clauses[1:])
    for number in sentences:
        own = read.clauses_of(range(number, number + 1))
        if len(sentences) > 1:
            yield own
        if len(own) > 1:
            yield from (range(clause, clause + 1) for clause in own)


def _gist(text: str) -> str:
    short = text.split("(")[0].strip(" .;")
    return short[0].lower() + short[1:]


def _is_readable(read: Text) -> bool:
    words = [token for token in read.tokens if token.kind == "word" and len(token.word) > 1]
    known = sum(
        1 for token in words if token.items or is_ukrainian(token.word) or is_russian(token.word)
    )
    return known >= _MIN_WORDS and known >= _READABLE * len(words)


def explain_text(line: Mapping[str, object], catalogue: Catalogue) -> dict[str, object]:
    """One line of ``opika explain text``: the text's judgement, or what is wrong with the line."""
    text = line.get("text")
    if "text" not in line or not (text is None or isinstance(text, str)):
        return {"error": "Потрібен ключ «text» із текстом повідомлення в лапках."}
    judgement = judge(text, catalogue)
    return {
        "urgent": judgement.urgent,
        "reason": judgement.reason,
        "indicators": [
            {"id": seen.id, "group": seen.group, "text": seen.text, "quote": seen.quote}
            for seen in judgement.indicators
        ],
    }
