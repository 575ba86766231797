"""A clerk's process that fills one register, to be killed at any moment.

Run as ``python -m tests.journal.register_clerk DATA LINES [DATABASE]``; it writes one line for each number.
"""

from __future__ import annotations

import sys
from pathlib import Path

from journal.database import open_journal
from tests.journal.office_day import KYIV, NOW


def work(lines: int) -> None:
    """Enter papers; every fifth one is a mistake."""
    from journal.history import Act
    from journal.numbers import SeriesRule
    from journal.registers import Paper, add_line
    from journal.voiding import void_line

    act = Act("клерк", NOW, "так треба")
    for step in range(1, lines + 1):
        line, number = add_line("css", SeriesRule("acts", KYIV), Paper(f"Акт {step}"), act)
        if step % 5 == 0:
            void_line(line, act)
        sys.stdout.write(f"{number.number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    open_journal(Path(sys.argv[1]), *sys.argv[3:])
    work(int(sys.argv[2]))
