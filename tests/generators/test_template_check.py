import subprocess
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Mm

from generators.check import check_template
from generators.docx import render
from generators.kinds import KINDS
from generators.lint import lint_docx
from tests.generators.sample_cards import card, requisites
from tests.generators.small_templates import template
from tests.generators.test_kinds import told

TEMPLATES = Path(__file__).parents[2] / "templates"


def _faults(path: Path, *known: str) -> dict[str, str]:
    return {fault.rule: fault.message for fault in check_template(path, known)}


@pytest.mark.parametrize("kind", KINDS)
def test_shipped_template_has_no_fault(kind: str) -> None:
    assert check_template(TEMPLATES / f"{kind}.docx", KINDS[kind].VARIABLES) == []


@pytest.mark.parametrize("kind", KINDS)
def test_guide_lists_every_value_with_its_meaning(kind: str) -> None:
    guide = (TEMPLATES / "README.md").read_text(encoding="utf-8")
    for name, meaning in KINDS[kind].VARIABLES.items():
        assert f"| `{name}` | {meaning} |" in guide


def test_unknown_value_is_answered_with_the_name_that_was_meant(tmp_path: Path) -> None:
    path = template(tmp_path / "a.docx", "Лист № {{ індекх }}")
    fault = next(f for f in check_template(path, ["індекс"]) if f.rule == "unknown-variable")
    assert "«індекс»" in fault.message
    assert fault.place == "Лист № {{ індекх }}"


def test_value_of_a_loop_is_not_unknown(tmp_path: Path) -> None:
    path = template(tmp_path / "a.docx", "{%p for x in xs %}", "{{ x }}", "{%p endfor %}")
    assert "unknown-variable" not in _faults(path, "xs")


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (["{%p if строк %}", "{{ строк }}"], "«if» не закрито"),
        (["{{ строк }}", "{%p endif %}"], "«endif» не має перед собою"),
        (["{%p if строк %}", "{%p endfor %}"], "«endfor» не має перед собою"),
        (["{{ строк листа }}"], "помилка в розмітці"),
    ],
)
def test_broken_block_is_told_with_its_paragraph(
    tmp_path: Path, paragraphs: list[str], said: str
) -> None:
    path = template(tmp_path / "a.docx", *paragraphs)
    assert said in _faults(path, "строк")["template"]
    assert "абзац «" in _faults(path, "строк")["template"]


@pytest.mark.parametrize("text", ["{ { строк } }", "{{ строк }} }}", "строк }}"])
def test_stray_braces_are_found(tmp_path: Path, text: str) -> None:
    assert "markup" in _faults(template(tmp_path / "a.docx", text), "строк")


def test_lost_requisite_is_named(tmp_path: Path) -> None:
    faults = check_template(template(tmp_path / "a.docx", "{{ дата }}"), ["дата", "індекс"])
    messages = [fault.message for fault in faults]
    assert "У шаблоні немає реквізиту «індекс»." in messages
    assert "У шаблоні немає реквізиту «дата»." not in messages


def test_template_whose_paragraphs_have_lost_their_styles_is_told_so(tmp_path: Path) -> None:
    assert _faults(template(tmp_path / "a.docx", "{{ дата }}"))["requisite-missing"] == (
        "Немає реквізиту «Лист – виконавець»."
    )


def test_layout_of_a_template_is_checked_too(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = Document(str(TEMPLATES / "registration_reply.docx"))
    document.sections[0].left_margin = Mm(20)
    document.save(str(path))
    assert _faults(path, *KINDS["registration_reply"].VARIABLES) == {
        "margins": "Поле ліве має бути 30 мм."
    }


@pytest.fixture(scope="module")
def saved_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all shipped templates, as LibreOffice saves them."""
    folder = tmp_path_factory.mktemp("saved")
    copies = [folder / "shipped" / f"{kind}.docx" for kind in KINDS]
    (folder / "shipped").mkdir()
    for copy in copies:
        copy.write_bytes((TEMPLATES / copy.name).read_bytes())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    saved = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(folder)]
    subprocess.run([*saved, *map(str, copies)], check=True, timeout=180, capture_output=True)  # noqa: S603
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_template_saved_by_another_word_processor_is_still_good(
    saved_elsewhere: Path, kind: str
) -> None:
    path = saved_elsewhere / f"{kind}.docx"
    assert check_template(path, KINDS[kind].VARIABLES) == []
    letter = render(path, KINDS[kind].context(card(True), requisites(), told(kind)))
    assert lint_docx(letter, final=True) == []


def test_damaged_template_is_one_fault(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"nothing")
    assert list(_faults(tmp_path / "a.docx")) == ["template"]
