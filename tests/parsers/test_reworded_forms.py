"""Forms whose labels, number signs, blanks and marks are not those that are printed."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.dodatok1.cut import clean
from parsers.dodatok1.values import number_and_date
from parsers.dodatok1.wordings import is_wording
from parsers.file import read_file
from tests.parsers.wordfile import docx, form, paragraph, run

TODAY = date(2026, 11, 22)


def read(*blocks: str) -> dict[str, Any]:
    found = read_file(docx(*blocks), "форма.docx", today=TODAY)
    assert len(found.forms) == 1
    return found.forms[0]


@pytest.mark.parametrize(
    "label",
    [
        "Зміст повідомлення та дата виявлення:",
        "Зміст повідомлення, інформації про факти, ознаки чи застереження щодо дитини, сім’ї "
        "(особи), дата їх виявлення:",
        "Зміст повідомленя/інформації про факти щодо дитини (сім’ї) та дата виявлення:",
        "Зміст звернення:",
    ],
)
def test_a_reworded_label_takes_no_word_of_the_content(label: str) -> None:
    found = read(
        *form(content_label="", content=f"{label} Дитина втратила за квартал три кілограми.")
    )
    assert found["content"] == "Дитина втратила за квартал три кілограми."
    assert "content" not in found["review"]


def test_words_added_to_a_label_are_no_part_of_its_value() -> None:
    found = read(*form(address="Місце проживання сім’ї: с. Вигадане, вул. Тиха, 5"))
    assert found["address"] == "с. Вигадане, вул. Тиха, 5"


def test_a_family_before_a_colon_is_no_part_of_a_label() -> None:
    assert is_wording("сім’ї та дитини")
    assert not is_wording("діти Джерелюк")


def test_the_words_from_whom_inside_the_content_stay_there() -> None:
    told = "Хлопець приніс ніж. Від кого – не пояснює. Батьків викликано."
    found = read(*form(content_label="", content=f"Зміст повідомлення/інформації: {told}"))
    assert found["content"] == told


@pytest.mark.parametrize("sign", ["№", "N", "No", "N°", "Nº", "#", "№ "])
def test_every_number_sign_is_one(sign: str) -> None:
    number, when = number_and_date(f" 05.03.2026 {sign} 61-п", TODAY)
    assert (number.value, when.value) == ("61-п", "2026-03-05")


@pytest.mark.parametrize("number", ["Вх.421/19", "вхід-417", "вн-16/2"])
def test_a_number_keeps_the_letters_that_it_opens_with(number: str) -> None:
    found = read(*form(outgoing=f"Дата вих. 05.03.2026 № 7\nДата вхід. 06.03.2026 № {number}"))
    assert found["incoming_number"] == number


def test_dotted_leaders_are_blanks() -> None:
    assert clean("....Дитина голодна....\n...Батьки п’ють.......") == "Дитина голодна. Батьки п’ють"
    assert (
        clean("Вигадана гімназія...\n...с. Вигадане, 7...") == "Вигадана гімназія с. Вигадане, 7..."
    )


@given(st.text("абв. …_\n", max_size=60))
def test_cleaning_keeps_every_letter(text: str) -> None:
    letters = "".join(filter(str.isalpha, text))
    assert "".join(filter(str.isalpha, clean(text) or "")) == letters


def test_a_long_line_after_a_label_costs_little_time() -> None:
    started = time.process_time()
    read(*form(address="Місце проживання " + "сім’ї (особи), дитини " * 2000))
    assert time.process_time() - started < 5


def ring(width_pt: int, place: str = "character") -> str:
    return (
        '<w:r><w:drawing><wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        f'wordprocessingDrawing"><wp:positionH relativeFrom="{place}"><wp:posOffset>-25400'
        f'</wp:posOffset></wp:positionH><wp:extent cx="{width_pt * 12700}" cy="165100"/>'
        '<a:prstGeom xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'prst="ellipse"/></wp:anchor></w:drawing></w:r>'
    )


def test_a_ring_drawn_at_a_word_chooses_it() -> None:
    line = paragraph("Надійшло: ", run("усно   "), ring(52), run("письмово   по телефону"))
    found = read(*form(received=line))
    assert found["received_via"] == "written"
    assert "received_via" not in found["review"]


def test_a_ring_somewhere_on_the_page_is_left_to_a_clerk() -> None:
    line = paragraph("Надійшло: ", ring(52, "page"), run("усно   письмово   по телефону"))
    assert "received_via" in read(*form(received=line))["review"]


def test_options_without_boxes_and_marks_are_left_to_a_clerk() -> None:
    found = read(*form(received="Надійшло: усно   письмово   по телефону"))
    assert found["received_via"] is None
    assert "received_via" in found["review"]


def test_pictures_of_an_unknown_font_are_told_by_the_odd_one() -> None:
    found = read(*form(received="Надійшло: \uf123 усно  \uf199 письмово  \uf123 по телефону"))
    assert found["received_via"] == "written"


@pytest.mark.parametrize(
    ("block", "line", "key", "value"),
    [
        ("address", "Де мешкає родина: с. Вигадане, 5", "address", "с. Вигадане, 5"),
        ("measures", "Які дії вчинено закладом: бесіда", "measures_taken", "бесіда"),
        ("enclosures", "Перелік доданих документів: акт", "enclosures", "акт"),
    ],
)
def test_a_label_that_nobody_foresaw_is_read_at_its_colon(
    block: str, line: str, key: str, value: str
) -> None:
    found = read(*form(**{block: line}))
    assert found[key] == value


def test_a_blank_form_torn_into_narrow_columns_is_no_notice() -> None:
    torn = "(прізвище, ім’я, по батькові, посада особи/спеціаліста, яка (який) прийняла(в) усне"
    empty = dict.fromkeys(("subject", "measures", "enclosures", "accepted_hint"), "")
    blocks = form(
        **empty,
        sender="",
        recipient="",
        address="місце проживання:",
        content="",
        reporter="Від:",
        basis="За результатами",
        accepted_by=torn,
    )
    assert read_file(docx(*blocks), "форма.docx", today=TODAY).forms == ()


def test_organisations_may_have_labels_of_their_own() -> None:
    found = read(
        *form(
            outgoing="1. Вихідний №, дата: № 61-п від 05.03.2026",
            sender="2. Хто направляє (заклад): Вигадана гімназія",
            sender_hint="",
            incoming="3. Вхідний №, дата: № 7 від 06.03.2026",
            recipient="4. Кому направлено (установа): Служба у справах дітей",
            recipient_hint="",
        )
    )
    assert found["sender"] == "Вигадана гімназія"
    assert found["recipient"] == "Служба у справах дітей"
    assert (found["outgoing_number"], found["outgoing_date"]) == ("61-п", "2026-03-05")


def test_a_label_typed_twice_is_one() -> None:
    found = read(
        *form(subject_hint="Місце проживання: ________", address="Місце проживання: с. Вигадане")
    )
    assert found["address"] == "с. Вигадане"
    assert "проживання" not in str(found["subject"]).lower()


def test_a_sentence_shortened_in_its_middle_is_still_the_label() -> None:
    label = "Зміст повідомлення/інформації про факти та ознаки щодо дитини, дата їх виявлення"
    found = read(*form(content_label="", content=f"{label} Дитина сама вдома."))
    assert found["content"] == "Дитина сама вдома."


def test_the_beginning_of_a_number_is_no_date() -> None:
    number, when = number_and_date(" № 11.1-11-870", TODAY)
    assert (number.value, when.value) == ("11.1-11-870", None)


def test_a_piece_of_the_dates_line_makes_an_organisation_doubtful() -> None:
    found = read(*form(outgoing="Дата вих. ____ № ____", sender="від 05.03.2026 Вигадана гімназія"))
    assert {"sender", "outgoing_date", "outgoing_number"} <= set(found["review"])


@pytest.mark.parametrize("label", ["Дата, час: 24,03,2026", "Дата: 24,03,2026"])
def test_commas_may_part_a_date(label: str) -> None:
    found = read(*form(when=label))
    assert found["accepted_date"] == "2026-03-24"
    assert "accepted_date" in found["review"]


def test_a_form_that_holds_only_remains_of_labels_is_empty() -> None:
    blocks = form(
        outgoing="Дата вих. ____ № ____",
        sender="",
        subject="",
        address="місце проживання:",
        content="",
        reporter="Від:",
        basis="За результатами",
        measures="Вжиті заходи закладом",
        enclosures="До повідомлення/інформації додано документи:",
    )
    found = read_file(docx(*blocks), "форма.docx", today=TODAY)
    assert (found.forms, found.reason) == ((), "empty form")
