"""The printed words of the forms of the part ``apart``: official, shortened, misspelt."""

from __future__ import annotations

from random import Random

from .labels import OFFICIAL

# The words that a table or a letterhead needs and the official form has not.
MORE = {
    "row_sender": OFFICIAL["hint_sender"].strip("()").capitalize(),
    "row_recipient": OFFICIAL["hint_recipient"].strip("()").capitalize(),
    "under_letterhead": "(організація, яка направляє повідомлення)",
    "row_kinds": "Звернення надійшло",
}
KINDS_LABELS = ("Звернення надійшло", "Звернення надійшло:", "Звернення", "Хто звернувся")
SHORT = {
    "out_date": "Дата вихідна",
    "in_date": "Дата вхідна",
    "row_sender": "Хто направляє повідомлення (назва, адреса, тел., e-mail)",
    "row_recipient": "Хто отримав повідомлення",
    "subject": "Про дитину / сім’ю / особу у складних життєвих обставинах",
    "address": "Адреса місця проживання:",
    "content": "Зміст повідомлення (факти, ознаки, застереження), дата виявлення:",
    "reporter": "Від кого:",
    "basis": "За результатами:",
    "enclosures": "До повідомлення додано:",
    "accepted": "Усне (телефонне) повідомлення прийняв(ла):",
}
RETOLD = {
    "row_sender": "Організація (заклад, установа), яка направляє повідомлення, адреси, телефон",
    "row_recipient": "Організація, яка отримала повідомлення",
    "title": "Повідомлення (інформація)",
    "received": "Спосіб надходження:",
    "subject": "Про кого (дитина, сім’я, особа, яка перебуває у складних життєвих обставинах):",
    "address": "Проживає за адресою:",
    "content": "Зміст інформації про факти, ознаки чи застереження та дата їх виявлення",
    "reporter": "Від",
    "measures": "Вжиті заходи (що зроблено):",
    "enclosures": "Документи, додані до повідомлення:",
    "time": "Час прийняття",
    "date": "Дата прийняття",
    "social_work_body": "суб’єкт соціальної роботи",
    "relatives": "родичі",
    "neighbours": "сусіди/знайомі",
}
MISSPELT = {
    "title": "ПОВІДОМЛЕННЯ/ІНФОРМАЦIЯ",
    "registered": "Зарєєстровано в журналі повідомлень:",
    "received": "Надійшло :",
    "subject": "Про дитину,сімю(особу),яка перебуває у складних життєвих обставинах",
    "address": "мiсце проживання",
    "content": "Зміст повідомленя/інформації про факти,ознаки чи застереження щодо дитини (відмова від дитини), сімї (особи) та дата їх виявлення :",
    "social_work_body": "від субєкта соціальної роботи",
    "neighbours": "від сусідів / знайомих",
    "measures": "Вжиті заходи :",
    "enclosures": "До повідомленя/інформації додано документи",
    "accepted": "Усне або телефоне повідомлення/інформацію прийнято :",
}
# Most people keep the blank's words; who types it anew changes some of them.
VARIANTS: tuple[dict[str, str], ...] = ({},) * 9 + (MISSPELT,) * 4 + (SHORT,) * 4 + (RETOLD,) * 3
CHANGED = 0.6  # of the words that a typist could change
LOOKALIKES = str.maketrans({"і": "\u0069", "о": "\u006f", "с": "\u0063", "а": "\u0061"})


def exact() -> dict[str, str]:
    """The form's own words."""
    return OFFICIAL | MORE


def latin(text: str) -> str:
    """The text with Latin letters that look alike, as a bad keyboard or a converter leaves it."""
    return text.translate(LOOKALIKES)


def choose(rng: Random) -> dict[str, str]:
    """One sender's words."""
    changes = rng.choice(VARIANTS)
    words = exact() | {key: text for key, text in changes.items() if rng.random() < CHANGED}
    words["row_kinds"] = rng.choice(KINDS_LABELS)
    if rng.random() < 0.12:
        words = {key: text.replace("’", "") for key, text in words.items()}
    if rng.random() < 0.1:
        words |= {key: latin(words[key]) for key in ("address", "content", "measures", "accepted")}
    if rng.random() < 0.08:
        words = {key: text.upper() if not key.startswith("hint") and key not in OPTIONS else text for key, text in words.items()}  # fmt: skip
    return words


OPTIONS = (
    "oral", "written", "phone", "self", "relatives", "neighbours", "anonymous",
    "social_work_body", "other",
)  # fmt: skip
