"""The filled form «Додаток 1»: its wording, its boxes, and that it reads back as it was written."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from generators.check import check_template
from generators.docx import render
from generators.form_layout import FORM_STYLES
from generators.lint import lint_docx
from generators.notification_form import KIND, VARIABLES, context, needed
from generators.pdf import Converter
from journal.cards import EntryCard
from parsers.dodatok1.cut import clean
from parsers.file import read_file
from rules.form_keys import FORM_KEYS, LIST_KEYS
from tests.forms.facts import invent
from tests.generators.sample_cards import card, requisites

TEMPLATE = Path(__file__).parents[2] / "templates" / f"{KIND}.docx"
TODAY = date(2026, 11, 22)
PARTS = ("tune", "aside", "fresh")
MARKS = {"registered_number": "01-12/7", "registered_date": "2026-03-04"}


def entry(**values: Any) -> EntryCard:
    """An entry with these values alone."""
    whole: dict[str, Any] = {key: [] if key in LIST_KEYS else None for key in FORM_KEYS}
    return replace(card(), values={**whole, **values}, index="01-12/7", written_down=True)


def invented(seed: int, *, long: bool = False) -> EntryCard:
    """What a clerk might have written down of an invented notice."""
    facts = invent(Random(f"by hand {seed}"), PARTS[seed % 3], today=date(2026, 3, 4), long=long)
    truth = {key: value for key, value in facts.truth("x").items() if key in FORM_KEYS}
    return entry(**{k: clean(v) if isinstance(v, str) else v for k, v in truth.items()})


def filled(entry: EntryCard) -> bytes:
    return render(TEMPLATE, context(entry, requisites(), {}))


def differing(entry: EntryCard, data: bytes) -> dict[str, tuple[Any, Any]]:
    """What the file says otherwise than the entry; the people follow from the subject."""
    (form,) = read_file(data, "f", today=TODAY).forms
    written = {**entry.values, **MARKS}
    keys = set(FORM_KEYS) - {"persons"}
    return {key: (written[key], form[key]) for key in keys if written[key] != form[key]}


def test_shipped_template_has_no_fault() -> None:
    assert check_template(TEMPLATE, VARIABLES) == []


def test_guide_lists_every_value_with_its_meaning() -> None:
    guide = TEMPLATE.with_name("README.md").read_text(encoding="utf-8")
    for name, meaning in VARIABLES.items():
        assert f"| `{name}` | {meaning} |" in guide


def test_the_values_are_those_of_the_template() -> None:
    assert set(context(entry(), requisites(), {})) == set(VARIABLES)


def test_only_what_was_written_down_gets_a_form() -> None:
    assert needed(entry())
    assert not needed(card())


@pytest.mark.parametrize("seed", range(45))
def test_the_form_reads_back_as_it_was_written(seed: int) -> None:
    written = invented(seed, long=seed % 9 == 4)
    data = filled(written)
    assert differing(written, data) == {}
    assert lint_docx(data) == []


def test_its_pdf_reads_back_as_it_was_written(tmp_path: Path) -> None:
    written = [invented(seed, long=seed % 6 == 1) for seed in range(100, 118)]
    made = Converter(tmp_path).convert([filled(one) for one in written])
    assert [differing(one, data) for one, data in zip(written, made, strict=True)] == [{}] * 18


def test_an_empty_form_is_the_blank_with_its_number() -> None:
    document = Document(io.BytesIO(filled(entry())))
    text = "".join(node.text or "" for node in document.element.body.iter(qn("w:t")))
    assert text.count("☐") == 9
    assert "☒" not in text
    assert "01-12/7" in text


@pytest.mark.parametrize(
    ("values", "ticked"),
    [
        ({"received_via": "phone", "reporter_kinds": ["anonymous"]}, ["по телефону", "анонімно,"]),
        ({"received_via": "oral"}, ["усно"]),
        ({"received_via": "written", "reporter_kinds": ["self", "other"]}, None),
    ],
)
def test_the_right_boxes_are_ticked(values: dict[str, Any], ticked: list[str] | None) -> None:
    text = " ".join(p.text for p in Document(io.BytesIO(filled(entry(**values)))).paragraphs)
    found = re.findall(r"☒ (по телефону|\S+)", text)
    assert found == (ticked or ["письмово", "самозвернення,", "інше"])


def test_template_saved_by_another_word_processor_is_still_good(tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    saved = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path)]
    subprocess.run([*saved, str(TEMPLATE)], check=True, timeout=60, capture_output=True)  # noqa: S603
    path = tmp_path / TEMPLATE.name
    assert check_template(path, VARIABLES) == []
    written = invented(3)
    assert differing(written, render(path, context(written, requisites(), {}))) == {}


def test_lint_names_a_label_that_an_editor_has_lost() -> None:
    document = Document(io.BytesIO(filled(invented(3))))
    line = next(p for p in document.paragraphs if p.text.startswith("За результатами"))
    line.runs[0].text = "За підсумками "
    target = io.BytesIO()
    document.save(target)
    assert [fault.rule for fault in lint_docx(target.getvalue())] == ["form-label"]


def test_lint_refuses_type_too_small_to_read() -> None:
    document = Document(io.BytesIO(filled(invented(3))))
    document.paragraphs[0].runs[0].font.size = Pt(6)
    target = io.BytesIO()
    document.save(target)
    assert [fault.rule for fault in lint_docx(target.getvalue())] == ["size"]


def test_the_styles_have_the_clerks_names() -> None:
    names = {style.name for style in Document(str(TEMPLATE)).styles}
    assert set(FORM_STYLES.values()) <= names
