# ruff: noqa: INP001 - a folder of documents, not a package
"""Make the templates that ship with Opika: ``python templates/make.py [FOLDER]``.

The layout (ДСТУ 4163:2020) and the first wording of every letter are written down here. An office
edits the Word files themselves; running this again puts the shipped ones back.
"""

from __future__ import annotations

import sys
from pathlib import Path

from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from generators.layout import STYLES  # noqa: E402
from templates import word  # noqa: E402
from templates.filled_form import build_form  # noqa: E402
from templates.word import spacing  # noqa: E402

REGISTRATION_REPLY = [
    ("Subject", "Про реєстрацію повідомлення"),
    (
        "Text",
        "Повідомляємо, що Ваше повідомлення отримано {{ дата_отримання }} та зареєстровано "
        "{{ дата_реєстрації }} за № {{ номер_реєстрації }} у журналі обліку звернень і "
        "повідомлень стосовно дітей, які перебувають у складних життєвих обставинах, відповідно "
        "до пункту 10 {{ порядок }} (далі – Порядок).",
    ),
    (
        "Text",
        "Повідомлення опрацьовує {{ підрозділ or установа }}{% if виконавець %}; відповідальна "
        "особа – {{ виконавець }}{% if телефон_виконавця %}, телефон {{ телефон_виконавця }}"
        "{% endif %}{% endif %}.",
    ),
    ("", "{%p if терміново %}"),
    (
        "Text",
        "Оскільки зміст повідомлення може свідчити про загрозу життю чи здоров’ю дитини, "
        "відповідно до пункту 15 Порядку невідкладно організовується візит за місцем її "
        "перебування. Оцінку потреб сім’ї буде проведено згідно з пунктами 14 і 18 Порядку.",
    ),
    ("", "{%p else %}"),
    (
        "Text",
        "Відповідно до пунктів 14 і 18 Порядку формується запит про проведення оцінки потреб "
        "сім’ї, за результатами якої буде визначено необхідні соціальні послуги.",
    ),
    ("", "{%p endif %}"),
    (
        "Last",
        "Про нові обставини просимо повідомляти з посиланням на зазначений реєстраційний номер, "
        "а в разі безпосередньої загрози життю чи здоров’ю дитини – телефонувати 102. Відомості "
        "про дитину та осіб, які її виявили, є конфіденційними (пункт 13 Порядку).",
    ),
]

ASSESSMENT_REQUEST = [
    ("Subject", "Про проведення оцінки потреб сім’ї"),
    (
        "Text",
        "Відповідно до пункту 14 {{ порядок }} (далі – Порядок) просимо провести оцінку потреб "
        "дитини та сім’ї, щодо якої надійшло повідомлення, зареєстроване {{ дата_реєстрації }} "
        "за № {{ номер_реєстрації }} у журналі обліку звернень і повідомлень стосовно дітей, "
        "які перебувають у складних життєвих обставинах.",
    ),
    ("", "{%p if особи %}"),
    ("Text", "Про кого повідомлено (як зазначено в повідомленні): {{ особи }}."),
    ("", "{%p endif %}"),
    ("", "{%p if місце_проживання %}"),
    ("Text", "Місце проживання: {{ місце_проживання }}."),
    ("", "{%p endif %}"),
    ("", "{%p if виявлено %}"),
    ("Text", "Дата виявлення: {{ виявлено }}."),
    ("", "{%p endif %}"),
    ("", "{%p if повторне %}"),
    ("Text", "Повідомлення повторне: {{ повторне }} щодо цієї сім’ї."),
    ("", "{%p endif %}"),
    ("", "{%p if зміст %}"),
    ("TextKeep", "Зміст повідомлення:"),
    ("", "{%p for абзац in зміст %}"),
    ("Text", "{{ абзац }}"),
    ("", "{%p endfor %}"),
    ("", "{%p endif %}"),
    ("", "{%p if терміново %}"),
    (
        "Text",
        "Зміст повідомлення може свідчити про загрозу життю чи здоров’ю дитини"
        "{% if ознаки %}, зокрема: {{ ознаки }}{% endif %}. У зв’язку з цим відповідно до пункту "
        "15 Порядку невідкладно організовується візит за місцем перебування дитини; просимо "
        "забезпечити участь у ньому Вашого представника та надання послуги кризового та "
        "екстреного втручання (пункт 16 Порядку).",
    ),
    ("", "{%p endif %}"),
    ("", "{%p if можливо_терміново %}"),
    (
        "Text",
        "Наявність загрози життю чи здоров’ю дитини за текстом повідомлення однозначно не "
        "встановлено, тому просимо з’ясувати її насамперед.",
    ),
    ("", "{%p endif %}"),
    (
        "Text",
        "Оцінку потреб відповідно до пункту 18 Порядку необхідно провести протягом 5 (п’яти) "
        "робочих днів{% if строк %}, тобто до {{ строк }} включно{% endif %}. Висновок оцінки "
        "потреб просимо надіслати {% if пошта_установи %}на електронну адресу "
        "{{ пошта_установи }} {% endif %}наступного робочого дня після її завершення з "
        "посиланням на реєстраційний номер повідомлення.",
    ),
    (
        "Last",
        "Наведені відомості є конфіденційними і можуть використовуватися лише для захисту прав "
        "та інтересів дитини з дотриманням вимог Закону України «Про захист персональних даних» "
        "(пункт 13 Порядку).",
    ),
]

HEAD = [
    ("Organisation", "{{ установа }}"),
    ("", "{%p if підрозділ %}"),
    ("Unit", "{{ підрозділ }}"),
    ("", "{%p endif %}"),
    ("", "{%p if контакти_установи %}"),
    ("Contacts", "{{ контакти_установи }}"),
    ("", "{%p endif %}"),
    ("DateIndex", "{{ дата }} № {{ індекс }}"),
]
REFERENCE = [
    ("", "{%p if на_номер %}"),
    ("Reference", "На № {{ на_номер }}"),
    ("", "{%p endif %}"),
]
ADDRESSEE = [
    ("", "{%p for рядок in адресат %}"),
    ("Addressee", "{{ рядок }}"),
    ("", "{%p endfor %}"),
    ("", "{%p if адреса_адресата %}"),
    ("Addressee", "{{ адреса_адресата }}"),
    ("", "{%p endif %}"),
    ("", "{%p if пошта_адресата %}"),
    ("Addressee", "{{ пошта_адресата }}"),
    ("", "{%p endif %}"),
]
END = [
    ("", "{%p if підписант %}"),
    ("Signature", "{{ посада_підписанта }}\t{{ підписант }}"),
    ("", "{%p endif %}"),
    ("", "{%p if виконавець %}"),
    ("Executor", "{{ виконавець }}{% if телефон_виконавця %} {{ телефон_виконавця }}{% endif %}"),
    ("", "{%p endif %}"),
]

LETTERS = {
    "registration_reply": [*HEAD, *REFERENCE, *ADDRESSEE, *REGISTRATION_REPLY, *END],
    "assessment_request": [*HEAD, *ADDRESSEE, *ASSESSMENT_REQUEST, *END],
}


def build(paragraphs: list[tuple[str, str]]) -> bytes:
    """One letter of paragraphs given as style and text."""
    document = word.blank(14)
    for key, name in STYLES.items():
        _shape(key, word.add_style(document, key, name))
    for style, text in paragraphs:
        _paragraph(document, style, text)
    return word.packed(document)


def _shape(key: str, style: ParagraphStyle) -> None:
    form = style.paragraph_format
    if key in ("Organisation", "Unit", "Contacts"):
        form.alignment = ALIGN.CENTER
        style.font.bold = key != "Contacts"
        style.font.size = Pt(12 if key == "Contacts" else 14)
    elif key == "DateIndex":
        spacing(style, before=12)
        _line_above(style)
    elif key == "Reference":
        spacing(style, before=6)
    elif key == "Addressee":
        form.left_indent = Mm(90)
        _together(style, 14)
    elif key == "Subject":
        form.right_indent = Mm(80)
        form.keep_with_next = True
        style.font.bold = True
        spacing(style, before=6, after=12)
    elif key == "Text":
        form.alignment = ALIGN.JUSTIFY
        form.first_line_indent = Mm(10)
        form.line_spacing = 1.5
        form.widow_control = True
    elif key == "Signature":
        form.keep_with_next = True
        form.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
        spacing(style, before=24)
    elif key == "Executor":
        style.font.size = Pt(12)
        spacing(style, before=24)


def _together(style: ParagraphStyle, around: int) -> None:
    """Space above and below a group of paragraphs of this style, none between them."""
    spacing(style, around, around)
    style.element.get_or_add_pPr().append(OxmlElement("w:contextualSpacing"))


def _line_above(style: ParagraphStyle) -> None:
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "8"), ("space", "6"), ("color", "auto")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties = style.element.get_or_add_pPr()
    properties.insert(0, borders)


def _paragraph(document: DocxDocument, style: str, text: str) -> None:
    """A paragraph; «Last» and «TextKeep» are text that stays with what follows."""
    keep = style in ("Last", "TextKeep")
    paragraph = document.add_paragraph(text)
    paragraph.style = document.styles[STYLES["Text" if keep else style] if style else "Normal"]
    if keep:
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.keep_together = True


def main() -> None:
    """Write every template into the folder given, or into ``templates/``."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "templates"
    for kind, paragraphs in LETTERS.items():
        (folder / f"{kind}.docx").write_bytes(build(paragraphs))
    (folder / "notification_form.docx").write_bytes(build_form())


if __name__ == "__main__":
    main()
