"""Finds the printed phrases of the form in a stream: exactly, or nearly where one is misspelt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from parsers.dodatok1.labels import (
    ANNEX,
    ANY_HINT,
    BODY,
    DAY_MONTH_YEAR,
    HEAD,
    RECIPIENT,
    SENDER,
    Label,
)
from parsers.dodatok1.stream import NUMBER_SIGN, Stream, mended

_NEAR = ((40, 0.68), (25, 0.75), (13, 0.8), (0, 0.85))
"""The least likeness of a misspelt phrase to the printed one, by the letters of the latter."""
LEAST_LETTERS = 8
"""Shorter phrases are never guessed: one wrong letter makes them another word."""
_TORN = 60
"""Of a hundred: a value as like a hint as this holds it."""
_UNLIKELY = 18
"""Letters: nobody writes a printed phrase of so many by chance."""
_SURELY = 90
_LONG = 11
"""A phrase of so many letters may stand in the middle of a line, if a colon follows it."""
_LONG_HINT = 30
_SLACK = 4
"""Letters that a misspelt phrase may have more or less than the printed one; long ones, more."""
LABELS = tuple(label for label in (*HEAD, *BODY) if not label.short)
_SHORT_LABELS = tuple(label for label in BODY if label.short)
_PRINTED = frozenset(phrase for label in (*HEAD, *BODY) for phrase in label.phrases)
_DIGIT = re.compile(r"\d")
_BRACKETS = re.compile(r"\([^()\d]{8,250}(?:\([^()\d]{1,80}\)[^()\d]{0,120})?\)(?=[ .]*(?:\n|\Z))")
_HINT_WORDS = re.compile(
    r"прізвищ|ім.?я\b|по батькові|п\.?і\.?[бп]\.?|найменуван|назв|організаці|установ|заклад"
    r"|посад|вік\b|адрес|телефон|обстежен|відвідуван|візит|огляд|рейд|тощо|зазначит|вказат"
    r"|підпис|родинн|доводит|працю",
    re.IGNORECASE,
)
_LEAST_HINT_WORDS = 2
_MORE_HINT_WORDS = 3
"""Behind a value, on its line, an explanation must be more plainly one."""
_HINT_OF = (
    (re.compile(r"отрима|одержа|адресат|кому", re.IGNORECASE), RECIPIENT),
    (re.compile(r"направл|надсила|надісла|відправ|скерову|від\s+кого", re.IGNORECASE), SENDER),
)
_PARTY = re.compile(
    r"[^\S\n]*(?:\d{1,2}[.)][^\S\n]*)?(?:найменуван|назв|організац|установ|заклад|орган|суб.єкт"
    r"|хто|кому|ким)(?:[^\n:()_\d–—-]|\n(?=[а-яіїєґ])){0,60}?"
    r"(?:направл|надсил|надісла|відправ|скеров|отрим|одерж|адресов)\w*"
    r"(?:\s(?:повідомлення|інформацію|звернення))?(?:\s{0,3}\([^()]{2,80}\))?"
    r"[^\S\n]*(?:[:–—-]|(?=\n))",
    re.IGNORECASE,
)
_FROM_WHOM = re.compile(r"[^\S\n]*від\s+кого\b[^\S\n]*:", re.IGNORECASE)
"""The sender's label in the head, the reporter's below."""
_LEAD = re.compile(r"[\W\d_]*\Z")
_AFTER = re.compile(r"(?:[ \n]*[)\]»])?(?:\s*\([^()]{2,80}\)(?=\s*:))?(?: *[.:])?")
_WORDING = re.compile(
    r"(?:сім|родин|дитин|діт|неповноліт|особ|громадян|повідом|інформ|звернен|виявлен|факт|ознак"
    r"|застереж|обставин|ситуац|проблем|подій|подія|стал|трапил|відбул|звернув|звернул|заявник|заявниц|документ|додат|додан|додаєт|додают"
    r"|перелік|список|прийн|прийом|прийма|прийм|фактичн|зареєстрованого|реєстрац|прожива|перебув|мешка"
    r"|адрес|місц|відом|дан|прізвищ|ім|батьков|вік|дат|час|год|заход|вжит|здійсн|провед|зроблен"
    r"|закла|установ|суб|орган|дії|реагув|результ|наслід|надійш|надходж|спосіб|форм|джерел|усн|уст"
    r"|телефон|письм|складн|житт|сжо|зміст|суть|опис|виклад|відмов|щодо|стосовн|ким|чи|або|та|і|й"
    r"|про(?!пис)|від|до|ї|за|у|в|на|з|із|їх|її|його|як|що|хто|кого|яка|який|яку|якого|які|було|первинн"
    r"|невідкладн|термінов|нами|підстав|встановлен|також|коли|де)\w{0,9}",
    re.IGNORECASE,
)
"""The beginnings of the words that the form's labels are made of, reworded or not."""
_OPENING = re.compile(r"[\W_]*([^\W\d_][^:\n\d_]{3,90})[^\S\n]*:")
_TOLD_BY = {
    key: re.compile(rf"\b(?:{words})", re.IGNORECASE)
    for key, words in {
        "accepted_by": "прийня|прийм|прийом",
        "enclosures": "додан|додат|додаєт|додают|документ",
        "measures_taken": "заход|зробл|вжит|реагув|дії",
        "basis": "результ|наслід|підстав",
        "address": "прожива|мешка|адрес|перебуван",
        "reporter": "хто|заявник|повідомив|повідомил|джерел|звернув|звернул",
        "content": "зміст|суть|опис|виклад|обставин|факт|ознак|ситуац|стал|трапил|відбул|проблем",
        "subject": "дитин|сім|родин|особ|кого",
    }.items()
}
"""The word that tells which label a reworded one is, the tellingest first."""
REWORDED = 0.65
"""The likeness of such a label: less than that of a misspelt one."""
_REST_OF_LABEL = re.compile(r"((?:[^:\n\d_]|\n(?=[^\S\n]*[a-zа-яіїєґ])){1,100}):")
_REST_OF_SENTENCE = re.compile(
    r"(?:[^:\n\d_]|\n(?=[^\S\n]*[a-zа-яіїєґ])){0,160}?\b(?:виявлення|обставинах|сжо)\b[ )]*[:.]?",
    re.IGNORECASE,
)
_CAME_ON = re.compile(r"[^\W\d_]\Z|\w[-–/]\Z")
_BROKEN = re.compile(r"_{2}|\s[–—-]\s|[.…]{3}|…")
_GOES_ON = re.compile(r"[^\W\d_]|[-–/]\w")
_NEW_SENTENCE = re.compile(r"\n[^\S\n]*[А-ЯІЇЄҐ][а-яіїєґ]")
_TITLE_END = "інформація"
_NUMBER_OF_ANNEX = re.compile(r"(?: *№? *\d{1,2}\b)?")
_SIGN = re.compile(
    rf"\s*(?:[.:…_]|{NUMBER_SIGN}|[–—-](?:\s(?!\s*[а-яіїєґ])|\Z)|об?\s+\d|\n|\Z|☐|☒|\W*\d)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a stream: the offsets of its text, its signs included, and its likeness, 0..1."""

    label: Label
    start: int
    end: int
    likeness: float
    leads: bool
    """It opens a line or a cell."""

    @property
    def key(self) -> str:
        """The field that it opens or explains."""
        return self.label.key


def find_labels(stream: Stream) -> list[Found]:
    """Every phrase of the form that the stream holds, in order."""
    found: list[Found] = []
    for label in LABELS:
        found += _new(found, label, _exact(stream, label, label.phrases[:1]))
    found += _misspelt(stream, found)
    found += _parties(stream, found, _PARTY, len(stream.text))
    for label in LABELS:
        found += _new(found, label, _exact(stream, label, label.phrases[1:]))
    body = min((f.start for f in found if f.label.rank and f.leads), default=0)
    found += _parties(stream, found, _FROM_WHOM, body)
    for label in _SHORT_LABELS:
        longest_first = sorted(label.phrases, key=len, reverse=True)
        found += _new(found, label, _exact(stream, label, longest_first))
    found += _reworded(stream, found)
    found += _other_hints(stream, found)
    return sorted(found, key=lambda f: (f.start, -f.end))


def _reworded(stream: Stream, found: list[Found]) -> list[Found]:
    """Labels in words that nobody foresaw: a line's opening, all of a label's words, a colon."""
    present = {f.key for f in found if f.leads and not f.label.hint}
    missing = [label for label in LABELS if label.key in _TOLD_BY and not label.hint]
    missing = [label for label in missing if label.key not in present]
    hits: list[Found] = []
    for segment in stream.segments if missing else ():
        opening = _OPENING.match(stream.text, segment.start)
        if opening is None or any(f.start < opening.end() and segment.start < f.end for f in found):
            continue
        words = opening[1][:1].lower() + opening[1][1:]
        key = next((k for k, told in _TOLD_BY.items() if told.search(words)), None)
        label = next((label for label in missing if label.key == key), None)
        if label and is_wording(words):
            hits.append(Found(label, segment.start, opening.end(), REWORDED, leads=True))
    return hits


def _parties(stream: Stream, found: list[Found], wording: re.Pattern[str], end: int) -> list[Found]:
    """Labels of the two organisations in words of their own: «Хто направляє (заклад):»."""
    hits: list[Found] = []
    for segment in stream.segments:
        opening = wording.match(stream.text, segment.start, end)
        if opening is None or any(f.start < opening.end() and segment.start < f.end for f in found):
            continue
        label = next((label for word, label in _HINT_OF if word.search(opening[0])), None)
        if label and opening.end() <= _end_of_cell(stream, opening.start() + 1):
            hits.append(Found(label, segment.start, opening.end(), 1.0, leads=True))
    return hits


def _other_hints(stream: Stream, found: list[Found]) -> list[Found]:
    """Explanations in brackets, at the ends of lines, in words that nobody foresaw."""
    hints = []
    for hit in _BRACKETS.finditer(stream.text):
        segment = stream.segments[stream.segment_at(hit.start())]
        least = _LEAST_HINT_WORDS if hit.start() == segment.start else _MORE_HINT_WORDS
        if len(_HINT_WORDS.findall(hit[0])) < least:
            continue
        if not any(f.start < hit.end() and hit.start() < f.end for f in found):
            label = next((lab for word, lab in _HINT_OF if word.search(hit[0])), ANY_HINT)
            hints.append(Found(label, hit.start(), hit.end(), 1.0, leads=True))
    return hints


def _new(found: list[Found], label: Label, hits: Iterable[Found]) -> list[Found]:
    """The hits that do not overlap another one of their label, or a longer phrase."""
    new: list[Found] = []
    for hit in hits:
        others = (f for f in (*found, *new) if f.start < hit.end and hit.start < f.end)
        if not any(f.label is label or f.end - f.start >= hit.end - hit.start for f in others):
            new.append(hit)
    return new


def _exact(stream: Stream, label: Label, phrases: Iterable[str]) -> Iterator[Found]:
    for phrase in phrases:
        for first in _occurrences(stream.letters, phrase):
            hit = _place(stream, label, first, first + len(phrase), 1.0)
            if hit and (phrase is label.phrases[0] or label.hint or has_sign(stream, hit)):
                yield hit
            elif hit and hit.leads and len(phrase) >= _UNLIKELY:
                end = _end_of_wording(stream, hit.end)
                if end:
                    yield replace(hit, end=end)


def _end_of_wording(stream: Stream, start: int) -> int | None:
    """Where a printed sentence ends whose middle somebody shortened, if it does."""
    rest = _REST_OF_SENTENCE.match(stream.text, start, _end_of_cell(stream, start))
    return rest.end() if rest and is_wording(rest[0]) else None


def _occurrences(text: str, phrase: str) -> Iterator[int]:
    at = text.find(phrase)
    while at >= 0:
        yield at
        at = text.find(phrase, at + 1)


def _misspelt(stream: Stream, found: list[Found]) -> list[Found]:
    """Phrases that were not found as often as others were, where they stand misspelt."""
    counts = Counter(_kind(f.label) for f in found if f.leads)
    forms = max((counts[label.key] for label in BODY if not label.short), default=1) or 1
    missing = [
        label
        for label in LABELS
        if counts[_kind(label)] < forms and not (label.hint and len(label.phrases[0]) < _LONG_HINT)
    ]
    if not missing:
        return []
    taken = {stream.letter(f.start) for f in found}
    starts = {stream.letter(segment.start) for segment in stream.segments}
    starts |= {stream.letter(bracket.end()) for bracket in re.finditer(r"\(", stream.text)}
    hits = []
    for first in sorted(starts - taken):
        hit = _likest(stream, missing, first)
        if hit:
            hits.append(hit)
    # A value of one word before a printed phrase is still like that phrase: the likest start wins.
    result: list[Found] = []
    for hit in sorted(hits, key=lambda f: -f.likeness):
        if not any(f.start < hit.end and hit.start < f.end for f in (*found, *result)):
            result.append(hit)
    return result


def _kind(label: Label) -> str:
    """What is printed once on a form: a field's label in whatever words, each of its hints."""
    return label.phrases[0] if label.hint else label.key


def _likest(stream: Stream, labels: list[Label], first: int) -> Found | None:
    """The phrase that the letters from ``first`` on are most like, if like enough."""
    best: Found | None = None
    for label in labels:
        for number, phrase in enumerate(label.phrases):
            near = _near_label(stream, label, phrase, first)
            if near and _is_another(stream, first, near[0]):
                near = None
            if near and (best is None or near[1] > best.likeness):
                hit = _place(stream, label, first, *near)
                if hit and (not number or label.hint or has_sign(stream, hit)):
                    best = hit
    return best


def _is_another(stream: Stream, first: int, last: int) -> bool:
    """Whether letters are, or end in a line that is, a printed phrase: no misspelt one then."""
    number = stream.segment_at(stream.offset(first))
    starts = [first]
    for segment in stream.segments[number + 1 :]:
        starts.append(stream.letter(segment.start))
        if starts[-1] >= last:
            break
    return any(stream.letters[at:last] in _PRINTED for at in starts)


def _near_label(stream: Stream, label: Label, phrase: str, first: int) -> tuple[int, float] | None:
    """The same as ``find_near``; a colon or the end of a line ends a label, not a likeness."""
    if len(phrase) < LEAST_LETTERS or not _is_roughly(stream, phrase, first):
        return None
    if not label.hint:
        start = stream.offset(first)
        reach = stream.offset(first + len(phrase) * 5 // 4)
        colon = stream.text.find(":", start, reach + _SLACK)
        last = stream.letter(colon) if colon >= 0 else 0
        near = find_near(stream, phrase, first) if last else None
        if near and last > near[0] and not is_wording(stream.text[stream.offset(near[0]) : colon]):
            return near
        if last:
            likeness = Levenshtein.normalized_similarity(phrase, stream.letters[first:last])
            return (last, likeness) if likeness >= _least(phrase) else None
    return find_near(stream, phrase, first)


@cache
def _least(phrase: str) -> float:
    return next(likeness for letters, likeness in _NEAR if len(phrase) >= letters)


def _is_roughly(stream: Stream, phrase: str, first: int) -> bool:
    """A quick look that spares most places the careful one."""
    rough = stream.letters[first : first + len(phrase)]
    return bool(Levenshtein.normalized_similarity(phrase, rough, score_cutoff=_least(phrase) - 0.1))


def find_near(stream: Stream, phrase: str, first: int) -> tuple[int, float] | None:
    """Where a phrase ends that begins, perhaps misspelt, at a letter; and how alike it is."""
    least = _least(phrase)
    slack = max(_SLACK, len(phrase) // 10)
    if not _is_roughly(stream, phrase, first):
        return None
    best: tuple[int, float] | None = None
    for last in range(first + len(phrase) - slack, first + len(phrase) + slack + 1):
        if last > first and stream.ends_word(last):
            likeness = Levenshtein.normalized_similarity(phrase, stream.letters[first:last])
            if likeness >= least and (best is None or likeness > best[1]):
                best = (last, likeness)
    return best


def holds_hint(key: str, value: str) -> bool:
    """Whether a value holds, broken beyond finding, the printed hint of its field."""
    letters = "".join(filter(str.isalpha, value.lower()))
    phrases = [p for label in BODY if label.hint and label.key == key for p in label.phrases]
    return any(
        2 * len(letters) > len(phrase) > _LONG_HINT and fuzz.partial_ratio(phrase, letters) > _TORN
        for phrase in phrases
    )


def is_hint(key: str, value: str) -> bool:
    """Whether a value is nothing but a piece of the printed hint of its field."""
    letters = "".join(filter(str.isalpha, value.lower()))
    phrases = [p for label in BODY if label.hint and label.key == key for p in label.phrases]
    return any(
        _LONG_HINT < len(letters) <= len(phrase) and fuzz.partial_ratio(phrase, letters) > _SURELY
        for phrase in phrases
    )


def holds_label(value: str) -> bool:
    """Whether a value holds the printed label of some other field."""
    letters = "".join(filter(str.isalpha, value.lower()))
    return any(phrase in letters for phrase in _PRINTED if len(phrase) >= _UNLIKELY)


def has_sign(stream: Stream, found: Found) -> bool:
    """Whether a colon, a blank, a number or the end of its line follows a phrase."""
    closed = stream.text[found.end - 1] in ".:"
    return closed or _SIGN.match(stream.text, found.end) is not None


def _place(stream: Stream, label: Label, first: int, last: int, likeness: float) -> Found | None:
    """Where a hit stands, or None where it is a part of another word or of a sentence."""
    start, end = stream.offset(first), stream.offset(last - 1) + 1
    text = stream.text
    if _is_part(stream, label, first, last) or (
        likeness < 1 and _NEW_SENTENCE.search(text, start, end)
    ):
        return None
    segment = stream.segments[stream.segment_at(start)]
    lead = text[segment.start : start]
    leads = _LEAD.fullmatch(lead) is not None and not any(mark in lead for mark in "☐☒✓")
    bracket = lead.rstrip().endswith("(")
    long = last - first >= _LONG and (label.hint or text[end : end + 1] == ":")
    if not (leads or bracket or label.anywhere or long):
        return None
    if label.short and not text[start].isupper() and text[end : end + 1] not in (":", "_"):
        return None
    after = (_NUMBER_OF_ANNEX if label is ANNEX else _AFTER).match(text, end)
    end = after.end() if after else end
    if label.rank and not label.hint and leads:
        end = _with_rest(text, end, _end_of_cell(stream, end))
    if bracket:
        start = text.rindex("(", 0, start)
    elif leads and (not label.hint or label in (SENDER, RECIPIENT)):
        start = _without_number(stream, segment.start, start)
    return Found(label, start, end, likeness, leads)


def _with_rest(text: str, end: int, limit: int) -> int:
    """Where a label ends that goes on in words of its own up to a colon."""
    rest = _REST_OF_LABEL.match(text, end, limit) if text[end - 1] != ":" else None
    if rest is None or not is_wording(rest[1]):
        return end
    if "\n" in rest[1] and len(rest[1].split()) == 1:
        return end  # «… сім’ю» ends its line; «діти:» below it opens the value
    return rest.end()


def _end_of_cell(stream: Stream, at: int) -> int:
    """Where the cell ends that an offset stands in; a label never goes on in the next one."""
    number = stream.segment_at(max(at - 1, 0))
    cell = stream.segments[number].line.cell
    while number + 1 < len(stream.segments) and stream.segments[number + 1].line.cell == cell:
        number += 1
        if cell is None:
            return len(stream.text)
    return stream.segments[number].end


def is_wording(text: str) -> bool:
    """Whether labels are made of these words; names, places and figures they are not."""
    words = re.findall(r"[^\W_]+", mended(text))
    return bool(words) and all(_WORDING.fullmatch(word) and not word.istitle() for word in words)


def _is_part(stream: Stream, label: Label, first: int, last: int) -> bool:
    """Whether what reads like a phrase is a part of a word, of a number or of the title."""
    start, end = stream.offset(first), stream.offset(last - 1) + 1
    text = stream.text
    if _CAME_ON.search(text, max(start - 2, 0), start) or _GOES_ON.match(text, end):
        return True
    short = last - first < _LONG and label is not DAY_MONTH_YEAR
    if _BROKEN.search(text, start, end) or (short and "\n" in text[start:end]):
        return True
    if label.key in ("outgoing", "incoming") and _is_prefix(stream, first, end):
        return True
    numbered = label is not ANNEX and _DIGIT.search(text, start, end) is not None
    return numbered or (label.key == "subject" and _is_title(stream, first))


def _is_prefix(stream: Stream, first: int, end: int) -> bool:
    """Whether «Вх.» is a part of the number that it opens: «№ Вх.421/19»."""
    signed = stream.letters[first] == "№" or "№" in stream.letters[max(first - 6, 0) : first]
    return signed and re.match(r"\.?\d", stream.text[end : end + 2]) is not None


def _is_title(stream: Stream, first: int) -> bool:
    """Whether the words «про дитину …» continue the form's title."""
    before = stream.letters[max(first - len(_TITLE_END), 0) : first]
    return Levenshtein.normalized_similarity(_TITLE_END, before) >= 0.8


def _without_number(stream: Stream, line_start: int, start: int) -> int:
    """A label's own number («4. Від:») belongs to the label, a value before it does not."""
    return line_start if re.fullmatch(r"\W*\d{0,2}\W*", stream.text[line_start:start]) else start
