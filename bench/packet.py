"""How long the Commission's packet takes: 20 cases, more than 200 pages, beside its floor, in one run.

The floor is the merging of as many pages with pikepdf, nothing else. Run: ``python -m bench.packet``.
Fails where a page is missing, or where a packet made again is another.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import pikepdf  # noqa: E402
from PIL import Image, ImageDraw  # noqa: E402

from generators.binding import page_count  # noqa: E402
from opika.commands.words import DEADLINES  # noqa: E402
from opika.config_file import load_config  # noqa: E402
from opika.pipeline import Pipeline, open_pipeline  # noqa: E402
from tests.journal import office_day  # noqa: E402

if TYPE_CHECKING:
    from journal.history import Act

CASES, SCANNED = 20, 6
"""Cases of the meeting, and scanned pages in each."""
MEETING = date(2026, 3, 20)
CONFIG = """\
[[office]]
key = "ssd"
name = "Служба у справах дітей"
place = "м. Вигадане"

[[office]]
key = "css"
name = "Центр соціальних служб"
"""
MEMBER = '\n[[commission]]\nname = "Пробний Член"\nposition = "посада"\n'


def main() -> None:
    """Fill a journal, make its packet twice, print the seconds and the floor."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "pipeline.toml"
        path.write_text(CONFIG + 3 * MEMBER, encoding="utf-8")
        with open_pipeline(load_config(path)) as pipeline:
            for number in range(1, CASES + 1):
                _case(pipeline, number)
            sys.exit(0 if _measured(pipeline, Path(name)) else 1)


def _measured(pipeline: Pipeline, folder: Path) -> bool:
    from opika.packet_making import Wanted, make
    from opika.packets import before

    begun = time.perf_counter()
    ready, _ = before(pipeline, "ssd", MEETING)
    print(f"cases  {len(ready)} ready, found in {time.perf_counter() - begun:.2f} s")
    packets, taken = [], []
    for place in ("one", "other"):
        begun = time.perf_counter()
        made = make(pipeline, Wanted("ssd", MEETING, "10:00", "", DEADLINES), folder / place)
        taken.append(time.perf_counter() - begun)
        packets.append([(made.folder / name).read_bytes() for name in made.files])
    pdf = (folder / "one" / "packet.pdf").read_bytes()
    pages = page_count(pdf)
    print(
        f"packet {pages} pages, {len(packets[0])} files: {taken[0]:.1f} s, again {taken[1]:.1f} s"
    )
    print(f"floor  {pages} pages merged, nothing else: {_merged(pdf) * 1e3:.0f} ms")
    whole, same = pages >= CASES * (SCANNED + 4), packets[0] == packets[1]
    print(f"whole: {'PASS' if whole else 'FAIL'}; the same again: {'PASS' if same else 'FAIL'}")
    return whole and same


def _case(pipeline: Pipeline, number: int) -> None:
    """An entry with its conclusion, which came as a scan."""
    from journal import casework, deciding, steps

    about = {
        "subject": f"Вигаданюк Іван {number}, 11 років",
        "outgoing_number": f"01-15/{number}",
        "persons": [],
        "address": f"с. Вигадане, буд. {number}",
    }
    entry = office_day.registered(office_day.values(**about)).entry_id
    act, rules = _act(), office_day.clock_rules()
    for days, kind in ((1, "request_sent"), (3, "conclusion_received")):
        at = office_day.NOW + timedelta(days=days)
        casework.happened(casework.NewEvent(entry, kind, at, {}), act, rules)
    data = _scan(number)
    digest = pipeline.originals.put(data)
    came = office_day.arrival(received_at=office_day.NOW + timedelta(days=3))
    new = steps.NewFile("1", "scan.pdf", "application/pdf", "attachment", digest, len(data))
    steps.save_unpacked(came, {"message_id": f"<{number}@example.ua>"}, [new], now=office_day.NOW)
    (file,) = _files(came)
    office_day.read(file)
    deciding.file_to_entry(
        came, entry, why="висновок", now=act.now, actor=act.actor, rules=office_day.rules()
    )


def _act() -> Act:
    from journal.history import Act

    return Act("стенд", office_day.NOW + timedelta(days=10), "")


def _files(arrival: int) -> list[int]:
    from journal.models import File

    return list(File.objects.filter(arrival=arrival).values_list("pk", flat=True))


def _scan(number: int) -> bytes:
    """Pages of A4 at 150 dpi in grey, as an office scans them."""
    pages = [Image.new("L", (1240, 1754), 250) for _ in range(SCANNED)]
    for n, page in enumerate(pages):
        for line in range(40):
            text = f"{number}-{n}: " + "scanned words of a line " * 5
            ImageDraw.Draw(page).text((120, 100 + 40 * line), text, fill=20)
    target = io.BytesIO()
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:], resolution=150)
    return target.getvalue()


def _merged(pdf: bytes) -> float:
    """Seconds of putting every page, each out of a file of its own, into one."""
    singles = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            one, target = pikepdf.new(), io.BytesIO()
            one.pages.append(page)
            one.save(target)
            singles.append(target.getvalue())
    begun = time.perf_counter()
    with pikepdf.new() as made:
        for single in singles:
            with pikepdf.open(io.BytesIO(single)) as source:
                made.pages.extend(source.pages)
        made.save(io.BytesIO())
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
