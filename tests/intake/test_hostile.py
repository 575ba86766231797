"""Input is hostile: whatever comes, opening it ends, in bounds, and says what it could not do."""

from __future__ import annotations

import io
import random
import time
import zipfile
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

import libarchive  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.envelope import Envelope, Limits, unpack

MESSAGES = sorted((Path(__file__).parent / "messages").glob("*.eml"))
LIMITS = Limits()
TIGHT = Limits(max_bytes=50_000, max_total=120_000, max_files=10, max_depth=4)
HEAD = b"From: a@b.example\r\nDate: x\r\nSubject: x\r\nMIME-Version: 1.0\r\n"


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def seven_zipped(tmp_path: Path, *members: tuple[str, bytes], kind: str = "7zip") -> bytes:
    target = tmp_path / "a.7z"
    with libarchive.file_writer(str(target), kind) as archive:
        for name, data in members:
            archive.add_file_from_memory(name, len(data), data)
    return target.read_bytes()


def faults(envelope: Envelope) -> list[tuple[str, str | None]]:
    return [(part.path, part.fault) for part in envelope.parts]


def mail_with(*attachments: bytes) -> bytes:
    parts = b"".join(
        b"--x\r\nContent-Type: application/octet-stream\r\n"
        b"Content-Disposition: attachment; filename=a.bin\r\n\r\n" + data + b"\r\n"
        for data in attachments
    )
    return HEAD + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + parts + b"--x--\r\n"


def test_a_plain_file_is_one_part_without_a_path() -> None:
    (part,) = unpack(b"%PDF-1.4", "школа/скан.pdf", LIMITS).parts
    assert (part.path, part.name, part.media_type) == ("", "скан.pdf", "application/pdf")
    assert (part.role, part.fault) == ("attachment", None)


@pytest.mark.parametrize("name", ["", "a.eml", "a.pdf", "a.zip"])
def test_no_bytes_are_unreadable(name: str) -> None:
    envelope = unpack(b"", name, LIMITS)
    assert envelope.message is None
    assert faults(envelope) == [("", "unreadable")]


def test_a_damaged_zip_is_unreadable_and_a_damaged_docx_is_left_to_its_reader() -> None:
    data = zipped(("a.txt", b"text" * 50))[:60]
    assert faults(unpack(data, "a.zip", LIMITS)) == [("", "unreadable")]
    assert faults(unpack(data, "a.docx", LIMITS)) == [("", None)]


def test_a_zip_whose_own_kind_is_damaged_is_still_told() -> None:
    data = bytearray(zipped(("mimetype", b"application/zip" * 9), ("a.txt", b"text")))
    at = data.index(b"mimetype") + len(b"mimetype")
    data[at : at + 4] = b"\xff" * 4
    assert faults(unpack(bytes(data), "a.zip", LIMITS)) == [("", "unreadable"), ("1", None)]


def test_an_empty_zip_is_shown_to_a_clerk() -> None:
    assert faults(unpack(zipped(), "a.zip", LIMITS)) == [("", "unreadable")]


def test_members_before_a_damaged_one_are_kept() -> None:
    data = bytearray(zipped(("a.txt", b"first"), ("b.txt", b"second"), method=zipfile.ZIP_STORED))
    data[data.index(b"second")] ^= 1
    envelope = unpack(bytes(data), "a.zip", LIMITS)
    assert faults(envelope) == [("", "unreadable"), ("1", None)]


def test_a_bomb_is_hostile_and_costs_nothing() -> None:
    bomb = zipped(("a.txt", b"\0" * 60_000_000))
    started = time.process_time()
    assert faults(unpack(bomb, "a.zip", LIMITS)) == [("", "hostile")]
    assert time.process_time() - started < 1


def test_a_blank_page_that_shrinks_a_thousandfold_is_no_bomb() -> None:
    page = b"BM" + b"\0" * 8_000_000
    (part,) = unpack(zipped(("скан.bmp", page)), "a.zip", LIMITS).parts
    assert (part.fault, part.data) == (None, page)


def test_a_file_above_the_limit_is_too_large_and_the_others_come() -> None:
    envelope = unpack(mail_with(b"a" * 10, b"b" * 60_000, b"c" * 10), "a.eml", TIGHT)
    assert faults(envelope) == [("1", None), ("2", "too large"), ("3", None)]


def test_everything_together_above_the_limit_is_too_large() -> None:
    envelope = unpack(mail_with(*[b"a" * 50_000] * 3), "a.eml", TIGHT)
    assert faults(envelope) == [("1", None), ("2", None), ("3", "too large")]


def test_too_many_files_end_with_one_fault() -> None:
    envelope = unpack(mail_with(*[b"x"] * 5_000), "a.eml", TIGHT)
    assert [fault for _path, fault in faults(envelope)] == [None] * 10 + ["too large"]


def test_too_many_members_keep_what_was_opened() -> None:
    data = zipped(*[(f"{n}.txt", b"x") for n in range(50)])
    envelope = unpack(data, "a.zip", TIGHT)
    assert faults(envelope)[0] == ("", "too large")
    assert len(envelope.parts) == TIGHT.max_files


def test_containers_nested_without_end_are_hostile() -> None:
    data = b"text"
    for n in range(9):
        data = zipped((f"{n}.zip", data))
    assert faults(unpack(data, "a.zip", LIMITS)) == [("1/1/1/1/1/1", "hostile")]


def test_a_zip_that_holds_itself_ends() -> None:
    data = zipped(*[(f"{n}.zip", zipped(("a.zip", zipped(("x", b"1"))))) for n in range(100)])
    assert len(unpack(data, "a.zip", TIGHT).parts) <= TIGHT.max_files + 1


@pytest.mark.parametrize("depth", [60, 400, 3_000])
def test_multiparts_nested_without_end_are_hostile(depth: int) -> None:
    data = HEAD
    for n in range(depth):
        data += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
    started = time.process_time()
    envelope = unpack(data + b"\r\ntext", "a.eml", LIMITS)
    assert [part.fault for part in envelope.parts] == ["hostile"]
    assert time.process_time() - started < 5


def test_mails_nested_without_end_are_hostile() -> None:
    data = HEAD + b"Content-Type: message/rfc822\r\n\r\n"
    envelope = unpack(data * 50 + HEAD + b"\r\ntext", "a.eml", LIMITS)
    assert [part.fault for part in envelope.parts] == ["hostile"]


def test_a_seven_zip_is_opened(tmp_path: Path) -> None:
    data = seven_zipped(tmp_path, ("Форма 1.txt", b"one"), ("тека/Форма 2.txt", b"two"))
    found = [(part.path, part.name, part.data) for part in unpack(data, "a.7z", LIMITS).parts]
    assert found == [("1", "Форма 1.txt", b"one"), ("2", "Форма 2.txt", b"two")]


def test_a_damaged_seven_zip_is_unreadable(tmp_path: Path) -> None:
    data = seven_zipped(tmp_path, ("a.txt", b"one" * 999))
    assert faults(unpack(data[: len(data) // 2], "a.7z", LIMITS)) == [("", "unreadable")]


def test_a_seven_zip_bomb_is_stopped(tmp_path: Path) -> None:
    data = seven_zipped(tmp_path, ("a.txt", b"\0" * 60_000_000))
    assert faults(unpack(data, "a.7z", LIMITS)) == [("", "hostile")]


def test_a_damaged_signature_container_is_unreadable() -> None:
    eml = next(path for path in MESSAGES if path.stem == "p7s-enveloping").read_bytes()
    cms = unpack(eml, "", LIMITS)
    assert cms.parts[1].signer
    data = b"0\x80\x06\t*\x86H\x86\xf7\r\x01\x07\x02\xa0\x80\x30\x03\x02\x01\x05"
    assert faults(unpack(data, "a.p7s", LIMITS)) == [("", "unreadable")]


def test_headers_without_end_are_cut() -> None:
    data = HEAD + b"To: " + b"a@b.example, " * 100_000 + b"\r\n\r\ntext"
    started = time.process_time()
    envelope = unpack(data, "a.eml", LIMITS)
    assert envelope.message is not None
    assert envelope.message.to[0] == "a@b.example"
    assert len(envelope.message.to) <= 2
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    "body",
    [b"<" * 200_000, b"<!--" * 50_000, b"<div>" * 50_000, b"&" * 200_000, b"<a " * 60_000],
    ids=["brackets", "comments", "nesting", "entities", "attributes"],
)
def test_html_made_to_hang_a_reader_does_not(body: bytes) -> None:
    started = time.process_time()
    unpack(HEAD + b"Content-Type: text/html\r\n\r\n<html>" + body, "a.eml", LIMITS)
    assert time.process_time() - started < 5


def containers() -> list[bytes]:
    """The archives and КЕП containers out of the mails."""
    found = []
    for path in MESSAGES:
        for part in message_from_bytes(path.read_bytes()).walk():
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data.startswith((b"PK", b"0\x80", b"0\x82")):
                found.append(data)
    return found


def damaged(data: bytes, seed: int, changes: int) -> bytes:
    chance = random.Random(seed)
    changed = bytearray(data)
    for _ in range(changes):
        at = chance.randrange(len(changed) + 1)
        length = chance.choice((0, 1, 1, 8, 200))
        changed[at : at + length] = chance.randbytes(chance.choice((0, 1, 1, 4)))
    return bytes(changed)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(containers()), st.integers(0, 2**32), st.integers(1, 6))
def test_containers_damaged_anywhere_still_open(data: bytes, seed: int, changes: int) -> None:
    envelope = unpack(damaged(data, seed, changes), "", LIMITS)
    assert envelope.parts


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(MESSAGES), st.integers(0, 2**32), st.integers(1, 30))
def test_mails_damaged_anywhere_still_open(path: Path, seed: int, changes: int) -> None:
    envelope = unpack(damaged(path.read_bytes(), seed, changes), "a.eml", LIMITS)
    assert envelope.parts or envelope.message
    paths = [part.path for part in envelope.parts]
    assert len(set(paths)) == len(paths)


@given(st.binary(max_size=400), st.sampled_from(["", "a.eml", "a.zip", "a.p7s", "a.docx"]))
def test_any_bytes_open(data: bytes, name: str) -> None:
    for start in (
        b"",
        HEAD,
        b"PK\x03\x04",
        b"0\x80\x06\t*\x86H\x86\xf7\r\x01\x07\x02",
        b"7z\xbc\xaf'\x1c",
    ):
        envelope = unpack(start + data, name, replace(LIMITS, max_files=20))
        assert envelope.parts or envelope.message


@given(st.text(max_size=300))
def test_labels_are_harmless(name: str) -> None:
    (part,) = unpack(b"%PDF", name, LIMITS).parts
    assert part.name
    assert len(part.name) <= 150
    assert not set(part.name) & set("/\\\0\r\n\u202e")
    assert part.name.encode()
