"""What can happen in the work with a family after registration: one table of kinds of events.

Each kind says which clocks it stops and which it starts, and what it asks to be told. How events
follow each other is in :mod:`rules.case_story`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from opika.errors import BadValueError
from rules import details
from rules.details import Detail

Status = Literal["open", "monitoring", "closed"]

_YES_NO = MappingProxyType({"yes": "так", "no": "ні"})


class Paper(NamedTuple):
    """The paper by which an event is made, and where it gets its number.

    Attributes:
        register: of which register.
        about: what it is, as the register says it.
        assessor: the register is ЦСС's, not that of the entry's office.
    """

    register: str
    about: str
    assessor: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event.

    Attributes:
        words: what happened, for a clerk.
        point: the point of the Порядок; "" where it says nothing of it.
        stops: clocks of the case that it is what they asked for.
        starts: clocks (key, start kind) of the entry that begin with it.
        cancels: clocks that ask for nothing any more.
        own_only: it cancels clocks of its own entry alone, not of the whole case.
        status: where the case stands from then on; None: where it stood.
        stage: how far the work has come then; None: no further than before.
        details: what is told of it.
        paper: the paper that it is made by, where that has a number of ours.
    """

    words: str
    point: str
    stops: tuple[str, ...] = ()
    starts: tuple[tuple[str, str], ...] = ()
    cancels: tuple[str, ...] = ()
    own_only: bool = False
    status: Status | None = None
    stage: str | None = None
    details: Mapping[str, Detail] = field(default_factory=dict)
    paper: Paper | None = None


_NOTE = Detail("примітка")
_NUMBER = Detail("номер документа")
_DATED = Detail("дата документа", is_day=True)
_PAPER = {"number": _NUMBER, "dated": _DATED}
_VISITORS = MappingProxyType({"police": "поліція", "cpmsd": "ЦПМСД", "css": "ЦСС"})
_PLACES = MappingProxyType({"relatives": "у родичів або знайомих", "shelter": "притулок"})
_DECISIONS = MappingProxyType({"provide": "надати послуги", "refuse": "відмовити"})


def _with(**details: Detail) -> Mapping[str, Detail]:
    return MappingProxyType({**details, "note": _NOTE})


# Law: the Порядок of the Rozhyshche council, 19.02.2025, the point that stands in each line; what a
# step starts is counted by rules.deadlines, by the same point.
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        # П. 14: the request is made; п. 18: ЦСС's five days run from its getting it.
        "request_sent": Kind(
            "запит про оцінку потреб надіслано",
            "п. 14",
            stops=("assessment_request",),
            starts=(("needs_assessment", "request"),),
            stage="assessment",
            details=_with(**_PAPER),
        ),
        # П. 15: with police, ЦПМСД and ЦСС; п. 16: the act is made during the visit.
        "visited": Kind(
            "візит",
            "п. 15",
            stops=("urgent_visit",),
            starts=(("safety_act", ""),),
            stage="visited",
            details=_with(**{"with": Detail("разом із", allowed=_VISITORS, several=True)}),
        ),
        "safety_act_made": Kind(
            "акт оцінки рівня безпеки складено",
            "п. 16",
            stops=("safety_act",),
            details=_with(threat=Detail("загроза є", needed=True, allowed=_YES_NO), **_PAPER),
            paper=Paper("safety_acts", "Акт проведення оцінки рівня безпеки дитини"),
        ),
        # П. 16: given during the visit; п. 18: the five days run from it, too.
        "crisis_service_given": Kind(
            "ЦСС надав послугу екстреного та кризового втручання",
            "п. 16, 18",
            starts=(("needs_assessment", "crisis_service"),),
            stage="assessment",
            details=_with(**_PAPER),
        ),
        "threat_confirmed": Kind(
            "загрозу життю чи здоров’ю підтверджено",
            "п. 17, 19",
            starts=(("removal_petition", ""),),
            stage="protection",
            details=_with(),
        ),
        "petition_filed": Kind(
            "клопотання про невідкладне відібрання подано міському голові",
            "п. 19",
            stops=("removal_petition",),
            stage="protection",
            details=_with(**_PAPER),
        ),
        "enrolled": Kind(
            "дитину взято на облік (наказ ССД)",
            "п. 19",
            stage="support",
            details=_with(**_PAPER),
            paper=Paper("orders", "Про взяття дитини на облік"),
        ),
        "team_formed": Kind(
            "міждисциплінарну команду сформовано",
            "п. 19",
            stage="support",
            details=_with(**_PAPER),
        ),
        "team_met": Kind(
            "засідання міждисциплінарної команди",
            "п. 21",
            details=_with(**_PAPER),
            paper=Paper("minutes", "Протокол засідання міждисциплінарної команди"),
        ),
        "placed": Kind(
            "дитину тимчасово влаштовано",
            "п. 20",
            stage="protection",
            details=_with(form=Detail("куди", needed=True, allowed=_PLACES), **_PAPER),
        ),
        # П. 18: the act ends the assessment; the decision and the conclusion are due after it.
        "act_made": Kind(
            "ЦСС склав акт оцінки потреб",
            "п. 18",
            stops=("needs_assessment",),
            starts=(("act_registered_decision", ""), ("conclusion_sent", "")),
            stage="assessed",
            details=_with(specialist=Detail("фахівець, який склав акт"), **_PAPER),
            paper=Paper("acts", "Акт оцінки потреб сім’ї/особи", assessor=True),
        ),
        "services_decided": Kind(
            "ЦСС прийняв рішення про соціальні послуги",
            "п. 18",
            stops=("act_registered_decision",),
            stage="support",
            details=_with(
                decision=Detail("рішення", needed=True, allowed=_DECISIONS),
                consent=Detail("згода батьків чи законних представників", allowed=_YES_NO),
                **_PAPER,
            ),
        ),
        "conclusion_received": Kind(
            "висновок оцінки потреб отримано",
            "п. 18",
            stops=("needs_assessment", "conclusion_sent"),
            stage="assessed",
            details=_with(**_PAPER),
        ),
        "commission_decided": Kind(
            "рішення Комісії з питань захисту прав дитини",
            "п. 18",
            stage="support",
            details=_with(decision=Detail("рішення", needed=True), **_PAPER),
        ),
        # П. 21: the team decides; п. 22: not less than six months of monitoring follow.
        "work_ended": Kind(
            "рішення про завершення роботи",
            "п. 21, 22",
            starts=(("monitoring", ""),),
            status="monitoring",
            stage="monitoring",
            details=_with(**_PAPER),
        ),
        "monitored": Kind(
            "моніторинг ситуації в сім’ї",
            "п. 22",
            details=_with(seen=Detail("що встановлено", needed=True)),
        ),
        "closed": Kind(
            "справу завершено",
            "п. 22",
            stops=("monitoring",),
            status="closed",
            stage="closed",
            details=_with(**_PAPER),
        ),
        "reopened": Kind(
            "роботу відновлено",
            "",
            cancels=("monitoring",),
            status="open",
            stage="reopened",
            details=_with(why=Detail("підстава", needed=True)),
        ),
        "orphan": Kind(
            "дитина має статус сироти чи позбавленої батьківського піклування",
            "п. 23",
            details=_with(**_PAPER),
        ),
        "adopted": Kind("дитину усиновлено", "п. 23", details=_with(**_PAPER)),
        # П. 15 asks for the visit where the content shows a threat: a person has judged that not.
        "calmed": Kind(
            "загрози немає: терміновість знято",
            "п. 15",
            cancels=("urgent_visit",),
            own_only=True,
            details=_with(why=Detail("підстава", needed=True)),
        ),
    }
)

STAGES: Mapping[str, str] = MappingProxyType(
    {
        "registered": "зареєстровано",
        "visited": "візит проведено",
        "assessment": "оцінка потреб",
        "assessed": "потреби оцінено",
        "protection": "захист дитини",
        "support": "супровід",
        "monitoring": "моніторинг",
        "closed": "завершено",
        "reopened": "роботу відновлено",
    }
)


def kind_of(name: str) -> Kind:
    """The kind of event with this name.

    Raises:
        BadValueError: there is none; the message names those that there are.
    """
    if name not in KINDS:
        raise BadValueError(f"невідома подія «{name}»; дозволено: {', '.join(KINDS)}")
    return KINDS[name]


def checked(name: str, given: Mapping[str, str]) -> dict[str, Any]:
    """What is told of an event, as the journal keeps it; empty values are left out.

    Args:
        name: the kind.
        given: detail -> text, as a clerk typed it.

    Raises:
        BadValueError: something needed is missing, or a detail or value is unknown.
    """
    return details.checked(kind_of(name).details, given, f"подія {name}")


def detail_words(name: str, told: Mapping[str, Any]) -> str:
    """What is told of an event, for a clerk: «разом із: поліція, ЦСС; примітка: …»."""
    return details.shown(kind_of(name).details, told)


def usage(name: str) -> list[str]:
    """The details of a kind as they are typed, needed ones first."""
    return details.usage(kind_of(name).details)
