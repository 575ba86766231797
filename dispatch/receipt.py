"""The automatic word that a mail has arrived: no person's data, and nothing of what was written.

Law: RFC 3834 (what an automatic answer has to look like so that no machine answers it).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

SUBJECT = "Підтвердження отримання листа"
AUTOMATIC: Mapping[str, str] = {
    "Auto-Submitted": "auto-replied",
    "Precedence": "auto_reply",
    "X-Auto-Response-Suppress": "All",
}
_TEXT = """\
Добрий день!

Ваш лист надійшов {received_at:%d.%m.%Y о %H:%M}. {what}

Якщо життю чи здоров’ю дитини загрожує небезпека просто зараз, телефонуйте 102 або 112.

Цей лист сформовано автоматично, відповідати на нього не потрібно.

{office}
"""


def text(office: str, received_at: datetime, index: str) -> str:
    """The body.

    Args:
        office: whose mailbox it is, as its name stands under the mail.
        received_at: aware, in the office's zone.
        index: under which it is registered; "" where it is not, or not yet.
    """
    what = (
        f"Повідомлення зареєстровано в журналі обліку за № {index}."
        if index
        else "Його розгляне працівник; повідомлення буде зареєстровано у встановленому порядку."
    )
    return _TEXT.format(received_at=received_at, what=what, office=office)
