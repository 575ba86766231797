"""Telling a person of danger at once, by mail and by a command, until somebody has it.

No office hours are kept. An alert may reach somebody twice (the process was killed between telling
and noting it): that is wanted, for the other choice is that it reaches nobody. Numbers and links
are all that leaves.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from dispatch import alert
from dispatch.mail import Mail, compose, new_message_id
from dispatch.smtp import Timeouts, deliver
from journal import alerts
from journal.alerts import AlertCard
from opika.config import Alerts, Mailbox
from opika.errors import OpikaError
from opika.mailboxes import outgoing
from opika.pipeline import Pipeline

logger = logging.getLogger(__name__)

_LOOK_SECONDS = 5.0
_TRY_AGAIN = timedelta(minutes=1)
# An alert that a slow server takes late is told again; one that waits for it is told to nobody.
_TIMEOUTS = Timeouts(connect=10, answer=15, verdict=30)
_COMMAND_SECONDS = 30.0
_ALL_SECONDS = 75.0
# More than this at once (after a long stop) are one call of the command, not a flood of SMS.
_SINGLY = 5
_COMMAND = "command"
# The environment holds passwords, which are nothing to a program that sends an SMS.
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ")


class NotToldError(OpikaError):
    """The configured command failed, or did not end in time."""

    clerk_message = "Програма сповіщення чергового не спрацювала."


class NobodyToTellError(OpikaError):
    """Neither an address nor a command for the duty contact is configured."""

    clerk_message = "Нікому сповіщати: у [alerts] немає ні duty, ні command."


@dataclass
class DutyContact:
    """Who is told of danger, and what of the telling under way is done.

    Attributes:
        reached: alert -> the ways by which it has been told this time.
        busy: the ways that are at it still; a hanging server is not asked a second time.
    """

    reached: dict[int, set[str]] = field(default_factory=dict)
    busy: set[str] = field(default_factory=set)


Way = Callable[[Sequence[AlertCard]], None]


def keep_warning(pipeline: Pipeline, stop: threading.Event) -> None:
    """The service's own :func:`warn`, until ``stop`` is set: danger waits for no other work."""
    contact = DutyContact()
    while not stop.is_set():
        try:
            warn(pipeline, contact, stop)
        except Exception:
            # The journal is busy or the disk is full: whoever is not noted as told is told again.
            logger.exception("alerts failed")
        stop.wait(_LOOK_SECONDS)


def warn(
    pipeline: Pipeline, contact: DutyContact | None = None, stop: threading.Event | None = None
) -> int:
    """Raise an alert for every danger that has none, and tell those that are due.

    Args:
        pipeline: opened.
        contact: what is done already; None: nothing.
        stop: once it is set, nobody's answer is waited for any longer.

    Returns:
        How many alerts did not reach everybody whom they should.
    """
    contact, settings, now = contact or DutyContact(), pipeline.config.alerts, pipeline.clock()
    alerts.raise_dangers(now)
    due = alerts.due(now, settings.repeat)
    ways = _ways(pipeline)
    if due and not ways:  # seen in `opika status`, and looked at again when that may have changed
        ids = [card.id for card in due]
        alerts.note_untold(ids, NobodyToTellError.__name__, next_at=now + settings.repeat)
        return 0
    before = {card.id: set(_reached(contact, card, now, settings)) for card in due}
    faults = _tell(contact, due, ways, stop or threading.Event())
    for card in due:
        _note(contact, card, before[card.id], {*ways} & faults.keys(), faults, pipeline)
    return len(due) if faults else 0


def _reached(contact: DutyContact, card: AlertCard, now: datetime, settings: Alerts) -> set[str]:
    """The ways by which the alert has been told this time; none where another time begins."""
    if card.last_told_at is None or now - card.last_told_at >= settings.repeat:
        contact.reached[card.id] = set()
    return contact.reached.setdefault(card.id, set())


def _tell(
    contact: DutyContact, due: Sequence[AlertCard], ways: Mapping[str, Way], stop: threading.Event
) -> dict[str, str]:
    """Tell side by side by every way what has not been told by it; the ways that failed, and why."""
    faults: dict[str, str] = {}
    threads = []
    for name, way in ways.items():
        news = [card for card in due if name not in contact.reached[card.id]]
        if not news:
            continue
        faults[name] = TimeoutError.__name__  # until it has ended
        if name not in contact.busy:
            contact.busy.add(name)
            what = (contact, name, way, news, faults)
            # A daemon: a server that hangs must not keep the process alive.
            threads.append(threading.Thread(target=_go, args=what, daemon=True))
    for thread in threads:
        thread.start()
    limit = time.monotonic() + _ALL_SECONDS
    while any(thread.is_alive() for thread in threads) and time.monotonic() < limit:
        if stop.wait(0.05):
            break
    return dict(faults)


def _go(
    contact: DutyContact,
    name: str,
    way: Way,
    news: Sequence[AlertCard],
    faults: dict[str, str],
) -> None:
    try:
        way(news)
    except Exception as err:
        logger.exception("not told alerts=%s", [card.id for card in news])
        faults[name] = type(err).__name__
    else:
        for card in news:
            contact.reached[card.id].add(name)
        del faults[name]
    finally:
        contact.busy.discard(name)


def _note(
    contact: DutyContact,
    card: AlertCard,
    before: set[str],
    failed: set[str],
    faults: Mapping[str, str],
    pipeline: Pipeline,
) -> None:
    """Note what became of one alert: told for the first time now, told to the rest, or not told."""
    now, repeat = pipeline.clock(), pipeline.config.alerts.repeat
    missed = sorted(failed - contact.reached[card.id])
    fault = faults[missed[0]] if missed else ""
    if contact.reached[card.id] and not before:
        next_at = now + (min(_TRY_AGAIN, repeat) if missed else repeat)
        alerts.note_told([card.id], fault, now=now, next_at=next_at)
        logger.info("told alert=%d", card.id)
    else:
        told_at = card.last_told_at or now
        next_at = now + min(_TRY_AGAIN, repeat) if missed else told_at + repeat
        alerts.note_untold([card.id], fault, next_at=next_at)


def _ways(pipeline: Pipeline) -> dict[str, Way]:
    """Every way to the duty contact that is configured: each address, and the command."""
    settings = pipeline.config.alerts
    ways: dict[str, Way] = {address: partial(_mail, pipeline, address) for address in settings.duty}
    if settings.command:
        ways[_COMMAND] = partial(_command, settings)
    return ways


def _mail(pipeline: Pipeline, recipient: str, cards: Sequence[AlertCard]) -> None:
    settings = pipeline.config.alerts
    dangers = [_danger(settings, card) for card in cards]
    box = box_of_alerts(pipeline)
    minutes = round(settings.repeat.total_seconds() / 60)
    office = pipeline.config.office_of(box.office).name
    text = alert.danger_text(dangers, max(1, minutes), office)
    send(pipeline, recipient, alert.danger_subject(dangers), text)


def send(pipeline: Pipeline, recipient: str, subject: str, text: str) -> None:
    """Give one automatic mail, which holds nobody's data, to the server at once.

    Raises:
        ConfigError: the mailbox's password is not set.
        MailNotSentError: it has not left.
        MailDoubtError: nobody knows; an alert is then told again.
    """
    box = box_of_alerts(pipeline)
    mail = Mail(
        message_id=new_message_id(box.address),
        date=pipeline.clock(),
        sender=box.address,
        sender_name="Opika",
        recipient=recipient,
        subject=subject,
        text=text,
        automatic=alert.AUTOMATIC,
    )
    account = replace(outgoing(box), timeouts=_TIMEOUTS)
    deliver(account, box.address, recipient, compose(mail))


def box_of_alerts(pipeline: Pipeline) -> Mailbox:
    """The mailbox that alerts go from; the configuration's loader has seen that it can send."""
    config = pipeline.config
    return next(box for box in config.mailbox if box.address == config.alerts.mailbox)


def _danger(settings: Alerts, card: AlertCard) -> alert.Danger:
    return alert.Danger(card.id, card.kind == alerts.URGENT, name_of(card), _link(settings, card))


def name_of(card: AlertCard) -> str:
    """What a danger is about, as people call it."""
    if card.year is None:
        return f"надходження {card.number}"
    return f"запис № {card.number} ({card.office}, {card.year})"


def _link(settings: Alerts, card: AlertCard) -> str:
    link = settings.triage_link if card.year is None else settings.link
    for name, value in (("number", card.number), ("office", card.office), ("year", card.year)):
        link = link.replace(f"{{{name}}}", str(value))
    return link


def _command(settings: Alerts, cards: Sequence[AlertCard]) -> None:
    """Start the command for each; for many at once with the first, and how many more there are."""
    limit = time.monotonic() + _COMMAND_SECONDS
    if len(cards) > _SINGLY:
        _start(settings, f"{_short(cards[0])} (+{len(cards) - 1})", cards[0], limit)
        return
    for card in cards:
        _start(settings, _short(card), card, limit)


def _short(card: AlertCard) -> str:
    return card.number if card.year else f"надходження {card.number}"


def _start(settings: Alerts, number: str, card: AlertCard, limit: float) -> None:
    words = [*settings.command, number, _link(settings, card)]
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    process = subprocess.Popen(  # noqa: S603 - the administrator's own command
        words,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = process.wait(max(0.1, limit - time.monotonic()))
    except subprocess.TimeoutExpired as err:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise NotToldError("the command did not end in time") from err
    if code != 0:
        raise NotToldError(f"the command ended with {code}")
