"""What a FETCH brought, also where the line broke in the middle of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imapclient import IMAPClient  # type: ignore[import-untyped]
from imapclient.exceptions import ProtocolError  # type: ignore[import-untyped]
from imapclient.response_parser import parse_fetch_response  # type: ignore[import-untyped]


def values(answers: Mapping[int, Mapping[bytes, Any]], section: str) -> dict[int, bytes]:
    """The bytes of each mail whose section came, by UID."""
    key = section.replace(".PEEK", "").encode()
    return {uid: answer[key] for uid, answer in answers.items() if answer.get(key) is not None}


def whole_answers(client: IMAPClient) -> dict[int, Mapping[bytes, Any]]:
    """What a FETCH had brought when its line broke, without the mail that was cut in two."""
    pieces = client._imap.untagged_responses.get("FETCH", [])
    while pieces and not (isinstance(pieces[-1], bytes) and pieces[-1].endswith(b")")):
        pieces = pieces[:-1]
    try:
        answers: dict[int, Mapping[bytes, Any]] = parse_fetch_response(pieces, False)
    except (ValueError, ProtocolError):
        return {}
    return answers
