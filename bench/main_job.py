"""How fast the main job is, step by step, each beside the least that its work can cost.

N mails, each with another filled form, lie in a real mailbox (Dovecot on this machine) and go
through the real pipeline into SQLite. The floors do the same number of the same things bare, in the
same run: an IMAP fetch, an unzip and XML parse, synced files, durable commits. A ratio of 1 would
mean that a step costs nothing but its floor.

Run: ``python bench/main_job.py [N | --long]``; N is 200, with ``--long`` 1000.
"""

from __future__ import annotations

import email
import imaplib
import io
import json
import os
import shutil
import sqlite3
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.opika.office import Office, mail  # noqa: E402  # isort: skip  (readies Django)

from lxml import etree  # noqa: E402

from journal import listing, steps, work  # noqa: E402
from journal.verify import verify  # noqa: E402
from opika import flow, letters, sources  # noqa: E402
from opika.errors import FileError  # noqa: E402
from opika.mailserver import PASSWORD, MailServer  # noqa: E402
from opika.pipeline import READERS, Pipeline  # noqa: E402
from opika.reading import read_bytes  # noqa: E402
from tests.forms.documents import make_docx  # noqa: E402
from tests.forms.habits import STYLES  # noqa: E402

if TYPE_CHECKING:
    from opika.flow import Step

T = TypeVar("T")

N, LONG_N = 200, 1000
WARM = 4  # the first of each step also pay for starting its child process
PDF_SAMPLE = 40
SENDERS = 97
# How well forms of other habits are recognised is measured elsewhere.
PARTS = ("tune", "aside")


@dataclass(frozen=True)
class Pace:
    """Seconds that a number of things took; ``slower`` compares the last tenth with the first."""

    count: int
    seconds: float
    slower: float | None = None

    @property
    def per_second(self) -> float:
        """Things a second."""
        return self.count / self.seconds


def main() -> None:
    """Measure and print; exit 1 where a mail was lost, doubled or misnumbered."""
    count = LONG_N if "--long" in sys.argv else int(next(iter(sys.argv[1:]), N))
    with new_office() as office:
        tell(f"{count} mails are made and put into the mailbox")
        mails = list(make_mails(count))
        office.mail("ssd", *mails)
        print(f"{count} mails of {sum(map(len, mails)) / count / 1024:.0f} kB, {READERS} readers")
        with office.open() as pipeline:
            measure(pipeline, office, mails)
            faults = list(check(pipeline, count))
    for fault in faults:
        print(f"FAULT  {fault}")
    sys.exit(1 if faults else print("every mail registered once, numbers whole, journal verified"))


def tell(text: str) -> None:
    """Progress, for a person who watches."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def new_office() -> Iterator[Office]:
    """An office with one empty mailbox, in a folder that goes away."""
    server = MailServer()
    folder = Path(tempfile.mkdtemp(prefix="opika-bench-"))
    try:
        server.start()
        office = Office(folder, server, ROOT / "templates", boxes={"ssd": server.add_user()})
        office.write_config()
        yield office
    finally:
        server.close()
        shutil.rmtree(folder, ignore_errors=True)


def make_mails(count: int) -> Iterator[bytes]:
    """Mails with one form each, in all styles that hold one form, from many senders."""
    styles = [
        (part, style)
        for part in PARTS
        for style, habits in STYLES[part].items()
        if habits.get("forms", 1) == 1
    ]
    for number, (part, style) in zip(range(count), cycle(styles), strict=False):
        form = make_docx(Random(number), part, style).data
        yield mail(
            ("Повідомлення.docx", form),
            sender=f"zaklad{number % SENDERS}@example.org",
            subject=f"Повідомлення {number}",
        )


def measure(pipeline: Pipeline, office: Office, mails: Sequence[bytes]) -> None:
    """Take the mails through the steps and print each step's pace beside its floors."""
    floor = Floors(pipeline.data / "floor")
    box, report = pipeline.config.mailbox[0], flow.Report()
    fetched = timed(len(mails), lambda: sources.receive(pipeline, box))
    bare = floor.fetch(office, len(mails))
    kept = floor.keep(mails)
    show("fetch", "mails", fetched, {"IMAP fetch": bare, "fetch, keep, commit": added(bare, kept)})

    def every(kind: str, step: Step, at_once: int = 1) -> Pace:
        return paced(kind, DUE[kind](pipeline.clock()), step, at_once, pipeline, report)

    opened = floor.unpack(mails)
    show("unpack", "mails", every("unpack", flow.unpack), {"e-mail parse, keep, commit": opened})
    files = [work.file_work(row) for row in DUE["read"](pipeline.clock())]
    papers = [(pipeline.originals.get(file.sha256), file.name) for file in files]
    read = every("read", flow.read, READERS)
    show(
        "read",
        "files",
        read,
        {"unzip and XML": floor.parse(papers), "no child, no journal": reading(pipeline, papers)},
    )
    commits = floor.commits(len(mails))
    show("register", "entries", every("register", flow.register), {"commit": commits})
    show("place", "mails", every("place", flow.place), {"commit": commits})
    show(
        "draft", "entries", every("draft", flow.draft), {"3 commits": floor.commits(len(mails), 3)}
    )
    rendered = every("render", flow.render)
    docs = [(pipeline.data / path).read_bytes() for path in docx_paths()]
    show("render", "DOCX", rendered, {"zip, keep, commit": floor.write(docs)})
    convert(pipeline, docs[:PDF_SAMPLE])


DUE = {
    "unpack": steps.arrivals_to_unpack,
    "read": steps.files_to_read,
    "register": steps.forms_to_register,
    "place": steps.arrivals_to_place,
    "draft": steps.entries_to_draft,
    "render": steps.documents_to_render,
}


def docx_paths() -> list[str]:
    """Where the documents' DOCX lie below the data folder."""
    return [str(letter.docx) for card in listing.entries() for letter in card.documents]


def convert(pipeline: Pipeline, docs: Sequence[bytes]) -> None:
    """The pace of PDFs, as the main job makes them and by LibreOffice alone."""
    tell(f"convert: {len(docs)}")
    ids = DUE["render"](pipeline.clock())[: len(docs)]
    starts = range(0, len(docs), flow._PDF_BATCH)

    def ours(start: int) -> None:
        letters.write_pdfs(pipeline, ids[start : start + flow._PDF_BATCH])

    def alone(start: int) -> None:
        pipeline.converter.convert(docs[start : start + flow._PDF_BATCH])

    paces = [Pace(len(docs), each(starts, job).seconds) for job in (ours, alone)]
    show("convert", "PDF", paces[0], {"LibreOffice alone": paces[1]})


def paced(
    kind: str, ids: Sequence[int], step: Step, at_once: int, pipeline: Pipeline, report: flow.Report
) -> Pace:
    """Do a step of every row; what it does first of all is not counted."""
    tell(f"{kind}: {len(ids)}")

    def one(row_id: int) -> float:
        begun = time.perf_counter()
        step(pipeline, row_id, report)
        return time.perf_counter() - begun

    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(one, ids[:WARM]))
        begun = time.perf_counter()
        seconds = list(pool.map(one, ids[WARM:]))
        whole = time.perf_counter() - begun
    tenth = max(1, len(seconds) // 10)
    return Pace(len(seconds), whole, sum(seconds[-tenth:]) / sum(seconds[:tenth]))


def timed(count: int, job: Callable[[], object]) -> Pace:
    """How long a job of ``count`` things takes."""
    begun = time.perf_counter()
    job()
    return Pace(count, time.perf_counter() - begun)


def each(things: Sequence[T], job: Callable[[T], None]) -> Pace:
    """How long a job takes for each of the things."""
    begun = time.perf_counter()
    for thing in things:
        job(thing)
    return Pace(len(things), time.perf_counter() - begun)


def added(first: Pace, second: Pace) -> Pace:
    """Both for each thing."""
    return Pace(first.count, first.seconds + second.seconds)


def show(step: str, unit: str, pace: Pace, floors: dict[str, Pace]) -> None:
    """One step's line, and one for each of its floors."""
    slower = f"; last tenth took {pace.slower:.2f} x the first" if pace.slower else ""
    print(f"{step:9} {pace.per_second:9.1f} {unit}/s, {1e3 / pace.per_second:.2f} ms each{slower}")
    for name, floor in floors.items():
        ratio = pace.per_second / floor.per_second
        print(f"{'':9} {floor.per_second:9.1f} {name}: {ratio:.3f} of it", flush=True)


def reading(pipeline: Pipeline, papers: Sequence[tuple[bytes, str]]) -> Pace:
    """The same files read in this process, one after the other."""
    today = pipeline.clock().date()

    def one(paper: tuple[bytes, str]) -> None:
        data, name = paper
        try:
            read_bytes(data, name, today, pipeline.indicators)
        except FileError as err:
            tell(f"not read: {type(err).__name__}")

    one(papers[0])  # loads the dictionaries
    return each(papers, one)


class Floors:
    """The least that a step's work can cost, done bare."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        self._connection = sqlite3.connect(folder / "floor.sqlite3", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, value TEXT)")
        self._kept = 0

    def fetch(self, office: Office, count: int) -> Pace:
        """The mailbox's mails by imaplib, fifty a FETCH."""
        client = imaplib.IMAP4("127.0.0.1", office.server.port)
        client.login(office.boxes["ssd"], PASSWORD)
        client.select("INBOX", readonly=True)
        batches = [f"{first}:{min(first + 49, count)}" for first in range(1, count + 1, 50)]
        pace = timed(count, lambda: [client.fetch(batch, "(BODY.PEEK[])") for batch in batches])
        client.logout()
        return pace

    def commits(self, count: int, each_takes: int = 1) -> Pace:
        """Durable rows for a number of things."""

        def one(_number: int) -> None:
            for _ in range(each_takes):
                self._commit()

        return each(range(count), one)

    def keep(self, datas: Sequence[bytes]) -> Pace:
        """A synced file and a durable row for each."""

        def one(data: bytes) -> None:
            self._keep(data)
            self._commit()

        return each(datas, one)

    def unpack(self, mails: Sequence[bytes]) -> Pace:
        """The standard library's parser; every part a synced file, every mail a durable row."""

        def one(data: bytes) -> None:
            for part in email.message_from_bytes(data).walk():
                if isinstance(content := part.get_payload(decode=True), bytes):
                    self._keep(content)
            self._commit()

        return each(mails, one)

    def parse(self, papers: Sequence[tuple[bytes, str]]) -> Pace:
        """The text of each DOCX unzipped and parsed as XML."""

        def one(paper: tuple[bytes, str]) -> None:
            data, _name = paper
            if zipfile.is_zipfile(io.BytesIO(data)):
                with zipfile.ZipFile(io.BytesIO(data)) as package:
                    etree.fromstring(package.read("word/document.xml"))

        return each(papers, one)

    def write(self, docs: Sequence[bytes]) -> Pace:
        """The parts of each DOCX zipped, a synced file, a durable row."""

        def one(parts: dict[str, bytes]) -> None:
            self._keep(_zipped(parts))
            self._commit()

        return each([_members(data) for data in docs], one)

    def _commit(self) -> None:
        row = json.dumps({"key": "value" * 50})
        self._connection.execute("INSERT INTO row (value) VALUES (?)", (row,))

    def _keep(self, data: bytes) -> None:
        self._kept += 1
        with (self._folder / str(self._kept)).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return target.getvalue()


def check(pipeline: Pipeline, count: int) -> Iterator[str]:
    """What is not as it must be after the whole job."""
    cards = list(listing.entries())
    numbers = sorted(int(card.number) for card in cards)
    if numbers != list(range(1, count + 1)):
        yield f"{len(numbers)} numbers up to {max(numbers, default=0)} instead of 1 to {count}"
    digests = [arrival.sha256 for card in cards for arrival in card.arrivals]
    if len(digests) != count or len(set(digests)) != count:
        yield f"{len(digests)} arrivals in the journal, {len(set(digests))} of them different"
    found = verify(pipeline.originals, pipeline.data)
    if not found.ok:
        yield str(found.first_fault)


if __name__ == "__main__":
    main()
