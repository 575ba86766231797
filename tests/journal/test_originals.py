from __future__ import annotations

import hashlib
import os
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.originals import Originals
from opika.errors import NotFoundError, StorageError


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    return Originals(tmp_path / "originals")


@given(data=st.binary(max_size=5000))
def test_bytes_come_back_unchanged(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = Originals(tmp_path_factory.mktemp("store"))
    name = store.put(data)
    assert name == hashlib.sha256(data).hexdigest()
    assert store.get(name) == data
    assert store.verify(name)


def test_the_same_bytes_are_written_once(originals: Originals) -> None:
    path = originals.path(originals.put(b"letter"))
    before = path.stat()
    os.utime(path, (1, 1))
    originals.put(b"letter")
    assert path.stat().st_ino == before.st_ino
    # Brought again it counts as new: who removes old mail leaves it alone.
    assert path.stat().st_mtime >= before.st_mtime


def test_a_copy_cut_short_is_replaced(originals: Originals) -> None:
    name = originals.put(b"a whole letter")
    path = originals.path(name)
    path.chmod(0o600)
    path.write_bytes(b"a who")
    assert not originals.verify(name)
    originals.put(b"a whole letter")
    assert originals.get(name) == b"a whole letter"


def test_only_its_owner_reads_an_original_and_nobody_writes_it(originals: Originals) -> None:
    path = originals.path(originals.put(b"letter"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@contextmanager
def no_more_than(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_takes_no_more_leaves_nothing_half_written(originals: Originals) -> None:
    with no_more_than(1000), pytest.raises(StorageError):
        originals.put(os.urandom(200_000))
    assert [path for path in originals.root.rglob("*") if path.is_file()] == []


def test_what_a_killed_process_left_half_written_is_swept(originals: Originals) -> None:
    name = originals.put(b"letter")
    old, young = (originals.root / "tmp" / f".{age}.tmp" for age in ("old", "young"))
    old.write_bytes(b"let")
    young.write_bytes(b"lett")
    os.utime(old, (0, 0))
    again = Originals(originals.root)
    assert not old.exists()
    assert young.exists()
    assert again.get(name) == b"letter"


def test_changed_and_lost_bytes_are_noticed(originals: Originals) -> None:
    changed, lost = originals.put(b"one"), originals.put(b"two")
    originals.path(changed).chmod(0o600)
    originals.path(changed).write_bytes(b"One")
    originals.path(lost).unlink()
    assert not originals.verify(changed)
    assert not originals.verify(lost)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_what_is_no_digest_is_no_path(originals: Originals, name: str) -> None:
    with pytest.raises(NotFoundError):
        originals.path(name)


def test_what_was_never_stored_is_not_found(originals: Originals) -> None:
    with pytest.raises(NotFoundError):
        originals.get("0" * 64)
