"""What clerks have confirmed of the language: a name, position or body in one case, once for all.

It belongs to no entry, so it has no row of history: the table itself says who confirmed and when.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from journal.database import writing
from journal.models import Document, DocumentState, Entry, NameForm
from opika.errors import JournalError, NotFoundError
from rules.names import CASE_WORDS, doubt
from rules.text import tidy

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class NameFormCard:
    """A confirmed form; ``case``: a key of :data:`rules.names.CASE_WORDS`."""

    name: str
    case: str
    form: str
    confirmed_by: str
    confirmed_at: datetime


class ConfirmedForms(Mapping[tuple[str, str], str]):
    """(name in the nominative, case) -> the confirmed form; each is looked up when it is asked for."""

    def __getitem__(self, key: tuple[str, str]) -> str:
        form = NameForm.objects.filter(name=key[0], case=key[1]).values_list("form", flat=True)
        if not form:
            raise KeyError(key)
        return form[0]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(NameForm.objects.order_by("name", "case").values_list("name", "case"))

    def __len__(self) -> int:
        return NameForm.objects.count()


def confirm(name: str, case: str, form: str, *, now: datetime, actor: str) -> int:
    """Hold a name's form in a case to be right, also in place of one that was confirmed before.

    Drafts that were unsure of it, or have the former one, are drafted anew.

    Args:
        name: in the nominative, as documents write it.
        case: a key of :data:`rules.names.CASE_WORDS`.
        form: the name in that case.
        now: the moment.
        actor: who says so.

    Returns:
        How many drafts are to be drafted anew.

    Raises:
        JournalError: the case is unknown, or name or form is empty or too long.
    """
    name, form = _checked(name, case), _checked(form, case)
    with writing():
        former = ConfirmedForms().get((name, case), "")
        said = {"form": form, "confirmed_by": actor[:150], "confirmed_at": now}
        NameForm.objects.update_or_create(name=name, case=case, defaults=said)
        return 0 if former == form else _draft_anew(doubt(name, case), former, now)


def forget(name: str, case: str | None = None, *, now: datetime) -> int:
    """Let the rules decide again; drafts with the forgotten forms are drafted anew.

    Args:
        name: in the nominative.
        case: only this one; None: all.
        now: the moment.

    Returns:
        How many forms are forgotten.

    Raises:
        NotFoundError: none is confirmed.
    """
    with writing():
        rows = NameForm.objects.filter(name=tidy(name))
        found = list(rows.filter(case=case) if case else rows)
        for row in found:
            row.delete()
            _draft_anew("", row.form, now)
    if not found:
        raise NotFoundError(
            "no such form",
            clerk_message="Такої форми серед підтверджених немає (див. opika name list).",
        )
    return len(found)


def forms(name: str | None = None) -> list[NameFormCard]:
    """What is confirmed, by name and case.

    Args:
        name: only of names in which this occurs, whatever its capitals; None: of all.
    """
    wanted = tidy(name or "").casefold()
    return [
        NameFormCard(row.name, row.case, row.form, row.confirmed_by, localtime(row.confirmed_at))
        for row in NameForm.objects.order_by("name", "case")
        if wanted in row.name.casefold()
    ]


def forget_names_in(values: Any) -> int:
    """Forget the names that stand in what is erased; the caller's transaction erases it.

    That somebody else of the same name needs them still costs no more than to confirm them again.

    Args:
        values: texts, lists and mappings of texts.

    Returns:
        How many forms are forgotten.
    """
    said = "\n".join(tidy(text).casefold() for text in _texts(values))
    gone = [row.pk for row in NameForm.objects.all() if _occurs(row, said)]
    return NameForm.objects.filter(pk__in=gone).delete()[0]


def _occurs(row: NameForm, said: str) -> bool:
    return any(form.casefold() in said for form in (row.name, row.form))


def _checked(text: str, case: str) -> str:
    found = tidy(text)
    if case not in CASE_WORDS:
        cases = ", ".join(f"{key} ({word})" for key, word in CASE_WORDS.items())
        raise JournalError("no such case", clerk_message=f"Відмінки: {cases}.")
    if not any(map(str.isalpha, found)) or len(found) > _LONGEST:
        raise JournalError(
            "not a name", clerk_message=f"Ім’я має бути словами, до {_LONGEST} знаків."
        )
    return found


def _draft_anew(mark: str, former: str, now: datetime) -> int:
    """Have those drafts made again in which one of the two stands; "" stands nowhere."""
    looked_for = [text for text in (mark, former) if text]
    drafts = Document.objects.filter(state=DocumentState.DRAFT)
    if not looked_for:
        return 0
    found = [
        (pk, entry)
        for pk, entry, context in drafts.values_list("pk", "entry", "context").iterator(200)
        if any(text in said for said in _texts(context) for text in looked_for)
    ]
    Document.objects.filter(pk__in=[pk for pk, _ in found]).update(stale_at=now)
    Entry.objects.filter(pk__in={entry for _, entry in found}).update(
        drafted_at=None, draft_next_try_at=None, draft_attempts=0
    )
    return len(found)


def _texts(values: Any) -> Iterator[str]:
    if isinstance(values, str):
        yield values
    elif isinstance(values, Mapping):
        for one in values.values():
            yield from _texts(one)
    elif isinstance(values, list | tuple):
        for one in values:
            yield from _texts(one)
