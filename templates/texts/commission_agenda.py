# ruff: noqa: INP001 - a folder of documents, not a package
"""The first wording of the agenda of the Commission's meeting."""

from templates.parts import COMMISSION_HEAD, COMMISSION_WHEN, SECRETARY

PARAGRAPHS = [
    *COMMISSION_HEAD,
    ("KindName", "ПОРЯДОК ДЕННИЙ"),
    ("DatePlaceIndex", "{{ дата }}\t{{ місце }}\t№ ____"),
    ("Subject", "Про засідання Комісії з питань захисту прав дитини"),
    *COMMISSION_WHEN,
    ("", "{%p for рядок in питання %}"),
    ("Text", "{{ рядок }}"),
    ("", "{%p endfor %}"),
    ("Last", "Усього на розгляд винесено {{ скільки }}."),
    *SECRETARY,
]
