"""A folder of scans: taken once whole, put away, never overwritten."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from intake.folder import Folder
from intake.source import digest_of
from opika.errors import SourceUnavailableError

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SETTLE = timedelta(seconds=3)
LONG_AGO = NOW - timedelta(days=1)


def drop(path: Path, data: bytes = b"scan", written: datetime = LONG_AGO) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (written.timestamp(), written.timestamp()))
    return path


def names(folder: Folder, now: datetime = NOW) -> list[str]:
    return [item.name for item in folder.items(now)]


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path, SETTLE)


def test_a_file_is_handed_out_with_its_bytes_and_the_time_it_was_found(
    folder: Folder, tmp_path: Path
) -> None:
    drop(tmp_path / "школа" / "скан 1.pdf", b"%PDF")
    (item,) = folder.items(NOW)
    assert (item.name, item.data, item.received_at) == ("школа/скан 1.pdf", b"%PDF", NOW)
    assert (item.sha256, item.size, item.uid, item.folder) == (digest_of(b"%PDF"), 4, None, "")


def test_a_file_just_written_is_waited_for(folder: Folder, tmp_path: Path) -> None:
    drop(tmp_path / "a.pdf", written=after(-1))
    assert names(folder) == []
    assert names(folder, after(2)) == ["a.pdf"]


def test_a_growing_file_is_waited_for_until_it_stands_still(folder: Folder, tmp_path: Path) -> None:
    for second in range(0, 8, 2):
        drop(tmp_path / "a.pdf", b"x" * (second + 1), written=after(second))
        assert names(folder, after(second)) == []
    assert names(folder, after(8)) == []
    assert names(folder, after(9)) == ["a.pdf"]


def test_a_file_that_grows_without_a_new_time_is_seen_to_grow(
    folder: Folder, tmp_path: Path
) -> None:
    drop(tmp_path / "a.pdf", b"x", written=after(-1))
    assert names(folder) == []
    drop(tmp_path / "a.pdf", b"xx", written=after(-1))
    assert names(folder, after(2.5)) == []
    assert names(folder, after(5.5)) == ["a.pdf"]


def test_a_clock_that_runs_ahead_only_costs_the_wait(folder: Folder, tmp_path: Path) -> None:
    drop(tmp_path / "a.pdf", written=after(3600))
    assert names(folder) == []
    assert names(folder, after(3)) == ["a.pdf"]


def test_an_empty_file_is_a_scanners_promise_for_an_hour(folder: Folder, tmp_path: Path) -> None:
    drop(tmp_path / "a.pdf", b"", written=after(-1800))
    assert names(folder) == []
    assert names(folder, after(1801)) == ["a.pdf"]


_JPEG = b"\xff\xd8\xff\xe0" + b"x" * 5_000 + b"\xff\xd9"
_TIFF = b"II*\0" + (5_000).to_bytes(4, "little") + b"x" * 5_000


def _zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", os.urandom(9_000).hex())
    return target.getvalue()


@pytest.mark.parametrize(
    "whole",
    [
        b"%PDF-1.4\n" + b"x" * 5_000 + b"startxref\n9\n%%EOF\n",
        b"\x89PNG\r\n\x1a\n" + b"x" * 5_000 + b"\0\0\0\0IEND\xaeB`\x82",
        _JPEG,
        _JPEG + b"\0" * 40,
        _TIFF,
        b"MM\0*" + (5_000).to_bytes(4, "big") + b"x" * 5_000,
        _zipped(),
    ],
)
def test_a_scanner_that_rests_between_two_pages_is_waited_for(
    folder: Folder, tmp_path: Path, whole: bytes
) -> None:
    drop(tmp_path / "a", whole[:4_000], written=after(-300))
    assert names(folder) == []
    drop(tmp_path / "a", whole, written=after(60))
    assert names(folder, after(64)) == []  # changed: stands still only from now on
    assert [item.data for item in folder.items(after(68))] == [whole]


def test_a_file_that_stays_broken_off_is_taken_as_it_is(folder: Folder, tmp_path: Path) -> None:
    drop(tmp_path / "a.pdf", b"%PDF-1.4 half", written=after(-599))
    assert names(folder) == []
    assert names(folder, after(2)) == ["a.pdf"]


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.pdf",
        "~$лист.docx",
        "a.tmp",
        "a.pdf.PART",
        "Thumbs.db",
        "desktop.ini",
        ".git/a.pdf",
        "done/1/a.pdf",
        "Done/a.pdf",
        "failed/a.pdf",
    ],
)
def test_what_is_no_document_is_not_listed(folder: Folder, tmp_path: Path, name: str) -> None:
    drop(tmp_path / name)
    assert names(folder) == []


def test_done_below_another_folder_is_a_folder_like_any_other(
    folder: Folder, tmp_path: Path
) -> None:
    drop(tmp_path / "школа" / "done" / "a.pdf")
    assert names(folder) == ["школа/done/a.pdf"]


def test_links_and_pipes_are_not_followed(folder: Folder, tmp_path: Path) -> None:
    outside = drop(tmp_path.parent / f"{tmp_path.name}-outside" / "secret.pdf")
    (tmp_path / "link.pdf").symlink_to(outside)
    (tmp_path / "link").symlink_to(outside.parent)
    os.mkfifo(tmp_path / "pipe.pdf")
    assert names(folder) == []


def test_a_missing_folder_is_an_unavailable_source(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailableError):
        list(Folder(tmp_path / "gone", SETTLE).items(NOW))


def test_one_unreadable_file_stops_no_other_and_is_reported(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        drop(tmp_path / f"{name}.pdf")
    whole = Path.open

    def refused(path: Path, *args: object) -> object:
        if path.name == "b.pdf":
            raise PermissionError
        return whole(path, "rb")

    monkeypatch.setattr(Path, "open", refused)  # root may read everything
    found: list[str] = []
    with pytest.raises(SourceUnavailableError, match="1 files"):
        for item in folder.items(NOW):
            found.append(item.name)
    assert found == ["a.pdf", "c.pdf"]


def test_a_file_that_a_person_took_away_meanwhile_is_no_fault(
    folder: Folder, tmp_path: Path
) -> None:
    for name in "ab":
        drop(tmp_path / f"{name}.pdf")
    items = folder.items(NOW)
    first = next(items)
    (tmp_path / "b.pdf").unlink()
    assert [first.name, *(item.name for item in items)] == ["a.pdf"]


def test_a_large_file_is_named_and_measured_but_not_loaded(tmp_path: Path) -> None:
    drop(tmp_path / "film.mp4", b"x" * 20)
    (item,) = Folder(tmp_path, SETTLE, max_bytes=10).items(NOW)
    assert (item.too_large, item.data, item.size) == (True, b"", 20)
    assert item.sha256 == digest_of(b"x" * 20)


def test_a_name_in_another_encoding_is_mended(folder: Folder, tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "Повідомлення.pdf".encode("cp1251")
    drop(Path(os.fsdecode(raw)))
    assert names(folder) == ["Повідомлення.pdf"]


def test_a_folder_named_in_another_encoding_is_reported(folder: Folder, tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "школа".encode("cp1251")
    drop(Path(os.fsdecode(raw)) / "a.pdf")
    with pytest.raises(SourceUnavailableError):
        list(folder.items(NOW))


def test_an_acknowledged_file_lies_under_its_arrival(folder: Folder, tmp_path: Path) -> None:
    drop(tmp_path / "школа" / "a.pdf")
    (item,) = folder.items(NOW)
    for _ in range(2):
        folder.acknowledge(item.name, item.sha256, 7)
    assert (tmp_path / "done" / "7" / "a.pdf").read_bytes() == b"scan"
    assert not (tmp_path / "школа" / "a.pdf").exists()
    assert names(folder) == []


def test_nothing_in_done_is_overwritten(folder: Folder, tmp_path: Path) -> None:
    drop(tmp_path / "done" / "7" / "a.pdf", b"earlier")
    drop(tmp_path / "a.pdf", b"later")
    folder.acknowledge("a.pdf", digest_of(b"later"), 7)
    assert (tmp_path / "done" / "7" / "a.pdf").read_bytes() == b"earlier"
    assert (tmp_path / "done" / "7" / "a (2).pdf").read_bytes() == b"later"


def test_a_file_changed_since_it_was_taken_stays(folder: Folder, tmp_path: Path) -> None:
    drop(tmp_path / "a.pdf", b"first")
    (item,) = folder.items(NOW)
    drop(tmp_path / "a.pdf", b"second", written=after(-10))
    folder.acknowledge(item.name, item.sha256, 7)
    assert names(folder, after(10)) == []
    assert names(folder, after(13)) == ["a.pdf"]
    assert not (tmp_path / "done").exists()


def test_putting_away_works_across_file_systems_and_leaves_no_half(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*args: object) -> None:
        raise OSError(errno.EXDEV, "another file system")

    monkeypatch.setattr(os, "link", refused)
    drop(tmp_path / "a.pdf")
    folder.acknowledge("a.pdf", digest_of(b"scan"), 7)
    assert [path.name for path in (tmp_path / "done" / "7").iterdir()] == ["a.pdf"]
    assert not (tmp_path / "a.pdf").exists()


def test_a_move_that_was_cut_short_is_finished(folder: Folder, tmp_path: Path) -> None:
    drop(tmp_path / "a.pdf")
    drop(tmp_path / "done" / "7" / "a.pdf")
    folder.acknowledge("a.pdf", digest_of(b"scan"), 7)
    assert not (tmp_path / "a.pdf").exists()
    assert len(list((tmp_path / "done" / "7").iterdir())) == 1


def test_a_file_that_cannot_be_moved_is_an_error_to_try_again(
    folder: Folder, tmp_path: Path
) -> None:
    drop(tmp_path / "a.pdf")
    drop(tmp_path / "done", b"a file in the way")
    with pytest.raises(SourceUnavailableError):
        folder.acknowledge("a.pdf", digest_of(b"scan"), 7)
    assert (tmp_path / "a.pdf").exists()
