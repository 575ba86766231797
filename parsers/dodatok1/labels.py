"""What is printed on the form, in letters alone, and in the order of the form's lower part.

Law: the Порядок of the Рожищенська громада, Додаток 1 (the edition kept with the project's norms).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """One printed phrase.

    Attributes:
        key: the field that it opens, or the field that it explains.
        phrases: letters (and №) only, lower case; the printed one first, then others in use.
        rank: its place in the order of the form's lower part; 0 in the head, whose order is free.
        hint: it explains a field and is no part of a value.
        short: too common a word: a colon, a blank or the end of its line must follow it.
        anywhere: it may stand in the middle of a line.
    """

    key: str
    phrases: tuple[str, ...]
    rank: int = 0
    hint: bool = False
    short: bool = False
    anywhere: bool = False


_ABOUT = "продитинусімюособуякаперебуваєускладнихжиттєвихобставинах"
_ABOUT_SHORT = "продитинусімюускладнихжиттєвихобставинах"
_BODY_THAT = "найменуванняорганізаціїзакладуустановияка"

ANNEX = Label(
    "annex",
    (
        "додатокдопорядкуміжвідомчоївзаємодіїзвиявленнятаорганізаціїнаданнясоціальнихпослуг"
        "дітямтасімямздітьмиякіперебуваютьускладнихжиттєвихобставинахнатериторіїрожищенської"
        "міськоїтериторіальноїгромади",
        "додатокдопорядку",
        "додаток",
    ),
)
OUTGOING = Label("outgoing", ("датавих", "датавихідна", "датавихідного", "вихіднадата", "вих№"))
OUTGOING_NUMBER = Label(
    "outgoing",
    (
        "№вих",
        "№вихідний",
        "№вихідна",
        "№вихідне",
        "вихідний№",
        "номервихідний",
        "вихіднийномер",
        "номервих",
    ),
    anywhere=True,
)
INCOMING = Label("incoming", ("датавхід", "датавх", "датавхідна", "вхіднадата", "вхід№", "вх№"))
INCOMING_NUMBER = Label(
    "incoming",
    (
        "№вхід",
        "№вх",
        "№вхідний",
        "№вхідна",
        "№вхідне",
        "вхідний№",
        "номервхідний",
        "вхіднийномер",
        "номервхід",
    ),
    anywhere=True,
)
SENDER = Label(
    "sender",
    (
        f"{_BODY_THAT}направляєповідомленняпоштоватаелектроннаадресителефон",
        f"{_BODY_THAT}направляєповідомлення",
        "найменуванняорганізаціїякаправляє",
        "організаціяякаправляєповідомлення",
        "відправник",
    ),
    hint=True,
)
RECIPIENT = Label(
    "recipient",
    (
        f"{_BODY_THAT}отрималаповідомлення",
        "найменуванняорганізаціїякаотримала",
        "організаціяякаотрималаповідомлення",
        "отримувач",
    ),
    hint=True,
)
TITLE = Label(
    "title",
    (
        f"повідомленняінформація{_ABOUT}",
        f"повідомленняінформація{_ABOUT_SHORT}",
        "повідомленняінформація",
    ),
)
REGISTERED = Label(
    "registered",
    (
        "зареєстровановжурналіповідомлень",
        "зареєстрованоужурналіповідомлень",
        "зареєстровановжурналі",
        "зареєстровано",
    ),
)
DAY_MONTH_YEAR = Label("registered", ("ддммрррр",), hint=True, anywhere=True)
HEAD = (
    ANNEX,
    OUTGOING,
    OUTGOING_NUMBER,
    INCOMING,
    INCOMING_NUMBER,
    SENDER,
    RECIPIENT,
    TITLE,
    REGISTERED,
    DAY_MONTH_YEAR,
)

BODY = (
    Label("received_via", ("надійшло", "повідомленнянадійшло"), 1),
    Label("subject", (_ABOUT, _ABOUT_SHORT, "продитинусімюособу", "продитину"), 2),
    Label("subject", ("прізвищесімїабопрізвищеімяпобатьковіособидитинитаїївік",), 3, hint=True),
    Label(
        "address",
        (
            "місцепроживання",
            "місцеперебування",
            "адресапроживання",
            "адресамісцяпроживання",
            "адреса",
        ),
        4,
    ),
    Label(
        "content",
        (
            "змістповідомленняінформаціїпрофактиознакичизастереженнящододитинивідмовавіддитини"
            "сімїособитадатаїхвиявлення",
            "змістповідомленняінформації",
            "змістповідомлення",
            "змістзвернення",
            "змістінформації",
            "зміст",
        ),
        5,
    ),
    Label("reporter", ("від",), 6, short=True),
    Label(
        "reporter",
        (
            "прізвищеімяпобатьковіособиякаподаєзверненняіншаважливаінформаціякимпрацюєабо"
            "родиннийзвязоктощо",
        ),
        7,
        hint=True,
    ),
    Label("reporter", ("зверненнянадійшло", "джерелоповідомлення"), 7, hint=True),
    Label("basis", ("зарезультатами",), 8),
    Label("basis", ("відвідуванняобстеженняоглядурейдувізитувсімютощо",), 9, hint=True),
    Label("measures_taken", ("вжитізаходи", "вжитозаходів", "вжитозаходи", "заходивжиті"), 10),
    Label(
        "measures_taken",
        ("інформаціяпротещобулозробленоякідіївчиненосубєктомзвернення",),
        11,
        hint=True,
    ),
    Label(
        "enclosures",
        (
            "доповідомленняінформаціїдоданодокументи",
            "доповідомленнядоданодокументи",
            "доданодокументи",
        ),
        12,
    ),
    Label(
        "accepted_by",
        (
            "уснеаботелефоннеповідомленняінформаціюприйнято",
            "уснеаботелефоннеповідомленняінформаціяприйнято",
            "уснеаботелефоннеповідомленняприйнято",
            "повідомленняінформаціюприйнято",
            "повідомленняприйнято",
            "повідомленняприйняв",
        ),
        13,
    ),
    Label(
        "accepted_by",
        (
            "прізвищеімяпобатьковіпосадаособиспеціалістаякаякийприйнялавусне"
            "чителефоннеповідомленняінформацію",
        ),
        14,
        hint=True,
    ),
    Label(
        "accepted_date",
        ("дата", "датаічас", "датайчас", "датачас", "датаприйняття"),
        15,
        short=True,
    ),
    Label("accepted_time", ("час", "часприйняття"), 16, short=True, anywhere=True),
)
