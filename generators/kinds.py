"""The kinds of documents that can be drafted; a new one is a module and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from generators import (
    assessment_request,
    closing_order,
    enrolment_order,
    monitoring_plan,
    notification_form,
    placement_order,
    registration_mark,
    registration_reply,
    removal_petition,
    safety_assessment_act,
    services_referral,
    shelter_referral,
    team_invitation,
    team_minutes,
    team_order,
    urgent_visit_notice,
)
from generators.kind import Kind

_ALL: tuple[Kind, ...] = (
    notification_form,
    registration_reply,
    assessment_request,
    urgent_visit_notice,
    safety_assessment_act,
    enrolment_order,
    removal_petition,
    placement_order,
    shelter_referral,
    team_order,
    team_invitation,
    team_minutes,
    services_referral,
    monitoring_plan,
    closing_order,
    registration_mark,
)

KINDS: Mapping[str, Kind] = {kind.KIND: kind for kind in _ALL}
"""Name -> what makes it."""

LETTERS: Mapping[str, Kind] = {name: kind for name, kind in KINDS.items() if kind.FORM == "letter"}
"""Those that go to somebody."""
