"""What the journal keeps of itself; no part of the book."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from journal.models.book import Entry
from journal.models.common import Office


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


class Cursor(models.Model):
    """How far a step has read an office's history; what lies behind it is not read again.

    Attributes:
        name: which step.
        seq: the last row of the office's chain that it has dealt with.
    """

    name = models.CharField(max_length=40)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="cursors")
    seq = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "office"], name="cursor_once"),
        ]

    def __str__(self) -> str:
        return f"cursor {self.name}"


class HeadExport(models.Model):
    """The ends of all chains as they were given out on a day, so that a rewritten book is found out.

    Attributes:
        day: the day in Kyiv.
        heads: office's key -> number and hash of the last row of its chain.
        sha256: digest of the file that was given out.
    """

    day = models.DateField(unique=True)
    heads = models.JSONField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"heads of {self.day}"


class Erasure(models.Model):
    """An order to erase what an entry says about persons; its number and its history's chain stay.

    Attributes:
        order: the decision that orders it, as its reader can find it.
        asked_by, asked_at: who asked for it.
        confirmed_by, confirmed_at: the second person; null: nobody has yet.
        seq: the last row of the office's chain whose values may be missing; null: none yet.
        done_at: everything is erased.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="erasures")
    order = models.TextField()
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=150, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    seq = models.PositiveBigIntegerField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"erasure {self.pk}"


class Restoration(models.Model):
    """The journal was restored from a backup; what left after it was made is not known here.

    Attributes:
        backup_at: when the backup was made.
        restored_at: when it was restored.
    """

    backup_at = models.DateTimeField()
    restored_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"restoration {self.pk}"


class NameForm(models.Model):
    """A name in one case as a clerk has confirmed it; it goes before every rule.

    Attributes:
        name: in the nominative, as documents write it.
        case: ``gen``, ``dat``, ``acc``, ``ins``, ``loc`` or ``voc``.
    """

    name = models.CharField(max_length=300)
    case = models.CharField(max_length=3)
    form = models.CharField(max_length=300)
    confirmed_by = models.CharField(max_length=150)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "case"], name="name_form_once"),
        ]

    def __str__(self) -> str:
        return f"name form {self.pk}"
