"""A held-out notice: what somebody would write on the form, and its truth."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from .facts import OFFICIAL, Day, Facts
from .heldout_people import Family, subject_of
from .heldout_words import Words, date_words, some_clock, some_day
from .open_words import OPEN
from .prints_words import PRINTS
from .sealed_words import SEALED

WORDS: dict[str, Words] = {"open": OPEN, "sealed": SEALED, "prints": PRINTS}
KINDS = (
    ("school",) * 6 + ("kinder", "kinder", "med", "med", "med", "police", "police", "starosta")
    + ("starosta", "css", "self", "relatives", "neighbour", "neighbour", "anon")
)  # fmt: skip
BOX_OF = {
    "self": "self",
    "relatives": "relatives",
    "neighbour": "neighbours",
    "anon": "anonymous",
}


class Inventor:
    """Invents the fields of one notice."""

    def __init__(self, rng: Random, part: str, kind: str, today: date) -> None:
        self.rng, self.kind, self.today = rng, kind, today
        self.words = WORDS[part]
        self.part = part
        self.dates = rng.sample(self.words.dates, 2)  # one typist writes dates in few ways

    def chance(self, share: float) -> bool:
        """True in the given share of cases."""
        return self.rng.random() < share

    def day(self, share: float, later: int = 0) -> Day:
        """A date, or an empty field."""
        return some_day(self.rng, tuple(self.dates), self.today + timedelta(days=later), share)

    def mark(self, share: float) -> Day:
        """The date of the registration mark, whose pattern is дд/мм/рррр."""
        patterns = (*self.words.marks_dates, *self.dates)
        return some_day(self.rng, patterns, self.today + timedelta(days=1), share)

    def number(self, share: float, patterns: tuple[str, ...]) -> str | None:
        """A number, or an empty field."""
        if not self.chance(share):
            return None
        pattern = self.rng.choice(patterns)
        return pattern.format(n=self.rng.randint(1, 990), k=self.rng.randint(2, 29))

    def address(self) -> str:
        """Where somebody lives."""
        rng = self.rng
        house = f"{rng.randint(1, 130)}{rng.choice(('', '', '', 'А', 'б', '-В'))}"
        return rng.choice(self.words.addresses).format(
            v=rng.choice(self.words.villages),
            s=rng.choice(self.words.streets),
            h=house,
            k=rng.randint(1, 70),
        )

    def phone(self) -> str:
        """A telephone number whose subscriber's part begins with zeros."""
        pattern = self.rng.choice(self.words.phones)
        return pattern.format(a=self.rng.randint(0, 99), b=self.rng.randint(0, 99))

    def sender(self) -> tuple[tuple[str, ...], str | None, str | None]:
        """The sender's lines, the mail address and the phone in them."""
        if self.kind not in OFFICIAL or self.chance(0.06):
            return (), None, None
        rng, words = self.rng, self.words
        lines = [rng.choice(words.bodies[self.kind])]
        mail = phone = None
        if self.chance(0.65):
            lines.append(
                f"{rng.choice(words.villages)}, {rng.choice(words.streets)}, {rng.randint(1, 90)}"
            )
        contacts = []
        if self.chance(0.65):
            phone = self.phone()
            contacts.append(rng.choice(words.phone_labels).format(phone))
        if self.chance(0.55):
            mail = f"{rng.choice(words.mail_names)}@{rng.choice(words.mail_hosts)}"
            contacts.append(rng.choice(words.mail_labels).format(mail))
        if len(contacts) == 2 and self.chance(0.3):
            contacts = [", ".join(contacts)]
        return (*lines, *contacts), mail, phone

    def content(self, *, long: bool) -> tuple[str, bool | None, str | None]:
        """The text, whether it tells of a threat, and the date of detection that it names."""
        rng, words = self.rng, self.words
        story = rng.choice(words.stories[self.kind])
        extras = list(words.extras)
        if long:
            calm = [s.text for k in OFFICIAL for s in words.stories[k] if s.threat is False]
            sentences = [story.text, *rng.sample(calm, min(7, len(calm))), *extras]
        else:
            sentences = [story.text, *rng.sample(extras, rng.choice((0, 0, 1, 2)))]
        day = self.today - timedelta(days=rng.randint(0, 3))
        written = date_words(rng.choice(self.dates), day)
        if self.chance(0.12):
            other = date_words(rng.choice(self.dates), day - timedelta(days=40))
            sentences.append(rng.choice(words.other_dates).format(other).replace("..", "."))
        if not self.chance(0.5):
            return " ".join(sentences), story.threat, None
        named = rng.choice(words.detected).format(written).replace("..", ".")
        sentences.insert(rng.choice((0, len(sentences), len(sentences))), named)
        return _joined(sentences), story.threat, day.isoformat()

    def reporter(self) -> str | None:
        """Who reports; anonymous notices name nobody."""
        if self.kind == "anon" or self.chance(0.07):
            return None
        family = Family(self.rng, self.words, self.today)
        woman = self.chance(0.8)
        name = family.initials(woman) if self.chance(0.15) else family.name(woman)
        return self.rng.choice(self.words.posts[self.kind]).format(name)

    def kinds(self) -> tuple[str, ...]:
        """The boxes that the reporter ticks."""
        if self.chance(0.06):
            return ()
        if self.kind in OFFICIAL and self.chance(0.06):
            return ("other",)
        return (BOX_OF.get(self.kind, "social_work_body"),)

    def receiver(self) -> str:
        """Who took an oral notice."""
        name = Family(self.rng, self.words, self.today).name(self.chance(0.9))
        return self.rng.choice(self.words.receivers).format(name)

    def measures(self) -> str:
        """What was done, a sentence each."""
        chosen = self.rng.sample(self.words.measures, self.rng.choice((1, 1, 2, 3)))
        return _joined(chosen)

    def listed(self, items: tuple[str, ...], most: int, marks: tuple[str, ...]) -> str:
        """Some of the items in one line."""
        return self.rng.choice(marks).join(self.rng.sample(items, self.rng.randint(1, most)))


def _joined(sentences: list[str]) -> str:
    """The sentences one behind the other, a full stop between a phrase and a new sentence."""
    closed = [s if s[-1] in ".!?)»;" or n == len(sentences) - 1 else s + "." for n, s in enumerate(sentences)]  # fmt: skip
    return " ".join(closed)


def invent(rng: Random, part: str, *, long: bool = False, kind: str = "") -> Facts:
    """One notice of the part."""
    kind = kind or rng.choice(KINDS)
    today = date(2026, 1, 8) + timedelta(days=rng.randint(0, 310))
    maker = Inventor(rng, part, kind, today)
    words = maker.words
    oral = kind not in OFFICIAL
    content, threat, detected = maker.content(long=long)
    lines, mail, phone = maker.sender()
    sent = 0.88 if lines else 0.08
    via = rng.choice(("oral", "phone") if oral else ("written", "written", "written", "phone"))
    taken = maker.chance(0.75 if oral else 0.15)
    in_day = maker.day(0.3, 1)
    basis = rng.choice(words.bases).format(date=date_words(maker.dates[0], today))
    return Facts(
        kind=kind,
        threat=threat,
        subject=subject_of(rng, part, words, kind, today),
        address=maker.address() if maker.chance(0.92) else None,
        content=content,
        detected_on=detected,
        outgoing=maker.day(sent),
        outgoing_number=maker.number(sent, words.numbers),
        incoming=in_day,
        incoming_number=maker.number(0.9 if in_day.iso else 0.05, words.incoming_numbers),
        sender_lines=lines,
        sender_email=mail,
        sender_phone=phone,
        recipient=rng.choice(words.recipients) if maker.chance(0.82) else None,
        registered=maker.mark(0.35),
        registered_number=maker.number(0.35, words.incoming_numbers),
        received_via=via if maker.chance(0.87) else None,
        reporter=maker.reporter(),
        reporter_kinds=maker.kinds(),
        basis=basis if maker.chance(0.7) else None,
        measures_taken=maker.measures() if maker.chance(0.8) else None,
        enclosures=maker.listed(words.enclosures, 3, (", ", "; ")) if maker.chance(0.5) else None,
        accepted_by=maker.receiver() if taken else None,
        accepted=maker.day(0.85 if taken else 0.05),
        accepted_time=some_clock(rng, words.times) if taken and maker.chance(0.75) else None,
    )
