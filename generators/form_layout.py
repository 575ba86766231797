"""The layout of the filled form «Додаток 1»: what its template is made by and the checks go by.

Law: the Порядок, Додаток 1 (the wording and the order of what is printed on the form); the page is
that of every official document (ДСТУ 4163:2020).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docx.document import Document
from docx.oxml.ns import qn

from generators.faults import Fault
from rules.text import tidy

FORM_STYLES: Mapping[str, str] = {
    "FormAnnex": "Форма – додаток",
    "FormLine": "Форма – рядок",
    "FormHint": "Форма – пояснення",
    "FormTitle": "Форма – назва",
    "FormBox": "Форма – текст у рамці",
}
"""The paragraph styles of the form (id in the file: name in Word)."""

FORM_SIZES_PT = (8, 14)

PRINTED: tuple[str, ...] = (
    "Додаток 1",
    "Дата вих.",
    "(найменування організації/закладу/установи, яка направляє повідомлення, поштова та "
    "електронна адреси, телефон)",
    "Дата вхід.",
    "(найменування організації/закладу/установи, яка отримала повідомлення)",
    "ПОВІДОМЛЕННЯ/ІНФОРМАЦІЯ",
    "про дитину, сім’ю (особу), яка перебуває у складних життєвих обставинах",
    "Зареєстровано в журналі повідомлень:",
    "Надійшло:",
    "усно",
    "письмово",
    "по телефону",
    "Про дитину, сім’ю (особу), яка перебуває у складних життєвих обставинах",
    "(прізвище сім’ї або прізвище, ім’я, по батькові особи, дитини та її вік)",
    "місце проживання:",
    "Зміст повідомлення/інформації про факти, ознаки чи застереження щодо дитини (відмова від "
    "дитини), сім’ї (особи) та дата їх виявлення:",
    "Від:",
    "(прізвище, ім’я, по батькові особи, яка подає звернення, інша важлива інформація (ким працює "
    "або родинний зв’язок тощо)",
    "самозвернення,",
    "від родичів,",
    "від сусідів/знайомих,",
    "анонімно,",
    "від суб’єкта соціальної роботи,",
    "інше",
    "За результатами",
    "(відвідування, обстеження, огляду, рейду, візиту в сім’ю тощо)",
    "Вжиті заходи:",
    "інформація про те, що було зроблено (які дії вчинено) суб’єктом звернення",
    "До повідомлення/інформації додано документи:",
    "Усне або телефонне повідомлення/інформацію прийнято:",
    "(прізвище, ім’я, по батькові, посада особи/спеціаліста, яка (який) прийняла(в) усне чи "
    "телефонне повідомлення/інформацію)",
    "Дата",
    "Час",
)
"""What is printed on the form, word for word and in its order."""


def is_form(document: Document) -> bool:
    """Whether a document is our form «Додаток 1», not a letter: known by its styles' names."""
    names = set(FORM_STYLES.values())
    return any(
        style.get(qn("w:val")) in names
        for style in document.styles.element.findall(f"{qn('w:style')}/{qn('w:name')}")
    )


def form_faults(document: Document) -> Iterator[Fault]:
    """What the form lacks of the official wording, or has out of its order."""
    text = tidy(_text(document))
    at = 0
    for printed in PRINTED:
        found = text.find(printed, at)
        if found >= 0:
            at = found + len(printed)
        elif printed in text:
            message = f"«{printed[:60]}» стоїть не на своєму місці."
            yield Fault("form-order", printed[:40], message)
        else:
            message = f"У формі немає напису «{printed[:60]}»."
            yield Fault("form-label", printed[:40], message)


def _text(document: Document) -> str:
    """All text in its order, tables included; a paragraph or a tab is a space."""
    words = []
    for node in document.element.body.iter(qn("w:p"), qn("w:t"), qn("w:tab")):
        words.append(node.text or "" if node.tag == qn("w:t") else " ")
    return "".join(words)
