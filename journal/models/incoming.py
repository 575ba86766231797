"""What comes in: sources and how far they are read, arrivals, their files, the forms in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from journal.models.common import Channel, Office, Original, Outcome, Retried


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
    """How far one folder of a mailbox has been read: every UID up to ``last_uid`` is dealt with.

    Attributes:
        counted_at: when box and ledger were last compared mail by mail.
        in_box: how many mails, received since the mailbox's ``since``, the box then held.
        recovered: how many of these the ledger lacked; they were taken.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="ledgers")
    folder = models.CharField(max_length=300)
    uid_validity = models.PositiveBigIntegerField()
    last_uid = models.PositiveBigIntegerField(default=0)
    counted_at = models.DateTimeField(null=True, blank=True)
    in_box = models.PositiveIntegerField(null=True, blank=True)
    recovered = models.PositiveIntegerField(default=0)

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

    Attributes:
        answers: the document of ours that this mail answers, or that it brings back undelivered.
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
    references = models.TextField(blank=True)
    answers = models.ForeignKey(
        "Document", null=True, blank=True, on_delete=models.PROTECT, related_name="answered_by"
    )
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
            models.Index(fields=["received_at"], name="arrival_received_at"),
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
