"""What the journal's tests have in common: an office's day with invented mail."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from journal.originals import Originals
from rules.calendar import load_calendar
from rules.deadlines import Terms

KYIV = ZoneInfo("Europe/Kyiv")
NOW = datetime(2026, 3, 4, 10, 0, tzinfo=KYIV)
CATALOGUES = Path(__file__).parents[2] / "catalogues"
CONTENTS: list[str] = []
"""All that was ever brought, for a store of originals."""
_CALENDAR = load_calendar(CATALOGUES / "calendar.toml")
_UIDS = itertools.count(1)


def rules(**changes: Any) -> Any:
    from journal.numbers import NOTIFICATIONS, SeriesRule
    from journal.registration import RegistrationRules

    series = SeriesRule(NOTIFICATIONS, KYIV, **{"mask": "{number}/01-17", **changes})
    return RegistrationRules(_CALENDAR, Terms(), series)


def clock_rules(**overrides: Any) -> Any:
    """By what clocks are counted; ``overrides`` as :meth:`Calendar.with_overrides` takes them."""
    from journal.clocks import ClockRules

    return ClockRules(_CALENDAR.with_overrides(**overrides), Terms())


def outgoing(**changes: Any) -> Any:
    from journal.numbers import SeriesRule

    return SeriesRule("outgoing", KYIV, **{"mask": "01-12/{number}", **changes})


def values(**changes: Any) -> dict[str, Any]:
    """A form as it is read, by the keys of the parse contract."""
    return {
        "sender": "Гімназія с. Вигадане",
        "outgoing_number": "01-15/7",
        "outgoing_date": "2026-03-03",
        "subject": "Вигаданюк Іван Петрович, 11 років",
        "persons": [{"name": "Вигаданюк Іван Петрович", "birth_date": None, "age": 11}],
        "address": "с. Вигадане, вул. Нова, буд. 5",
        "content": "Дитина два тижні не відвідує заняття.",
        **changes,
    }


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def stored(data: Path) -> Originals:
    """A store with the bytes of all that was brought."""
    store = Originals(data / "originals")
    for text in CONTENTS:
        store.put(text.encode())
    return store


def mailbox(name: str = "ssd") -> Any:
    from journal import arrivals

    return arrivals.source("mailbox", f"{name}@example.ua", name)


def arrival(
    box: str | None = "ssd", *, received_at: datetime = NOW, now: datetime = NOW, raw: str = ""
) -> int:
    """Record one mail; without ``raw`` unlike any other."""
    from journal import arrivals

    uid = next(_UIDS)
    raw = raw or f"mail {uid}"
    CONTENTS.append(raw)
    new = arrivals.NewArrival(
        source=mailbox(box) if box else None,
        office=box or "ssd",
        journal="ssd",
        channel="email" if box else "phone",
        sha256=digest(raw),
        size=len(raw.encode()),
        received_at=received_at,
        folder="INBOX" if box else "",
        uid_validity=1 if box else None,
        uid=uid if box else None,
    )
    return arrivals.record_arrival(new, now=now, actor="тест")


def unpack(arrival_id: int, files: Sequence[tuple[str, str]], **message: Any) -> list[int]:
    """Store an arrival's files, each (role, content); give their ids."""
    from journal import steps
    from journal.models import File

    new = [
        steps.NewFile(
            path=str(n),
            name=f"{role}-{n}.docx",
            media_type="application/octet-stream",
            role=role,
            sha256=digest(content),
            size=len(content.encode()),
        )
        for n, (role, content) in enumerate(files, start=1)
    ]
    CONTENTS.extend(content for _, content in files)
    header = {"message_id": f"<{arrival_id}@example.ua>", "sender_address": "gym@example.ua"}
    steps.save_unpacked(arrival_id, {**header, **message}, new, now=NOW)
    rows = File.objects.filter(arrival=arrival_id).order_by("ordinal")
    return list(rows.values_list("pk", flat=True))


def read(
    file_id: int,
    *forms: Mapping[str, Any],
    text: str = "текст",
    urgent: bool | None = False,
    indicators: Sequence[Mapping[str, Any]] = (),
) -> list[int]:
    """Store what reading a file gave; give the ids of its forms."""
    from journal import steps
    from journal.models import Form

    found = [
        steps.NewForm(form, confidence={"content": 0.9}, urgent=urgent, indicators=indicators)
        for form in forms
    ]
    reading = steps.NewReading(text, found, None if forms else "not a form", urgent, indicators)
    steps.save_read(file_id, reading, now=NOW)
    return list(Form.objects.filter(file=file_id).order_by("ordinal").values_list("pk", flat=True))


def bring(form: Mapping[str, Any], box: str = "ssd", **how: Any) -> int:
    """A mail with one attached form arrives, is unpacked and read; give the form's id.

    Args:
        form: its values.
        box: the mailbox.
        how: ``attachment`` (its bytes), ``received_at``, ``urgent``, ``indicators``.
    """
    received_at = how.pop("received_at", NOW)
    attachment = how.pop("attachment", None)
    arrival_id = arrival(box, received_at=received_at)
    content = attachment or f"form of mail {arrival_id}"
    body, file = unpack(arrival_id, [("body", f"body {arrival_id}"), ("attachment", content)])
    read(body)
    return read(file, form, **how)[0]


def register(form_id: int, now: datetime = NOW, **series: Any) -> Any:
    from journal import registration

    return registration.register(form_id, now=now, actor="тест", rules=rules(**series))


def registered(form: Mapping[str, Any], box: str = "ssd", **how: Any) -> Any:
    """A mail with a form arrives and is registered."""
    return register(bring(form, box, **how))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]
