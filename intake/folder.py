"""A folder into which scanners and people drop files: what is ready in it, and putting it away.

The folder is listed anew each time: notifications of change do not come over a network share. A
file that a scanner is still writing is waited for, and a file is put away by moving it to
``done/<arrival>/``: nothing is ever deleted or overwritten.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import file_digest
from pathlib import Path

from intake.charset import decoded
from intake.part import MEBIBYTE
from intake.source import Item, digest_of
from intake.unfinished import is_unfinished
from opika.errors import PartlyUnavailableError, SourceUnavailableError

logger = logging.getLogger(__name__)

PUT_AWAY = frozenset({"done", "failed"})
# Scanners open an empty file and fill it pages later: an empty one is handed out only when nobody
# can still be writing.
EMPTY_SETTLE = timedelta(hours=1)
# A scanner may also rest between two pages; put away under its hands, the later ones would be lost.
# A file that breaks off is taken as it is, once nobody can still be adding to it.
UNFINISHED_SETTLE = timedelta(minutes=10)

_UNFINISHED = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".filepart")
_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "$recycle.bin"})


@dataclass(frozen=True, slots=True)
class _Look:
    """How a file stood when it was seen like this for the first time."""

    size: int
    modified: int
    since: datetime


class Folder:
    """One folder with everything below it, except ``done/`` and ``failed/``.

    Args:
        path: the folder; it must exist.
        settle: how long a file must have stood still before it is taken.
        max_bytes: of a larger file only name, size and digest are handed out
            (``Item.too_large``).
    """

    def __init__(self, path: Path, settle: timedelta, max_bytes: int = 64 * MEBIBYTE) -> None:
        self.path = path
        self._settle = settle
        self._max_bytes = max_bytes
        self._looks: dict[Path, _Look] = {}
        self._kept: dict[Path, tuple[int, int]] = {}

    def items(self, now: datetime) -> Iterator[Item]:
        """Every file that stands still, by name; ``now`` (aware) becomes its ``received_at``.

        A file that could not be put away is not handed out again while it stays as it was.

        Raises:
            SourceUnavailableError: the folder is missing.
            PartlyUnavailableError: after everything that could be read was handed out: some files
                or folders could not be.
        """
        self._must_exist()
        unreadable = _Unreadable()
        listed = dict(_listing(self.path, unreadable))
        self._looks = {path: self._look(path, info, now) for path, info in listed.items()}
        self._kept = {path: kept for path, kept in self._kept.items() if path in listed}
        for path in sorted(listed):
            item = None
            if self._is_ready(path, now):
                with unreadable:
                    item = self._read(path, now)
            if item is not None:
                yield item
        if unreadable.count:
            raise PartlyUnavailableError(
                f"{unreadable.count} files cannot be read",
                clerk_message=f"У папці є файли, які не вдалося прочитати: {unreadable.count}. "
                "Перевірте права доступу.",
            )

    def _must_exist(self) -> None:
        if not self.path.is_dir():
            raise SourceUnavailableError(
                "the folder is missing",
                clerk_message="Папки для сканів немає або до неї немає доступу. "
                "Opika спробує ще раз сама.",
            )

    def _look(self, path: Path, info: os.stat_result, now: datetime) -> _Look:
        before = self._looks.get(path)
        if before and (before.size, before.modified) == (info.st_size, info.st_mtime_ns):
            return before
        # Seen for the first time (as after a restart), a file has stood still since it was
        # written; a clock that runs ahead of ours proves nothing.
        written = datetime.fromtimestamp(info.st_mtime, UTC)
        return _Look(info.st_size, info.st_mtime_ns, now if before else min(written, now))

    def _is_ready(self, path: Path, now: datetime) -> bool:
        look = self._looks[path]
        if self._kept.get(path) == (look.size, look.modified):
            return False
        settle = self._settle if look.size else max(self._settle, EMPTY_SETTLE)
        return now - look.since >= settle

    def _read(self, path: Path, now: datetime) -> Item | None:
        """The file; None where it changed while we read it or breaks off: its turn comes later."""
        look = self._looks[path]
        path = _named_in_utf8(path)
        with path.open("rb") as file:
            too_large = look.size > self._max_bytes
            data = b"" if too_large else file.read()
            digest = file_digest(file, "sha256").hexdigest() if too_large else digest_of(data)
            info = os.fstat(file.fileno())
        if (info.st_size, info.st_mtime_ns) != (look.size, look.modified):
            return None
        if now - look.since < UNFINISHED_SETTLE and is_unfinished(data):
            return None
        return Item(
            data=data,
            received_at=now,
            name=path.relative_to(self.path).as_posix(),
            folder="",
            uid_validity=None,
            uid=None,
            sha256=digest,
            size=look.size,
            too_large=too_large,
        )

    def acknowledge(self, name: str, sha256: str, arrival_id: int) -> None:
        """Put a file that is safe away to ``done/<arrival_id>/``; twice is harmless.

        A file that is no longer the one that was taken (``sha256``) stays: it is a new one.

        Args:
            name: ``Item.name``.
            sha256: ``Item.sha256``.
            arrival_id: number of the arrival in the journal.

        Raises:
            SourceUnavailableError: the file could not be moved; it may be tried again.
        """
        path = self.path / name
        try:
            if not path.is_file() or path.is_symlink() or _digest(path) != sha256:
                return
            target = self.path / "done" / str(arrival_id)
            target.mkdir(parents=True, exist_ok=True)
            _put_away(path, target, sha256)
        except OSError as error:
            with suppress(OSError):
                info = path.lstat()
                self._kept[path] = info.st_size, info.st_mtime_ns
            raise SourceUnavailableError(
                f"arrival={arrival_id}: the file was not moved: {type(error).__name__}",
                clerk_message="Файл прийнято, але не вдалося перемістити до папки done. "
                "Перевірте права доступу до папки.",
            ) from error
        self._looks.pop(path, None)


class _Unreadable:
    """Counts what could not be read, so that one file stops no other."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, FileNotFoundError):  # taken away by a person meanwhile
            return True
        if isinstance(error, OSError):
            self.note(error)
            return True
        return False

    def note(self, error: OSError) -> None:
        """One more that could not be read."""
        self.count += 1
        logger.warning("a file cannot be read: %s", type(error).__name__)


def _listing(root: Path, unreadable: _Unreadable) -> Iterator[tuple[Path, os.stat_result]]:
    for top, folders, files in os.walk(root, onerror=unreadable.note):
        here = Path(top)
        folders[:] = [
            name for name in folders if not _is_ignored(name) and (here != root or not _away(name))
        ]
        for name in files:
            if not _is_ignored(name):
                with unreadable:
                    info = (here / name).lstat()
                    if stat.S_ISREG(info.st_mode):
                        yield here / name, info


def _away(name: str) -> bool:
    return name.lower() in PUT_AWAY


def _is_ignored(name: str) -> bool:
    low = name.lower()
    return low.startswith((".", "~")) or low.endswith(_UNFINISHED) or low in _SYSTEM


def _named_in_utf8(path: Path) -> Path:
    """The file under a name that can be stored: one in another encoding is renamed first."""
    if _is_text(path.name):
        if not _is_text(str(path.parent)):
            raise OSError(errno.EILSEQ, "a folder's name is in another encoding")
        return path
    mended = _free(path.parent, decoded(os.fsencode(path.name)).replace("/", "_"))
    path.rename(mended)
    return mended


def _is_text(name: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _put_away(path: Path, target: Path, sha256: str) -> None:
    """Move without overwriting, also to another file system; a move cut short is repeated."""
    here = target / path.name
    if here.is_file() and _digest(here) == sha256:
        path.unlink()
        return
    place = _free(target, path.name)
    try:
        os.link(path, place)
    except OSError:  # another file system, or one without links
        _copy(path, place)
    path.unlink()


def _copy(path: Path, place: Path) -> None:
    half = place.with_name(f".{place.name}.part")
    try:
        shutil.copy2(path, half)
        with half.open("rb") as file:
            os.fsync(file.fileno())
        half.rename(place)
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)


def _free(folder: Path, name: str) -> Path:
    """A name in ``folder`` that nothing has yet: ``scan.pdf``, else ``scan (2).pdf`` and so on."""
    place, stem, suffix = folder / name, Path(name).stem, Path(name).suffix
    number = 1
    while os.path.lexists(place):
        number += 1
        place = folder / f"{stem} ({number}){suffix}"
    return place
