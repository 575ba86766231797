"""Archives: the files in a zip, 7z or rar, with what may be taken out of them bounded.

Every function yields what it can read and then raises for the rest: half an archive is better
than none, and the clerk learns that there was more.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import c_int, c_void_p
from io import BytesIO
from typing import Any

from intake.charset import decoded
from intake.kind import ZIP_FAULTS
from intake.part import MEBIBYTE, Limits
from opika.errors import (
    EncryptedFileError,
    HostileFileError,
    TooLargeFileError,
    UnreadableFileError,
)
from rules.text import mend_look_alikes

# A blank page as BMP shrinks a thousandfold: the ratio says something only about large contents.
_RATIO_FROM = 16 * MEBIBYTE
_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_BLOCK = 65536


class Budget:
    """What the whole envelope may still cost; every container inside draws on the same one."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._bytes = limits.max_total
        self._files = limits.max_files

    @property
    def is_spent(self) -> bool:
        """Whether not one more file may be taken."""
        return self._files < 1

    def spend(self, size: int) -> None:
        """Pay for one file of ``size`` bytes.

        Raises:
            TooLargeFileError: the file, or everything together, passes a limit.
        """
        self.check(size)
        self._files -= 1
        self._bytes -= size

    def check(self, size: int) -> None:
        """Whether a file of ``size`` bytes could be paid for.

        Raises:
            TooLargeFileError: it could not.
        """
        if self.is_spent:
            raise TooLargeFileError("too many files")
        if size > min(self.limits.max_bytes, self._bytes):
            raise TooLargeFileError("too many bytes")

    def check_ratio(self, content: int, container: int) -> None:
        """Whether ``content`` bytes may come out of a container of so many.

        Raises:
            HostileFileError: it swells like a bomb.
        """
        if content > _RATIO_FROM and content > container * self.limits.max_ratio:
            raise HostileFileError("the container swells beyond all reason")


def zip_members(
    data: bytes, budget: Budget, wanted: Callable[[str], bool] = bool
) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file in a zip whose name is ``wanted``.

    Raises:
        EncryptedFileError: a member needs a password.
        TooLargeFileError: the content passes a limit.
        HostileFileError: it swells like a bomb.
        UnreadableFileError: it is damaged, or packed in a way that nobody reads.
    """
    try:
        # Ukrainian Windows packs names in the DOS code page and does not say so
        archive = zipfile.ZipFile(BytesIO(data), metadata_encoding="cp866")
    except ZIP_FAULTS as error:
        raise UnreadableFileError("damaged zip") from error
    with archive:
        members = [
            info for info in archive.infolist() if not _is_junk(info) and wanted(info.filename)
        ]
        budget.check_ratio(sum(info.file_size for info in members), len(data))
        locked = damaged = False
        for info in members:
            if info.flag_bits & 0x1:
                locked = True
                continue
            budget.check(info.file_size)
            try:
                content = archive.read(info)
            except ZIP_FAULTS:
                damaged = True
                continue
            yield _member_name(info), content
    if locked:
        raise EncryptedFileError("a member of the zip is encrypted")
    if damaged:
        raise UnreadableFileError("a member of the zip is damaged")


def _is_junk(info: zipfile.ZipInfo) -> bool:
    name = info.filename
    return info.is_dir() or name.startswith(_JUNK[0]) or name.endswith(_JUNK[1:])


def _member_name(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & 0x800:  # UTF-8, as it should be
        return info.filename
    # a code page without «і» gets the Latin letter
    return mend_look_alikes(decoded(info.orig_filename.encode("cp866", "replace")))


def other_members(data: bytes, budget: Budget) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file in a 7z or rar, read by libarchive.

    Raises:
        EncryptedFileError: it needs a password.
        TooLargeFileError: the content passes a limit.
        HostileFileError: it swells like a bomb.
        UnreadableFileError: it is damaged.
    """
    import libarchive  # type: ignore[import-untyped] # loads a library of the system

    is_locked = libarchive.ffi.libarchive.archive_entry_is_data_encrypted
    is_locked.argtypes, is_locked.restype = [c_void_p], c_int
    locked = False
    with _reader(libarchive, data) as entries:
        total = 0
        for entry in entries:
            if entry.isdir or entry.issym or entry.islnk:
                continue  # a file whose attributes are damaged is a file
            if is_locked(entry._entry_p) > 0:  # else its cipher would pass for its content
                locked = True
                continue
            content = bytearray()
            for block in entry.get_blocks(_BLOCK):
                content += block
                total += len(block)
                budget.check(len(content))
                budget.check_ratio(total, len(data))
            yield entry.pathname or "", bytes(content)
    if locked:
        raise EncryptedFileError("a member of the archive is encrypted")


@contextmanager
def _reader(libarchive: Any, data: bytes) -> Iterator[Any]:
    locked = libarchive.ffi.libarchive.archive_read_has_encrypted_entries
    locked.argtypes, locked.restype = [c_void_p], c_int
    with libarchive.memory_reader(data) as entries:
        try:
            yield entries
        except libarchive.ArchiveError as error:
            if locked(entries._pointer) > 0:
                raise EncryptedFileError("the archive is encrypted") from error
            raise UnreadableFileError("damaged archive") from error
