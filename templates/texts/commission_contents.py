# ruff: noqa: INP001 - a folder of documents, not a package
"""The first wording of the contents of the packet for the Commission."""

from templates.parts import COMMISSION_HEAD, COMMISSION_WHEN, SECRETARY
from templates.word import Table

PARAGRAPHS = [
    *COMMISSION_HEAD,
    ("KindName", "ЗМІСТ"),
    ("DatePlaceIndex", "{{ дата }}\t{{ місце }}\t№ ____"),
    ("Subject", "Про пакет матеріалів до засідання Комісії"),
    *COMMISSION_WHEN,
    Table(
        (140, 30),
        ("Документ", "Сторінка"),
        (
            ("{%tr for розділ in розділи %}",),
            ("{{ розділ.назва }}", "{{ розділ.сторінка }}"),
            ("{%tr endfor %}",),
        ),
    ),
    ("Last", "Усього в пакеті: {{ скільки }}."),
    *SECRETARY,
]
