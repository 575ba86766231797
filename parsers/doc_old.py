"""Reads a .doc of Word 6 and 95 through antiword, which keeps the rows of tables.

Such files are rare by now; what antiword leaves out (underlines, boxes of form fields) is left out.
"""

from __future__ import annotations

import resource
import subprocess

from lxml import etree

from opika.errors import HostileFileError, UnreadableFileError
from parsers.lines import LineMaker
from parsers.reading import Cell, Emphasis, Reading

_COMMAND = ("antiword", "-m", "UTF-8.txt", "-x", "db", "-")
_SECONDS = 20
_MEMORY = 1 << 29
"""Bytes that the program may take; it takes a few million."""


def read_old_doc(data: bytes) -> Reading:
    """The reading of a .doc that is older than Word 97.

    Raises:
        HostileFileError: the program hung.
        UnreadableFileError: it cannot read the file, or is not installed.
    """
    try:
        # It reads from a pipe and writes no file that has a name: nothing stays behind.
        done = subprocess.run(  # noqa: S603 - our own arguments, no shell
            _COMMAND,
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            preexec_fn=_limit,
        )
    except subprocess.TimeoutExpired as err:
        raise HostileFileError("antiword hung") from err
    except OSError as err:
        raise UnreadableFileError("no antiword") from err
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, encoding="utf-8"
    )
    root = etree.fromstring(done.stdout, parser) if done.stdout.strip() else None
    if root is None:
        raise UnreadableFileError("antiword cannot read it")
    walk = _Walk()
    walk.read(root, Emphasis.NONE)
    return Reading(walk.maker.lines)


def _limit() -> None:
    """So that it ends even when nobody is left to end it."""
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


class _Walk:
    """Goes through antiword's DocBook; each of its lines is a paragraph."""

    def __init__(self) -> None:
        self.maker = LineMaker()
        self._tables = 0

    def read(self, element: etree._Element, emphasis: Emphasis) -> None:
        """An element and all that is in it."""
        name = str(element.tag)
        if name == "bookinfo":
            return
        if name == "informaltable":
            self._read_table(element)
            return
        if name == "emphasis":
            bold = element.get("role") == "bold"
            emphasis |= Emphasis.BOLD if bold else Emphasis.ITALIC
        self._say(element.text, emphasis)
        for child in element:
            self.read(child, emphasis)
            self._say(child.tail, emphasis)
        if name != "emphasis":
            self.maker.end_paragraph()

    def _read_table(self, table: etree._Element) -> None:
        number = self._tables
        self._tables += 1
        for row_number, row in enumerate(table.iter("row")):
            cells = list(row.iterchildren("entry"))
            for column, cell in enumerate(cells):
                self.maker.cell = Cell(number, row_number, column, cell is cells[-1])
                self.read(cell, Emphasis.NONE)
        self.maker.cell = None

    def _say(self, text: str | None, emphasis: Emphasis) -> None:
        for number, line in enumerate((text or "").split("\n")):
            if number:
                self.maker.end_paragraph()
            self.maker.add(line, emphasis)
