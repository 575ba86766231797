"""Outlook's own containers: .msg and winmail.dat give their text and files, whatever is damaged."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.envelope import Envelope, Limits, unpack
from intake.kind import kind_of
from intake.outlook import unpacked_rtf
from tests.intake.outlookfile import msg_tree, ole, tnef

LIMITS = Limits()
PDF = b"%PDF-1.4 " + b"x" * 9_000
# The first example of MS-OXRTFCP.
PACKED = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c0900"
    "20627705b06c647d0a800fa0"
)
RTF = rb"{\rtf1\ansi\ansicpg1252\pard hello world}" + b"\r\n"


def shown(envelope: Envelope) -> list[tuple[str, str, str, str | None]]:
    return [(part.path, part.role, part.name, part.text) for part in envelope.parts]


def faults(envelope: Envelope) -> list[tuple[str, str | None]]:
    return [(part.path, part.fault) for part in envelope.parts]


def test_a_msg_gives_its_text_and_its_files_in_full() -> None:
    data = ole(msg_tree(body="Надсилаємо форму.\r\n", files=[("Форма.pdf", PDF), ("б.txt", b"1")]))
    envelope = unpack(data, "лист.msg", LIMITS)
    assert shown(envelope) == [
        ("1", "body", "", "Надсилаємо форму.\n"),
        ("2", "attachment", "Форма.pdf", None),
        ("3", "attachment", "б.txt", None),
    ]
    assert [part.data for part in envelope.parts[1:]] == [PDF, b"1"]


def test_a_mail_in_a_msg_is_opened_too() -> None:
    inner = msg_tree(body="Внутрішній лист", files=[("Форма.pdf", PDF)])
    data = ole(msg_tree(body="Пересилаю", files=[("лист", inner)]))
    assert [(role, text) for _, role, _, text in shown(unpack(data, "", LIMITS))] == [
        ("body", "Пересилаю"),
        ("body", "Внутрішній лист"),
        ("attachment", None),
    ]


def test_a_text_that_is_only_html_or_rtf_is_not_lost() -> None:
    html = "<html><head><meta charset=utf-8></head><p>Дитина сама вдома".encode()
    (body,) = unpack(ole(msg_tree(html=html)), "", LIMITS).parts
    assert (body.role, body.text and body.text.strip()) == ("body", "Дитина сама вдома")
    (rtf,) = unpack(ole(msg_tree(rtf=PACKED)), "", LIMITS).parts
    assert (rtf.name, rtf.data) == ("текст листа.rtf", RTF)


def test_a_msg_with_an_old_word_file_in_it_is_a_msg() -> None:
    doc = ole({"WordDocument": b"x" * 5_000, "1Table": b"y"})
    assert kind_of(doc) == "application/msword"
    data = ole(msg_tree(body="т", files=[("a.doc", doc)]))
    assert kind_of(data) == "application/vnd.ms-outlook"
    assert unpack(data, "", LIMITS).parts[1].media_type == "application/msword"


def winmail(inner: bytes, text: str = "Надсилаємо.") -> bytes:
    return (
        b"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n'
        b"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text.encode() + b"\r\n"
        b"--x\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n\r\n"
        + inner
        + b"\r\n--x--\r\n"
    )


def test_a_winmail_gives_its_files_with_their_long_names() -> None:
    data = winmail(tnef(files=[("Форма про дитину.pdf", PDF, False)]))
    envelope = unpack(data, "a.eml", LIMITS)
    assert shown(envelope)[1] == ("2/1", "attachment", "Форма про дитину.pdf", None)
    assert envelope.parts[1].data == PDF
    assert faults(envelope) == [("1", None), ("2/1", None)]


def test_a_mail_in_a_winmail_is_opened_too() -> None:
    inner = tnef(body=b"inner text", files=[("a.pdf", PDF, False)])
    found = shown(unpack(winmail(tnef(files=[("лист", inner, True)])), "a.eml", LIMITS))
    assert [(role, text) for _, role, _, text in found] == [
        ("body", "Надсилаємо."),
        ("body", "inner text"),
        ("attachment", None),
    ]


def test_the_text_of_a_winmail_counts_where_the_mail_says_nothing() -> None:
    packed = tnef(rtf=PACKED, files=[("a.pdf", PDF, False)])
    told = unpack(winmail(packed), "a.eml", LIMITS)
    silent = unpack(winmail(packed, text=" "), "a.eml", LIMITS)
    assert [part.name for part in told.parts] == ["", "a.pdf"]
    assert [part.name for part in silent.parts] == ["", "текст листа.rtf", "a.pdf"]


def test_what_stands_before_the_damage_is_kept_and_the_damage_is_told() -> None:
    whole = tnef(files=[("a.pdf", PDF, False), ("b.pdf", PDF, False)])
    cut = unpack(whole[:-4_000], "winmail.dat", LIMITS)
    assert faults(cut) == [("", "unreadable"), ("1", None), ("2", "unreadable")]


@pytest.mark.parametrize("make", [ole, lambda tree: ole({**tree, "x": b""})])
def test_a_damaged_msg_is_told(make: Callable[[object], bytes]) -> None:
    data = make(msg_tree(body="текст", files=[("a.pdf", PDF)]))
    envelope = unpack(data[:-600], "a.msg", LIMITS)
    assert "unreadable" in [part.fault for part in envelope.parts]


def test_messages_nested_without_end_are_hostile() -> None:
    tree, packed = msg_tree(body="т"), tnef(body=b"x")
    for _ in range(9):
        tree = msg_tree(body="т", files=[("лист", tree)])
        packed = tnef(body=b"x", files=[("m", packed, True)])
    for data in (ole(tree), packed):
        assert faults(unpack(data, "a", LIMITS))[0] == ("", "hostile")


def test_a_thousand_files_that_share_their_bytes_are_stopped() -> None:
    files = [(f"{number}.bin", b"x" * 5_000) for number in range(300)]
    found = faults(unpack(ole(msg_tree(body="т", files=files)), "a.msg", LIMITS))
    assert len(found) == LIMITS.max_files
    assert found[-1][1] == "too large"


def test_packed_rtf_larger_than_any_letter_is_hostile() -> None:
    bomb = PACKED[:4] + b"\xff\xff\xff\x7f" + PACKED[8:]
    assert faults(unpack(ole(msg_tree(rtf=bomb)), "", LIMITS)) == [("", "hostile")]
    assert unpacked_rtf(PACKED) == RTF


WHOLE = [
    ole(msg_tree(body="текст", files=[("a.pdf", PDF)])),
    tnef(body=b"text", rtf=PACKED, files=[("a.pdf", PDF[:300], False)]),
]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(WHOLE), st.integers(0, 2**32), st.integers(1, 8))
def test_damaged_anywhere_they_still_open(data: bytes, seed: int, changes: int) -> None:
    chance = random.Random(seed)
    changed = bytearray(data)
    for _ in range(changes):
        at = chance.randrange(min(len(changed), 3_000))
        changed[at : at + chance.choice((1, 4))] = chance.randbytes(chance.choice((0, 1, 4)))
    assert unpack(bytes(changed), "winmail.dat", LIMITS).parts
