"""Heads: the end of each office's chain as it was given out, so that a rewritten book is found out.

The chain proves that nobody changed one row; who rewrites it all, from some row on, makes a chain
that is whole again. Its hashes are then others than those that were given out before, and copies of
these lie elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.timezone import localdate

from journal.database import writing
from journal.models import Erasure, HeadExport, History, Office, Restoration

FOLDER = "heads"
"""Where the heads of each day lie, below the data folder."""

Heads = Mapping[str, Mapping[str, Any]]
"""Office's key -> ``seq`` and ``hash`` of its last row; ``erased``: the numbers erased by law."""

_LARGEST_BYTES = 1 << 20
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Paper:
    """Heads as they were given out.

    Attributes:
        name: of the file; "" for what the journal itself keeps.
        day: of the heads.
        daily: whether the journal keeps what it gave out; else somebody asked for it.
        text: the file's bytes.
    """

    name: str
    day: date
    daily: bool
    heads: Heads
    text: bytes

    @property
    def sha256(self) -> str:
        """The digest of the file."""
        return hashlib.sha256(self.text).hexdigest()


@dataclass(frozen=True, slots=True)
class Compared:
    """One file of heads beside the journal.

    Attributes:
        day: of the heads; None: the file cannot be read as heads.
        fault: how the journal differs; "" where it does not.
        excused: it differs because the journal was restored from a backup that is older.
    """

    name: str
    day: date | None
    fault: str
    excused: bool = False


def ends() -> dict[str, dict[str, Any]]:
    """The heads as they are now."""
    erased: dict[str, list[str]] = defaultdict(list)
    gone = Erasure.objects.filter(seq__isnull=False).order_by("entry__year", "entry__number")
    rows = gone.values_list("entry__office__key", "entry__number", "entry__year").distinct()
    for key, number, year in rows:
        erased[key].append(f"{number}/{year}")
    found: dict[str, dict[str, Any]] = {}
    for office in Office.objects.order_by("pk"):
        row = History.objects.filter(office=office).order_by("-seq").first()
        found[office.key] = {"seq": row.seq if row else 0, "hash": row.hash if row else ""}
        if erased[office.key]:
            found[office.key]["erased"] = erased[office.key]
    return found


def asked_for(at: datetime) -> bytes:
    """The file of the heads as they are now, for who asked for it at that moment."""
    return _file({"at": at.isoformat(timespec="seconds"), "heads": ends()})


def give_out(day: date) -> Paper:
    """The heads of the day, each time the same: those that the chains had when first asked for."""
    with writing():
        if not HeadExport.objects.filter(day=day).exists():
            text = _daily(day, ends(), _last_sha256())
            heads, sha256 = json.loads(text)["heads"], hashlib.sha256(text).hexdigest()
            HeadExport.objects.get_or_create(day=day, defaults={"heads": heads, "sha256": sha256})
    return next(paper for paper in papers() if paper.day == day)


def last_day() -> date | None:
    """The last day whose heads were given out."""
    return HeadExport.objects.order_by("-pk").values_list("day", flat=True).first()


def papers() -> Iterator[Paper]:
    """Every day's heads that were given out, as their files must be, in the order of giving out."""
    before = None
    for row in HeadExport.objects.order_by("pk").iterator(chunk_size=_CHUNK):
        yield Paper("", row.day, True, row.heads, _daily(row.day, row.heads, before))
        before = row.sha256


def head_faults(folders: Iterable[Path]) -> Iterator[str]:
    """Where the journal is not what it was when its heads were given out.

    Args:
        folders: where files of heads lie; those that are not there are left out.
    """
    kept = dict(HeadExport.objects.values_list("day", "sha256"))
    given = list(papers())
    for paper in given:
        if paper.sha256 != kept[paper.day]:
            yield f"відбиток журналу за {paper.day:%d.%m.%Y} змінено"
    yield from filter(None, _differing(given))
    for folder in folders:
        if folder.is_dir():
            yield from (one.fault for one in compare(folder) if one.fault and not one.excused)


def compare(folder: Path) -> list[Compared]:
    """Every file of heads in a folder beside the journal, by day."""
    unreadable, found = [], []
    for path in sorted(folder.glob("[!.]*.json")):
        try:
            found.append(_read(path))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            unreadable.append(Compared(path.name, None, f"файл відбитка {path.name} не читається"))
    found.sort(key=lambda paper: (paper.day, paper.name))
    known = {paper.day: paper.sha256 for paper in papers()}
    restored = _restored()
    faults = [
        fault or _foreign(paper, known)
        for paper, fault in zip(found, _differing(found), strict=True)
    ]
    return [
        *unreadable,
        *(
            Compared(paper.name, paper.day, fault, bool(fault) and _within(paper.day, restored))
            for paper, fault in zip(found, faults, strict=True)
        ),
    ]


def _foreign(paper: Paper, known: Mapping[date, str]) -> str:
    """What is wrong with a file of heads that the chains bear out; "" for nothing."""
    if not paper.daily or known.get(paper.day) == paper.sha256:
        return ""
    words = "змінено" if paper.day in known else "видано, але в журналі про це нічого немає"
    return f"відбиток журналу за {paper.day:%d.%m.%Y} (файл {paper.name}) {words}"


def _differing(given: Sequence[Paper]) -> list[str]:
    """For each, in the order of days, how the chains differ from it; "" where they do not."""
    chains = _hashes(given)
    good: dict[str, date] = {}
    faults = []
    for paper in given:
        fault = ""
        for office, head in paper.heads.items():
            if head["seq"] == 0 or chains.get((office, head["seq"])) == head["hash"]:
                good[office] = paper.day
            else:
                fault = fault or _cut_off(office, paper.day, good.get(office))
        faults.append(fault)
    return faults


def _cut_off(office: str, day: date, good: date | None) -> str:
    since = f" після {good:%d.%m.%Y}" if good else ""
    return (
        f"історія {office}: кінець відрізано або переписано{since}: "
        f"не збігається з відбитком за {day:%d.%m.%Y}"
    )


def _hashes(given: Iterable[Paper]) -> dict[tuple[str, int], str]:
    """Office's key and number of a row -> its hash, of the rows that the heads name."""
    asked: dict[str, set[int]] = defaultdict(set)
    for paper in given:
        for office, head in paper.heads.items():
            asked[office].add(head["seq"])
    found: dict[tuple[str, int], str] = {}
    for office, wanted in asked.items():
        numbers = sorted(wanted)
        for start in range(0, len(numbers), _CHUNK):
            some = numbers[start : start + _CHUNK]
            rows = History.objects.filter(office__key=office, seq__in=some)
            found |= {(office, seq): hash_ for seq, hash_ in rows.values_list("seq", "hash")}
    return found


def _read(path: Path) -> Paper:
    """A file of heads.

    Raises:
        OSError, ValueError, TypeError, KeyError, AttributeError: it is none.
    """
    if path.stat().st_size > _LARGEST_BYTES:
        raise ValueError("too large")
    text = path.read_bytes()
    said = json.loads(text)
    heads = {
        str(office): {"seq": int(head["seq"]), "hash": str(head["hash"])}
        for office, head in said["heads"].items()
    }
    daily = "day" in said
    day = date.fromisoformat(said["day"] if daily else said["at"][:10])
    return Paper(path.name, day, daily, heads, text)


def _restored() -> list[tuple[date, date]]:
    # What was given out between a backup and its restoration speaks of a journal that is lost.
    rows = Restoration.objects.values_list("backup_at", "restored_at")
    return [(localdate(backup), localdate(restored)) for backup, restored in rows]


def _within(day: date, spans: Sequence[tuple[date, date]]) -> bool:
    return any(first <= day <= last for first, last in spans)


def _last_sha256() -> str | None:
    return HeadExport.objects.order_by("-pk").values_list("sha256", flat=True).first()


def _daily(day: date, heads: Heads, before: str | None) -> bytes:
    return _file({"day": day.isoformat(), "heads": heads, "before": before})


def _file(content: Mapping[str, Any]) -> bytes:
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    return text.encode() + b"\n"
