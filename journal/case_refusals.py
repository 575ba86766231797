"""What the law or the order of steps does not allow in a case, now or yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from journal.clocks import ClockRules, came_in, happened_in
from journal.models import Entry
from rules.case_story import Happened, refusals
from rules.deadlines import due

_NOT_YET = 2**62
"""Id of an event that is only thought of: written down after all others."""


def refusals_in(
    case_id: int, rules: ClockRules, thought_of: Sequence[Happened] = ()
) -> Mapping[int, str]:
    """Id -> why the event may not be, of every event of the case that is refused.

    Args:
        case_id: the case.
        rules: by what clocks are counted.
        thought_of: events that have not happened, looked at as if they had.
    """

    def until(ended: datetime) -> date:
        end = due("monitoring", ended, rules.calendar, rules.terms).due
        return end.date() if isinstance(end, datetime) else end

    events = [*happened_in(case_id, rules), *thought_of]
    return refusals(events, until, came_in(case_id))


def refused(entry_id: int, kind: str, at: datetime, rules: ClockRules) -> str | None:
    """Why an event of this kind could not be written down for that moment; None: it could.

    Law: Порядок, п. 22 (not less than six months of monitoring), п. 23 (an orphan: adoption).
    """
    case_id = Entry.objects.values_list("case", flat=True).get(pk=entry_id)
    event = Happened(_NOT_YET, entry_id, kind, at.astimezone(rules.terms.zone))
    return refusals_in(case_id, rules, [event]).get(_NOT_YET)
