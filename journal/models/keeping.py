"""What the journal keeps of itself; no part of the book."""

from __future__ import annotations

from django.db import models


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
