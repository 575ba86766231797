# ruff: noqa: INP001 - a folder of documents, not a package
"""The first wording of the list of a case's materials for the Commission."""

from templates.parts import COMMISSION_HEAD, SECRETARY
from templates.word import Table

PARAGRAPHS = [
    *COMMISSION_HEAD,
    ("KindName", "ОПИС МАТЕРІАЛІВ"),
    ("DatePlaceIndex", "{{ дата }}\t{{ місце }}\t№ ____"),
    ("Subject", "Про матеріали справи № {{ справа }}"),
    Table(
        (12, 85, 25, 26, 22),
        ("№ з/п", "Документ", "Дата", "Сторінки пакета", "Аркушів"),
        (
            ("{%tr for документ in документи %}",),
            (
                "{{ документ.номер }}",
                "{{ документ.назва }}",
                "{{ документ.дата }}",
                "{{ документ.сторінки }}",
                "{{ документ.аркушів }}",
            ),
            ("{%tr endfor %}",),
        ),
    ),
    ("Last", "Усього надруковано: {{ скільки }}."),
    *SECRETARY,
]
