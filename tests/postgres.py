"""A PostgreSQL server of the tests' own, on a free port of this machine's loopback.

Debian's server is run as a plain user in a folder of its own: as root, by the user ``postgres``
that Debian's package makes, else by oneself. Nothing outside that folder is touched.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

_USER = "postgres"
_PROGRAMS = Path("/usr/lib/postgresql")
_START_SECONDS = 30
# What a test writes need not outlive the power: only the tests that kill the server need this.
_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@dataclass(frozen=True)
class PostgresServer:
    """A running server."""

    port: int

    def url(self, database: str) -> str:
        """The address of one of its databases, as ``[opika] database`` takes it."""
        return f"postgresql://{_USER}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, template: str = "template1") -> str:
        """Make a database, a copy of another one; give its address."""
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._do(copy.format(sql.Identifier(database), sql.Identifier(template)))
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._do(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))

    def dump(self, database: str) -> list[str]:
        """The lines of a script that makes one of its databases anew in an empty one."""
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", _USER]
        said = subprocess.run(  # noqa: S603 - Debian's program
            [_program("pg_dump"), "--inserts", "--no-owner", "--no-privileges", *where, database],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        # What begins with a backslash is for Debian's own client.
        return [line for line in said.splitlines() if line and not line.startswith(("\\", "--"))]

    def _do(self, command: sql.Composed) -> None:
        with psycopg.connect(self.url(_USER), autocommit=True) as connection:
            connection.execute(command)


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """A server with nothing in it; it is gone at the end, with all that it held."""
    folder = Path(tempfile.mkdtemp(prefix="opika-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _USER, _USER)
        yield from _served(folder)
    finally:
        shutil.rmtree(folder)


def _served(folder: Path) -> Iterator[PostgresServer]:
    data = folder / "data"
    # C keeps the order of letters out of the tests: nothing of ours may hang on it.
    _run([_program("initdb"), "-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--no-locale"])
    port = _free_port()
    options = f"-h 127.0.0.1 -p {port} -k {folder} {_FAST}"
    control = [_program("pg_ctl"), "-D", data, "-w", "-t", str(_START_SECONDS)]
    _run([*control, "-l", folder / "log", "-o", options, "start"])
    try:
        yield _answering(PostgresServer(port))
    finally:
        _run([*control, "-m", "immediate", "stop"])


def _answering(server: PostgresServer) -> PostgresServer:
    end = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(server.url(_USER)).close()
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return server


def _program(name: str) -> Path:
    newest = sorted(_PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    if not newest:
        raise RuntimeError("PostgreSQL is missing; script/setup --dev installs it")
    return newest[-1]


def _run(command: Sequence[object]) -> None:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", _USER, "--", *words]
    # Its output goes to no pipe: the server keeps what it inherits open.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(  # noqa: S603 - Debian's programs
            words, stdout=said, stderr=said, cwd="/", check=False
        )
        said.seek(0)
        if done.returncode:
            raise RuntimeError(said.read())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
