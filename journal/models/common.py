"""What the other tables share: the named states, the offices and users, the bytes kept."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


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
    """Bytes that we keep unchanged, named by their SHA-256 in the store of originals.

    Attributes:
        erased_at: the bytes were removed then, after their term or by law; the row stays.
    """

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.PositiveBigIntegerField()
    stored_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.sha256
