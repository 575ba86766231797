"""What a step needs to know of the row that it works on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from journal.models import Arrival, Document, File, Form
from opika.errors import NotFoundError

WRITTEN_DOWN = "application/vnd.opika.notification+json"
"""The kind of file that a clerk's own record of a notification is."""


@dataclass(frozen=True, slots=True)
class ArrivalWork:
    """An arrival about to be unpacked.

    Attributes:
        sha256: digest of the bytes that we keep.
        size: bytes of the whole; more than we keep of a mail that passes the limit.
        file_name: of a file from a folder.
        office: key of the office whose box it came through.
        journal: key of the office whose journal takes it.
        channel: how it came.
    """

    sha256: str
    size: int
    file_name: str
    office: str
    journal: str
    channel: str

    @property
    def name(self) -> str:
        """What to call it when it is opened: a mail from a mailbox has no name of its own."""
        return self.file_name or ("message.eml" if self.channel == "email" else "")


@dataclass(frozen=True, slots=True)
class FileWork:
    """A file about to be read.

    Attributes:
        sha256: digest of its bytes.
        name: as the sender named it.
        written_down: a clerk's own record of a call or a visit, not something that was sent.
    """

    sha256: str
    name: str
    written_down: bool = False


def arrival_work(arrival_id: int) -> ArrivalWork:
    """What unpacking needs.

    Raises:
        NotFoundError: there is no such arrival.
    """
    fields = (
        "original_id",
        "original__size",
        "file_name",
        "office__key",
        "journal__key",
        "channel",
    )
    row = Arrival.objects.filter(pk=arrival_id).values_list(*fields).first()
    if row is None:
        raise NotFoundError("no such arrival")
    return ArrivalWork(*row)


def file_work(file_id: int) -> FileWork:
    """What reading needs.

    Raises:
        NotFoundError: there is no such file, or its bytes were not kept.
    """
    rows = File.objects.filter(pk=file_id, original__isnull=False).select_related("arrival")
    file = rows.first()
    if file is None:
        raise NotFoundError("no such file")
    return FileWork(str(file.original_id), file.name, is_written_down(file))


def is_written_down(file: File) -> bool:
    """Whether a clerk wrote this down at this machine: what is sent or handed over never counts."""
    arrival = file.arrival
    # What a clerk hands over as a file has no source either, but it has a name.
    by_hand = arrival.source_id is None and not arrival.file_name
    return by_hand and file.media_type == WRITTEN_DOWN


def journal_of_form(form_id: int) -> str:
    """Key of the office whose journal takes a form."""
    return str(
        File.objects.filter(forms=form_id).values_list("arrival__journal__key", flat=True).get()
    )


def files_to_read(arrival_id: int) -> list[int]:
    """Ids of an arrival's files that wait to be read."""
    files = File.objects.filter(arrival=arrival_id, read_at__isnull=True)
    return list(files.order_by("ordinal").values_list("pk", flat=True))


def forms_of(arrival_id: int) -> list[int]:
    """Ids of an arrival's forms, in their order."""
    forms = Form.objects.filter(file__arrival=arrival_id).order_by("file__ordinal", "ordinal")
    return list(forms.values_list("pk", flat=True))


def documents_of(entry_id: int) -> list[int]:
    """Ids of an entry's documents."""
    return list(Document.objects.filter(entry=entry_id).values_list("pk", flat=True))


def are_our_documents(digests: Collection[str]) -> bool:
    """Whether every one of these digests is that of a document of ours, rendered or signed."""
    for digest in digests:
        rendered = Q(docx_sha256=digest) | Q(pdf_sha256=digest)
        if not Document.objects.filter(rendered | Q(signed=digest)).exists():
            return False
    return bool(digests)
