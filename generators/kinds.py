"""The kinds of documents that can be drafted; a new letter is a module and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from generators import assessment_request, notification_form, registration_reply
from generators.letters import Kind

LETTERS: Mapping[str, Kind] = {
    registration_reply.KIND: registration_reply,
    assessment_request.KIND: assessment_request,
}

DOCUMENT_VARIABLES: Mapping[str, Mapping[str, str]] = {
    **{kind: letter.VARIABLES for kind, letter in LETTERS.items()},
    notification_form.KIND: notification_form.VARIABLES,
}
"""The values that each template may use, the letters' and the form's."""
