"""A letter of ours that came back undelivered is found by its Message-ID, which nobody can guess."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from journal.clocks import ClockRules
from journal.sending import bounced, document_by_message_id


def note_bounce(
    message_ids: Collection[str], *, status: str, now: datetime, actor: str, rules: ClockRules
) -> int | None:
    """Let the letters among these have failed; told of them again it does nothing.

    Args:
        message_ids: of the mails that a delivery report brings back.
        status: why, as the report says it («5.1.1»).
        now: when the report was seen.
        actor: who acts.
        rules: by what clocks are counted.

    Returns:
        Id of the document that came back (the first of several); None: it was none of ours.
    """
    found = []
    for message_id in message_ids:
        document = document_by_message_id(message_id)
        if document is not None:
            bounced(document, message_id=message_id, now=now, actor=actor, why=status, rules=rules)
            found.append(document)
    return found[0] if found else None
