"""DOCX → PDF by LibreOffice without a screen, many documents in one call.

Starting LibreOffice costs ten times as much as converting a letter: callers gather what is due, and
where calls come one soon after another, one LibreOffice may stay (:mod:`generators.resident`).
Every call has its own profile and folder below the work folder, so that calls do not disturb each
other and nothing stays behind, whatever happens.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generators import soffice
from generators.resident import Resident
from opika.errors import ConversionError, StorageError

_NOT_INSTALLED = "LibreOffice не встановлено (пакет libreoffice-writer-nogui)."


@dataclass(frozen=True, slots=True)
class Converter:
    """How DOCX become PDF on this machine.

    Attributes:
        work: a folder of this machine alone, below which each call makes its own and removes it.
        program: LibreOffice's command.
        start_seconds: how long LibreOffice may take to start.
        document_seconds: how long it may take for each document, in seconds.
        resident: a LibreOffice that stays from call to call; None: each call has its own.
    """

    work: Path
    program: str = "soffice"
    start_seconds: float = 60
    document_seconds: float = 15
    resident: Resident | None = None

    def convert(self, docs: Sequence[bytes]) -> list[bytes]:
        """The PDF of each DOCX, in the same order.

        Raises:
            ConversionError: LibreOffice is missing, hung or left a document out; the message
                counts the documents, and none of them is returned.
            StorageError: the disk is full or refuses.
        """
        try:
            return self._converted(docs) if docs else []
        except OSError as err:
            raise StorageError(errno.errorcode.get(err.errno or 0, "work folder")) from err

    def _converted(self, docs: Sequence[bytes]) -> list[bytes]:
        self.work.mkdir(parents=True, exist_ok=True)
        _sweep(self.work)
        with tempfile.TemporaryDirectory(dir=self.work, prefix=f"pdf-{os.getpid()}-") as name:
            folder = Path(name).resolve()
            sources = [folder / f"{number:05}.docx" for number in range(len(docs))]
            for source, data in zip(sources, docs, strict=True):
                source.write_bytes(data)
            limit = self.document_seconds * len(sources)
            if not (self.resident and self.resident.convert(sources, limit)):
                _discard(sources)
                self._run(folder, sources)
            return _results(sources)

    def _run(self, folder: Path, sources: list[Path]) -> None:
        words = soffice.command(self.program, folder, *soffice.conversion(sources))
        limit = self.start_seconds + self.document_seconds * len(sources)
        try:
            with soffice.process_group(words, folder) as process:
                process.wait(limit)
        except FileNotFoundError as err:
            raise ConversionError("no LibreOffice", clerk_message=_NOT_INSTALLED) from err
        except subprocess.TimeoutExpired as err:
            soffice.socket_of(folder).unlink(missing_ok=True)
            raise ConversionError(f"{len(sources)} documents: over {limit:.0f} s") from err


def _sweep(work: Path) -> None:
    """Remove what a call left behind whose process was killed: it holds letters."""
    for folder in work.glob("pdf-*-*"):
        pid = folder.name.split("-")[1]
        if pid.isdigit() and not _is_running(int(pid)):
            soffice.socket_of(folder.resolve()).unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _discard(sources: list[Path]) -> None:
    """Take away what a LibreOffice that was ended may have half written."""
    for source in sources:
        source.with_suffix(".pdf").unlink(missing_ok=True)


def _results(sources: list[Path]) -> list[bytes]:
    targets = [source.with_suffix(".pdf") for source in sources]
    missing = sum(not target.exists() for target in targets)
    if missing:
        raise ConversionError(f"{missing} of {len(targets)} documents were not converted")
    return [target.read_bytes() for target in targets]
