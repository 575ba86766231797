"""Servers that refuse, hang up, limit and fall silent: no mail is lost, doubled or blamed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from intake.connection import Timeouts
from intake.mailbox import Mailbox
from intake.source import Item, Position
from opika.errors import ConfigError, LoginRefusedError, SourceUnavailableError
from tests.imapscript import CUT, SILENCE, Answer, ScriptedServer
from tests.mailserver import PASSWORD, Line, MailServer

QUICK = Timeouts(connect=1, answer=1, pause=0.02)
IDLES = "IMAP4rev1 IDLE"


def mail(uid: int) -> bytes:
    return b"Subject: n%d\r\n\r\n" % uid + b"x" * 500


def box(url: str, user: str = "user", **changes: Any) -> Mailbox:
    settings: dict[str, Any] = {
        "name": user,
        "url": url,
        "user": user,
        "password": PASSWORD,
        "since": date(2026, 1, 1),
        "zone": ZoneInfo("Europe/Kyiv"),
        "timeouts": QUICK,
    }
    return Mailbox(**(settings | changes))


def server(answers: dict[str, Answer], capability: str = "IMAP4rev1") -> ScriptedServer:
    selected = b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n"
    return ScriptedServer(
        {"EXAMINE": selected, "SELECT": selected} | answers, capability=capability
    )


def given(uid: int, section: bytes = b"BODY[]", data: bytes | None = None) -> bytes:
    data = mail(uid) if data is None else data
    return b"* %d FETCH (UID %d %s {%d}\r\n%s)\r\n" % (uid, uid, section, len(data), data)


def holding(*uids: int, say: Callable[[list[int], bytes], bytes]) -> dict[str, Answer]:
    """A folder of these mails; ``say`` answers a FETCH of UIDs with the words it was asked in."""

    def fetched(words: bytes) -> bytes:
        if b"INTERNALDATE" in words:
            line = (
                b'* %d FETCH (UID %d RFC822.SIZE 600 INTERNALDATE "04-Mar-2026 10:00:00 +0200")\r\n'
            )
            return b"".join(line % (uid, uid) for uid in uids)
        return say([int(uid) for uid in words.split()[2].split(b",")], words)

    found = b"* SEARCH " + b" ".join(b"%d" % uid for uid in uids) + b"\r\n"
    return {"FETCH": fetched, "SEARCH": found}


def read(mailbox: Mailbox) -> Iterator[Item]:
    """What is handed out before the source fails."""
    with pytest.raises(SourceUnavailableError):
        for item in mailbox.items(None):
            assert isinstance(item, Item)
            yield item


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b"%T NO [LIMIT] Too many sessions\r\n", SourceUnavailableError),
        (b"%T NO [THROTTLED] slow down\r\n", SourceUnavailableError),
        (b"%T NO Too many connections from your address\r\n", SourceUnavailableError),
        (b"%T NO [UNAVAILABLE] later\r\n", SourceUnavailableError),
        (b"* BYE going down\r\n" + CUT, SourceUnavailableError),
        (SILENCE, SourceUnavailableError),
        (b"%T NO [AUTHENTICATIONFAILED] wrong, try again later\r\n", LoginRefusedError),
        (b"%T NO wrong\r\n", LoginRefusedError),
    ],
)
def test_only_a_refused_password_is_a_refused_login(answer: bytes, kind: type[Exception]) -> None:
    with (
        closing(server({"LOGIN": answer})) as there,
        pytest.raises(SourceUnavailableError) as raised,
        box(there.url),
    ):
        pass
    assert type(raised.value) is kind


def test_too_many_connections_in_the_greeting_is_not_pressed() -> None:
    full = ScriptedServer({}, greeting=b"* BYE Too many connections\r\n")
    with (
        closing(full) as there,
        pytest.raises(SourceUnavailableError) as raised,
        box(there.url),
    ):
        pass
    assert "обмежує" in raised.value.clerk_message
    assert there.connections == 1


@pytest.mark.parametrize("answer", [b"%T NO [LIMIT] x\r\n", b"%T NO [THROTTLED] x\r\n"])
def test_a_limit_in_the_middle_of_reading_blames_no_mail(answer: bytes) -> None:
    def limited(uids: list[int], words: bytes) -> bytes:
        return given(1) + answer

    with closing(server(holding(1, 2, 3, say=limited))) as there, box(there.url) as mailbox:
        assert list(read(mailbox)) == []


def test_a_server_that_refuses_every_mail_blames_none() -> None:
    def refused(uids: list[int], words: bytes) -> bytes:
        return b"%T NO [SERVERBUG] x\r\n"

    with closing(server(holding(1, 2, 3, say=refused))) as there, box(there.url) as mailbox:
        assert list(read(mailbox)) == []


def test_a_mail_of_which_the_server_gives_only_the_header_comes_as_that() -> None:
    def spoilt(uids: list[int], words: bytes) -> bytes:
        if b"HEADER" in words:
            return given(uids[0], b"BODY[HEADER]", b"Subject: n2\r\n\r\n")
        whole = b"".join(given(uid) for uid in uids if uid != 2)
        return whole + (b"%T NO [SERVERBUG] x\r\n" if 2 in uids else b"")

    with closing(server(holding(1, 2, 3, say=spoilt))) as there, box(there.url) as mailbox:
        items = [item for item in mailbox.items(None) if isinstance(item, Item)]
    assert [(item.uid, item.too_large) for item in items] == [(1, False), (2, True), (3, False)]
    assert items[1].data == b"Subject: n2\r\n\r\n"


@pytest.mark.parametrize("end", [CUT, SILENCE, b"* BYE enough\r\n" + CUT])
def test_half_a_literal_ends_the_reading_after_the_last_whole_mail(end: bytes) -> None:
    def halved(uids: list[int], words: bytes) -> bytes:
        return given(1) + given(2)[:100] + end

    with closing(server(holding(1, 2, 3, say=halved))) as there, box(there.url) as mailbox:
        assert [item.data for item in read(mailbox)] == [mail(1)]


def test_mails_that_come_out_of_order_are_taken_only_up_to_the_gap() -> None:
    def disordered(uids: list[int], words: bytes) -> bytes:
        return given(3) + given(1) + CUT

    with closing(server(holding(1, 2, 3, say=disordered))) as there, box(there.url) as mailbox:
        assert [item.uid for item in read(mailbox)] == [1]


def test_a_new_uid_validity_is_seen_on_the_same_connection() -> None:
    validities = iter([7, 8])

    def selected(words: bytes) -> bytes:
        return b"* 0 EXISTS\r\n* OK [UIDVALIDITY %d] x\r\n" % next(validities)

    with closing(server({"EXAMINE": selected})) as there, box(there.url) as mailbox:
        assert mailbox.folder_state() == ("INBOX", 7)
        mailbox.look_again()
        assert mailbox.folder_state() == ("INBOX", 8)


# -- waiting


def waited(mailbox: Mailbox, seconds: float) -> float:
    begun = time.monotonic()
    mailbox.wait(seconds, threading.Event())
    return time.monotonic() - begun


def test_a_mail_that_comes_during_idle_ends_the_wait(mail_server: MailServer) -> None:
    user = mail_server.add_user()
    with box(mail_server.url, user) as mailbox:
        threading.Timer(0.5, mail_server.append, (user, mail(1))).start()
        assert waited(mailbox, 20) < 10
        mailbox.look_again()
        assert [item.uid for item in mailbox.items(None)] == [1]
        assert waited(mailbox, 0.3) >= 0.3


def test_idle_works_over_tls(mail_server: MailServer) -> None:
    user = mail_server.add_user()
    with box(mail_server.tls_url, user, ca_file=mail_server.ca_file) as mailbox:
        threading.Timer(0.5, mail_server.append, (user, mail(1))).start()
        assert waited(mailbox, 20) < 10
        mailbox.look_again()
        assert [item.uid for item in mailbox.items(None)] == [1]


@pytest.mark.parametrize(
    "said", [b"+ idling\r\n* 4 EXISTS\r\n", b"* 4 EXISTS\r\n+ idling\r\n* 4 EXISTS\r\n"]
)
def test_news_that_comes_together_with_the_servers_consent_is_seen(said: bytes) -> None:
    with (
        closing(server({"IDLE": said + b"%T OK idled\r\n"}, IDLES)) as there,
        box(there.url) as mailbox,
    ):
        assert waited(mailbox, 20) < 5


@pytest.mark.parametrize("answer", [b"%T NO not now\r\n", b"%T BAD what?\r\n"])
def test_a_server_that_refuses_idle_is_polled_on_the_same_line(answer: bytes) -> None:
    with closing(server({"IDLE": answer}, IDLES)) as there, box(there.url) as mailbox:
        for _ in range(2):
            assert 0.2 <= waited(mailbox, 0.2) < 2
        mailbox.look_again()
        assert there.sent.count(b"IDLE") == 1
    assert there.connections == 1


def test_a_server_without_idle_is_never_asked_for_it() -> None:
    with closing(server({})) as there, box(there.url) as mailbox:
        assert 0.2 <= waited(mailbox, 0.2) < 2
    assert b"IDLE" not in there.sent


def test_idle_is_renewed(monkeypatch: pytest.MonkeyPatch, mail_server: MailServer) -> None:
    monkeypatch.setattr("intake.idle.RENEWAL", 0.2)
    with (
        closing(Line(mail_server.port)) as line,
        box(line.url, mail_server.add_user()) as mailbox,
    ):
        waited(mailbox, 1)
        assert line.sent.count(b"IDLE\r\n") >= 3
        assert line.sent.count(b"DONE\r\n") == line.sent.count(b"IDLE\r\n")


@pytest.mark.parametrize(("end", "rest"), [(CUT, 20), (SILENCE, 0.2)])
def test_a_line_that_dies_during_idle_is_an_unavailable_source(end: bytes, rest: float) -> None:
    with (
        closing(server({"IDLE": b"+ idling\r\n" + end}, IDLES)) as there,
        box(there.url) as mailbox,
        pytest.raises(SourceUnavailableError),
    ):
        mailbox.wait(rest, threading.Event())


def test_a_line_can_be_broken_off_in_the_middle_of_a_mail() -> None:
    def endless(uids: list[int], words: bytes) -> bytes:
        return given(1)[:100] + SILENCE

    patient = Timeouts(connect=1, answer=60, pause=0.02)
    there = server(holding(1, 2, 3, say=endless))
    with closing(there), box(there.url, timeouts=patient) as mailbox:
        threading.Timer(0.3, mailbox.break_off).start()
        begun = time.monotonic()
        assert list(read(mailbox)) == []
        assert time.monotonic() - begun < 5


# -- folders and counting


def test_an_inbox_is_named_in_plain_ukrainian(mail_server: MailServer) -> None:
    user = mail_server.add_user()
    with mail_server.client(user) as client:
        client.create_folder("Вхідні/Школи & садки")
    mail_server.append(user, mail(1), folder="Вхідні/Школи & садки")
    with box(mail_server.url, user, inbox="вхідні/школи & садки") as mailbox:
        assert [item.uid for item in mailbox.items(None)] == [1]


def test_mail_is_never_moved_to_where_it_is() -> None:
    with pytest.raises(ConfigError):
        box("imap://127.0.0.1:1", when_done="move:inbox")


def test_counting_finds_what_the_ledger_lacks_and_costs_few_bytes(mail_server: MailServer) -> None:
    user = mail_server.add_user()
    kyiv = ZoneInfo("Europe/Kyiv")
    for day in (date(2025, 12, 31), date(2025, 1, 1)):
        mail_server.append(user, mail(1), received_at=_noon(day, kyiv))
    mail_server.append(user, *map(mail, range(3, 60)), received_at=_noon(date(2026, 1, 1), kyiv))
    mail_server.append(user, *map(mail, range(60, 63)))
    with closing(Line(mail_server.port)) as line, box(line.url, user) as mailbox:
        known = set(range(3, 61)) - {30, 31, 50}
        before = line.commands
        count = mailbox.count(known, up_to=60)
        assert line.commands - before <= 4
        assert count.in_box == 60
        assert [head.uid for head in count.missing] == [30, 31, 50]
        assert [item.data for item in mailbox.recover(count.missing)] == [
            mail(30),
            mail(31),
            mail(50),
        ]


def _noon(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=zone)


def test_looking_without_news_costs_the_same_for_10_mails_and_for_1000(
    mail_server: MailServer,
) -> None:
    costs = []
    for count in (10, 1000):
        user = mail_server.add_user()
        mail_server.deliver(user, *map(mail, range(count)))
        last = max(mail_server.uids(user))
        with closing(Line(mail_server.port)) as line, box(line.url, user) as mailbox:
            costs += [_cost_of_a_look(line, mailbox, last) for _ in range(2)]
    assert {commands for commands, _received in costs} == {2}
    received = [received for _commands, received in costs]
    assert max(received) - min(received) < 30  # larger numbers have more digits


def _cost_of_a_look(line: Line, mailbox: Mailbox, last: int) -> tuple[int, int]:
    before = line.commands, line.received
    mailbox.look_again()
    assert list(mailbox.items(Position(mailbox.folder_state()[1], last))) == []
    return line.commands - before[0], line.received - before[1]
