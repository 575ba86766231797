"""Waiting for news on an open mail folder: IDLE (RFC 2177), ended whenever anything is said."""

from __future__ import annotations

import select
import ssl
import time
from collections.abc import Callable

from imapclient import IMAPClient  # type: ignore[import-untyped]
from imapclient.exceptions import IMAPClientError  # type: ignore[import-untyped]

# A server may log us out after 30 minutes of silence, and boxes on the way forget a silent line
# much sooner without a word to either end: so IDLE is said anew long before.
RENEWAL = 600.0
_SLICE = 0.5  # seconds between two looks at whether to stop


class IdleRefusedError(IMAPClientError):  # type: ignore[misc]
    """The server offers IDLE and refuses it; the connection is whole."""


def idle(client: IMAPClient, seconds: float, stopped: Callable[[], bool]) -> bool:
    """Rest until the server says something; whether it did, within ``seconds``.

    What it says is not read while resting: any word ends the rest, and what it meant is found by
    the look that follows. A line that breaks counts as a word.

    Raises:
        IdleRefusedError: the server answered NO or BAD.
        OSError, IMAPClientError: the line broke.
    """
    limit = time.monotonic() + seconds
    while not stopped() and (left := limit - time.monotonic()) > 0:
        _begin(client)
        said = _said_something(client, min(left, RENEWAL), stopped)
        client.idle_done()
        if said:
            return True
    return False


def _begin(client: IMAPClient) -> None:
    imap = client._imap
    client._idle_tag = tag = imap._command("IDLE")
    while imap._get_response() is not None:  # what is no «+ …» may stand before it
        if answer := imap.tagged_commands[tag]:
            del imap.tagged_commands[tag]
            raise IdleRefusedError(f"IDLE answered {answer[0]}")


def _said_something(client: IMAPClient, seconds: float, stopped: Callable[[], bool]) -> bool:
    if _is_buffered(client):
        return True
    poller = select.poll()
    poller.register(client.socket().fileno(), select.POLLIN)
    limit = time.monotonic() + seconds
    while not stopped() and (left := limit - time.monotonic()) > 0:
        if poller.poll(min(left, _SLICE) * 1000):
            return True
    return False


def _is_buffered(client: IMAPClient) -> bool:
    """Whether something came together with «+ …»: then no poll of the socket would show it."""
    line = client.socket()
    before = line.gettimeout()
    line.setblocking(False)
    try:
        return bool(client._imap.file.peek(1))
    except (ssl.SSLWantReadError, BlockingIOError):
        return False
    finally:
        line.settimeout(before)
