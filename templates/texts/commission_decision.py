# ruff: noqa: INP001 - a folder of documents, not a package
"""The first wording of the draft of the Commission's decision about a case."""

from templates.parts import CHAIR_AND_SECRETARY, COMMISSION_HEAD

PARAGRAPHS = [
    *COMMISSION_HEAD,
    ("KindName", "РІШЕННЯ"),
    ("DatePlaceIndex", "{{ дата }}\t{{ місце }}\t№ ____"),
    ("Subject", "Про розгляд справи № {{ справа }}"),
    (
        "Text",
        "Розглянувши матеріали справи № {{ справа }} – {{ про_кого }} – та висновок оцінки потреб, "
        "отриманий {{ висновок }}, відповідно до пункту 18 {{ порядок }} Комісія",
    ),
    ("Resolved", "ВИРІШИЛА:"),
    ("Text", "1. {{ вирішила }}"),
    ("Last", "2. Контроль за виконанням цього рішення: {{ контроль }}"),
    *CHAIR_AND_SECRETARY,
]
