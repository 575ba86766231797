"""A process that registers forms beside others that register the same ones, to be killed.

Run as ``python -m tests.journal.registering DATA [DATABASE]``; it ends when nothing is left to
register.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path
from typing import Any

from journal.database import open_journal
from opika.errors import JournalBusyError
from tests.journal.office_day import NOW, arrival, digest, read, register, unpack, values

_LETTERS = dict(zip("0123456789abcdef", "абвгдежзиклмнопр", strict=True))
_FORMS_OF_A_FILE = 100
_AT_ONCE = 50


def bring_forms(count: int) -> None:
    """``count`` forms about as many families wait to be registered, many in each file."""
    for first in range(0, count, _FORMS_OF_A_FILE):
        (file_id,) = unpack(arrival(), [("attachment", f"forms from {first}")])
        read(file_id, *map(_form, range(first, min(first + _FORMS_OF_A_FILE, count))))


def register_all() -> None:
    """Register what is left, in an order of our own, so that others meet us at every form."""
    from journal import steps

    chance = random.Random(os.getpid())
    while left := steps.forms_to_register(NOW):
        for form_id in chance.sample(left, min(_AT_ONCE, len(left))):
            try:
                register(form_id)
            except JournalBusyError:
                # The wait for the others was too long: the service, too, comes back later.
                break


def _form(number: int) -> dict[str, Any]:
    """A form about people whom no other form may be about."""
    name = "".join(_LETTERS[sign] for sign in digest(str(number))[:12]).capitalize()
    return values(
        outgoing_number=f"01-15/{number}",
        subject=f"{name}, 11 років",
        persons=[{"name": name, "birth_date": None, "age": 11}],
        address=f"с. {name[::-1].capitalize()}, буд. {number}",
    )


if __name__ == "__main__":
    open_journal(Path(sys.argv[1]), *sys.argv[2:])
    register_all()
