"""``python -m tests.opika.busy_office CONFIG NAME clerk|sender``: works until a file ``stop`` lies there.

A clerk registers forms about ever other families and renders their letters; the sender makes PDFs,
approves and sends. Each writes a line for each thing done.
"""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import sys
import time
from pathlib import Path

from opika import letters, sending
from opika.config_file import load_config
from opika.errors import JournalBusyError
from opika.pipeline import Pipeline, open_pipeline
from tests.journal.office_day import digest, values
from tests.opika.office import NOW

_LETTERS = dict(zip("0123456789abcdef", "абвгдежзиклмнопр", strict=True))
_AT_ONCE = 3


def register_one(pipeline: Pipeline, name: str, number: int) -> None:
    """A mail comes, its form is registered, and both letters are rendered."""
    from journal import arrivals, documents, listing, placing, registration, steps, work
    from journal.models import Form

    who = "".join(_LETTERS[sign] for sign in digest(f"{name} {number}")[:12]).capitalize()
    raw, paper = f"mail {who}".encode() * 200, f"form {who}".encode() * 500
    box = arrivals.source("mailbox", f"{name}@example.ua", "ssd")
    arrival = arrivals.record_arrival(
        arrivals.NewArrival(
            source=box,
            office="ssd",
            journal="ssd",
            channel="email",
            sha256=pipeline.originals.put(raw),
            size=len(raw),
            received_at=NOW,
            folder="INBOX",
            uid_validity=1,
            uid=number,
        ),
        now=NOW,
        actor=name,
    )
    sha256 = pipeline.originals.put(paper)
    file = steps.NewFile("1", "form.docx", "", "attachment", sha256, len(paper))
    steps.save_unpacked(arrival, {"sender_address": "gym@example.ua"}, [file], now=NOW)
    (file_id,) = work.files_to_read(arrival)
    form = values(
        outgoing_number=f"{name}/{number}",
        subject=f"{who}, 11 років",
        persons=[{"name": who, "birth_date": None, "age": 11}],
        address=f"с. {who[::-1].capitalize()}, буд. {number}",
    )
    steps.save_read(
        file_id, steps.NewReading("текст", [steps.NewForm(form, urgent=False)]), now=NOW
    )
    rules = pipeline.registration_rules("ssd")
    for form_id in work.forms_of(arrival):
        registration.register(form_id, now=NOW, actor=name, rules=rules)
    placing.place(arrival, now=NOW, actor=name, rules=rules)
    entry = Form.objects.values_list("entry", flat=True).get(file=file_id)
    for letter in letters.due_letters(pipeline, listing.entry_by_id(entry)):
        letters.write_docx(pipeline, letters.draft_letter(pipeline, letter))
    documents.drafted(entry, now=NOW)


def send_some(pipeline: Pipeline) -> int:
    """Requests that are rendered become PDFs, are approved, and leave."""
    from journal.models import Document

    waiting = Document.objects.filter(kind="assessment_request", state="draft").exclude(docx="")
    ids = list(waiting.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])
    letters.write_pdfs(pipeline, ids)
    for document in ids:
        letters.approve(pipeline, document)
    return len([one for one in sending.send(pipeline, ids) if one.state == "sent"]) if ids else 0


def main(config: str, name: str, job: str) -> None:
    stop, number = Path(config).parent / "stop", 0
    with open_pipeline(load_config(Path(config)), lambda: NOW) as pipeline:
        while not stop.exists():
            try:
                number += 1
                if job == "clerk":
                    register_one(pipeline, name, number)
                elif not send_some(pipeline):
                    time.sleep(0.1)
            except JournalBusyError:
                continue
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
