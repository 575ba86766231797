"""The automatic receipt, where the configuration switches it on (promise 6's one exception to us)."""

from __future__ import annotations

import logging

from dispatch import receipt
from dispatch.mail import Mail, compose, new_message_id
from intake.answerable import sender_to_answer
from journal import receipts
from journal.contacts import address
from journal.receipts import Caps, NewReceipt, ReceiptWork
from opika.errors import OpikaError
from opika.mailboxes import own_addresses
from opika.pipeline import Pipeline

logger = logging.getLogger(__name__)


def begin_receipts(pipeline: Pipeline) -> None:
    """Have a receipt under way for every new mail that may get one; nothing where it is off.

    Each arrival is decided on once in the pipeline's life.
    """
    if not pipeline.config.receipt.send:
        return
    for arrival_id in receipts.to_decide(pipeline.clock(), pipeline.receipts_decided):
        pipeline.receipts_decided.add(arrival_id)
        try:
            _decide(pipeline, receipts.receipt_work(arrival_id))
        except OpikaError as err:
            logger.warning("no receipt arrival=%d: %s", arrival_id, err)


def _decide(pipeline: Pipeline, work: ReceiptWork) -> None:
    sends = {box.address for box in pipeline.config.mailbox if box.smtp}
    if work.anonymous or work.mailbox not in sends:
        return
    data = pipeline.originals.get(work.sha256)
    ours = own_addresses(pipeline.config)
    sender = pipeline.in_child(sender_to_answer, data, ours)
    if sender is None:
        return
    mail = _mail(pipeline, work, address(sender))
    raw = compose(mail)
    new = NewReceipt(
        arrival_id=work.arrival_id,
        mailbox=work.mailbox,
        recipient=mail.recipient,
        message_id=mail.message_id,
        sha256=pipeline.originals.put(raw),
        size=len(raw),
    )
    limits = pipeline.config.receipt
    caps = Caps(limits.per_sender, limits.per_hour)
    receipts.begin_receipt(new, caps, now=pipeline.clock(), actor=pipeline.actor)


def _mail(pipeline: Pipeline, work: ReceiptWork, recipient: str) -> Mail:
    office = pipeline.config.office_of(work.office)
    return Mail(
        message_id=new_message_id(work.mailbox),
        date=pipeline.clock(),
        sender=work.mailbox,
        sender_name=office.name,
        recipient=recipient,
        subject=receipt.SUBJECT,
        text=receipt.text(office.name, work.received_at, work.index),
        answers=work.message_id,
        thread=[work.references],
        automatic=receipt.AUTOMATIC,
    )
