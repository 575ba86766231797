"""The whole job while everything goes wrong, beside the same job left in peace.

Mixed arrivals come into two real mailboxes and a folder. Passes of the main job are killed at
random instants; the line to the mail server is cut, the server refuses and ends sessions, the disk
fills, another program locks the journal, the SMTP server breaks off, the clock jumps over New
Year's midnight. After a last pass in peace the journal must hold what an undisturbed run's holds.
Exit 1 where something was lost or doubled.

Run: ``python -m bench.faults [--long]``: 60 arrivals and 40 kills, with ``--long`` 300 and 200.
"""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from bench.disturbed.arrivals import Delivery, deliveries
from bench.disturbed.holdings import DOUBLED, LOST, Holdings, holdings
from bench.disturbed.houses import House, house
from bench.disturbed.storm import KINDS, Storm, in_peace
from opika.mailserver import MailServer


@dataclass(frozen=True)
class Size:
    """How many arrivals, scans among them, and kills."""

    arrivals: int
    scans: int
    kills: int


SHORT, LONG = Size(60, 0, 40), Size(300, 1, 200)


@dataclass
class Result:
    """What a run under faults came to.

    Attributes:
        lost: what the undisturbed run holds and this one does not.
        doubled: what this one holds and the undisturbed run does not.
        faults: whatever else is not as it must be.
        doubtful: letters of which a person is asked whether they left.
    """

    injected: Counter[str] = field(default_factory=Counter)
    survived: Counter[str] = field(default_factory=Counter)
    passes: int = 0
    entries: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    letters: int = 0
    doubtful: int = 0

    def sort_out(self) -> None:
        """What is known to be a loss or a doubling counts as such, once each."""
        for named, these in ((LOST, self.lost), (DOUBLED, self.doubled)):
            these += sorted(named.intersection(self.faults))
            self.faults = [fault for fault in self.faults if fault not in named]

    @property
    def ok(self) -> bool:
        """Nothing lost, nothing doubled, nothing broken."""
        return not (self.lost or self.doubled or self.faults)


def main() -> None:
    """Run, print, and fail where something was lost or doubled."""
    begun = time.monotonic()
    size = LONG if "--long" in sys.argv else SHORT
    result = run(size, seed=1)
    for kind in KINDS:
        print(f"{kind:38} injected {result.injected[kind]:4}  survived {result.survived[kind]:4}")
    print(f"passes {result.passes}, arrivals {size.arrivals}, entries {result.entries}")
    print(f"letters sent {result.letters}, of them left to a person {result.doubtful}")
    print(f"lost {len(result.lost)}, doubled {len(result.doubled)}")
    for fault in (*result.lost, *result.doubled, *result.faults):
        print(f"FAULT  {fault}")
    print(f"{time.monotonic() - begun:.0f} s")
    sys.exit(0 if result.ok else 1)


def run(size: Size, seed: int) -> Result:
    """The disturbed run and the undisturbed one, and what is different."""
    arrivals = deliveries(size.arrivals, seed, size.scans)
    server = MailServer()
    try:
        server.start()
        with house(server) as calm, house(server) as stormy, ThreadPoolExecutor(1) as beside:
            undisturbed = beside.submit(in_peace, calm, arrivals)
            storm = Storm(stormy, arrivals, seed, tell)
            storm.rage(size.kills)
            last = storm.calm_down()
            if not undisturbed.result().ok:
                raise RuntimeError("the undisturbed run did not do its work")
            result = compared(_held(calm), _held(stormy))
            result.injected, result.survived = storm.injected, storm.survived
            result.passes = storm.passes
            result.faults += [*storm.broken, *storm.unnamed, *_left(stormy, arrivals)]
            result.sort_out()
            if not last.ok:
                result.faults.append(f"the last pass was not ok: {last.error}")
            return result
    finally:
        server.close()


def tell(text: str) -> None:
    """Progress, for a person who watches."""
    print(text, file=sys.stderr, flush=True)


def _held(one: House) -> Holdings:
    with one.office.open() as pipeline:
        return holdings(pipeline, one.smtp)


def compared(calm: Holdings, stormy: Holdings) -> Result:
    """What the disturbed run lacks, and what it has too much."""
    result = Result(entries=stormy.entries.total(), faults=stormy.faults)
    for what, ours, theirs in (
        ("entry", calm.entries, stormy.entries),
        ("arrival", calm.arrivals, stormy.arrivals),
    ):
        result.lost += [f"{what} {_short(key)}" for key in (ours - theirs).elements()]
        result.doubled += [f"{what} {_short(key)}" for key in (theirs - ours).elements()]
    result.letters, result.doubtful = stormy.letters.total(), stormy.letters["doubt"]
    gone = stormy.letters["sent"] + stormy.letters["doubt"]
    if gone != calm.letters["sent"]:
        result.faults.append(f"letters: {dict(stormy.letters)} instead of {dict(calm.letters)}")
    return result


def _short(key: tuple[object, ...]) -> str:
    """Digests shortened: enough to find the original."""
    parts = [part if isinstance(part, tuple) else (part,) for part in key]
    return " | ".join(" ".join(str(word)[:12] for word in part) for part in parts)


def _left(stormy: House, arrivals: list[Delivery]) -> list[str]:
    """What no pass has taken from its source."""
    waiting, moved = stormy.in_folder("INBOX"), stormy.in_folder("Done")
    sent = sum(one.to == "ssd" for one in arrivals)
    found = [f"{waiting} mails were not moved"] if waiting else []
    return [*found, f"{moved} mails were moved, {sent} sent"] if moved != sent else found


if __name__ == "__main__":
    main()
