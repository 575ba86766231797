"""A line to an IMAP server that loses patience, refuses or is cut when it is told to."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections import Counter

_COMMAND = re.compile(rb"(\S+) (?:UID )?[A-Z]+")
# What a client sends before it has logged in cannot be refused in a telling way.
_GREETING_COMMANDS = 2


class HostileLine:
    """Carries each connection to a server; misbehaves once for each :meth:`plan`.

    ``injected`` counts what has really been done to a client: ``NO``, ``BYE``, ``cut``.
    """

    def __init__(self, port: int) -> None:
        self._target = port
        self._lock = threading.Lock()
        self._planned: tuple[str, int] | None = None
        self.injected: Counter[str] = Counter()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads = threading.Thread(target=self._accept, daemon=True)
        self._threads.start()

    @property
    def url(self) -> str:
        """Where it listens, as the configuration names a mailbox's server."""
        return f"imap://127.0.0.1:{self._listener.getsockname()[1]}"

    def plan(self, what: str, after: int) -> None:
        """The next connection that comes so far gets a fault.

        Args:
            what: ``NO``: a command is refused; ``BYE``: the server ends the session in its place;
                ``cut``: the line breaks, in the middle of an answer where there is one.
            after: number of commands, for ``cut`` of bytes from the server.
        """
        with self._lock:
            self._planned = (what, after)

    def behave(self) -> None:
        """Take back what has not happened yet."""
        with self._lock:
            self._planned = None

    def close(self) -> None:
        """Take no more connections."""
        _hang_up(self._listener)
        self._threads.join(5)

    def _take(self, what: set[str], reached: int) -> str:
        with self._lock:
            if self._planned is None or self._planned[0] not in what or reached < self._planned[1]:
                return ""
            fault, self._planned = self._planned[0], None
            self.injected[fault] += 1
            return fault

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._target), 5)
            except OSError:
                return
            far.settimeout(None)
            for carry in (self._carry_up, self._carry_down):
                threading.Thread(target=carry, args=(near, far), daemon=True).start()

    def _carry_up(self, near: socket.socket, far: socket.socket) -> None:
        commands = 0
        with contextlib.suppress(OSError):
            while data := near.recv(65536):
                command = _COMMAND.match(data)
                commands += command is not None
                reached = commands - _GREETING_COMMANDS
                fault = self._take({"NO", "BYE"}, reached) if command else ""
                if command and fault == "NO":
                    near.sendall(command[1] + b" NO [UNAVAILABLE] later\r\n")
                    continue
                if fault == "BYE":
                    near.sendall(b"* BYE shutting down\r\n")
                    break
                far.sendall(data)
        _hang_up(near, far)

    def _carry_down(self, near: socket.socket, far: socket.socket) -> None:
        carried = 0
        with contextlib.suppress(OSError):
            while data := far.recv(65536):
                carried += len(data)
                if self._take({"cut"}, carried):
                    near.sendall(data[: len(data) // 2])
                    break
                near.sendall(data)
        _hang_up(near, far)


def _hang_up(*ends: socket.socket) -> None:
    for end in ends:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
