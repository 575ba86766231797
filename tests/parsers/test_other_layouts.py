"""A form typed anew in another layout says the same as the printed one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from parsers.file import read_file
from tests.parsers.wordfile import TITLE, docx, form, paragraph, table

TODAY = date(2026, 11, 22)
PLAIN = form()
OUTGOING, SENDER, SENDER_HINT, INCOMING, RECIPIENT, RECIPIENT_HINT = PLAIN[1:7]
HEADLESS = dict.fromkeys(
    ("outgoing", "sender", "sender_hint", "incoming", "recipient", "recipient_hint"), ""
)


def box(*lines: str) -> str:
    inner = "".join(paragraph(line) for line in lines)
    drawing = f"<w:drawing><w:txbxContent>{inner}</w:txbxContent></w:drawing>"
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice></mc:AlternateContent></w:r>'


def head(*blocks: str) -> list[str]:
    return form(**{**HEADLESS, "outgoing": "".join(map(_block, blocks))})


def _block(block: str) -> str:
    return block if block.startswith("<") else paragraph(block)


LEFT, RIGHT = (OUTGOING, SENDER, SENDER_HINT), (INCOMING, RECIPIENT, RECIPIENT_HINT)
LAYOUTS: dict[str, list[str]] = {
    "table of one row": head(table(tuple("".join(map(paragraph, c)) for c in (LEFT, RIGHT)))),
    "table of three rows": head(table(*zip(LEFT, RIGHT, strict=True))),
    "two text boxes": head(paragraph(box(*LEFT), box(*RIGHT))),
    "right text box first": head(paragraph(box(*RIGHT), box(*LEFT))),
    "row by row": head(OUTGOING, INCOMING, SENDER, SENDER_HINT, RECIPIENT, RECIPIENT_HINT),
    "recipient first": head(RECIPIENT, RECIPIENT_HINT, OUTGOING, SENDER, SENDER_HINT, INCOMING),
    "explanations above": form(
        sender=SENDER_HINT, sender_hint=SENDER, recipient=RECIPIENT_HINT, recipient_hint=RECIPIENT
    ),
    "explanations on the lines": form(
        sender=f"{SENDER} {SENDER_HINT}",
        sender_hint="",
        recipient=f"{RECIPIENT} {RECIPIENT_HINT}",
        recipient_hint="",
    ),
    "no explanations": form(
        **dict.fromkeys((k for k in ("sender_hint", "recipient_hint", "subject_hint")), "")
    ),
    "explanations in other words": form(
        sender_hint="(назва закладу, що направляє, адреса, телефон)",
        recipient_hint="(назва установи, що отримала)",
        subject_hint="(ПІБ, вік дитини)",
        reporter_hint="(ПІБ, посада заявника)",
        basis_hint="(візит, обстеження тощо)",
        accepted_hint="(ПІБ, посада)",
    ),
    "named organisations": head(OUTGOING, f"Від кого: {SENDER}", f"Кому: {RECIPIENT}", INCOMING),
    "number on a line of its own": form(
        outgoing="".join(map(paragraph, OUTGOING.split(" № "))).replace("01-15/12", "№ 01-15/12")
    ),
    "number first": form(outgoing="Вих. № 01-15/12 від 05.03.2026"),
    "dotted blanks": form(
        outgoing="Дата вих. ......05.03.2026.....№....01-15/12.....",
        incoming="Дата вхід………№…………",
        address="місце проживання: …………с. Вигадане, вул. Нова, 1………",
    ),
    "no heading and no title": form(annex="", title="", title_2=""),
    "numbered labels": form(
        address="3) місце проживання: с. Вигадане, вул. Нова, 1",
        reporter="5. Від: Навчайко Ольга Іванівна, учителька",
    ),
    "value under its blank": form(
        address=paragraph("місце проживання: ______") + paragraph("с. Вигадане, вул. Нова, 1")
    ),
    "value before its explanation": form(
        subject="", subject_hint=f"Вигаданко Іван Петрович, 9 років {PLAIN[14]}"
    ),
    "subject on the label's line": form(
        about=f"Про{TITLE[3:]} Вигаданко Іван Петрович, 9 років", subject=""
    ),
}


def told(blocks: list[str]) -> dict[str, Any]:
    (found,) = read_file(docx(*blocks), "форма.docx", today=TODAY).forms
    return {k: v for k, v in found.items() if k not in ("places", "confidence")}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_another_layout_says_the_same(layout: list[str]) -> None:
    assert told(layout) == told(PLAIN)


def test_two_organisations_that_nothing_parts_are_shown_to_a_clerk() -> None:
    assert "recipient" in told(head(OUTGOING, INCOMING, SENDER, RECIPIENT))["review"]


def test_a_value_of_dashes_is_blank() -> None:
    found = told(
        form(address="місце проживання: –", basis="За результатами —", when="Дата – Час –")
    )
    assert (found["address"], found["basis"], found["accepted_date"]) == (None, None, None)
    assert found["review"] == []


def test_date_and_time_may_share_a_label() -> None:
    found = told(form(when="Дата і час: 05.03.2026, 10:30"))
    assert (found["accepted_date"], found["accepted_time"]) == ("2026-03-05", "10:30")


def test_a_label_nobody_can_read_puts_its_neighbour_before_a_clerk() -> None:
    found = told(form(basis="Зі рзлтатм відвідування сім’ї"))
    assert {"reporter", "basis"} <= set(found["review"])


@pytest.mark.parametrize("blocks", [[], ["Просимо надати інформацію про дитину. Директор школи."]])
def test_a_letter_is_no_form(blocks: list[str]) -> None:
    assert read_file(docx("Лист", *blocks), "лист.docx", today=TODAY).reason == "not a form"


def test_the_blank_form_is_an_empty_form() -> None:
    blank = form(
        outgoing="Дата вих.____№____",
        sender="____",
        subject="____",
        address="місце проживання: ___",
        content="",
        reporter="Від: ____",
        basis="За результатами ____",
        measures="Вжиті заходи:",
        enclosures="До повідомлення/інформації додано документи: ____",
    )
    assert read_file(docx(*blank), "бланк.docx", today=TODAY).reason == "empty form"


def test_an_empty_number_sign_takes_no_organisation_from_the_row_below() -> None:
    blocks = head(table(("Дата вих. 05.03.2026 № 01-15/12", "Дата вхідна  №"), (SENDER, RECIPIENT)))
    found = read_file(docx(*blocks), "форма.docx", today=TODAY).forms[0]
    assert (found["sender"], found["recipient"]) == (SENDER, RECIPIENT)
    assert found["incoming_number"] is None


def test_values_right_of_the_labels_are_no_second_column() -> None:
    text = "\n".join(
        [
            "ПОВІДОМЛЕННЯ/ІНФОРМАЦІЯ",
            TITLE,
            "Дата вих.\t05.03.2026 № 7",
            "Дата вх.\t06.03.2026 № 8",
            f"{SENDER_HINT.strip('()').capitalize()}\t{SENDER}",
            "с. Вигадане, вул. Нова, 1",
            f"{RECIPIENT_HINT.strip('()').capitalize()}\t{RECIPIENT}",
            "Надійшло:\tписьмово",
            f"Про{TITLE[3:]}\tВигаданко Іван Петрович, 9 років",
            "Місце проживання:\tс. Вигадане",
            "Зміст повідомлення:\tДитина голодна.",
            "Від:\tНавчайко Ольга",
            "Вжиті заходи:\tбесіда",
        ]
    )
    found = read_file(text.encode(), "лист.txt", today=TODAY).forms[0]
    assert found["sender"] == f"{SENDER} с. Вигадане, вул. Нова, 1"
    assert found["recipient"] == RECIPIENT
