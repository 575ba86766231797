"""What the journal is told of an opened envelope and of a file that was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from intake.part import Envelope, Part
from journal import work
from journal.bounces import note_bounce
from journal.sending import is_ours
from journal.steps import NewFile, NewForm, NewReading
from journal.work import ArrivalWork
from opika.errors import FileError
from opika.pipeline import Pipeline
from opika.reading import ReadFile, bytes_to_read, read_bytes


def kept_files(
    pipeline: Pipeline, arrival: ArrivalWork, envelope: Envelope, kept: int
) -> list[NewFile]:
    """The envelope's parts, their bytes in the store of originals.

    Args:
        pipeline: opened.
        arrival: what was unpacked.
        envelope: what it held.
        kept: how many bytes of the arrival we keep; of a mail over the limit its header only.
    """
    if kept < arrival.size:
        return refused_whole(arrival, "too large")
    return [_kept(pipeline, part) for part in envelope.parts] or refused_whole(
        arrival, "not a form"
    )


def refused_whole(arrival: ArrivalWork, reason: str) -> list[NewFile]:
    """An arrival that cannot be opened: its bytes are its one file."""
    return [
        NewFile(
            path="",
            name=arrival.file_name,
            media_type="message/rfc822" if arrival.channel == "email" else "",
            role="attachment",
            sha256=arrival.sha256,
            size=arrival.size,
            fault=reason,
        )
    ]


def message_of(
    pipeline: Pipeline, arrival: ArrivalWork, envelope: Envelope, files: Iterable[NewFile]
) -> dict[str, Any]:
    """The mail's header as the journal keeps it; empty for what is no mail."""
    message = envelope.message
    if message is None:
        return {}
    return {
        "message_id": message.message_id,
        "sender_address": message.sender_address,
        "sender_name": message.sender_name,
        "subject": message.subject,
        "in_reply_to": message.in_reply_to,
        "references": message.references,
        "returned": message.returned,
        "status": message.status,
        "auto": "own" if _is_own(pipeline, arrival, envelope, files) else message.auto,
    }


def came_back(pipeline: Pipeline, message: Mapping[str, Any]) -> int | None:
    """Note that a letter of ours came back with this mail; give its document."""
    returned, status = message.get("returned", ()), message.get("status", "")
    return note_bounce(
        returned,
        status=status,
        now=pipeline.clock(),
        actor=pipeline.actor,
        rules=pipeline.clock_rules,
    )


def _kept(pipeline: Pipeline, part: Part) -> NewFile:
    data, name = bytes_to_read(part)
    return NewFile(
        path=part.path,
        name=name,
        media_type=part.media_type,
        role=part.role,
        sha256=pipeline.originals.put(data),
        size=len(data),
        signer=part.signer,
        fault=part.fault,
    )


def _is_own(
    pipeline: Pipeline, arrival: ArrivalWork, envelope: Envelope, files: Iterable[NewFile]
) -> bool:
    """Whether this is a letter of ours that came back.

    An address in From proves nothing: a colleague forwards a form from our own box, and the other
    office's box is polled too. So everything in it must be ours: papers that we rendered, or, in
    the box that it was sent from or under a Message-ID of ours (a receipt that comes back), a text
    without a form and without danger.
    """
    config, message = pipeline.config, envelope.message
    ours = {office.email.lower() for office in config.office if office.email}
    ours |= {box.address.lower() for box in config.mailbox}
    if message is None or message.sender_address not in ours:
        return False
    attached = [file.sha256 or "" for file in files if file.role == "attachment"]
    if attached:
        return work.are_our_documents(attached)
    boxes = {box.address.lower() for box in config.mailbox if box.office == arrival.office}
    sent = message.sender_address in boxes or is_ours(message.message_id or "")
    return sent and all(
        _is_harmless(pipeline, part) for part in envelope.parts if part.role == "body"
    )


def _is_harmless(pipeline: Pipeline, body: Part) -> bool:
    data, name = bytes_to_read(body)
    try:
        found = pipeline.in_child(
            read_bytes, data, name, pipeline.clock().date(), pipeline.indicators
        )
    except FileError:
        return False
    return not found.forms and found.urgent is not True


# Of a form these are columns of their own; the rest of its keys are its values.
_BESIDE = {"form", "confidence", "review", "urgent", "indicators", "places"}


def reading_of(found: ReadFile) -> NewReading:
    """What reading a file gave, as the journal keeps it."""
    return NewReading(
        text=found.text,
        forms=[_form(form) for form in found.forms],
        reason=found.reason,
        urgent=found.urgent,
        indicators=found.indicators,
    )


def _form(form: Mapping[str, Any]) -> NewForm:
    return NewForm(
        values={key: value for key, value in form.items() if key not in _BESIDE},
        confidence=form["confidence"],
        review=form["review"],
        places=form["places"],
        urgent=form["urgent"],
        indicators=form["indicators"],
    )
