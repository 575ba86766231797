"""The fields of a form, drawn on its pages: what knows no pages is printed by LibreOffice first."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from generators.pdf import Converter
from opika.errors import OpikaError
from opika.worker import Worker

logger = logging.getLogger(__name__)

_OFFICE_FILES = (b"PK", b"\xd0\xcf\x11\xe0", b"{\\rtf")


class Illustrator:
    """Draws forms; LibreOffice and the worker's child read the hostile bytes, we do not.

    Args:
        work: a folder of this machine alone; nothing stays in it.
        today: no date of a form can be later than this.
    """

    def __init__(self, work: Path, today: date) -> None:
        self._converter = Converter(work)
        self._today = today

    def draw(
        self, worker: Worker, data: bytes, forms: Sequence[Mapping[str, Any]]
    ) -> list[dict[int, bytes]]:
        """The PNG of each page of each form by the page's number; no page where none can be drawn.

        Args:
            worker: draws in its child process.
            data: the file that the forms were read from.
            forms: with the places of their fields.
        """
        try:
            return worker.call(_draw, data, forms, self._today, self._printed(data, forms))
        except OpikaError as err:
            logger.warning("the fields cannot be drawn: %s", type(err).__name__)
            return [{} for _ in forms]

    def _printed(self, data: bytes, forms: Sequence[Mapping[str, Any]]) -> bytes | None:
        """The file as a PDF where its reader knows no pages; None for plain text, too."""
        if any("box" in place for form in forms for place in form["places"].values()):
            return None
        return self._converter.convert([data])[0] if is_office_file(data) else None


def is_office_file(data: bytes) -> bool:
    """Whether LibreOffice prints it: a document of Word or of OpenOffice, or rich text."""
    return data.lstrip()[:8].startswith(_OFFICE_FILES)


def _draw(
    data: bytes, forms: Sequence[Mapping[str, Any]], today: date, printed: bytes | None
) -> list[dict[int, bytes]]:
    """In the child: libraries that draw are loaded there alone."""
    from parsers.drawing import draw_forms

    return draw_forms(data, forms, today, printed)
