"""Real makers of PDFs: a browser, Qt, LibreOffice, and programs that write a PDF anew.

None of them but LibreOffice and poppler is needed by the project's tests: a maker that is missing is
asked for by the name of its Debian package.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from .convert import office, run_tool, through_cairo
from .prints_sheet import Sheet

PACKAGES = {
    "chromium": "chromium",
    "wkhtmltopdf": "wkhtmltopdf",
    "soffice": "libreoffice-writer",
    "pdftocairo": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "gs": "ghostscript",
    "qpdf": "qpdf",
}
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer",
)  # fmt: skip


class MissingMakerError(RuntimeError):
    """A program that makes PDFs is not installed."""


def need(program: str) -> None:
    """Asks for a program that is not there.

    Raises:
        MissingMakerError: naming the Debian package to install.
    """
    if not shutil.which(program):
        raise MissingMakerError(
            f"{program} is missing: install the Debian package {PACKAGES[program]} to make this style"
        )


def _chromium(page: Path, sheet: Sheet, out: Path) -> None:
    need("chromium")
    home = f"--user-data-dir={page.parent / 'browser'}"
    run_tool("chromium", *QUIET, home, f"--print-to-pdf={out}", page)


def _wkhtmltopdf(page: Path, sheet: Sheet, out: Path) -> None:
    need("wkhtmltopdf")
    edge = f"{sheet.margin}mm"
    sides = [word for side in "TBLR" for word in (f"-{side}", edge)]
    turned = ("-O", "Landscape" if sheet.wide else "Portrait")
    strip: tuple[str, ...] = ()
    if sheet.strip:
        counted = ("--footer-center", "[page] / [topage]", "--footer-font-size", "8")
        strip = ("--header-left", sheet.strip, "--header-font-size", "8", *counted)
    run_tool("wkhtmltopdf", "--quiet", "-s", "A4", *turned, *sides, *strip, page, out)


def _office(page: Path, sheet: Sheet, out: Path) -> None:
    need("soffice")
    office([page], "pdf", out.parent)[0].replace(out)


def _office_odt(page: Path, sheet: Sheet, out: Path) -> None:
    """By way of an ODT, as somebody saves it and prints it later."""
    need("soffice")
    saved = office([page], "odt", out.parent)[0]
    office([saved], "pdf", out.parent)[0].replace(out)


MAKERS: dict[str, Callable[[Path, Sheet, Path], None]] = {
    "chromium": _chromium,
    "wkhtmltopdf": _wkhtmltopdf,
    "office": _office,
    "office-odt": _office_odt,
}


def _distilled(path: Path) -> None:
    """Written anew by Ghostscript, as PDF printers do."""
    need("gs")
    other = path.with_suffix(".gs")
    run_tool("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", f"-sOutputFile={other}", path)
    other.replace(path)


def _linear(path: Path) -> None:
    """Ordered for the web, its objects packed into streams."""
    need("qpdf")
    other = path.with_suffix(".qpdf")
    run_tool("qpdf", "--linearize", "--object-streams=generate", path, other)
    other.replace(path)


def _through_cairo(path: Path) -> None:
    need("pdftocairo")
    through_cairo(path)


def _two_up(path: Path) -> None:
    """Two pages on a sheet, side by side."""
    source = pypdfium2.PdfDocument(path.read_bytes())
    joined = pdfium.FPDF_ImportNPagesToOne(source.raw, 842, 595, 2, 1)
    buffer = io.BytesIO()
    pypdfium2.PdfDocument(joined).save(buffer)
    path.write_bytes(buffer.getvalue())


FINISHES: dict[str, Callable[[Path], None]] = {
    "distilled": _distilled,
    "linear": _linear,
    "cairo": _through_cairo,
    "two-up": _two_up,
}


def printed(page: str, sheet: Sheet, maker: str, finish: tuple[str, ...] = ()) -> bytes:
    """The page as a PDF by this maker, then changed by these programs in turn."""
    with tempfile.TemporaryDirectory() as name:
        source, out = Path(name) / "form.html", Path(name) / "made" / "out.pdf"
        out.parent.mkdir()
        source.write_text(page, encoding="utf-8")
        MAKERS[maker](source, sheet, out)
        for step in finish:
            FINISHES[step](out)
        return out.read_bytes()
