"""Reading hostile bytes in a child process that may be killed (promise 8).

A child runs one call after another, so that its libraries are loaded once. A call that takes too
long, needs too much memory or brings the child down costs its own file and nothing else: the child
is killed, a new one starts with the next call.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, ParamSpec, TypeVar, cast

from opika.errors import FileError, HostileFileError, OpikaError, UnreadableFileError

P = ParamSpec("P")
T = TypeVar("T")

# A fresh child now and then: what a C library leaks stays bounded over years.
_CALLS_PER_CHILD = 500
_MEGABYTE = 1024 * 1024
# No file can cause these: our own installation is broken.
_OURS = {kind.__name__ for kind in (ImportError, ModuleNotFoundError, SyntaxError, NameError)}


class ReaderBrokenError(OpikaError):
    """The program that reads is itself broken; the file is blameless and is read again later."""

    retryable = True
    clerk_message = "Програма читання пошкоджена. Повідомте адміністратора: script/setup."


class Worker:
    """One child process; not to be shared between threads.

    Args:
        seconds: the longest that one call may take.
        memory_megabytes: the most address space that the child may have.
    """

    def __init__(self, seconds: float, memory_megabytes: int) -> None:
        self._seconds = seconds
        self._memory = memory_megabytes * _MEGABYTE
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None
        self._calls = 0

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result, computed in the child.

        Raises:
            HostileFileError: the call took too long, too much memory, or brought the child down.
            FileError: the function refused the file.
            ReaderBrokenError: the installation is broken.
            UnreadableFileError: any other error of the function; its kind is in the message.
        """
        pipe = self._start()
        try:
            pipe.send((function, args, kwargs))
            done, result = self._wait(pipe)
        except (EOFError, OSError) as err:
            self.close()
            raise HostileFileError("the reading process died") from err
        except BaseException:
            self.close()
            raise
        if done:
            return cast(T, result)
        raise self._failure(result)

    def _wait(self, pipe: Connection) -> tuple[bool, Any]:
        if not pipe.poll(self._seconds):
            raise HostileFileError(f"no result within {self._seconds:g} s")
        return cast(tuple[bool, Any], pipe.recv())

    def close(self) -> None:
        """End the child; the next call starts a new one."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join()
            process.close()

    def _failure(self, error: OpikaError | str) -> OpikaError:
        if isinstance(error, OpikaError):
            return error
        if error == MemoryError.__name__:
            self.close()
            return HostileFileError("out of memory")
        if error in _OURS:
            return ReaderBrokenError(error)
        return UnreadableFileError(error)

    def _start(self) -> Connection:
        if self._calls >= _CALLS_PER_CHILD or not (self._process and self._process.is_alive()):
            self.close()
            self._calls = 0
        self._calls += 1
        if self._pipe is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, far = context.Pipe()
            limits = (self._seconds, self._memory)
            self._process = context.Process(target=_serve, args=(far, *limits), daemon=True)
            self._process.start()
            far.close()
        return self._pipe


def _serve(pipe: Connection, seconds: float, memory: int) -> None:
    """The child's life: take a call, answer it, until the parent is gone."""
    # A reader of many scanned pages stops by itself before it is stopped (parsers/scan.py).
    os.environ["OPIKA_READ_SECONDS"] = f"{seconds:g}"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # What a C library prints about a file may quote it; a log holds no person's data (promise 7).
    _silence()
    with contextlib.suppress(EOFError, OSError):
        while True:
            function, args, kwargs = pipe.recv()
            _answer(pipe, function, args, kwargs)


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _answer(
    pipe: Connection, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> None:
    try:
        answer: tuple[bool, Any] = (True, function(*args, **kwargs))
    except FileError as err:
        answer = (False, type(err)(str(err), clerk_message=err.clerk_message))
    except Exception as err:  # noqa: BLE001 - the loop's boundary: hostile bytes may raise anything
        answer = (False, type(err).__name__)
    try:
        pipe.send(answer)
    except (MemoryError, ValueError):
        pipe.send((False, MemoryError.__name__))
