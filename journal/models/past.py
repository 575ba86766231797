"""What happened, and who looked: written once, never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from journal.models.book import Entry
from journal.models.common import Office


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
