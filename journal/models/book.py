"""The book: cases and persons, entries and what they say, links, clocks, number series."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from journal.models.common import CaseStatus, Channel, Office
from journal.models.incoming import Form


class Case(models.Model):
    """The work with one family; status and clocks belong to it.

    Attributes:
        joined_into: the case that took all its entries over, when two were found to be one.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="cases")
    status = models.CharField(
        max_length=12, choices=CaseStatus.choices, default=CaseStatus.OPEN, db_index=True
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    joined_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="joined"
    )

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
    """One registered notification: its number is never changed, reused or deleted (п. 10).

    Attributes:
        imported_at: it was taken over from the paper book then, with the number it had there.
    """

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
    imported_at = models.DateTimeField(null=True, blank=True)

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
    """What an entry says from this moment on; the newest one is in force.

    Attributes:
        corrected: names of the values that a person has set by hand, in this revision or an earlier
            one; null: none.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="revisions")
    ordinal = models.PositiveIntegerField()
    form = models.ForeignKey(
        Form, null=True, blank=True, on_delete=models.PROTECT, related_name="revisions"
    )
    values = models.JSONField()
    review = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField()
    why = models.TextField(blank=True)
    corrected = models.JSONField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "ordinal"], name="revision_once"),
        ]

    def __str__(self) -> str:
        return f"revision {self.entry_id}/{self.ordinal}"


class Link(models.Model):
    """Two entries that may concern one family; proposed by a rule, confirmed by a person (п. 24).

    Attributes:
        state: ``proposed``, ``confirmed`` or ``rejected``.
        score: how likely the rule held it to be, 0 to 100; null: proposed before scores were kept.
        decided_at: when a person confirmed or rejected it.
    """

    newer = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="links")
    older = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="linked_by")
    why = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default="proposed")
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

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

    Attributes:
        done_at: what it asked for was done then; it runs no more.
        cause: the event that started it; null: the notification itself.
        stopped_by: the event that was what it asked for.
        cancelled_at: nothing is asked for any more (the entry is void, what started it was undone).
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
    cause = models.ForeignKey(
        "CaseEvent", null=True, blank=True, on_delete=models.PROTECT, related_name="started"
    )
    stopped_by = models.ForeignKey(
        "CaseEvent", null=True, blank=True, on_delete=models.PROTECT, related_name="stopped"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)

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
