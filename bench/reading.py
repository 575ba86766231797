"""How fast forms are read, each figure beside what a user would pick instead, in one run.

DOCX: reading and finding the fields against python-docx's reading alone, in packages with all the
parts that Word writes and in lean ones (python-docx reads them all, we what we need); PDF: against
pdfplumber's words alone; scans: what ``bench/ocr.py`` compares, and reading and finding the fields
against OCRmyPDF where it is installed: the same one-page pictures, the same models, a file on each
core at a time, a thread each. It is measured as it comes, which leaves a page as it lies, and with
the options for what we do with every page (upright, level); its command is started for each file,
our reader stays loaded as in the service, so the time of its bare start is printed. What the work cannot fall below (unzip
and parse; pdfium's own words) is printed beside, and what the judge of danger adds: no rival has
one, so no ratio counts it. All take turns, so that a busy machine is busy
for all; a ratio is that of the medians.

Run: ``python bench/reading.py [docx] [pdf] [scan]``; goals: DOCX at least 4 times, PDF at least
8 times, recognition at least 0.95 and the whole at least 0.65 of the command, twice OCRmyPDF that
does the same work.
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
from parsers.docx import read_docx  # noqa: E402
from parsers.file import read_file  # noqa: E402
from parsers.ocr import language_data  # noqa: E402
from parsers.pdf import read_pdf  # noqa: E402
from parsers.picture_page import A4_INCHES  # noqa: E402
from tests.forms import make  # noqa: E402

TODAY = date(2026, 11, 22)
INDICATORS = ROOT / "catalogues" / "indicators.toml"
FILES, ROUNDS = 20, 5
SEED = 41
GOALS = {"DOCX": 4, "PDF": 8}
CORES = os.cpu_count() or 1

Way = Callable[[bytes], object]


def main() -> None:
    """Measure what is asked for, or everything, and print the ratios."""
    # script/bench hands --long to every bench; here it changes nothing.
    wanted = {word for word in sys.argv[1:] if word != "--long"} or {"docx", "pdf", "scan"}
    if "docx" in wanted:
        lean = _made("docx", FILES, ".docx")
        _docx("DOCX", [_in_full_package(data) for data in lean])
        _docx("lean", lean)
    if "pdf" in wanted:
        _pdf(_made("pdf", FILES, ".pdf"))
    if "scan" in wanted:
        _scan()


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


def _scan() -> None:
    """Recognition and reading beside the bare command; reading and fields beside OCRmyPDF."""
    from bench.ocr import compare, made

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = made(folder)
        compare(paths, folder)
        if shutil.which("ocrmypdf"):
            _beside_ocrmypdf([path for path in paths if _has_one_page(path)], folder)
        else:
            print("OCRmyPDF is not installed: not measured")


def _has_one_page(path: Path) -> bool:
    with Image.open(path) as image:
        return getattr(image, "n_frames", 1) == 1


def _beside_ocrmypdf(paths: Sequence[Path], folder: Path) -> None:
    from bench.ocr import work_seconds

    images = [_as_image(path, folder) for path in paths]
    ways: dict[str, Callable[[], float]] = {
        "reading + fields": lambda: _on_all_cores(_read_whole, paths),
        "OCRmyPDF as it comes": lambda: _on_all_cores(_ocrmypdf, images),
        "OCRmyPDF upright, level": lambda: _on_all_cores(_ocrmypdf_mending, images),
    }
    taken = dict.fromkeys(ways, float("inf"))
    for _ in range(2):
        for name, way in ways.items():
            taken[name] = min(taken[name], way())
    goals = {"OCRmyPDF upright, level": ", goal 2"}
    for name, seconds in taken.items():
        times = seconds / taken["reading + fields"]
        print(
            f"{name:24} {len(paths) / seconds:6.2f} files/s and core: {times:.1f} x{goals.get(name, '')}"
        )
    print(f"its bare start {work_seconds(lambda: _run_ocrmypdf('--version')):.2f} s a file")


def _on_all_cores(work: Callable[[Path], object], paths: Sequence[Path]) -> float:
    """Seconds of work for all files, one file on each core at a time."""
    from bench.ocr import work_seconds

    with ThreadPoolExecutor(CORES) as pool:
        return work_seconds(lambda: list(pool.map(work, paths)))


def _read_whole(path: Path) -> object:
    return read_bytes(path.read_bytes(), path.name, TODAY, INDICATORS)


def _as_image(path: Path, folder: Path) -> Path:
    """A picture that OCRmyPDF takes: it refuses one that does not tell its resolution."""
    target = folder / f"{path.name}.png"
    with Image.open(path) as image:
        dpi = max(image.size) / A4_INCHES
        image.convert("L").save(target, dpi=(dpi, dpi))
    return target


def _ocrmypdf(path: Path, *options: str) -> None:
    models, out = language_data()[1], path.with_suffix(".pdf")
    usual = ["-q", "-j1", "--output-type", "pdf", "-l", models]
    _run_ocrmypdf(*usual, *options, str(path), str(out))


def _ocrmypdf_mending(path: Path) -> None:
    _ocrmypdf(path, "--rotate-pages", "--deskew")


def _run_ocrmypdf(*arguments: str) -> None:
    subprocess.run(  # noqa: S603 - our own arguments
        ["ocrmypdf", *arguments],  # noqa: S607 - a tool beside ours
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        check=True,
        capture_output=True,
    )


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


def _tell(title: str, rival: str, times: dict[str, float], floor: str) -> None:
    whole, theirs = times["whole"], times[rival]
    goal = f", goal {GOALS[title]}" if title in GOALS else ""
    print(f"{title:6} reading + fields {whole:.2f} ms a file ({1e3 / whole:.0f} a second),")
    print(f"       reading {times['reading']:.2f} ms, with danger judged {times['judged']:.2f} ms")
    print(f"       {rival} {theirs:.2f} ms: {theirs / whole:.1f} x{goal};", end=" ")
    print(f"floor ({floor}): {times['floor']:.2f} ms")


if __name__ == "__main__":
    main()
