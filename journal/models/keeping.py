"""What the journal keeps of itself; no part of the book."""

from __future__ import annotations

from django.db import models

from journal.models.book import Entry


class Applied(models.Model):
    """By what the running clocks were last counted, so that a changed list is noticed once.

    Attributes:
        name: which list (``calendar``).
        digest: SHA-256 of what it said.
        at: when the journal was brought in line with it.
    """

    name = models.CharField(primary_key=True, max_length=40)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class ToIndex(models.Model):
    """An entry that changed since it was last indexed for the search; one row for each change.

    Written in the transaction of the change itself, so no crash leaves an entry that is not found.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="to_index")

    def __str__(self) -> str:
        return f"to index {self.pk}"
