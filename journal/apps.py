"""The journal as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Names the application; nothing happens at its start."""

    name = "journal"
    default_auto_field = "django.db.models.BigAutoField"
