# ruff: noqa: INP001 - a folder of documents, not a package
"""What the texts of several kinds begin and end with: (style, text) of each paragraph.

A style "" is a line of a block (``{%p … %}``); «Last» is the text that stays with the signature,
«TextKeep» one that stays with what follows.
"""

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
NAMED_HEAD = [
    ("Organisation", "{{ установа }}"),
    ("", "{%p if підрозділ %}"),
    ("Unit", "{{ підрозділ }}"),
    ("", "{%p endif %}"),
]
"""The head of an order, an act, minutes; the name of the kind follows."""

DATE_PLACE_INDEX = [("DatePlaceIndex", "{{ дата }}\t{{ місце }}\t№ {{ індекс }}")]

COMMISSION_HEAD = [("Organisation", "{{ установа }}"), ("Unit", "{{ комісія }}")]
COMMISSION_WHEN = [
    ("", "{%p if час %}"),
    ("Text", "Початок засідання – о {{ час }}."),
    ("", "{%p endif %}"),
    ("", "{%p if зал %}"),
    ("Text", "Місце засідання: {{ зал }}."),
    ("", "{%p endif %}"),
]
SECRETARY = [("Signature", "Секретар Комісії\t{{ секретар }}")]
CHAIR_AND_SECRETARY = [("Signature", "Голова Комісії\t{{ голова }}"), *SECRETARY]
"""What the papers of the Commission begin and end with."""
