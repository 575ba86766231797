import time

import pytest

from rules.reporter import HIDDEN, NOT_SHOWN, reporter_of, without_reporter

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


NOTICE = {
    "reporter": "Вишняковець Леся, тел. 067 123-45-67, Lesia@Example.org",
    "subject": "Криничук Зоряна",
    "sender": "Вишняковець Л. О., вул. Садова, 1",
    "sender_email": "lesia.v@example.org",
    "reporter_kinds": ["neighbours"],
}


@pytest.mark.parametrize(
    "text",
    [
        "Вишняковець",
        "0671234567",
        "+38 (067) 123 45 67",
        "lesia@example.org",
        "lesia.v@example.org",
    ],
)
def test_neither_name_nor_telephone_nor_address_is_shown(text: str) -> None:
    reporter = reporter_of([{"reporter": "Інша Особа", "sender": "Школа"}, NOTICE])
    assert reporter.private
    assert reporter.out_of(f"Казала: {text}.") == f"Казала: {NOT_SHOWN}."


@pytest.mark.parametrize("contact", ["(067 123-45-67)", ", тел.: 0671234567", "– a@example.org"])
def test_a_contact_written_beside_the_name_is_the_reporter_s(contact: str) -> None:
    reporter = reporter_of([{"reporter": "Вишняковець Леся"}])
    told = reporter.out_of(f"Каже Вишняковець Леся {contact} про сім’ю, т. 0501112233.")
    assert "45" not in told
    assert "example" not in told
    assert told.endswith("про сім’ю, т. 0501112233.")


def test_family_and_organisation_are_shown() -> None:
    school = {
        "reporter": "Криничук Ольга, директорка",
        "subject": "Криничук Зоряна",
        "sender": "Гімназія № 1",
        "sender_email": "school@example.org",
    }
    reporter = reporter_of([school])
    text = "Криничук Зоряна навчається в гімназії № 1, school@example.org, т. 0332212345."
    assert (reporter.private, reporter.out_of(text)) == (False, text)
    assert reporter.out_of("Ольга бачила.") == f"{NOT_SHOWN} бачила."


def test_a_name_typed_in_haste_is_hidden_too() -> None:
    reporter = reporter_of([{"reporter": "вишняковець леся", "subject": "криничук зоряна"}])
    assert reporter.out_of("вишняковець і криничук") == f"{NOT_SHOWN} і криничук"


def test_a_text_made_to_hold_us_up_does_not() -> None:
    reporter = reporter_of([{"reporter": "Вишняковець Леся"}])
    began = time.perf_counter()
    for hostile in ("т" * 50_000, "a@" * 25_000, "1 " * 25_000, "Вишняковець " * 4_000):
        reporter.out_of(f"Вишняковець {hostile}!")
    assert time.perf_counter() - began < 5
