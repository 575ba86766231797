"""Importing this first lets a test module import the journal's modules: Django knows its settings.

No database is opened: each test turns to a journal of its own.
"""

from __future__ import annotations

from pathlib import Path

from journal.settings import configure

configure(Path("no-journal-yet"))
