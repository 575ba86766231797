"""A backup becomes a pipeline's data again: in an empty place, proved whole before it is there.

Everything is unpacked and proved beside the place where it is to be; a last renaming puts it there.
Whatever goes wrong, nothing is left of it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.db import connection

from journal import restoring
from journal.copying import Number, numbers, run_postgres
from journal.database import open_journal
from journal.originals import Originals, sync_folder
from opika.config import Config
from opika.errors import BackupError, JournalBusyError, StorageError
from opika.packing import (
    ABOUT,
    DATABASE,
    FORMAT,
    MANIFEST,
    About,
    Identity,
    Manifest,
    members,
    parsed,
    unpacked,
)

Told = Callable[[int, int], None]
"""Hears how many bytes of the file are read, and of how many."""

_CHUNK_BYTES = 1 << 20
# What a description may have; whoever knows the public key may have written it.
_MOST_BYTES = 1 << 24
_SQLITE = "journal.sqlite3"
_DUMP = "journal.dump"
# As the journal writes them: what is never changed is not to be written to.
_UNCHANGING = {"originals", "documents"}


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored.

    Attributes:
        made_at: when the backup was made: nothing later is in it.
        in_doubt: letters that were under way then; a person decides about them.
        alerts: dangers that nobody had acknowledged.
        numbers: the last that each register had given.
        fault: what the proof of the journal found, where that was accepted.
    """

    made_at: datetime
    entries: int
    history_rows: int
    originals: int
    documents: int
    in_doubt: int
    alerts: int
    numbers: list[Number]
    fault: str | None


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup to be restored.

    Attributes:
        file: where it lies.
        identities: the private keys, of which one opens it.
        accept_faults: it is restored, too, if the journal in it is not whole.
    """

    file: Path
    identities: Sequence[Identity]
    accept_faults: bool = False


def restore(
    config: Config,
    backup: Backup,
    *,
    now: datetime,
    actor: str,
    told: Told = lambda done, total: None,
) -> Restored:
    """Restore a backup into the configuration's data folder and database, both empty until then.

    Args:
        config: where to; its settings do not come from the backup.
        backup: which one.
        now: when.
        actor: by whom.
        told: how far it has come.

    Raises:
        BackupError: the place is not empty, no key opens the file, it is damaged, of another
            version, or what is in it is not whole. Nothing is left behind.
        JournalBusyError: another process restores into this place.
        StorageError: the disk is full. Nothing is left behind.
    """
    data = config.data
    _check_empty(data)
    if config.opika.database is not None:
        _check_empty_database()
    with _beside(data) as part:
        try:
            with backup.file.open("rb") as file:
                about, manifest = _unpack(file, backup, config, part, told)
        except FileNotFoundError as err:
            raise BackupError(
                "no such backup", clerk_message=f"Файлу {backup.file} немає."
            ) from err
        with _database(config, part):
            fault = _prove(part, manifest, accept=backup.accept_faults)
            in_doubt = restoring.note_restored(about.made_at, now=now, actor=actor)
            result = _restored(about, manifest, in_doubt, fault)
            connection.close()
            _put_in_place(part, data)
    return result


def _check_empty(data: Path) -> None:
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise BackupError(
            "not empty",
            clerk_message=f"Папка {data} не порожня. Відновлюють лише в порожнє місце: назвіть іншу "
            "(--data ПАПКА) або перенесіть те, що в ній.",
        )


def _check_empty_database() -> None:
    if not restoring.is_empty_database():
        raise BackupError(
            "database is not empty",
            clerk_message="База PostgreSQL не порожня. Створіть нову й назвіть її в налаштуваннях "
            "([opika] database).",
        )


@contextmanager
def _beside(data: Path) -> Iterator[Path]:
    """A folder beside the place, gone at the end unless it was put there."""
    part = data.with_name(f".{data.name}.restoring")
    try:
        data.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(part, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as err:
        raise StorageError(
            "place cannot be made",
            clerk_message=f"У папці {data.parent} не можна створити потрібне. Виконайте дію від "
            "імені того, хто має на це право, або назвіть іншу папку: --data.",
        ) from err
    try:
        _take(handle)
        try:
            _empty(part)
            yield part
        except OSError as err:
            raise StorageError("not restored") from err
        finally:
            shutil.rmtree(part, ignore_errors=True)
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as err:
        raise JournalBusyError(
            "another process restores",
            clerk_message="Сюди саме відновлює інша дія. Дочекайтеся її кінця.",
        ) from err


def _empty(folder: Path) -> None:
    """Remove what a killed restoration has left."""
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _unpack(
    file: IO[bytes], backup: Backup, config: Config, part: Path, told: Told
) -> tuple[About, Manifest]:
    """Unpack all of it, with the digests of what the manifest lists."""
    size = os.fstat(file.fileno()).st_size
    digests: dict[str, str] = {}
    about = manifest = None
    with unpacked(file, backup.identities) as tar:
        for name, content in members(tar):
            told(file.tell(), size)
            if name == ABOUT:
                about = parsed(About, content.read(_MOST_BYTES))
                _check_known(about, config)
            elif about is None:
                break
            elif name == MANIFEST:
                manifest = parsed(Manifest, content.read(_MOST_BYTES))
            else:
                mode = 0o400 if name.partition("/")[0] in _UNCHANGING else 0o600
                digests[name] = _keep(content, part / _place(name, about.engine), mode)
    if about is None or manifest is None:
        raise BackupError(
            "incomplete", clerk_message="Це не резервна копія Opika, або вона неповна."
        )
    if any(digests.get(name) != digest for name, digest in manifest.files.items() if name != ABOUT):
        raise BackupError(
            "digests differ", clerk_message="Файл копії пошкоджено: вміст не той, що записано."
        )
    return about, manifest


def _check_known(about: About, config: Config) -> None:
    if about.format != FORMAT or not restoring.knows_schema(about.schema_):
        raise BackupError(
            "of another version",
            clerk_message=f"Копію створено версією Opika {about.opika}, якої ця програма не знає. "
            "Установіть ту версію або новішу.",
        )
    if about.engine != connection.vendor:
        kept = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise BackupError(
            "of another database",
            clerk_message=f"Журнал у копії – {kept.get(about.engine, about.engine)}, а в "
            f"налаштуваннях – {kept[connection.vendor]} ([opika] database у {config.path}).",
        )


def _place(name: str, engine: str) -> str:
    if name == DATABASE:
        return _SQLITE if engine == "sqlite" else _DUMP
    return name


def _keep(content: IO[bytes], path: Path, mode: int) -> str:
    """Write a file; give its digest."""
    digest = hashlib.sha256()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("xb") as out:
        while piece := content.read(_CHUNK_BYTES):
            digest.update(piece)
            out.write(piece)
    path.chmod(mode)
    return digest.hexdigest()


@contextmanager
def _database(config: Config, part: Path) -> Iterator[None]:
    """The journal of the backup, opened; emptied again where anything goes wrong."""
    database, zone = config.opika.database, config.opika.timezone
    if database is None:
        open_journal(part, None, zone)
        try:
            yield
        finally:
            connection.close()
        return
    try:
        dump = part / _DUMP
        words = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
        run_postgres("pg_restore", [*words, str(dump)], subprocess.DEVNULL)
        dump.unlink()
        open_journal(part, database, zone)
        yield
    except BaseException:
        restoring.clear_database()
        raise


def _prove(part: Path, manifest: Manifest, *, accept: bool) -> str | None:
    """See that the journal is whole and the one that was copied; the fault where that is accepted."""
    from journal.verify import verify

    found = verify(Originals(part / "originals"), part)
    same = (found.heads, found.entries, found.history_rows) == (
        manifest.heads,
        manifest.entries,
        manifest.history_rows,
    )
    fault = found.first_fault or (None if same else "кінець історії не той, що записано в копії")
    if fault and not accept:
        raise BackupError(
            "not whole",
            clerk_message=f"Журнал у копії не цілий: {fault}. Візьміть іншу копію; якщо її немає, "
            "відновіть цю з додатком --accept-faults і передайте адміністраторові.",
        )
    return fault


def _restored(about: About, manifest: Manifest, in_doubt: int, fault: str | None) -> Restored:
    from journal.alerts import unanswered

    return Restored(
        made_at=about.made_at,
        entries=manifest.entries,
        history_rows=manifest.history_rows,
        originals=manifest.originals,
        documents=manifest.documents,
        in_doubt=in_doubt,
        alerts=len(unanswered()),
        numbers=numbers(),
        fault=fault,
    )


def _put_in_place(part: Path, data: Path) -> None:
    os.sync()
    try:
        part.rename(data)
    except OSError as err:
        raise StorageError(
            "cannot be put in place",
            clerk_message=f"Папку {data} не вдалося замінити (можливо, це окремий диск). Назвіть папку "
            "всередині нього: --data.",
        ) from err
    sync_folder(data.parent)
