"""The papers of the Commission's meeting: their values, out of the cards of its cases.

They are for the Commission's own eyes, so they name the child; none names who reported (п. 13). What
the meeting itself brings (who came, who spoke, how they voted, what was decided) is left to be
written in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from generators.letterhead import Letterhead
from generators.letters import phrase, said, signature_name
from generators.to_fill import to_fill
from journal.cards import DeadlineCard, EntryCard, EventCard
from journal.cards_commission import CaseCard
from rules.casework import KINDS, detail_words
from rules.procedure import PROCEDURE
from rules.text import tidy
from rules.wording import date_in_figures, date_in_words, plural, the_nth

COMMISSION = "Комісія з питань захисту прав дитини"
TO_SIGN = "________________"
"""Stands for a name that the configuration does not have: a signature only of hand."""

ROLES: Mapping[str, str] = {
    "head": "голова Комісії",
    "secretary": "секретар Комісії",
    "member": "член Комісії",
}


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the Commission; ``role``: one of ROLES."""

    name: str
    position: str
    role: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of the Commission that is still to come.

    Attributes:
        day: its day.
        issuer: the office that prepares it, as it is headed on that day.
        members: of the Commission, in the order of the configuration.
        time: «10:00»; "" where it is not said.
        room: where it meets; "" where it is not said.
        procedure: the local act in the genitive, see :mod:`rules.procedure`.
        clocks: key of a term -> what a clerk calls it.
    """

    day: date
    issuer: Letterhead
    members: Sequence[Member] = ()
    time: str = ""
    room: str = ""
    procedure: str = PROCEDURE
    clocks: Mapping[str, str] = field(default_factory=dict)

    def named(self, role: str) -> str:
        """The name of who has this role, as signatures write it; a line where nobody is named."""
        found = (signature_name(one.name) for one in self.members if one.role == role)
        return next(found, TO_SIGN)


@dataclass(frozen=True, slots=True)
class Item:
    """A case on the agenda; ``conclusion``: when its conclusion came."""

    number: int
    case: CaseCard
    conclusion: datetime


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the packet; ``variables``: the values of its template, and what each of them is."""

    words: str
    variables: Mapping[str, str]


_DECIDED = "commission_decided"
_COMMON: Mapping[str, str] = {
    "установа": "орган, при якому діє Комісія",
    "комісія": "назва Комісії",
    "дата": "день засідання, ДД.ММ.РРРР",
    "місце": "населений пункт, у якому проходить засідання",
    "час": "час засідання, ГГ:ХХ; порожньо, якщо не вказано",
    "зал": "де саме проходить засідання; порожньо, якщо не вказано",
    "порядок": "назва Порядку в родовому відмінку",
    "голова": "власне ім’я та прізвище голови Комісії або лінія для підпису",
    "секретар": "власне ім’я та прізвище секретаря Комісії або лінія для підпису",
}
_CASE: Mapping[str, str] = {
    "справа": "номер справи – номер її першого повідомлення",
    "про_кого": "дитина, сім’я, як їх названо в повідомленні",
    "висновок": "день отримання висновку оцінки потреб словесно-цифровим способом",
}
PAPERS: Mapping[str, Paper] = {
    "commission_agenda": Paper(
        "порядок денний засідання Комісії",
        {
            **_COMMON,
            "питання": "рядки порядку денного з номерами",
            "скільки": "скільки справ винесено, словами: «5 справ»",
        },
    ),
    "commission_brief": Paper(
        "довідка у справі до засідання Комісії",
        {
            **_COMMON,
            **_CASE,
            "місце_проживання": "адреса сім’ї, як її названо в повідомленні",
            "повідомлення": "рядки: кожне повідомлення у справі з його змістом",
            "ознаки": "слова повідомлень, у яких видно ознаки Додатка 2, у лапках",
            "події": "рядки: що сталося після реєстрації, за датами",
            "строки": "рядки: строки, їхні підстави й виконання",
            "посада_підписанта": "посада того, хто підписує",
            "підписант": "власне ім’я та прізвище того, хто підписує, або лінія для підпису",
        },
    ),
    "commission_materials": Paper(
        "опис матеріалів справи до засідання Комісії",
        {
            **_COMMON,
            "справа": _CASE["справа"],
            "документи": "рядки таблиці: номер, назва, дата, сторінки пакета, аркушів",
            "скільки": "скільки аркушів у справі, словами: «5 аркушів»",
        },
    ),
    "commission_contents": Paper(
        "зміст пакета до засідання Комісії",
        {
            **_COMMON,
            "розділи": "рядки таблиці: назва, сторінка пакета",
            "скільки": "скільки сторінок у пакеті, словами: «15 сторінок»",
        },
    ),
    "commission_decision": Paper(
        "проєкт рішення Комісії",
        {
            **_COMMON,
            **_CASE,
            "вирішила": "зміст рішення, який вписує секретар",
            "контроль": "на кого покладено контроль, вписує секретар",
        },
    ),
    "commission_attendance": Paper(
        "реєстраційний лист засідання Комісії",
        {
            **_COMMON,
            "члени": "рядки таблиці: номер, ім’я, посада",
            "склад": "скільки членів у Комісії",
        },
    ),
    "commission_minutes": Paper(
        "проєкт протоколу засідання Комісії",
        {
            **_COMMON,
            "члени": "рядки: ім’я, посада, роль кожного члена Комісії",
            "склад": "скільки членів у Комісії",
            "питання": "рядки порядку денного з номерами",
            "справи": "справи: номер питання і про що слухали",
        },
    ),
}
"""Name of the template -> the paper that is made by it."""


def agenda(meeting: Meeting, items: Sequence[Item]) -> dict[str, Any]:
    """The agenda for the members: each case with the child whom it is about."""
    return {**_common(meeting), "питання": [_question(item) for item in items], **_count(items)}


def public_agenda(meeting: Meeting, items: Sequence[Item]) -> dict[str, Any]:
    """The agenda as it may be published: numbers of cases alone.

    Law: Порядок, п. 13 (confidentiality).
    """
    lines = [f"{item.number}. Про розгляд справи № {item.case.index}." for item in items]
    return {**_common(meeting), "питання": lines, **_count(items)}


def brief(meeting: Meeting, item: Item) -> dict[str, Any]:
    """What the journal knows of a case, with the conclusion that is to be heard."""
    entries = item.case.entries
    quotes = (tidy(sign.get("quote") or "") for entry in entries for sign in entry.indicators)
    issuer = meeting.issuer
    return {
        **_common(meeting),
        **_case(item),
        "місце_проживання": phrase(_newest(item.case, "address")),
        "повідомлення": [_notification(entry) for entry in entries],
        "ознаки": "; ".join(f"«{quote}»" for quote in dict.fromkeys(quotes) if quote) or None,
        "події": [_event(event) for event in _events(item.case, meeting.day)],
        "строки": [_clock(clock, meeting.clocks) for entry in entries for clock in entry.deadlines],
        "посада_підписанта": said(issuer.head_position) or "Керівник служби",
        "підписант": signature_name(issuer.head_name) or TO_SIGN,
    }


def decision(meeting: Meeting, item: Item) -> dict[str, Any]:
    """The draft of what the Commission decides; the decision itself is for the Commission."""
    return {
        **_common(meeting),
        **_case(item),
        "вирішила": to_fill("рішення Комісії: які заходи, хто їх виконує, до якого дня"),
        "контроль": to_fill("на кого покладено контроль"),
    }


@dataclass(frozen=True, slots=True)
class Material:
    """A paper of a case in the packet.

    Attributes:
        title: what it is; it names nobody.
        day: of the paper, or on which it came; None: not known.
        first: its first page in the packet, from 1; None: it is not printed.
        pages: how many pages it has.
        why_not: why it is not printed.
    """

    title: str
    day: date | None = None
    first: int | None = None
    pages: int = 0
    why_not: str = ""


def materials(meeting: Meeting, item: Item, papers: Sequence[Material]) -> dict[str, Any]:
    """The list of a case's materials with their pages in the packet, and sheets.

    A page is printed on a sheet of its own.
    """
    lines = [
        {
            "номер": number,
            "назва": f"{one.title}{one.why_not and f' ({one.why_not})'}",
            "дата": date_in_figures(one.day) if one.day else "–",
            "сторінки": _range(one),
            "аркушів": one.pages or "–",
        }
        for number, one in enumerate(papers, start=1)
    ]
    sheets = sum(one.pages for one in papers)
    return {
        **_common(meeting),
        "справа": item.case.index,
        "документи": lines,
        "скільки": f"{sheets} {plural(sheets, 'аркуш', 'аркуші', 'аркушів')}",
    }


def contents(meeting: Meeting, sections: Sequence[tuple[str, int]], total: int) -> dict[str, Any]:
    """The contents of the packet: what begins on which page."""
    return {
        **_common(meeting),
        "розділи": [{"назва": title, "сторінка": page} for title, page in sections],
        "скільки": f"{total} {plural(total, 'сторінка', 'сторінки', 'сторінок')}",
    }


def _range(paper: Material) -> str:
    if paper.first is None:
        return "–"
    last = paper.first + paper.pages - 1
    return str(last) if last == paper.first else f"{paper.first}–{last}"


def attendance(meeting: Meeting) -> dict[str, Any]:
    """The sheet that the members sign when they come."""
    members = [
        {"номер": number, "імя": tidy(one.name), "посада": _position(one)}
        for number, one in enumerate(meeting.members, start=1)
    ]
    return {**_common(meeting), "члени": members, "склад": _size(meeting)}


def minutes(meeting: Meeting, items: Sequence[Item]) -> dict[str, Any]:
    """The draft of the minutes: what is known before the meeting, and lines for the rest."""
    return {
        **_common(meeting),
        "члени": [f"{tidy(one.name)} – {_position(one)}" for one in meeting.members],
        "склад": _size(meeting),
        "питання": [_question(item) for item in items],
        "справи": [{"номер": item.number, "про_що": _heard(item)} for item in items],
    }


def _common(meeting: Meeting) -> dict[str, Any]:
    return {
        "установа": tidy(meeting.issuer.name),
        "комісія": COMMISSION,
        "дата": date_in_figures(meeting.day),
        "місце": said(meeting.issuer.place) or to_fill("місце: впишіть place у [[office]]"),
        "час": said(meeting.time),
        "зал": said(meeting.room),
        "порядок": tidy(meeting.procedure),
        "голова": meeting.named("head"),
        "секретар": meeting.named("secretary"),
    }


def _case(item: Item) -> dict[str, Any]:
    return {
        "справа": item.case.index,
        "про_кого": _about(item.case),
        "висновок": date_in_words(item.conclusion.date()),
    }


def _about(case: CaseCard) -> str:
    return phrase(_newest(case, "subject")) or to_fill("про кого справа")


def _newest(case: CaseCard, key: str) -> str | None:
    """What the newest notification says that says anything."""
    told = (entry.values.get(key) for entry in reversed(case.entries))
    return next(filter(said, told), None)


def _question(item: Item) -> str:
    return f"{item.number}. Про розгляд справи № {item.case.index}: {_about(item.case)}."


def _heard(item: Item) -> str:
    day = date_in_words(item.conclusion.date())
    return (
        f"Про розгляд справи № {item.case.index}: {_about(item.case)}; висновок оцінки потреб, "
        f"отриманий {day}"
    )


def _count(items: Sequence[Item]) -> dict[str, str]:
    return {"скільки": f"{len(items)} {plural(len(items), 'справу', 'справи', 'справ')}"}


def _notification(entry: EntryCard) -> str:
    ordinal = entry.ordinal or 1
    again = f", {the_nth(ordinal)} у цій справі" if ordinal > 1 else ""
    head = (
        f"Повідомлення № {entry.index or entry.number}, зареєстроване "
        f"{date_in_words(entry.registered_at.date())}{again}"
    )
    content = phrase(entry.values.get("content"))
    return f"{head}: {content}." if content else f"{head}."


def _events(case: CaseCard, day: date) -> list[EventCard]:
    """What happened before the meeting's decision, in its order."""
    found = [
        event
        for entry in case.entries
        for event in entry.events
        if event.undone is None
        and (event.at.date() < day or (event.at.date() == day and event.kind != _DECIDED))
    ]
    return sorted(found, key=lambda event: (event.at, event.id))


def _event(event: EventCard) -> str:
    told = detail_words(event.kind, event.details).rstrip(". ")
    return f"{date_in_figures(event.at.date())} – {KINDS[event.kind].words}{told and f'; {told}'}."


def _clock(clock: DeadlineCard, words: Mapping[str, str]) -> str:
    due = clock.due.date() if isinstance(clock.due, datetime) else clock.due
    head = f"{words.get(clock.key, clock.key)} ({clock.rule}), до {date_in_figures(due)}"
    if clock.cancelled:
        return f"{head}: скасовано."
    if clock.done is None:
        return f"{head}: не виконано."
    late = ", із запізненням" if clock.done.date() > due else ""
    return f"{head}: виконано {date_in_figures(clock.done.date())}{late}."


def _position(member: Member) -> str:
    return f"{tidy(member.position)}, {ROLES[member.role]}"


def _size(meeting: Meeting) -> str:
    return str(len(meeting.members)) if meeting.members else "____"
