"""The printed words of the held-out forms: the official ones, and how people retype them."""

from __future__ import annotations

from random import Random

from . import sealed_styles as sealed
from .labels import OFFICIAL

# What the official form has no words for: a table's rows, hints cut short.
MORE = {
    "row_sender": "Найменування організації/закладу/установи, яка направляє повідомлення, поштова та електронна адреси, телефон",
    "row_recipient": "Найменування організації/закладу/установи, яка отримала повідомлення",
    "hint_sender_part": "(найменування закладу, адреса, телефон)",
    "hint_recipient_part": "(найменування установи)",
    "hint_subject_part": "(прізвище, ім’я, по батькові, вік)",
    "hint_reporter_part": "(прізвище, ім’я, по батькові)",
    "hint_basis_part": "(відвідування, рейду тощо)",
    "hint_measures_part": "(що було зроблено)",
    "hint_accepted_part": "(ПІБ, посада)",
}
# Other ways of cutting a hint short.
SHORTENED = {
    "hint_measures_part": (
        "(що було зроблено)",
        "(інформація про те, що було зроблено)",
        "інформація про те, що було зроблено",
        "(які дії вчинено)",
    ),
    "hint_basis_part": ("(відвідування, рейду тощо)", "(відвідування, обстеження, огляду)"),
    "hint_reporter_part": ("(прізвище, ім’я, по батькові)", "(ПІБ особи, яка подає звернення)"),
}
RETYPED: dict[str, tuple[dict[str, str], ...]] = {
    "open": (
        {},
        {},
        {},
        {
            "out_date": "Дата вих",
            "in_date": "Дата вх.",
            "address": "Місце проживання:",
            "content": "Зміст повідомлення / інформації про факти, ознаки чи застереження щодо дитини, сім’ї (особи) та дата їх виявлення:",
            "enclosures": "До повідомлення додано документи:",
            "accepted": "Усне або телефонне повідомлення прийнято:",
        },
        {
            "title": "Повідомлення/інформація",
            "registered": "Зареєстровано в журналі повідомлень",
            "received": "Надійшло",
            "subject": "Про дитину, сім'ю (особу), яка перебуває у складних життєвих обставинах:",
            "address": "Місце проживання",
            "reporter": "Від",
            "neighbours": "від сусідів / знайомих",
            "basis": "За результатами:",
            "measures": "Вжиті заходи",
        },
        {
            "out_date": "Дата вихідна",
            "in_date": "Дата вхідна",
            "subject": "Про дитину, сім’ю (особу), яка перебуває в СЖО",
            "content": "Зміст повідомлення про факти, ознаки чи застереження та дата їх виявлення:",
            "social_work_body": "від суб'єкта соціальної роботи",
            "enclosures": "Додано документи:",
        },
    ),
    "sealed": sealed.LABELS,
}


def retype(rng: Random, part: str, *, exact: bool = False) -> dict[str, str]:
    """The labels as one typist has them; ``exact``: as the form prints them."""
    base = OFFICIAL | MORE
    if exact:
        return base
    labels = base | rng.choice(RETYPED[part])
    labels |= {key: rng.choice(ways) for key, ways in SHORTENED.items()}
    if rng.random() < 0.12:
        labels = {key: text.replace("’", "'") for key, text in labels.items()}
    return labels
