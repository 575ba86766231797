"""What stands round the text of a document: whose it is, to whom, who signs it on that day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from generators.kind import ASSESSOR, Addressed, Body, Directory, Kind
from generators.letterhead import Addressee, Executor, Letterhead, Requisites
from generators.naming import Names
from journal.cards import EntryCard
from opika.config import Config, Office, Partner
from opika.pipeline import Pipeline
from opika.rulebook import services_of


def issuer_of(config: Config, card: EntryCard, kind: Kind) -> str | None:
    """Key of the office whose paper a kind is; None where the configuration has no such office."""
    if kind.ISSUER == "keeper":
        return card.office
    return next((office.key for office in config.office if office.key == ASSESSOR), None)


def addressees(
    config: Config, card: EntryCard, kind: Kind, told: Mapping[str, Any]
) -> Sequence[Addressed]:
    """To whom documents of a kind go about an entry, one document each.

    Args:
        config: of the office.
        card: the entry.
        kind: of the documents.
        told: what a clerk has told of them.
    """
    return kind.addressees(card, directory(config, told))


def directory(config: Config, told: Mapping[str, Any]) -> Directory:
    """Everybody official whom the configuration knows; what it says of a partner goes first."""
    names = _names()
    partners = {one.key: one for one in config.partner}
    offices = [
        Body(one.key, one.key, _addressee(partners.pop(one.key, one), names), one.name)
        for one in config.office
    ]
    others = [
        Body(one.key, one.kind or one.key, _addressee(one, names), one.name)
        for one in partners.values()
    ]
    return Directory((*offices, *others), told)


def requisites(pipeline: Pipeline, issuer: str, addressee: Addressee) -> Requisites:
    """The requisites of a document that is drafted today."""
    office = pipeline.config.office_of(issuer)
    today = pipeline.clock().date()
    executor = office.executor
    return Requisites(
        issuer=letterhead(office, today),
        addressee=addressee,
        dated=today,
        executor=Executor(executor.name, executor.phone) if executor else None,
        procedure=pipeline.config.opika.procedure,
        names=_names(),
        services=services_of(pipeline.config),
    )


def letterhead(office: Office, today: date) -> Letterhead:
    """An office's head; on the days of an acting head («в. о.») that person signs."""
    head = office.head_on(today)
    return Letterhead(
        name=office.parent or office.name,
        unit=office.name if office.parent else "",
        address=office.address,
        phone=office.phone,
        email=office.email or "",
        head_name=head.name if head else "",
        head_position=head.position if head else "",
        place=office.place,
    )


def _names() -> Names:
    from journal.name_forms import ConfirmedForms  # late: it needs an opened journal

    return Names(ConfirmedForms())


def _addressee(body: Partner | Office, names: Names) -> Addressee:
    """To whom a letter goes, in the dative: as the configuration says it, else by the rules."""
    to = body.name_dative or names.official(body.name, "dat")
    return Addressee(lines=(to,), address=body.address, email=body.email or "")
