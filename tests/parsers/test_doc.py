"""A .doc is read as Word shows it; LibreOffice writes the files, its DOCX reading is the measure."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opika.errors import EncryptedFileError, FileError, UnreadableFileError
from parsers.doc import read_doc
from parsers.doc_looks import read_look, read_paragraph
from parsers.doc_old import read_old_doc
from parsers.docx import read_docx
from parsers.file import read_file
from parsers.reading import Emphasis, Line, Reading
from tests.forms.convert import office
from tests.forms.documents import make_docx
from tests.forms.habits import STYLES
from tests.forms.marks import Marking, option_runs
from tests.forms.wordml import (
    Document,
    Look,
    cell,
    paragraph,
    run,
    symbol,
    table,
    text_box,
)

WIDE = 4000
LEGACY = Marking("legacy", gap="")
CASES = {
    "looks": paragraph(
        run("у", Look(underline=True)),
        run(" ж", Look(bold=True)),
        run(" к", Look(italic=True)),
        run(" з", Look(strike=True)),
        run(" м", Look(highlight="yellow")),
        run(" ч", Look(colour="C00000")),
        run(" р", Look(border=True)),
        run(" звичайне"),
    ),
    "blanks": paragraph(
        run("№ "), run("\t", Look(underline=True)), run("\tвід   01.02.2026\nдалі")
    ),
    "letters": paragraph(run("Ґанок, сім’я – «їжа» № 5 \U0001f600 кінець")),
    "cells": paragraph(run("до"))
    + table(
        [
            [cell(paragraph(run("а")), paragraph(run("б")), width=WIDE), cell(width=WIDE)],
            [cell(paragraph(run("широка")), width=2 * WIDE, span=2)],
            [cell(paragraph(run("в")), width=WIDE), cell(paragraph(run("г")), width=WIDE)],
        ],
        (WIDE, WIDE),
    )
    + paragraph(run("по")),
    "nested": table(
        [
            [
                cell(
                    paragraph(run("над")),
                    table([[cell(paragraph(run("у")), width=900)] * 2] * 2, (900, 900)),
                    paragraph(run("під")),
                    width=WIDE,
                ),
                cell(paragraph(run("поруч")), width=WIDE),
            ]
        ],
        (WIDE, WIDE),
    )
    + paragraph(run("поза")),
    "box": paragraph(
        run("до "),
        text_box([paragraph(run("у рамці"))], left=0, top=0, width=3000, height=900, ident=7),
        run("після"),
    )
    + paragraph(run("далі")),
    "fields": paragraph(
        option_runs(LEGACY, "усно", chosen=True, ident=1),
        option_runs(LEGACY, "письмово", chosen=False, ident=2),
    ),
    "symbols": paragraph(symbol("Wingdings", "F0FE"), symbol("Wingdings", "F0A8"), run("усно")),
    "deleted": paragraph(
        run("видно "),
        '<w:del w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z">'
        + run("стерте", tag="w:delText")
        + "</w:del>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>сховане</w:t></w:r>",
        run("кінець"),
    ),
}
STYLE_NAMES = tuple(STYLES["tune"])


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, bytes]]:
    """Every DOCX with the .doc that LibreOffice made of it, in one call."""
    folder = tmp_path_factory.mktemp("doc")
    for name, body in CASES.items():
        (folder / f"{name}.docx").write_bytes(Document(body).save())
    for style in STYLE_NAMES:
        made = make_docx(Random(style), "tune", style)
        (folder / f"form-{style}.docx").write_bytes(made.data)
    sources = sorted(folder.glob("*.docx"))
    made_files = office(sources, "doc", folder)
    return {
        source.stem: (source.read_bytes(), target.read_bytes())
        for source, target in zip(sources, made_files, strict=True)
    }


def shown(lines: list[Line]) -> list[tuple[object, ...]]:
    """Lines as a person sees them: letters with their looks, cells, what stands aside."""
    return [
        (
            [(char, word.emphasis) for word in line.words for char in word.text],
            line.text,
            line.cell,
            line.aside,
        )
        for line in lines
    ]


@pytest.mark.parametrize("name", CASES)
def test_a_doc_is_read_as_its_docx(name: str, pairs: dict[str, tuple[bytes, bytes]]) -> None:
    docx, doc = pairs[name]
    expected = shown(read_docx(docx).lines)
    assert expected
    assert shown(read_doc(doc).lines) == expected


@pytest.mark.parametrize("style", STYLE_NAMES)
def test_a_form_in_a_doc_gives_what_its_docx_gives(
    style: str, pairs: dict[str, tuple[bytes, bytes]]
) -> None:
    today = date(2026, 11, 22)
    docx, doc = (read_file(data, "x", today=today) for data in pairs[f"form-{style}"])

    def values(form: dict[str, object]) -> dict[str, object]:
        return {key: value for key, value in form.items() if key not in ("places", "confidence")}

    assert docx.forms
    assert [values(form) for form in doc.forms] == [values(form) for form in docx.forms]


def changed(doc: bytes, change: Callable[[bytearray, int], None]) -> bytes:
    """The file with its head changed."""
    data = bytearray(doc)
    change(data, data.index(b"\xec\xa5"))
    return bytes(data)


def test_a_password_is_called_so(pairs: dict[str, tuple[bytes, bytes]]) -> None:
    def lock(data: bytearray, head: int) -> None:
        data[head + 0x0B] |= 1

    with pytest.raises(EncryptedFileError):
        read_doc(changed(pairs["letters"][1], lock))


def test_counts_that_point_outside_are_damage(pairs: dict[str, tuple[bytes, bytes]]) -> None:
    def lie(data: bytearray, head: int) -> None:
        struct.pack_into("<i", data, head + 0x4C, -5)

    with pytest.raises(UnreadableFileError):
        read_doc(changed(pairs["letters"][1], lie))


@pytest.mark.parametrize("end", [8, 600, 2000])
def test_a_cut_file_is_unreadable(end: int, pairs: dict[str, tuple[bytes, bytes]]) -> None:
    with pytest.raises(UnreadableFileError):
        read_doc(pairs["letters"][1][:end])


def test_the_older_word_s_text_and_rows_are_read(pairs: dict[str, tuple[bytes, bytes]]) -> None:
    # No program here writes Word 6; antiword reads the later files in the same way.
    lines = read_old_doc(pairs["cells"][1]).lines
    assert [(line.text, line.cell and line.cell[1:]) for line in lines] == [
        ("до", None),
        ("а", (0, 0, False)),
        ("б", (0, 0, False)),
        ("широка", (1, 0, True)),
        ("в", (2, 0, False)),
        ("г", (2, 1, True)),
        ("по", None),
    ]


def test_a_file_of_word_6_goes_the_older_way(
    pairs: dict[str, tuple[bytes, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def age(data: bytearray, head: int) -> None:
        struct.pack_into("<HH", data, head, 0xA5DC, 104)

    taken: list[bytes] = []

    def read_old(data: bytes) -> Reading:
        taken.append(data)
        return Reading()

    monkeypatch.setattr("parsers.doc.read_old_doc", read_old)
    old = changed(pairs["letters"][1], age)
    read_doc(old)
    assert taken == [old]


@pytest.mark.parametrize("data", [b"", b"no document", bytes(5000)])
def test_what_antiword_cannot_read_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        read_old_doc(data)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_bytes_that_were_hit_are_read_or_refused(
    pairs: dict[str, tuple[bytes, bytes]], data: st.DataObject
) -> None:
    doc = bytearray(pairs[data.draw(st.sampled_from(sorted(CASES)))][1])
    for _ in range(data.draw(st.integers(1, 6))):
        # The head of the file and of the text are where a wrong byte does most.
        at = data.draw(st.integers(0, 0x500) | st.integers(0, len(doc) - 1))
        doc[at] = data.draw(st.integers(0, 255))
    try:
        read_doc(bytes(doc))
    except FileError:
        return


@given(st.binary(max_size=60))
def test_settings_of_any_bytes_are_read(raw: bytes) -> None:
    assert read_paragraph(raw, raw).depth >= 0
    assert isinstance(read_look(raw).emphasis, Emphasis)


def test_settings_that_lie_elsewhere_are_found() -> None:
    # [MS-DOC] sprmPHugePapx: where in the data stream a long list of settings lies.
    in_table = struct.pack("<HB", 0x2416, 1)
    data = b"____" + struct.pack("<H", len(in_table)) + in_table
    assert read_paragraph(struct.pack("<HI", 0x6646, 4), data).depth == 1


def test_white_ground_and_black_ink_mark_nothing() -> None:
    white = struct.pack("<HB4s4sH", 0xCA71, 10, b"\0\0\0\xff", b"\xff\xff\xff\0", 0)
    black = struct.pack("<H4s", 0x6870, b"\0\0\0\0")
    assert read_look(white + black).emphasis is Emphasis.NONE
