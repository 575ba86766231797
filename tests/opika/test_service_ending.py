"""The service as a process: danger is told beside slow work, metrics tell counts, SIGTERM ends it."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import socket
import urllib.request
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.opika.office import NOW, Office, mail
from tests.opika.post_office import PostOffice
from tests.opika.test_cli import opika
from tests.opika.test_flow import entries, form, waiting
from tests.opika.test_service import running, start, stopped, wait_for

LETTER = "Вітчим щодня б’є Вигаданюка Івана ременем, дитина у крові. Допоможіть негайно!"
_ALERTS = '\n[alerts]\nmailbox = "sysn@ukr.net"\nduty = ["duty@example.org"]\n'


@pytest.fixture
def slow_office(post: PostOffice, monkeypatch: pytest.MonkeyPatch) -> PostOffice:
    """An office whose LibreOffice takes a minute for each call."""
    programs = post.folder / "programs"
    programs.mkdir()
    soffice = programs / "soffice"
    soffice.write_text('#!/bin/sh\ntouch "$(dirname "$0")/begun"\nsleep 60 & wait\n')
    soffice.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    post.write_config(more=_ALERTS)
    return post


def now() -> datetime:
    return datetime.now(NOW.tzinfo)


def is_rendering(post: PostOffice) -> bool:
    return (post.folder / "programs" / "begun").exists()


def told(post: PostOffice) -> str:
    """All that the mails to the duty contact say; several alerts at once are one mail."""
    return "\n".join(
        f"{one.message['Subject']}\n{one.message.get_content()}" for one in post.smtp.mails
    )


def test_danger_is_told_while_libreoffice_is_slow_and_sigterm_waits_for_neither(
    slow_office: PostOffice,
) -> None:
    office = slow_office.office
    office.mail("ssd", mail(("a.docx", form(3))), received_at=now())
    with running(office) as process:
        wait_for(lambda: is_rendering(slow_office))
        # Registered by a second process, as a clerk does it, while the service is busy.
        letter = slow_office.folder / "лист.txt"
        letter.write_text(LETTER, encoding="utf-8")
        with office.open() as pipeline:
            from journal import arrivals, steps
            from opika.flow import Report, place, read, unpack

            data = mail(body=LETTER)
            sha256 = pipeline.originals.put(data)
            new = arrivals.NewArrival(None, "ssd", "ssd", "email", sha256, len(data), now())
            one = arrivals.record_arrival(new, now=now(), actor="тест")
            unpack(pipeline, one, Report())
            for file in steps.files_to_read(now()):
                read(pipeline, file, Report())
            place(pipeline, one, Report())
        wait_for(lambda: f"надходження {one}" in told(slow_office).lower(), 20)
        assert stopped(process, signal.SIGTERM) < 10
    assert not any("sleep 60" in line for line in commands())


def commands() -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return found


def test_a_danger_that_a_killed_service_had_not_told_is_told_after_its_restart(
    post: PostOffice,
) -> None:
    post.write_config(more=_ALERTS)
    post.smtp.plan(("DATA", "hang"))
    post.office.mail("ssd", mail(body=LETTER), received_at=now())
    with running(post.office):  # killed at the end
        wait_for(waiting)
    assert post.smtp.mails == []
    post.smtp.plan()
    with running(post.office) as process:
        wait_for(lambda: post.smtp.mails, 90)
        assert stopped(process, signal.SIGTERM) < 10
    from journal.alerts import unanswered

    assert {card.told for card in unanswered()} == {1}


def test_sigterm_ends_a_scan_in_the_middle_which_is_read_after_the_next_start(
    office: Office,
) -> None:
    office.scan("скан.tiff", pages(20))
    with office.open():
        pass
    with running(office) as process:
        wait_for(is_being_read)
        assert stopped(process, signal.SIGTERM) < 10
    from journal.models import File

    file = File.objects.get()
    assert (file.attempts, file.outcome, file.read_at) == (0, "", None)


def is_being_read() -> bool:
    from journal.models import File

    return File.objects.filter(read_at__isnull=True).exists()


def pages(count: int) -> bytes:
    """So many scanned pages, each full of words."""
    font = ImageFont.truetype("DejaVuSans.ttf", 34)
    first, *others = [page(number, font) for number in range(count)]
    out = io.BytesIO()
    options = {"compression": "group4", "dpi": (200, 200)}
    first.save(out, "TIFF", save_all=True, append_images=others, **options)
    return out.getvalue()


def page(number: int, font: ImageFont.FreeTypeFont) -> Image.Image:
    sheet = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(sheet)
    for line in range(45):
        words = f"Рядок {number * 45 + line}: діти сусідів третій день не ходять до школи."
        draw.text((90, 80 + line * 48), words, fill=0, font=font)
    return sheet.convert("1")


def test_the_page_of_metrics_tells_counts_and_nobodys_name(office: Office) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = office.folder / "pipeline.toml"
    config.write_text(config.read_text() + f'\n[service]\nmetrics = "127.0.0.1:{port}"\n')
    office.mail("ssd", mail(("a.docx", form(1))), mail(body=LETTER), received_at=now())
    with office.open():
        pass
    with running(office) as process:
        wait_for(lambda: entries() and waiting())
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            told = answer.read().decode()
        assert stopped(process, signal.SIGTERM) < 10
    assert 'opika_entries{office="ssd"} 1.0' in told
    assert "opika_triage_urgent 1.0" in told
    assert re.search(r'opika_source_failures\{kind="mailbox",office="ssd",source="\d"\} 0\.0', told)
    (card,) = entries()
    for secret in ("@", "scans", "Вигадан", str(card.values.get("subject"))):
        assert secret not in told


def test_the_log_of_the_service_is_json_with_ids(office: Office) -> None:
    office.write_config(urls={"ssd": "imap://127.0.0.1:1"})
    process = start(office)
    assert process.stderr is not None
    lines = []
    for line in process.stderr:
        lines.append(line)
        if "source failed" in line:
            break
    process.terminate()
    process.communicate(timeout=30)
    logged = [json.loads(line) for line in lines if line.startswith("{")]
    (failed,) = [one for one in logged if one["event"] == "source failed"]
    assert failed["level"] == "error"
    assert failed["error"][0].startswith("SourceUnavailableError at ")
    assert datetime.fromisoformat(failed["at"]).tzinfo
    assert "sysn@ukr.net" not in "".join(lines)


def test_status_sees_the_service_at_work(office: Office) -> None:
    with office.open():
        pass
    with running(office):
        config = office.folder / "pipeline.toml"
        assert opika("--config", config, "status", "--json").json["running"] is True
