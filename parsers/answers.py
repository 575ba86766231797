"""A notification that a clerk wrote down by hand: the answers as given become a form's values.

The answers are one canonical JSON document, kept as the notification's original:
``{"opika": "notification", "channel", "received_at", "urgent", "completes", "answers"}``; the
answers are texts by the keys of the parse contract, as they were typed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from opika.errors import UnreadableFileError
from parsers.dodatok1.cut import clean
from rules.contacts import email, phone
from rules.dates import detected_on, parse_time
from rules.form_keys import FORM_KEYS
from rules.moments import parse_day
from rules.persons import persons
from rules.wording import date_in_figures

MEDIA_TYPE = "application/vnd.opika.notification+json"
_MARK = b'{"opika":"notification",'

VIA: Mapping[str, str] = {"oral": "oral", "phone": "phone", "paper": "written"}
"""What the form says of each channel («Надійшло: …»)."""

REPORTER_KINDS = ("self", "relatives", "neighbours", "anonymous", "social_work_body", "other")
TEXTS = (
    "content",
    "subject",
    "address",
    "reporter",
    "sender",
    "outgoing_number",
    "recipient",
    "incoming_number",
    "basis",
    "measures_taken",
    "enclosures",
    "accepted_by",
)
DATES = ("outgoing_date", "incoming_date", "detected_on", "accepted_date")
ASKED = (*TEXTS, *DATES, "sender_email", "sender_phone", "reporter_kinds", "accepted_time")
"""The keys that can be answered; the others follow from them or come with registration."""

_SURE, _DOUBTFUL = 1.0, 0.5


@dataclass(frozen=True, slots=True)
class Record:
    """One notification as a clerk wrote it down.

    Attributes:
        channel: ``oral``, ``phone`` or ``paper``.
        received_at: when it was taken, aware.
        urgent: what the person said of danger right now; None: not asked.
        answers: by the keys of ASKED, as typed; ``reporter_kinds`` is a list.
        completes: digest of the record that this one completes; None: it stands alone.
    """

    channel: str
    received_at: datetime
    urgent: bool | None
    answers: Mapping[str, Any]
    completes: str | None = None

    def to_bytes(self) -> bytes:
        """The canonical JSON: the same record gives the same bytes."""
        said = {key: self.answers[key] for key in ASKED if self.answers.get(key)}
        whole = {
            "opika": "notification",
            "channel": self.channel,
            "received_at": self.received_at.isoformat(),
            "urgent": self.urgent,
            "completes": self.completes,
            "answers": said,
        }
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class Understood:
    """What the answers mean: the values of a form, and which of them are doubtful."""

    values: dict[str, Any]
    doubtful: tuple[str, ...]


def is_record(data: bytes) -> bool:
    """Whether these bytes are such a record."""
    return data.startswith(_MARK)


def read_record(data: bytes) -> Record:
    """The record in these bytes.

    Raises:
        UnreadableFileError: they are damaged or not what we write.
    """
    try:
        found = json.loads(data)
        record = Record(
            channel=found["channel"],
            received_at=datetime.fromisoformat(found["received_at"]),
            urgent=found["urgent"],
            answers=dict(found["answers"]),
            completes=found["completes"],
        )
    except (ValueError, KeyError, TypeError, RecursionError) as err:
        raise UnreadableFileError("damaged record") from err
    if not _is_ours(record):
        raise UnreadableFileError("not a record of ours")
    return record


def form_of(record: Record) -> dict[str, Any]:
    """The record as a filled form, with the keys of the parse contract.

    What was typed is sure; what a rule took from it and doubts is for a clerk to look at.
    """
    understood = understand(record)
    doubtful = set(understood.doubtful)
    return {
        "form": "dodatok-1",
        **understood.values,
        "confidence": {key: _DOUBTFUL if key in doubtful else _SURE for key in FORM_KEYS},
        "review": [key for key in FORM_KEYS if key in doubtful],
        "places": {},
        "urgent": record.urgent,
        **({"completes": record.completes} if record.completes else {}),
    }


def text_of(record: Record) -> str:
    """All that was typed, one answer a paragraph, for search and for a person's eye."""
    return "\n\n".join(str(record.answers[key]) for key in TEXTS if record.answers.get(key))


def understand(record: Record) -> Understood:
    """What the answers mean, by the rules that read any form."""
    said, today = record.answers, record.received_at.date()
    values: dict[str, Any] = dict.fromkeys(FORM_KEYS)
    values |= {key: clean(said[key]) for key in TEXTS if said.get(key)}
    days = {key: parse_day(said[key], today=today) for key in DATES if said.get(key)}
    values |= {key: day and day.isoformat() for key, day in days.items()}
    doubtful = [key for key, day in days.items() if day is None]
    if said.get("accepted_time"):
        values["accepted_time"] = parse_time(said["accepted_time"])
        doubtful += [] if values["accepted_time"] else ["accepted_time"]
    values["received_via"] = VIA[record.channel]
    kinds = said.get("reporter_kinds") or ()
    values["reporter_kinds"] = [kind for kind in REPORTER_KINDS if kind in kinds]
    _add_contacts(values, said)
    doubtful += _add_persons(values, today)
    doubtful += _add_detection(values, today)
    return Understood(values, tuple(doubtful))


def _add_contacts(values: dict[str, Any], said: Mapping[str, Any]) -> None:
    """Let the sender's block hold its contacts, as it does on the form."""
    block = values["sender"] or ""
    for key, label, find in (
        ("sender_phone", "тел.", phone),
        ("sender_email", "e-mail", email),
    ):
        given = clean(said.get(key) or "")
        if given and given not in block:
            block = f"{block}, {label} {given}".lstrip(" ,")
        values[key] = find(block)
    values["sender"] = block or None


def _add_persons(values: dict[str, Any], today: date) -> list[str]:
    found = persons(values["subject"] or "", today=today)
    values["persons"] = []
    for person in found.people:
        born = person.birth_date and person.birth_date.isoformat()
        one = {"name": person.name, "birth_date": born, "age": person.age}
        if person.birth_year is not None:
            one["birth_year"] = person.birth_year
        values["persons"].append(one)
    return [] if found.sure else ["persons"]


def _add_detection(values: dict[str, Any], today: date) -> list[str]:
    """The date of detection stands in the content, as the form asks; it is added there if not."""
    content = values["content"] or ""
    named = detected_on(content, today=today)
    given = values["detected_on"]
    if given is None:
        values["detected_on"] = named.value and named.value.isoformat()
        return [] if named.sure else ["detected_on"]
    day = date.fromisoformat(given)
    if content and named.value != day:
        stop = "" if content.endswith((".", "!", "?")) else "."
        values["content"] = f"{content}{stop} Дата виявлення: {date_in_figures(day)}."
    return []


def _is_ours(record: Record) -> bool:
    """Whether every part of it is of the kind that we write: the bytes may be anybody's."""
    said = dict(record.answers)
    kinds = said.pop("reporter_kinds", [])
    texts: list[Any] = [record.channel, record.completes or ""]
    return (
        all(isinstance(text, str) for text in texts)
        and record.channel in VIA
        and record.received_at.tzinfo is not None
        and record.urgent in (None, True, False)
        and isinstance(kinds, list)
        and set(map(str, kinds)) <= set(REPORTER_KINDS)
        and set(said) <= set(ASKED)
        and all(isinstance(text, str) for text in said.values())
    )
