"""Every habit of filling in the form in Word is read, or shown to a clerk."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from parsers.file import read_file
from tests.parsers.wordfile import KINDS, docx, form, paragraph, run, table

TODAY = date(2026, 11, 22)
UNDERLINED = '<w:u w:val="single"/>'


def read(*blocks: str, parts: dict[str, str] | None = None) -> dict[str, Any]:
    found = read_file(docx(*blocks, parts=parts), "форма.docx", today=TODAY)
    assert len(found.forms) == 1
    return found.forms[0]


def control(state: str) -> str:
    glyph = "☒" if state == "1" else "☐"
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{run(glyph)}</w:sdtContent></w:sdt>"
    )


def legacy_box(inner: str) -> str:
    data = f"<w:ffData><w:checkBox>{inner}</w:checkBox></w:ffData>"
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def symbol(code: str, font: str = "Wingdings") -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


HABITS = {
    "ballot box before": "Надійшло: ☐ усно ☒ письмово ☐ по телефону",
    "ballot box behind": "Надійшло: усно ☐ письмово ☑ по телефону ☐",
    "filled square": "Надійшло: □ усно ■ письмово □ по телефону",
    "bare tick before": "Надійшло: усно    ✓ письмово    по телефону",
    "bare tick behind": "Надійшло: усно    письмово ✔    по телефону",
    "tick behind with commas": "Надійшло: усно, письмово +, по телефону",
    "Latin V": "Надійшло: усно   V письмово   по телефону",
    "Cyrillic Х": "Надійшло: усно   Х письмово   по телефону",
    "small х in brackets": "Надійшло: [ ] усно [х] письмово [ ] по телефону",
    "plus in round brackets": "Надійшло: ( ) усно (+) письмово ( ) по телефону",
    "tick beside an empty box": "Надійшло: □ усно □V письмово □ по телефону",
    "the others deleted": "Надійшло: письмово",
    "bold": paragraph("Надійшло: усно ", run("письмово", "<w:b/>"), " по телефону"),
    "underlined": paragraph("Надійшло: усно ", run("письмово", UNDERLINED), " по телефону"),
    "highlighted": paragraph(
        "Надійшло: усно ", run("письмово", '<w:highlight w:val="yellow"/>'), " по телефону"
    ),
    "shaded": paragraph(
        "Надійшло: усно ", run("письмово", '<w:shd w:fill="FFFF00"/>'), " по телефону"
    ),
    "framed": paragraph(
        "Надійшло: усно ", run("письмово", '<w:bdr w:val="single"/>'), " по телефону"
    ),
    "the others struck out": paragraph(
        "Надійшло: ", run("усно", "<w:strike/>"), " письмово ", run("по телефону", "<w:strike/>")
    ),
    "content controls": paragraph(
        "Надійшло: ",
        control("0"),
        " усно ",
        control("1"),
        " письмово ",
        control("0"),
        " по телефону",
    ),
    "legacy boxes": paragraph(
        "Надійшло: ",
        legacy_box('<w:default w:val="0"/>'),
        " усно ",
        legacy_box('<w:default w:val="0"/><w:checked/>'),
        " письмово ",
        legacy_box('<w:default w:val="1"/><w:checked w:val="0"/>'),
        " по телефону",
    ),
    "Wingdings symbols": paragraph(
        "Надійшло: ",
        symbol("F0A8"),
        " усно ",
        symbol("F0FE"),
        " письмово ",
        symbol("F0A8"),
        " по телефону",
    ),
    "Wingdings letters": paragraph(
        "Надійшло: ",
        run("o", '<w:rFonts w:ascii="Wingdings"/>'),
        " усно ",
        run("þ", '<w:rFonts w:ascii="Wingdings"/>'),
        " письмово ",
        run("o", '<w:rFonts w:ascii="Wingdings"/>'),
        " по телефону",
    ),
    "Wingdings 2": paragraph(
        "Надійшло: ",
        symbol("F0A3", "Wingdings 2"),
        " усно ",
        symbol("F052", "Wingdings 2"),
        " письмово ",
        symbol("F0A3", "Wingdings 2"),
        " по телефону",
    ),
}


@pytest.mark.parametrize("received", HABITS.values(), ids=HABITS)
def test_a_mark_in_any_habit_says_how_the_notice_came(received: str) -> None:
    found = read(*form(received=received))
    assert (found["received_via"], "received_via" in found["review"]) == ("written", False)


@pytest.mark.parametrize(
    "received",
    [
        "Надійшло: ☒ усно ☒ письмово ☐ по телефону",
        "Надійшло: факсом",
        "Надійшло: усно письмово",
        "Надійшло: усно V письмово по телефону",
    ],
)
def test_marks_that_say_nothing_plain_are_shown_to_a_clerk(received: str) -> None:
    assert "received_via" in read(*form(received=received))["review"]


def test_several_kinds_of_reporters_may_be_ticked() -> None:
    kinds = "   ".join(f"{'☒' if n in (1, 5) else '☐'} {kind}" for n, kind in enumerate(KINDS))
    assert read(*form(kinds=kinds))["reporter_kinds"] == ["relatives", "other"]


def test_nothing_ticked_is_nothing_and_sure() -> None:
    found = read(*form())
    assert found["reporter_kinds"] == []
    assert found["received_via"] is None
    assert found["review"] == []


def test_the_prompt_of_an_unfilled_control_is_no_value() -> None:
    prompt = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{run('Клацніть або торкніться тут, щоб ввести текст.')}</w:sdtContent></w:sdt>"
    )
    assert read(*form(address=paragraph("місце проживання: ", prompt)))["address"] is None


def test_a_drop_down_of_an_old_form_gives_the_chosen_entry() -> None:
    data = (
        '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="с. Перше"/>'
        '<w:listEntry w:val="с. Друге"/></w:ddList></w:ffData>'
    )
    field = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
    assert read(*form(address=paragraph("місце проживання: ", field)))["address"] == "с. Друге"


def test_deleted_and_hidden_text_is_not_read() -> None:
    deleted = "<w:del><w:r><w:delText>с. Старе</w:delText></w:r></w:del>"
    inserted = f"<w:ins>{run('с. Нове')}</w:ins>"
    hidden = run(" таємне", "<w:vanish/>")
    address = paragraph("місце проживання: ", deleted, inserted, hidden)
    assert read(*form(address=address))["address"] == "с. Нове"


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('с. У рамці')}</w:txbxContent>"
    drawing = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = read(*form(address=paragraph("місце проживання: ", drawing)))
    assert found["address"] == "с. У рамці"


def test_the_columns_of_the_head_may_be_made_of_spaces() -> None:
    gap = " " * 30
    found = read(
        *form(
            outgoing=f"Дата вих. 05.03.2026 № 7{gap}Дата вхід. 06.03.2026 № 8/вх",
            sender=f"Вигадана гімназія{gap}Служба у справах дітей",
            sender_hint=f"тел. 050 000 11 22{gap}Рожищенської міської ради",
            incoming=f"(найменування організації/закладу/установи,{gap}(найменування організації"
            "/закладу/установи,",
            recipient=f"яка направляє повідомлення, поштова та{gap}яка отримала повідомлення)",
            recipient_hint="електронна адреси, телефон)",
        )
    )
    assert found["sender"] == "Вигадана гімназія тел. 050 000 11 22"
    assert found["recipient"] == "Служба у справах дітей Рожищенської міської ради"
    assert (found["outgoing_number"], found["outgoing_date"]) == ("7", "2026-03-05")
    assert (found["incoming_number"], found["incoming_date"]) == ("8/вх", "2026-03-06")


def test_a_form_made_anew_as_a_table_is_read_row_by_row() -> None:
    rows = table(
        ("Дата вих.", "05.03.2026"),
        ("№ вих.", "61-п"),
        ("Дата вхід.", ""),
        ("№ вхід.", ""),
        ("Надійшло:", "☒ усно ☐ письмово ☐ по телефону"),
        ("Про" + form()[8][3:], "Вигаданко Іван Петрович, 9 років"),
        ("Місце проживання:", ""),
        ("Зміст повідомлення/інформації:", "Дитина тиждень не відвідує уроків."),
        ("Від:", ""),
        ("Хто звернувся", "☐ самозвернення ☐ від родичів ☒ анонімно"),
        ("За результатами", ""),
        ("Вжиті заходи:", "бесіда"),
        ("Дата", "06.03.2026"),
        ("Час", "9 год. 5 хв."),
    )
    found = read(rows)
    assert (found["outgoing_date"], found["outgoing_number"]) == ("2026-03-05", "61-п")
    assert (found["incoming_date"], found["incoming_number"]) == (None, None)
    assert (found["address"], found["reporter"], found["basis"]) == (None, None, None)
    assert found["reporter_kinds"] == ["anonymous"]
    assert (found["accepted_date"], found["accepted_time"]) == ("2026-03-06", "09:05")


def test_labels_over_a_row_of_values_are_read_column_by_column() -> None:
    head = table(
        ("Дата вих.", "№ вих.", "Дата вхід.", "№ вхід."),
        ("05.03.2026", "61-п", "06.03.2026", "9"),
    )
    found = read(*form(outgoing=head, incoming=""))
    assert (found["outgoing_date"], found["outgoing_number"]) == ("2026-03-05", "61-п")
    assert (found["incoming_date"], found["incoming_number"]) == ("2026-03-06", "9")


def test_misspelt_labels_are_found() -> None:
    found = read(
        *form(
            received="Надійшо: ☐ усно ☒ письмово ☐ по телефону",
            address="Мiсце прожiвання: с. Вигадане",
            measures="Вжитті заходи: бесіда",
            enclosures="До повідомленя/інформації додано докумeнти: акт",
        )
    )
    assert found["received_via"] == "written"
    assert (found["address"], found["measures_taken"]) == ("с. Вигадане", "бесіда")
    assert found["enclosures"] == "акт"


def test_a_letter_before_the_form_is_no_part_of_it() -> None:
    found = read(
        "Вигадана гімназія",
        "01.03.2026 № 99",
        "Надсилаємо повідомлення про дитину. Додаток: на 1 арк.",
        "Директор                    Олена ВИГАДАНА",
        *form(),
    )
    assert found["sender"] == "Вигадана гімназія"
    assert (found["outgoing_date"], found["outgoing_number"]) == ("2026-03-05", "01-15/12")


def test_two_forms_in_one_file_are_two_forms() -> None:
    other = form(subject="Інший Петро Петрович, 3 роки", outgoing="Дата вих. 09.03.2026 № 13")
    found = read_file(docx(*form(), *other), "два.docx", today=TODAY).forms
    assert [f["outgoing_number"] for f in found] == ["01-15/12", "13"]
    assert [f["persons"][0]["name"] for f in found] == [
        "Вигаданко Іван Петрович",
        "Інший Петро Петрович",
    ]


def test_words_of_labels_inside_the_content_are_content() -> None:
    content = (
        "Від сусідів стало відомо про сварки. За результатами огляду слідів немає. "
        "Місце проживання родини змінилося. Дата невідома."
    )
    assert read(*form(content=content))["content"] == content


@pytest.mark.parametrize("start", ["Від сусідів", "За результатами", "Дата події", "Час від часу"])
def test_a_line_of_the_content_may_begin_with_a_word_of_a_label(start: str) -> None:
    content = f"{start} відомо, що дитина сама вдома."
    found = read(*form(content=content))
    assert (found["content"], found["reporter"]) == (content, "Навчайко Ольга Іванівна, учителька")


def test_a_field_keeps_its_place() -> None:
    found = read(*form())
    assert found["places"]["address"]["paragraph"] == form().index(
        "місце проживання: с. Вигадане, вул. Нова, 1"
    )


def test_an_impossible_date_is_shown_to_a_clerk() -> None:
    found = read(*form(outgoing="Дата вих. 31.02.2026 № 5"))
    assert "outgoing_date" in found["review"]
    assert found["outgoing_number"] == "5"
