"""One invented notice: what is written on the form, and the truth that a reader should find."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from . import bodies
from .people import Subject, name_subject, new_family
from .places import write_address, write_short_address
from .stories import DETECTED, EXTRAS, KINDS, STORIES
from .writing import Clock, write_date, write_number, write_phone, write_time

OFFICIAL = ("school", "kinder", "med", "police", "starosta", "css")
BOX_OF = {
    "self": "self",
    "relatives": "relatives",
    "neighbour": "neighbours",
    "anon": "anonymous",
    "police": "other",
}


@dataclass(frozen=True)
class Day:
    """A date as written and as the truth names it; both None where the field is empty."""

    written: str | None = None
    iso: str | None = None


def _read(written: str) -> str:
    """What a reader takes from it: the underscores in «_7_» are the line below the figure."""
    return written.replace("_", "")


@dataclass(frozen=True)
class Facts:
    """What somebody wrote on the form, field by field; None or empty: the field was left blank."""

    kind: str
    threat: bool | None
    subject: Subject
    address: str | None
    content: str
    detected_on: str | None
    outgoing: Day
    outgoing_number: str | None
    incoming: Day
    incoming_number: str | None
    sender_lines: tuple[str, ...]
    sender_email: str | None
    sender_phone: str | None
    recipient: str | None
    registered: Day
    registered_number: str | None
    received_via: str | None
    reporter: str | None
    reporter_kinds: tuple[str, ...]
    basis: str | None
    measures_taken: str | None
    enclosures: str | None
    accepted_by: str | None
    accepted: Day
    accepted_time: Clock | None

    def truth(self, name: str) -> dict[str, object]:
        """The form's entry in forms.json."""
        return {
            "id": name,
            "form": "dodatok-1",
            "outgoing_date": self.outgoing.iso,
            "outgoing_number": self.outgoing_number,
            "incoming_date": self.incoming.iso,
            "incoming_number": self.incoming_number,
            "sender": " ".join(self.sender_lines) or None,
            "sender_email": self.sender_email,
            "sender_phone": self.sender_phone,
            "recipient": self.recipient,
            "registered_number": self.registered_number,
            "registered_date": self.registered.iso,
            "received_via": self.received_via,
            "subject": _read(self.subject.text),
            "persons": [person.truth() for person in self.subject.persons],
            "address": self.address,
            "content": _read(self.content),
            "detected_on": self.detected_on,
            "reporter": self.reporter,
            "reporter_kinds": list(self.reporter_kinds),
            "basis": self.basis and _read(self.basis),
            "measures_taken": self.measures_taken,
            "enclosures": self.enclosures,
            "accepted_by": self.accepted_by,
            "accepted_date": self.accepted.iso,
            "accepted_time": self.accepted_time.iso if self.accepted_time else None,
            "kind": self.kind,
            "threat": self.threat,
        }


@dataclass(frozen=True)
class Inventor:
    """Makes the fields of one notice."""

    rng: Random
    part: str
    today: date

    def chance(self, share: float) -> bool:
        """True in the given share of cases."""
        return self.rng.random() < share

    def day(self, share: float, shift: int = 0, *, slashed: bool = False) -> Day:
        """A date, or an empty field."""
        if not self.chance(share):
            return Day()
        day = self.today + timedelta(days=shift)
        return Day(write_date(self.rng, self.part, day, slashed=slashed), day.isoformat())

    def number(self, share: float, *, incoming: bool = False) -> str | None:
        """A number, or an empty field."""
        if not self.chance(share):
            return None
        return write_number(self.rng, self.part, incoming=incoming)

    def outgoing_number(self, share: float) -> str | None:
        """The sender's number; some write that there is none, «б/н»."""
        number = self.number(share)
        return "б/н" if number and self.part == "fresh" and self.chance(0.1) else number

    def sender(self, kind: str) -> tuple[tuple[str, ...], str | None, str | None]:
        """The sender's lines, with the mail address and the phone that stand in them."""
        if kind not in OFFICIAL or self.chance(0.05):
            return (), None, None
        rng, part = self.rng, self.part
        lines = [rng.choice(bodies.BODIES[part][kind])]
        mail = bodies.sender_mail(rng, part) if self.chance(0.5) else None
        phone = write_phone(rng, part) if self.chance(0.6) else None
        if self.chance(0.7):
            lines.append(write_short_address(rng, part))
        contacts = []
        if mail:
            contacts.append(rng.choice(bodies.MAIL_LABELS[part]).format(mail))
        if phone:
            contacts.append(rng.choice(bodies.PHONE_LABELS[part]).format(phone))
        if self.chance(0.4):
            contacts.reverse()
        return (*lines, *contacts), mail, phone

    def story(self, kind: str, *, long: bool) -> tuple[list[str], bool | None]:
        """The notice's sentences and its threat; a long one adds what threatens nobody."""
        rng, part = self.rng, self.part
        story = rng.choice(STORIES[part][kind])
        if not long:
            return [
                story.text,
                *rng.sample(EXTRAS[part], rng.choice((0, 0, 1, 1, 2))),
            ], story.threat
        calm = [s.text for k in OFFICIAL for s in STORIES[part][k] if s.threat is False]
        more = rng.sample(calm, min(len(calm), 9)) + list(EXTRAS[part])
        return [story.text, *more], story.threat

    def content(self, kind: str, *, long: bool) -> tuple[str, bool | None, str | None]:
        """The notice's text, its threat, the date of detection named in it."""
        rng, part = self.rng, self.part
        sentences, threat = self.story(kind, long=long)
        if not self.chance(0.55):
            return " ".join(sentences), threat, None
        day = self.today - timedelta(days=rng.randint(0, 4))
        words = rng.choice(DETECTED[part]).format(write_date(rng, part, day)).replace("..", ".")
        sentences.insert(0 if self.chance(0.2) else len(sentences), words)
        return " ".join(sentences), threat, day.isoformat()

    def kinds(self, kind: str) -> tuple[str, ...]:
        """The boxes that the reporter ticks: sometimes none, sometimes two."""
        if self.chance(0.08):
            return ()
        first = BOX_OF.get(kind, "social_work_body")
        if self.chance(0.05) and kind in OFFICIAL:
            return tuple(sorted({first, "other"}, key=("social_work_body", "other").index))
        return (first,)

    def reporter(self, kind: str) -> str | None:
        """Who reports; anonymous notices name nobody."""
        if kind == "anon":
            return self.rng.choice(
                (
                    None,
                    None,
                    {
                        "tune": "анонімний дзвінок",
                        "aside": "особа не назвалася",
                        "fresh": "заявниця побажала лишитися невідомою",
                    }[self.part],
                )
            )
        if self.chance(0.08):
            return None
        family = new_family(self.rng, self.part, self.today)
        name = family.full_name(woman=self.chance(0.8), short=self.chance(0.15))
        return bodies.write_reporter(self.rng, self.part, kind, name)

    def basis(self) -> str | None:
        """On what ground: a visit, a raid, a call."""
        if self.chance(0.3):
            return None
        pattern = self.rng.choice(bodies.BASES[self.part])
        return pattern.format(date=write_date(self.rng, self.part, self.today))

    def measures(self) -> str | None:
        """What was done: nothing, or one to two measures."""
        if self.chance(0.2):
            return None
        chosen = self.rng.sample(bodies.MEASURES[self.part], self.rng.choice((1, 1, 2)))
        return " ".join(chosen)


def invent(
    rng: Random,
    part: str,
    *,
    kind: str | None = None,
    today: date | None = None,
    long: bool = False,
) -> Facts:
    """One notice of the part's people, words and ways of writing."""
    kind = kind or rng.choice(KINDS)
    today = today or date(2026, 1, 5) + timedelta(days=rng.randint(0, 320))
    inventor = Inventor(rng, part, today)
    content, threat, detected = inventor.content(kind, long=long)
    lines, mail, phone = inventor.sender(kind)
    oral = kind not in OFFICIAL
    official = 0.85 if lines else 0.1
    via = rng.choice(("oral", "phone") if oral else ("written", "written", "written", "phone"))
    taken = rng.random() < (0.7 if oral else 0.2)
    return Facts(
        kind=kind,
        threat=threat,
        subject=name_subject(new_family(rng, part, today, kind), kind),
        address=write_address(rng, part) if inventor.chance(0.93) else None,
        content=content,
        detected_on=detected,
        outgoing=inventor.day(official),
        outgoing_number=inventor.outgoing_number(official),
        incoming=inventor.day(0.35, 1),
        incoming_number=inventor.number(0.35, incoming=True),
        sender_lines=lines,
        sender_email=mail,
        sender_phone=phone,
        recipient=rng.choice(bodies.RECIPIENTS[part]) if inventor.chance(0.8) else None,
        registered=inventor.day(0.35, 1, slashed=inventor.chance(0.7)),
        registered_number=inventor.number(0.35),
        received_via=via if inventor.chance(0.85) else None,
        reporter=inventor.reporter(kind),
        reporter_kinds=inventor.kinds(kind),
        basis=inventor.basis(),
        measures_taken=inventor.measures(),
        enclosures=bodies.write_enclosures(rng, part) if inventor.chance(0.5) else None,
        accepted_by=bodies.write_accepted(rng, part, inventor.chance(0.3)) if taken else None,
        accepted=inventor.day(0.8 if taken else 0.05),
        accepted_time=write_time(rng, part) if inventor.chance(0.7 if taken else 0.03) else None,
    )


# What is written on the empty form: nothing.
BLANK = Facts(
    kind="",
    threat=None,
    subject=Subject(""),
    address=None,
    content="",
    detected_on=None,
    outgoing=Day(),
    outgoing_number=None,
    incoming=Day(),
    incoming_number=None,
    sender_lines=(),
    sender_email=None,
    sender_phone=None,
    recipient=None,
    registered=Day(),
    registered_number=None,
    received_via=None,
    reporter=None,
    reporter_kinds=(),
    basis=None,
    measures_taken=None,
    enclosures=None,
    accepted_by=None,
    accepted=Day(),
    accepted_time=None,
)
