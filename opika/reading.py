"""From bytes to forms, without the journal: the envelope is opened, each file is read and judged.

``unpack_bytes`` and ``read_bytes`` run in a worker's child process; ``opika parse`` and the main
job both read through them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intake.part import Envelope, Limits, Part
from opika.errors import FileError, TooLargeFileError, UnreadableFileError
from opika.worker import Worker

if TYPE_CHECKING:
    from parsers.file import FileReading

Draw = Callable[[Worker, bytes, Sequence[Mapping[str, Any]]], list[dict[int, bytes]]]
"""Gives the PNG of each page of each form of a file."""

_READ_REASONS = {"not a form", "empty form"}


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What was found in one file.

    Attributes:
        text: its whole text, for search and for a person's eye.
        forms: each with the keys of the parse contract but ``file`` and ``part``.
        reason: why there is no form; None where there is one.
        urgent: a sign of threat anywhere in it; None where there is nothing to judge.
        indicators: those of the whole file, as {id, group, quote}.
    """

    text: str
    forms: tuple[dict[str, Any], ...]
    reason: str | None
    urgent: bool | None
    indicators: tuple[dict[str, str], ...]


def unpack_bytes(data: bytes, name: str, limits: Limits) -> Envelope:
    """Open an envelope (a mail, an archive, a signed container, or a plain file)."""
    from intake.envelope import unpack

    return unpack(data, name, limits)


def read_bytes(data: bytes, name: str, today: date, indicators: Path) -> ReadFile:
    """Read one file and judge what it says.

    Args:
        data: its bytes.
        name: what the sender called it; a hint at most.
        today: no date of the form can be later than this.
        indicators: the catalogue of signs of danger.

    Raises:
        FileError: it cannot be read.
    """
    from parsers.file import read_file

    if not data.strip():  # the empty text of a mail round its attachment is no damage
        return ReadFile("", (), "not a form", None, ())
    return _judged_file(read_file(data, name, today=today), indicators)


def read_record_bytes(data: bytes, indicators: Path) -> ReadFile:
    """Read what a clerk wrote down of a notification, and judge what it says.

    Raises:
        UnreadableFileError: it is no such record.
    """
    from parsers.file import read_written_down

    return _judged_file(read_written_down(data), indicators)


def _judged_file(reading: FileReading, indicators: Path) -> ReadFile:
    forms = tuple(_judged_form(form, indicators) for form in reading.forms)
    whole = judged(reading.text, indicators) if not forms else forms[0]
    return ReadFile(
        text=reading.text,
        forms=forms,
        reason=reading.reason,
        urgent=whole["urgent"],
        indicators=tuple(whole["indicators"]),
    )


def _judged_form(form: Mapping[str, Any], indicators: Path) -> dict[str, Any]:
    """The form with the signs of danger in its content.

    A person who wrote it down may have said that there is danger: no rule takes that away. That
    there is none is for no person on the telephone to say.
    """
    danger = judged(form["content"], indicators)
    said = form.get("urgent") is True
    return {**form, **danger, "urgent": True if said else danger["urgent"]}


def judged(text: str | None, indicators: Path) -> dict[str, Any]:
    """Whether a text shows a threat (``urgent``) and its signs, as {id, group, text, quote}."""
    from rules.danger import judge

    judgement = judge(text, _catalogue(indicators))
    found = [
        {"id": sign.id, "group": sign.group, "text": sign.text, "quote": sign.quote}
        for sign in judgement.indicators
    ]
    return {"urgent": judgement.urgent, "indicators": found}


@lru_cache(maxsize=1)
def _catalogue(path: Path) -> Any:
    from rules.danger import load_indicators

    return load_indicators(path)


def parse_file(
    path: str,
    worker: Worker,
    limits: Limits,
    today: date,
    indicators: Path,
    draw: Draw | None = None,
) -> list[dict[str, Any]]:
    """The parse contract's objects of one file as an office may receive it.

    Args:
        path: as given by the user; it comes back under ``file``.
        worker: reads in its child process.
        limits: what the file may cost.
        today: no date of a form can be later than this.
        indicators: the catalogue of signs of danger.
        draw: draws each form; what it gives comes with the form under ``pictures``.
    """
    name = Path(path).name
    try:
        data = _bytes_of(Path(path), limits)
        envelope = worker.call(unpack_bytes, data, name, limits)
    except FileError as err:
        return [_no_form(path, None, err.reason)]
    found, without = [], []
    for part in _documents(envelope):
        label = _label(part, envelope, name)
        try:
            read = _read_part(part, worker, today, indicators)
        except FileError as err:
            without.append(_no_form(path, label, err.reason))
            continue
        forms = list(_objects(path, label, read))
        if draw and forms:
            drawn = draw(worker, bytes_to_read(part)[0], forms)
            forms = [{**form, "pictures": pages} for form, pages in zip(forms, drawn, strict=True)]
        found += forms
        if not read.forms:
            without.append(_no_form(path, label, read.reason or "not a form", read))
    return found or [_summary(path, without)]


def _summary(path: str, without: list[dict[str, Any]]) -> dict[str, Any]:
    """One object for a file without a form: what could not be read counts before what could."""
    if not without:
        return _no_form(path, None, "not a form")
    refused_first = sorted(without, key=lambda one: one["reason"] in _READ_REASONS)
    urgent = [one["urgent"] for one in without]
    return {
        **refused_first[0],
        "urgent": True if True in urgent else None if None in urgent else False,
        "indicators": [sign for one in without for sign in one["indicators"]],
    }


def _bytes_of(path: Path, limits: Limits) -> bytes:
    try:
        if path.stat().st_size > limits.max_bytes:
            raise TooLargeFileError("file passes the limit")
        return path.read_bytes()
    except OSError as err:
        raise UnreadableFileError(type(err).__name__) from err


def _documents(envelope: Envelope) -> Iterator[Part]:
    return (part for part in envelope.parts if part.role in {"body", "attachment"})


def _read_part(part: Part, worker: Worker, today: date, indicators: Path) -> ReadFile:
    if part.fault is not None:
        raise refused(part.fault)
    data, name = bytes_to_read(part)
    return worker.call(read_bytes, data, name, today, indicators)


def bytes_to_read(part: Part) -> tuple[bytes, str]:
    """What a reader gets of a part: of a body its decoded text, of a file its bytes."""
    if part.text is not None:
        return part.text.encode(), f"{part.path.replace('/', '-')}.txt"
    return part.data, part.name


def refused(reason: str) -> FileError:
    """The error that carries a reason for triage."""
    kinds = {kind.reason: kind for kind in FileError.__subclasses__()}
    return kinds.get(reason, UnreadableFileError)(reason)


def _label(part: Part, envelope: Envelope, name: str) -> str | None:
    if envelope.message is None and len(envelope.parts) == 1 and part.name == name:
        return None
    return part.name or part.path


def _objects(path: str, label: str | None, read: ReadFile) -> Iterator[dict[str, Any]]:
    for ordinal, form in enumerate(read.forms, start=1):
        counted = f"{label or ''}#{ordinal}" if len(read.forms) > 1 else label
        yield {"file": path, "part": counted, **form}


def _no_form(
    path: str, label: str | None, reason: str, read: ReadFile | None = None
) -> dict[str, Any]:
    judged: Mapping[str, Any] = (
        {"urgent": read.urgent, "indicators": list(read.indicators)}
        if read
        else {"urgent": None, "indicators": []}
    )
    return {"file": path, "part": label, "form": None, "reason": reason, **judged}
