"""HTML is read as a browser shows it, with what was ticked in it; nothing is fetched or run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opika.errors import FileError, HostileFileError
from parsers.html import is_html, read_html
from parsers.reading import EMPTY_BOX, FILLER, TICKED_BOX, Cell, Emphasis, Line


def read(body: str, head: str = "") -> list[Line]:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read_html(page.encode()).lines


def text(body: str) -> str:
    return "\n".join(line.text for line in read(body))


def looks(body: str) -> dict[str, Emphasis]:
    return {word.text: word.emphasis for line in read(body) for word in line.words}


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><p>а",
        "\ufeff \n<HTML xmlns:v='urn:x'>",
        "<!-- saved from url --><html>",
        '<?xml version="1.0"?><html>',
        '<div dir="ltr">',
        "<p>",
    ],
)
def test_a_page_is_known_by_its_beginning(page: str) -> None:
    assert is_html(page.encode())
    assert is_html(page.encode("utf-16"))


@pytest.mark.parametrize("data", ["Додаток 1 <b>", "<petro@example.org> wrote:", "", "<pre-war>"])
def test_a_text_with_brackets_is_no_page(data: str) -> None:
    assert not is_html(data.encode())


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("cp1251", "windows-1251"),
        ("koi8_u", "koi8-u"),
        ("utf-8", "windows-1251"),
        ("utf-16", "utf-8"),
        ("cp1251", "no-such-charset"),
        ("utf-8", ""),
        ("cp1251", ""),
    ],
)
def test_letters_come_in_every_charset(encoding: str, named: str) -> None:
    page = f'<html><meta charset="{named}"><p>Їжак на Синьому Озері, ґанок і вишня'
    assert read_html(page.encode(encoding)).text == "Їжак на Синьому Озері, ґанок і вишня"


def test_words_stand_out_by_elements_and_styles() -> None:
    body = (
        "<u>у</u> <b>ж</b> <em>к</em> <s>з</s> <mark>м</mark> "
        '<span style="text-decoration: line-through">р</span> '
        '<span style="FONT-WEIGHT:700">т</span> <span style="background:yellow">ф</span> '
        '<span style="background-color: #ffffff; border: none; color: #222222">п</span> '
        '<font color="#c00000">ч</font> <span style="border:solid windowtext 1.0pt">н</span> '
        '<b><span style="font-weight:normal">л</span></b>'
    )
    assert looks(body) == {
        "у": Emphasis.UNDERLINE,
        "ж": Emphasis.BOLD,
        "к": Emphasis.ITALIC,
        "з": Emphasis.STRIKE,
        "м": Emphasis.HIGHLIGHT,
        "р": Emphasis.STRIKE,
        "т": Emphasis.BOLD,
        "ф": Emphasis.HIGHLIGHT,
        "п": Emphasis.NONE,
        "ч": Emphasis.HIGHLIGHT,
        "н": Emphasis.HIGHLIGHT,
        "л": Emphasis.NONE,
    }


def test_the_ground_of_a_cell_marks_no_word() -> None:
    assert looks('<table><td style="background:yellow">усно</td></table>') == {
        "усно": Emphasis.NONE
    }


def test_white_space_is_one_space_unless_it_is_kept() -> None:
    (line,) = read("<p>\n   а \n <i> б</i>&nbsp;&nbsp;&nbsp;&nbsp;в</p>")
    assert [word.gap for word in line.words] == [0.0, 1.0, 4.0]
    assert [line.text for line in read("<pre>а\nб\tв</pre>")] == ["а", "б в"]


def test_libreoffice_s_own_pages_keep_their_columns() -> None:
    head = '<meta name="generator" content="LibreOffice 7.4 (Linux)">'
    (line,) = read("<p>\n\t\tДата    \n\t\tвих.\tДата<u>   </u></p>", head)
    assert [(word.text, word.gap) for word in line.words] == [
        ("Дата", 0.0),
        ("вих.", 4.0),
        ("Дата", 8.0),
        (FILLER, 0.0),
    ]


def test_breaks_and_blocks_end_lines() -> None:
    assert text("а<br>б<p>в<div>г<div>д</div>е</div><ul><li>є<li>ж</ul>").split("\n") == list(
        "абвгдеєж"
    )


def test_a_tab_of_word_s_page_is_a_tab() -> None:
    (line,) = read("<p>а<span style='mso-tab-count:1'>&nbsp;&nbsp;&nbsp; </span>б</p>")
    assert line.words[1].gap == 8.0


def test_what_is_not_shown_is_not_read() -> None:
    body = (
        "<script>a()</script><style>p{}</style><!-- б --><template>в</template>"
        '<p style="display:none">г</p><p hidden>ґ</p><span style="mso-hide:all">д</span>'
        '<del cite="mailto:x" datetime="2026">е</del><svg><text>є</text></svg>'
        "<noscript>ж</noscript><button>з</button>видно"
    )
    assert text(body) == "видно"


def test_a_struck_word_is_struck_and_not_lost() -> None:
    assert looks("<del>усно</del>") == {"усно": Emphasis.STRIKE}


def test_controls_show_their_state() -> None:
    body = (
        '<form><input type=checkbox checked>усно <input type="radio"> письмово '
        '<input value="01-15/7"><input type=hidden value=secret><input type=submit value=go> '
        "<select><option>а<option selected>б</select> <textarea>рядок\nще</textarea></form>"
    )
    assert text(body) == f"{TICKED_BOX}усно {EMPTY_BOX} письмово 01-15/7 б рядок\nще"


def test_a_picture_font_s_letters_are_boxes() -> None:
    body = (
        "<span style='font-family:Wingdings'>\u00fe</span>"
        '<font face="Wingdings, serif">\uf0a8</font>'
    )
    assert text(body) == f"{TICKED_BOX}{EMPTY_BOX}"


def test_cells_know_their_places_also_beside_wide_and_high_ones() -> None:
    body = (
        "до<table><thead><tr><th colspan=2>а<th rowspan=2>б</thead>"
        "<tr><td>в<td>г<tr><td rowspan=2>ґ<td><p>д<p>е<td>є<tr><td>ж</table>по"
    )
    assert {line.text: line.cell for line in read(body)} == {
        "до": None,
        "а": Cell(0, 0, 0, last=False),
        "б": Cell(0, 0, 2, last=True),
        "в": Cell(0, 1, 0, last=False),
        "г": Cell(0, 1, 1, last=False),
        "ґ": Cell(0, 2, 0, last=False),
        "д": Cell(0, 2, 1, last=False),
        "е": Cell(0, 2, 1, last=False),
        "є": Cell(0, 2, 2, last=True),
        "ж": Cell(0, 3, 1, last=True),
        "по": None,
    }


def test_a_table_in_a_cell_has_cells_of_its_own() -> None:
    body = "<table><tr><td>а<table><tr><td>б</table>в</table>"
    assert [(line.text, line.cell and line.cell.table) for line in read(body)] == [
        ("а", 0),
        ("б", 1),
        ("в", 0),
    ]


def test_nothing_is_lost_of_a_table_that_is_wrong() -> None:
    body = (
        "<table><caption>назва</caption><form><tr><form><td>а</td></form>загублене"
        "<p>абзац</p></tr></form><td>б</table>"
    )
    assert sorted(text(body).split("\n")) == sorted(["назва", "загублене", "абзац", "а", "б"])


def test_footers_and_notes_stand_aside() -> None:
    body = '<div title="footer"><p>підвал</p></div><div id="sdfootnote1">виноска</div>текст'
    assert [(line.text, line.aside) for line in read(body)] == [
        ("підвал", True),
        ("виноска", True),
        ("текст", False),
    ]


def test_entities_and_addresses_are_not_followed() -> None:
    page = (
        b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><p>a&x;'
        b'<img src="http://127.0.0.1:9/x"><iframe src="file:///etc/hostname"></iframe></p></html>'
    )
    assert "a" in read_html(page).text
    assert "\n" not in read_html(page).text.strip("]>\n")


def test_elements_nested_without_end_are_hostile() -> None:
    with pytest.raises(HostileFileError):
        read("<div>" * 5000 + "дно")


@given(st.lists(st.sampled_from([*"<>/= \"'&;а\0\x07", "<td", "<table>", "<p>", "</", "<u>"])))
def test_any_soup_is_read_or_refused(pieces: list[str]) -> None:
    try:
        read_html(("<html>" + "".join(pieces)).encode())
    except FileError:
        return
