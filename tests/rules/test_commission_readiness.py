"""Which cases may go before the Commission: worked out by hand from п. 14–19 of the Порядок."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from rules.case_story import Happened
from rules.commission import Clock, Standing, Story, standing

KYIV = ZoneInfo("Europe/Kyiv")
MEETING = date(2026, 3, 20)


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=KYIV)


def heard(
    *events: tuple[str, int], came: tuple[int, ...] = (2,), running: tuple[Clock, ...] = ()
) -> Standing | None:
    told = [Happened(n, 1, kind, at(day)) for n, (kind, day) in enumerate(events)]
    return standing(Story([at(day, 9) for day in came], told, running), MEETING)


def test_case_is_ready_with_its_conclusion_and_nothing_left_undone() -> None:
    found = heard(("act_made", 6), ("conclusion_received", 9))
    assert found == Standing((), at(9)) and found.is_ready
    # What is due only after the meeting keeps nothing from it; nor does what it does not ask for.
    later = (Clock("act_registered_decision", "7", date(2026, 3, 23)),)
    assert heard(("conclusion_received", 19), running=later) == Standing((), at(19))
    monitoring = (Clock("monitoring", "7", date(2026, 3, 1)),)
    assert heard(("conclusion_received", 9), running=monitoring) == Standing((), at(9))


def test_conclusion_of_the_meeting_day_counts_and_a_later_one_does_not() -> None:
    assert heard(("conclusion_received", 20)) == Standing((), at(20))
    found = heard(("conclusion_received", 21))
    assert found and found.missing == ("немає висновку ЦСС про потреби сім’ї",)


def test_what_is_missing_is_said_in_words_with_its_term() -> None:
    running = (
        Clock("needs_assessment", "7", date(2026, 3, 9)),
        Clock("urgent_visit", "7", at(2)),
        Clock("assessment_request", "7", date(2026, 3, 3)),
    )
    found = heard(running=running)
    assert found is not None and not found.is_ready
    assert found.missing == (
        "немає висновку ЦСС про потреби сім’ї (строк – до 09.03.2026)",
        "не записано невідкладного візиту (повідомлення № 7, строк – до 02.03.2026)",
        "не записано, що запит про оцінку потреб надіслано (повідомлення № 7, строк – до 03.03.2026)",
    )
    made = heard(("act_made", 6), running=(Clock("conclusion_sent", "7", date(2026, 3, 9)),))
    assert made and made.missing == (
        "акт оцінки потреб складено, висновку ЦСС ще не отримано (строк – до 09.03.2026)",
    )


def test_decided_case_comes_back_only_with_something_new() -> None:
    before = (("conclusion_received", 6), ("commission_decided", 12))
    assert heard(*before) is None
    again = heard(*before, came=(2, 16))
    assert again and again.missing == (
        "після рішення Комісії надійшло нове повідомлення, нового висновку ЦСС ще немає",
    )
    assert heard(*before, ("conclusion_received", 18)) == Standing((), at(18))


def test_packet_of_a_past_meeting_stays_as_it_was_when_its_decision_is_recorded() -> None:
    assert heard(("conclusion_received", 9), ("commission_decided", 20)) == Standing((), at(9))
    assert heard(("conclusion_received", 9), ("commission_decided", 25)) == Standing((), at(9))


def test_repeat_notification_whose_assessment_is_overdue_holds_the_case_back() -> None:
    running = (Clock("needs_assessment", "9", date(2026, 3, 19)),)
    found = heard(("conclusion_received", 9), came=(2, 12), running=running)
    assert found and found.missing == (
        "за повідомленням № 9 оцінку потреб не завершено (строк – до 19.03.2026)",
    )
    # Nothing had come yet on the day of that meeting.
    assert heard(came=(25,)) is None
