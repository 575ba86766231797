"""A process that takes a mailbox through every step of the journal, to be killed at any moment.

Run as ``python -m tests.journal.working_day DATA MAILS``; it writes one line for each step done.
"""

from __future__ import annotations

import sys
from pathlib import Path

from journal.database import open_journal
from journal.originals import Originals
from tests.journal.office_day import NOW, digest, outgoing, rules, values


def receive(data: Path, mails: int) -> None:
    """Take what is new from the mailbox, whose UIDs are 1 … ``mails``."""
    from journal import arrivals

    box = arrivals.source("mailbox", "ssd@example.ua", "ssd")
    known = arrivals.position(box, "INBOX")
    for uid in range((known[1] if known else 0) + 1, mails + 1):
        raw = f"mail {uid}".encode()
        new = arrivals.NewArrival(
            source=box,
            office="ssd",
            journal="ssd",
            channel="email",
            sha256=Originals(data / "originals").put(raw),
            size=len(raw),
            received_at=NOW,
            folder="INBOX",
            uid_validity=1,
            uid=uid,
        )
        _say(arrivals.record_arrival(new, now=NOW, actor="тест"))


def unpack(data: Path, arrival_id: int) -> None:
    """The fourth mail of five is a newsletter; the others have a body and a form or a letter."""
    from journal import steps
    from journal.models import Arrival

    uid = Arrival.objects.get(pk=arrival_id).uid or 0
    message = {"message_id": f"<{uid}@example.ua>", "sender_address": "gym@example.ua"}
    # The mails 1 and 2 of each five carry one attachment: the second is a duplicate.
    number = uid + 1 if uid % 5 == 1 else uid
    texts = [("body", f"body {uid}"), ("attachment", f"form {number}")]
    store = Originals(data / "originals")
    files = [
        steps.NewFile(str(n), text, "", role, store.put(text.encode()), len(text.encode()))
        for n, (role, text) in enumerate(texts, start=1)
    ]
    auto = "bulk" if uid % 5 == 4 else None
    steps.save_unpacked(arrival_id, {**message, "auto": auto}, files, now=NOW)


def read(file_id: int) -> None:
    """The fifth of five is a plain letter; the third corrects the form of the first two."""
    from journal import steps, work

    name = work.file_work(file_id).name
    number = int(name.split()[1])
    if name.startswith("body") or number % 5 == 0:
        steps.save_read(file_id, steps.NewReading("лист", urgent=False), now=NOW)
        return
    form = values(
        outgoing_number=f"01-15/{number // 5}",
        content=f"Зміст {number % 5}",
        persons=[{"name": f"Вигаданюк {digest(str(number // 5))[:8]} Петрович"}],
    )
    reading = steps.NewReading("форма", [steps.NewForm(form, urgent=number % 2 == 0)])
    steps.save_read(file_id, reading, now=NOW)


def draft(entry_id: int) -> None:
    """One letter for each entry."""
    from journal import documents

    new = documents.NewDocument(entry_id, "ssd", "registration_reply", "reply", {})
    documents.new_document(new, series=outgoing(), now=NOW, actor="тест")
    documents.drafted(entry_id, now=NOW)


def work(data: Path, mails: int) -> None:
    """Everything that is due, step by step."""
    from journal import placing, registration, steps

    ours = {"now": NOW, "actor": "тест", "rules": rules()}
    receive(data, mails)
    for arrival_id in steps.arrivals_to_unpack(NOW):
        unpack(data, arrival_id)
        _say("unpacked")
    for file_id in steps.files_to_read(NOW):
        read(file_id)
        _say("read")
    for form_id in steps.forms_to_register(NOW):
        _say(registration.register(form_id, **ours).number)
    for arrival_id in steps.arrivals_to_place(NOW):
        _say(placing.place(arrival_id, **ours))
    for entry_id in steps.entries_to_draft(NOW):
        draft(entry_id)
        _say("drafted")


def _say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    open_journal(Path(sys.argv[1]))
    work(Path(sys.argv[1]), int(sys.argv[2]))
