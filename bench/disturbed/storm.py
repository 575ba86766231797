"""A run of the main job that is disturbed in every pass, and the same job left in peace."""

from __future__ import annotations

import math
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from itertools import cycle
from random import Random

from bench.disturbed.arrivals import FIRST, NEW_YEAR, Delivery
from bench.disturbed.holdings import quick_look
from bench.disturbed.houses import House
from bench.disturbed.rounds import Ended, Order
from tests.opika.dying import STEPS as PASS_STEPS
from tests.opika.dying_sender import STEPS as SENDING_STEPS

KILLED, AT_STEP = "killed at a random instant", "killed at a call of a step"
MIDNIGHT = "clock jumps over New Year's midnight"
DISK, FILE, LOCKED = "disk full", "file cannot grow", "journal locked by another"
SMTP = "SMTP server breaks off or puts off"
LINE = {"NO": "IMAP server says NO", "BYE": "IMAP server says BYE", "cut": "IMAP line cut"}
KINDS = (KILLED, AT_STEP, *LINE.values(), DISK, FILE, LOCKED, SMTP, MIDNIGHT)

# What disturbs a pass besides its being killed.
_BESIDES = ("", "NO", DISK, "BYE", "", "cut", LOCKED, SMTP, "", FILE, "cut", "NO", SMTP)
# Each so manieth pass is not killed, so that the slow last steps are reached, too.
_SPARED = 12
_IN_TIME = 0.85
_REST = timedelta(minutes=20)
_LAST_PASSES = 8
_SMTP_FAULTS = (
    ("DOT", "drop", 1),
    ("BODY", "drop", 1),
    ("CONNECT", "drop", 1),
    ("MAIL", "451 4.3.0 later", 1),
    ("REFUSE", "452 4.3.1 later", 1),
)


class Storm:
    """Disturbs the passes of a house until so many of them have been killed.

    Attributes:
        injected: faults that took effect, by kind.
        survived: those after which the journal was whole.
        unnamed: errors that ended a pass without words for a clerk.
    """

    def __init__(
        self, house: House, arrivals: Sequence[Delivery], seed: int, tell: Callable[[str], None]
    ) -> None:
        self._house, self._arrivals, self._tell = house, arrivals, tell
        self._rng = Random(seed)
        self._delivered = 0
        self._now = FIRST
        self._jumped = False
        self._smtp_is_planned = False  # it waits for the next mail
        self.passes = 0
        self.injected: Counter[str] = Counter()
        self.survived: Counter[str] = Counter()
        self.unnamed: list[str] = []
        self.broken: list[str] = []

    def rage(self, kills: int) -> None:
        """Disturb pass after pass; everything has come in by the end."""
        besides = cycle(_BESIDES)
        while self.killed < kills:
            share = min(1.0, (self.killed + 1) / (kills * _IN_TIME))
            due = math.ceil(share * len(self._arrivals))
            self._deliver(min(len(self._arrivals), max(due, self._delivered + 1)))
            is_to_jump = not self._jumped and self._delivered >= len(self._arrivals) // 2
            self._one_pass(MIDNIGHT if is_to_jump else next(besides))
        self._deliver(len(self._arrivals))

    @property
    def killed(self) -> int:
        """How many passes have been killed."""
        return self.injected[KILLED] + self.injected[AT_STEP]

    def calm_down(self) -> Ended:
        """Passes that nothing disturbs, until one finds nothing more to do."""
        self._house.line.behave()
        self._house.smtp.plan()
        for _ in range(_LAST_PASSES):
            self._now += timedelta(days=1)
            ended = self._house.run(self._order())
            if ended.ok:
                break
        return ended

    def _deliver(self, up_to: int) -> None:
        half = len(self._arrivals) // 2
        if not self._jumped:
            up_to = min(up_to, half)
        for one in self._arrivals[self._delivered : up_to]:
            self._house.deliver(one)
        if self._delivered >= up_to:
            self._now += _REST if self._jumped else timedelta(minutes=1)
        self._delivered = max(self._delivered, up_to)
        last = self._arrivals[self._delivered - 1].received_at if self._delivered else FIRST
        self._now = max(self._now, last + timedelta(minutes=2))

    def _order(self) -> Order:
        letters = [one for one in self._arrivals[: self._delivered] if one.answered]
        return Order(
            now=self._now.isoformat(),
            approve=[sha256(one.data).hexdigest() for one in letters],
            person_first=self._rng.random() < 0.5,
        )

    def _one_pass(self, besides: str) -> None:
        self.passes += 1
        order, injected = self._order(), Counter[str]()
        before, misdeeds = Counter(self._house.line.injected), self._house.smtp.misdeeds
        if besides != MIDNIGHT and self.passes % _SPARED and self._may_be_killed(besides):
            order = self._killing(order)
        with self._disturbing(besides, order, injected) as disturbed:
            ended = self._house.run(disturbed)
        self._house.line.behave()
        if self._house.smtp.misdeeds > misdeeds:
            injected[SMTP], self._smtp_is_planned = 1, False
        for what, count in (self._house.line.injected - before).items():
            injected[LINE[what]] += count
        at_step = order.kill_at and ended.seconds < order.kill_after
        injected[AT_STEP if at_step else KILLED] += ended.killed
        if ended.ok:  # it never came to write so much
            del injected[DISK], injected[FILE]
        self._note(besides, ended, injected)

    def _may_be_killed(self, besides: str) -> bool:
        return besides not in (DISK, FILE, LOCKED) or self._rng.random() < 0.5

    def _killing(self, order: Order) -> Order:
        """Kill by the clock, or at a call of a step; the clock sees to it that the pass ends."""
        if self._rng.random() < 0.6:
            return replace(order, kill_after=self._between(0.02, 0.9))
        mailing = len(order.approve) > self._mails() and self._rng.random() < 0.7
        order = replace(order, person_first=mailing or order.person_first)
        step = self._rng.choice(sorted(SENDING_STEPS if mailing else PASS_STEPS))
        call = 1 if mailing else self._rng.choice((1, 1, 2, 3))
        when = self._rng.choice(("before", "after"))
        return replace(order, kill_at=(step, call, when), kill_after=6.0)

    def _between(self, least: float, most: float) -> float:
        """Small numbers as likely as large ones."""
        return math.exp(self._rng.uniform(math.log(least), math.log(most)))

    @contextmanager
    def _disturbing(self, besides: str, order: Order, injected: Counter[str]) -> Iterator[Order]:
        if besides in LINE:
            after = self._between(300, 40_000) if besides == "cut" else self._between(1, 10)
            self._house.line.plan(besides, int(after))
        elif besides == MIDNIGHT:
            injected[MIDNIGHT], order = 1, self._over_midnight(order)
        elif besides == FILE or (besides == DISK and not self._house.disk.fills):
            injected[FILE] += 1
            order = replace(order, longest_file=self._rng.randint(1_000, 200_000))
        elif besides == LOCKED:
            order = replace(order, patience=self._rng.choice((0.1, 0.3, 0.0)))
        elif besides == SMTP and not self._smtp_is_planned:
            self._smtp_is_planned = True
            self._house.smtp.plan(self._rng.choice(_SMTP_FAULTS))
        with self._around(besides, injected):
            yield order

    def _around(self, besides: str, injected: Counter[str]) -> AbstractContextManager[None]:
        if besides == DISK and self._house.disk.fills:
            return self._filled(injected)
        return self._locked(injected) if besides == LOCKED else nullcontext()

    def _over_midnight(self, order: Order) -> Order:
        self._jumped = True
        self._now = NEW_YEAR + timedelta(seconds=3)
        before = NEW_YEAR - timedelta(seconds=3)
        after = self._rng.randint(1, 25)
        return replace(order, now=before.isoformat(), then=self._now.isoformat(), jump_after=after)

    @contextmanager
    def _filled(self, injected: Counter[str]) -> Iterator[None]:
        injected[DISK] += 1
        self._house.disk.fill(self._rng.choice((0, 8_192, 60_000, 200_000, 500_000)))
        try:
            yield
        finally:
            self._house.disk.empty()

    @contextmanager
    def _locked(self, injected: Counter[str]) -> Iterator[None]:
        """Another program writes to the journal for some time during the pass."""
        wait, hold = self._rng.uniform(0.0, 0.6), self._rng.uniform(0.5, 1.5)
        over = threading.Event()

        def hold_it() -> None:
            path = self._house.data / "journal.sqlite3"
            if over.wait(wait) or not path.exists():
                return
            with closing(sqlite3.connect(path, timeout=5, isolation_level=None)) as book:
                book.execute("BEGIN IMMEDIATE")
                injected[LOCKED] += 1
                over.wait(hold)
                book.execute("ROLLBACK")

        thread = threading.Thread(target=hold_it)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _mails(self) -> int:
        """Mails of ours, however far they have come."""
        return self._asked("SELECT count(*) FROM journal_sending")

    def _asked(self, query: str) -> int:
        with closing(sqlite3.connect(self._house.data / "journal.sqlite3")) as book:
            try:
                return int(book.execute(query).fetchone()[0])
            except sqlite3.OperationalError:  # the very first pass was killed
                return 0

    def _note(self, besides: str, ended: Ended, injected: Counter[str]) -> None:
        look = quick_look(self._house.data, self._house.in_folder("Done"), self._house.smtp.mails)
        faults = [fault for fault in look if fault not in self.broken]
        self.injected.update(injected)
        if not faults:
            self.survived.update(injected)
        self.broken += faults
        if ended.error and not ended.named:
            self.unnamed.append(
                f"pass {self.passes} ({besides or 'nothing besides'}): {ended.error}"
            )
        done = "killed" if ended.killed else ended.error or ("ok" if ended.ok else "partly")
        self._tell(
            f"pass {self.passes}: {besides or '-'}: {done} in {ended.seconds:.1f} s {faults or ''}"
        )


def in_peace(house: House, arrivals: Sequence[Delivery]) -> Ended:
    """The same arrivals, before and after midnight, and nothing that disturbs."""
    half = len(arrivals) // 2
    letters = [sha256(one.data).hexdigest() for one in arrivals if one.answered]
    moments = (NEW_YEAR - timedelta(hours=1), NEW_YEAR + timedelta(days=3))
    for part, now in zip((arrivals[:half], arrivals[half:]), moments, strict=True):
        for one in part:
            house.deliver(one)
        house.run(Order(now=now.isoformat(), approve=letters))
    last = moments[1] + timedelta(days=1)
    return house.run(Order(now=last.isoformat(), approve=letters))
