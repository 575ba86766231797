"""Notifications by hand: told, telephoned, on paper; asked for on a real terminal."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from generators.lint import lint_docx
from journal.cards import EntryCard
from opika.commands.asking import Talk, ask_urgent, yes_or_no
from opika.errors import JournalError
from opika.pipeline import Pipeline
from parsers.answers import Record
from parsers.file import read_file
from rules.form_keys import FORM_KEYS
from tests.opika.office import NOW, Office
from tests.opika.test_cli import OPIKA, opika
from tests.opika.test_flow import entries, form

CALM = "Хлопець шість днів не був на уроках, довідки немає."
DANGER = "Троє дітей самі вдома другу добу, чути плач."
SCHOOL: dict[str, Any] = {
    "sender": "Вигаданська гімназія № 1",
    "sender_email": "school@example.org",
}


def record(channel: str = "phone", urgent: bool | None = None, **answers: Any) -> Record:
    return Record(channel, NOW, urgent, {"content": CALM, **answers})


def add(pipeline: Pipeline, written: Record, *, papers: bool = True) -> EntryCard:
    """Register what was written down, as the command does."""
    from journal.listing import entry_by_id
    from opika.by_hand import draft_at_once, register_at_once, write_down

    result = register_at_once(pipeline, write_down(pipeline, written, "ssd"))
    if papers:
        draft_at_once(pipeline, result.entry_id)
    return entry_by_id(result.entry_id)


def test_a_call_becomes_an_entry_whose_original_is_what_was_typed(office: Office) -> None:
    with office.open() as pipeline:
        written = record(subject="Озерчук Назар, 13 років", address="с. Вигадане")
        card = add(pipeline, written, papers=False)
        (arrival,) = card.arrivals
        assert (card.number, card.channel, arrival.source) == ("1", "phone", "phone")
        assert pipeline.originals.get(arrival.sha256) == written.to_bytes()
        assert card.values["persons"] == [
            {"name": "Озерчук Назар", "birth_date": None, "age": 13},
        ]
        assert card.review == ()
        assert {deadline.key for deadline in card.deadlines} >= {"register", "assessment_request"}


def test_what_was_written_down_is_registered_after_a_crash_and_once(office: Office) -> None:
    from opika.by_hand import write_down

    with office.open() as pipeline:
        write_down(pipeline, record(), "ssd")
    assert [one.number for one in office.once().registered] == ["1"]
    assert office.once().registered == []
    (card,) = entries()
    assert card.documents[0].kind == "notification_form"


def test_the_printed_form_is_listed_read_back_and_clean(office: Office) -> None:
    with office.open() as pipeline:
        card = add(pipeline, record(**SCHOOL, subject="родина Озерчук", detected_on="вчора"))
        paper = next(one for one in card.documents if one.kind == "notification_form")
        assert (paper.index, paper.state) == (None, "draft")
        data = (pipeline.data / str(paper.docx)).read_bytes()
        assert lint_docx(data) == []
        for printed in (data, (pipeline.data / str(paper.pdf)).read_bytes()):
            (read,) = read_file(printed, "f", today=NOW.date()).forms
            marks = {"registered_number": "1", "registered_date": "2026-03-04"}
            expected = {**{key: card.values[key] for key in FORM_KEYS}, **marks}
            assert {key: read[key] for key in FORM_KEYS} == expected


def test_the_form_is_no_letter(office: Office) -> None:
    from opika.by_hand import write_down
    from opika.letters import approve

    with office.open() as pipeline:
        write_down(pipeline, record(**SCHOOL), "ssd")
    report = office.once()
    (card,) = entries()
    kinds = [document.kind for document in card.documents]
    assert kinds == ["notification_form", "registration_reply", "assessment_request"]
    assert report.drafts == 2
    assert [document.index for document in card.documents] == [None, "1", "2"]
    with office.open() as pipeline, pytest.raises(JournalError, match="no letter"):
        approve(pipeline, card.documents[0].id)


def test_an_anonymous_caller_gets_no_reply(office: Office) -> None:
    with office.open() as pipeline:
        card = add(pipeline, record(reporter_kinds=["anonymous"], **SCHOOL))
        kinds = [document.kind for document in card.documents]
    assert kinds == ["notification_form", "assessment_request"]


def test_a_person_may_raise_the_danger_and_never_lower_it(office: Office) -> None:
    with office.open() as pipeline:
        raised = add(pipeline, record(urgent=True), papers=False)
        kept = add(pipeline, record(urgent=False, content=DANGER), papers=False)
    assert raised.urgent is True
    assert "urgent_visit" in {deadline.key for deadline in raised.deadlines}
    assert kept.urgent is True


def test_the_same_command_twice_is_one_entry(office: Office) -> None:
    with office.open() as pipeline:
        first = add(pipeline, record(), papers=False)
        again = add(pipeline, record(), papers=False)
    assert first.id == again.id
    assert len(again.arrivals) == 2


def test_two_calls_about_one_family_stay_two_and_are_linked(office: Office) -> None:
    with office.open() as pipeline:
        said: dict[str, Any] = {
            "subject": "Озерчук Назар, 13 років",
            "address": "с. Вигадане, вул. Тиха, 5",
        }
        add(pipeline, record(**said), papers=False)
        second = add(pipeline, record(content="Нове: лікаря не викликали.", **said), papers=False)
    assert second.number == "2"
    assert [link.number for link in second.related] == ["1"]


def test_the_first_words_are_registered_and_completed_under_the_same_number(
    office: Office,
) -> None:
    first = record(urgent=True, content=DANGER)
    whole = record(
        urgent=True, content=DANGER, address="с. Вигадане", subject="родина Озерчук", **SCHOOL
    )
    completing = Record(
        "phone", NOW, True, whole.answers, completes=sha256(first.to_bytes()).hexdigest()
    )
    with office.open() as pipeline:
        add(pipeline, first)
        card = add(pipeline, completing)
        paper = card.documents[0]
        text = read_file((pipeline.data / str(paper.docx)).read_bytes(), "f", today=NOW.date()).text
    assert (card.number, card.urgent, card.review) == ("1", True, ())
    assert card.values["address"] == "с. Вигадане"
    assert "completes" not in card.values
    assert not paper.stale
    assert "родина Озерчук" in text
    assert len([one for one in card.documents if one.kind == "notification_form"]) == 1


def test_what_cannot_be_read_again_waits_for_a_person(office: Office) -> None:
    from journal.triage import triage
    from opika.by_hand import register_at_once, write_down

    with office.open() as pipeline:
        damaged = record(channel="email")
        with pytest.raises(JournalError, match="could not be read"):
            register_at_once(pipeline, write_down(pipeline, damaged, "ssd"))
        assert [card.reason for card in triage()] == ["unreadable"]


def test_nobody_completes_an_entry_by_mail(office: Office) -> None:
    first = record(content=DANGER)
    forged = Record(
        "phone", NOW, None, {"content": "Усе гаразд."}, sha256(first.to_bytes()).hexdigest()
    )
    with office.open() as pipeline:
        add(pipeline, first, papers=False)
    office.scan("notification.json", forged.to_bytes())
    office.once()
    from journal.triage import triage

    assert [card.values["content"] for card in entries()] == [DANGER]
    assert [card.reason for card in triage()] == ["not a form"]


# ── the command ──────────────────────────────────────────────────────────────────────────────────


def test_everything_may_be_given_as_options(office: Office) -> None:
    done = opika(
        *("--config", office.folder / "pipeline.toml", "add", "--oral", "--json"),
        *("--content", CALM, "--subject", "Озерчук Назар, 13 років", "--anonymous"),
        *("--received-at", "вчора 18:40", "--detected-on", "01.09.2025", "--not-urgent"),
    )
    assert done.code == 0, done.err
    told = done.json
    assert (told["outcome"], told["number"], told["channel"]) == ("registered", "1", "oral")
    kinds = [document["kind"] for document in told["documents"]]
    assert kinds == ["notification_form", "assessment_request"]
    assert all((office.config.data / one["pdf"]).is_file() for one in told["documents"])
    shown = opika(
        "--config", office.folder / "pipeline.toml", "journal", "show", "1", "--json"
    ).json["form"]
    assert shown["accepted_time"] == "18:40"
    assert shown["reporter_kinds"] == ["anonymous"]
    assert shown["recipient"] == "Служба у справах дітей"
    assert opika("--config", office.folder / "pipeline.toml", "journal", "verify").code == 0


def test_an_entry_is_completed_later_under_its_number(office: Office) -> None:
    config = ("--config", office.folder / "pipeline.toml")
    with office.open() as pipeline:
        add(pipeline, record(urgent=True, content=DANGER), papers=False)
    done = opika(*config, "add", "--complete", "1", "--address", "с. Вигадане", "--json")
    assert done.code == 0, done.err
    told = done.json
    assert (told["outcome"], told["number"], told["address"]) == ("revision", "1", "с. Вигадане")
    assert (told["urgent"], told["review"]) == (True, [])
    with office.open():
        (card,) = entries()
    assert card.values["content"] == DANGER


def test_what_came_on_a_form_is_not_completed_by_hand(office: Office) -> None:
    from opika.by_hand import record_to_complete

    office.scan("скан.docx", form(1))
    office.once()
    with office.open() as pipeline, pytest.raises(JournalError):
        record_to_complete(pipeline, ("1", None, None))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--phone"], "--content"),
        (["--phone", "--content", CALM, "--detected-on", "колись"], "--detected-on"),
        (["--phone", "--content", CALM, "--received-at", "завтра"], "--received-at"),
        (["--paper", "--content", CALM, "--outgoing-date", "31.02.2026"], "--outgoing-date"),
        (["--phone", "--content", CALM, "--anonymous", "--reporter", "Хтось"], "--anonymous"),
        (["--phone", "--content", CALM, "--office", "none"], "--office"),
        ([], "--oral"),
        (["--phone", "--complete", "1"], "--complete"),
        ([__file__, "--phone"], "--phone"),
        ([__file__, "--content", CALM], "--content"),
    ],
)
def test_a_wrong_use_names_the_option_and_registers_nothing(
    office: Office, words: Sequence[str], named: str
) -> None:
    done = opika("--config", office.folder / "pipeline.toml", "add", *words)
    assert done.code == 2
    assert named in done.err
    with office.open():
        assert entries() == []


# ── the conversation ─────────────────────────────────────────────────────────────────────────────


@dataclass
class Clerk:
    """Answers from a list; what is shown is kept."""

    answers: list[str]
    asked: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def __call__(self, text: str, usual: str) -> str:
        self.asked.append(text)
        return self.answers.pop(0) or usual

    def talk(self, channel: str = "phone", **usual: str) -> Talk:
        return Talk(Record(channel, NOW, False, {}), self, self.shown.append, usual)


def test_the_answers_come_in_the_order_of_a_call() -> None:
    clerk = Clerk([CALM, "с. Вигадане", "Озерчук Назар, 13 років", "3", "Сусідка", "", "", "", ""])
    talk = clerk.talk(accepted_by="Марія Прикладенко")
    answers = talk.fill().answers
    assert answers["reporter_kinds"] == ["neighbours"]
    assert answers["reporter"] == "Сусідка"
    assert answers["accepted_by"] == "Марія Прикладенко"
    assert clerk.answers == []
    assert "  зрозуміло: Озерчук Назар, повних років: 13" in clerk.shown


def test_an_anonymous_caller_is_not_asked_for_a_name() -> None:
    clerk = Clerk([CALM, "", "", "4", "", "", "", ""])
    clerk.talk().fill()
    assert not any("того, хто повідомляє" in text for text in clerk.asked)


def test_the_last_answer_can_be_mended() -> None:
    clerk = Clerk([CALM, "с. Помилкове", "<", "с. Вигадане", "", "", "", "", "", "", ""])
    assert clerk.talk().fill().answers["address"] == "с. Вигадане"


def test_the_content_cannot_be_left_out_and_a_wrong_number_is_asked_again() -> None:
    clerk = Clerk(["", CALM, "", "", "9", "так", "2", "", "", "", "", ""])
    assert clerk.talk().fill().answers["reporter_kinds"] == ["relatives"]
    assert "  Без цього повідомлення не можна зареєструвати." in clerk.shown


def test_a_line_of_the_summary_can_be_mended_before_all_is_registered() -> None:
    clerk = Clerk(["2", "с. Вигадане", "може", "так"])
    talk = clerk.talk()
    assert talk.confirm() is True
    assert talk.record.answers["address"] == "с. Вигадане"
    assert Clerk(["ні"]).talk().confirm() is False


def test_when_it_came_is_asked_until_it_is_understood() -> None:
    clerk = Clerk(["завтра", "вчора о 18:40"])
    talk = clerk.talk()
    talk.moment(NOW)
    assert talk.record.received_at == NOW.replace(hour=18, minute=40) - timedelta(days=1)


def test_the_question_of_danger_takes_only_yes_or_no() -> None:
    assert ask_urgent(Clerk(["не знаю", "ТАК"])) is True
    assert [yes_or_no(said) for said in ("так", "Ні.", "")] == [True, False, None]


@contextmanager
def terminal(office: Office, *words: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The command on a terminal of its own."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(  # noqa: S603
        [OPIKA, "--config", office.folder / "pipeline.toml", "add", *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield process, ours
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        os.close(ours)


def see(ours: int, words: str, seconds: float = 30) -> str:
    """Everything on the screen until these words are on it."""
    seen, end = b"", time.monotonic() + seconds
    while words not in seen.decode(errors="ignore"):
        assert time.monotonic() < end, seen.decode(errors="ignore")
        if select.select([ours], [], [], 0.2)[0]:
            try:
                seen += os.read(ours, 65536)
            except OSError:
                break
    return seen.decode(errors="ignore")


def interrupted(process: subprocess.Popen[bytes]) -> int:
    """How the command ends at Ctrl+C, pressed by somebody who has read the question."""
    time.sleep(1)  # a signal just before Python waits for a key is seen only with the next key
    process.send_signal(signal.SIGINT)
    return process.wait(20)


def test_an_urgent_call_has_its_number_before_the_rest_is_asked(office: Office) -> None:
    with terminal(office, "--phone") as (process, ours):
        see(ours, "просто зараз?")
        os.write(ours, "так\n".encode())
        see(ours, "Що сталося?")
        os.write(ours, (DANGER + "\n").encode())
        see(ours, "Де перебуває дитина?")
        os.write(ours, "с. Вигадане, вул. Тиха, 5\n".encode())
        screen = see(ours, "Про кого?")
        assert "Зареєстровано № 1" in screen
        assert "ТЕРМІНОВО" in screen
        assert interrupted(process) == 1
    with office.open():
        (card,) = entries()
    assert (card.urgent, card.values["address"]) == (True, "с. Вигадане, вул. Тиха, 5")


def test_a_whole_conversation_ends_with_the_printed_form(office: Office) -> None:
    answers = (
        ("просто зараз?", "ні"),
        ("Коли надійшло?", "вчора о 18:40"),
        ("Що сталося?", CALM),
        ("Де перебуває дитина?", "с. Вигадане"),
        ("Про кого?", "Озерчук Назар, 13 років"),
        ("Хто повідомляє?", "4"),
        ("За результатами", ""),
        ("Що вже зроблено?", ""),
        ("Які документи", ""),
        ("Хто прийняв", "Марія Прикладенко"),
        ("Зареєструвати?", "так"),
    )
    with terminal(office, "--phone") as (process, ours):
        for question, answer in answers:
            see(ours, question)
            os.write(ours, f"{answer}\n".encode())
        screen = see(ours, "/notification_form-")
        assert process.wait(60) == 0
    assert "Зареєстровано № 1" in screen
    with office.open():
        (card,) = entries()
    assert card.values["accepted_time"] == "18:40"


def test_a_broken_off_call_that_is_not_urgent_leaves_nothing(office: Office) -> None:
    with terminal(office, "--oral") as (process, ours):
        see(ours, "просто зараз?")
        os.write(ours, "ні\n".encode())
        see(ours, "Коли надійшло?")
        os.write(ours, b"\n")
        see(ours, "Що сталося?")
        os.write(ours, (CALM + "\n").encode())
        see(ours, "Де перебуває дитина?")
        assert interrupted(process) == 1
    with office.open():
        assert entries() == []
