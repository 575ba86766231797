"""``python -m bench.disturbed.rounds FOLDER``: passes of the main job, each in a process to be killed.

One order a line comes in as JSON (:class:`Order`), one :class:`Ended` a line goes out. Every pass
runs in a fork of this process, which has loaded everything and opened nothing, so that it costs no
second to begin. What a killed pass leaves running is killed, too, as a service manager does.
"""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import contextlib
import ctypes
import importlib
import json
import logging
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from bench.disturbed.arrivals import FIRST, full_notice, written
from journal import settings
from journal.models import Document
from opika import flow, letters, sending
from opika.config_file import load_config
from opika.delivery import follow
from opika.errors import OpikaError
from opika.limits import new_reader
from opika.pipeline import READERS, Pipeline, open_pipeline
from opika.reading import read_bytes
from opika.worker import Worker
from tests.opika.dying import STEPS as PASS_STEPS
from tests.opika.dying_sender import STEPS as SENDING_STEPS

STEPS = PASS_STEPS | SENDING_STEPS
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of Linux: orphans come to us
_SLICE = 0.002
# Of the letters that a person may answer, what goes to a partner whom the configuration names.
_SENT_KIND = "assessment_request"


@dataclass(frozen=True)
class Order:
    """One pass, and what disturbs it.

    Attributes:
        now: the pass's moment, aware, in ISO form.
        then: the moment that the clock jumps to after it has been asked ``jump_after`` times.
        kill_after: seconds.
        kill_at: a step's name in ``STEPS``, the how manieth call, ``before`` or ``after``.
        longest_file: bytes; longer files cannot be written.
        patience: seconds that are waited for a locked journal; 0: as long as ever.
        approve: digests of arrivals; a person approves and sends the letters they call for.
        person_first: and does so before the pass, not after it.
    """

    now: str
    then: str = ""
    jump_after: int = 0
    kill_after: float = 0.0
    kill_at: tuple[str, int, str] | None = None
    longest_file: int = 0
    patience: float = 0.0
    approve: list[str] = field(default_factory=list)
    person_first: bool = False


@dataclass(frozen=True)
class Ended:
    """How a pass ended.

    Attributes:
        killed: by us.
        ok: it did everything that it found to do.
        error: the class of an error that ended it.
        named: that error is one of ours, with words for a clerk.
        seconds: how long it took.
    """

    killed: bool
    ok: bool = False
    error: str = ""
    named: bool = True
    seconds: float = 0.0


def main(folder: Path) -> None:
    """Do what is ordered until no order comes any more."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    indicators = load_config(folder / "pipeline.toml").opika.catalogues / "indicators.toml"
    read_bytes(written(full_notice(Random(1))), "a.docx", FIRST.date(), indicators)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(asdict(run(folder, Order(**json.loads(line))))) + "\n")
        sys.stdout.flush()


def run(folder: Path, order: Order) -> Ended:
    """One pass in a process of its own."""
    begun = time.monotonic()
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        _live(folder, order, writer)
    os.close(writer)
    killed = _wait(pid, begun + order.kill_after if order.kill_after else None)
    _end_what_is_left()
    with os.fdopen(reader) as pipe:
        said = pipe.read()
    seconds = time.monotonic() - begun
    if killed:
        return Ended(killed=True, seconds=seconds)
    if not said:
        return Ended(killed=False, error="no answer", named=False, seconds=seconds)
    return Ended(killed=False, seconds=seconds, **json.loads(said))


def _wait(pid: int, deadline: float | None) -> bool:
    """Wait for the pass, or kill it then; whether it was killed, by us or by itself."""
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        if deadline and time.monotonic() >= deadline:
            os.kill(pid, signal.SIGKILL)
            deadline = None
        time.sleep(_SLICE)


def _end_what_is_left() -> None:
    """Kill the readers and converters that a pass has left behind: they are our children now."""
    while pids := _children():
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _children() -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The name of the program may hold anything but ends at the last bracket.
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid():
                found.append(int(path.parent.name))
    return found


def _live(folder: Path, order: Order, writer: int) -> None:
    """The life of the process of one pass; it ends here."""
    logging.basicConfig(filename=folder / "log", level=logging.WARNING, force=True)
    try:
        ended = {"ok": _pass(folder, order)}
    except OpikaError as err:
        ended = {"error": type(err).__name__}  # type: ignore[dict-item]
    except Exception as err:
        logging.getLogger(__name__).exception("pass ended")
        ended = {"error": type(err).__name__, "named": False}  # type: ignore[dict-item]
    os.write(writer, json.dumps(ended).encode())
    os._exit(0)


def _pass(folder: Path, order: Order) -> bool:
    if order.longest_file:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order.longest_file, order.longest_file))
    if order.patience:
        settings._WAIT_SECONDS = order.patience  # type: ignore[assignment]
    if order.kill_at:
        _die_at(*order.kill_at)
    config = load_config(folder / "pipeline.toml")
    readers = [_warm(new_reader(config)) for _ in range(READERS)]
    with open_pipeline(config, _clock(order)) as pipeline:
        for reader in readers:
            pipeline._idle.put(reader)
        if order.person_first:
            _answer(pipeline, order.approve)
        report = flow.run_once(pipeline, pipeline.config.sources)
        if not order.person_first:
            _answer(pipeline, order.approve)
        return report.ok and follow(pipeline) == 0


def _warm(reader: Worker) -> Worker:
    """Start a reading process as a fork: it need not load its libraries anew.

    Nothing is opened yet and there is one thread only, so a fork is safe. Should this process die,
    the next one is started as ever.
    """
    usual = multiprocessing.get_context
    multiprocessing.get_context = lambda _method: usual("fork")  # type: ignore[assignment]
    try:
        reader._start()
    finally:
        multiprocessing.get_context = usual
    return reader


def _clock(order: Order) -> Callable[[], datetime]:
    asked = 0

    def clock() -> datetime:
        nonlocal asked
        asked += 1
        jumped = order.then and asked > order.jump_after
        return datetime.fromisoformat(order.then if jumped else order.now)

    return clock


def _answer(pipeline: Pipeline, originals: list[str]) -> None:
    """A person approves the requests to the partner and sends every approved letter."""
    drafts = Document.objects.filter(
        state="draft", kind=_SENT_KIND, entry__forms__file__arrival__original_id__in=originals
    ).exclude(pdf="")
    for document_id in sorted(set(drafts.values_list("pk", flat=True))):
        letters.approve(pipeline, document_id)
    if originals:
        sending.send(pipeline)


def _die_at(step: str, call: int, when: str) -> None:
    """Let this process kill itself at a call of a step's function."""
    module, name = STEPS[step]
    owner = importlib.import_module(module)
    function, calls = getattr(owner, name), iter(range(1, 1 << 30))

    def dying(*args: Any, **kwargs: Any) -> Any:
        mine = next(calls) == call
        if mine and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*args, **kwargs)
        if mine:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, dying)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
