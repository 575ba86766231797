"""Whom letters may go to: an address counts once a second person has confirmed it.

A letter about a child that goes to a mistyped or forged address cannot be called back; so no one
person can make an address good.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from journal.database import writing
from journal.history import Act, hold, record
from journal.models import Contact, Office
from journal.texts import fit
from opika.errors import JournalError, NotFoundError

_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}"
)
_LONGEST_ADDRESS = 254


@dataclass(frozen=True, slots=True)
class ContactCard:
    """An address in the register; ``state``: "proposed", "confirmed" or "withdrawn"."""

    id: int
    office: str
    name: str
    email: str
    state: str
    proposed_by: str
    proposed_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None


def address(email: str) -> str:
    """The address as the register spells it.

    Raises:
        JournalError: it is no address that a letter could be sent to.
    """
    found = email.strip().lower()
    if not (_ADDRESS.fullmatch(found) and len(found) <= _LONGEST_ADDRESS):
        raise JournalError(
            "not an address",
            clerk_message="Це не адреса електронної пошти. Пишіть її латинськими літерами, "
            "наприклад shkola@example.org.",
        )
    return found


def propose(office: str, name: str, email: str, *, now: datetime, actor: str) -> int:
    """Put a new address into an office's register, to be confirmed by another person.

    Raises:
        JournalError: it is no address, or stands there already.
    """
    act, spelt = Act(actor, now), address(email)
    with writing():
        held = hold(Office.objects.only("pk").get(key=office).pk)
        if Contact.objects.filter(office=held, email=spelt, withdrawn_at__isnull=True).exists():
            raise JournalError(
                "address is there", clerk_message="Ця адреса вже є (див. opika contact list)."
            )
        row = Contact.objects.create(
            office=held,
            name=fit(name.strip(), 300),
            email=spelt,
            proposed_by=actor[:150],
            proposed_at=now,
        )
        _record(row, held, "proposed", act, {"contact": (None, [row.name, row.email])})
        return row.pk


def confirm(contact_id: int, *, now: datetime, actor: str) -> None:
    """A second person says yes to an address; confirmed again it stays as it is.

    Raises:
        JournalError: the actor proposed it, or it is withdrawn.
        NotFoundError: there is no such contact.
    """
    with writing():
        row, office = _held(contact_id)
        if row.confirmed_at:
            return
        if row.proposed_by == actor[:150]:
            raise JournalError(
                "proposer may not confirm",
                clerk_message=f"Адресу запропоновано цим самим користувачем системи ({actor}). "
                "Підтвердити її має інша особа, увійшовши під власним ім’ям користувача.",
            )
        row.confirmed_by, row.confirmed_at = actor[:150], now
        row.save()
        _record(row, office, "confirmed", Act(actor, now), {"confirmed_by": (None, actor)})


def withdraw(contact_id: int, *, why: str, now: datetime, actor: str) -> None:
    """Letters go to this address no more; its row stays.

    Raises:
        JournalError: it is withdrawn already.
        NotFoundError: there is no such contact.
    """
    with writing():
        row, office = _held(contact_id)
        row.withdrawn_at = now
        row.save()
        _record(row, office, "withdrawn", Act(actor, now, why.strip()), {})


def is_confirmed(office: str, email: str) -> bool:
    """Whether letters of the office may go to the address."""
    rows = Contact.objects.filter(office__key=office, email=email, withdrawn_at__isnull=True)
    return rows.filter(confirmed_at__isnull=False).exists()


def contacts(office: str | None = None, *, all: bool = False) -> list[ContactCard]:
    """The register, by office and address.

    Args:
        office: key of the office; None: of all.
        all: those withdrawn, too.
    """
    rows = Contact.objects.select_related("office").order_by("office__key", "email", "pk")
    if office is not None:
        rows = rows.filter(office__key=office)
    if not all:
        rows = rows.filter(withdrawn_at__isnull=True)
    return [_card(row) for row in rows]


def _card(row: Contact) -> ContactCard:
    state = "confirmed" if row.confirmed_at else "proposed"
    return ContactCard(
        id=row.pk,
        office=row.office.key,
        name=row.name,
        email=row.email,
        state="withdrawn" if row.withdrawn_at else state,
        proposed_by=row.proposed_by,
        proposed_at=localtime(row.proposed_at),
        confirmed_by=row.confirmed_by,
        confirmed_at=row.confirmed_at and localtime(row.confirmed_at),
    )


def _held(contact_id: int) -> tuple[Contact, Office]:
    rows = Contact.objects.filter(pk=contact_id)
    office_id = rows.values_list("office", flat=True).first()
    if office_id is None:
        raise NotFoundError("no such contact", clerk_message="Адреси з таким номером немає.")
    office = hold(office_id)
    row = rows.get()
    if row.withdrawn_at:
        raise JournalError(
            "contact is withdrawn",
            clerk_message="Цю адресу вилучено. Щоб повернути її, додайте її знову.",
        )
    return row, office


def _record(row: Contact, office: Office, action: str, act: Act, changes: dict[str, Any]) -> None:
    record(office, action, f"contact:{row.pk}", act, changes=changes)
