"""Asking a clerk for the fields of «Додаток 1», one after the other, in the order of a call.

An empty answer leaves the field empty, «<» goes back to the last question. What the program
understood of an answer is shown at once; at the end everything is shown and may be mended.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import click

from opika.commands.words import iso_in_figures, person_words
from parsers.answers import DATES, REPORTER_KINDS, Record, understand
from rules.form_keys import CHOICES
from rules.moments import parse_moment

BACK = "<"
HOW = "Enter – пропустити, «<» – виправити попередню відповідь, Ctrl+C – вийти."
URGENT = "Чи є загроза життю або здоров’ю дитини просто зараз? (так/ні)"
FIRST_AID = (
    "Якщо цього ще не зроблено: поліція – 102, швидка – 103. Скажіть головне, решту – потім."
)

Ask = Callable[[str, str], str]
"""Puts a question with its usual answer; gives what was typed, or the usual answer."""


class BackError(Exception):
    """The clerk wants to mend the last answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """One field of the form as a clerk is asked for it.

    Attributes:
        key: of the parse contract.
        label: what the field is called in the summary.
        text: the question.
        needed: whether an empty answer is refused.
        channels: asked only of what came so.
    """

    key: str
    label: str
    text: str
    needed: bool = False
    channels: Collection[str] = ("oral", "phone", "paper")


_SPOKEN = ("oral", "phone")
QUESTIONS: tuple[Question, ...] = (
    Question("content", "Зміст", "Що сталося? Факти, ознаки, коли виявлено", needed=True),
    Question("address", "Місце проживання", "Де перебуває дитина? Місце проживання сім’ї"),
    Question("subject", "Про кого", "Про кого? Прізвище сім’ї, ПІБ дітей, вік або дата народження"),
    Question("reporter_kinds", "Хто повідомив", "Хто повідомляє?"),
    Question("reporter", "Від", "Прізвище, ім’я, по батькові того, хто повідомляє; ким є, телефон"),
    Question("sender", "Установа", "Від якої установи? Назва, адреса, телефон, e-mail"),
    Question("outgoing_number", "Вихідний №", "Вихідний номер листа", channels=("paper",)),
    Question("outgoing_date", "Вихідна дата", "Вихідна дата листа", channels=("paper",)),
    Question("basis", "За результатами", "За результатами чого виявлено (візит, огляд тощо)?"),
    Question("measures_taken", "Вжиті заходи", "Що вже зроблено?"),
    Question("enclosures", "Додано документи", "Які документи додано?"),
    Question(
        "accepted_by", "Прийняв(ла)", "Хто прийняв повідомлення? ПІБ, посада", channels=_SPOKEN
    ),
)
"""In the order in which they are asked: what somebody may hang up after comes first."""

FIRST = ("content", "address")
"""What is asked before an urgent notification is registered; the rest comes after it."""


@dataclass
class Talk:
    """One conversation with a clerk.

    Attributes:
        record: what is known so far.
        ask: puts a question.
        say: shows a line.
        usual: the usual answer of a field, by its key.
    """

    record: Record
    ask: Ask
    say: Callable[[str], None]
    usual: dict[str, str] = field(default_factory=dict)

    def fill(self, keys: Collection[str] | None = None) -> Record:
        """Ask for the fields that are not yet known; all, or those named."""
        questions = [
            question
            for question in QUESTIONS
            if (keys is None or question.key in keys)
            and self.record.channel in question.channels
            and question.key not in self.record.answers
        ]
        at = 0
        while at < len(questions):
            try:
                if self._fits(questions[at]):
                    self._put(questions[at])
                at += 1
            except BackError:
                at = max(at - 1, 0)
                while at and not self._fits(questions[at]):
                    at -= 1
        return self.record

    def confirm(self) -> bool:
        """Show everything and mend what the clerk names; False: nothing is to be registered."""
        while True:
            shown = self._summary()
            said = self.ask(
                "Зареєструвати? так; номер рядка, щоб виправити; ні – не реєструвати", "так"
            )
            if said.isdigit() and 0 < int(said) <= len(shown):
                self._mend(shown[int(said) - 1])
            elif (agreed := yes_or_no(said)) is not None:
                return agreed

    def moment(self, now: datetime) -> None:
        """Ask when it came; it came just now where nothing is said."""
        while True:
            said = self.ask("Коли надійшло? (щойно; 14:30; вчора о 18:40)", "щойно")
            moment = parse_moment(said, now=now)
            if moment is not None:
                self.record = replace(self.record, received_at=moment)
                self.say(f"  надійшло: {moment:%d.%m.%Y %H:%M}")
                return
            self.say("  Не зрозуміло. Напишіть час, а якщо не сьогодні – і день: 21.11.2026 18:40")

    def _fits(self, question: Question) -> bool:
        """Whether the answers so far leave a question sense: nobody asks an anonymous his name."""
        kinds = self.record.answers.get("reporter_kinds") or ()
        if question.key == "reporter":
            return "anonymous" not in kinds
        if question.key == "sender":
            return self.record.channel == "paper" or "social_work_body" in kinds
        return True

    def _put(self, question: Question) -> None:
        while True:
            said = self._answer(question)
            if not said and question.needed:
                self.say("  Без цього повідомлення не можна зареєструвати.")
                continue
            answers = {**self.record.answers, question.key: said}
            tried = replace(self.record, answers=answers)
            if question.key in DATES and said and not understand(tried).values[question.key]:
                self.say("  Дату не зрозуміло. Напишіть, наприклад, 05.03.2026 або «5 березня».")
                continue
            self.record = tried
            self._echo(question.key)
            return

    def _answer(self, question: Question) -> Any:
        if question.key == "reporter_kinds":
            return self._kinds(question)
        said = self.ask(question.text, self.usual.get(question.key, "")).strip()
        if said == BACK:
            raise BackError
        return said

    def _kinds(self, question: Question) -> list[str]:
        for number, kind in enumerate(REPORTER_KINDS, start=1):
            self.say(f"  {number} – {CHOICES[kind]}")
        while True:
            said = self.ask(f"{question.text} Номер, або кілька через кому", "").strip()
            if said == BACK:
                raise BackError
            numbers = said.replace(",", " ").split()
            if all(one.isdigit() and 0 < int(one) <= len(REPORTER_KINDS) for one in numbers):
                return [REPORTER_KINDS[int(one) - 1] for one in numbers]
            self.say(f"  Потрібні номери від 1 до {len(REPORTER_KINDS)}.")

    def _echo(self, key: str) -> None:
        """Show what a rule took from the answer: people and their ages, dates, contacts."""
        understood = understand(self.record)
        values = understood.values
        if key == "subject":
            for person in values["persons"]:
                self.say(f"  зрозуміло: {person_words(person)}")
            if "persons" in understood.doubtful:
                self.say("  Імена чи вік зрозуміло не до кінця: перевірте у записі.")
        elif key == "content" and values["detected_on"]:
            self.say(f"  виявлено: {iso_in_figures(values['detected_on'])}")
        elif key in DATES and values[key]:
            self.say(f"  зрозуміло: {iso_in_figures(values[key])}")
        elif key == "sender":
            for contact in ("sender_phone", "sender_email"):
                if values[contact]:
                    self.say(f"  зрозуміло: {values[contact]}")

    def _summary(self) -> Sequence[Question]:
        self.say("")
        shown = [one for one in QUESTIONS if self.record.channel in one.channels]
        for number, question in enumerate(shown, start=1):
            said = self.record.answers.get(question.key)
            words = ", ".join(CHOICES[kind] for kind in said) if isinstance(said, list) else said
            self.say(f"  {number}. {question.label}: {words or '–'}")
        return shown

    def _mend(self, question: Question) -> None:
        try:
            self._put(question)
        except BackError:
            self.say("  Залишено, як було.")


def ask_urgent(ask: Ask) -> bool:
    """The first question of all (п. 9)."""
    while True:
        answer = yes_or_no(ask(URGENT, ""))
        if answer is not None:
            return answer


def yes_or_no(said: str) -> bool | None:
    """What «так», «ні» and the like mean; None: neither."""
    word = said.strip().lower().rstrip(".!")
    if word in {"так", "т", "є", "y", "yes", "+"}:
        return True
    return False if word in {"ні", "н", "нема", "немає", "n", "no", "-"} else None


def ask_on_terminal(text: str, usual: str) -> str:
    """Put a question on the terminal."""
    answer: str = click.prompt(text, default=usual, show_default=bool(usual), err=True, type=str)
    return answer
