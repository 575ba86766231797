"""catalogues/indicators.toml: the indicators of Додаток 2 and the words by which they are seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rules import danger_genre as genre
from rules.catalogue_file import read_toml, refused
from rules.danger_denial import CLASSES
from rules.danger_index import SignIndex
from rules.danger_patterns import (
    PatternError,
    Phrase,
    Phrases,
    Sign,
    parse_phrase,
    parse_sign,
    words_of,
)
from rules.danger_points import FIGURES, Points
from rules.danger_text import Language
from rules.danger_words import Vocabulary

_WHAT = "Довідник ознак"
GROUPS = ("general", "education", "violence_threat", "abandonment_risk", "health_check")
PAST, NOW, SETTLED, REFUTED = "колись", "нині", "владнано", "спростовано"
RESERVED = (*CLASSES, *genre.CLASSES, PAST, NOW, SETTLED, REFUTED)
_TOP_KEYS = (
    "neutral",
    "plain",
    "figures",
    "words",
    "points",
    "word_points",
    "beginnings",
    "enough",
    "calm",
    FIGURES,
    "indicator",
)
TOGETHER = "threat-together"
NUMBERS = (FIGURES, "enough", "calm")
_KEYS: dict[str, type] = {
    "id": str, "group": str, "text": str, "official": bool, "threat": bool, "signs": list,
    "also": list,
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One indicator: its official wording and the signs by which it is seen in a text.

    ``threat``: any of its signs means a threat to life or health by itself. ``official``: it
    stands in Додаток 2; the others name what п. 9 and 15 mean and no indicator says. ``also``:
    the ids of the indicators of Додаток 2 that the same signs show.
    """

    id: str
    group: str
    text: str
    threat: bool
    signs: tuple[Sign, ...]
    official: bool = True
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """The indicators with the language in which their signs are written.

    ``figures``: figures of speech, of which no word counts; ``signs``: those of the entries, in
    their order; ``points``: what hints add up to.
    """

    entries: tuple[Entry, ...]
    language: Language
    figures: SignIndex[None]
    signs: SignIndex[Entry]
    points: Points

    @property
    def together(self) -> Entry:
        """The entry under which hints that amount to a threat are shown."""
        return next(entry for entry in self.entries if entry.id == TOGETHER)


class _Reader:
    """Reads the parsed TOML and collects every fault with its line."""

    def __init__(self, source: str) -> None:
        self._lines = source.splitlines()
        self.faults: list[str] = []

    def fault(self, what: str, near: str) -> None:
        line = next((n for n, line in enumerate(self._lines, 1) if near in line), 1)
        self.faults.append(f"рядок {line}: {what}")

    def phrases(self, name: str, texts: object) -> Phrases:
        found: list[Phrase] = []
        for text in self.strings(name, texts):
            try:
                found.extend(parse_phrase(part) for part in text.split("|"))
            except PatternError as err:
                self.fault(f"@{name}: {err}", text)
        return Phrases(found)

    def signs(self, name: str, texts: object) -> tuple[Sign, ...]:
        found: list[Sign] = []
        for text in self.strings(name, texts):
            try:
                found.append(parse_sign(text))
            except PatternError as err:
                self.fault(f"{name}: {err}", text)
        return tuple(found)

    def strings(self, name: str, texts: object) -> list[str]:
        if isinstance(texts, list) and all(isinstance(text, str) for text in texts):
            return texts
        self.fault(f"{name}: потрібен список рядків у лапках", name)
        return []

    def entry(self, row: Mapping[str, Any]) -> Entry | None:
        name = str(row.get("id", "?"))
        for key in row.keys() - _KEYS:
            self.fault(f"{name}: невідомий ключ {key}; дозволено {', '.join(_KEYS)}", key)
        faulty = [k for k, kind in _KEYS.items() if not isinstance(row.get(k, kind()), kind)]
        missing = [key for key in ("id", "group", "text", "threat", "signs") if key not in row]
        for key in faulty + missing:
            self.fault(f"{name}: потрібен ключ {key} ({_KEYS[key].__name__})", name)
        if row.get("group") not in GROUPS:
            self.fault(f"{name}: group має бути одним із {', '.join(GROUPS)}", name)
        if faulty or missing:
            return None
        signs = self.signs(name, row["signs"])
        return Entry(
            name, row["group"], row["text"], row["threat"], signs, row.get("official", True),
            tuple(self.strings(name, row.get("also", []))),
        )  # fmt: skip


def load_indicators(path: Path) -> Catalogue:
    """Read the catalogue of indicators.

    Raises:
        ConfigError: the file cannot be read or holds faults; names the lines and what is allowed.
    """
    source, data = read_toml(path, _WHAT)
    reader = _Reader(source)
    catalogue = _catalogue(reader, data)
    if reader.faults or catalogue is None:
        raise refused(path, _WHAT, reader.faults)
    return catalogue


def _catalogue(reader: _Reader, data: dict[str, Any]) -> Catalogue | None:
    for key in data.keys() - set(_TOP_KEYS):
        reader.fault(f"невідомий ключ {key}; дозволено {', '.join(_TOP_KEYS)}", key)
    words, rows = data.get("words"), data.get("indicator")
    if not isinstance(words, dict) or not isinstance(rows, list):
        reader.fault("потрібні [words] і хоча б один [[indicator]]", "[")
        return None
    classes = {name: reader.phrases(name, texts) for name, texts in words.items()}
    figures = reader.signs("figures", data.get("figures", []))
    entries = tuple(entry for row in rows if (entry := reader.entry(row)))
    signs = tuple(sign for entry in entries for sign in entry.signs) + figures
    _check_references(reader, classes, entries, signs)
    points = _points(reader, classes, data)
    if reader.faults:
        return None
    plain = reader.strings("plain", data.get("plain", []))
    neutral = frozenset(reader.strings("neutral", data.get("neutral", [])))
    vocabulary = Vocabulary(words_of(classes, signs), plain)
    language = Language(vocabulary, classes, neutral)
    return Catalogue(
        entries,
        language,
        SignIndex(((None, sign) for sign in figures), classes),
        SignIndex(((entry, sign) for entry in entries for sign in entry.signs), classes),
        points,
    )


def _check_references(
    reader: _Reader,
    classes: Mapping[str, Phrases],
    entries: Iterable[Entry],
    signs: tuple[Sign, ...],
) -> None:
    for name in set(RESERVED) - classes.keys():
        reader.fault(f"у [words] бракує слів «{name}»", "[words]")
    for word in set(words_of(classes, signs)):
        if word.class_name is not None and word.class_name not in classes:
            reader.fault(f"немає слів «{word.class_name}» у [words]", word.item)
    ids = [entry.id for entry in entries]
    if TOGETHER not in ids:
        reader.fault(f"бракує [[indicator]] з id {TOGETHER}", "[[indicator]]")
    for name in {name for name in ids if ids.count(name) > 1}:
        reader.fault(f"id {name} повторюється", name)
    for entry in entries:
        for name in set(entry.also) - set(ids):
            reader.fault(f"{entry.id}: also називає невідомий id {name}", entry.id)
    _check_loops(reader, classes)


def _points(reader: _Reader, classes: Mapping[str, Phrases], data: dict[str, Any]) -> Points:
    """What hints add up to, as bench/danger_fit.py wrote it or a clerk changed it."""
    for key in NUMBERS:
        if not isinstance(data.get(key), int):
            reader.fault(f"{key}: потрібне ціле число", key)
    tables = [data.get("points"), data.get("word_points", {}), data.get("beginnings", {})]
    if not all(isinstance(table, dict) for table in tables):
        reader.fault("потрібні [points], [word_points] і [beginnings]: назва = число", "[points]")
        return Points({}, {}, {}, 0, 0, 0)
    for_classes, for_words, starts = tables
    for name, points in for_classes.items():
        if name not in classes or not isinstance(points, int):
            reader.fault(f"{name}: потрібна назва з [words] і ціле число", f'"{name}" =')
    figures, enough, calm = (data.get(key, 0) for key in NUMBERS)
    return Points(
        for_classes, _listed(reader, for_words), _listed(reader, starts), figures, enough, calm
    )


def _listed(reader: _Reader, sums: Mapping[str, object]) -> dict[str, int]:
    found: dict[str, int] = {}
    for points, starts in sums.items():
        if not re.fullmatch(r"-?\d+", points) or not isinstance(starts, str):
            reader.fault(f"{points}: потрібно «число» = «початок|початок»", f'"{points}" =')
            continue
        found |= dict.fromkeys(starts.split("|"), int(points))
    return found


def _check_loops(reader: _Reader, classes: Mapping[str, Phrases]) -> None:
    uses = {
        name: {word.class_name for phrase in phrases for word in phrase if word.class_name}
        for name, phrases in classes.items()
    }
    open_names = set(uses)
    while leaves := {name for name in open_names if not uses[name] & open_names}:
        open_names -= leaves
    for name in open_names:
        reader.fault(f"слова «{name}» посилаються самі на себе", name)
