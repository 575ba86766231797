"""LibreOffice's command: how it is called, and how nothing of it stays when it is ended."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

_OPTIONS = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck")


def command(program: str, folder: Path, *words: str) -> list[str]:
    """The command with a profile of its own below ``folder``, without windows and questions."""
    profile = f"-env:UserInstallation={_profile(folder)}"
    return [program, profile, *_OPTIONS, *words]


def conversion(sources: Sequence[Path]) -> list[str]:
    """The words that have the PDF of each source, all in one folder, written beside it."""
    target = str(sources[0].parent)
    return ["--convert-to", "pdf:writer_pdf_Export", "--outdir", target, *map(str, sources)]


def started(words: Sequence[str], folder: Path, **more: Any) -> subprocess.Popen[bytes]:
    """The command begun in a process group of its own, with ``folder`` for all that it writes."""
    usual: dict[str, Any] = {
        "cwd": folder,
        "env": os.environ | {"HOME": str(folder), "TMPDIR": str(folder)},
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "start_new_session": True,
    }
    return subprocess.Popen(list(words), **usual | more)  # noqa: S603 - our own arguments, no shell


@contextlib.contextmanager
def process_group(words: Sequence[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The command in a process group of its own, all of which is gone afterwards.

    LibreOffice leaves ``oosplash`` behind when only its first process is ended.
    """
    process = started(words, folder)
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a command of :func:`started` with all of its group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def socket_of(folder: Path) -> Path:
    """Where a LibreOffice with its profile below ``folder`` listens for further calls.

    It removes this file when it ends by itself, and leaves it when it is ended.
    """
    digest = hashlib.md5(_profile(folder).encode("utf-16-le"), usedforsecurity=False).digest()
    name = "".join(f"{byte:x}" for byte in digest)
    return Path(f"/tmp/OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{name}")  # noqa: S108 - its choice


def _profile(folder: Path) -> str:
    return (folder / "profile").as_uri()
