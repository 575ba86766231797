# ruff: noqa: INP001 - a folder of documents, not a package
"""The first wording of the sheet that the members of the Commission sign when they come."""

from templates.parts import COMMISSION_HEAD, COMMISSION_WHEN, SECRETARY
from templates.word import Table

PARAGRAPHS = [
    *COMMISSION_HEAD,
    ("KindName", "РЕЄСТРАЦІЙНИЙ ЛИСТ"),
    ("DatePlaceIndex", "{{ дата }}\t{{ місце }}\t№ ____"),
    ("Subject", "Про присутність на засіданні Комісії"),
    *COMMISSION_WHEN,
    Table(
        (12, 55, 68, 35),
        ("№ з/п", "Ім’я та прізвище", "Посада", "Підпис"),
        (
            ("{%tr for член in члени %}",),
            ("{{ член.номер }}", "{{ член.імя }}", "{{ член.посада }}", ""),
            ("{%tr endfor %}",),
        ),
    ),
    ("Blank", "Запрошені: \t"),
    ("Blank", "\t"),
    ("Blank", "\t"),
    ("Last", "Склад Комісії – {{ склад }}, присутні – ____."),
    *SECRETARY,
]
