"""Which mail of ours a delivery report brings back, and why.

Mail systems tell it in four ways, the surest first: the returned mail or its header as a part, the
thread of the report, or a copy within the text. Only ids are looked for: whether one is ours, and
which letter it was, the journal knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from email.message import Message

from intake.headers import identifiers
from intake.mime import Leaf, parse

_STATUS = re.compile(rb"^status:\s*([245]\.\d{1,3}\.\d{1,3})", re.I | re.M)
_ACTION = re.compile(rb"^action:\s*([a-z]+)", re.I | re.M)
_IN_TEXT = re.compile(r"^[>\s]*message[- ]id:[\s>]*(<[^<>\s]+>)", re.I | re.M)
_STATUS_IN_TEXT = re.compile(r"(?<![\d.])5\.\d{1,3}\.\d{1,3}(?![\d.])")
_ONLY_DELAYED = re.compile(
    r"delivery (?:has been |is )?delayed|delayed mail|will (?:be retried|keep trying|continue)|"
    r"not yet been delivered|still trying|warning message only|затримк|буде повторено|"
    r"спроби (?:доставки|доставлення) трива",
    re.I,
)
_HEADERS = "text/rfc822-headers"
_STATUSES = frozenset({"message/delivery-status", "message/global-delivery-status"})
_MOST_LETTERS = 50_000


def returned_mail(root: Message, found: Sequence[Leaf]) -> tuple[tuple[str, ...], str]:
    """Message-IDs of what a delivery report may bring back, and the status that it names.

    A report that a mail is only late brings nothing back: the mail is still under way.

    Args:
        root: the report's header; that it is a report is known.
        found: its leaves.

    Returns:
        The ids by the surest of the ways in which they are told, and a status («5.1.1») or "".
    """
    statuses = b"\n".join(leaf.data for leaf in found if leaf.declared in _STATUSES)
    text = "\n".join(leaf.text[:_MOST_LETTERS] for leaf in found if leaf.text)
    actions = {action.lower() for action in _ACTION.findall(statuses)}
    late = b"failed" not in actions if actions else _ONLY_DELAYED.search(text) is not None
    if late:
        return (), ""
    status = _STATUS.search(statuses)
    said = status[1].decode() if status else next(iter(_STATUS_IN_TEXT.findall(text)), "")
    ways: Iterable[tuple[str, ...]] = (
        _in_parts(found),
        identifiers(root, "in-reply-to"),
        identifiers(root, "references")[-1:],
        tuple(_IN_TEXT.findall(text)),
    )
    return next(filter(None, ways), ()), said


def _in_parts(found: Iterable[Leaf]) -> tuple[str, ...]:
    """From the mails, and the headers of mails, that lie in the report."""
    heads = [leaf.message or _head(leaf) for leaf in found]
    return tuple(one for head in heads if head for one in identifiers(head, "message-id")[:1])


def _head(leaf: Leaf) -> Message | None:
    return parse(leaf.data) if leaf.declared == _HEADERS else None
