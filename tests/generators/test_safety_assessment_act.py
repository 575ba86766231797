"""The blank for the urgent visit: its head is filled in, the rest is left to the hand."""

from dataclasses import replace

from generators import safety_assessment_act
from tests.generators.sample_cards import card
from tests.generators.small_templates import words
from tests.generators.test_kinds import made


def test_only_an_urgent_entry_gets_the_blank_by_itself() -> None:
    assert [safety_assessment_act.needed(card(urgent)) for urgent in (True, False, None)] == [
        True,
        False,
        False,
    ]


def test_head_is_filled_in_and_day_number_and_findings_are_left_to_the_hand() -> None:
    signs = ({"quote": "Вишняковець бачила синці"},)
    lines = words(made("safety_assessment_act", replace(card(True), indicators=signs), {}))
    text = "\n".join(lines)
    assert "3 березня 2026 року о 18:05" in text and "за № 12." in text
    assert "Озерчук Назар Зразкович (13 років)" in text and "вул. Вишнева" in text
    assert "бачила синці" in text and "Вишняков" not in text
    assert "____________\tм. Вигадане\t№ ________" in lines
    assert "01-12/7" not in text and "04.03.2026" not in text
    assert sum(line.endswith("\t") for line in lines) > 20


def test_everybody_who_visits_signs_and_no_head_of_the_office() -> None:
    lines = words(made("safety_assessment_act", card(True), {}))
    signing = [line.split("\t")[0] for line in lines if line.endswith("\t____________________")]
    assert signing == [
        "Представник служби у справах дітей",
        "Представник поліції",
        "Представник ЦПМСД",
        "Представник центру соціальних служб",
    ]
    assert not any("ТЕСТОВЕЦЬ" in line or "робочий" in line.lower() for line in lines)
