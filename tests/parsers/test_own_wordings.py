"""Labels, explanations, prompts and answers in the words of whoever typed or filled the form."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from parsers.dodatok1.wordings import is_explanation, is_left_of_hint, letters_of
from parsers.file import read_file
from tests.parsers.wordfile import KINDS, docx, form, paragraph, run, table

TODAY = date(2026, 11, 22)
UNDERLINED = '<w:u w:val="single"/>'


def read(**blocks: str) -> dict[str, Any]:
    found = read_file(docx(*form(**blocks)), "форма.docx", today=TODAY)
    assert len(found.forms) == 1
    return found.forms[0]


@pytest.mark.parametrize(
    "text",
    [
        "Вжиті заходи: (що було зроблено) бесіда з матір’ю",
        "Вжиті заходи: бесіда з матір’ю (які дії вчинено)",
        "Вжиті заходи: (зазначити, що зроблено) бесіда з матір’ю",
        "Вжиті заходи:\nінформація про те, що було зроблено\nбесіда з матір’ю",
    ],
)
def test_what_is_left_of_an_explanation_is_no_value(text: str) -> None:
    lines = text.split("\n")
    found = read(
        measures=lines[0], **dict(zip(("enclosures", "accepted"), lines[1:], strict=False))
    )
    assert found["measures_taken"] == "бесіда з матір’ю"


def test_a_bracket_of_ones_own_stays_in_the_value() -> None:
    found = read(reporter="Від: Навчайко Ольга Іванівна (класна керівниця)", reporter_hint="")
    assert found["reporter"] == "Навчайко Ольга Іванівна (класна керівниця)"


def test_explanations_are_told_from_what_people_write() -> None:
    assert is_explanation("(ПІБ особи, яка подає звернення)")
    assert is_left_of_hint(letters_of("які дії вчинено"))
    for written in ("(проживає з бабусею)", "(мати дитини)", "(сім’я Вигаданків)"):
        assert not is_explanation(written)
        assert not is_left_of_hint(letters_of(written))


@pytest.mark.parametrize(
    "prompt",
    ["Натисніть тут, щоб ввести текст", "Клацніть або торкніться тут, щоб вибрати дату."],
)
def test_the_prompt_of_an_unfilled_blank_is_no_value(prompt: str) -> None:
    found = read(enclosures=f"До повідомлення/інформації додано документи: {prompt}")
    assert found["enclosures"] is None
    assert "enclosures" not in found["review"]


def test_a_label_in_capitals_needs_no_sign() -> None:
    label = "ПРО ДИТИНУ, СІМ’Ю (ОСОБУ), ЯКА ПЕРЕБУВАЄ В СЖО"
    found = read(about=f"{label} Вигаданко Іван Петрович, 9 років", subject="")
    assert found["subject"] == "Вигаданко Іван Петрович, 9 років"


@pytest.mark.parametrize(
    ("key", "block", "value"),
    [
        ("address", "address", "Місце проживання дитини – с. Вигадане"),
        (
            "content",
            "content_label",
            "Зміст повідомлення про факти та дату їх виявлення – дитина голодна.",
        ),
        ("accepted_by", "accepted", "Усне або телефонне повідомлення прийнято – черговий"),
    ],
)
def test_a_dash_ends_a_label_as_a_colon_does(key: str, block: str, value: str) -> None:
    blocks = {block: value, "content": ""} if key == "content" else {block: value}
    assert str(read(**blocks)[key]).startswith(value.partition(" – ")[2])


def test_yes_behind_a_dash_answers_the_word_before_it() -> None:
    kinds = "   ".join(f"{kind} – так" if kind == "анонімно" else kind for kind in KINDS)
    found = read(received="Надійшло: усно   письмово – так   по телефону", kinds=kinds)
    assert (found["received_via"], found["reporter_kinds"]) == ("written", ["anonymous"])
    assert not {"received_via", "reporter_kinds"} & set(found["review"])


def test_an_initial_is_no_tick() -> None:
    found = read(reporter="Від: фахівчиня Горобинюк Х.П.", reporter_hint="")
    assert (found["reporter"], found["reporter_kinds"]) == ("фахівчиня Горобинюк Х.П.", [])


def test_a_date_of_birth_is_no_date_of_receipt() -> None:
    told = "Вигаданко Іван Петрович (дата народження: 17 липня 2018)"
    found = read(subject=told, incoming="Дата вхідна  № 374-22")
    assert found["incoming_number"] == "374-22"
    assert found["persons"][0]["birth_date"] == "2018-07-17"


def test_underlining_reaches_over_the_blank_inside_an_option() -> None:
    line = paragraph(
        run("Надійшло: □ усно   □ письмово   □ "),
        run("по", UNDERLINED),
        run("   ", UNDERLINED),
        run("телефону", UNDERLINED),
    )
    assert read(received=line)["received_via"] == "phone"


def test_commas_all_through_a_date_are_no_doubt_and_one_comma_is() -> None:
    plain = read(outgoing="Дата вих. 28,07,2026 № 7")
    mixed = read(outgoing="Дата вих. 28,07.2026 № 7")
    assert plain["outgoing_date"] == mixed["outgoing_date"] == "2026-07-28"
    assert "outgoing_date" not in plain["review"]
    assert "outgoing_date" in mixed["review"]


def test_a_gap_at_a_stroke_is_no_doubt_in_a_number() -> None:
    assert "outgoing_number" not in read(outgoing="Дата вих. 05.03.2026 № 725 / 01-16")["review"]
    assert "outgoing_number" in read(outgoing="Дата вих. 05.03.2026 № 725 лист 3")["review"]


@pytest.mark.parametrize(("other", "doubted"), [("", False), (" ssd@rada.example.ua", True)])
def test_the_only_address_of_a_head_is_the_senders(other: str, doubted: bool) -> None:
    found = read(sender="Вигадана гімназія school@osvita.example.ua", incoming="", recipient=other)
    assert found["sender_email"] == "school@osvita.example.ua"
    assert ("sender_email" in found["review"]) == doubted


def test_a_label_in_two_pieces_begins_no_second_form() -> None:
    found = read(
        content_label="Зміст повідомлення: ",
        content="Факти, ознаки чи застереження: дитина голодна.",
    )
    assert str(found["content"]).endswith("дитина голодна.")
    assert found["reporter"]


def test_a_picture_of_an_unknown_font_is_no_word() -> None:
    found = read(address="Місце проживання: с. Вигадане, вул. Нова, 1 \uf0b7")
    assert found["address"] == "с. Вигадане, вул. Нова, 1"


def test_a_label_may_end_in_one_word_on_the_next_line() -> None:
    found = read(address="Місце проживання", content_label="сім’ї: с. Вигадане", content="")
    assert found["address"] == "с. Вигадане"


@pytest.mark.parametrize(
    "label",
    [
        "Повідомлення (усне, телефонне) прийнято:",
        "Повідомлення (усне або телефонне) прийнято:",
        "Усне, телефонне повідомлення прийнято:",
    ],
)
def test_a_label_with_brackets_is_no_part_of_the_field_before_it(label: str) -> None:
    found = read(accepted=label, accepted_by="Приймайко Олена, спеціалістка")
    assert found["enclosures"] == "характеристика"
    assert found["accepted_by"] == "Приймайко Олена, спеціалістка"


@pytest.mark.parametrize("heading", ["ІІІ. ЗАЯВНИК", "Розділ 3. Відомості про заявника"])
def test_the_heading_of_a_part_ends_the_field_before_it(heading: str) -> None:
    told = "Дитина тиждень не відвідує уроків."
    found = read(content=told, reporter=heading, reporter_hint="Від: Навчайко Ольга Іванівна")
    assert (found["content"], found["reporter"]) == (told, "Навчайко Ольга Іванівна")


def test_a_bold_heading_in_capitals_ends_the_field_before_it() -> None:
    heading = paragraph(run("ПРИЙОМ ПОВІДОМЛЕННЯ", "<w:b/>"))
    found = read(accepted=heading, accepted_by="Усне або телефонне повідомлення прийнято:")
    assert found["enclosures"] == "характеристика"


def test_a_numbered_line_in_unknown_words_is_shown_to_a_clerk() -> None:
    found = read(content=paragraph("Дитина мовчить.") + paragraph("ІV. Характер ушкоджень"))
    assert "content" in found["review"]


def test_explanations_that_do_not_say_whose_name_they_ask_for_are_told_apart() -> None:
    found = read(
        outgoing="Дата вхід. ________ № ______",
        sender="____________________",
        sender_hint="(найменування установи)",
        incoming="Дата вих. 05.03.2026 № 01-15/12",
        recipient="Вигадана гімназія, тел. 050 000 00 01",
        recipient_hint="(найменування закладу, адреса, телефон)",
    )
    assert found["sender"] == "Вигадана гімназія, тел. 050 000 00 01"
    assert (found["sender_phone"], found["recipient"]) == ("050 000 00 01", None)
    assert (found["outgoing_number"], found["incoming_number"]) == ("01-15/12", None)


def test_a_value_that_is_a_word_of_its_explanation_stays() -> None:
    found = read(basis="За результатами", basis_hint="відвідування")
    assert found["basis"] == "відвідування"


@pytest.mark.parametrize("opening", ["Від кого – \n", "Від кого "])
def test_from_whom_without_a_colon_is_no_part_of_the_name(opening: str) -> None:
    lines = [*opening.split("\n")]
    lines[-1] += "Навчайко Ольга Іванівна"
    found = read(reporter="".join(map(paragraph, lines)))
    assert found["reporter"] == "Навчайко Ольга Іванівна"


@pytest.mark.parametrize("chosen", ["від родичів", "від суб’єкта соц. роботи"])
def test_an_answer_in_brackets_belongs_to_the_option_before_it(chosen: str) -> None:
    kinds = [*KINDS[:-2], "від суб’єкта соц. роботи", "інше"]
    told = " ".join(f"{kind} (так)" if kind == chosen else kind for kind in kinds)
    found = read(kinds=told)
    assert found["reporter_kinds"] == [
        "relatives" if chosen == "від родичів" else "social_work_body"
    ]


def test_an_address_for_mail_that_broke_at_the_end_of_a_line_is_whole() -> None:
    found = read(sender=paragraph("Гімназія nova@rada.exam") + paragraph("ple"))
    assert found["sender_email"] == "nova@rada.example"
    found = read(sender=paragraph("Гімназія nova@rada.example") + paragraph("0500000001"))
    assert found["sender_email"] == "nova@rada.example"


def test_what_stands_before_a_table_is_no_part_of_the_organisation_in_it() -> None:
    cells = (
        "".join(map(paragraph, ("Вигадана гімназія", "(найменування закладу, адреса, телефон)"))),
        "".join(map(paragraph, ("Служба у справах дітей", "(найменування установи)"))),
    )
    blocks = dict.fromkeys(("annex", "incoming", "recipient", "recipient_hint", "sender_hint"), "")
    found = read(**blocks | {"outgoing": "Повідомлення – Редактор", "sender": table(cells)})
    assert (found["sender"], found["recipient"]) == ("Вигадана гімназія", "Служба у справах дітей")


def test_contacts_in_an_unknown_receiver_are_shown_to_a_clerk() -> None:
    found = read(sender="", recipient="Вигадана гімназія, nova@rada.example")
    assert {"sender", "recipient", "sender_email"} <= set(found["review"])


def test_a_value_that_begins_as_a_label_goes_on_is_shown_to_a_clerk() -> None:
    told = "про факти чи ознаки щодо дитини та родини Дитина мовчить."
    assert "content" in read(content=told)["review"]
    assert "content" not in read(content="не ходить до школи другий тиждень")["review"]
