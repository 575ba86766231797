"""The tests' mail server, and a line to it that can be cut."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

from opika.mailserver import BINARY, PASSWORD, MailServer

__all__ = ["BINARY", "PASSWORD", "Line", "MailServer"]


class Line:
    """A TCP line to a server that counts what it carries and can be cut.

    Args:
        port: of the server.
        cut_after: bytes from the server after which a connection ends.
        cut_before: bytes from the server that never come through: the connection ends.
        delay: seconds before anything from the server is carried on.
    """

    def __init__(
        self,
        port: int,
        *,
        cut_after: int | None = None,
        cut_before: bytes | None = None,
        delay: float = 0.0,
    ) -> None:
        self.cut_after = cut_after
        self.cut_before = cut_before
        self.cuts_left = 1_000
        self.delay = delay
        self._stall: tuple[int, float] | None = None
        self.connections = 0
        self.sent = bytearray()
        self.received = 0
        self._target = port
        self._sockets: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"imap://127.0.0.1:{self.port}"

    @property
    def commands(self) -> int:
        """How many lines the client has sent."""
        return self.sent.count(b"\r\n")

    def delay_after(self, received: int, *, seconds: float) -> None:
        """Let a connection stand still for so long, once, after so many bytes from the server."""
        self._stall = received, seconds

    def close(self) -> None:
        _hang_up(self._listener)
        for end in self._sockets:
            _hang_up(end)
        self._thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._target), 5)
            except OSError:
                return
            far.settimeout(None)
            self.connections += 1
            self._sockets += [near, far]
            threading.Thread(target=self._carry_up, args=(near, far), daemon=True).start()
            threading.Thread(target=self._carry_down, args=(far, near), daemon=True).start()

    def _carry_up(self, near: socket.socket, far: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := near.recv(65536):
                self.sent += data
                far.sendall(data)
        _hang_up(near, far)

    def _carry_down(self, far: socket.socket, near: socket.socket) -> None:
        carried = 0
        with contextlib.suppress(OSError):
            while data := far.recv(65536):
                time.sleep(self.delay)
                if self._is_cut_before(data):
                    break
                if self.cut_after is not None:
                    data = data[: self.cut_after - carried]
                if self._stall and carried > self._stall[0]:
                    time.sleep(self._stall[1])
                    self._stall = None
                carried += len(data)
                self.received += len(data)
                near.sendall(data)
                if self.cut_after is not None and carried >= self.cut_after:
                    break
        _hang_up(near, far)

    def _is_cut_before(self, data: bytes) -> bool:
        if self.cut_before is None or self.cut_before not in data or self.cuts_left < 1:
            return False
        self.cuts_left -= 1
        return True


def _hang_up(*ends: socket.socket) -> None:
    for end in ends:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
