"""What a kind of document is: when it is due, who issues it, to whom it goes, what it needs.

A kind is a module of its own below :mod:`generators`, listed in :mod:`generators.kinds`; its text is
a template that a clerk may edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Protocol, runtime_checkable

from generators.letterhead import Addressee, Form, Requisites
from generators.to_fill import to_fill
from journal.cards import EntryCard
from rules.details import Details
from rules.series import Register

NumberedIn = Register | Literal[""]
"""The register that gives a document its number; "" where it has none."""

Issuer = Literal["keeper", "assessor"]
"""``keeper``: the office that keeps the journal; ``assessor``: ЦСС."""

ASSESSOR = "css"
"""Key of the office or partner that assesses needs (п. 18)."""


class Addressed(NamedTuple):
    """One letter of a kind: ``key`` tells it from the others of its entry, "" where it is alone."""

    key: str
    addressee: Addressee


@dataclass(frozen=True, slots=True)
class Body:
    """Somebody official whom letters go to: a partner of the configuration, or an office.

    Attributes:
        kind: ``police``, ``cpmsd`` (ЦПМСД), ``mayor``, ``shelter``, ``services`` …; of an office
            its key.
        name: in the nominative, as it writes itself.
    """

    key: str
    kind: str
    addressee: Addressee
    name: str = ""


@dataclass(frozen=True, slots=True)
class Directory:
    """Whom the configuration knows, and what a clerk has told of whom to write to.

    Attributes:
        told: what a clerk has told of the document, by the DETAILS of its kind.
    """

    bodies: tuple[Body, ...] = ()
    told: Mapping[str, Any] = field(default_factory=dict)

    def of_kind(self, kind: str, instead: str) -> list[Addressed]:
        """Every body of a kind, one letter each.

        Where the configuration names none, one letter is drafted all the same, with a place to fill
        in: nobody may approve it before, so none is left out in silence.

        Args:
            kind: of the bodies.
            instead: what is missing, in words: «орган поліції».
        """
        found = [Addressed(body.key, body.addressee) for body in self.bodies if body.kind == kind]
        told = f'{instead}: впишіть [[partner]] з kind = "{kind}"'
        return found or [Addressed(kind, Addressee(lines=(to_fill(told),)))]


class Kind(Protocol):
    """What a module of one kind of document offers.

    Attributes:
        KIND: its name, which is also its template's.
        WORDS: what it is, for a clerk.
        LAW: the point of the Порядок.
        REGISTER: where it gets its number; "": a paper for the case file, without one.
        FORM: how it is laid out.
        ISSUER: whose paper it is.
        AUTOMATIC: drafted by itself as soon as it is needed; otherwise a clerk asks for it.
        DETAILS: what a clerk tells when asking for it (``opika draft KIND N КЛЮЧ=ЗНАЧЕННЯ``). The
            keys are values of the template, so that a document drafted anew still knows them.
        VARIABLES: the values of its template, and what each of them is.
    """

    KIND: str
    WORDS: str
    LAW: str
    REGISTER: NumberedIn
    FORM: Form
    ISSUER: Issuer
    AUTOMATIC: bool
    DETAILS: Details
    VARIABLES: Mapping[str, str]

    def needed(self, card: EntryCard) -> bool:
        """Whether the law asks for it at this stage of the entry."""
        ...

    def addressees(self, card: EntryCard, directory: Directory) -> Sequence[Addressed]:
        """One document each; of a paper without an addressee exactly one, with empty lines."""
        ...

    def context(
        self, card: EntryCard, requisites: Requisites, told: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The values of its template, named as in VARIABLES, JSON-ready.

        Args:
            card: the entry as it stands now.
            requisites: what stands round the text.
            told: what a clerk has told, checked by DETAILS.
        """
        ...


@runtime_checkable
class Decides(Protocol):
    """A kind by which a step of the work is decided: none is drafted before the law allows it.

    Attributes:
        EVENT: the step, one of :data:`rules.casework.KINDS`.
    """

    EVENT: str


NOBODY = (Addressed("", Addressee(lines=())),)
"""The «addressees» of a paper that has none."""
