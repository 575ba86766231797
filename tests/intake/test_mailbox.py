"""Reading a real Dovecot: nothing lost, nothing swallowed, nothing told too early."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from imapclient.exceptions import IMAPClientError  # type: ignore[import-untyped]

from intake.connection import Address, Timeouts
from intake.mailbox import Batch, Mailbox
from intake.source import Item, Position, Skipped
from opika.errors import ConfigError, LoginRefusedError, SourceUnavailableError
from tests.mailserver import PASSWORD, Line, MailServer

KYIV = ZoneInfo("Europe/Kyiv")
QUICK = Timeouts(connect=2, answer=3, pause=0.02)


def mail(n: int, size: int = 200) -> bytes:
    head = (
        f"From: shkola{n}@test.example\r\nMessage-ID: <{n}@test.example>\r\nSubject: n{n}\r\n\r\n"
    )
    return head.encode() + b"x" * size + b"\r\n"


def box(server: MailServer, user: str, **changes: Any) -> Mailbox:
    settings: dict[str, Any] = {
        "name": user,
        "url": server.url,
        "user": user,
        "password": PASSWORD,
        "since": date(2026, 1, 1),
        "zone": KYIV,
        "timeouts": QUICK,
    }
    return Mailbox(**(settings | changes))


def taken(mailbox: Mailbox, position: Position | None = None) -> list[Item]:
    return [item for item in mailbox.items(position) if isinstance(item, Item)]


@pytest.fixture
def user(mail_server: MailServer) -> str:
    return mail_server.add_user()


def test_a_mail_comes_whole_with_its_uid_and_the_offset_of_its_time(
    mail_server: MailServer, user: str
) -> None:
    received = datetime(2026, 3, 2, 11, 46, tzinfo=timezone(timedelta(hours=2)))
    mail_server.append(user, mail(1), received_at=received)
    with box(mail_server, user) as mailbox:
        (item,) = taken(mailbox)
        folder, uid_validity = mailbox.folder_state()
    assert item.data == mail(1)
    assert item.received_at == received
    assert item.received_at.utcoffset() is not None
    assert (item.name, item.folder, item.uid) == ("1.eml", "INBOX", 1)
    assert (folder, uid_validity) == ("INBOX", item.uid_validity)


def test_only_mail_above_the_position_is_fetched(mail_server: MailServer, user: str) -> None:
    mail_server.append(user, mail(1), mail(2), mail(3))
    with box(mail_server, user) as mailbox:
        uid_validity = mailbox.folder_state()[1]
        assert [item.uid for item in taken(mailbox, Position(uid_validity, 1))] == [2, 3]
        assert taken(mailbox, Position(uid_validity, 3)) == []


def test_reading_changes_nothing_in_the_mailbox(mail_server: MailServer, user: str) -> None:
    mail_server.append(user, mail(1))
    with box(mail_server, user) as mailbox:
        for item in taken(mailbox):
            mailbox.acknowledge(item.uid_validity or 0, item.uid or 0)
    assert b"\\Seen" not in mail_server.flags(user, 1)


def test_mail_that_a_person_has_opened_is_taken_too(mail_server: MailServer, user: str) -> None:
    mail_server.append(user, mail(1), flags=(b"\\Seen",))
    with box(mail_server, user) as mailbox:
        assert [item.uid for item in taken(mailbox)] == [1]


def test_mail_received_before_since_is_skipped_and_named_once_a_run(
    mail_server: MailServer, user: str
) -> None:
    old = datetime(2025, 12, 31, 23, 59, tzinfo=KYIV)
    mail_server.append(user, mail(1), mail(2), received_at=old)
    mail_server.append(user, mail(3), received_at=datetime(2026, 1, 1, 0, 0, tzinfo=KYIV))
    with box(mail_server, user) as mailbox:
        uid_validity = mailbox.folder_state()[1]
        first, second = mailbox.items(None)
    assert first == Skipped("INBOX", uid_validity, 2)
    assert isinstance(second, Item)
    assert second.uid == 3


def test_a_changed_uid_validity_makes_everything_new(mail_server: MailServer, user: str) -> None:
    mail_server.append(user, mail(1), mail(2))
    with box(mail_server, user) as mailbox:
        before = mailbox.folder_state()[1]
    mail_server.change_uid_validity(user)
    with box(mail_server, user) as mailbox:
        after = mailbox.folder_state()[1]
        assert after != before
        assert len(taken(mailbox, Position(before, 2))) == 2


def test_an_uid_of_another_uid_validity_is_never_marked(mail_server: MailServer, user: str) -> None:
    mail_server.append(user, mail(1))
    with box(mail_server, user, when_done="seen") as mailbox:
        mailbox.acknowledge(mailbox.folder_state()[1] - 1, 1)
    assert b"\\Seen" not in mail_server.flags(user, 1)


def test_seen_marks_the_mail_and_may_be_said_twice(mail_server: MailServer, user: str) -> None:
    mail_server.append(user, mail(1))
    with box(mail_server, user, when_done="seen") as mailbox:
        for uid in (1, 1, 99):
            mailbox.acknowledge(mailbox.folder_state()[1], uid)
    assert b"\\Seen" in mail_server.flags(user, 1)


@pytest.mark.parametrize("missing", [(), ("MOVE",), ("MOVE", "NAMESPACE")])
def test_move_makes_the_folder_and_may_be_said_twice(
    mail_server: MailServer, user: str, missing: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, missing)
    mail_server.append(user, mail(1), mail(2))
    with box(mail_server, user, when_done="move:Опіка/Оброблено") as mailbox:
        for uid in (1, 1):
            mailbox.acknowledge(mailbox.folder_state()[1], uid)
    assert mail_server.uids(user) == [2]
    assert len(mail_server.uids(user, "Опіка/Оброблено")) == 1


def test_without_uidplus_nobody_elses_deleted_mail_is_expunged(
    mail_server: MailServer, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, ("MOVE", "UIDPLUS"))
    mail_server.append(user, mail(1))
    mail_server.append(user, mail(2), flags=(b"\\Deleted",))
    with box(mail_server, user, when_done="move:Done") as mailbox:
        for uid in (1, 1):
            mailbox.acknowledge(mailbox.folder_state()[1], uid)
    assert mail_server.uids(user) == [1, 2]
    assert len(mail_server.uids(user, "Done")) == 1


def without(monkeypatch: pytest.MonkeyPatch, missing: tuple[str, ...]) -> None:
    """Dovecot as a server that lacks these capabilities would look to us."""
    whole = Mailbox._connected

    def poorer(self: Mailbox) -> Any:
        client = whole(self)
        has = client.has_capability
        client.has_capability = lambda name: name not in missing and has(name)
        return client

    monkeypatch.setattr(Mailbox, "_connected", poorer)


def test_a_wrong_password_is_a_refused_login(mail_server: MailServer, user: str) -> None:
    with (
        pytest.raises(LoginRefusedError),
        box(mail_server, user, password="wrong"),  # noqa: S106 - meant to be
    ):
        pass


def test_a_password_in_cyrillic_is_refused_like_any_other(
    mail_server: MailServer, user: str
) -> None:
    with (
        pytest.raises(LoginRefusedError),
        box(mail_server, user, password="пароль"),  # noqa: S106 - meant to be
    ):
        pass


def test_a_folder_that_does_not_exist_is_an_unavailable_source(
    mail_server: MailServer, user: str
) -> None:
    with pytest.raises(SourceUnavailableError), box(mail_server, user, inbox="Немає"):
        pass


def test_nobody_listening_is_an_unavailable_source(mail_server: MailServer, user: str) -> None:
    with pytest.raises(SourceUnavailableError), box(mail_server, user, url="imap://127.0.0.1:9"):
        pass


def test_a_server_that_says_nothing_is_given_up_after_the_timeout(
    mail_server: MailServer, user: str
) -> None:
    timeouts = Timeouts(connect=0.2, answer=0.2, pause=0.01)
    with (
        closing(Line(mail_server.port, delay=5)) as line,
        pytest.raises(SourceUnavailableError),
        box(mail_server, user, url=line.url, timeouts=timeouts),
    ):
        pass


def test_a_line_that_breaks_during_login_is_no_refused_login(
    mail_server: MailServer, user: str
) -> None:
    with (
        closing(Line(mail_server.port)) as probe,
        box(mail_server, user, url=probe.url),
    ):
        greeting = probe.received
    for cut in (10, greeting // 2):
        with (
            closing(Line(mail_server.port, cut_after=cut)) as line,
            pytest.raises(SourceUnavailableError) as raised,
            box(mail_server, user, url=line.url),
        ):
            pass
        assert not isinstance(raised.value, LoginRefusedError)


def read_until_the_line_breaks(mailbox: Mailbox) -> Iterator[Item]:
    with pytest.raises(SourceUnavailableError):
        for item in mailbox.items(None):
            assert isinstance(item, Item)
            yield item


@pytest.mark.parametrize("cut_after", [2_500, 41_000, 95_000, 119_500])
def test_mails_that_came_whole_before_the_line_broke_are_handed_out(
    mail_server: MailServer, user: str, cut_after: int
) -> None:
    mails = [mail(n, 20_000) for n in range(1, 7)]
    mail_server.append(user, *mails)
    with (
        closing(Line(mail_server.port, cut_after=cut_after)) as line,
        box(mail_server, user, url=line.url) as mailbox,
    ):
        items = list(read_until_the_line_breaks(mailbox))
    assert [item.data for item in items] == mails[: len(items)]
    assert len(items) == max(0, (cut_after - 2_000)) // len(mails[0])


def test_a_mail_at_which_the_server_hangs_up_does_not_keep_the_later_ones(
    mail_server: MailServer, user: str
) -> None:
    mail_server.append(user, mail(1), mail(2) + b"POISON", mail(3), mail(4))
    with (
        closing(Line(mail_server.port, cut_before=b"POISON")) as line,
        box(mail_server, user, url=line.url) as mailbox,
    ):
        items = taken(mailbox)
    assert [item.uid for item in items] == [1, 2, 3, 4]
    assert [item.too_large for item in items] == [False, True, False, False]
    assert items[1].data == mail(2).partition(b"xxx")[0]


def test_a_line_that_carries_nothing_whole_blames_no_mail(
    mail_server: MailServer, user: str
) -> None:
    mail_server.append(user, *(mail(n) + b"POISON" for n in range(3)))
    with (
        closing(Line(mail_server.port, cut_before=b"POISON")) as line,
        box(mail_server, user, url=line.url) as mailbox,
    ):
        assert list(read_until_the_line_breaks(mailbox)) == []


def test_a_line_that_broke_once_costs_nothing(mail_server: MailServer, user: str) -> None:
    mail_server.append(user, mail(1), mail(2))
    with (
        closing(Line(mail_server.port, cut_before=b"Subject: n1")) as line,
        box(mail_server, user, url=line.url) as mailbox,
    ):
        line.cuts_left = 1
        assert [item.data for item in taken(mailbox)] == [mail(1), mail(2)]


def test_batches_are_bounded_by_count_and_bytes(mail_server: MailServer, user: str) -> None:
    mails = [mail(n, 3_000) for n in range(1, 8)]
    mail_server.append(user, *mails)
    for batch, fetches in ((Batch(count=3), 3), (Batch(size=7_000), 4), (Batch(size=10), 7)):
        with (
            closing(Line(mail_server.port)) as line,
            box(mail_server, user, url=line.url, batch=batch) as mailbox,
        ):
            assert [item.data for item in taken(mailbox)] == mails
            assert line.sent.count(b"BODY.PEEK[]") == fetches


def test_a_mail_above_the_limit_comes_as_its_header_and_stays(
    mail_server: MailServer, user: str
) -> None:
    mail_server.append(user, mail(1), mail(2, 9_000), mail(3))
    with box(mail_server, user, batch=Batch(max_bytes=5_000)) as mailbox:
        first, second, third = taken(mailbox)
    assert [first.too_large, second.too_large, third.too_large] == [False, True, False]
    assert second.data == mail(2).partition(b"xxx")[0]
    assert second.size == len(mail(2, 9_000))


def test_an_idle_poll_costs_the_same_few_commands_whatever_the_box_holds(
    mail_server: MailServer, user: str
) -> None:
    costs = []
    for count in (0, 5, 40):
        mail_server.append(user, *(mail(n) for n in range(count)))
        last = max(mail_server.uids(user), default=0)
        with closing(Line(mail_server.port)) as line:
            with box(mail_server, user, url=line.url) as mailbox:
                position = Position(mailbox.folder_state()[1], last)
                assert list(mailbox.items(position)) == []
            costs.append((line.commands, line.received // 1_000))
    assert costs[1] == costs[2]
    assert max(commands for commands, _kilobytes in costs) <= 5


def test_tls_is_verified(mail_server: MailServer, user: str) -> None:
    mail_server.append(user, mail(1))
    with box(mail_server, user, url=mail_server.tls_url, ca_file=mail_server.ca_file) as mailbox:
        assert len(taken(mailbox)) == 1
    with pytest.raises(SourceUnavailableError), box(mail_server, user, url=mail_server.tls_url):
        pass


@pytest.mark.parametrize(
    "url", ["imap://imap.test.example", "imap://192.0.2.7:143", "http://localhost", "imaps://"]
)
def test_a_password_never_leaves_unprotected(url: str) -> None:
    with pytest.raises(ConfigError):
        Address.of(url)


def test_loopback_needs_no_tls_and_ports_have_defaults() -> None:
    assert Address.of("imap://localhost") == Address("localhost", 143, tls=False)
    assert Address.of("imaps://imap.ukr.net") == Address("imap.ukr.net", 993, tls=True)


def test_a_mail_that_the_server_cannot_give_does_not_stop_the_others(
    mail_server: MailServer, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail_server.append(user, mail(1), mail(2), mail(3))
    with box(mail_server, user) as mailbox:
        whole = mailbox._imap.fetch

        def answers_no(uids: list[int], what: list[str]) -> Any:
            if 2 in uids:
                raise IMAPClientError("NO")
            return whole(uids, what)

        monkeypatch.setattr(mailbox._imap, "fetch", answers_no)
        items = taken(mailbox)
    assert [item.data for item in items] == [mail(1), b"", mail(3)]


def test_a_mail_deleted_meanwhile_is_none_of_ours(mail_server: MailServer, user: str) -> None:
    mail_server.append(user, mail(1), mail(2), mail(3))
    with box(mail_server, user) as mailbox:
        items = mailbox.items(None)
        mailbox._batch = Batch(count=1)
        first = next(items)
        with mail_server.client(user) as client:
            client.delete_messages([2])
            client.uid_expunge([2])
        assert [first, *items] == taken(mailbox)


def test_received_now_is_close_to_now(mail_server: MailServer, user: str) -> None:
    mail_server.append(user, mail(1))
    with box(mail_server, user) as mailbox:
        (item,) = taken(mailbox)
    assert abs(item.received_at - datetime.now(UTC)) < timedelta(minutes=1)
