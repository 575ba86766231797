"""Approved letters leave by mail: each at most once, and only to an address that is known (п. 13).

The mail is made once and kept; ``sending`` is in the journal before the server hears of it; what
became of it is noted after. Killed in between, or cut off after the final dot, nobody knows whether
it left: then the mailbox's folder of sent mail is asked, and after that a person. A mail goes a
second time only where the server has said that it does not have it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from dispatch import letter
from dispatch.mail import Mail, compose, new_message_id
from dispatch.smtp import words
from generators.kinds import LETTERS
from journal import documents, listing, outbox, sending
from journal.contacts import address
from journal.outbox import NewSending, UnderWay, sole_sender
from journal.restoring import RESTORED
from journal.sending import OVERTAKEN
from opika import letters
from opika.config import Config, Mailbox
from opika.delivery import KILLED, ask_about_unknown, copy_sent, give, send_waiting
from opika.errors import (
    ConfigError,
    JournalError,
    MailDoubtError,
    MailPutOffError,
    MissingValueError,
    OpikaError,
)
from opika.mailboxes import outgoing, own_addresses
from opika.pipeline import Pipeline

logger = logging.getLogger(__name__)

# The reply to the notification goes to whoever sent it; a colleague who passed it on did not.
_TO_THE_SENDER = "registration_reply"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of one letter.

    Attributes:
        state: the document's, afterwards.
        recipient: where it is to go; "" where that is not known.
        reason: why it has not left, in words; "" where it has, or could.
    """

    document_id: int
    index: str | None
    state: str
    recipient: str = ""
    reason: str = ""


def send(
    pipeline: Pipeline, ids: Sequence[int] | None = None, to: str = "", why: str = ""
) -> list[Attempt]:
    """Send approved letters: those of ``ids``, or all whose recipient is known.

    What has been sent before and still waits for its server goes with them.

    Args:
        pipeline: opened.
        ids: of documents.
        to: goes before the address of the addressee; it must be a known one, too.
        why: the reason for sending what may have left before the journal was restored.

    Raises:
        JournalBusyError: another process sends.
        NotFoundError: one of ``ids`` does not exist; nothing has been sent.
    """
    for document_id in ids or ():
        documents.rendering(document_id)
    with sole_sender(pipeline.data):
        ask_about_unknown(pipeline)
        resumed = [] if ids else sending.letters_to_send(pipeline.clock())
        send_waiting(pipeline)
        attempts = [_attempt_of(document_id) for document_id in resumed]
        for document_id in outbox.sendable(LETTERS) if ids is None else ids:
            attempts.append(_send_one(pipeline, document_id, to, why))
        copy_sent(pipeline)
    return attempts


def ready(pipeline: Pipeline) -> list[Attempt]:
    """The approved letters that wait: where each would go, or why it cannot."""
    found = []
    for document_id in outbox.sendable(LETTERS):
        document = documents.rendering(document_id)
        try:
            outbox.check_may_leave(document_id)
            recipient, reason = _recipient(pipeline, document_id, ""), ""
        except OpikaError as err:
            recipient, reason = letters.recipient(pipeline, document_id), err.clerk_message
        found.append(Attempt(document_id, document.index, document.state, recipient, reason))
    return found


def overview(pipeline: Pipeline) -> list[Attempt]:
    """Everything that has not arrived as far as we know: what waits, what went astray."""
    astray = [_astray(mail) for mail in outbox.under_way()]
    return [*astray, *ready(pipeline)]


def decide_sent(pipeline: Pipeline, document_id: int, why: str) -> Attempt:
    """A person has found out that a letter in doubt has left.

    Raises:
        JournalBusyError: another process sends.
        JournalError: it is not in doubt, or no reason is given.
    """
    with sole_sender(pipeline.data):
        rules = pipeline.clock_rules
        outbox.decide_sent(
            document_id, why=why, now=pipeline.clock(), actor=pipeline.actor, rules=rules
        )
        copy_sent(pipeline)
    return _attempt_of(document_id)


def decide_again(pipeline: Pipeline, document_id: int, why: str, to: str = "") -> Attempt:
    """A person lets a letter go once more, and it goes at once.

    Raises:
        JournalBusyError: another process sends.
        JournalError: it is neither in doubt nor failed, or no reason is given.
    """
    with sole_sender(pipeline.data):
        outbox.decide_again(document_id, why=why, now=pipeline.clock(), actor=pipeline.actor)
        if documents.rendering(document_id).state in {"approved", "signed"}:
            attempt = _send_one(pipeline, document_id, to, why)
        else:
            send_waiting(pipeline)
            attempt = _attempt_of(document_id)
        copy_sent(pipeline)
    return attempt


def _send_one(pipeline: Pipeline, document_id: int, to: str, why: str) -> Attempt:
    """Send a letter; what keeps it here is told, and keeps no other."""
    try:
        sending_id = _begin(pipeline, document_id, to, why)
        give(pipeline, sending_id)
    except OpikaError as err:
        logger.info("not sent document=%d: %s", document_id, err)
        return _kept_here(document_id, err.clerk_message, letters.recipient(pipeline, document_id))
    except Exception:
        logger.exception("not sent document=%d", document_id)
        return _kept_here(document_id, OpikaError.clerk_message)
    return _attempt_of(document_id)


def _kept_here(document_id: int, reason: str, recipient: str = "") -> Attempt:
    document = documents.rendering(document_id)
    return Attempt(document_id, document.index, document.state, recipient, reason)


def _attempt_of(document_id: int) -> Attempt:
    mail = next((one for one in outbox.under_way() if one.document_id == document_id), None)
    if mail is not None:
        return _astray(mail)
    document = documents.rendering(document_id)
    return Attempt(document_id, document.index, document.state, outbox.sent_to(document_id))


def _astray(mail: UnderWay) -> Attempt:
    state = "failed" if mail.state == "failed" else "sending"
    reason = reason_of("came back" if mail.came_back else mail.state, mail.fault)
    return Attempt(mail.document_id, mail.index, state, mail.recipient, reason)


def reason_of(state: str, fault: str) -> str:
    """Why a mail has not left, for a clerk.

    Args:
        state: of the sending, or ``came back``.
        fault: a server's code, or the kind of the error.
    """
    why = words(fault) if fault[:1].isdigit() else _FAULTS.get(fault, "")
    ask = _ASK if state == "doubt" else ""
    return "; ".join(part for part in (_STATES.get(state, ""), why, ask) if part)


_STATES = {
    "waiting": "буде повторено",
    "sending": "надсилається",
    "doubt": "невідомо, чи надіслано",
    "failed": "не надіслано",
    "came back": "лист повернувся недоставленим",
}
_ASK = "запитайте одержувача, тоді opika send --sent ID або --again ID з підставою (--why)"
_FAULTS = {
    OVERTAKEN: "дані повідомлення змінилися після погодження",
    MailPutOffError.__name__: "поштовий сервер недоступний",
    MailDoubtError.__name__: "зв’язок обірвався, коли сервер приймав лист",
    KILLED: "програму зупинено під час надсилання",
    RESTORED: "журнал відновлено з копії",
}


def _begin(pipeline: Pipeline, document_id: int, to: str, why: str) -> int:
    """Make the mail, keep it, and have the letter under way."""
    outbox.check_may_leave(document_id, why)
    document = documents.rendering(document_id)
    if document.kind not in LETTERS:
        raise JournalError("no letter", clerk_message="Цей документ не є листом: не надсилається.")
    box = _box_of_office(pipeline.config, document.issuer)
    outgoing(box)  # while nothing has begun: without its password the letter stays approved
    recipient = _recipient(pipeline, document_id, to)
    mail = _mail(pipeline, document, box, recipient)
    data = compose(mail)
    new = NewSending(
        attached=document.signed or document.pdf_sha256,
        document_id=document_id,
        mailbox=box.address,
        recipient=recipient,
        by_configuration=recipient in _configured(pipeline.config),
        message_id=mail.message_id,
        sha256=pipeline.originals.put(data),
        size=len(data),
    )
    return outbox.begin(new, now=pipeline.clock(), actor=pipeline.actor, why=why)


def _mail(pipeline: Pipeline, document: documents.Rendering, box: Mailbox, recipient: str) -> Mail:
    office = pipeline.config.office_of(document.issuer)
    card = listing.entry_by_id(document.entry_id)
    answers, thread = outbox.thread_with([one.id for one in card.arrivals], recipient)
    signature = letter.Signature(office.name, office.address, office.phone, box.address)
    ending = letter.ending_of(document.signed_name) if document.signed else "pdf"
    whole = _signed_bytes(pipeline, document) or _approved_bytes(pipeline, document)
    return Mail(
        message_id=new_message_id(box.address),
        date=pipeline.clock(),
        sender=box.address,
        sender_name=office.name,
        recipient=recipient,
        subject=letter.subject(document.index, document.dated),
        text=letter.text(document.index, document.dated, signature, ending),
        attachments=[letter.attachment(document.index, document.id, whole, ending)],
        answers=answers,
        thread=[thread],
    )


def _signed_bytes(pipeline: Pipeline, document: documents.Rendering) -> bytes | None:
    """The signed copy that was put back, to the byte; None where there is none."""
    if document.signed is None:
        return None
    if not pipeline.originals.verify(document.signed):
        raise JournalError(
            "the signed copy is not what was put back",
            clerk_message="Підписаний примірник змінено або втрачено. "
            "Перевірте журнал: opika journal verify.",
        )
    return pipeline.originals.get(document.signed)


def _approved_bytes(pipeline: Pipeline, document: documents.Rendering) -> bytes:
    """The PDF that a person approved, to the byte."""
    try:
        data = (pipeline.data / document.pdf).read_bytes()
    except OSError:
        data = b""
    if sha256(data).hexdigest() != document.pdf_sha256:
        raise JournalError(
            "the PDF is not the approved one",
            clerk_message="Файл PDF змінено або втрачено після погодження. "
            "Перевірте журнал: opika journal verify.",
        )
    return data


def _recipient(pipeline: Pipeline, document_id: int, to: str) -> str:
    """The address that a letter may go to.

    Raises:
        MissingValueError: none is known, or it is our own.
        JournalError: it is not confirmed.
    """
    document = documents.rendering(document_id)
    given = to or letters.recipient(pipeline, document_id)
    if not given:
        raise MissingValueError(
            "no address",
            clerk_message="Адреса електронної пошти одержувача невідома. Вкажіть її: --to АДРЕСА.",
        )
    found = address(given)
    if not to and document.kind == _TO_THE_SENDER and found in own_addresses(pipeline.config):
        raise MissingValueError(
            "own address",
            clerk_message="Повідомлення надійшло з адреси нашої установи, а не від того, хто "
            "його склав. Вкажіть адресу відправника: --to АДРЕСА.",
        )
    known = found in _configured(pipeline.config)
    outbox.check_recipient(document.issuer, found, by_configuration=known)
    return found


def _configured(config: Config) -> set[str]:
    """The addresses that the administrator vouches for."""
    partners = (partner.email for partner in config.partner if partner.email)
    return {one.lower() for one in partners} | own_addresses(config)


def _box_of_office(config: Config, office: str) -> Mailbox:
    for box in config.mailbox:
        if box.office == office and box.smtp:
            return box
    raise ConfigError(
        "no mailbox to send from",
        clerk_message="В установи немає скриньки для надсилання: впишіть smtp у її [[mailbox]].",
    )
