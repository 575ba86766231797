r"""An RTF is read as Word shows it, whoever wrote it: Word, LibreOffice, WordPad."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opika.errors import FileError, HostileFileError, UnreadableFileError
from parsers.reading import EMPTY_BOX, FILLER, TICKED_BOX, Cell, Emphasis, Line
from parsers.rtf import read_rtf

HEAD = (
    r"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset204 Times New Roman;}"
    r"{\f1\fnil\fcharset2 Wingdings;}{\f2\fcharset0 Arial{\*\falt Helvetica};}"
    r"{\f3\fcharset238 Arial CE;}}"
    r"{\colortbl;\red255\green255\blue0;\red255\green255\blue255;}"
    r"{\stylesheet{\s0 Normal;}}{\info{\title secret}}"
)


def read(body: str | bytes) -> list[Line]:
    raw = body if isinstance(body, bytes) else body.encode("cp1251")
    return read_rtf(HEAD.encode() + raw + b"}").lines


def text(body: str | bytes) -> str:
    return "\n".join(line.text for line in read(body))


def looks(body: str) -> dict[str, Emphasis]:
    (line,) = read(body)
    return {word.text: word.emphasis for word in line.words}


def test_letters_come_in_every_way_of_writing_them() -> None:
    bytes_of = "".join(f"\\'{byte:02x}" for byte in "Сніг".encode("cp1251"))
    codes_of = "".join(rf"\u{ord(char)}?" for char in "Сніг")
    negative = r"\u-3842?"
    assert text(rf"{bytes_of} {codes_of} Сніг {{\uc0\u1057}} {{\uc2\u1057??}}") == (
        "Сніг Сніг Сніг С С"
    )
    assert text(rf"{{\f1{negative}}}") == TICKED_BOX


def test_a_font_of_the_western_page_is_read_as_cyrillic() -> None:
    assert text(rb"{\f2\'d1\'ed\'b3\'e3 \'ab\'b9\'bb}") == "Сніг «№»"
    head = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}}\f0 "
    assert read_rtf(head + rb"\'d1\'ed\'b3\'e3}").text == "Сніг"


def test_another_alphabet_keeps_its_own_page() -> None:
    assert text(rb"{\f3\'b3\'f3d\'9f}") == "łódź"


def test_a_letter_beyond_the_first_plane_is_one_letter() -> None:
    assert text(r"\u-10179?\u-8704?") == "\U0001f600"


def test_a_paragraph_mark_is_never_taken_for_a_copy_of_a_letter() -> None:
    assert text(r"\u1057\par\u1058?") == "С\nТ"


def test_words_stand_out_as_the_looks_say() -> None:
    body = (
        r"{\ul у }{\b ж \b0 н }{\strike з }{\highlight1 м }{\chcbpat1 т }{\chcbpat2 б }"
        r"{\chbrdr\brdrs\brdrw10 р }{\chbrdr\brdrnone п }{\ul\ulnone к }{\uldb\plain л}"
    )
    assert looks(body) == {
        "у": Emphasis.UNDERLINE,
        "ж": Emphasis.BOLD,
        "н": Emphasis.NONE,
        "з": Emphasis.STRIKE,
        "м": Emphasis.HIGHLIGHT,
        "т": Emphasis.HIGHLIGHT,
        "б": Emphasis.NONE,
        "р": Emphasis.HIGHLIGHT,
        "п": Emphasis.NONE,
        "к": Emphasis.NONE,
        "л": Emphasis.NONE,
    }


def test_a_word_written_in_pieces_is_one_word() -> None:
    (line,) = read(r"{\ul\u1057?\u1085?{\'b3}г}")
    assert [word.text for word in line.words] == ["Сніг"]


def test_hidden_and_deleted_text_is_not_read() -> None:
    assert text(r"а{\v б}{\deleted в}{\*\unknown г}{\pict 00ff}{\*\annotation д}е") == "ае"


def test_an_underlined_tab_is_a_blank() -> None:
    assert text(r"№ {\ul\tab}\tab від") == f"№ {FILLER} від"


def test_cells_know_their_places() -> None:
    body = (
        r"\trowd\cellx3000\cellx6000\pard\intbl а\par б\cell в\cell\row"
        r"\trowd\cellx6000\pard\intbl г\cell\row\pard д\par"
    )
    assert [(line.text, line.cell) for line in read(body)] == [
        ("а", Cell(0, 0, 0, last=False)),
        ("б", Cell(0, 0, 0, last=False)),
        ("в", Cell(0, 0, 1, last=True)),
        ("г", Cell(0, 1, 0, last=True)),
        ("д", None),
    ]


def test_a_cell_under_wider_ones_stands_in_the_column_that_it_is_seen_in() -> None:
    body = (
        r"\trowd\cellx2000\cellx4000\cellx6000\pard\intbl а\cell б\cell в\cell\row"
        r"\trowd\cellx4010\cellx6000\pard\intbl г\cell д\cell\row\pard"
    )
    assert [line.cell.column for line in read(body) if line.cell] == [0, 1, 2, 0, 2]


def test_a_table_in_a_cell_has_cells_of_its_own() -> None:
    body = (
        r"\trowd\cellx5000\cellx9000\pard\intbl до\par"
        r"\pard\intbl\itap2 у\nestcell ж\nestcell"
        r"{\*\nesttableprops\trowd\cellx1000\cellx2000\nestrow}{\nonesttableprops\par}"
        r"\pard\intbl\itap1 по\cell решта\cell\row\pard поза\par"
    )
    assert [(line.text, line.cell) for line in read(body)] == [
        ("до", Cell(0, 0, 0, last=False)),
        ("у", Cell(1, 0, 0, last=False)),
        ("ж", Cell(1, 0, 1, last=True)),
        ("по", Cell(0, 0, 0, last=False)),
        ("решта", Cell(0, 0, 1, last=True)),
        ("поза", None),
    ]


def form_field(settings: str, result: str = "") -> str:
    return (
        r"{\field{\*\fldinst{ FORM... }{\*\formfield{" + settings + r"}}}{\fldrslt " + result + "}}"
    )


def test_form_fields_show_their_state() -> None:
    body = " ".join(
        [
            form_field(r"\fftype1\ffres1\ffdefres0"),
            form_field(r"\fftype1\ffres25\ffdefres1"),
            form_field(r"\fftype1\ffres0\ffdefres1"),
            form_field(r"\fftype0{\*\ffdeftext зразок}", "01-15/7"),
            form_field(r"\fftype2\ffres1{\*\ffl усно}{\*\ffl письмово}", "письмово"),
        ]
    )
    assert text(body) == f"{TICKED_BOX} {TICKED_BOX} {EMPTY_BOX} 01-15/7 письмово"


def test_a_box_whose_state_is_lost_is_doubtful() -> None:
    (line,) = read(r"{\field{\*\fldinst{ FORMCHECKBOX }}{\fldrslt {}}} усно")
    assert (line.words[0].text, line.words[0].confidence) == (EMPTY_BOX, 0.3)


def test_a_symbol_s_field_shows_its_picture_once() -> None:
    body = r"{\field{\*\fldinst SYMBOL 254 \\f Wingdings}{\fldrslt{\f1\'fe}}} усно {\f1\'a8}"
    assert text(body) == f"{TICKED_BOX} усно {EMPTY_BOX}"


def test_headers_come_first_and_footers_and_notes_stand_aside() -> None:
    body = r"{\header шапка\par}{\footer підвал\par}текст{\footnote виноска}\par далі\par"
    assert [(line.text, line.aside) for line in read(body)] == [
        ("шапка", False),
        ("текст", False),
        ("далі", False),
        ("підвал", True),
        ("виноска", True),
    ]


def test_a_text_box_comes_once_after_its_paragraph_and_in_its_cell() -> None:
    shape = (
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt\pard у рамці\par}}{\shprslt{\*\do у рамці}}}"
    )
    body = rf"\trowd\cellx900\pard\intbl до{shape} після\cell\row\pard поза\par"
    assert [(line.text, line.cell) for line in read(body)] == [
        ("до після", Cell(0, 0, 0, last=True)),
        ("у рамці", Cell(0, 0, 0, last=True)),
        ("поза", None),
    ]


def test_of_two_copies_the_better_is_read() -> None:
    assert text(r"{\upr{?}{\*\ud{\u1057?}}}") == "С"


def test_binary_data_is_stepped_over() -> None:
    assert text(b"\xe0{\\pict\\bin5 }}}{{}\xe1") == "аб"


@pytest.mark.parametrize("data", [b"{\\rtf1 abc", b"{\\rtf1 {\\b abc}", HEAD.encode()])
def test_a_cut_file_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        read_rtf(data)


def test_what_follows_the_end_is_nobody_s() -> None:
    assert read_rtf(b"{\\rtf1 abc}\x00\x00{tail").text == "abc"


@pytest.mark.parametrize("body", ["{" * 5000, r"\pard\intbl\itap5000 а\par"])
def test_groups_and_tables_nested_without_end_are_hostile(body: str) -> None:
    with pytest.raises(HostileFileError):
        read(body)


words = st.sampled_from(
    [b"\\" + word for word in b"par cell row nestcell nestrow intbl itap2 itap0 pard trowd".split()]
    + [b"\\cellx100 ", b"\\u99999", b"\\uc3 ", b"{", b"}", b"\\'e0", b"\\*", b"\\fldinst", b"a "]
    + [b"\\shptxt ", b"\\header ", b"\\formfield", b"\\fldrslt", b"\\fftype2", b"\\ffres7", b"\\v"]
    + [b"\\footnote ", b"\\upr", b"\\ud ", b"\\ffl", b"\\fonttbl", b"\\f1 ", b"\\plain", b"\\u-1 "]
)


@given(st.lists(words, max_size=40))
def test_any_order_of_words_is_read_or_refused(pieces: list[bytes]) -> None:
    try:
        read(b"".join(pieces))
    except FileError:
        return
