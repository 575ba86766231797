"""Other kinds of file out of DOCX: LibreOffice in one call for many files, cairo for a second PDF."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

# LibreOffice takes about 1.5 s to start and 0.2 s a file; a hang must not stop a test run.
TIMEOUT_S = 300


def run_tool(*words: str | Path) -> None:
    """Runs a program quietly; raises CalledProcessError where it fails."""
    subprocess.run(  # noqa: S603 the words are ours
        [str(word) for word in words],
        check=True,
        timeout=TIMEOUT_S,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def office(sources: Sequence[Path], suffix: str, target: Path) -> list[Path]:
    """Converts the files with LibreOffice into ``target``; returns the new paths in order.

    Raises:
        FileNotFoundError: where LibreOffice left one out.
    """
    if not sources:
        return []
    with tempfile.TemporaryDirectory() as profile:
        home = f"-env:UserInstallation={Path(profile).as_uri()}"
        words = ("soffice", home, "--headless", "--convert-to", suffix, "--outdir", target)
        pages = [source for source in sources if source.suffix == ".html"]
        if pages:
            # Its module for web pages swallows the first paragraph and leaves a blank sheet.
            run_tool(*words, "--infilter=HTML (StarWriter)", *pages)
        others = [source for source in sources if source not in pages]
        if others:
            run_tool(*words, *others)
    made = [target / f"{source.stem}.{suffix}" for source in sources]
    for path in made:
        if not path.exists():
            raise FileNotFoundError(path)
    return made


def through_cairo(path: Path) -> None:
    """Writes the PDF anew by another producer: other fonts' names, other text operators."""
    other = path.with_suffix(".cairo")
    run_tool("pdftocairo", "-pdf", path, other)
    other.replace(path)


def page_pictures(path: Path, dpi: int, target: Path) -> list[Path]:
    """Each page of the PDF as a PNG of this resolution."""
    run_tool("pdftoppm", "-r", str(dpi), "-png", path, target / path.stem)
    return sorted(target.glob(f"{path.stem}-*.png"))
