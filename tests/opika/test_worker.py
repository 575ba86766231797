"""Promise 8: a hostile file costs itself and nothing else."""

from __future__ import annotations

import importlib
import os
import signal
import time
from collections.abc import Callable, Iterator

import pytest

from opika.errors import EncryptedFileError, HostileFileError, UnreadableFileError
from opika.worker import ReaderBrokenError, Worker


def double(number: int) -> int:
    return number * 2


def hang() -> None:
    time.sleep(60)


def eat_memory() -> int:
    return len(bytearray(8 * 1024**3))


def die() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def told_seconds() -> str:
    return os.environ["OPIKA_READ_SECONDS"]


def refuse() -> None:
    raise EncryptedFileError("locked", clerk_message="Файл захищено паролем.")


def stumble() -> None:
    raise KeyError("Ковальчук Іван")


def process_id() -> int:
    return os.getpid()


def miss_a_library() -> None:
    importlib.import_module("no_such_library")


@pytest.fixture
def worker() -> Iterator[Worker]:
    with Worker(seconds=5, memory_megabytes=512) as worker:
        yield worker


def test_results_come_back_from_one_warm_child(worker: Worker) -> None:
    assert worker.call(double, 21) == 42
    assert worker.call(process_id) == worker.call(process_id) != os.getpid()


def test_a_hang_is_ended_and_the_next_call_works() -> None:
    with Worker(seconds=1, memory_megabytes=512) as worker:
        worker.call(double, 1)
        with pytest.raises(HostileFileError):
            worker.call(hang)
        assert worker.call(double, 2) == 4


@pytest.mark.parametrize("harm", [eat_memory, die])
def test_memory_and_crash_are_contained(worker: Worker, harm: Callable[[], object]) -> None:
    with pytest.raises(HostileFileError):
        worker.call(harm)
    assert worker.call(double, 3) == 6


def test_our_own_refusal_keeps_its_kind_and_its_words(worker: Worker) -> None:
    with pytest.raises(EncryptedFileError) as caught:
        worker.call(refuse)
    assert caught.value.clerk_message == "Файл захищено паролем."


def test_an_unforeseen_error_tells_its_kind_and_nothing_of_the_text(worker: Worker) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        worker.call(stumble)
    assert str(caught.value) == "KeyError"


def test_a_broken_installation_is_not_the_files_fault(worker: Worker) -> None:
    with pytest.raises(ReaderBrokenError):
        worker.call(miss_a_library)


def test_no_child_is_left_behind() -> None:
    with Worker(seconds=5, memory_megabytes=512) as worker:
        child = worker.call(process_id)
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_child_knows_after_how_many_seconds_it_is_stopped() -> None:
    with Worker(90, 1024) as worker:
        assert worker.call(told_seconds) == "90"
