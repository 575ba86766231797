import pytest

from generators.reporter import HIDDEN, without_reporter

FORM = {
    "reporter": "Вишняковець Леся Остапівна, директорка ЗДО",
    "subject": "Криничук Зоряна Остапівна 2020 р.н.",
}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Зі слів Вишняковець Лесі Остапівни, тихо.", f"Зі слів {HIDDEN}, тихо."),
        ("Вишняковець Л.М. бачила", f"{HIDDEN} бачила"),
        ("Л. М. Вишняковець бачила", f"{HIDDEN} бачила"),
        ("Розповіла Леся Остапівна.", f"Розповіла {HIDDEN}."),
        ("Зоряна Остапівна плаче", "Зоряна Остапівна плаче"),
        ("Дитина блукає лісом.", "Дитина блукає лісом."),
        ("", ""),
    ],
)
def test_reporter_is_hidden_in_every_case_and_the_child_is_not(text: str, told: str) -> None:
    assert without_reporter(text, FORM) == told


@pytest.mark.parametrize("reporter", ["ВИШНЯКОВЕЦЬ Леся", "Директорка ЗДО Вишняковець"])
@pytest.mark.parametrize("name", ["Вишняковець", "ВИШНЯКОВЦЯ", "Вишняковцем"])
def test_capital_letters_hide_no_name(reporter: str, name: str) -> None:
    assert without_reporter(f"Бачила {name} сама.", {"reporter": reporter}) == (
        f"Бачила {HIDDEN} сама."
    )


def test_post_of_the_reporter_stays_in_the_story() -> None:
    form = {"reporter": "Директорка ЗДО Вишняковець"}
    assert without_reporter("Директор ЗДО приїхав.", form) == "Директор ЗДО приїхав."


def test_who_took_the_call_is_hidden_too() -> None:
    form = {"accepted_by": "спеціаліст Лугодюк Л.Т."}
    assert without_reporter("Лугодюку повідомлено.", form) == f"{HIDDEN} повідомлено."


def test_family_that_reports_itself_keeps_its_name() -> None:
    form = {"reporter": "Криничук Орися", "subject": "сім’я Криничук, мати Орися"}
    assert without_reporter("Криничук Орися просить.", form) == "Криничук Орися просить."


def test_without_a_reporter_nothing_is_changed() -> None:
    assert without_reporter("Сусіди бачили.", {"reporter": None}) == "Сусіди бачили."
