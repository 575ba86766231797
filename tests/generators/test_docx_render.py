import io
import os
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docxtpl import (  # type: ignore[import-untyped]
    DocxTemplate,
    InlineImage,
    RichText,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from generators.docx import render
from opika.errors import MissingValueError, TemplateError
from tests.generators.small_templates import template, words


def test_value_takes_the_place_of_its_placeholder(tmp_path: Path) -> None:
    path = template(tmp_path / "a.docx", "№ {{ номер }} від {{ дата }}")
    assert words(render(path, {"номер": "12", "дата": "04.03.2026"})) == ["№ 12 від 04.03.2026"]


def test_placeholder_that_word_split_over_runs_is_found(tmp_path: Path) -> None:
    path = template(tmp_path / "a.docx", ("Лист {", "{ но", "мер }", "} готовий"))
    assert words(render(path, {"номер": "12"})) == ["Лист 12 готовий"]


@pytest.mark.parametrize(
    ("value", "expected"), [("є", ["до", "ось є", "по"]), (None, ["до", "по"])]
)
def test_paragraph_without_a_value_disappears(
    tmp_path: Path, value: str | None, expected: list[str]
) -> None:
    path = template(tmp_path / "a.docx", "до", "{%p if x %}", "ось {{ x }}", "{%p endif %}", "по")
    assert words(render(path, {"x": value})) == expected


def test_paragraph_is_repeated_for_each_line(tmp_path: Path) -> None:
    path = template(tmp_path / "a.docx", "{%p for x in xs %}", "{{ x }}", "{%p endfor %}")
    assert words(render(path, {"xs": ["А", "Б"]})) == ["А", "Б"]


def test_characters_of_xml_are_text(tmp_path: Path) -> None:
    path = template(tmp_path / "a.docx", "{{ x }}")
    assert words(render(path, {"x": "ТОВ «A&B» <i> \"'"})) == ["ТОВ «A&B» <i> \"'"]


def test_line_ends_and_tabs_are_kept_as_breaks(tmp_path: Path) -> None:
    path = template(tmp_path / "a.docx", "{{ x }}")
    assert words(render(path, {"x": "один\r\nдва\u2028три\tчотири"})) == ["один\nдва\nтри\tчотири"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=400))
def test_no_text_can_break_the_document(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.docx"
    if not path.exists():
        template(path, "={{ x }}=")
    try:
        data = render(path, {"x": text})
    except MissingValueError:
        return
    said = words(data)[0]
    assert said[0] == said[-1] == "="
    letters = [c for c in text if c.isalnum() and c.isprintable()]
    assert [c for c in said if c.isalnum() and c.isprintable()] == letters


def test_a_name_of_300_letters_is_whole(tmp_path: Path) -> None:
    path = template(tmp_path / "a.docx", "{{ x }}")
    assert words(render(path, {"x": "Я" * 300})) == ["Я" * 300]


@pytest.mark.parametrize("value", [None, "", "  \n", "\x00"])
def test_empty_value_is_refused_by_template_place_and_name(
    tmp_path: Path, value: str | None
) -> None:
    path = template(tmp_path / "лист.docx", "Вступ", "На № {{ номер }}")
    with pytest.raises(MissingValueError) as caught:
        render(path, {"номер": value})
    for part in ("лист.docx", "На № {{ номер }}", "«номер»"):
        assert part in caught.value.clerk_message
        assert part in str(caught.value)


def test_value_that_no_context_gives_is_missing(tmp_path: Path) -> None:
    path = template(tmp_path / "a.docx", "{{ номер }} {{ дата }}")
    with pytest.raises(MissingValueError, match="«дата»"):
        render(path, {"номер": "1"})


def test_empty_value_inside_a_list_is_refused(tmp_path: Path) -> None:
    path = template(tmp_path / "a.docx", "{%p for x in xs %}", "{{ x }}", "{%p endfor %}")
    with pytest.raises(MissingValueError):
        render(path, {"xs": ["А", None]})


def test_misspelt_placeholder_is_answered_with_the_name_that_was_meant(tmp_path: Path) -> None:
    path = template(tmp_path / "a.docx", "№ {{ індкс }}")
    with pytest.raises(TemplateError) as caught:
        render(path, {"індекс": "1", "дата": "2"})
    assert "малося на увазі «індекс»" in caught.value.clerk_message
    assert "№ {{ індкс }}" in caught.value.clerk_message


def test_error_holds_no_value(tmp_path: Path) -> None:
    path = template(tmp_path / "a.docx", "{{ особа }} {{ номер }}")
    with pytest.raises(MissingValueError) as caught:
        render(path, {"особа": "Озерчук", "номер": None})
    assert "Озерчук" not in str(caught.value) + caught.value.clerk_message


def test_unclosed_block_is_named_by_its_paragraph(tmp_path: Path) -> None:
    path = template(tmp_path / "a.docx", "Перший", "{%p if строк %}", "До {{ строк }}")
    with pytest.raises(TemplateError, match=r"\{% if строк %\}.*«if» не закрито"):
        render(path, {"строк": "1"})


def test_block_that_closes_inside_a_table_and_breaks_the_xml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = Document()
    document.add_paragraph("{% if x %}а")
    document.add_table(1, 1).rows[0].cells[0].text = "б{% endif %}"
    document.save(str(path))
    assert render(path, {"x": True})
    with pytest.raises(TemplateError, match="не вдалося заповнити"):
        render(path, {"x": False})


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0 old word"])
def test_damaged_template_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "лист.docx"
    path.write_bytes(data)
    with pytest.raises(TemplateError, match=r"лист\.docx.*пошкоджено"):
        render(path, {})


def test_truncated_template_is_named(tmp_path: Path) -> None:
    path = template(tmp_path / "a.docx", "текст")
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(TemplateError, match="пошкоджено"):
        render(path, {})


def test_missing_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="не знайдено"):
        render(tmp_path / "нема.docx", {})


def test_python_inside_a_template_is_refused(tmp_path: Path) -> None:
    path = template(tmp_path / "a.docx", "{{ ''.__class__.__mro__ }}")
    with pytest.raises((TemplateError, MissingValueError)):
        render(path, {})


def test_same_values_give_the_same_bytes(tmp_path: Path) -> None:
    path = template(tmp_path / "a.docx", "{{ x }}")
    first = render(path, {"x": "1"})
    os.utime(path, (1, 1))
    assert render(path, {"x": "1"}) == first


def test_edited_template_is_read_again(tmp_path: Path) -> None:
    path = template(tmp_path / "a.docx", "було {{ x }}")
    render(path, {"x": "1"})
    template(path, "стало {{ x }}")
    assert words(render(path, {"x": "1"})) == ["стало 1"]


def test_file_properties_name_nobody(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = Document()
    document.add_paragraph("{{ x }}")
    document.core_properties.author = "Особа, яка правила шаблон"
    document.core_properties.last_modified_by = "Особа, яка правила шаблон"
    document.save(str(path))
    data = render(path, {"x": "1"})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
    assert "Особа".encode() not in everything
    assert Document(io.BytesIO(data)).core_properties.author == ""


def test_values_stand_in_header_and_footer_too(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = Document()
    document.sections[0].header.paragraphs[0].text = "верх {{ x }}"
    document.sections[0].footer.paragraphs[0].text = "низ {{ x }}"
    document.save(str(path))
    section = Document(io.BytesIO(render(path, {"x": "1"}))).sections[0]
    assert (section.header.paragraphs[0].text, section.footer.paragraphs[0].text) == (
        "верх 1",
        "низ 1",
    )


def test_picture_of_the_template_stays(tmp_path: Path) -> None:
    path, picture = tmp_path / "a.docx", tmp_path / "herb.png"
    Image.new("RGB", (4, 4), "blue").save(picture)
    document = Document()
    document.add_picture(str(picture))
    document.add_paragraph("{{ x }}")
    document.save(str(path))
    data = render(path, {"x": "1"})
    assert len(Document(io.BytesIO(data)).inline_shapes) == 1


def test_rich_text_goes_through_docxtpl(tmp_path: Path) -> None:
    path = template(tmp_path / "a.docx", "{{r x }}")
    data = render(path, {"x": RichText("жирне", bold=True)})
    assert words(data) == ["жирне"]
    assert any(run.bold for run in Document(io.BytesIO(data)).paragraphs[0].runs)
    assert data == render(path, {"x": RichText("жирне", bold=True)})


def test_picture_among_the_values_goes_through_docxtpl(tmp_path: Path) -> None:
    path, picture = template(tmp_path / "a.docx", "{{ mark }}"), tmp_path / "mark.png"
    Image.new("RGB", (4, 4), "blue").save(picture)
    data = render(path, {"mark": InlineImage(DocxTemplate(path), str(picture))})
    assert len(Document(io.BytesIO(data)).inline_shapes) == 1


def test_columns_in_a_loop_go_through_docxtpl(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = Document()
    cells = document.add_table(1, 3).rows[0].cells
    for cell, text in zip(cells, ("{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"), strict=True):
        cell.text = text
    document.save(str(path))
    table = Document(io.BytesIO(render(path, {"xs": ["1", "2", "3", "4"]}))).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["1", "2", "3", "4"]


def test_fast_way_gives_what_docxtpl_gives(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = Document()
    for text in ("{{ a }} і {{ b }}", "{%p if a %}", "так {{ a|upper }}", "{%p endif %}"):
        document.add_paragraph(text)
    table = document.add_table(3, 2)
    for row, texts in zip(
        table.rows,
        (["{%tr for x in xs %}"], ["{{ x }}", "{{ b }}"], ["{%tr endfor %}"]),
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text
    document.save(str(path))
    context = {"a": "А < Б", "b": "Б", "xs": ["1", "2"]}
    slow = DocxTemplate(path)
    slow.render(context, autoescape=True)
    target = io.BytesIO()
    slow.save(target)
    assert _body(render(path, context)) == _body(target.getvalue())


def _body(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        tree = etree.fromstring(package.read("word/document.xml"))
    for space in tree.iter("{*}t"):
        space.attrib.clear()
    return etree.tostring(tree, method="c14n")
