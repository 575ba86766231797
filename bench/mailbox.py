"""What a mailbox costs: the first take against bare imaplib, and looks at a large box without news.

The server is a Dovecot of our own on loopback. The first take is ``Mailbox.items`` alone: listing,
fetching, parsing the answers, a digest of every mail; imaplib fetches the same mails 50 a command
and throws them away. Then the same take with the store and the journal, each mail safe on the disk.
Looks go through a line that counts what it carries, at two sizes of the box.
Run: ``python -m bench.mailbox``; goals: at least 0.6 of imaplib, the same commands at both sizes.
"""

from __future__ import annotations

import imaplib
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from intake.mailbox import Mailbox  # noqa: E402
from intake.source import Item, Position  # noqa: E402
from tests.mailserver import PASSWORD, Line, MailServer  # noqa: E402

MAILS, ROUNDS, GOAL = 1_000, 5, 0.6
SMALL_BOX, LARGE_BOX = 1_000, 20_000
KYIV = ZoneInfo("Europe/Kyiv")
# An office's mail: mostly words, some with a document, few with scans (sizes in kilobytes).
_SIZES = (4, 4, 6, 8, 8, 12, 30, 45, 60, 400)


def main() -> None:
    """Measure and print."""
    server = MailServer()
    server.start()
    try:
        _first_take(server)
        looks = [_looks(server, size) for size in (SMALL_BOX, LARGE_BOX)]
    finally:
        server.close()
    if len({commands for commands, _received in looks}) != 1:
        raise SystemExit("the commands of a look depend on the size of the box")


def _first_take(server: MailServer) -> None:
    user = server.add_user()
    mails = [_mail(number, _SIZES[number % len(_SIZES)] * 1_024) for number in range(MAILS)]
    server.deliver(user, *mails)
    size = sum(map(len, mails)) / 2**20
    _bare(server, user)
    bare, ours = [], []
    for _ in range(ROUNDS):  # in turn, so that what else the machine does meets both
        bare.append(_bare(server, user))
        ours.append(_ours(server, user))
    ratio = median(bare) / median(ours)
    print(f"take   {MAILS} mails, {size:.0f} MB; imaplib, 50 a FETCH: {median(bare):.2f} s")
    print(f"       ours: {median(ours):.2f} s, {ratio:.2f} of it (goal {GOAL})")
    kept = _kept(server, user)
    print(f"       with store and journal: {kept:.1f} s, {MAILS / kept:.0f} mails a second")


def _bare(server: MailServer, user: str) -> float:
    begun = time.perf_counter()
    with imaplib.IMAP4("127.0.0.1", server.port) as client:
        client.login(user, PASSWORD)
        client.select("INBOX", readonly=True)
        uids = client.uid("SEARCH", "ALL")[1][0].split()
        for start in range(0, len(uids), 50):
            client.uid("FETCH", b",".join(uids[start : start + 50]).decode(), "(BODY.PEEK[])")
    return time.perf_counter() - begun


def _ours(server: MailServer, user: str) -> float:
    begun = time.perf_counter()
    with _box(server.url, user) as mailbox:
        count = sum(isinstance(item, Item) for item in mailbox.items(None))
    seconds = time.perf_counter() - begun
    if count != MAILS:
        raise SystemExit(f"{count} mails of {MAILS} came")
    return seconds


def _kept(server: MailServer, user: str) -> float:
    from opika.config import Config
    from opika.pipeline import open_pipeline

    with tempfile.TemporaryDirectory() as folder:
        secret = Path(folder) / "secret"
        secret.write_text(PASSWORD)
        config = Config.model_validate(
            {
                "path": Path(folder) / "pipeline.toml",
                "opika": {"data": Path(folder) / "data"},
                "office": [{"key": "ssd", "name": "Служба"}],
                "mailbox": [
                    {
                        "office": "ssd",
                        "address": "box@test.example",
                        "imap": server.url,
                        "user": user,
                        "password": {"file": secret},
                        "since": date(2026, 1, 1),
                    }
                ],
            }
        )
        with open_pipeline(config) as pipeline:
            from opika.sources import receive

            begun = time.perf_counter()
            taken = receive(pipeline, config.mailbox[0])
            seconds = time.perf_counter() - begun
    if taken.arrivals != MAILS:
        raise SystemExit(f"{taken.arrivals} mails of {MAILS} were kept")
    return seconds


def _looks(server: MailServer, size: int) -> tuple[int, int]:
    """Commands and bytes from the server of one look without news, on an open line."""
    user = server.add_user()
    server.deliver(user, *(_mail(number, 500) for number in range(size)))
    last = max(server.uids(user))
    with closing(Line(server.port)) as line, _box(line.url, user) as mailbox:
        position = Position(mailbox.folder_state()[1], last)
        costs = [_cost(line, mailbox, position) for _ in range(2)]
        before = line.received
        mailbox.count(range(1, last + 1), last)
        counting = line.received - before
    (commands, received), again = costs
    print(f"looks  box of {size}, two without news: {commands} and {again[0]} commands,")
    print(f"       {received} and {again[1]} bytes; the daily count: {counting / 1024:.0f} KB")
    return commands, received


def _cost(line: Line, mailbox: Mailbox, position: Position) -> tuple[int, int]:
    before = line.commands, line.received
    mailbox.look_again()
    if list(mailbox.items(position)):
        raise SystemExit("there should be no news")
    return line.commands - before[0], line.received - before[1]


def _box(url: str, user: str) -> Mailbox:
    since = (datetime.now(UTC) - timedelta(days=30)).date()
    return Mailbox(name=user, url=url, user=user, password=PASSWORD, since=since, zone=KYIV)


def _mail(number: int, size: int) -> bytes:
    head = f"From: shkola{number}@test.example\r\nSubject: n{number}\r\n\r\n"
    line = b"0123456789abcdef" * 4 + b"\r\n"
    return head.encode() + line * (size // len(line)) + b"\r\n"


if __name__ == "__main__":
    main()
