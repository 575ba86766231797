"""Folders by what they are and by name, whatever the server's language, separator and prefix."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest
from imapclient import IMAPClient  # type: ignore[import-untyped]

from intake.connection import Account, Address, Timeouts, connect, hang_up
from intake.folders import append_copy, find_message_id, folder_named, made_folder, sent_folder
from opika.errors import SourceUnavailableError
from tests.imapscript import ScriptedServer, listing
from tests.mailserver import PASSWORD, MailServer

QUICK = Timeouts(connect=2, answer=3, pause=0.02)
SENT_AT = datetime(2026, 3, 4, 8, 30, tzinfo=UTC)


@contextmanager
def logged_in(url: str, user: str = "user") -> Iterator[IMAPClient]:
    client = connect(Account(Address.of(url), user, PASSWORD, QUICK))
    try:
        yield client
    finally:
        hang_up(client)


@pytest.fixture
def client(mail_server: MailServer) -> Iterator[IMAPClient]:
    with logged_in(mail_server.url, mail_server.add_user()) as found:
        yield found


def letter(message_id: str) -> bytes:
    return f"Message-ID: {message_id}\r\nSubject: x\r\n\r\nТекст\r\n".encode()


def test_a_folder_is_found_by_its_ukrainian_name(client: IMAPClient) -> None:
    client.create_folder("Опіка & К°/Оброблено")
    assert folder_named(client, "Опіка & К°/Оброблено") == "Опіка & К°/Оброблено"
    assert folder_named(client, "опіка & к°/оброблено") == "Опіка & К°/Оброблено"
    assert folder_named(client, "Оброблено") is None


def test_a_folder_is_made_once(client: IMAPClient) -> None:
    for _ in range(2):
        assert made_folder(client, "Опіка/Оброблено") == "Опіка/Оброблено"
    assert [name for *_rest, name in client.list_folders()].count("Опіка/Оброблено") == 1


@pytest.mark.parametrize(
    "name", ["Sent", "Sent Items", "Надіслані", "Отправленные", "INBOX/Sent", "sent"]
)
def test_sent_mail_is_found_by_a_usual_name(client: IMAPClient, name: str) -> None:
    client.create_folder("Чернетки")
    assert sent_folder(client, None) is None
    client.create_folder(name)
    assert sent_folder(client, None) == name


def test_the_configured_folder_goes_before_a_usual_one(client: IMAPClient) -> None:
    for name in ("Sent", "Вихідні"):
        client.create_folder(name)
    assert sent_folder(client, "Вихідні") == "Вихідні"
    assert sent_folder(client, "Такої немає") == "Sent"


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        (listing((r"\HasNoChildren \Sent", ".", "INBOX.Gesendet"), ("", ".", "Sent")), "Gesendet"),
        (listing((r"\NonExistent", ".", "Sent"), ("", ".", "INBOX.Sent")), "Sent"),
        (listing(("", ".", "INBOX.&BB0EMAQ0BFYEQQQ7BDAEPQRW-")), "Надіслані"),
    ],
)
def test_servers_with_a_dot_and_a_prefix(listed: bytes, found: str) -> None:
    with closing(ScriptedServer({"LIST": listed})) as server, logged_in(server.url) as client:
        assert sent_folder(client, None) == f"INBOX.{found}"


def test_a_server_that_marks_folders_only_when_asked_is_asked() -> None:
    answers = {
        "LIST (SPECIAL-USE)": listing((r"\Sent", "/", "Postausgang")),
        "LIST": listing(("", "/", "Postausgang"), ("", "/", "Sent")),
    }
    server = ScriptedServer(answers, capability="IMAP4rev1 SPECIAL-USE")
    with closing(server), logged_in(server.url) as client:
        assert sent_folder(client, None) == "Postausgang"


def test_a_plain_name_is_found_and_made_below_the_servers_prefix() -> None:
    answers = {
        "NAMESPACE": b'* NAMESPACE (("INBOX." ".")) NIL NIL\r\n',
        "LIST": listing(("", ".", "INBOX"), ("", ".", "INBOX.&BB4EPwRWBDoEMA-.X")),
    }
    server = ScriptedServer(answers, capability="IMAP4rev1 NAMESPACE")
    with closing(server), logged_in(server.url) as client:
        assert folder_named(client, "Опіка/X") == "INBOX.Опіка.X"
        assert made_folder(client, "Опіка/Y") == "INBOX.Опіка.Y"
    assert b'CREATE "INBOX.&BB4EPwRWBDoEMA-.Y"' in server.sent


def test_a_copy_is_found_by_its_whole_message_id(client: IMAPClient) -> None:
    client.create_folder("Надіслані")
    append_copy(client, "Надіслані", letter("<7@opika.example>"), SENT_AT)
    append_copy(client, "Надіслані", letter("<18@opika.example>"), SENT_AT)
    assert find_message_id(client, "Надіслані", "<7@opika.example>")
    assert not find_message_id(client, "Надіслані", "<8@opika.example>")
    assert not find_message_id(client, "Надіслані", "8@opika.example")
    client.normalise_times = False
    (kept,) = client.fetch([1], ["FLAGS", "INTERNALDATE"]).values()
    assert b"\\Seen" in kept[b"FLAGS"]
    assert kept[b"INTERNALDATE"] == SENT_AT


def test_a_refusal_is_an_unavailable_source(client: IMAPClient) -> None:
    with pytest.raises(SourceUnavailableError):
        append_copy(client, "Такої немає", letter("<1@opika.example>"), SENT_AT)
    with pytest.raises(SourceUnavailableError):
        find_message_id(client, "Такої немає", "<1@opika.example>")
