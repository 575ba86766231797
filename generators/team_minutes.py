"""The minutes of a meeting of the team: what was heard, said and decided, item by item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generators import letters, people
from generators.kind import Addressed, Directory, Issuer, NumberedIn
from generators.letterhead import Addressee, Form, Requisites
from generators.steps import lived
from generators.to_fill import to_fill
from journal.cards import EntryCard
from rules.details import Detail, Details
from rules.wording import date_in_figures

KIND = "team_minutes"
WORDS = "протокол засідання міждисциплінарної команди"
LAW = "п. 21"
REGISTER: NumberedIn = "minutes"
FORM: Form = "named"
ISSUER: Issuer = "keeper"
AUTOMATIC = False
_EACH = "на кожне питання порядку денного, через крапку з комою"
DETAILS: Details = {
    "дата_засідання": Detail("день засідання", needed=True, is_day=True),
    "присутні": Detail("хто був, кожен із посадою", needed=True, example=people.EXAMPLE),
    "порядок_денний": Detail(
        "питання", needed=True, example="Про індивідуальний план; Про наступне засідання"
    ),
    "слухали": Detail(f"хто й що доповів, {_EACH}", example="Ткач О. І. – про стан; Гай П. І."),
    "виступили": Detail(f"хто й що сказав, {_EACH}; «–», якщо ніхто", example="Гай П. І.; –"),
    "вирішили": Detail(f"рішення, {_EACH}", example="Схвалити план; Зібратися за місяць"),
    "голова": Detail("хто головував, у називному відмінку; типово – керівник служби"),
    "секретар": Detail("хто вів протокол, у називному відмінку; типово – виконавець"),
    "запрошені": Detail("хто був на запрошення: батьки, інші особи", example=people.EXAMPLE),
}
_OTHER_HANDS = ("дата", "посада_підписанта", "підписант", "виконавець", "телефон_виконавця")
VARIABLES: Mapping[str, str] = {
    **{name: said for name, said in letters.NAMED_VARIABLES.items() if name not in _OTHER_HANDS},
    "дата_засідання": "день засідання, РРРР-ММ-ДД",
    "відбулося": "день засідання (дата протоколу), ДД.ММ.РРРР",
    "присутні": "хто був, як указав працівник",
    "учасники": "рядки «ПІБ – посада» присутніх",
    "запрошені": "хто був на запрошення, як указав працівник",
    "гості": "рядки «ПІБ – ким є» запрошених",
    "порядок_денний": "питання порядку денного, як їх указав працівник",
    "слухали": "доповіді, як їх указав працівник",
    "виступили": "виступи, як їх указав працівник",
    "вирішили": "рішення, як їх указав працівник",
    "питання": "порядок денний; у кожного питання: номер, про_що, слухали, виступили, вирішили",
    "голова": "хто головував",
    "секретар": "хто вів протокол",
    "підпис_голови": "власне ім’я та прізвище голови засідання",
    "підпис_секретаря": "власне ім’я та прізвище секретаря",
}
_SAID = ("слухали", "виступили", "вирішили")


def needed(card: EntryCard) -> bool:
    """Once the team is formed; a clerk asks when it has met.

    Law: п. 21: the service keeps the minutes of the meetings and gives copies to the members.
    """
    return lived(card, "team_formed") is not None


def addressees(card: EntryCard, directory: Directory) -> Sequence[Addressed]:
    """Nobody: minutes; of each day's meeting its own."""
    return (Addressed(directory.told.get("дата_засідання") or "", Addressee(lines=())),)


def context(card: EntryCard, requisites: Requisites, told: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the minutes; what was heard and decided on each item must be told."""
    day = told.get("дата_засідання")
    issuer, executor = requisites.issuer, requisites.executor
    head = told.get("голова") or issuer.head_name
    secretary = told.get("секретар") or (executor.name if executor else "")
    round_it = letters.named_context(card, requisites)
    return {
        **{name: value for name, value in round_it.items() if name not in _OTHER_HANDS},
        **{key: told.get(key) for key in DETAILS},
        "відбулося": date_in_figures(letters.day(day)) if day else to_fill("дата засідання"),
        "учасники": _present(told.get("присутні")) or [_missing("присутні", "ПІБ – посада; …")],
        "гості": _present(told.get("запрошені")),
        "питання": _items(told),
        "підпис_голови": people.signature(head, "голова засідання: вкажіть голова=«…»"),
        "підпис_секретаря": people.signature(secretary, "секретар: вкажіть секретар=«…»"),
    }


def _present(text: str | None) -> list[str]:
    found = [people.in_words(one) for one in people.people(text)]
    return people.numbered(found) if found else []


def _items(told: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each item of the agenda with what belongs to it, by its place in each list."""
    agenda = people.listed(told.get("порядок_денний"))
    agenda = agenda or [_missing("порядок_денний", "перше питання; друге питання")]
    said = {key: people.parts(told.get(key)) for key in _SAID}
    return [
        {
            "номер": str(number),
            "про_що": item.rstrip(" .,;"),
            **{key: _of_item(key, number, said[key]) for key in _SAID},
        }
        for number, item in enumerate(agenda, 1)
    ]


def _of_item(key: str, number: int, told: Sequence[str]) -> str:
    """What is told of an item; a dash leaves out that nobody spoke, but no report or decision."""
    words = told[number - 1] if number <= len(told) else ""
    if letters.said(words) is not None:
        return words.rstrip(" .,;")
    if key == "виступили" and words:
        return ""
    return _missing(key, f"…, питання {number}")


def _missing(key: str, how: str) -> str:
    return to_fill(f"вкажіть {key}=«{how}»")
