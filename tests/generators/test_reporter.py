import pytest

from generators.reporter import HIDDEN, without_reporter

FORM = {
    "reporter": "Громовинець Леся Матвіївна, директорка ЗДО",
    "subject": "Веселчук Зоряна Матвіївна 2020 р.н.",
}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Зі слів Громовинець Лесі Матвіївни, тихо.", f"Зі слів {HIDDEN}, тихо."),
        ("Громовинець Л.М. бачила", f"{HIDDEN} бачила"),
        ("Л. М. Громовинець бачила", f"{HIDDEN} бачила"),
        ("Розповіла Леся Матвіївна.", f"Розповіла {HIDDEN}."),
        ("Зоряна Матвіївна плаче", "Зоряна Матвіївна плаче"),
        ("Дитина блукає лісом.", "Дитина блукає лісом."),
        ("", ""),
    ],
)
def test_reporter_is_hidden_in_every_case_and_the_child_is_not(text: str, told: str) -> None:
    assert without_reporter(text, FORM) == told


def test_who_took_the_call_is_hidden_too() -> None:
    form = {"accepted_by": "спеціаліст Погодюк Л.Т."}
    assert without_reporter("Погодюку повідомлено.", form) == f"{HIDDEN} повідомлено."


def test_family_that_reports_itself_keeps_its_name() -> None:
    form = {"reporter": "Веселчук Орися", "subject": "сім’я Веселчук, мати Орися"}
    assert without_reporter("Веселчук Орися просить.", form) == "Веселчук Орися просить."


def test_without_a_reporter_nothing_is_changed() -> None:
    assert without_reporter("Сусіди бачили.", {"reporter": None}) == "Сусіди бачили."
