"""An approved or signed letter as a mail: its file with a few words, and no child's data outside it.

Law: п. 13 (confidentiality): subject and file name are read by more people, and by more machines,
than the letter itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from dispatch.mail import Attachment
from rules.wording import date_in_figures

_WHOLE: Mapping[str, tuple[str, str]] = {
    "pdf": ("application/pdf", "формат PDF"),
    "jpg": ("image/jpeg", "скан, формат JPEG"),
    "tiff": ("image/tiff", "скан, формат TIFF"),
    "p7s": ("application/pkcs7-mime", "файл з електронним підписом, формат P7S"),
    "p7m": ("application/pkcs7-mime", "файл з електронним підписом, формат P7M"),
    "asice": ("application/vnd.etsi.asic-e+zip", "файл з електронним підписом, формат ASiC-E"),
    "asics": ("application/vnd.etsi.asic-s+zip", "файл з електронним підписом, формат ASiC-S"),
}
"""Ending of a copy of a letter -> its media type, and what it is in words."""
ENDINGS = frozenset(_WHOLE)
"""The copies of a letter that may be sent."""

_TEXT = """\
Надсилаємо {what} (у вкладенні, {form}).

У відповіді просимо вказати номер і дату цього листа.

Вкладення містить інформацію з обмеженим доступом. Якщо Ви отримали цей лист помилково, будь ласка,
повідомте нас і видаліть його.

{signature}
"""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who writes, as it stands under a mail; what is empty is left out."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""

    def __str__(self) -> str:
        lines = (
            self.name,
            self.address,
            self.phone and f"тел. {self.phone}",
            self.email,
        )
        return "\n".join(line for line in lines if line)


def subject(index: str | None, dated: date | None) -> str:
    """«Лист № 01-12/7 від 22.11.2026»; what is not known is left out."""
    words = ["Лист"]
    if index:
        words.append(f"№ {index}")
    if dated:
        words.append(f"від {date_in_figures(dated)}")
    return " ".join(words)


def text(index: str | None, dated: date | None, signature: Signature, ending: str = "pdf") -> str:
    """The body: which letter comes, in which form, and from whom."""
    what = subject(index, dated)
    form = _WHOLE[ending][1]
    return _TEXT.format(what=what[0].lower() + what[1:], form=form, signature=signature)


def file_name(index: str | None, document_id: int, ending: str = "pdf") -> str:
    """A name that says nothing but the letter's index and form: ``list-01-12-7.pdf``."""
    mark = re.sub(r"[^0-9A-Za-z]+", "-", index or "").strip("-") or str(document_id)
    return f"list-{mark}.{ending}"


def ending_of(name: str) -> str:
    """The ending of such a name."""
    return PurePath(name).suffix.removeprefix(".")


def attachment(index: str | None, document_id: int, data: bytes, ending: str = "pdf") -> Attachment:
    """The copy of the letter that is sent, under a name that says nothing of what it tells."""
    return Attachment(file_name(index, document_id, ending), _WHOLE[ending][0], data)
