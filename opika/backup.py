"""Everything in one encrypted file, made while the service goes on working.

First a copy of the database as it stands at one moment, then the files that this copy names. They
are never replaced under their names, so they fit it, however much has changed by then. A backup
appears under its name only when all of it is on the disk.
"""

from __future__ import annotations

import fcntl
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

from journal import copying
from journal.copying import DatabaseCopy
from journal.document_files import sweep_documents
from journal.originals import sync_folder
from opika.errors import BackupError, JournalBusyError, StorageError
from opika.packing import (
    ABOUT,
    DATABASE,
    FORMAT,
    MANIFEST,
    About,
    Manifest,
    Packer,
    Recipient,
    encrypt,
    json_bytes,
)
from opika.pipeline import Pipeline

Told = Callable[[int, int], None]
"""Hears how many bytes are done, and of how many."""

# A name that was erased by law while its file was to be copied: all is begun anew, with a new copy.
_TRIES = 3
NAME, NAME_TIME = re.compile(r"opika-(\d{4}-\d\d-\d\d_\d{6})\.age"), "%Y-%m-%d_%H%M%S"
"""How backups in the folder of backups are called, and the time in that name."""
# A part that grows no more since then is nobody's.
_LEFT_SECONDS = 24 * 3600
_SETTINGS_OF = {".toml", ".docx", ".md"}


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was made.

    Attributes:
        file: where it lies.
        size: its bytes.
        sha256: its digest.
        made_at: the moment whose state it holds.
        lost: files that the journal names and that were missing or changed.
        removed: older backups in the same folder that were one too many.
    """

    file: Path
    size: int
    sha256: str
    made_at: datetime
    entries: int
    history_rows: int
    originals: int
    documents: int
    lost: int
    removed: int = 0


@dataclass
class _Load:
    """What goes into a backup, and what of it could not be had."""

    pipeline: Pipeline
    copy: DatabaseCopy
    made_at: datetime
    told: Callable[[int], None]
    lost_originals: list[bytes] = field(default_factory=list)
    lost_documents: list[str] = field(default_factory=list)

    @property
    def lost(self) -> int:
        return len(self.lost_originals) + len(self.lost_documents)


class _ErasedMeanwhileError(BackupError):
    """What the copy of the database names was erased before it could be copied."""

    clerk_message = "Під час копіювання стирали дані. Створіть копію ще раз."


def back_up(
    pipeline: Pipeline,
    file: Path,
    recipients: list[Recipient],
    told: Told = lambda done, total: None,
) -> BackedUp:
    """Write everything into ``file``, so that only who has the private key can read it.

    Args:
        pipeline: opened.
        file: must not be there yet.
        recipients: the public keys.
        told: how far it has come.

    Raises:
        BackupError: there is such a file, or ``pg_dump`` failed.
        JournalBusyError: another backup is being made.
        StorageError: the disk is full; nothing is left of what was begun.
    """
    if file.exists():
        raise BackupError(
            "backup exists",
            clerk_message=f"Файл {file} уже є: назвіть інший, старої копії не змінено.",
        )
    with _alone(pipeline.data):
        for tries in range(1, _TRIES + 1):
            try:
                made = _write(pipeline, file, recipients, told)
            except _ErasedMeanwhileError:
                if tries == _TRIES:
                    raise
            else:
                break
        sweep_documents(pipeline.data, time.time())
    return made


def next_file(folder: Path, now: datetime) -> Path:
    """Where a backup that is made now lies in the folder of backups."""
    return folder / f"opika-{now:{NAME_TIME}}.age"


def remove_older(folder: Path, keep: int) -> int:
    """Remove all but the ``keep`` newest backups that are named by ``next_file``; how many went.

    With them goes what a killed process has left of one.
    """
    for part in folder.glob("opika-*.age.part"):
        if time.time() - part.stat().st_mtime > _LEFT_SECONDS:
            part.unlink()
    ours = sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name))
    older = ours[:-keep]
    for path in older:
        path.unlink()
    return len(older)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    with (data / "backup.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as err:
            raise JournalBusyError(
                "another backup is being made",
                clerk_message="Резервну копію саме створює інша дія. Дочекайтеся її кінця.",
            ) from err
        yield


def _write(pipeline: Pipeline, file: Path, recipients: list[Recipient], told: Told) -> BackedUp:
    part = file.with_name(f"{file.name}.part")
    made_at = pipeline.clock()
    try:
        with copying.copied(pipeline.work) as copy, _private(part) as out:
            total = os.fstat(copy.file.fileno()).st_size + copy.contents.original_bytes
            progress = _counted(told, total)
            load = _Load(pipeline, copy, made_at, progress)
            digest = encrypt(_pieces(load), out, recipients)
            out.flush()
            os.fsync(out.fileno())
            size = out.tell()
        part.rename(file)
        sync_folder(file.parent)
    except OSError as err:
        raise StorageError("backup cannot be written", clerk_message=_not_written(file)) from err
    finally:
        part.unlink(missing_ok=True)
    contents = copy.contents
    return BackedUp(
        file=file,
        size=size,
        sha256=digest,
        made_at=made_at,
        entries=contents.entries,
        history_rows=contents.history_rows,
        originals=len(contents.originals),
        documents=len(contents.documents),
        lost=load.lost,
    )


def _not_written(file: Path) -> str:
    return (
        f"Копію не створено: у {file.parent} не вдалося записати (папки немає, диск заповнений або "
        "відключений). Попередні копії цілі."
    )


def _private(path: Path) -> IO[bytes]:
    """A new file that nobody else may read; what an interrupted backup left there is gone."""
    path.unlink(missing_ok=True)
    return open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")  # noqa: PTH123 - closed by whoever asked


def _pieces(load: _Load) -> Iterator[bytes]:
    contents, packer = load.copy.contents, Packer(load.made_at, load.told)
    about = About(
        format=FORMAT,
        opika=version("opika"),
        made_at=load.made_at,
        engine=contents.engine,
        schema_=contents.schema,
    )
    yield from packer.put_bytes(ABOUT, json_bytes(about))
    yield from packer.put(DATABASE, load.copy.file)
    yield from _originals(load, packer)
    yield from _documents(load, packer)
    yield from _settings(load, packer)
    if load.lost and copying.some_erased(load.lost_originals, load.lost_documents):
        raise _ErasedMeanwhileError("erased meanwhile")
    listed = {name: packer.files[name] for name in packer.files if _is_listed(name)}
    manifest = Manifest(
        files=listed,
        heads=contents.heads,
        entries=contents.entries,
        history_rows=contents.history_rows,
        originals=len(contents.originals),
        documents=len(contents.documents),
        lost=load.lost,
    )
    yield from packer.put_bytes(MANIFEST, json_bytes(manifest))
    yield packer.end()


def _is_listed(name: str) -> bool:
    return name.partition("/")[0] not in {"originals", "documents"}


def _originals(load: _Load, packer: Packer) -> Iterator[bytes]:
    for digest in load.copy.contents.originals:
        sha = digest.hex()
        name = f"originals/{sha[:2]}/{sha[2:]}"
        try:
            file = load.pipeline.originals.path(sha).open("rb")
        except OSError:
            load.lost_originals.append(digest)
            continue
        with file:
            yield from packer.put(name, file)
        if packer.files.pop(name) != sha:
            load.lost_originals.append(digest)


def _documents(load: _Load, packer: Packer) -> Iterator[bytes]:
    for path in load.copy.contents.documents:
        try:
            file = (load.pipeline.data / path).open("rb")
        except OSError:
            load.lost_documents.append(path)
            continue
        with file:
            yield from packer.put(path, file)
        del packer.files[path]


def _settings(load: _Load, packer: Packer) -> Iterator[bytes]:
    """The configuration, templates and catalogues, and the heads given out; no password is in them."""
    config = load.pipeline.config
    yield from _one(packer, "settings/pipeline.toml", config.path)
    for name, folder in (
        ("templates", config.opika.templates),
        ("catalogues", config.opika.catalogues),
    ):
        for path in sorted(folder.glob("*")):
            if path.suffix in _SETTINGS_OF:
                yield from _one(packer, f"settings/{name}/{path.name}", path)
    for path in sorted((config.data / "heads").glob("*")):
        # Those given out since the copy tell of rows that are not in it.
        if path.name[:10] in load.copy.contents.head_days:
            yield from _one(packer, f"heads/{path.name}", path)


def _one(packer: Packer, name: str, path: Path) -> Iterator[bytes]:
    if not path.name.startswith(".") and path.is_file():
        with path.open("rb") as file:
            yield from packer.put(name, file)


def _counted(told: Told, total: int) -> Callable[[int], None]:
    done = 0

    def count(size: int) -> None:
        nonlocal done
        done += size
        told(done, max(total, done))

    return count
