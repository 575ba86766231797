"""An ODT is read as its page shows it: nothing hidden, nothing lost, nothing twice."""

from __future__ import annotations

import io
import zipfile

import pytest

from opika.errors import EncryptedFileError, FileError, HostileFileError, UnreadableFileError
from parsers.odt import read_odt
from parsers.reading import EMPTY_BOX, FILLER, TICKED_BOX, Cell, Emphasis, Line

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "fo": "xsl-fo-compatible",
        "draw": "drawing",
        "form": "form",
    }.items()
) + (
    ' xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)
STYLES = """
<style:font-face style:name="W" xmlns:svg="x" svg:font-family="Wingdings"/>
<style:style style:name="U" style:family="text"><style:text-properties
  style:text-underline-style="solid"/></style:style>
<style:style style:name="UB" style:family="text" style:parent-style-name="U"><style:text-properties
  fo:font-weight="700"/></style:style>
<style:style style:name="S" style:family="text"><style:text-properties
  style:text-line-through-type="single"/></style:style>
<style:style style:name="H" style:family="text"><style:text-properties
  fo:background-color="#ffff00"/></style:style>
<style:style style:name="Sym" style:family="text"><style:text-properties
  style:font-name="W"/></style:style>
<style:style style:name="Gone" style:family="text"><style:text-properties
  text:display="none"/></style:style>
<style:style style:name="Loop" style:family="text" style:parent-style-name="Loop"/>
<style:style style:name="Strong" style:family="paragraph"><style:text-properties
  fo:font-weight="bold"/></style:style>
"""


def odt(body: str, styles: str = "", manifest: str = "<m/>") -> bytes:
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{STYLES}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
        if styles:
            package.writestr(
                "styles.xml",
                f"<office:document-styles {NAMES}>{styles}</office:document-styles>",
            )
    return data.getvalue()


def lines(body: str) -> list[Line]:
    return read_odt(odt(body)).lines


def text(body: str) -> str:
    return read_odt(odt(body)).text


def looks(body: str) -> dict[str, Emphasis]:
    (line,) = lines(body)
    return {word.text: word.emphasis for word in line.words}


def test_styles_tell_how_words_stand_out() -> None:
    spans = "".join(
        f'<text:span text:style-name="{style}">{style}</text:span> '
        for style in ("U", "UB", "S", "H", "Loop", "unknown")
    )
    assert looks(f"<text:p>{spans}</text:p>") == {
        "U": Emphasis.UNDERLINE,
        "UB": Emphasis.UNDERLINE | Emphasis.BOLD,
        "S": Emphasis.STRIKE,
        "H": Emphasis.HIGHLIGHT,
        "Loop": Emphasis.NONE,
        "unknown": Emphasis.NONE,
    }


def test_a_paragraph_s_style_reaches_its_words() -> None:
    assert looks('<text:p text:style-name="Strong">усно</text:p>') == {"усно": Emphasis.BOLD}


def test_spaces_and_tabs_keep_their_widths() -> None:
    (line,) = lines('<text:p>а <text:s text:c="4"/>б<text:tab/>в\n   г</text:p>')
    assert [(word.text, word.gap) for word in line.words] == [
        ("а", 0.0),
        ("б", 5.0),
        ("в", 8.0),
        ("г", 1.0),
    ]


def test_an_underlined_stretch_of_white_is_a_blank() -> None:
    assert text('<text:p>№ <text:span text:style-name="U"> <text:s/></text:span></text:p>') == (
        f"№ {FILLER}"
    )


def test_a_space_between_underlined_words_is_no_blank() -> None:
    assert text('<text:p><text:span text:style-name="U">а б</text:span></text:p>') == "а б"


def test_what_is_deleted_hidden_or_a_comment_is_not_read() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>стерте</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>видно<office:annotation><text:p>примітка</text:p></office:annotation>"
        '<text:span text:style-name="Gone">сховане</text:span></text:p>'
        '<text:section text:display="none"><text:p>вимкнене</text:p></text:section>'
    )
    assert text(body) == "видно"


def test_cells_know_their_places_also_under_and_beside_wide_ones() -> None:
    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-columns-spanned="2"><text:p>широка</text:p>'
        "</table:table-cell><table:covered-table-cell/>"
        "<table:table-cell><text:p>третя</text:p></table:table-cell></table:table-row>"
        "</table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-columns-repeated="2"/>'
        "<table:table-cell><text:p>під нею</text:p></table:table-cell></table:table-row>"
        "</table:table><text:p>поза</text:p>"
    )
    assert {line.text: line.cell for line in lines(body)} == {
        "широка": Cell(0, 0, 0, last=False),
        "третя": Cell(0, 0, 2, last=True),
        "під нею": Cell(0, 1, 2, last=True),
        "поза": None,
    }


def test_a_table_in_a_cell_has_cells_of_its_own() -> None:
    inner = (
        "<table:table><table:table-row><table:table-cell><text:p>внутрішня</text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )
    body = (
        f"<table:table><table:table-row><table:table-cell>{inner}<text:p>зовнішня</text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )
    assert [line.cell.table for line in lines(body) if line.cell] == [1, 0]


def test_a_text_box_comes_once_after_its_paragraph() -> None:
    body = (
        "<text:p>до<draw:frame><draw:text-box><text:p>у рамці</text:p></draw:text-box>"
        "</draw:frame><draw:custom-shape><text:p>у фігурі</text:p></draw:custom-shape>"
        " після</text:p>"
    )
    assert text(body) == "до після\nу рамці\nу фігурі"


def test_boxes_of_every_make_show_their_state() -> None:
    mark = '<field:fieldmark field:type="x.FORMCHECKBOX">{}</field:fieldmark>'
    on = '<field:param field:name="Checkbox_Checked" field:value="true"/>'
    body = (
        '<office:forms><form:form><form:checkbox form:id="a" form:current-state="checked" '
        'form:label="усно"/><form:radio form:id="b" form:label="письмово"/>'
        '<form:text form:id="c" form:current-value="01-15/7"/></form:form></office:forms><text:p>'
        + mark.format(on)
        + mark.format("")
        + '<loext:content-control loext:checkbox="true" loext:checked="true">х'
        + '</loext:content-control><loext:content-control loext:showing-place-holder="true">'
        + "Введіть текст</loext:content-control>"
        + '<text:span text:style-name="Sym">\u00a8\uf0fe</text:span>'
        + "".join(f' <draw:control draw:control="{key}"/>' for key in "abc")
        + "</text:p>"
    )
    assert text(body) == (
        f"{TICKED_BOX}{EMPTY_BOX}{TICKED_BOX}{EMPTY_BOX}{TICKED_BOX}"
        f" {TICKED_BOX} усно {EMPTY_BOX} письмово 01-15/7"
    )


def test_headers_come_first_and_footers_and_notes_stand_aside() -> None:
    styles = (
        "<style:master-page><style:header><text:p>шапка</text:p></style:header>"
        "<style:footer><text:p>підвал</text:p></style:footer></style:master-page>"
    )
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>виноска"
    body = f"<text:p>текст{note}</text:p></text:note-body></text:note></text:p>"
    read = read_odt(odt(body, styles)).lines
    assert [(line.text, line.aside) for line in read] == [
        ("шапка", False),
        ("текст", False),
        ("підвал", True),
        ("виноска", True),
    ]


def test_an_encrypted_file_is_called_encrypted() -> None:
    manifest = "<m><file-entry><encryption-data/></file-entry></m>"
    with pytest.raises(EncryptedFileError):
        read_odt(odt("", manifest=manifest))


@pytest.mark.parametrize("end", [10, 200, 600])
def test_a_cut_file_is_unreadable(end: int) -> None:
    with pytest.raises(UnreadableFileError):
        read_odt(odt("<text:p>текст</text:p>")[:end])


def test_entities_are_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("content.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(HostileFileError):
        read_odt(data.getvalue())


@pytest.mark.parametrize("depth", [50, 5000])
def test_deep_nesting_ends_with_text_or_a_file_error(depth: int) -> None:
    body = "<text:section>" * depth + "<text:p>дно</text:p>" + "</text:section>" * depth
    try:
        assert text(body) == "дно"
    except FileError:
        assert depth > 1000


def test_a_cell_repeated_a_billion_times_costs_nothing() -> None:
    body = (
        "<table:table><table:table-row><table:table-cell table:number-columns-repeated="
        '"999999999"><text:p>а<text:s text:c="999999999"/>б</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    )
    assert text(body) == "а б"
