"""A small disk that can be filled: a tmpfs of its own where this user may mount one."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

_MOUNT, _UMOUNT = "/usr/bin/mount", "/usr/bin/umount"


class Disk:
    """The disk that ``folder`` lies on; ``fills`` says whether it is one of our own."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self._folder = folder
        self._ballast = folder / "ballast"
        folder.mkdir(parents=True)
        options = ["-t", "tmpfs", "-o", f"size={megabytes}m", "opika-bench", str(folder)]
        self.fills = os.geteuid() == 0 and _run(_MOUNT, *options)

    def fill(self, left: int) -> None:
        """Leave so many bytes free."""
        free = shutil.disk_usage(self._folder).free
        with self._ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, free - left))

    def empty(self) -> None:
        """Take the ballast away."""
        self._ballast.unlink(missing_ok=True)

    def close(self) -> None:
        """Give the disk back."""
        if self.fills:
            _run(_UMOUNT, "-l", str(self._folder))


def _run(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603
    except OSError:
        return False
