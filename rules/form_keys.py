"""The keys of a form: under these names its values travel from the reader to the journal."""

from __future__ import annotations

FORM_KEYS: tuple[str, ...] = (
    "outgoing_date",
    "outgoing_number",
    "incoming_date",
    "incoming_number",
    "sender",
    "sender_email",
    "sender_phone",
    "recipient",
    "registered_number",
    "registered_date",
    "received_via",
    "subject",
    "persons",
    "address",
    "content",
    "detected_on",
    "reporter",
    "reporter_kinds",
    "basis",
    "measures_taken",
    "enclosures",
    "accepted_by",
    "accepted_date",
    "accepted_time",
)
"""What stands on the form «Додаток 1» itself, in its order."""

LIST_KEYS = frozenset({"persons", "reporter_kinds"})
"""The keys whose values are lists; an empty one is ``[]``, any other empty value None."""
