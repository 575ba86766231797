"""Backups of a tests' office and what comes out of them again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connections

from opika.config import Config
from opika.config_file import load_config
from opika.packing import Identity, Recipient, identities_of, make_key, recipients_of
from tests.opika.office import NOW


@dataclass
class Vault:
    """A folder with a key, backups, and places to restore them into."""

    folder: Path
    recipients: list[Recipient] = field(init=False)
    identities: list[Identity] = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir()
        self.recipients = recipients_of([make_key(self.key, NOW)])
        self.identities = identities_of(self.key)

    @property
    def key(self) -> Path:
        return self.folder / "key.txt"

    def back_up(
        self, pipeline: Any, name: str = "all.age", told: Callable[[int, int], None] | None = None
    ) -> Any:
        from opika.backup import back_up

        file = self.folder / name
        return back_up(pipeline, file, self.recipients, told or (lambda done, total: None))

    def place(self, office: Config, name: str = "restored", database: str | None = None) -> Config:
        """The office's own configuration with other data."""
        config = load_config(office.path, self.folder / name)
        main = config.opika.model_copy(update={"database": database})
        return config.model_copy(update={"opika": main})

    def restore(self, config: Config, name: str = "all.age", now: datetime = NOW) -> Any:
        from opika.restore import Backup, restore

        connections.close_all()
        from journal.settings import configure

        configure(config.data, config.opika.database)
        backup = Backup(self.folder / name, self.identities)
        return restore(config, backup, now=now, actor="адміністратор")

    def left(self) -> set[str]:
        """What lies in the folder beside the key."""
        return {path.name for path in self.folder.iterdir()} - {self.key.name}


def chains() -> dict[str, list[tuple[int, str]]]:
    """Each office's rows of history, number and hash."""
    from journal.models import History

    found: dict[str, list[tuple[int, str]]] = {}
    for office, seq, digest in History.objects.order_by("office", "seq").values_list(
        "office__key", "seq", "hash"
    ):
        found.setdefault(office, []).append((seq, digest))
    return found


def facts_of_history(heads: Mapping[str, int]) -> dict[str, dict[str, str]]:
    """What the history up to these rows says of entries and letters: subject -> fact -> value."""
    from journal.book import filled
    from journal.history import WHY, canonical
    from journal.models import HistoryValue

    found: dict[str, dict[str, str]] = {}
    values = HistoryValue.objects.exclude(field=WHY)
    for office, seq, subject, name, new in values.order_by("history").values_list(
        "history__office__key", "history__seq", "history__subject", "field", "new"
    ):
        known = subject.startswith(("entry:", "document:"))
        if known and seq <= heads.get(office, 0):
            found.setdefault(subject, {})[name] = canonical(filled(new))
    return found


def facts_of_entries() -> dict[str, dict[str, str]]:
    """What the rows themselves say of every entry and letter."""
    from journal.book import document_facts, filled
    from journal.comparing import _entry_facts, _wholes
    from journal.history import canonical
    from journal.models import Document, Entry

    wholes = _wholes(list(Entry.objects.select_related("office", "case")))
    facts = {f"entry:{whole.entry.pk}": _entry_facts(whole) for whole in wholes}
    facts |= {f"document:{row.pk}": document_facts(row) for row in Document.objects.all()}
    return {
        subject: {name: canonical(filled(value)) for name, value in known.items()}
        for subject, known in facts.items()
    }


def without_nothing(facts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """The same without facts that say nothing; one that is absent is one of them."""
    return {
        subject: {name: value for name, value in known.items() if value != "null"}
        for subject, known in facts.items()
    }
