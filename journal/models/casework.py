"""What happens to an entry after its registration, and the registers beside the journal's own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from journal.models.book import Entry
from journal.models.common import Office
from journal.models.incoming import Arrival
from journal.models.outgoing import Document


class RegisterLine(models.Model):
    """A number of a register that stands on no entry and on no letter of ours.

    Either a paper made elsewhere (ЦСС's act, an order, minutes), or a number that was passed over:
    spoilt in the paper book, or given out after the backup that a journal was restored from. The
    latter says nothing about anything and is void from its beginning.

    Attributes:
        about: what the paper is about; empty: a number that was passed over.
        counterpart: whom it concerns or who signed it.
        dated: the paper's own date.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="lines")
    register = models.CharField(max_length=40)
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    index = models.CharField(max_length=60)
    dated = models.DateField()
    about = models.TextField(blank=True)
    counterpart = models.TextField(blank=True)
    entry = models.ForeignKey(
        Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="lines"
    )
    made_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "register", "year", "number"], name="line_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.pk}"


class YearClosing(models.Model):
    """A register of a year is closed: it gives out no number any more, and none becomes void.

    Attributes:
        first: the first number of the year; null: none was given.
        last: the last one.
        count: how many numbers there are.
        voided: how many of them are void.
        head: number and hash of the office's last row of history before the closing.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="closings")
    register = models.CharField(max_length=40)
    year = models.PositiveIntegerField()
    first = models.PositiveIntegerField(null=True, blank=True)
    last = models.PositiveIntegerField(null=True, blank=True)
    count = models.PositiveIntegerField()
    voided = models.PositiveIntegerField()
    head = models.CharField(max_length=90)
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=150)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "register", "year"], name="closing_once"),
        ]

    def __str__(self) -> str:
        return f"closing {self.pk}"


class CaseEvent(models.Model):
    """One step of the work with an entry's family, as it happened.

    It hangs on an entry, so it goes with the entry when cases are joined or taken apart.

    Attributes:
        happened_at: when it happened; ``recorded_at``: when it was written down.
        details: what the kind of event asks for.
        document: the letter of ours that it is.
        arrival: what brought it.
        line: its number in a register.
        undone_at: it turned out not to have happened.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=40)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    details = models.JSONField(default=dict, blank=True)
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    arrival = models.ForeignKey(
        Arrival, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    line = models.ForeignKey(
        RegisterLine, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "kind", "document"],
                condition=models.Q(document__isnull=False, undone_at__isnull=True),
                name="event_of_document_once",
            ),
            models.UniqueConstraint(
                fields=["entry", "kind", "arrival"],
                condition=models.Q(arrival__isnull=False, undone_at__isnull=True),
                name="event_of_arrival_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["entry", "happened_at"], name="event_in_order")]

    def __str__(self) -> str:
        return f"event {self.pk}"
