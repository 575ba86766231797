"""The kinds of documents that can be drafted; a new one is a module and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from generators import (
    assessment_request,
    enrolment_order,
    notification_form,
    registration_reply,
    urgent_visit_notice,
)
from generators.kind import Kind

_ALL: tuple[Kind, ...] = (
    registration_reply,
    assessment_request,
    urgent_visit_notice,
    enrolment_order,
    notification_form,
)

KINDS: Mapping[str, Kind] = {kind.KIND: kind for kind in _ALL}
"""Name -> what makes it."""

LETTERS: Mapping[str, Kind] = {name: kind for name, kind in KINDS.items() if kind.FORM == "letter"}
"""Those that go to somebody."""
