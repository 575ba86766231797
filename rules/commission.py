"""Which cases may go before the Commission on a day, and what the others lack.

Law: Порядок, п. 18: ЦСС sends its conclusion to the service, which prepares the materials for the
Commission's meeting from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rules.case_story import Happened, in_order
from rules.wording import date_in_figures

_Days = Callable[[date], bool]

_CONCLUSION, _DECISION, _ACT = "conclusion_received", "commission_decided", "act_made"
# Their end is the conclusion itself: one fault is told once.
_OF_CONCLUSION = frozenset({"needs_assessment", "conclusion_sent"})
_UNDONE: Mapping[str, str] = {
    "register": "повідомлення не зареєстровано",
    "assessment_request": "не записано, що запит про оцінку потреб надіслано",
    "urgent_visit": "не записано невідкладного візиту",
    "safety_act": "не складено акта оцінки рівня безпеки дитини",
    "removal_petition": "не подано клопотання про невідкладне відібрання дитини",
    "act_registered_decision": "не записано рішення ЦСС про соціальні послуги",
}
"""Clock -> what is missing while it runs. What is not here does not keep a case from the meeting."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock of the case that still runs.

    Attributes:
        key: the term (:mod:`rules.deadlines`).
        number: of the notification whose clock it is, as the journal writes it.
        due: its end: a day, or a moment for terms counted in hours.
    """

    key: str
    number: str
    due: date | datetime

    @property
    def due_on(self) -> date:
        """The day on which it ends, in the office's zone."""
        return self.due.date() if isinstance(self.due, datetime) else self.due


@dataclass(frozen=True, slots=True)
class Story:
    """What the rule looks at in one case; times in the office's zone.

    Attributes:
        came: when its living notifications came.
        events: what happened in it and was not undone.
        running: its clocks that still ask for something.
    """

    came: Sequence[datetime]
    events: Sequence[Happened]
    running: Sequence[Clock]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands before a meeting.

    Attributes:
        missing: what it lacks, each in words for a clerk; empty: it may be heard.
        conclusion: when the conclusion came that is to be heard; None: none has come.
    """

    missing: tuple[str, ...]
    conclusion: datetime | None

    @property
    def is_ready(self) -> bool:
        """Whether the Commission may hear it."""
        return not self.missing


def standing(story: Story, meeting: date) -> Standing | None:
    """How a case stands before the meeting of a day; None where nothing is to be decided in it.

    What was decided on that day or later is what the meeting decided: so the packet of a past
    meeting comes out as it was. A case that the Commission has decided comes again with a newer
    notification, or with a newer conclusion.

    Law: Порядок, п. 18 (the materials follow from the conclusion), п. 14–16, 19 (what comes before).

    Args:
        story: of a case that is at work.
        meeting: the day of the meeting.
    """
    came = [moment for moment in story.came if moment.date() <= meeting]
    decided = _last(story.events, _DECISION, lambda day: day < meeting)
    conclusion = _last(story.events, _CONCLUSION, lambda day: day <= meeting)
    if decided and conclusion and conclusion < decided:
        conclusion = None
    # What came before the decision was heard then.
    if not came or (decided and not conclusion and max(came) <= decided):
        return None
    missing = [] if conclusion else [_without_conclusion(story, decided, meeting)]
    missing += [
        f"{_UNDONE[clock.key]} (повідомлення № {clock.number}, строк – до "
        f"{date_in_figures(clock.due_on)})"
        for clock in sorted(story.running, key=lambda clock: (clock.due_on, clock.key))
        if clock.key in _UNDONE and clock.due_on <= meeting
    ]
    missing += _assessed_again(story, meeting) if conclusion else []
    return Standing(tuple(missing), conclusion)


def _last(events: Iterable[Happened], kind: str, on: _Days) -> datetime | None:
    found = [event.at for event in in_order(events) if event.kind == kind and on(event.at.date())]
    return found[-1] if found else None


def _without_conclusion(story: Story, decided: datetime | None, meeting: date) -> str:
    """Why there is nothing to hear, and until when the conclusion is due."""
    made = _last(story.events, _ACT, lambda day: day <= meeting)
    if made and (decided is None or made > decided):
        what = "акт оцінки потреб складено, висновку ЦСС ще не отримано"
    elif decided:
        what = "після рішення Комісії надійшло нове повідомлення, нового висновку ЦСС ще немає"
    else:
        what = "немає висновку ЦСС про потреби сім’ї"
    ends = [clock.due_on for clock in story.running if clock.key in _OF_CONCLUSION]
    return f"{what} (строк – до {date_in_figures(max(ends))})" if ends else what


def _assessed_again(story: Story, meeting: date) -> list[str]:
    """Notifications that the conclusion does not cover, though the assessment was due."""
    return [
        f"за повідомленням № {clock.number} оцінку потреб не завершено (строк – до "
        f"{date_in_figures(clock.due_on)})"
        for clock in story.running
        if clock.key in _OF_CONCLUSION and clock.due_on <= meeting
    ]
