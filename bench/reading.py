"""How fast forms are read, each figure beside what a user would pick instead, in one run.

DOCX: reading and finding the fields against python-docx's reading alone, in packages with all the
parts that Word writes and in lean ones (python-docx reads them all, we what we need); PDF: against
pdfplumber's words alone; scans: recognition and the whole against the bare ``tesseract`` command
on all cores, and against OCRmyPDF where it is installed. What the work cannot fall below (unzip
and parse; pdfium's own words) is printed beside. All take turns, so that a busy machine is busy
for all; a ratio is that of the medians.

Run: ``python bench/reading.py [docx] [pdf] [scan]``; goals: DOCX at least 4 times, PDF at least
8 times, recognition at least 0.95 and the whole at least 0.65 of the command, twice OCRmyPDF.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import docx  # noqa: E402
import pdfplumber  # noqa: E402
import pypdfium2  # type: ignore[import-untyped]  # noqa: E402
from lxml import etree  # noqa: E402
from PIL import Image  # noqa: E402

from opika.reading import read_bytes  # noqa: E402
from opika.worker import Worker  # noqa: E402
from parsers.docx import read_docx  # noqa: E402
from parsers.file import read_file  # noqa: E402
from parsers.ocr import language_data, recognise  # noqa: E402
from parsers.pdf import read_pdf  # noqa: E402
from parsers.picture import open_pictures  # noqa: E402
from parsers.scan import mend  # noqa: E402
from tests.forms import make  # noqa: E402

TODAY = date(2026, 11, 22)
INDICATORS = ROOT / "catalogues" / "indicators.toml"
FILES, SCANS, ROUNDS = 20, 4, 5
SEED = 41
GOALS = {"DOCX": 4, "PDF": 8}
CORES = os.cpu_count() or 1

Way = Callable[[bytes], object]


def main() -> None:
    """Measure what is asked for, or everything, and print the ratios."""
    wanted = set(sys.argv[1:]) or {"docx", "pdf", "scan"}
    if "docx" in wanted:
        lean = _made("docx", FILES, ".docx")
        _docx("DOCX", [_in_full_package(data) for data in lean])
        _docx("lean", lean)
    if "pdf" in wanted:
        _pdf(_made("pdf", FILES, ".pdf"))
    if "scan" in wanted:
        _scan(_made("scan", SCANS, ""))


def _made(group: str, count: int, suffix: str) -> list[bytes]:
    """Files of a group from the tests' generator."""
    with tempfile.TemporaryDirectory() as folder:
        make.make(Path(folder), SEED, make.wishes("tune", group, None, count))
        paths = sorted((Path(folder) / "docs").glob(f"*{suffix}"))
        return [path.read_bytes() for path in paths]


def _ours(reader: Way) -> dict[str, Way]:
    return {
        "whole": lambda data: read_file(data, "a", today=TODAY),
        "reading": reader,
        "judged": lambda data: read_bytes(data, "a", TODAY, INDICATORS),
    }


# --- DOCX ----------------------------------------------------------------------------------------


def _in_full_package(data: bytes) -> bytes:
    """The document with the styles, themes and settings that come with python-docx."""
    out = io.BytesIO()
    default = Path(docx.__file__).parent / "templates" / "default.docx"
    with (
        zipfile.ZipFile(io.BytesIO(data)) as lean,
        zipfile.ZipFile(default) as full,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in full.namelist():
            source = lean if name == "word/document.xml" else full
            target.writestr(name, source.read(name))
    return out.getvalue()


def _docx(title: str, files: Sequence[bytes]) -> None:
    times = _in_turn(
        files,
        _ours(read_docx)
        | {
            "python-docx": _by_python_docx,
            "floor": _unzip_and_parse,
        },
    )
    _tell(title, "python-docx", times, "unzip + lxml")


def _by_python_docx(data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    texts = [paragraph.text for paragraph in document.paragraphs]
    return texts + [
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    ]


def _unzip_and_parse(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


# --- PDF with text -------------------------------------------------------------------------------


def _pdf(files: Sequence[bytes]) -> None:
    times = _in_turn(
        files,
        _ours(read_pdf)
        | {
            "pdfplumber": _by_pdfplumber,
            "floor": _by_pdfium,
        },
    )
    _tell("PDF", "pdfplumber", times, "pdfium's words")


def _by_pdfplumber(data: bytes) -> list[dict[str, Any]]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [word for page in document.pages for word in page.extract_words()]


def _by_pdfium(data: bytes) -> list[tuple[str, list[tuple[float, ...]]]]:
    """The text of each page and the box of the first letter of every word."""
    document = pypdfium2.PdfDocument(data)
    found = []
    for page in document:
        text_page = page.get_textpage()
        text = text_page.get_text_range()
        starts = [n for n in range(1, len(text)) if text[n - 1].isspace() and not text[n].isspace()]
        count = text_page.count_chars()
        found.append((text, [text_page.get_charbox(n) for n in starts if n < count]))
    document.close()
    return found


# --- scans ---------------------------------------------------------------------------------------


def _scan(files: Sequence[bytes]) -> None:
    """Whole pages on all cores: in warm worker processes, and by one command for each page."""
    with tempfile.TemporaryDirectory() as name:
        pages = [page for n, data in enumerate(files) for page in _pages(data, Path(name), n)]
        workers = [Worker(300, 4096) for _ in range(CORES)]
        try:
            times = _scans_in_turn(workers, files, pages)
        finally:
            for worker in workers:
                worker.close()
    bare = times.pop("tesseract")
    print(f"SCAN   {len(pages)} pages, {CORES} cores; tesseract {bare / len(pages):.2f} s a page")
    for way, taken in times.items():
        goal = {"recognition": "goal 0.95", "whole": "goal 0.65"}.get(way, "")
        print(f"       {way} {taken / len(pages):.2f} s a page: {bare / taken:.2f} x {goal}")
    if "OCRmyPDF" in times:
        print(f"       OCRmyPDF / whole: {times['OCRmyPDF'] / times['whole']:.1f} x, goal 2")
    else:
        print("       OCRmyPDF is not installed: not measured")


def _scans_in_turn(
    workers: Sequence[Worker], files: Sequence[bytes], pages: Sequence[Path]
) -> dict[str, float]:
    ways: dict[str, Callable[[], object]] = {
        "recognition": lambda: _shared(workers, _recognised, [[str(page)] for page in pages]),
        "whole": lambda: _shared(
            workers, read_bytes, [[data, "a", TODAY, INDICATORS] for data in files]
        ),
        "tesseract": lambda: _commands(_tesseract, pages),
    }
    if shutil.which("ocrmypdf"):
        ways["OCRmyPDF"] = lambda: _commands(_ocrmypdf, pages)
    for worker in workers:  # its libraries and models are loaded
        worker.call(read_bytes, files[0], "a", TODAY, INDICATORS)
        worker.call(_recognised, str(pages[0]))
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(2):
        for name, work in ways.items():
            times[name].append(_seconds(work))
    return {name: min(taken) for name, taken in times.items()}


def _pages(data: bytes, folder: Path, number: int) -> list[Path]:
    """The mended pages of a scan as pictures: recognition alone is compared on the same pixels."""
    if data.startswith(b"%PDF"):
        out = io.BytesIO()
        drawn = [page.render(scale=200 / 72).to_pil() for page in pypdfium2.PdfDocument(data)]
        drawn[0].save(out, "TIFF", save_all=True, append_images=drawn[1:], dpi=(200, 200))
        data = out.getvalue()
    paths = []
    for page, picture in enumerate(open_pictures(data)):
        sheet = mend(picture)
        paths.append(folder / f"{number:03}-{page}.png")
        Image.fromarray(sheet.grey).save(paths[-1], dpi=(sheet.dpi, sheet.dpi))
    return paths


def _recognised(path: str) -> int:
    """In a worker: the words of one picture."""
    import numpy as np

    with Image.open(path) as image:
        return len(recognise(np.asarray(image.convert("L")), float(image.info["dpi"][0])))


def _shared(workers: Sequence[Worker], function: Callable[..., object], calls: list[Any]) -> None:
    """The calls, each done by the next worker that is free."""
    left = iter(calls)

    def serve(worker: Worker) -> None:
        for arguments in left:
            worker.call(function, *arguments)

    with ThreadPoolExecutor(len(workers)) as pool:
        list(pool.map(serve, workers))


def _commands(command: Callable[[Path], list[str]], pages: Sequence[Path]) -> None:
    with ThreadPoolExecutor(CORES) as pool:
        list(pool.map(lambda page: _run(command(page)), pages))


def _run(command: list[str]) -> None:
    env = os.environ | {"OMP_THREAD_LIMIT": "1"}
    subprocess.run(command, env=env, check=True, capture_output=True)  # noqa: S603 - our own


def _tesseract(page: Path) -> list[str]:
    models = language_data()[1]
    return ["tesseract", str(page), str(page.with_suffix("")), "-l", models, "tsv"]


def _ocrmypdf(page: Path) -> list[str]:
    models = language_data()[1]
    return [
        "ocrmypdf",
        "-q",
        "-j1",
        "--output-type",
        "pdf",
        "-l",
        models,
        str(page),
        str(page.with_suffix(".pdf")),
    ]


# --- figures -------------------------------------------------------------------------------------


def _in_turn(files: Sequence[bytes], ways: dict[str, Way]) -> dict[str, float]:
    """The median milliseconds that each way takes for all files, the ways taking turns."""
    for way in ways.values():
        way(files[0])
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            times[name].append(_work_seconds(way, files))
    return {name: median(taken) / len(files) * 1e3 for name, taken in times.items()}


def _work_seconds(way: Way, files: Sequence[bytes]) -> float:
    """Seconds of this process's own work: what else the machine does is not counted."""
    begun = time.process_time()
    for data in files:
        way(data)
    return time.process_time() - begun


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _tell(title: str, rival: str, times: dict[str, float], floor: str) -> None:
    whole, theirs = times["whole"], times[rival]
    goal = f", goal {GOALS[title]}" if title in GOALS else ""
    print(f"{title:6} reading + fields {whole:.2f} ms a file ({1e3 / whole:.0f} a second),")
    print(f"       reading {times['reading']:.2f} ms, with danger judged {times['judged']:.2f} ms")
    print(f"       {rival} {theirs:.2f} ms: {theirs / whole:.1f} x{goal};", end=" ")
    print(f"floor ({floor}): {times['floor']:.2f} ms")


if __name__ == "__main__":
    main()
