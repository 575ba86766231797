"""An IMAP server that says what a test puts into its mouth: NO, BYE, half a literal, silence.

It understands just enough of the protocol to carry one client through a session; what a command is
answered with is looked up by how its line begins, the longest beginning first.
"""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections.abc import Callable, Mapping

Answer = bytes | Callable[[bytes], bytes]

# Ends the line after what stands before it; not a letter of the protocol.
CUT = b"\x00CUT"
# From here on the server says nothing more, and does not hang up either.
SILENCE = b"\x00SILENCE"
_TAGGED = re.compile(rb"^%T ", re.MULTILINE)
_LITERAL = re.compile(rb"\{(\d+)\}$")

_USUAL: dict[str, Answer] = {
    "SELECT": b"* 0 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 1] x\r\n",
    "EXAMINE": b"* 0 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 1] x\r\n",
    "LOGOUT": b"* BYE\r\n",
}


def listing(*folders: tuple[str, str, str]) -> bytes:
    """The answer to LIST for folders given as (flags, separator, name on the wire)."""
    lines = (f'* LIST ({flags}) "{separator}" "{name}"\r\n' for flags, separator, name in folders)
    return "".join(lines).encode()


class ScriptedServer:
    """Listens on loopback; every connection is answered alike.

    Args:
        answers: the untagged lines that answer a command beginning so; without a tagged line of
            their own (``%T NO …``) they are followed by ``OK``.
        capability: what CAPABILITY says.
        greeting: the first line.
    """

    def __init__(
        self,
        answers: Mapping[str, Answer],
        *,
        capability: str = "IMAP4rev1",
        greeting: bytes = b"* OK ready\r\n",
    ) -> None:
        said: dict[str, Answer] = {"CAPABILITY": f"* CAPABILITY {capability}\r\n".encode()}
        self._answers = _USUAL | said | dict(answers)
        self._greeting = greeting
        self.sent = bytearray()
        self.connections = 0
        self._lines: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"imap://127.0.0.1:{self._listener.getsockname()[1]}"

    def close(self) -> None:
        for end in (self._listener, *self._lines):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                line, _address = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._lines.append(line)
            threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError), line, line.makefile("rb") as commands:
            alive = self._say(line, self._greeting)
            while alive and (command := commands.readline()):
                self.sent += command
                tag, _, words = command.strip().partition(b" ")
                while literal := _LITERAL.search(command.strip()):
                    line.sendall(b"+ go on\r\n")
                    command = commands.read(int(literal[1])) + commands.readline()
                    self.sent += command
                alive = self._say(line, self._answer(tag, words))

    def _answer(self, tag: bytes, words: bytes) -> bytes:
        command = words.decode("utf-8", "replace").removeprefix("UID ").upper()
        fitting = [start for start in self._answers if command.startswith(start.upper())]
        answer = self._answers[max(fitting, key=len)] if fitting else b""
        said = answer(words) if callable(answer) else answer
        if not _TAGGED.search(said) and CUT not in said and SILENCE not in said:
            said += b"%T OK done\r\n"
        return _TAGGED.sub(tag + b" ", said)

    def _say(self, line: socket.socket, said: bytes) -> bool:
        for mark in (CUT, SILENCE):
            if mark in said:
                line.sendall(said.partition(mark)[0])
                if mark == SILENCE:
                    while line.recv(65536):
                        pass
                line.shutdown(socket.SHUT_RDWR)
                return False
        line.sendall(said)
        return True
