"""An approved letter as a mail: the PDF with a few words, and no child's data outside the PDF.

Law: п. 13 (confidentiality): subject and file name are read by more people, and by more machines,
than the letter itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dispatch.mail import Attachment
from rules.wording import date_in_figures

PDF = "application/pdf"
_TEXT = """\
Надсилаємо {what} (у вкладенні, формат PDF).

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


def text(index: str | None, dated: date | None, signature: Signature) -> str:
    """The body: which letter comes, and from whom."""
    what = subject(index, dated)
    return _TEXT.format(what=what[0].lower() + what[1:], signature=signature)


def attachment(index: str | None, document_id: int, pdf: bytes) -> Attachment:
    """The PDF under a name that says nothing but the letter's index (``list-01-12-7.pdf``)."""
    mark = re.sub(r"[^0-9A-Za-z]+", "-", index or "").strip("-") or str(document_id)
    return Attachment(f"list-{mark}.pdf", PDF, pdf)
