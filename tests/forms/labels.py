"""What the blank form prints, and how typists misprint it."""

from __future__ import annotations

from random import Random

ORDER = (
    "до Порядку міжвідомчої взаємодії з виявлення та організації надання соціальних послуг дітям "
    "та сім’ям з дітьми, які перебувають у складних життєвих обставинах на території "
    "Рожищенської міської територіальної громади"
)
OFFICIAL = {
    "heading": "Додаток 1",
    "order": ORDER,
    "out_date": "Дата вих.",
    "in_date": "Дата вхід.",
    "no": "№",
    "hint_sender": (
        "(найменування організації/закладу/установи, яка направляє повідомлення, поштова та "
        "електронна адреси, телефон)"
    ),
    "hint_recipient": ("(найменування організації/закладу/установи, яка отримала повідомлення)"),
    "title": "ПОВІДОМЛЕННЯ/ІНФОРМАЦІЯ",
    "about": "про дитину, сім’ю (особу), яка перебуває у складних життєвих обставинах",
    "registered": "Зареєстровано в журналі повідомлень:",
    "from": "від",
    "pattern": "        дд       мм           рррр",
    "received": "Надійшло:",
    "oral": "усно",
    "written": "письмово",
    "phone": "по телефону",
    "subject": "Про дитину, сім’ю (особу), яка перебуває у складних життєвих обставинах",
    "hint_subject": "(прізвище сім’ї або прізвище, ім’я, по батькові особи, дитини та її вік)",
    "address": "місце проживання:",
    "content": (
        "Зміст повідомлення/інформації про факти, ознаки чи застереження щодо дитини (відмова "
        "від дитини), сім’ї (особи) та дата їх виявлення:"
    ),
    "reporter": "Від:",
    "hint_reporter": (
        "(прізвище, ім’я, по батькові особи, яка подає звернення, інша важлива інформація "
        "(ким працює або родинний зв’язок тощо)"
    ),
    "self": "самозвернення",
    "relatives": "від родичів",
    "neighbours": "від сусідів/знайомих",
    "anonymous": "анонімно",
    "social_work_body": "від суб’єкта соціальної роботи",
    "other": "інше",
    "basis": "За результатами",
    "hint_basis": "(відвідування, обстеження, огляду, рейду, візиту в сім’ю тощо)",
    "measures": "Вжиті заходи:",
    "hint_measures": ("інформація про те, що було зроблено (які дії вчинено) суб’єктом звернення"),
    "enclosures": "До повідомлення/інформації додано документи:",
    "accepted": "Усне або телефонне повідомлення/інформацію прийнято:",
    "hint_accepted": (
        "(прізвище, ім’я, по батькові, посада особи/спеціаліста, яка (який) прийняла(в) усне чи "
        "телефонне повідомлення/інформацію)"
    ),
    "date": "Дата",
    "time": "Час",
}
VIA = ("oral", "written", "phone")
KINDS = ("self", "relatives", "neighbours", "anonymous", "social_work_body", "other")

MISSPELT = {
    "tune": {
        "out_date": ("Дата вих", "Дата виx.", "Дата вихідна"),
        "in_date": ("Дата вхід", "Дата вх.", "Дата вхідна"),
        "title": ("ПОВІДОМЛЕНЯ/ІНФОРМАЦІЯ", "ПОВІДОМЛЕННЯ / ІНФОРМАЦІЯ"),
        "registered": (
            "Зареестровано в журналі повідомлень:",
            "Зареєстровано в журналі повідомлень",
        ),
        "received": ("Надійшло", "Надiйшло:"),
        "subject": (
            "Про дитину, сімю (особу), яка перебуває у складних життєвих обставинах",
            "Про дитину, сім’ю (особу), що перебуває у складних життевих обставинах",
        ),
        "address": ("Місце проживання:", "місце проживаня:", "Місце проживання"),
        "content": (
            "Зміст повідомленя/інформації про факти, ознаки чи застереження щодо дитини (відмова "
            "від дитини), сім’ї (особи) та дата їх виявленя:",
        ),
        "reporter": ("Від", "ВІД:"),
        "basis": ("За результатом", "За результатами:"),
        "measures": ("Вжиті заходи", "Вжити заходи:"),
        "enclosures": (
            "До повідомлення/інформації додані документи:",
            "До повідомлення додано документи:",
        ),
        "accepted": (
            "Усне або телефонне повідомлення/інформацію прийняв:",
            "Усне або телефоне повідомлення/інформацію прийнято:",
        ),
        "self": ("само звернення", "самозверненя"),
        "social_work_body": ("від субєкта соціальної роботи",),
    },
    "aside": {
        "out_date": ("Вих. дата", "Дата вихід.", "дата вих."),
        "in_date": ("Вхід. дата", "Дата вхідн.", "дата вхід."),
        "title": ("ПОВІДОМЛЕННЯ-ІНФОРМАЦІЯ", "Повідомлення/Інформація"),
        "registered": (
            "Зареєстровано у журналі повідомлень",
            "Зарєєстровано в журналі повідомлень :",
        ),
        "received": ("Надійшло :", "Надішло:"),
        "subject": (
            "Про дитину, сім’ю (особу), яка опинилася у складних життєвих обставинах",
            "Про дитину сім’ю (особу) яка перебуває в складних житєвих обставинах:",
        ),
        "address": ("Мiсце проживання :", "місце  проживання", "Місце проживання сім’ї:"),
        "content": (
            "Змiст повідомлення, інформації про факти, ознаки чи застереження щодо дитини, сім’ї "
            "(особи), дата їх виявлення:",
        ),
        "reporter": ("Від :", "від:"),
        "basis": ("За рeзультатами", "за результатами"),
        "measures": ("Вжиті  заходи :", "Вжиті заході:"),
        "enclosures": (
            "До повідомлення (інформації) додано документи",
            "До повідомлення/інформації додаються документи:",
        ),
        "accepted": (
            "Усне чи телефонне повідомлення/інформацію прийнято",
            "Усне або телефонне повідомлення/iнформацію прийняла:",
        ),
        "relatives": ("вiд родичів",),
        "neighbours": ("від сусідів / знайомих",),
        "oral": ("усне",),
    },
}
SHORT = {
    "tune": {
        "about": "про дитину, сім’ю у складних життєвих обставинах",
        "registered": "Зареєстровано:",
        "subject": "Про дитину, сім’ю (особу)",
        "content": "Зміст повідомлення/інформації:",
        "enclosures": "Додано документи:",
        "accepted": "Повідомлення прийнято:",
        "neighbours": "від сусідів",
    },
    "aside": {
        "about": "про дитину/сім’ю у СЖО",
        "registered": "Зареєстровано в журналі:",
        "subject": "Про кого (дитина, сім’я, особа):",
        "content": "Зміст повідомлення та дата виявлення:",
        "enclosures": "Додатки (документи):",
        "accepted": "Усне/телефонне повідомлення прийнято:",
        "phone": "телефоном",
        "social_work_body": "суб’єкт соціальної роботи",
    },
}
NUMBER_SIGNS = {"tune": ("№", "№", "№", "N", "No"), "aside": ("№", "№", "№", "N°", "Nº", "#", "N")}
APOSTROPHES = {"tune": ("'", "\u02bc"), "aside": ("`", "\u2032", "\u201d")}
_LATIN = str.maketrans("іосеархІОСЕАРХТКМВН", "iocea\u0070xIOCEAPXTKMBH")
WAYS = {
    "tune": (
        "official",
        "official",
        "official",
        "misspelt",
        "short",
        "caps",
        "latin",
        "apostrophe",
        "loose",
    ),
    "aside": ("misspelt", "short", "soft", "latin", "apostrophe", "tight", "official"),
}


def _misspelt(rng: Random, part: str, labels: dict[str, str], share: float = 0.6) -> dict[str, str]:
    chosen = {
        key: rng.choice(options)
        for key, options in sorted(MISSPELT[part].items())
        if rng.random() < share
    }
    return labels | chosen


def _caps(rng: Random, labels: dict[str, str]) -> dict[str, str]:
    keys = (
        "registered",
        "received",
        "subject",
        "address",
        "content",
        "reporter",
        "basis",
        "measures",
        "enclosures",
        "accepted",
    )
    return labels | {key: labels[key].upper() for key in keys if rng.random() < 0.8}


def _latin(rng: Random, text: str) -> str:
    return "".join(c.translate(_LATIN) if rng.random() < 0.25 else c for c in text)


def _soft(text: str) -> str:
    for syllable in ("домлення", "формац", "живання", "результат", "реєстр", "документи"):
        text = text.replace(syllable, "\u00ad" + syllable)
    return text


def _map(labels: dict[str, str], change: dict[str, str]) -> dict[str, str]:
    table = str.maketrans(change)
    return {key: text.translate(table) for key, text in labels.items()}


def print_labels(rng: Random, part: str, way: str) -> dict[str, str]:
    """The form's printed words as this typist has them."""
    labels = dict(OFFICIAL)
    if way in ("misspelt", "short"):
        labels = _misspelt(rng, part, labels | (SHORT[part] if way == "short" else {}))
    elif way == "caps":
        labels = _caps(rng, labels)
    elif way == "latin":
        labels = {key: _latin(rng, text) for key, text in labels.items()}
    elif way == "soft":
        labels = {key: _soft(text) for key, text in labels.items()}
    elif way == "apostrophe":
        mark = rng.choice(APOSTROPHES[part])
        labels = _map(labels, {"’": mark})
    elif way == "loose":
        labels = _map(labels, {" ": "  "})
    elif way == "tight":
        short = {key: text for key, text in labels.items() if len(text) < 20}
        labels |= _map(short, {" ": "\u00a0"})
    if way != "official":
        labels["no"] = rng.choice(NUMBER_SIGNS[part])
    return labels
