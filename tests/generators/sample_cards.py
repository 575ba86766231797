"""Invented entries and offices for the tests of letters."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from generators.letterhead import Addressee, Executor, Letterhead, Requisites
from journal.cards import ArrivalCard, DeadlineCard, EntryCard, EventCard

KYIV = ZoneInfo("Europe/Kyiv")

OFFICE = Letterhead(
    name="Вигаданська міська рада",
    unit="Служба у справах дітей",
    address="вул. Вигадана, 1, м. Вигадане, Волинська область, 45999",
    phone="(0000) 00-00-00",
    email="ssd@example.ua",
    head_name="Олена ТЕСТОВЕЦЬ",
    head_position="Начальник служби",
    place="м. Вигадане",
)
CENTRE = Addressee(
    lines=("Комунальній установі «Центр соціальних служб» Вигаданської міської ради",),
    address="вул. Вигадана, 2, м. Вигадане, Волинська область, 45999",
    email="css@example.ua",
)
SCHOOL = Addressee(
    lines=("Вигаданська гімназія № 1",),
    address="м. Вигадане, вул. Зразкова, 39-Б",
    email="school@example.ua",
)
EXECUTOR = Executor("Марія Прикладенко", "050 000 00 00")


def requisites(**changes: Any) -> Requisites:
    """Complete requisites of a reply, changed as asked."""
    services = {"support": "соціальний супровід", "counselling": "консультування"}
    day = date(2026, 3, 4)
    whole = Requisites(OFFICE, SCHOOL, day, "01-12/7", EXECUTOR, services=services)
    return replace(whole, **changes)


def card(urgent: bool | None = False, **values: Any) -> EntryCard:
    """An entry whose form has these values beside the usual ones."""
    usual = {
        "outgoing_number": "01-15/123",
        "outgoing_date": "2026-03-03",
        "sender": "Вигаданська гімназія № 1 м. Вигадане, вул. Зразкова, 39-Б тел. 050 000 11 22",
        "sender_email": "school@example.ua",
        "subject": "Озерчук Назар Зразкович (13 років)",
        "persons": [{"name": "Озерчук Назар Зразкович", "birth_date": None, "age": 13}],
        "address": "с. Зразкове, вул. Вишнева, буд. 3",
        "content": "Хлопець шість днів не був на уроках, довідки немає.",
        "detected_on": "2026-03-02",
        "reporter": "Вишняковець Леся Остапівна, директорка гімназії",
        "reporter_kinds": ["social_work_body"],
        "accepted_by": None,
    }
    return EntryCard(
        id=1,
        office="ssd",
        number="12",
        year=2026,
        registered_at=datetime(2026, 3, 4, 9, 30, tzinfo=KYIV),
        received_at=datetime(2026, 3, 3, 18, 5, tzinfo=KYIV),
        channel="email",
        urgent=urgent,
        status="open",
        values=usual | values,
        review=(),
        indicators=(),
        related=(),
        arrivals=(arrival("from@example.ua"),),
        deadlines=(),
        documents=(),
    )


def arrival(sender_address: str | None) -> ArrivalCard:
    """An arrival by mail from this address."""
    received = datetime(2026, 3, 3, 18, 5, tzinfo=KYIV)
    return ArrivalCard(1, "box@example.ua", "email", None, "0" * 64, received, sender_address)


def assessment_due(day: date) -> DeadlineCard:
    """A running clock of п. 18 that ends on this day."""
    starts = datetime(2026, 3, 4, 9, 30, tzinfo=KYIV)
    return DeadlineCard("needs_assessment", starts, day, None, "п. 18", "")


_WHEN = datetime(2026, 3, 4, 14, tzinfo=KYIV)


def happened(kind: str, at: datetime = _WHEN, **details: Any) -> EventCard:
    """An event of the case that was written down when it happened."""
    return EventCard(1, kind, at, at, details)
