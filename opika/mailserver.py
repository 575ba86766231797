"""A Dovecot of our own on loopback, for the demonstration and the tests.

The server is Debian's, run as a plain process with a configuration and a mail store of its own in
a temporary folder. It works for root (mail then belongs to ``nobody``) and for a plain user, and
serves this machine alone.
"""

from __future__ import annotations

import contextlib
import grp
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from imapclient import IMAPClient  # type: ignore[import-untyped]

PASSWORD = "gesund-9"  # noqa: S105 - of a server that lives for one run, on loopback
BINARY = "/usr/sbin/dovecot"

_CONFIG = """
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/log
protocols = imap
ssl = yes
ssl_cert = <{base}/server.crt
ssl_key = <{base}/server.key
disable_plaintext_auth = no
auth_failure_delay = 0
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
mail_location = maildir:{base}/mail/%u
mail_uid = {mail}
mail_gid = {mail_group}
first_valid_uid = 1
listen = 127.0.0.1
maildir_very_dirty_syncs = no
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={mail} gid={mail_group} home={base}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service anvil {{
  chroot =
  # no penalty: after a refused login every further one from this address would wait
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service stats {{
  chroot =
}}
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _group(gid: int) -> str:
    return grp.getgrgid(gid).gr_name


class MailServer:
    """One Dovecot: every user name has an empty mailbox, one password fits them all."""

    def __init__(self) -> None:
        self.base = Path(tempfile.mkdtemp(prefix="opika-dovecot-"))
        self.base.chmod(0o755)
        self.port = _free_port()
        self.tls_port = _free_port()
        self.ca_file = self.base / "server.crt"
        self._process: subprocess.Popen[bytes] | None = None
        self._users = 0
        self._delivered = 0
        self._lay_out()

    @property
    def url(self) -> str:
        """Where it listens without TLS, as a mailbox of the configuration names it."""
        return f"imap://127.0.0.1:{self.port}"

    @property
    def tls_url(self) -> str:
        """Where it listens with TLS; its certificate is ``ca_file``."""
        return f"imaps://127.0.0.1:{self.tls_port}"

    def _lay_out(self) -> None:
        me = pwd.getpwuid(os.getuid())
        root = me.pw_uid == 0
        owner = pwd.getpwnam("nobody") if root else me
        mail = self.base / "mail"
        mail.mkdir(mode=0o755)
        if root:
            os.chown(mail, owner.pw_uid, owner.pw_gid)
        config = _CONFIG.format(
            base=self.base,
            password=PASSWORD,
            internal="dovecot" if root else me.pw_name,
            group="dovecot" if root else _group(me.pw_gid),
            login="dovenull" if root else me.pw_name,
            mail=owner.pw_name,
            mail_group=_group(owner.pw_gid),
            port=self.port,
            tls_port=self.tls_port,
        )
        (self.base / "dovecot.conf").write_text(config)
        _write_certificate(self.base / "server.crt", self.base / "server.key")

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = subprocess.Popen(  # noqa: S603 - our own words only
            [BINARY, "-F", "-c", str(self.base / "dovecot.conf")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", self.port), 1) as line,
            ):
                line.settimeout(5)
                if line.recv(64).startswith(b"* OK"):
                    return
            time.sleep(0.05)
        raise RuntimeError(f"Dovecot does not answer: {(self.base / 'log').read_text()}")

    def stop(self) -> None:
        """End it; its mail stays."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def close(self) -> None:
        """End it and remove everything that it kept."""
        self.stop()
        shutil.rmtree(self.base, ignore_errors=True)

    def add_user(self) -> str:
        """The name of a fresh user with an empty INBOX."""
        self._users += 1
        return f"user{self._users}@test.example"

    @contextlib.contextmanager
    def client(self, user: str, folder: str = "INBOX") -> Iterator[IMAPClient]:
        """A client of its own, to look at the mailbox from outside."""
        with IMAPClient("127.0.0.1", self.port, ssl=False, timeout=10) as client:
            client.login(user, PASSWORD)
            client.normalise_times = False
            client.select_folder(folder)
            yield client

    def append(
        self,
        user: str,
        *mails: bytes,
        received_at: datetime | None = None,
        flags: tuple[bytes, ...] = (),
        folder: str = "INBOX",
    ) -> None:
        """Put mails into a folder, as if they had been received at that moment."""
        with self.client(user) as client:
            for mail in mails:
                client.append(folder, mail, flags, received_at or datetime.now(UTC))

    def deliver(self, user: str, *mails: bytes, received_at: datetime | None = None) -> None:
        """Put many mails into INBOX at once, as files in its store."""
        with self.client(user):  # makes the store
            pass
        store = self.base / "mail" / user
        when, owner = (received_at or datetime.now(UTC)).timestamp(), store.stat()
        self._delivered += 1
        for number, mail in enumerate(mails):
            path = store / "cur" / f"{int(when)}.{self._delivered:04}-{number:06}.opika:2,"
            path.write_bytes(mail)
            os.utime(path, (when, when))
            os.chown(path, owner.st_uid, owner.st_gid)

    def uids(self, user: str, folder: str = "INBOX") -> list[int]:
        """The UIDs in a folder."""
        with self.client(user, folder) as client:
            return list(client.search("ALL"))

    def flags(self, user: str, uid: int, folder: str = "INBOX") -> tuple[bytes, ...]:
        """The flags of one mail."""
        with self.client(user, folder) as client:
            return tuple(client.get_flags([uid])[uid])

    def folders(self, user: str) -> set[str]:
        """The names of a user's folders."""
        with self.client(user) as client:
            return {name for _flags, _separator, name in client.list_folders()}

    def change_uid_validity(self, user: str, renumber_from: int = 1) -> None:
        """INBOX gets a new UIDVALIDITY and its mails new UIDs, as after a restored backup."""
        store = self.base / "mail" / user
        listing = store / "dovecot-uidlist"
        head = listing.read_text().splitlines()[0]
        old = int(re.findall(r"V(\d+)", head)[0])
        for index in store.glob("dovecot.index*"):
            index.unlink()
        info = listing.stat()
        listing.write_text(f"3 V{old + 1} N{renumber_from}\n")
        os.chown(listing, info.st_uid, info.st_gid)


def _write_certificate(certificate: Path, key: Path) -> None:
    """A certificate that signs itself, for 127.0.0.1 (dovecot-core brings the openssl command)."""
    options = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=Opika"
    names = ["-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    command = ["/usr/bin/openssl", *options.split(), *names, *files]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own words only
