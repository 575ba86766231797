"""The kinds of letters that can be drafted, by name; a new letter is a module and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from generators import assessment_request, registration_reply
from generators.letters import Kind

LETTERS: Mapping[str, Kind] = {
    registration_reply.KIND: registration_reply,
    assessment_request.KIND: assessment_request,
}
