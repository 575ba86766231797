# ruff: noqa: INP001 - a folder of documents, not a package
"""The form «Додаток 1» as a template: the official wording, its lines, boxes and frames.

Law: the Порядок, Додаток 1.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from generators.form_layout import FORM_STYLES
from templates import word

_WIDTH_MM = 170
_COLUMNS_MM = (85, 85)

_ANNEX = (
    "до Порядку міжвідомчої взаємодії з виявлення та організації надання соціальних послуг дітям "
    "та сім’ям з дітьми, які перебувають у складних життєвих обставинах на території "
    "Рожищенської міської територіальної громади"
)
_SENT_BY = (
    "(найменування організації/закладу/установи, яка направляє повідомлення, поштова та "
    "електронна адреси, телефон)"
)
_TAKEN_BY = "(найменування організації/закладу/установи, яка отримала повідомлення)"
_ABOUT = "дитину, сім’ю (особу), яка перебуває у складних життєвих обставинах"


def build_form() -> bytes:
    """The template of the filled form."""
    document = word.blank(11, numbered=False)
    for key, name in FORM_STYLES.items():
        _shape(key, word.add_style(document, key, name))
    _head(document)
    _title(document)
    _family(document)
    _reporter(document)
    _accepted(document)
    return word.packed(document)


def _shape(key: str, style: ParagraphStyle) -> None:
    form = style.paragraph_format
    if key == "FormAnnex":
        form.left_indent = Mm(95)
        style.font.size = Pt(10)
    elif key == "FormLine":
        word.spacing(style, before=3)
        form.tab_stops.add_tab_stop(Mm(_WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
    elif key == "FormHint":
        form.alignment = ALIGN.CENTER
        style.font.size = Pt(8)
    elif key == "FormTitle":
        form.alignment = ALIGN.CENTER
        style.font.bold = True
        style.font.size = Pt(12)
    elif key == "FormBox":
        form.alignment = ALIGN.JUSTIFY


def _head(document: DocxDocument) -> None:
    _say(document, "FormAnnex", "Додаток 1")
    _say(document, "FormAnnex", _ANNEX)
    _say(document, "FormLine", "")
    left, right = _row(document, framed=())
    _party(left, "Дата вих.", "вих", "відправник", _SENT_BY)
    _party(right, "Дата вхід.", "вхід", "отримувач", _TAKEN_BY)


def _party(cell: _Cell, label: str, mark: str, body: str, hint: str) -> None:
    dated = _say(cell, "FormLine", label + " ")
    _value(dated, f"дата_{mark}", 12)
    dated.add_run(" № ")
    _value(dated, f"номер_{mark}", 12)
    _value(_say(cell, "FormLine", ""), body, 36)
    _when(cell, f"not {body}", "_" * 36)
    _say(cell, "FormHint", hint).alignment = ALIGN.LEFT


def _title(document: DocxDocument) -> None:
    _say(document, "FormHint", "")
    left, right = _row(document, framed=(1,))
    _say(left, "FormTitle", "ПОВІДОМЛЕННЯ/ІНФОРМАЦІЯ")
    _say(left, "FormTitle", f"про {_ABOUT}")
    _say(right, "FormLine", "Зареєстровано в журналі повідомлень:")
    _value(_say(right, "FormLine", "№ "), "номер_реєстрації", 18)
    dated = _say(right, "FormLine", "від ")
    for place, part in enumerate(("день", "місяць", "рік")):
        dated.add_run(" / " if place else "")
        _value(dated, f"{part}_реєстрації", 4)
    explained = _say(right, "FormHint", "\tдд\tмм\tрррр")
    explained.alignment = ALIGN.LEFT
    for at in (9, 16, 24):
        explained.paragraph_format.tab_stops.add_tab_stop(Mm(at), WD_TAB_ALIGNMENT.CENTER)


def _family(document: DocxDocument) -> None:
    _choice(document, "Надійшло:  ", ("усно", "письмово", "по_телефону"), "      ")
    _say(document, "FormLine", f"Про {_ABOUT}")
    _written(document, "", "про_кого")
    _say(
        document,
        "FormHint",
        "(прізвище сім’ї або прізвище, ім’я, по батькові особи, дитини та її вік)",
    )
    _written(document, "місце проживання: ", "місце_проживання", second_line=True)
    _say(
        document,
        "FormLine",
        "Зміст повідомлення/інформації про факти, ознаки чи застереження щодо дитини (відмова "
        "від дитини), сім’ї (особи) та дата їх виявлення:",
    )
    _box(document, "", "зміст", height=30)


def _reporter(document: DocxDocument) -> None:
    _written(document, "Від: ", "від_кого")
    _say(
        document,
        "FormHint",
        "(прізвище, ім’я, по батькові особи, яка подає звернення, інша важлива інформація (ким "
        "працює або родинний зв’язок тощо)",
    )
    kinds = ("самозвернення", "від_родичів", "від_сусідів", "анонімно", "від_суб_єкта", "інше")
    _choice(document, "", kinds, "   ")
    _written(document, "За результатами ", "за_результатами")
    _say(document, "FormHint", "(відвідування, обстеження, огляду, рейду, візиту в сім’ю тощо)")
    _say(document, "FormLine", "Вжиті заходи:")
    hint = "інформація про те, що було зроблено (які дії вчинено) суб’єктом звернення"
    _box(document, hint, "вжиті_заходи", height=12)
    _written(document, "До повідомлення/інформації додано документи: ", "додатки", second_line=True)


def _accepted(document: DocxDocument) -> None:
    _say(
        document, "FormLine", "Усне або телефонне повідомлення/інформацію прийнято:"
    ).paragraph_format.keep_with_next = True
    _written(document, "", "прийняв")
    _say(
        document,
        "FormHint",
        "(прізвище, ім’я, по батькові, посада особи/спеціаліста, яка (який) прийняла(в) усне чи "
        "телефонне повідомлення/інформацію)",
    ).paragraph_format.keep_with_next = True
    _line(document, "Дата ", "дата_прийняття", 60)
    _line(document, "Час ", "час_прийняття", 60)


_PRINTED = {
    "усно": "усно",
    "письмово": "письмово",
    "по_телефону": "по телефону",
    "самозвернення": "самозвернення,",
    "від_родичів": "від родичів,",
    "від_сусідів": "від сусідів/знайомих,",
    "анонімно": "анонімно,",
    "від_суб_єкта": "від суб’єкта соціальної роботи,",
    "інше": "інше",
}
"""The printed option beside each box, by the name of the box's value."""


def _choice(document: DocxDocument, label: str, names: tuple[str, ...], between: str) -> None:
    """Boxes with their options on one line."""
    options = (f"{{{{ {name} }}}} {_PRINTED[name]}" for name in names)
    _say(document, "FormLine", label + between.join(options))


def _written(
    document: DocxDocument, label: str, name: str, *, second_line: bool = False
) -> Paragraph:
    """A line with its label; what is written on it is underlined, the rest is a line."""
    line = _say(document, "FormLine", label)
    line.paragraph_format.keep_with_next = True
    _value(line, name)
    line.add_run("\t")
    if second_line:
        _when(document, f"not {name}", "\t")
    return line


def _when(place: DocxDocument | _Cell, condition: str, line: str) -> None:
    """One more empty line, where nothing was written on the first."""
    _say(place, "", f"{{%p if {condition} %}}")
    _say(place, "FormLine", line)
    _say(place, "", "{%p endif %}")


def _say(place: DocxDocument | _Cell, style: str, text: str) -> Paragraph:
    # A new cell holds one paragraph already.
    empty = isinstance(place, _Cell) and len(place.paragraphs) == 1 and place.paragraphs[0]
    fresh = empty and not empty.runs and empty.style and empty.style.name == "Normal"
    paragraph = empty if fresh and empty else place.add_paragraph()
    if text:
        paragraph.add_run(text)
    if style:
        paragraph.style = FORM_STYLES[style]
    return paragraph


def _value(paragraph: Paragraph, name: str, blanks: int = 0) -> None:
    """What is written, underlined; where a tab draws no line, so many blanks stand for nothing."""
    if not blanks:
        paragraph.add_run(f'{{{{ {name} or "" }}}}').underline = True
        return
    paragraph.add_run(f"{{% if {name} %}}")
    paragraph.add_run(f"{{{{ {name} }}}}").underline = True
    paragraph.add_run(f"{{% else %}}{'_' * blanks}{{% endif %}}")


def _line(document: DocxDocument, label: str, name: str, end: int) -> None:
    """A short line to write on, that ends so many mm from the left."""
    line = _say(document, "FormLine", label)
    line.paragraph_format.tab_stops.add_tab_stop(
        Mm(end), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES
    )
    _value(line, name)
    line.add_run("\t")


def _box(document: DocxDocument, hint: str, name: str, height: int) -> None:
    """A frame to write in, at least so many mm high."""
    table = document.add_table(1, 1)
    row, cell = table.rows[0], table.cell(0, 0)
    row.height = Mm(height)
    _fix(table, (_WIDTH_MM,))
    _frame(cell)
    if hint:
        _say(cell, "FormHint", hint)
    text = _say(cell, "FormBox", "")
    text.add_run(f'{{{{ {name} or "" }}}}')


def _row(document: DocxDocument, framed: tuple[int, ...]) -> tuple[_Cell, _Cell]:
    table = document.add_table(1, 2)
    _fix(table, _COLUMNS_MM)
    for column in framed:
        _frame(table.cell(0, column))
    return table.cell(0, 0), table.cell(0, 1)


def _fix(table: Any, widths: tuple[int, ...]) -> None:
    table.autofit = False
    for column, millimetres in zip(table.columns, widths, strict=True):
        column.width = Mm(millimetres)
        for cell in column.cells:
            cell.width = Mm(millimetres)


def _frame(cell: _Cell) -> None:
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "auto")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    cell._tc.get_or_add_tcPr().append(borders)
