"""The tests' SMTP server: a process of its own on loopback that misbehaves when it is told to."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from opika.config import PROJECT


@dataclass(frozen=True)
class Delivered:
    """A mail whose final dot the server has read, with its envelope."""

    sender: str
    recipients: list[str]
    data: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.data, policy=policy.default)

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"]).strip()


class SmtpServer:
    """One aiosmtpd; with a certificate (PEM file and key) it speaks TLS from the first byte."""

    def __init__(self, certificate: tuple[Path, Path] | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="opika-smtp-"))
        self._tls = certificate is not None
        command = [sys.executable, "-m", "tests.smtp_process", str(self.folder)]
        self._process = subprocess.Popen(  # noqa: S603 - our own words only
            [*command, *map(str, certificate or ())],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    @property
    def url(self) -> str:
        return f"{'smtps' if self._tls else 'smtp'}://127.0.0.1:{self.port}"

    def plan(self, *rules: tuple[str, str] | tuple[str, str, int]) -> None:
        """What is to go wrong from now on: stage, answer, and how often (default: always)."""
        keys = ("at", "do", "times")
        half = self.folder / f"{time.monotonic_ns()}.half"
        half.write_text(json.dumps([dict(zip(keys, rule, strict=False)) for rule in rules]))
        half.replace(self.folder / "plan.json")

    @property
    def misdeeds(self) -> int:
        """How often it has done what the plan says."""
        file = self.folder / "misdeeds"
        return len(file.read_text().split()) if file.exists() else 0

    @property
    def mails(self) -> list[Delivered]:
        """Everything whose final dot was read, oldest first."""
        found = []
        for path in sorted(self.folder.glob("*.eml")):
            sender, recipients = json.loads(path.with_suffix(".json").read_text())
            found.append(Delivered(sender, recipients, path.read_bytes()))
        return found

    def forget(self) -> None:
        """Behave, and forget every mail."""
        for path in self.folder.iterdir():
            path.unlink()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)
