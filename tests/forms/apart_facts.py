"""A notice of the part ``apart``: what one sender wrote on the form, and its truth.

A line break in a value parts two paragraphs of it; the truth has one space there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from . import apart_words as words
from .apart_stories import STORIES
from .facts import BOX_OF, OFFICIAL, Day, Facts
from .heldout_words import age_words, date_words, some_clock
from .people import Person, Subject
from .writing import years_word

KINDS = (
    *OFFICIAL, "school", "school", "school", "kinder", "med", "med", "starosta", "self",
    "relatives", "neighbour", "anon",
)  # fmt: skip
CHILDREN = {"kinder": (2, 6), "med": (1, 16)}
TAILS = (" року", " р.", "р.")


class Notice(Facts):
    """A notice whose values may have several paragraphs."""

    def truth(self, name: str) -> dict[str, object]:
        """The form's entry in forms.json, every value in one line."""
        entry = super().truth(name)
        return {key: " ".join(v.split()) if isinstance(v, str) else v for key, v in entry.items()}


@dataclass
class Sender:
    """Somebody who fills in the form: one way of writing dates, one family to write about."""

    rng: Random
    kind: str
    today: date

    def __post_init__(self) -> None:
        """The sender's habits and the family's name."""
        self.dates = self.rng.sample(words.DATES, 2)
        self.surname = self.rng.choice(words.SURNAMES)
        self.father = self.rng.choice(words.FATHERS)
        self.born, self.years = self.rng.choice(words.BIRTHS), self.rng.choice(words.AGES)
        self.join = self.rng.choice(words.JOINS)
        self.given = {
            True: self.rng.sample(words.GIRLS, len(words.GIRLS)),
            False: self.rng.sample(words.BOYS, len(words.BOYS)),
        }

    def chance(self, share: float) -> bool:
        """True in the given share of cases."""
        return self.rng.random() < share

    def day(self, share: float, later: int = 0) -> Day:
        """A date in the sender's way, or an empty field."""
        if not self.chance(share):
            return Day()
        day = self.today + timedelta(days=later)
        return Day(date_words(self.rng.choice(self.dates), day), day.isoformat())

    def mark(self, share: float) -> Day:
        """The clerk's date of registration: as the form asks for it, or in the clerk's way."""
        if not self.chance(share):
            return Day()
        day = self.today + timedelta(days=1)
        return Day(date_words(self.rng.choice(("{d:02}/{m:02}/{y}", "{d:02}.{m:02}.{y}")), day), day.isoformat())  # fmt: skip

    def number(self, share: float, patterns: tuple[str, ...]) -> str | None:
        """A number, or an empty field."""
        if not self.chance(share):
            return None
        return self.rng.choice(patterns).format(n=self.rng.randint(1, 700), k=self.rng.randint(10, 39))  # fmt: skip

    def child(self) -> Person:
        """A child of the family without an age."""
        woman = self.chance(0.5)
        return Person(f"{self.surname[woman]} {self.given[woman].pop()} {self.father[woman]}")

    def adult(self, *, woman: bool, alien: bool = False) -> Person:
        """A grown-up of the family, or (``alien``) somebody else."""
        surname = self.rng.choice(words.SURNAMES) if alien else self.surname
        father = self.rng.choice(words.FATHERS)
        return Person(f"{surname[woman]} {self.given[woman].pop()} {father[woman]}")

    def aged(self, person: Person, years: int | None = None) -> tuple[str, Person]:
        """The person with an age or a birth date, and the words for both."""
        low, high = CHILDREN.get(self.kind, (1, 17))
        years = years or self.rng.randint(low, high)
        born = self.today - timedelta(days=years * 365 + years // 4 + self.rng.randint(5, 350))
        written = date_words(self.rng.choice(self.dates), born)
        for tail in TAILS:
            written = written.removesuffix(tail)
        known = Person(person.name, born.isoformat(), None, person.also)
        counted = Person(person.name, None, years, person.also)
        way = self.rng.random()
        if way < 0.38:
            return self.join.format(name=person.name, age=self.born.format(written)), known
        if way < 0.74:
            said = age_words(self.years, years)
            return self.join.format(name=person.name, age=said), counted
        if way < 0.82:
            return self.join.format(name=person.name, age=f"{born.year} р.н."), person
        if way < 0.9:
            both = f"{written} р.н., {years} {years_word(years)}"
            return f"{person.name}, {both}", Person(person.name, born.isoformat(), years, person.also)  # fmt: skip
        months = self.rng.choice(("5 місяців", "11 міс", "2 міс."))
        if low < 3 and years < 18:
            return f"{person.name}, {months}", Person(person.name, None, 0, person.also)
        return f"{person.name}, повних {years} {years_word(years)}", counted

    def subject(self) -> Subject:
        """How this sender names whom the notice is about."""
        if self.kind == "self" and self.chance(0.6):
            text, person = self.aged(self.adult(woman=self.chance(0.8)), self.rng.randint(24, 48))
            return Subject(text, [person])
        if self.kind == "anon" and self.chance(0.5):
            return Subject(self.rng.choice(("сім’я, прізвища не знаю, двоє дітей", f"родина {self.surname[1]}")))  # fmt: skip
        return self.rng.choice(SUBJECTS)(self)


def one(sender: Sender) -> Subject:
    """One child."""
    text, person = sender.aged(sender.child())
    return Subject(text, [person])


def bare(sender: Sender) -> Subject:
    """A child whose age nobody wrote."""
    person = sender.child()
    return Subject(person.name, [person])


def three_habits(sender: Sender) -> Subject:
    """Three children, each one's age written in another way."""
    pieces, persons = [], []
    for n in range(3):
        person = sender.child()
        years = sender.rng.randint(2, 15)
        born = sender.today - timedelta(days=years * 365 + sender.rng.randint(20, 300))
        ways = (
            (f"{person.name} – {years} {years_word(years)}", Person(person.name, None, years)),
            (f"{person.name}, {born:%d.%m.%Y} р.н.", Person(person.name, born.isoformat())),
            (f"{person.name} ({born.year} р.н.)", person),
        )
        pieces.append(ways[n][0])
        persons.append(ways[n][1])
    return Subject("; ".join(pieces), persons)


def in_lines(sender: Sender) -> Subject:
    """A child a line, counted."""
    found = [sender.aged(sender.child()) for _ in range(sender.rng.randint(2, 3))]
    lines = [f"{n}) {text}" for n, (text, _) in enumerate(found, 1)]
    return Subject("\n".join(lines), [person for _, person in found])


def mother_first(sender: Sender) -> Subject:
    """The mother, then her child."""
    mother = sender.adult(woman=True)
    text, child = sender.aged(sender.child())
    lead = sender.rng.choice(("мати: {m}; дитина: {c}", "Мати – {m}, її дитина {c}", "{m} (мати), {c} (дитина)"))  # fmt: skip
    return Subject(lead.format(m=mother.name, c=text), [mother, child])


def family_of(sender: Sender) -> Subject:
    """The family's surname, the children by their first names."""
    found = []
    for _ in range(2):
        woman = sender.chance(0.5)
        name = sender.given[woman].pop()
        years = sender.rng.randint(3, 15)
        text = f"{name} ({years} {years_word(years)})"
        found.append((text, Person(name, None, years, (f"{sender.surname[woman]} {name}",))))
    joined = " і ".join(text for text, _ in found)
    return Subject(f"Сім’я {sender.surname[1]}, діти {joined}", [person for _, person in found])


def only_family(sender: Sender) -> Subject:
    """A family's surname and nothing more."""
    return Subject(sender.rng.choice(("багатодітна сім’я {}", "сім’я {}, 4 дітей")).format(sender.surname[1]))  # fmt: skip


def capitals(sender: Sender) -> Subject:
    """The surname in capitals."""
    person = sender.child()
    surname, rest = person.name.split(" ", 1)
    text, known = sender.aged(Person(f"{surname.upper()} {rest}"))
    return Subject(text, [known])


def short_name(sender: Sender) -> Subject:
    """Surname and given name, then the class."""
    woman = sender.chance(0.5)
    text, person = sender.aged(Person(f"{sender.surname[woman]} {sender.given[woman].pop()}"))
    form = sender.rng.choice(("7-Б клас", "4 кл.", "вих. гр. № 2"))
    return Subject(f"{text}, {form}", [person])


def two_surnames(sender: Sender) -> Subject:
    """Brother and sister of other fathers."""
    first = sender.aged(sender.child())
    second = sender.aged(sender.adult(woman=True, alien=True), sender.rng.randint(3, 16))
    return Subject(f"{first[0]} та {second[0]}", [first[1], second[1]])


SUBJECTS = (one,) * 6 + (
    bare, three_habits, three_habits, in_lines, mother_first, mother_first, family_of, only_family,
    capitals, short_name, two_surnames,
)  # fmt: skip


def _address(sender: Sender) -> str:
    rng = sender.rng
    house = f"{rng.randint(1, 140)}{rng.choice(('', '', '', 'а', '-Б', '/2'))}"
    spots = {"v": rng.choice(words.PLACES), "s": rng.choice(words.STREETS)}
    return rng.choice(words.ADDRESSES).format(h=house, k=rng.randint(11, 89), **spots)


def _sender(sender: Sender) -> tuple[tuple[str, ...], str | None, str | None]:
    """The sending body's lines, its mail address, its telephone."""
    rng = sender.rng
    if sender.kind not in OFFICIAL or sender.chance(0.05):
        return (), None, None
    lines = [rng.choice(words.BODIES[sender.kind])]
    mail = phone = None
    if sender.chance(0.6):
        lines.append(f"{rng.choice(words.PLACES)}, {rng.choice(words.STREETS)}, {rng.randint(1, 60)}")  # fmt: skip
    if sender.chance(0.6):
        phone = rng.choice(words.PHONES).format(a=rng.randint(0, 9), b=rng.randint(0, 99))
        lines.append(rng.choice(words.PHONE_LABELS).format(phone))
    if sender.chance(0.5):
        mail = f"{rng.choice(words.MAIL_NAMES)}@{rng.choice(words.MAIL_HOSTS)}"
        lines.append(rng.choice(words.MAIL_LABELS).format(mail))
    return tuple(lines), mail, phone


def _content(sender: Sender) -> tuple[str, bool | None, str | None]:
    """The text, whether it tells of a threat, the date of detection that it names."""
    rng = sender.rng
    story = rng.choice(STORIES[sender.kind])
    pieces = [story.text, *rng.sample(words.EXTRAS, rng.choice((0, 0, 1, 2)))]
    day = sender.today - timedelta(days=rng.randint(0, 4))
    if sender.chance(0.15):
        other = date_words(rng.choice(sender.dates), day - timedelta(days=rng.randint(20, 90)))
        pieces.append(rng.choice(words.OTHER_DATES).format(other) + ".")
    detected = None
    if sender.chance(0.5):
        detected = day.isoformat()
        told = rng.choice(words.DETECTED).format(date_words(rng.choice(sender.dates), day)) + "."
        pieces.insert(rng.choice((0, len(pieces))), told)
    mark = "\n" if sender.chance(0.25) else " "
    return mark.join(pieces).replace("..", "."), story.threat, detected


def _reporter(sender: Sender) -> str | None:
    if sender.kind == "anon" or sender.chance(0.05):
        return None
    person = sender.adult(woman=sender.chance(0.8), alien=sender.kind in OFFICIAL)
    name = person.name
    if sender.chance(0.15):
        surname, given, father = name.split(" ")
        name = f"{surname} {given[0]}. {father[0]}."
    return sender.rng.choice(words.POSTS[sender.kind]).format(name, n=sender.rng.randint(0, 9))


def _boxes(sender: Sender) -> tuple[str, ...]:
    if sender.chance(0.06):
        return ()
    if sender.kind == "neighbour" and sender.chance(0.2):
        return ("neighbours", "anonymous")
    if sender.kind == "police" and sender.chance(0.3):
        return ("other",)
    own = {key: box for key, box in BOX_OF.items() if key != "police"}
    return (own.get(sender.kind, "social_work_body"),)


def invent(rng: Random, kind: str = "") -> Notice:
    """One notice."""
    kind = kind or rng.choice(KINDS)
    sender = Sender(rng, kind, date(2026, 1, 12) + timedelta(days=rng.randint(0, 300)))
    oral = kind not in OFFICIAL
    subject = sender.subject()
    content, threat, detected = _content(sender)
    lines, mail, phone = _sender(sender)
    sent = 0.85 if lines else 0.05
    taken = sender.chance(0.75 if oral else 0.1)
    basis = rng.choice(words.BASES).format(date=date_words(sender.dates[0], sender.today))
    receiver = rng.choice(words.RECEIVERS)
    via = rng.choice(("oral", "phone", "phone") if oral else ("written", "written", "written", "phone"))  # fmt: skip
    return Notice(
        kind=kind,
        threat=threat,
        subject=subject,
        address=_address(sender) if sender.chance(0.92) else None,
        content=content,
        detected_on=detected,
        outgoing=sender.day(sent),
        outgoing_number=sender.number(sent, words.NUMBERS),
        incoming=sender.day(0.3, 1),
        incoming_number=sender.number(0.3, words.INCOMING),
        sender_lines=lines,
        sender_email=mail,
        sender_phone=phone,
        recipient=rng.choice(words.RECIPIENTS) if sender.chance(0.85) else None,
        registered=sender.mark(0.35),
        registered_number=sender.number(0.35, words.INCOMING),
        received_via=via if sender.chance(0.88) else None,
        reporter=_reporter(sender),
        reporter_kinds=_boxes(sender),
        basis=basis if sender.chance(0.7) else None,
        measures_taken=_measures(rng) if sender.chance(0.8) else None,
        enclosures=_enclosures(rng) if sender.chance(0.5) else None,
        accepted_by=receiver.format(sender.adult(woman=True, alien=True).name) if taken else None,
        accepted=sender.day(0.9 if taken else 0.04),
        accepted_time=some_clock(rng, words.TIMES) if taken and sender.chance(0.75) else None,
    )


def _measures(rng: Random) -> str:
    chosen = rng.sample(words.MEASURES, rng.choice((1, 1, 2)))
    return " ".join(text if text.endswith(".") or text == chosen[-1] else text + "." for text in chosen)  # fmt: skip


def _enclosures(rng: Random) -> str:
    chosen = rng.sample(words.ENCLOSURES, rng.randint(1, 3))
    if len(chosen) > 1 and rng.random() < 0.3:
        return "\n".join(f"{n}. {text}" for n, text in enumerate(chosen, 1))
    return rng.choice((", ", "; ")).join(chosen)
