# ruff: noqa: INP001 - a folder of documents, not a package
"""Make the letter templates that ship with Opika: ``python templates/make.py [FOLDER]``.

The layout (ДСТУ 4163:2020) and the first wording of every letter are written down here. An office
edits the Word files themselves; running this again puts the shipped ones back.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import cast

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from lxml import etree

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from generators import package  # noqa: E402
from generators.layout import FONT, MARGINS_MM, STYLES  # noqa: E402

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
NEEDED = (
    "[Content_Types].xml",
    "docProps/core.xml",
    "docProps/app.xml",
    "word/document.xml",
    "word/styles.xml",
    "word/settings.xml",
    "word/header1.xml",
)
NEEDED_NAMES = {name.removeprefix("word/") for name in NEEDED}
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
    """One template of paragraphs given as style and text."""
    document = Document()
    _page(document)
    _styles(document)
    for style, text in paragraphs:
        _paragraph(document, style, text)
    target = io.BytesIO()
    document.save(target)
    return package.pack(_only_needed(package.unpack(target.getvalue())))


def _page(document: DocxDocument) -> None:
    """A4 with the standard's margins; the page's number at the top centre, not on the first."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, millimetres in MARGINS_MM.items():
        setattr(section, f"{side}_margin", Mm(millimetres))
    section.header_distance, section.footer_distance = Mm(10), Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.style = document.styles["Normal"]
    number.alignment = ALIGN.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        number.add_run()._r.append(element)
    # A line that a value breaks must not be stretched over the whole width.
    compat = OxmlElement("w:compat")
    compat.append(OxmlElement("w:doNotExpandShiftReturn"))
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        for child in old:
            compat.append(child)
        settings.replace(old, compat)


def _styles(document: DocxDocument) -> None:
    """Only the letters' own styles: the office sees nothing else in Word's list."""
    everything = document.styles.element
    defaults = everything.xpath("w:docDefaults | w:latentStyles")
    for element in [*defaults, *everything.xpath("w:style[not(@w:default='1')]")]:
        everything.remove(element)
    normal = cast(ParagraphStyle, document.styles["Normal"])
    _font(normal, 14)
    _spacing(normal)
    for key, name in STYLES.items():
        style = cast(ParagraphStyle, document.styles.add_style(key, WD_STYLE_TYPE.PARAGRAPH))
        # python-docx makes the id from the name: the name may then be the clerks' own.
        style.element.set(qn("w:styleId"), key)
        style.name = name
        style.base_style = normal
        style.quick_style = True
        _shape(key, style)


def _shape(key: str, style: ParagraphStyle) -> None:
    form = style.paragraph_format
    if key in ("Organisation", "Unit", "Contacts"):
        form.alignment = ALIGN.CENTER
        style.font.bold = key != "Contacts"
        style.font.size = Pt(12 if key == "Contacts" else 14)
    elif key == "DateIndex":
        _spacing(style, before=12)
        _line_above(style)
    elif key == "Reference":
        _spacing(style, before=6)
    elif key == "Addressee":
        form.left_indent = Mm(90)
        _together(style, 14)
    elif key == "Subject":
        form.right_indent = Mm(80)
        form.keep_with_next = True
        style.font.bold = True
        _spacing(style, before=6, after=12)
    elif key == "Text":
        form.alignment = ALIGN.JUSTIFY
        form.first_line_indent = Mm(10)
        form.line_spacing = 1.5
        form.widow_control = True
    elif key == "Signature":
        form.keep_with_next = True
        form.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
        _spacing(style, before=24)
    elif key == "Executor":
        style.font.size = Pt(12)
        _spacing(style, before=24)


def _font(style: ParagraphStyle, size: int) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "uk-UA")
    style.element.get_or_add_rPr().append(language)


def _spacing(style: ParagraphStyle, before: int = 0, after: int = 0) -> None:
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.line_spacing = 1.0


def _together(style: ParagraphStyle, around: int) -> None:
    """Space above and below a group of paragraphs of this style, none between them."""
    _spacing(style, around, around)
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


def _only_needed(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts of python-docx's own blank that a letter uses, and no relation to the others."""
    kept = {name: data for name, data in parts.items() if name in NEEDED or name.endswith(".rels")}
    kept.pop("customXml/_rels/item1.xml.rels")
    for name in [name for name in kept if name.endswith((".rels", "[Content_Types].xml"))]:
        tree = etree.fromstring(kept[name])
        for child in list(tree):
            part = child.get("PartName") or child.get("Target") or ""
            if part and part.lstrip("/").removeprefix("word/") not in NEEDED_NAMES:
                tree.remove(child)
        kept[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return kept


def main() -> None:
    """Write every template into the folder given, or into ``templates/``."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "templates"
    for kind, paragraphs in LETTERS.items():
        (folder / f"{kind}.docx").write_bytes(build(paragraphs))


if __name__ == "__main__":
    main()
