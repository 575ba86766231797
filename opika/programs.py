"""The programs that Opika needs beside itself."""

from __future__ import annotations

import shutil
from collections.abc import Mapping

from opika.errors import OpikaError

PROGRAMS: Mapping[str, str] = {
    "libreoffice": "LibreOffice (PDF)",
    "ocr": "Розпізнавання сканів (tesseract і мовні дані)",
}
"""Their names in alerts and metrics, and what a clerk reads."""


def missing() -> dict[str, str]:
    """Name -> what is wrong and its mend, for each that is not there."""
    found = {}
    if shutil.which("soffice") is None:
        found["libreoffice"] = "Програми немає. Встановіть пакет libreoffice-writer-nogui."
    try:
        _load_recognition()
    except OpikaError as err:
        found["ocr"] = err.clerk_message
    return found


def _load_recognition() -> None:
    from parsers.ocr import language_data

    language_data()
