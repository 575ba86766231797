"""The store of originals: bytes named by their own digest, written once, never changed."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from opika.errors import NotFoundError, StorageError

_FULL = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EROFS,
    errno.EIO,
    errno.EACCES,
    errno.EPERM,
}
_TEMPORARY = "tmp"
_HALF_WRITTEN_SECONDS = 3600
_CHUNK_BYTES = 1 << 20


class Originals:
    """Files ``root/ab/cdef…``, each named by the SHA-256 of its content."""

    def __init__(self, root: Path) -> None:
        """Open the store; what a killed process left half-written in it is removed."""
        self.root = root
        sweep(root / _TEMPORARY)

    def path(self, sha256: str) -> Path:
        """Where the bytes of this digest lie, whether or not they are there."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise NotFoundError("not a digest")
        return self.root / sha256[:2] / sha256[2:]

    def put(self, data: bytes) -> str:
        """Keep ``data``: when this returns, they are on the disk under their digest.

        Bytes that lie there whole are left alone; a copy of another size (cut short by a fault of
        the disk) is replaced.

        Raises:
            StorageError: the disk is full or refuses; nothing half-written is left behind.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if path.is_file() and path.stat().st_size == len(data):
            # Whoever removes what is kept no longer leaves alone what was just brought again.
            os.utime(path)
        else:
            with _storing():
                self._make_folder(path.parent)
                self._make_folder(self.root / _TEMPORARY)
            write_whole(path, data, self.root / _TEMPORARY)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes of this digest.

        Raises:
            NotFoundError: they are not in the store.
        """
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise NotFoundError("original is not in the store") from error

    def verify(self, sha256: str) -> bool:
        """Whether the bytes are there and still give their digest."""
        digest = hashlib.sha256()
        try:
            with self.path(sha256).open("rb") as file:
                while chunk := file.read(_CHUNK_BYTES):
                    digest.update(chunk)
        except OSError:
            return False
        return digest.hexdigest() == sha256

    def _make_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            if not self.root.is_dir():
                self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
                sync_folder(self.root.parent)
            folder.mkdir(mode=0o700, exist_ok=True)
            sync_folder(self.root)


@contextmanager
def _storing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageError(errno.errorcode[error.errno]) from error
        raise


def write_whole(path: Path, data: bytes, temporary: Path | None = None) -> None:
    """Put ``data`` at ``path``, whole and on the disk, or not at all.

    Args:
        path: where.
        data: what.
        temporary: a folder on the same disk that is swept; default: that of ``path``.

    Raises:
        StorageError: the disk is full or refuses.
    """
    # The name appears only when the content is on the disk; a crash leaves at most a `.tmp`.
    half = (temporary or path.parent) / f".{secrets.token_hex(8)}.tmp"
    with _storing():
        try:
            with half.open("xb") as file:
                os.fchmod(file.fileno(), 0o400)
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
        sync_folder(path.parent)


def sweep(folder: Path) -> None:
    """Remove what processes that were killed left half-written in ``folder``.

    What is younger than an hour may still be in the hands of a process that lives.
    """
    for half in folder.glob(".*.tmp"):
        with suppress(FileNotFoundError):
            if time.time() - half.stat().st_mtime > _HALF_WRITTEN_SECONDS:
                half.unlink()


def sync_folder(folder: Path) -> None:
    """See that the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
