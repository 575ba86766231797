"""What goes wrong with a value or a template is right all the same, or told with its place: every kind."""

import io
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Mm
from PIL import Image

from generators.check import check_template
from generators.docx import render
from generators.kinds import KINDS
from generators.lint import lint_docx
from generators.template import load
from generators.to_fill import places_to_fill
from opika.errors import MissingValueError, TemplateError
from tests.generators.sample_cards import card, requisites
from tests.generators.small_templates import words
from tests.generators.test_kinds import TEMPLATES, made, told

Values = dict[str, Any]


def values(kind: str) -> Values:
    return KINDS[kind].context(card(True), requisites(), told(kind))


def template_of(kind: str) -> Path:
    return TEMPLATES / f"{kind}.docx"


def all_words(data: bytes) -> str:
    """Those in tables, too."""
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*words(data), *cells])


@pytest.mark.parametrize("kind", KINDS)
def test_each_empty_value_is_left_out_or_told_with_template_and_paragraph(kind: str) -> None:
    whole, path, told_of = values(kind), template_of(kind), set()
    for name in whole:
        try:
            data = render(path, whole | {name: None})
        except MissingValueError as err:
            assert f"Шаблон {path.name}, абзац «" in err.clerk_message
            assert f"немає значення «{name}»" in err.clerk_message
            told_of.add(name)
        else:
            assert "None" not in all_words(data)
    assert {"дата"} & load(path).variables() <= told_of


@pytest.mark.parametrize("kind", KINDS)
def test_each_misspelt_variable_is_told_with_the_name_that_was_meant(kind: str) -> None:
    whole, path = values(kind), template_of(kind)
    told_of = set()
    for name in sorted(load(path).variables()):
        misspelt = {key: value for key, value in whole.items() if key != name}
        try:
            data = render(path, misspelt | {f"{name}и": whole[name] or "є"})
        except TemplateError as err:
            assert f"невідоме значення «{name}»" in err.clerk_message
            assert f"Можливо, малося на увазі «{name}и»?" in err.clerk_message
            told_of.add(name)
        else:
            # It stands where another value came first, so the paper is the same without it.
            assert data == render(path, whole)
    assert len(told_of) > len(load(path).variables()) / 2


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_list_leaves_no_trace_or_is_asked_for(kind: str) -> None:
    whole = values(kind)
    lists = [name for name, value in whole.items() if isinstance(value, list)]
    for name in lists:
        try:
            data = render(template_of(kind), whole | {name: []})
        except MissingValueError as err:
            assert f"«{name}»" in err.clerk_message
        else:
            assert "{" not in all_words(data) and "[]" not in all_words(data)


SONS = ["Іван", "Петро", "Марко", "Назар", "Тарас"]
DAUGHTERS = "Ганна Олена Марія Ірина Оксана Дарина Софія Надія Віра Любов"
FAMILY = [f"Озерчук {name} Зразкович" for name in SONS]
FAMILY += [f"Озерчук {name} Зразківна" for name in DAUGHTERS.split()]


@pytest.mark.parametrize("kind", [name for name, one in KINDS.items() if "дитина" in one.DETAILS])
def test_fifteen_children_are_all_named_on_a_whole_paper(kind: str) -> None:
    several = KINDS[kind].DETAILS["дитина"].several
    said = told(kind) | {"дитина": FAMILY if several else "; ".join(FAMILY)}
    children = [{"name": name, "birth_date": "2015-05-07", "age": None} for name in FAMILY]
    entry = card(True, persons=children)
    context = KINDS[kind].context(entry, requisites(), said)
    data = made(kind, entry, said)
    text = all_words(data)
    for name in FAMILY:
        assert name.split()[1][:3] in text
    asked = {"to-fill"} if list(places_to_fill(context)) else set()
    assert {fault.rule for fault in lint_docx(data, final=True)} <= asked


@pytest.mark.parametrize("kind", KINDS)
def test_an_unclosed_block_is_told_with_its_paragraph(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"{kind}.docx"
    document = Document(str(template_of(kind)))
    document.paragraphs[0].insert_paragraph_before("{%p if підписант %}")
    document.save(str(path))
    (fault,) = check_template(path, KINDS[kind].VARIABLES)
    assert path.name in fault.message
    place, _, what = fault.message.partition("»: ")
    assert "{% if підписант %}" in place and what.startswith("«if» не закрито")


@pytest.mark.parametrize("kind", ["registration_reply", "enrolment_order", "notification_form"])
@pytest.mark.parametrize(("millimetres", "fits"), [((20, 25), True), ((300, 20), False)])
def test_a_picture_that_leaves_the_page_is_told_with_its_size(
    tmp_path: Path, kind: str, millimetres: tuple[int, int], fits: bool
) -> None:
    path, picture = tmp_path / f"{kind}.docx", io.BytesIO()
    Image.new("RGB", (4, 4), "blue").save(picture, "PNG")
    document = Document(str(template_of(kind)))
    run = document.paragraphs[0].add_run()
    run.add_picture(picture, *map(Mm, millimetres))
    document.save(str(path))
    faults = check_template(path, KINDS[kind].VARIABLES)
    assert [fault.rule for fault in faults] == ([] if fits else ["picture-size"])
    if not fits:
        assert "Зображення 300 × 20 мм" in faults[0].message
        assert "170 × 257 мм" in faults[0].message
