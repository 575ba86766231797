"""Stories of cases, worked out by hand, told to a real journal: every clock ends as the paper says."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from opika.errors import JournalError
from tests.journal.office_day import (
    CONTENTS,
    KYIV,
    bring,
    clock_rules,
    outgoing,
    rules,
    values,
)

STORIES = tomllib.loads(
    (Path(__file__).parents[1] / "rules" / "data" / "casework.toml").read_text(encoding="utf-8")
)["story"]
SIGN = {"id": "bruises", "group": "violence_threat", "quote": "синці"}
_NO_DETAILS = {"kind", "at", "recorded", "refused"}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KYIV)


class Teller:
    """Tells one story to the open journal.

    Attributes:
        entry: the story's entry.
        told: the event of each step, None where it made none.
    """

    def __init__(self, story: dict[str, Any], data: Path) -> None:
        from journal import registration

        self.data = data
        self.rules = clock_rules(martial_law=story.get("martial_law"))
        received = moment(story["received"])
        urgent = story.get("urgent", False)
        form = bring(
            values(),
            story.get("box", "ssd"),
            received_at=received,
            urgent=urgent,
            indicators=[SIGN] if urgent else [],
        )
        how = replace(rules(), calendar=self.rules.calendar)
        done = registration.register(form, now=received, actor="тест", rules=how)
        self.entry: int = done.entry_id
        self.told: list[int | None] = []

    def tell(self, step: dict[str, Any]) -> None:
        """Do a step; one that is refused must be, with those words."""
        if "refused" not in step:
            self.told.append(self._do(step))
            return
        with pytest.raises(JournalError) as refused:
            self._do(step)
        assert step["refused"] in refused.value.clerk_message
        self.told.append(None)

    def _do(self, step: dict[str, Any]) -> int | None:
        from journal.casework import NewEvent, happened, undo
        from journal.clocks import recount
        from journal.history import Act

        at = moment(step["at"])
        act = Act("тест", moment(step.get("recorded", step["at"])), "помилка")
        if "kind" in step:
            details = {key: text for key, text in step.items() if key not in _NO_DETAILS}
            return int(
                happened(NewEvent(self.entry, step["kind"], at, details), act, self.rules).id
            )
        if "undo" in step:
            event = self.told[step["undo"] - 1]
            assert event
            undo(event, act, self.rules)
        elif "recount" in step:
            self.rules = _changed(self.rules, step["recount"])
            recount(self.rules, act)
        else:
            self._letter(step["letter"], at)
        return None

    def _letter(self, what: str, at: datetime) -> None:
        from journal import outbox, sending
        from journal.models import Document

        who: dict[str, Any] = {"now": at, "actor": "тест"}
        if what == "leaves":
            self._draft(who)
        letter = Document.objects.get(entry=self.entry).pk
        if what == "comes back":
            sending.bounced(letter, rules=self.rules, **who)
            return
        if what == "leaves again":
            outbox.decide_again(letter, why="Скриньку звільнено.", **who)
        raw = f"{what} {letter}".encode()
        CONTENTS.append(raw.decode())
        digest, box = sha256(raw).hexdigest(), ("ssd@example.ua", "css@example.ua")
        mail = outbox.NewSending(letter, *box, True, f"<{digest}@ssd>", digest, len(raw))
        row = outbox.begin(mail, **who)
        assert sending.start(row, **who)
        sending.sent(row, rules=self.rules, **who)

    def _draft(self, who: dict[str, Any]) -> None:
        from journal import documents

        new = documents.NewDocument(self.entry, "ssd", "assessment_request", "request", {})
        letter = documents.new_document(new, series=outgoing(), **who)
        for ending, save in (("docx", documents.save_rendered), ("pdf", documents.save_pdf)):
            (self.data / f"1.{ending}").write_bytes(b"x")
            save(letter, f"1.{ending}", sha256(b"x").hexdigest(), **who)
        documents.approve(letter, series=outgoing(), **who)


def _changed(rules: Any, change: dict[str, Any]) -> Any:
    days = {name: list(map(date.fromisoformat, change.get(name, ()))) for name in _DAYS}
    calendar = rules.calendar.with_overrides(**days)
    if "martial_law_ends" in change:
        ((first, _),) = calendar.martial_law
        calendar = replace(
            calendar, martial_law=((first, date.fromisoformat(change["martial_law_ends"])),)
        )
    return replace(rules, calendar=calendar)


_DAYS = ("days_off", "working_days")


def clocks(entry: int) -> dict[str, str]:
    """The entry's clocks as a story writes them."""
    from journal import listing

    found = {}
    for card in listing.entry_by_id(entry).deadlines:
        if card.key == "register":
            continue
        due = f"{card.due:%Y-%m-%d %H:%M}" if isinstance(card.due, datetime) else f"{card.due}"
        state = "cancelled" if card.cancelled else "open"
        state = f"done {card.done:%Y-%m-%d %H:%M}" if card.done else state
        name = f"{card.key}/{card.start_kind}" if card.start_kind else card.key
        found[name] = f"{card.rule} | {card.starts:%Y-%m-%d %H:%M} | {due} | {state}"
    return found


@pytest.mark.parametrize("story", STORIES, ids=[story["name"] for story in STORIES])
def test_the_clocks_end_as_worked_out_by_hand(story: dict[str, Any], data: Path) -> None:
    from journal import listing
    from journal.comparing import entry_faults

    teller = Teller(story, data)
    for step in story["steps"]:
        teller.tell(step)
    assert clocks(teller.entry) == story["clocks"]
    card = listing.entry_by_id(teller.entry)
    assert card.status == story.get("status", "open")
    assert card.stage == story.get("stage", card.stage)
    assert list(entry_faults(data)) == []


def test_the_stories_are_many_and_tell_of_every_clock_and_most_events() -> None:
    from rules.casework import KINDS

    assert len(STORIES) >= 30
    told = {step.get("kind") for story in STORIES for step in story["steps"]}
    moving = {name for name, kind in KINDS.items() if kind.stops or kind.starts or kind.status}
    assert moving <= told
