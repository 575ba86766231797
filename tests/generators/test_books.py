"""What a printed book says of each number, and to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from generators.books import Period
from journal.cards import DeadlineCard, DocumentCard, EventCard
from tests.generators.sample_books import WORDS, book, cells, printed, row
from tests.generators.sample_cards import KYIV

NOON = datetime(2026, 3, 5, 12, tzinfo=KYIV)


def _event(kind: str, undone: datetime | None = None, **details: Any) -> EventCard:
    return EventCard(1, kind, NOON, NOON, details, undone=undone)


def test_a_notification_stands_in_the_columns_of_the_journal() -> None:
    request = DocumentCard(5, "assessment_request", "01-12/7", date(2026, 3, 4), "sent", None, None)
    clocks = (
        DeadlineCard("register", NOON, date(2026, 3, 5), NOON, "п. 10", ""),
        DeadlineCard("needs_assessment", NOON, date(2026, 3, 12), None, "п. 18", ""),
        DeadlineCard("urgent_visit", NOON, NOON, None, "п. 15", "", cancelled=NOON),
    )
    events = (
        _event("visited"),
        _event("safety_act_made", number="3", dated="2026-03-06"),
        _event("enrolled", number="77"),
        _event("monitored"),
        _event("closed", undone=NOON),
    )
    changes = {"documents": (request,), "deadlines": clocks, "events": events, "urgent": True}
    said = cells(book(row(12, card_changes=changes)))
    assert said["number"] == "12"
    assert said["registered"] == "04.03.2026\n09:30"
    assert said["channel"] == "електронна пошта"
    assert "Вигаданська гімназія" in said["from_whom"]
    assert said["outgoing"] == "№ 01-15/123 від 03.03.2026"
    assert said["threat"] == "так"
    assert said["executor"] == "Марія Прикладенко"
    assert said["assessment_request"] == "№ 01-12/7 від 04.03.2026"
    assert said["visit"] == "візит 05.03.2026\nакт № 3 від 06.03.2026"
    assert said["measures"] == "05.03.2026 моніторинг ситуації в сім’ї"
    assert said["enrolment"] == "№ 77 від 05.03.2026"
    assert said["terms"] == "п. 10: виконано 05.03.2026\nп. 18: до 12.03.2026"
    assert said["note"] == ""


@pytest.mark.parametrize(("urgent", "word"), [(True, "так"), (None, "можлива"), (False, "ні")])
def test_danger_that_nobody_could_judge_is_never_printed_as_none(
    urgent: bool | None, word: str
) -> None:
    assert cells(book(row(1, card_changes={"urgent": urgent})))["threat"] == word


def test_a_void_number_stays_with_all_that_stood_on_it_and_its_reason() -> None:
    void = row(2, voided=True, why_void="зареєстровано двічі")
    skipped = row(3, what="skipped", card=None, voided=True, why_void="зіпсовано")
    whole = book(row(1), void, skipped)
    assert cells(whole, 1)["number"] == "2\nанульовано"
    assert cells(whole, 1)["content"].startswith("Хлопець")
    assert cells(whole, 1)["note"] == "анульовано: зареєстровано двічі"
    assert cells(whole, 2)["note"] == "анульовано: номер пропущено: зіпсовано"
    assert printed(whole).foot[:2] == (
        "Надруковано записів – 3, з них анульовано – 2.",
        "Усього за 2026 рік записів – 3 (№ 1–3), з них анульовано – 2.",
    )


def test_the_reporter_is_hidden_from_those_who_do_not_register() -> None:
    values = {"content": "Вишняковець Леся Остапівна бачила хлопця на вокзалі."}
    whole = book(row(1, values=values))
    assert "Вишняковець" in cells(whole)["from_whom"]
    texts = " ".join(cells(whole, words=replace(WORDS, shows_reporter=False)).values())
    assert "Вишняковець" not in texts
    assert "заявника приховано (п. 13)" in texts
    assert "бачила хлопця на вокзалі" in texts


def test_only_the_days_of_the_period_are_printed_and_the_foot_says_how_many_there_are() -> None:
    whole = book(*(row(n, dated=date(2026, 3, n)) for n in range(1, 6)))
    part = printed(whole, Period(date(2026, 3, 2), date(2026, 3, 3)))
    assert [cells[0] for cells in part.rows] == ["2", "3"]
    assert part.head[-1] == "за 02.03.2026 – 03.03.2026"
    assert part.foot[0].startswith("Надруковано записів – 2,")
    assert "записів – 5 (№ 1–5)" in part.foot[1]


def test_the_foot_names_the_closing_and_the_chain_of_the_history() -> None:
    assert printed(book(row(1), closed=True)).foot[2:] == (
        "Рік закрито 05.01.2027.",
        "Ланцюг історії змін: рядок 41, 7690d1b9.",
    )
    assert "за 2026 рік" in printed(book(row(1))).head


def test_a_letter_stands_in_the_outgoing_register() -> None:
    sent = datetime(2026, 3, 5, 9, 5, tzinfo=KYIV)
    letter = row(
        7,
        index="01-12/7",
        what="letter",
        about="registration_reply",
        counterpart="Гімназія",
        sent_at=sent,
    )
    said = cells(book(letter, register="outgoing"))
    assert (said["index"], said["kind"]) == ("01-12/7", "відповідь про реєстрацію")
    assert (said["addressee"], said["sent"]) == ("Гімназія", "05.03.2026 09:05")
    assert said["entry"] == "7/01-17 від 04.03.2026"


def test_an_act_stands_in_the_journal_of_acts_with_decision_and_conclusion() -> None:
    events = (
        _event("services_decided", decision="provide", number="5"),
        _event("conclusion_received", dated="2026-03-06"),
    )
    act = row(
        1,
        what="paper",
        about="Потребує консультування",
        counterpart="сім’я Озерчуків",
        card_changes={"events": events},
    )
    said = cells(book(act, row(2, what="skipped", card=None, voided=True), register="acts"))
    assert (said["about_whom"], said["conclusion"]) == (
        "сім’я Озерчуків",
        "Потребує консультування",
    )
    assert said["address"] == "с. Зразкове, вул. Вишнева, буд. 3"
    assert said["decision"] == "надати послуги № 5 від 05.03.2026"
    assert said["conclusion_sent"] == "від 06.03.2026"
    made = _event("act_made", specialist="Марія Прикладенко", note="Потребує послуг")
    told = cells(book(replace(act, event=made, about="Акт оцінки потреб"), register="acts"))
    assert (told["specialist"], told["conclusion"]) == ("Марія Прикладенко", "Потребує послуг")


def test_safety_acts_orders_and_minutes_say_what_their_events_tell() -> None:
    came: dict[str, Any] = {"with": ["police", "css"]}
    visit = _event("visited", **came)
    made = _event("safety_act_made", threat="no", note="умови задовільні")
    events = {"what": "paper", "card_changes": {"events": (visit, made)}}
    act = cells(book(row(1, about="Акт", event=made, **events), register="safety_acts"))
    assert (act["visitors"], act["threat_found"]) == ("поліція, ЦСС", "ні")
    assert act["remark"] == "умови задовільні"
    about = "Про взяття дитини на облік"
    order = cells(book(row(2, about=about, counterpart="Вигаданюк", **events), register="orders"))
    assert (order["content"], order["about_whom"]) == (about, "Вигаданюк")
    assert order["entry"] == "2/01-17 від 04.03.2026"
    met = _event("team_met", note="продовжити супровід")
    minutes = cells(book(row(3, about="Протокол", event=met, **events), register="minutes"))
    assert (minutes["content"], minutes["remark"]) == ("Протокол", "продовжити супровід")


def test_what_comes_from_the_paper_book_is_marked_and_says_no_time_that_it_does_not_say() -> None:
    midnight = datetime(2026, 2, 2, tzinfo=KYIV)
    changes = {"imported": NOON, "registered_at": midnight, "events": (_event("monitored"),)}
    old = row(3, card_changes=changes, values={"measures_taken": "Проведено бесіду."})
    whole = book(old, row(40, values={"measures_taken": "Школа провела бесіду."}))
    said = cells(whole)
    assert (said["registered"], said["note"]) == ("02.02.2026", "паперовий журнал")
    assert said["measures"] == "Проведено бесіду.\n05.03.2026 моніторинг ситуації в сім’ї"
    assert (cells(whole, 1)["measures"], cells(whole, 1)["note"]) == ("", "")
    assert printed(whole).foot[0].endswith("анульовано – 0, перенесено з паперового журналу – 1.")


def test_a_paper_that_has_its_number_from_us_is_named_by_it() -> None:
    numbered = replace(_event("enrolled"), index="7-О")
    assert cells(book(row(1, card_changes={"events": (numbered,)})))["enrolment"] == (
        "№ 7-О від 05.03.2026"
    )


def test_a_very_long_text_is_cut_between_words() -> None:
    said = cells(book(row(1, values={"content": "слово " * 1000})))["content"]
    assert len(said) <= 502
    assert said.endswith("слово …")


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert cells(book(row(1, values={"address": "с.\x0b Зразкове\ufffe"})))["address"] == (
        "с. Зразкове"
    )
