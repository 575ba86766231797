"""Which of the printed options a person chose, in whatever way: by tick, by emphasis, by deletion."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain

from rapidfuzz.distance.Levenshtein import normalized_similarity as similarity

from parsers.dodatok1.near import LEAST_LETTERS, find_near
from parsers.dodatok1.stray import stray_marks
from parsers.dodatok1.stream import Stream
from parsers.reading import EMPTY_BOX, TICKED_BOX, Emphasis

RECEIVED_VIA = (
    ("oral", ("усно", "усне", "усній", "усна")),
    ("written", ("письмово", "письмове", "письмовій", "письмова")),
    (
        "phone",
        ("потелефону", "телефоном", "зателефоном", "потел", "телефонне", "телефонній", "телефон"),
    ),
)
REPORTER_KINDS = (
    ("self", ("самозвернення",)),
    ("relatives", ("відродичів", "родичів", "родичі")),
    ("neighbours", ("відсусідівзнайомих", "відсусідів", "відзнайомих", "сусідизнайомі", "сусіди")),
    ("anonymous", ("анонімно", "анонімне", "анонім")),
    (
        "social_work_body",
        (
            "відсубєктасоціальноїроботи",
            "відсубєктасоцроботи",
            "відсубєкта",
            "субєктсоціальноїроботи",
            "субєкт",
        ),
    ),
    ("other", ("інше", "інші")),
)
Options = tuple[tuple[str, tuple[str, ...]], ...]

_MARK = re.compile(
    r"(?P<ticked>☒|[\[(]\s*[xхvу+✓*☒]\s*[\])]|_+\s*[xхv+✓]\s*_+)"
    r"|(?P<empty>☐|\[[\s_]*\]|\([\s_]*\)|(?<!\w)ні(?!\w))"
    r"|(?P<tick>✓|\+|(?<!\w)(?:[vxх*]|так)(?!\w|\.\s?[А-ЯІЇЄҐ]))",
    re.IGNORECASE,
)


_ANSWER = re.compile(r"\s*(?:[–—:-]{1,2}|\()\s*")
"""Between an option and the mark that answers it: «письмово – так», «письмово (так)»."""
_TICKS = "уvхx"
"""Letters that a tick before an option is taken for."""
_DRAWN, _LIKE = Emphasis.HIGHLIGHT | Emphasis.STRIKE, 0.55
"""What a pen leaves on a word, and how like its option such a word still is."""
_MOST = 0.6
"""The least part of an option's letters that stands out where the option does."""
_LISTED = re.compile(r"\([^()☐☒✓]{8,160}\)\s*[:–—-]?")
_NEAR_LABEL = 250
"""Characters behind a label within which its explanation stands."""
_MOST_MARK_LETTERS = 1
"""A mark before an option may be a letter: «V усно»."""
_LITTLE = 12
"""Characters: a mark, a preposition, the rest of an option."""
_PRIVATE = re.compile("[\ue000-\uf8ff]")

_LOUDEST_FIRST = (
    Emphasis.STRIKE,
    Emphasis.HIGHLIGHT,
    Emphasis.UNDERLINE,
    Emphasis.BOLD,
    Emphasis.ITALIC,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen.

    Attributes:
        keys: the options chosen, in the order of the form.
        sure: whether the marks say so plainly.
        start: offset where the options begin; None where there are none.
        end: offset where they end.
    """

    keys: tuple[str, ...]
    sure: bool
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    ticked: bool
    boxed: bool


@dataclass(frozen=True, slots=True)
class _Option:
    key: str
    start: int
    end: int


def choose(stream: Stream, start: int, end: int, options: Options) -> Choice:
    """The options chosen in a stretch of a stream."""
    listed = _list_in_brackets(stream, start, end, options)
    if listed:
        return replace(_chosen(stream, listed.end(), end, options), start=listed.start())
    return _chosen(stream, start, end, options)


def _chosen(stream: Stream, start: int, end: int, options: Options) -> Choice:
    text = _with_odd_glyphs(stream.text[start:end])
    printed = _printed(stream, start, end, options)
    if not printed:
        return Choice((), sure=not re.search(r"[^\W_]", text))
    marks = _marks(text, printed)
    stray = _stray(stream, start, end, text, printed, marks)
    marks = sorted([*marks, *stray], key=lambda mark: mark.start)
    first = min(printed[0].start, *(m.start for m in marks), len(text))
    last = max(printed[-1].end, *(m.end for m in marks), 0)
    keys, sure = _judge(stream, start, text, printed, marks, len(options))
    return Choice(keys, sure and not stray, start + first, start + last)


def _list_in_brackets(
    stream: Stream, start: int, end: int, options: Options
) -> re.Match[str] | None:
    """The options as an explanation, where some of them stand behind it: «(усно, письмово): усно»."""
    listed = _LISTED.search(stream.text, start, min(end, start + _NEAR_LABEL))
    if listed is None or len(_printed(stream, listed.start(), listed.end(), options)) < 2:
        return None
    return listed if _printed(stream, listed.end(), end, options) else None


def opens_options(stream: Stream, start: int, end: int, options: Options) -> int:
    """How many of the options stand in a stretch that one of them opens; 0 if none does."""
    letters = stream.letter(start), stream.letter(end)
    ways = ((_exact(stream, phrase, *letters) for phrase in phrases) for _, phrases in options)
    places = [place for way in ways if (place := next(filter(None, way), None))]
    first = min((at for at, _ in places), default=end)
    before = re.findall(r"[^\W_]", stream.text[start:first])
    return len(places) if len(before) <= _MOST_MARK_LETTERS else 0


def find_options(stream: Stream, start: int, end: int, options: Options) -> tuple[int, int] | None:
    """Where most of the options stand on lines below each other; None where fewer than two do.

    Without the label before them the options themselves tell where they are.
    """
    first, last = stream.segment_at(start), stream.segment_at(max(end - 1, start))
    holding = [
        number
        for number in range(first, last + 1)
        if _printed(stream, stream.segments[number].start, stream.segments[number].end, options)
    ]
    best: tuple[int, int] | None = None
    most = 1
    for run in _runs(stream, holding):
        here = stream.segments[max(run[0] - 1, first)], stream.segments[run[-1]]
        # The mark of the first option may stand in a stretch of its own.
        begin = here[0].start if len(here[0].words) == 1 else stream.segments[run[0]].start
        count = len(_printed(stream, begin, here[1].end, options))
        if count > most:
            most, best = count, (begin, here[1].end)
    return best


def _runs(stream: Stream, numbers: list[int]) -> list[list[int]]:
    """Segments that follow each other, with little more than marks between them."""
    runs: list[list[int]] = []
    for number in numbers:
        between = stream.segments[runs[-1][-1] + 1 : number] if runs else []
        if runs and all(segment.end - segment.start <= _LITTLE for segment in between):
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _with_odd_glyphs(text: str) -> str:
    """The text with the pictures of an unknown font as boxes: the rarer of two is the tick."""
    counts = Counter(_PRIVATE.findall(text)).most_common()
    if len(counts) != 2 or counts[0][1] == counts[1][1]:  # a pair that says nothing
        return text
    return text.replace(counts[0][0], EMPTY_BOX).replace(counts[1][0], TICKED_BOX)


def _printed(stream: Stream, start: int, end: int, options: Options) -> list[_Option]:
    """The options that are there, in order, their offsets counted from ``start``."""
    found: list[_Option] = []
    first, last = stream.letter(start), stream.letter(end)
    for key, phrases in options:
        # Spelt out in some way, before misspelt: a tick before the word is no letter of it.
        exact = (_exact(stream, phrase, first, last) for phrase in phrases)
        near = (_near(stream, phrase, first, last) for phrase in phrases)
        glued = (_behind_tick(stream, phrase, first, last) for phrase in phrases)
        spoilt = (_drawn_over(stream, phrase, start, end) for phrase in phrases)
        place = next(filter(None, chain(exact, glued, near, spoilt)), None)
        if place and not any(
            o.start < place[1] - start and place[0] - start < o.end for o in found
        ):
            found.append(_Option(key, place[0] - start, place[1] - start))
    return sorted(found, key=lambda option: option.start)


def _exact(stream: Stream, phrase: str, first: int, last: int) -> tuple[int, int] | None:
    """Where an option stands, between two letters."""
    at = stream.letters.find(phrase, first, last)
    while at >= 0:
        if stream.starts_word(at) and stream.ends_word(at + len(phrase)):
            return stream.offset(at), stream.offset(at + len(phrase) - 1) + 1
        at = stream.letters.find(phrase, at + 1, last)
    return None


def _behind_tick(stream: Stream, phrase: str, first: int, last: int) -> tuple[int, int] | None:
    """Where an option stands that recognition joined with the letter it took the tick for."""
    at = stream.letters.find(phrase, first + 1, last)
    while at > 0:
        joined = stream.starts_word(at - 1) and not stream.starts_word(at)
        if joined and stream.letters[at - 1] in _TICKS and stream.ends_word(at + len(phrase)):
            place = stream.offset(at), stream.offset(at + len(phrase) - 1) + 1
            if any(word.confidence < 1 for word in stream.words(*place)):
                return place
        at = stream.letters.find(phrase, at + 1, last)
    return None


def _near(stream: Stream, phrase: str, first: int, last: int) -> tuple[int, int] | None:
    """Where an option stands misspelt, between two letters."""
    if len(phrase) < LEAST_LETTERS:
        return None
    starts = (n for n in range(first, last) if stream.starts_word(n))
    hits = [(near, n) for n in starts if (near := find_near(stream, phrase, n)) and near[0] <= last]
    if not hits:
        return None
    (stop, _), at = max(hits, key=lambda hit: hit[0][1])
    return stream.offset(at), stream.offset(stop - 1) + 1


def _drawn_over(stream: Stream, phrase: str, start: int, end: int) -> tuple[int, int] | None:
    """Where an option stands that recognition read badly for the ring or the line through it."""
    for hit in re.finditer(r"\S+", stream.text[start:end]):
        at = start + hit.start(), start + hit.end()
        words = stream.words(*at)
        if any(word.confidence < 1 and word.emphasis & _DRAWN for word in words):
            letters = "".join(filter(str.isalpha, hit[0])).casefold()
            if similarity(letters, phrase) >= _LIKE:
                return at
    return None


def _marks(text: str, printed: list[_Option]) -> list[_Mark]:
    """The boxes and ticks; a tick that touches a box is that box ticked."""
    near = (printed[0].start - 12, printed[-1].end + 12)
    marks: list[_Mark] = []
    for hit in _MARK.finditer(text):
        if not near[0] <= hit.start() <= near[1]:
            continue
        mark = _Mark(hit.start(), hit.end(), hit["empty"] is None, hit["tick"] is None)
        last = marks[-1] if marks else None
        if last and last.boxed != mark.boxed and not text[last.end : mark.start].strip():
            marks[-1] = _Mark(last.start, mark.end, ticked=True, boxed=True)
        else:
            marks.append(mark)
    return marks


def _stray(
    stream: Stream, start: int, end: int, text: str, printed: list[_Option], marks: list[_Mark]
) -> list[_Mark]:
    """Where a picture shows no tick, the marks that recognition may have taken for letters."""
    recognised = any(word.confidence < 1 for word in stream.words(start, end))
    if not recognised or any(mark.ticked for mark in marks):
        return []
    known = {at for mark in marks for at in range(mark.start, mark.end)}
    return [
        _Mark(found.start, found.end, found.ticked, boxed=not found.ticked)
        for found in stray_marks(text, [(option.start, option.end) for option in printed])
        if known.isdisjoint(range(found.start, found.end))
    ]


def _judge(
    stream: Stream, start: int, text: str, printed: list[_Option], marks: list[_Mark], total: int
) -> tuple[tuple[str, ...], bool]:
    """The chosen keys and whether that is plain."""
    if any(mark.ticked for mark in marks):
        below = _by_columns(stream, start, printed, marks)
        if below is not None:
            # A tick in the column of no option answers something else, or there are no columns.
            return below, bool(below)
        return _by_marks(text, printed, marks)
    chosen = _by_emphasis(stream, start, printed)
    if chosen is not None:
        return chosen, not marks or len(chosen) == 1
    if marks or len(printed) == total:
        # Without boxes a choice may have been made in a way that no reader sees: a ring, a pen.
        return (), len(printed) == total and len(marks) >= len(printed)
    # The others were deleted.
    return tuple(option.key for option in printed), len(printed) == 1


def _by_marks(
    text: str, printed: list[_Option], marks: list[_Mark]
) -> tuple[tuple[str, ...], bool]:
    """Pairs marks with options: all of them stand before their words, or all behind them."""
    before = _behind_or_before(text, printed, marks)
    pairs = [(mark, _partner(text, mark, printed, before=before is not False)) for mark in marks]
    ticked = {option.key for mark, option in pairs if mark.ticked and option}
    lost = any(mark.ticked and not option for mark, option in pairs)
    partners = [option.key for _, option in pairs if option]
    doubled = len(partners) != len(set(partners))
    keys = tuple(option.key for option in printed if option.key in ticked)
    return keys, before is not None and not lost and not doubled


def _by_columns(
    stream: Stream, start: int, printed: list[_Option], marks: list[_Mark]
) -> tuple[str, ...] | None:
    """Marks in a row of cells below or above a row of options; None where there is no such."""
    options = {o.key: stream.cell(start + o.start) for o in printed}
    ticks = [stream.cell(start + mark.start) for mark in marks if mark.ticked]
    cells = [cell for cell in options.values() if cell]
    rows = {(cell.table, cell.row) for cell in cells}
    if len(cells) < len(printed) or len(rows) != 1 or len({c.column for c in cells}) < len(cells):
        return None
    if any(tick is None or (tick.table, tick.row) in rows for tick in ticks):
        return None
    columns = {tick.column for tick in ticks if tick}
    return tuple(key for key, cell in options.items() if cell and cell.column in columns)


def _behind_or_before(text: str, printed: list[_Option], marks: list[_Mark]) -> bool | None:
    """True: marks stand before their words; False: behind; None: it cannot be told."""
    if marks[0].start < printed[0].start:
        return True
    if any(_ANSWER.fullmatch(text, o.end, mark.start) for o in printed for mark in marks):
        return False
    if marks[-1].start >= printed[-1].end:
        return False
    votes = 0.0
    for mark in marks:
        left = max((o.end for o in printed if o.end <= mark.start), default=None)
        right = min((o.start for o in printed if o.start >= mark.end), default=None)
        if left is not None and right is not None:
            votes += _distance(text[left : mark.start]) - _distance(text[mark.end : right])
    return None if votes == 0 else votes > 0


def _distance(between: str) -> float:
    """How far a mark stands from a word: a comma or a wide gap parts more than a space."""
    return len(between) + 4 * between.count("\n") + 8 * sum(between.count(c) for c in ",;/")


def _partner(text: str, mark: _Mark, printed: list[_Option], *, before: bool) -> _Option | None:
    if before:
        option = next((o for o in printed if o.start >= mark.end), None)
        between = text[mark.end : option.start] if option else ""
    else:
        option = next((o for o in reversed(printed) if o.end <= mark.start), None)
        between = text[option.end : mark.start] if option else ""
    # Words between them: the mark is that of an option which the form does not have.
    return None if re.search(r"[^\W_]{2}", between) else option


def _by_emphasis(stream: Stream, start: int, printed: list[_Option]) -> tuple[str, ...] | None:
    """The options that stand out, or those that are not struck out; None where all are alike."""
    looks = {o.key: _emphasis(stream, start + o.start, start + o.end) for o in printed}
    for flag in _LOUDEST_FIRST:
        marked = tuple(key for key, look in looks.items() if flag in look)
        if marked and len(marked) < len(printed):
            if flag is Emphasis.STRIKE:
                return tuple(key for key in looks if key not in marked)
            return marked
    # Recognition takes small letters for capitals that look alike: no person wrote them large.
    typed = all(word.confidence >= 1 for word in stream.words(start, start + printed[-1].end))
    upper = (o.key for o in printed if stream.text[start + o.start : start + o.end].isupper())
    loud = tuple(upper) if typed else ()
    return loud if 0 < len(loud) < len(printed) else None


def _emphasis(stream: Stream, start: int, end: int) -> Emphasis:
    """What most of a stretch's letters share: a pen's line or ring may miss its first or last word."""
    words = [word for word in stream.words(start, end) if word.text.strip("_")]
    letters = sum(len(word.text) for word in words)
    result = Emphasis.NONE
    for flag in Emphasis:
        shared = sum(len(word.text) for word in words if flag in word.emphasis)
        if shared > _MOST * letters:
            result |= flag
    return result
