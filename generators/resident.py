"""A LibreOffice that stays, for documents that come one soon after another.

Starting LibreOffice costs ten times as much as converting a letter. While a document is open in it,
it stays, and further calls of its command on the same profile hand their documents over to it: as a
desktop opens a second letter, without any library.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from generators import soffice

_OPEN = "open.txt"
# LibreOffice puts this beside a document that it has opened.
_IS_OPEN = f".~lock.{_OPEN}#"
# Ends when LibreOffice does. Once our end of the pipe is closed, which the system does for a process
# that was killed, too, it removes what is named before «--» and ends everything of LibreOffice.
_GUARD = """
folder=$1 socket=$2; shift 2
{ "$@"; kill -KILL 0; } </dev/null &
read -r _
rm -rf -- "$folder" "$socket"
kill -KILL 0
"""


class Resident:
    """At most one LibreOffice that stays, started when calls come one soon after another.

    A call that comes alone is left to a LibreOffice of its own: to start one that stays would gain
    it nothing, and would hold some 170 MB for nobody.

    Args:
        program: LibreOffice's command.
        start_seconds: how long LibreOffice may take to start.
        idle_seconds: how soon the next call must come, and how long one waits for it.
        documents: after how many it is ended; the next call gets a fresh one.
    """

    def __init__(
        self,
        program: str = "soffice",
        start_seconds: float = 60,
        idle_seconds: float = 300,
        documents: int = 200,
    ) -> None:
        self._program, self._start_seconds = program, start_seconds
        self._idle_seconds, self._documents = idle_seconds, documents
        self._calls = threading.Lock()
        self._guard: subprocess.Popen[bytes] | None = None
        self._folder = Path()
        self._converted = 0
        self._last_call = float("-inf")
        self._closed = False

    def convert(self, sources: Sequence[Path], limit: float) -> bool:
        """Make the PDF of each DOCX beside it, if that is quicker than a LibreOffice of its own.

        Args:
            sources: all in one folder below the work folder.
            limit: how long it may take, in seconds; what takes longer is ended.

        Returns:
            Whether all were made. If not, a LibreOffice of its own shall try, and tells why not.

        Raises:
            OSError: the disk is full or refuses.
        """
        if not self._calls.acquire(blocking=False):
            return False
        try:
            made = self._is_worth_it() and self._stands(sources) and self._convert(sources, limit)
            if not made or self._converted >= self._documents:
                self._end()
            return made
        finally:
            self._last_call = time.monotonic()
            self._calls.release()

    def close(self) -> None:
        """End it now with all that it had, and start none any more."""
        with self._calls:
            self._closed = True
            self._end()

    def _is_worth_it(self) -> bool:
        return not self._closed and time.monotonic() - self._last_call < self._idle_seconds

    def _stands(self, sources: Sequence[Path]) -> bool:
        if self._guard and self._guard.poll() is None:
            return True
        self._end()
        self._guard = self._started(sources[0].parent.parent)
        self._look_again(self._guard, self._idle_seconds)
        deadline = time.monotonic() + self._start_seconds
        while self._guard.poll() is None and time.monotonic() < deadline:
            if (self._folder / _IS_OPEN).exists():
                return True
            time.sleep(0.02)
        return False

    def _started(self, work: Path) -> subprocess.Popen[bytes]:
        self._converted = 0
        self._folder = Path(tempfile.mkdtemp(dir=work, prefix=f"pdf-{os.getpid()}-"))
        kept_open = self._folder / _OPEN
        kept_open.write_text("\n", encoding="utf-8")
        socket = soffice.socket_of(self._folder)
        words = soffice.command(self._program, self._folder, str(kept_open))
        guarded = ["/bin/sh", "-c", _GUARD, "guard", str(self._folder), str(socket), *words]
        return soffice.started(guarded, self._folder, stdin=subprocess.PIPE)

    def _convert(self, sources: Sequence[Path], limit: float) -> bool:
        words = soffice.command(self._program, self._folder, *soffice.conversion(sources))
        try:
            with soffice.process_group(words, sources[0].parent) as process:
                process.wait(limit)
        except subprocess.TimeoutExpired:
            return False
        self._converted += len(sources)
        return all(source.with_suffix(".pdf").exists() for source in sources)

    def _look_again(self, guard: subprocess.Popen[bytes], seconds: float) -> None:
        timer = threading.Timer(seconds, self._end_if_idle, (guard,))
        timer.daemon = True
        timer.start()

    def _end_if_idle(self, guard: subprocess.Popen[bytes]) -> None:
        with self._calls:
            if self._guard is not guard:
                return
            left = self._last_call + self._idle_seconds - time.monotonic()
            if left > 0:
                self._look_again(guard, left)
            else:
                self._end()

    def _end(self) -> None:
        if not self._guard:
            return
        soffice.kill(self._guard)
        if self._guard.stdin:
            self._guard.stdin.close()
        self._guard = None
        soffice.socket_of(self._folder).unlink(missing_ok=True)
        shutil.rmtree(self._folder, ignore_errors=True)
