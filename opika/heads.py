"""Giving out the journal's heads once a day: into its own folder, onto another disk, to a stamp.

What is given out is decided once, in the journal; files, copies and the stamp follow from it and
are made up for whenever something was killed or away. Nothing of it ever stops a pass.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from journal import heads
from journal.originals import write_whole
from opika.errors import OpikaError, StorageError
from opika.pipeline import Pipeline

logger = logging.getLogger(__name__)

_STATE = ".state.json"
_STAMP = ".stamp"
_STAMP_SECONDS = 20
_STAMP_BYTES = 1 << 20
_TRY_AGAIN = timedelta(minutes=30)
# A certifying program is told where it runs, and no secret of the service.
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ")


class _NotStampedError(OpikaError):
    """The program of ``[journal] stamp`` did not certify the file; the message says why."""


def keep_heads(pipeline: Pipeline) -> None:
    """Give out the heads of the day, once; what failed is tried again after half an hour."""
    now = pipeline.clock()
    day = now.astimezone(pipeline.config.zone).date()
    wanted = _wanted(pipeline, day)
    state = _state(pipeline)
    if state.get("wanted") == wanted and _rests(state, now):
        return
    try:
        folder = _folder(pipeline)
        for paper in _missing(folder, heads.give_out(day)):
            write_whole(folder / f"{paper.day}.json", paper.text)
        faults = list(_sent_on(pipeline, folder / f"{day}.json"))
        next_try = (now + _TRY_AGAIN).isoformat() if faults else None
        new = {"wanted": wanted, "faults": faults, "next_try": next_try}
        write_whole(folder / _STATE, json.dumps(new, ensure_ascii=False).encode())
    except OpikaError:  # the journal is busy or the disk is full: the next pass tries again
        logger.exception("heads were not given out")


def trouble(pipeline: Pipeline) -> str:
    """Why the heads of the day are not where they should be, in words; "" where they are."""
    return "; ".join(_state(pipeline).get("faults", []))


def _wanted(pipeline: Pipeline, day: date) -> list[str]:
    """What a state must say to have everything done that is configured now."""
    settings = pipeline.config.journal
    return [day.isoformat(), str(settings.heads or ""), *settings.stamp]


def _state(pipeline: Pipeline) -> dict[str, Any]:
    try:
        said = json.loads((pipeline.data / heads.FOLDER / _STATE).read_bytes())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _rests(state: dict[str, Any], now: datetime) -> bool:
    if not state["faults"]:
        return True
    next_try = datetime.fromisoformat(state["next_try"])
    return next_try - _TRY_AGAIN <= now < next_try  # else the clock was set back


def _folder(pipeline: Pipeline) -> Path:
    folder = pipeline.data / heads.FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _missing(folder: Path, today: heads.Paper) -> Iterator[heads.Paper]:
    """The papers that have no file yet: a restored journal brings rows and no files."""
    names = {path.name for path in folder.glob("*.json")}
    if f"{today.day}.json" not in names:
        yield from (paper for paper in heads.papers() if f"{paper.day}.json" not in names)


def _sent_on(pipeline: Pipeline, file: Path) -> Iterator[str]:
    """Stamp the file and copy what lies in its folder; what did not work, in words."""
    settings = pipeline.config.journal
    stamp = file.with_name(file.name + _STAMP)
    if settings.stamp and not stamp.exists():
        try:
            write_whole(stamp, _stamped(settings.stamp, file))
        except _NotStampedError as err:
            logger.warning("heads were not stamped: %s", err)
            day = date.fromisoformat(file.stem)
            yield f"відбиток журналу за {day:%d.%m.%Y} не засвідчено: {err.clerk_message}"
    if settings.heads is not None:
        try:
            _copy(file, settings.heads)
        except (OSError, StorageError) as err:
            logger.warning("heads were not copied: %s", type(err).__name__)
            yield f"до папки відбитків {settings.heads} не записано: її немає або вона недоступна"


def _copy(file: Path, other: Path) -> None:
    """Copy what the other folder lacks; what lies there already is evidence and stays.

    Raises:
        OSError, StorageError: it is not there (a disk that is away), or cannot be written to.
    """
    known = {path.name for path in other.iterdir()}
    for path in sorted(file.parent.glob("[!.]*")):
        data = path.read_bytes() if path.name not in known or path == file else None
        name = path.name
        # A journal that was restored may give out other heads for a day than the lost one did.
        for count in range(2, 100):
            if data is None or name not in known or (other / name).read_bytes() == data:
                break
            name = f"{path.stem}-{count}{path.suffix}"
        if data is not None and name not in known:
            write_whole(other / name, data)


def _stamped(command: Sequence[str], file: Path) -> bytes:
    """What the program says of the file.

    Raises:
        _NotStampedError: it cannot be started, fails, or does not end in time.
    """
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    try:
        process = subprocess.Popen(  # noqa: S603 - the administrator's own command
            [*command, str(file)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as err:
        raise _NotStampedError("no start", clerk_message="програма не запускається") from err
    try:
        said, _ = process.communicate(timeout=_STAMP_SECONDS)
    except subprocess.TimeoutExpired as err:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise _NotStampedError("no end", clerk_message="програма не завершилася вчасно") from err
    if process.returncode or len(said) > _STAMP_BYTES:
        words = f"програма завершилася з кодом {process.returncode}"
        raise _NotStampedError(f"code {process.returncode}", clerk_message=words)
    return said
