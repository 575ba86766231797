"""Mails on their way: given to a server, asked about, copied to the folder of sent mail.

Everything here is done by the one process that sends. What a server says is noted before anything
else is done; what it did not say is never guessed.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from dispatch.smtp import deliver
from intake.folders import append_copy, find_message_id, sent_folder
from journal import sending
from journal.outbox import sole_sender
from journal.sending import SendingWork
from opika.config import Config, Mailbox
from opika.errors import (
    ConfigError,
    JournalBusyError,
    MailDoubtError,
    MailNotSentError,
    OpikaError,
)
from opika.mailboxes import client_of, outgoing
from opika.pipeline import Pipeline
from opika.receipts import begin_receipts

logger = logging.getLogger(__name__)

_REST_SECONDS = 30.0
KILLED = "killed"
"""The fault of a mail that was in hand when its process ended."""


def follow(pipeline: Pipeline, stopped: Callable[[], bool] = lambda: False) -> int:
    """Do what is due for mail that a person has sent: try again, ask, copy to the sent folder.

    Automatic receipts, where they are switched on, leave by this, too.

    Returns:
        How many mails could not be dealt with; 0 also where another process is at it.
    """
    try:
        with sole_sender(pipeline.data):
            ask_about_unknown(pipeline)
            begin_receipts(pipeline)
            failed = send_waiting(pipeline, stopped)
            copy_sent(pipeline)
            return failed
    except JournalBusyError:
        return 0


def keep_following(pipeline: Pipeline, stop: threading.Event) -> None:
    """The service's own :func:`follow`, until ``stop`` is set: a slow mail server holds up nothing.

    Nothing leaves by this that a person has not sent.
    """
    while not stop.is_set():
        try:
            follow(pipeline, stop.is_set)
        except Exception:
            # The journal is busy or the disk is full: what is under way stays as it is noted.
            logger.exception("sending failed")
        stop.wait(_REST_SECONDS)


def send_waiting(pipeline: Pipeline, stopped: Callable[[], bool] = lambda: False) -> int:
    """Give every mail that is due to its server; give how many could not even be begun with."""
    failed = 0
    for sending_id in sending.to_send(pipeline.clock()):
        if stopped():
            break
        try:
            give(pipeline, sending_id)
        except Exception:  # its own fault: the others go on
            logger.exception("not sent sending=%d", sending_id)
            failed += 1
    return failed


def give(pipeline: Pipeline, sending_id: int) -> None:
    """Give a waiting mail to its server, and note what the server said.

    Raises:
        ConfigError, NotFoundError: the mail was not even begun with; it is due again later.
    """
    work = sending.work(sending_id)
    ours = {"actor": pipeline.actor}
    try:
        account = outgoing(box_of_address(pipeline.config, work.mailbox))
        mail = pipeline.originals.get(work.sha256)
    except OpikaError as err:
        sending.try_later(sending_id, type(err).__name__, now=pipeline.clock())
        raise
    if not sending.start(sending_id, now=pipeline.clock(), **ours):
        return
    try:
        deliver(account, work.mailbox, work.recipient, mail)
    except MailNotSentError as err:
        note = sending.put_off if err.retryable else sending.refused
        note(sending_id, err.code or type(err).__name__, now=pipeline.clock(), **ours)
    except MailDoubtError as err:
        _ask(pipeline, sending.work(sending_id), type(err).__name__)
    else:
        rules = pipeline.clock_rules
        sending.sent(sending_id, now=pipeline.clock(), rules=rules, **ours)
    logger.info("sending=%d is %s", sending_id, sending.work(sending_id).state)


def ask_about_unknown(pipeline: Pipeline) -> None:
    """Find out what became of mails that were in hand when their process ended, or are in doubt."""
    for sending_id in sending.to_ask_about(pipeline.clock()):
        work = sending.work(sending_id)
        _ask(pipeline, work, KILLED if work.state == "sending" else MailDoubtError.__name__)


def _ask(pipeline: Pipeline, work: SendingWork, fault: str) -> None:
    """Look for a mail in the folder of sent mail, where some servers put what they have taken.

    That it is not there proves nothing. Our own copy comes there only after the mail counts as
    sent, so it is no false witness.
    """
    try:
        found = work.document_id is not None and _is_among_sent(pipeline, work)
    except OpikaError as err:
        logger.warning("sent folder cannot be asked sending=%d: %s", work.id, err)
        found = False
    now, actor = pipeline.clock(), pipeline.actor
    if found:
        why, rules = "лист є в папці надісланих", pipeline.clock_rules
        sending.sent(work.id, now=now, actor=actor, why=why, rules=rules)
    else:
        sending.doubted(work.id, fault, now=now, actor=actor)


def _is_among_sent(pipeline: Pipeline, work: SendingWork) -> bool:
    box = box_of_address(pipeline.config, work.mailbox)
    with client_of(box) as client:
        folder = sent_folder(client, box.sent)
        return folder is not None and find_message_id(client, folder, work.message_id)


def copy_sent(pipeline: Pipeline) -> None:
    """Put what has left into the folder of sent mail, unless the server has done so itself."""
    works = [sending.work(sending_id) for sending_id in sending.to_copy(pipeline.clock())]
    by_box = sorted(works, key=lambda work: work.mailbox)
    for mailbox, mails in groupby(by_box, key=lambda work: work.mailbox):
        waiting = {work.id: work for work in mails}
        try:
            for done in _copies(pipeline, mailbox, list(waiting.values())):
                del waiting[done]
        except OpikaError as err:
            logger.warning("copies of sent mail are put off: %s", err)
            for sending_id in waiting:
                sending.try_later(sending_id, type(err).__name__, now=pipeline.clock())


def _copies(pipeline: Pipeline, mailbox: str, works: Sequence[SendingWork]) -> Iterator[int]:
    """Copy mails of one mailbox through one connection; give the id of each that lies there."""
    box = box_of_address(pipeline.config, mailbox)
    with client_of(box) as client:
        folder = sent_folder(client, box.sent)
        if folder is None:
            raise ConfigError("no folder of sent mail")
        for work in works:
            if not find_message_id(client, folder, work.message_id):
                mail = pipeline.originals.get(work.sha256)
                append_copy(client, folder, mail, pipeline.clock())
            sending.copied(work.id, now=pipeline.clock(), actor=pipeline.actor)
            yield work.id


def box_of_address(config: Config, mailbox: str) -> Mailbox:
    """The mailbox that a mail goes from.

    Raises:
        ConfigError: it is no longer configured.
    """
    for box in config.mailbox:
        if box.address == mailbox and box.smtp:
            return box
    raise ConfigError(
        "mailbox is not configured",
        clerk_message=f"Скриньки {mailbox} з ключем smtp немає в налаштуваннях.",
    )
