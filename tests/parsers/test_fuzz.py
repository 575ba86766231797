"""Promise 8: whatever the bytes are, a reader gives a reading or a FileError, in time and bounds.

Each file is damaged by its number: a finding names kind and number, and ``damaged`` makes it again.
"""

from __future__ import annotations

import io
import resource
import traceback
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.envelope import Limits, unpack
from opika.errors import FileError, HostileFileError
from opika.worker import Worker
from parsers.file import read_file
from tests.forms.convert import office
from tests.forms.documents import make_docx
from tests.forms.plain import make_text
from tests.parsers.mutating import damaged

TODAY = date(2026, 11, 22)
SAMPLES = Path(__file__).parent.parent.parent / "samples" / "mails" / "sysn"
SECONDS, MEGABYTES = 30, 1024
DOCUMENTS = ("docx", "odt", "rtf", "doc", "pdf", "txt", "html")
PICTURES = ("jpg", "png", "tiff", "scan")
ENVELOPES = ("eml", "zip", "p7s")
_ENOUGH = 3
"""Faults of one kind of file; looking for more only costs time."""
GROWTH = 150
"""Megabytes that a warm child may grow by, whatever it has read."""


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One healthy file of each kind."""
    folder = tmp_path_factory.mktemp("seeds")
    source = folder / "form.docx"
    source.write_bytes(make_docx(Random(11), "tune", "faithful", printed=True).data)
    files = {kind: office([source], kind, folder)[0].read_bytes() for kind in ("odt", "rtf", "doc")}
    files |= {"docx": source.read_bytes(), "pdf": _part_of("09-pdf.eml", b"%PDF-")}
    text = make_text(Random(11), "tune", "txt").text
    files |= {"txt": text.encode(), "html": f"<html><body><p>{text}</p></body></html>".encode()}
    files |= _pictures(files["pdf"])
    files["eml"] = (SAMPLES / "05-forwarded.eml").read_bytes()
    files["zip"] = _part_of("04-zip.eml", b"PK")
    signed = SAMPLES.parent / "rogcsssdm" / "14-signed.eml"
    files["p7s"] = _attached(signed, "p7s")
    return files


def _part_of(mail: str, mark: bytes) -> bytes:
    import email

    parts = email.message_from_bytes((SAMPLES / mail).read_bytes()).walk()
    found = [part.get_payload(decode=True) for part in parts if not part.is_multipart()]
    return next(data for data in found if isinstance(data, bytes) and data.startswith(mark))


def _attached(mail: Path, suffix: str) -> bytes:
    import email

    for part in email.message_from_bytes(mail.read_bytes()).walk():
        if (part.get_filename() or "").endswith(suffix):
            data = part.get_payload(decode=True)
            assert isinstance(data, bytes)
            return data
    raise AssertionError(suffix)


def _pictures(pdf: bytes) -> dict[str, bytes]:
    """The upper part of a page, small: recognition is slow."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=100 / 72).to_pil().convert("L")
    image = page.crop((0, page.height // 4, page.width // 2, page.height // 3))
    made = {}
    for kind, name in (("jpg", "JPEG"), ("png", "PNG"), ("tiff", "TIFF"), ("scan", "PDF")):
        out = io.BytesIO()
        image.save(out, name, dpi=(100, 100), resolution=100)
        made[kind] = out.getvalue()
    return made


def outcome(data: bytes, name: str, envelope: bool) -> tuple[str | None, int]:
    """In the child: what must not happen, if it did, and the child's memory in megabytes."""
    fault = None
    try:
        if envelope:
            unpack(data, name, Limits(max_bytes=10**7, max_total=4 * 10**7))
        else:
            read_file(data, name, today=TODAY)
    except FileError:
        pass
    except Exception:  # noqa: BLE001 - this is what is searched for
        fault = traceback.format_exc()
    return fault, _resident()


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 2**20


@pytest.fixture(scope="module")
def reader() -> Iterator[Worker]:
    with Worker(SECONDS, MEGABYTES) as reader:
        yield reader


def run(reader: Worker, kind: str, seed: bytes, numbers: range) -> None:
    """Read each damaged file in one warm child; every fault is told with its number."""
    faults: list[str] = []
    memory: list[int] = []
    for number in numbers:
        data = damaged(kind, seed, number)
        try:
            fault, used = reader.call(outcome, data, f"a.{kind}", kind in ENVELOPES)
        except HostileFileError as err:
            fault, used = str(err), 0
        if fault:
            faults.append(f"{kind} {number}: {fault}")
        memory.append(used)
        if len(faults) == _ENOUGH:
            break
    assert not faults, f"{len(faults)} of {len(memory)}:\n" + "\n".join(faults)
    warm = memory[: max(len(memory) // 4, 1)]
    assert max(memory) <= max(warm) + GROWTH, f"{max(warm)} → {max(memory)} MB"


@pytest.mark.parametrize("kind", DOCUMENTS + PICTURES)
def test_the_healthy_file_is_read(kind: str, seeds: dict[str, bytes]) -> None:
    assert len(read_file(seeds[kind], "a", today=TODAY).text) > 40


@pytest.mark.parametrize("kind", DOCUMENTS + ENVELOPES)
def test_a_damaged_file_is_read_or_refused_with_its_reason(
    kind: str, seeds: dict[str, bytes], reader: Worker
) -> None:
    run(reader, kind, seeds[kind], range(40))


@pytest.mark.parametrize("kind", PICTURES)
def test_a_damaged_picture_is_read_or_refused_with_its_reason(
    kind: str, seeds: dict[str, bytes], reader: Worker
) -> None:
    run(reader, kind, seeds[kind], range(5))


@pytest.mark.long
@pytest.mark.parametrize("kind", DOCUMENTS + ENVELOPES)
def test_five_thousand_damaged_files_are_read_or_refused(
    kind: str, seeds: dict[str, bytes], reader: Worker
) -> None:
    run(reader, kind, seeds[kind], range(1_000, 1_500))


@pytest.mark.long
@pytest.mark.parametrize("kind", PICTURES)
def test_hundreds_of_damaged_pictures_are_read_or_refused(
    kind: str, seeds: dict[str, bytes], reader: Worker
) -> None:
    run(reader, kind, seeds[kind], range(1_000, 1_100))


MARKS = (
    b"PK\x03\x04",
    b"%PDF-1.4\n",
    b"{\\rtf1\\ansi\\ansicpg1251 ",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
    b"\xff\xd8\xff\xe0",
    b"\x89PNG\r\n\x1a\n",
    b"II*\x00",
    b"\x00\x00\x00\x18ftypheic",
    b"<html><body>",
    b"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n",
    b"\xff\xfe",
    b"",
)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.sampled_from(MARKS), st.binary(max_size=400), st.booleans())
def test_bytes_behind_any_mark_are_read_or_refused(
    reader: Worker, mark: bytes, rest: bytes, envelope: bool
) -> None:
    fault, _used = reader.call(outcome, mark + rest, "a", envelope)
    assert fault is None, fault
