import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators import assessment_request, letters, registration_reply
from generators.docx import render
from generators.kind import Body, Directory
from generators.kinds import LETTERS
from generators.letterhead import Addressee, Executor, Letterhead, Requisites
from generators.lint import lint_docx
from journal.cards import EntryCard
from tests.generators.sample_cards import (
    CENTRE,
    EXECUTOR,
    OFFICE,
    arrival,
    assessment_due,
    card,
    requisites,
)
from tests.generators.small_templates import words

TEMPLATES = Path(__file__).parents[2] / "templates"
BARE = Letterhead(name="Служба у справах дітей")


def letter(kind: str, entry: EntryCard, round_it: Requisites) -> list[str]:
    """The paragraphs of a letter that lint has nothing against, but for what it may lack."""
    data = render(TEMPLATES / f"{kind}.docx", LETTERS[kind].context(entry, round_it, {}))
    may_lack = round_it.executor is None or letters.missing_for_approval(round_it)
    lacking = {"requisite-missing"} if may_lack else set()
    assert {fault.rule for fault in lint_docx(data)} <= lacking
    return words(data)


def reply(entry: EntryCard, **changes: Any) -> list[str]:
    return letter("registration_reply", entry, requisites(**changes))


def request(entry: EntryCard, **changes: Any) -> str:
    return "\n".join(letter("assessment_request", entry, requisites(addressee=CENTRE, **changes)))


@pytest.mark.parametrize("kind", LETTERS)
def test_context_has_exactly_the_values_that_the_kind_declares(kind: str) -> None:
    context = LETTERS[kind].context(card(), requisites(), {})
    assert set(context) == set(LETTERS[kind].VARIABLES)
    assert json.loads(json.dumps(context)) == context


def test_reply_says_number_dates_and_who_works_on_it() -> None:
    said = reply(card())
    assert said[3:5] == ["04.03.2026 № 01-12/7", "На № 01-15/123 від 03.03.2026"]
    text = "\n".join(said)
    assert "отримано 3 березня 2026 року та зареєстровано 4 березня 2026 року за № 12" in text
    assert "відповідальна особа – Марія Прикладенко, телефон 050 000 00 00" in text
    assert said[-2:] == ["Начальник служби\tОлена ТЕСТОВЕЦЬ", "Марія Прикладенко 050 000 00 00"]


def test_reply_tells_nothing_of_the_family() -> None:
    text = "\n".join(reply(card(True)))
    for secret in ("Озерчук", "Зразкове", "шість днів", "Вишняковець"):
        assert secret not in text


def test_urgent_reply_speaks_of_the_visit_and_another_does_not() -> None:
    assert "пункту 15 Порядку невідкладно" in "\n".join(reply(card(True)))
    for urgent in (False, None):
        assert "невідкладно" not in "\n".join(reply(card(urgent)))


@pytest.mark.parametrize(
    "lost",
    [{"outgoing_number": None}, {"outgoing_date": None}, {"outgoing_number": "  ___ "}],
)
def test_half_a_reference_is_left_out_whole(lost: dict[str, Any]) -> None:
    assert not any(line.startswith("На №") for line in reply(card(**lost)))


def test_draft_without_a_number_says_so_in_brackets() -> None:
    said = reply(card(), index=None)
    assert said[3] == "04.03.2026 № [номер буде надано після погодження]"
    data = render(
        TEMPLATES / "registration_reply.docx",
        registration_reply.context(card(), requisites(index=None), {}),
    )
    assert [fault.rule for fault in lint_docx(data, final=True)] == ["no-index"]


def test_requisites_without_values_disappear() -> None:
    said = reply(card(), issuer=BARE, executor=None, addressee=Addressee(("Гімназія",)))
    assert said[:4] == [
        "Служба у справах дітей",
        "04.03.2026 № 01-12/7",
        "На № 01-15/123 від 03.03.2026",
        "Гімназія",
    ]
    assert "конфіденційними" in said[-1]
    assert all(said)


def test_whatever_is_missing_the_letter_is_sound() -> None:
    for kind, (urgent, issuer, executor) in product(
        LETTERS, product((True, False, None), (OFFICE, BARE), (EXECUTOR, Executor("М. П."), None))
    ):
        nothing = dict.fromkeys(card().values)
        for entry in (card(urgent), card(urgent, **nothing)):
            assert letter(kind, entry, requisites(issuer=issuer, executor=executor))


@settings(max_examples=25, deadline=None)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            key: st.text(max_size=200)
            for key in ("subject", "address", "content", "reporter", "outgoing_number", "sender")
        },
    )
)
def test_whatever_a_form_says_the_letter_is_made(values: dict[str, Any]) -> None:
    written_by_the_sender = {"empty-number", "markup"}
    for kind, module in LETTERS.items():
        data = render(TEMPLATES / f"{kind}.docx", module.context(card(**values), requisites(), {}))
        assert {fault.rule for fault in lint_docx(data)} <= written_by_the_sender


def test_approval_needs_head_and_address() -> None:
    assert letters.missing_for_approval(requisites()) == []
    assert letters.missing_for_approval(requisites(issuer=BARE, executor=None)) == [
        "поштова адреса установи",
        "посада керівника, який підписує лист",
        "ім’я та прізвище керівника, який підписує лист",
    ]


def test_dots_in_the_configuration_are_no_value() -> None:
    dots = replace(OFFICE, head_name="…", head_position="…")
    assert len(letters.missing_for_approval(requisites(issuer=dots))) == 2
    assert "…" not in "\n".join(reply(card(), issuer=dots))


@pytest.mark.parametrize(
    ("given_name", "signed"),
    [
        ("Олена ТЕСТОВЕЦЬ", "Олена ТЕСТОВЕЦЬ"),
        ("Тестовець Олена Іванівна", "Олена ТЕСТОВЕЦЬ"),
        ("Тестовець-Пробний Ілля Ілліч", "Ілля ТЕСТОВЕЦЬ-ПРОБНИЙ"),
        ("Петро Ілліч Стрілич", "Петро СТРІЛИЧ"),
        ("  Олена   ТЕСТОВЕЦЬ ", "Олена ТЕСТОВЕЦЬ"),
    ],
)
def test_signature_is_given_name_and_surname_in_capitals(given_name: str, signed: str) -> None:
    assert letters.signature_name(given_name) == signed


def test_long_position_is_broken_before_the_name() -> None:
    issuer = replace(OFFICE, head_position="В. о. начальника служби у справах дітей міської ради")
    assert reply(card(), issuer=issuer)[-2] == (
        "В. о. начальника служби у справах дітей\nміської ради\tОлена ТЕСТОВЕЦЬ"
    )


def _senders() -> Iterator[tuple[str, tuple[str, str]]]:
    yield (
        "Тестівська гімназія Вигаданської міської ради с. Пробне вул. Зразкова 39-Б тел.: 0500000001",
        ("Тестівська гімназія Вигаданської міської ради", "с. Пробне вул. Зразкова 39-Б"),
    )
    yield (
        "ЗДО с. Пробне «Квасолька» м. Вигадане, вул. Зразкова, буд. 5 e-mail: zdo@example.ua",
        ("ЗДО с. Пробне «Квасолька»", "м. Вигадане, вул. Зразкова, буд. 5"),
    )
    yield (
        "ВПД № 1 (м. Вигадане) с. Пробне вул. Зелена 7/9 ел. пошта: a-b@example.org тел. 050 000 00 02",
        ("ВПД № 1 (м. Вигадане)", "с. Пробне вул. Зелена 7/9"),
    )
    yield "Амбулаторія с. Взірцеве тел. (0332) 00-00-03", ("Амбулаторія с. Взірцеве", "")
    yield "вул. Зелена, 5", ("вул. Зелена, 5", "")
    yield "0500000000", ("0500000000", "")


@pytest.mark.parametrize(("sender", "parts"), list(_senders()))
def test_sender_is_parted_into_name_and_address(sender: str, parts: tuple[str, str]) -> None:
    found = registration_reply.addressee(card(sender=sender))
    assert found is not None
    assert (*found.lines, found.address) == parts


@pytest.mark.parametrize(
    ("values", "answered"),
    [
        ({}, True),
        ({"reporter_kinds": ["anonymous"]}, False),
        ({"sender": None, "reporter": None}, False),
        ({"sender": None}, True),
        ({"sender": None, "reporter_kinds": None}, True),
    ],
)
def test_anonymous_or_unknown_sender_gets_no_reply(values: dict[str, Any], answered: bool) -> None:
    assert registration_reply.needed(card(**values)) is answered


def test_person_without_an_address_gets_no_reply() -> None:
    oral = replace(card(sender=None, sender_email=None), arrivals=(arrival(None),), channel="oral")
    assert not registration_reply.needed(oral)


def test_reply_goes_to_the_address_of_the_form_and_else_to_that_of_the_mail() -> None:
    for values, email in (({}, "school@example.ua"), ({"sender_email": None}, "from@example.ua")):
        found = registration_reply.addressee(card(**values))
        assert found is not None and found.email == email


def test_reply_names_its_addressee_in_the_dative_as_the_configuration_does() -> None:
    entry = card()
    [(_, found)] = registration_reply.addressees(entry, Directory())
    said = registration_reply.context(entry, requisites(addressee=found), {})
    assert said["адресат"] == ["Вигаданській гімназії № 1"]
    lines = ("Директорці гімназії", "Вигаданій Ганні")
    known = Body("school", "school", Addressee(lines), "вигаданська гімназія № 1")
    [(_, found)] = registration_reply.addressees(entry, Directory((known,)))
    assert (found.lines, found.email) == (lines, "school@example.ua")
    said = registration_reply.context(entry, requisites(addressee=found), {})
    assert said["адресат"] == list(lines)


def test_every_registered_notification_is_followed_by_a_request() -> None:
    assert assessment_request.needed(card(reporter_kinds=["anonymous"], sender=None))


def test_request_names_the_family_as_written_and_the_term() -> None:
    entry = replace(card(), deadlines=(assessment_due(date(2026, 3, 11)),))
    text = request(entry)
    assert "(як зазначено в повідомленні): Озерчук Назар Зразкович (13 років)." in text
    assert "Місце проживання: с. Зразкове, вул. Вишнева, буд. 3." in text
    assert "Дата виявлення: 02.03.2026." in text
    assert "Хлопець шість днів не був на уроках, довідки немає." in text
    assert "протягом 5 (п’яти) робочих днів, тобто до 11.03.2026 включно" in text


def test_request_never_names_the_reporter() -> None:
    content = "Вишняковець Л. М. зайшла до сім’ї; зі слів директорки Лесі Вишняковець, тихо."
    text = request(card(True, content=content))
    assert "Вишняковець" not in text
    assert "Леся" not in text and "Лесі" not in text


def test_urgent_request_quotes_the_signs_and_asks_for_the_visit() -> None:
    signs = ({"quote": "свіжі синці"}, {"quote": "свіжі синці."}, {"quote": "сам удома"})
    text = request(replace(card(True), indicators=signs))
    assert "зокрема: «свіжі синці»; «сам удома». У зв’язку з цим" in text
    assert "пункту 15 Порядку невідкладно" in text


def test_doubtful_danger_is_asked_about_and_never_denied() -> None:
    assert "просимо з’ясувати її насамперед" in request(card(None))
    assert "загроз" not in request(card(False))


def test_paragraphs_of_the_story_stay_paragraphs() -> None:
    assert "\nПерше.\nДруге.\n" in request(card(content="Перше.\n\n  Друге.\n"))


def test_full_stop_of_the_form_is_not_doubled() -> None:
    assert "Зоряна 2020 р.н.\n" in request(card(subject="Зоряна 2020 р.н."))
