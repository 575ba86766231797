"""What goes out: documents, whom we may write to, each mail that leaves us, and alerts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from journal.models.book import Entry
from journal.models.common import DocumentState, Office, Original, Retried
from journal.models.incoming import Arrival


class Document(Retried):
    """One letter of an office: its number from its series, its files, its way to the addressee.

    ``draft_key`` says which letter of its entry this is, so that it is never drafted twice.

    Attributes:
        signed: the signed scan or the КЕП container that was put back, byte for byte; it is what
            is sent.
        signed_name: the name under which it was put back, whose ending says what it is.
        signed_at: when it was put back.
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
    signed = models.ForeignKey(
        Original, null=True, blank=True, on_delete=models.PROTECT, related_name="signed_documents"
    )
    signed_name = models.CharField(max_length=200, null=True, blank=True)  # noqa: DJ001 - null: not signed
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "draft_key"], name="document_once"),
            models.UniqueConstraint(
                fields=["issuer", "register", "year", "number"],
                condition=models.Q(number__isnull=False),
                name="document_number_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["pdf", "next_try_at"], name="document_render"),
            models.Index(fields=["state"], name="document_state"),
        ]

    def __str__(self) -> str:
        return f"document {self.pk}"


class SendingState(models.TextChoices):
    """Where a mail of ours stands. ``doubt``: nobody but a person can say whether it left."""

    WAITING = "waiting", "очікує надсилання"
    SENDING = "sending", "надсилається"
    SENT = "sent", "надіслано"
    FAILED = "failed", "не надіслано"
    DOUBT = "doubt", "невідомо, чи надіслано"


class Contact(models.Model):
    """An address that letters may go to; a new one needs a second person's yes.

    An address is never changed: another one is another contact, and the old one is withdrawn.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=300)
    email = models.CharField(max_length=400)
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=150, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "email"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="contact_once",
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"


class Sending(Retried):
    """One mail of ours to one recipient; its Message-ID and bytes are stored before it leaves.

    Exactly one of ``document`` and ``arrival`` is set: an approved document goes out, or the
    automatic receipt of an arrival.

    Attributes:
        mailbox: the address of ours that it goes from.
        original: the mail, byte for byte, as it is given to the server.
        started_at: the server may have it from this moment on.
        copied_at: a copy lies in the mailbox's folder of sent mail.
        bounced_at: the letter came back.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="sendings")
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="sendings"
    )
    arrival = models.ForeignKey(
        Arrival, null=True, blank=True, on_delete=models.PROTECT, related_name="receipts"
    )
    mailbox = models.CharField(max_length=400)
    recipient = models.CharField(max_length=400)
    message_id = models.CharField(max_length=200, unique=True)
    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="sendings")
    state = models.CharField(
        max_length=10, choices=SendingState.choices, default=SendingState.WAITING
    )
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    copied_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document", "recipient"],
                condition=models.Q(document__isnull=False) & ~models.Q(state=SendingState.FAILED),
                name="sending_document_once",
            ),
            models.UniqueConstraint(
                fields=["arrival"],
                condition=models.Q(arrival__isnull=False),
                name="sending_receipt_once",
            ),
            models.CheckConstraint(
                condition=models.Q(document__isnull=False, arrival__isnull=True)
                | models.Q(document__isnull=True, arrival__isnull=False),
                name="sending_of_one_thing",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "next_try_at"], name="sending_due"),
            models.Index(fields=["recipient", "created_at"], name="sending_recipient"),
            models.Index(
                fields=["state"],
                condition=models.Q(copied_at__isnull=True, document__isnull=False),
                name="sending_to_copy",
            ),
        ]

    def __str__(self) -> str:
        return f"sending {self.pk}"


class Alert(Retried):
    """Something that a person must be told of at once, again and again until somebody has it.

    Attributes:
        kind: ``urgent``, ``possibly urgent``, ``source down``, ``disk short``, ``backlog stuck``,
            ``program missing``.
        subject: what it is about, as in the history: ``entry:5``, ``arrival:9``, ``source:2``.
        cause: the row of history that made an entry urgent; a later one is a new danger.
        told: how many times it has been told.
        over_at: what it was about has ended by itself (the source answers again).
    """

    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="alerts"
    )
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=60)
    cause = models.PositiveBigIntegerField(default=0)
    raised_at = models.DateTimeField()
    told = models.PositiveIntegerField(default=0)
    last_told_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=150, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=models.Q(acknowledged_at__isnull=True, over_at__isnull=True),
                name="alert_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["acknowledged_at", "over_at", "next_try_at"], name="alert_due"),
            models.Index(fields=["subject"], name="alert_subject"),
            models.Index(
                fields=["kind", "subject"],
                condition=models.Q(office__isnull=True, over_at__isnull=True),
                name="alert_fault",
            ),
        ]

    def __str__(self) -> str:
        return f"alert {self.pk}"
