"""``python -m tests.smtp_process FOLDER [CERTIFICATE KEY]``: an SMTP server in a process of its own.

It prints its port, keeps every mail whose final dot it has read in FOLDER, and misbehaves as
``FOLDER/plan.json`` says: a list of rules, each ``{"at": STAGE, "do": ANSWER, "times": N}``.
STAGE is ``CONNECT``, ``AUTH``, ``MAIL``, ``RCPT``, ``DATA``, ``BODY`` (in the middle of the mail)
or ``DOT`` (after the final dot, when the mail is kept); ANSWER is a reply line, ``drop`` or ``hang``.
``REFUSE`` is ``DOT`` for a mail that is not kept.
"""

# ruff: noqa: N802 - the methods are named by aiosmtpd

from __future__ import annotations

import asyncio
import json
import ssl
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult

from opika.mailserver import PASSWORD

OK = "250 OK"


class Plan:
    """What the test wants to go wrong; read anew at every stage."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: dict[str, int] = {}
        self._written = 0

    def answer(self, stage: str) -> str | None:
        file = self._folder / "plan.json"
        if not file.exists():
            return None
        if file.stat().st_mtime_ns != self._written:  # another plan counts anew
            self._written, self._used = file.stat().st_mtime_ns, {}
        rules = json.loads(file.read_text())
        for rule in rules:
            if rule["at"] == stage and self._used.get(str(rule), 0) < rule.get("times", 1_000_000):
                self._used[str(rule)] = self._used.get(str(rule), 0) + 1
                with (self._folder / "misdeeds").open("a") as misdeeds:
                    misdeeds.write(f"{stage}\n")
                return str(rule["do"])
        return None


class Server(SMTP):
    """aiosmtpd's server, with a plan."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        super().__init__(
            self,
            hostname="smtp.test",
            authenticator=self._authenticated,
            auth_require_tls=False,
            auth_required=True,
        )
        self._folder, self._plan = folder, plan

    @staticmethod
    def _authenticated(_server: Any, _session: Any, _envelope: Any, _how: str, data: Any) -> Any:
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)

    async def _obey(self, stage: str) -> str | None:
        do = self._plan.answer(stage)
        if do == "hang":
            await asyncio.sleep(3600)
        if do == "drop":
            assert self.transport is not None
            self.transport.abort()  # type: ignore[attr-defined]
            await asyncio.sleep(3600)  # cancelled when the connection is seen to be lost
        return do

    async def push(self, status: Any) -> None:
        if str(status).startswith("220"):
            status = await self._obey("CONNECT") or status
        await super().push(status)

    async def smtp_AUTH(self, arg: str) -> None:
        refused = await self._obey("AUTH")
        await (self.push(refused) if refused else super().smtp_AUTH(arg))

    async def handle_MAIL(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        refused = await self._obey("MAIL")
        if refused:
            return refused
        envelope.mail_from = address
        return OK

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        refused = await self._obey("RCPT")
        if refused:
            return refused
        envelope.rcpt_tos.append(address)
        return OK

    async def smtp_DATA(self, arg: str) -> None:
        refused = await self._obey("DATA")
        if refused:
            await self.push(refused)
            return
        if self._plan.answer("BODY"):
            await super().push("354 go on")
            await self._reader.read(10)
            assert self.transport is not None
            self.transport.abort()  # type: ignore[attr-defined]
            return
        await super().smtp_DATA(arg)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        refused = await self._obey("REFUSE")
        if refused:
            return refused
        number = len(list(self._folder.glob("*.eml"))) + 1
        envelope_file = self._folder / f"{number:04}.json"
        envelope_file.write_text(json.dumps([envelope.mail_from, envelope.rcpt_tos]))
        (self._folder / f"{number:04}.eml").write_bytes(envelope.original_content)
        return await self._obey("DOT") or OK


async def serve(folder: Path, certificate: list[str]) -> None:
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*certificate)
    plan = Plan(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Server(folder, plan), "127.0.0.1", 0, ssl=context)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), sys.argv[2:]))
