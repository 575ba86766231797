"""The journal's tables.

The way of the data is the order of this file: Original and Arrival, File, Form, then Case, Entry,
Revision, Deadline, Document, and beside them the History that tells who did what. Nothing here
decides anything: the steps and rules live in the modules that write these tables.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

__all__ = [
    "Arrival",
    "Case",
    "Clue",
    "Deadline",
    "Document",
    "Entry",
    "File",
    "Form",
    "History",
    "HistoryValue",
    "Ledger",
    "Link",
    "Look",
    "Office",
    "Original",
    "Outcome",
    "Person",
    "Revision",
    "Series",
    "Source",
    "User",
]


class Outcome(models.TextChoices):
    """What became of a file or a form: exactly one of these, with its reason beside it."""

    REGISTERED = "registered", "зареєстровано"
    REVISION = "revision", "уточнення"
    DUPLICATE = "duplicate", "дублікат"
    FILED = "filed", "долучено до справи"
    OWN = "own", "наш власний лист"
    IGNORED = "ignored", "не потребує дій"
    TRIAGE = "triage", "очікує на рішення"
    DISMISSED = "dismissed", "відхилено працівником"
    FAILED = "failed", "помилка, буде повторено"


class Channel(models.TextChoices):
    """How a notification came."""

    EMAIL = "email", "електронною поштою"
    FOLDER = "folder", "сканована копія"
    ORAL = "oral", "усно"
    PHONE = "phone", "по телефону"
    PAPER = "paper", "на папері"


class CaseStatus(models.TextChoices):
    """Where a case stands."""

    OPEN = "open", "у роботі"
    MONITORING = "monitoring", "моніторинг"
    CLOSED = "closed", "завершено"


class DocumentState(models.TextChoices):
    """The states of a document, in the order in which it passes through them."""

    DRAFT = "draft", "проєкт"
    APPROVED = "approved", "погоджено"
    SIGNED = "signed", "підписано"
    SENDING = "sending", "надсилається"
    SENT = "sent", "надіслано"
    FAILED = "failed", "не надіслано"
    VOID = "void", "анульовано"


class Retried(models.Model):
    """A row whose step may fail and is then tried again at a stored time.

    Attributes:
        attempts: how many times in a row the step has failed.
        next_try_at: not before this moment; null: at once.
        fault: the kind of the last error (its class's name), never a text with a person's data.
    """

    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True


class Office(models.Model):
    """A legal person with its own numbering, registers, people and mailbox."""

    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.key


class User(AbstractUser):
    """Who acts. On the command line: the user of the operating system."""

    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT)
    role = models.CharField(max_length=40, blank=True)


class Original(models.Model):
    """Bytes that we keep unchanged, named by their SHA-256 in the store of originals."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.PositiveBigIntegerField()
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class Source(Retried):
    """A mailbox or a folder that we poll, and its health."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=300)
    last_success_at = models.DateTimeField(null=True, blank=True)
    last_failure_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "name"], name="source_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.pk}"


class Ledger(models.Model):
    """How far one folder of a mailbox has been read: every UID up to ``last_uid`` is dealt with."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="ledgers")
    folder = models.CharField(max_length=300)
    uid_validity = models.PositiveBigIntegerField()
    last_uid = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "folder"], name="ledger_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}/{self.uid_validity}/{self.last_uid}"


class Arrival(Retried):
    """One thing that came in: a mail, a file from a folder, an entry by hand.

    Its identity is (source, folder, uid_validity, uid) for a mail and (source, digest) for a file
    whose removal from the folder is not yet done (``acknowledged_at`` is null).
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="arrivals")
    journal = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="journal_arrivals")
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    folder = models.CharField(max_length=300, blank=True)
    uid_validity = models.PositiveBigIntegerField(null=True, blank=True)
    uid = models.PositiveBigIntegerField(null=True, blank=True)
    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="arrivals")
    file_name = models.CharField(max_length=500, blank=True)
    message_id = models.CharField(max_length=1000, blank=True)
    sender_address = models.CharField(max_length=400, blank=True)
    sender_name = models.CharField(max_length=400, blank=True)
    subject = models.TextField(blank=True)
    in_reply_to = models.TextField(blank=True)
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    unpacked_at = models.DateTimeField(null=True, blank=True)
    placed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "folder", "uid_validity", "uid"],
                condition=models.Q(uid__isnull=False),
                name="arrival_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unpacked_at", "next_try_at"], name="arrival_unpack"),
            models.Index(fields=["placed_at", "unpacked_at"], name="arrival_place"),
            models.Index(fields=["outcome"], name="arrival_outcome"),
            models.Index(fields=["message_id"], name="arrival_message_id"),
            models.Index(fields=["source", "acknowledged_at"], name="arrival_acknowledge"),
        ]

    def __str__(self) -> str:
        return f"arrival {self.pk}"


class File(Retried):
    """One document inside an arrival: the mail's body, an attachment, a member of a zip."""

    arrival = models.ForeignKey(Arrival, on_delete=models.PROTECT, related_name="files")
    ordinal = models.PositiveIntegerField()
    path = models.CharField(max_length=500)
    name = models.CharField(max_length=500, blank=True)
    media_type = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=12)
    signer = models.CharField(max_length=300, blank=True)
    original = models.ForeignKey(
        Original, null=True, blank=True, on_delete=models.PROTECT, related_name="files"
    )
    read_at = models.DateTimeField(null=True, blank=True)
    text = models.TextField(blank=True)
    urgent = models.BooleanField(null=True, blank=True)
    indicators = models.JSONField(default=list, blank=True)
    entry = models.ForeignKey(
        "Entry", null=True, blank=True, on_delete=models.PROTECT, related_name="files"
    )
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["arrival", "ordinal"], name="file_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["read_at", "next_try_at"], name="file_read"),
            models.Index(fields=["outcome"], name="file_outcome"),
        ]

    def __str__(self) -> str:
        return f"file {self.pk}"


class Form(Retried):
    """One filled «Додаток 1» found in a file, as it was read."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="forms")
    ordinal = models.PositiveIntegerField()
    values = models.JSONField()
    confidence = models.JSONField(default=dict, blank=True)
    review = models.JSONField(default=list, blank=True)
    places = models.JSONField(default=dict, blank=True)
    urgent = models.BooleanField(null=True, blank=True)
    indicators = models.JSONField(default=list, blank=True)
    notice_key = models.CharField(max_length=64, blank=True)
    values_digest = models.CharField(max_length=64, blank=True)
    entry = models.ForeignKey(
        "Entry", null=True, blank=True, on_delete=models.PROTECT, related_name="forms"
    )
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "ordinal"], name="form_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["outcome", "next_try_at"], name="form_register"),
            models.Index(fields=["notice_key"], name="form_notice_key"),
        ]

    def __str__(self) -> str:
        return f"form {self.pk}"


class Case(models.Model):
    """The work with one family; status and clocks belong to it."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="cases")
    status = models.CharField(
        max_length=12, choices=CaseStatus.choices, default=CaseStatus.OPEN, db_index=True
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"case {self.pk}"


class Person(models.Model):
    """A person of a case, as the entry in force names them."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="persons")
    entry = models.ForeignKey("Entry", on_delete=models.PROTECT, related_name="persons")
    name = models.CharField(max_length=300)
    birth_date = models.DateField(null=True, blank=True)
    birth_year = models.PositiveIntegerField(null=True, blank=True)
    age = models.PositiveIntegerField(null=True, blank=True)
    age_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["name"], name="person_name")]

    def __str__(self) -> str:
        return f"person {self.pk}"


class Entry(models.Model):
    """One registered notification: its number is never changed, reused or deleted (п. 10)."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="entries")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entries")
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    index = models.CharField(max_length=60)
    registered_at = models.DateTimeField()
    received_at = models.DateTimeField()
    channel = models.CharField(max_length=10, choices=Channel.choices)
    urgent = models.BooleanField(null=True, blank=True)
    indicators = models.JSONField(default=list, blank=True)
    drafted_at = models.DateTimeField(null=True, blank=True)
    draft_attempts = models.PositiveIntegerField(default=0)
    draft_next_try_at = models.DateTimeField(null=True, blank=True)
    draft_fault = models.CharField(max_length=80, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "year", "number"], name="entry_number_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["drafted_at"], name="entry_draft"),
            models.Index(fields=["registered_at"], name="entry_registered_at"),
        ]

    def __str__(self) -> str:
        return f"entry {self.pk}"


class Revision(models.Model):
    """What an entry says from this moment on; the newest one is in force."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="revisions")
    ordinal = models.PositiveIntegerField()
    form = models.ForeignKey(
        Form, null=True, blank=True, on_delete=models.PROTECT, related_name="revisions"
    )
    values = models.JSONField()
    review = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField()
    why = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "ordinal"], name="revision_once"),
        ]

    def __str__(self) -> str:
        return f"revision {self.entry_id}/{self.ordinal}"


class Link(models.Model):
    """Two entries that may concern one family; proposed by a rule, confirmed by a person (п. 24)."""

    newer = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="links")
    older = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="linked_by")
    why = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default="proposed")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["newer", "older"], name="link_once"),
        ]

    def __str__(self) -> str:
        return f"link {self.newer_id}-{self.older_id}"


class Clue(models.Model):
    """A key by which an entry about the same family is found cheaply; it proves nothing."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="clues")
    key = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "entry"], name="clue_once"),
        ]

    def __str__(self) -> str:
        return f"clue {self.pk}"


class Deadline(models.Model):
    """One running clock of a case, with the rule and the arithmetic that gave its end.

    Exactly one of ``due_on`` (terms in days) and ``due_at`` (terms in hours) is set.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="deadlines")
    key = models.CharField(max_length=40)
    start_kind = models.CharField(max_length=20, blank=True)
    starts_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    rule = models.CharField(max_length=60)
    steps = models.TextField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "key", "start_kind"], name="deadline_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["done_at", "due_on"], name="deadline_due")]

    def __str__(self) -> str:
        return f"deadline {self.key} of entry {self.entry_id}"


class Series(models.Model):
    """The counter of one register of an office for one year, from its start value on."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="series")
    register = models.CharField(max_length=40)
    year = models.PositiveIntegerField()
    first_number = models.PositiveIntegerField()
    last_number = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "series"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "register", "year"], name="series_once"),
        ]

    def __str__(self) -> str:
        return f"{self.office_id}/{self.register}/{self.year}"


class Document(Retried):
    """One letter of an office: its number from its series, its files, its way to the addressee.

    ``draft_key`` says which letter of its entry this is, so that it is never drafted twice.
    """

    issuer = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="documents")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=40)
    draft_key = models.CharField(max_length=120)
    register = models.CharField(max_length=40)
    year = models.PositiveIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    index = models.CharField(max_length=60, null=True, blank=True)  # noqa: DJ001 - null: not yet given
    dated = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=DocumentState.choices, default=DocumentState.DRAFT
    )
    context = models.JSONField(default=dict, blank=True)
    docx = models.CharField(max_length=200, blank=True)
    docx_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    pdf = models.CharField(max_length=200, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    created_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    stale_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "draft_key"], name="document_once"),
            models.UniqueConstraint(
                fields=["issuer", "register", "year", "number"],
                condition=models.Q(number__isnull=False),
                name="document_number_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["pdf", "next_try_at"], name="document_render")]

    def __str__(self) -> str:
        return f"document {self.pk}"


class History(models.Model):
    """One change, chained by hash to the one before it; never updated, never deleted.

    ``commitments`` maps a changed field, and the reason ``why``, to the salted digest of its old
    and new value; the values themselves are in ``HistoryValue``, so that what the law orders erased
    can be erased and the chain still holds.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="history")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    entry = models.ForeignKey(
        Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="history"
    )
    commitments = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "history"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "seq"], name="history_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["subject"], name="history_subject")]

    def __str__(self) -> str:
        return f"history {self.office_id}/{self.seq}"


class HistoryValue(models.Model):
    """The old and new value behind one commitment of a history row, and its salt."""

    history = models.ForeignKey(History, on_delete=models.PROTECT, related_name="values")
    field = models.CharField(max_length=60)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    salt = models.CharField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["history", "field"], name="history_value_once"),
        ]

    def __str__(self) -> str:
        return f"value {self.history_id}/{self.field}"


class Look(models.Model):
    """Who looked at which card, and when (п. 13: confidentiality)."""

    actor = models.CharField(max_length=150)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="looks")
    at = models.DateTimeField()
    why = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"look {self.pk}"
