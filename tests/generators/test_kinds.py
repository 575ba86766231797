"""What holds for every kind of document: whatever is known or missing, it is whole or says what lacks."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generators.docx import render
from generators.kind import Body, Directory
from generators.kinds import KINDS
from generators.letterhead import Addressee, Letterhead
from generators.lint import lint_docx
from generators.to_fill import places_to_fill
from tests.generators.sample_cards import CENTRE, OFFICE, SCHOOL, card, requisites
from tests.generators.small_templates import words

TEMPLATES = Path(__file__).parents[2] / "templates"
DIRECTORY = Directory((Body("css", "css", CENTRE), Body("vpd", "police", SCHOOL)))


def told(kind: str) -> dict[str, Any]:
    """What a clerk might tell of each detail that a kind asks for."""
    days = {key: "2015-05-07" for key, one in KINDS[kind].DETAILS.items() if one.is_day}
    texts = {
        key: one.example or next(iter(one.allowed), "Озерчук Назар Зразкович")
        for key, one in KINDS[kind].DETAILS.items()
        if key not in days
    }
    lists = {key: [texts[key]] for key, one in KINDS[kind].DETAILS.items() if one.several}
    return days | texts | lists


def made(kind: str, entry: Any, said: dict[str, Any], **changes: Any) -> bytes:
    values = KINDS[kind].context(entry, requisites(**changes), said)
    return render(TEMPLATES / f"{kind}.docx", values)


@pytest.mark.parametrize("kind", KINDS)
def test_context_has_exactly_the_values_that_the_kind_declares(kind: str) -> None:
    for said in (told(kind), dict.fromkeys(KINDS[kind].DETAILS)):
        context = KINDS[kind].context(card(), requisites(), said)
        assert set(context) == set(KINDS[kind].VARIABLES)
        assert json.loads(json.dumps(context)) == context
        # What was told stays in the document, so that drafted anew it still knows it.
        assert set(KINDS[kind].DETAILS) <= set(context)


@pytest.mark.parametrize("kind", KINDS)
def test_whole_document_has_no_fault(kind: str) -> None:
    assert lint_docx(made(kind, card(True), told(kind)), final=True) == []


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_missing_it_is_made_and_says_what_to_fill_in(kind: str) -> None:
    nothing = card(None, **dict.fromkeys(card().values))
    bare = Letterhead(name="Служба у справах дітей")
    data = made(kind, nothing, dict.fromkeys(KINDS[kind].DETAILS), issuer=bare, executor=None)
    faults = {fault.rule for fault in lint_docx(data)}
    assert faults <= {"requisite-missing", "requisite-form"}
    assert not any("None" in line for line in words(data))


HARD = "О’Нілл & Сини <b> «Кут» " + "Довгопрізвищенко-" * 18


@pytest.mark.parametrize("kind", KINDS)
def test_signs_of_markup_and_long_names_stand_as_they_are(kind: str) -> None:
    people = [{"name": f"Дитина{n} Пробна", "birth_date": "2015-05-07"} for n in range(15)]
    entry = card(True, subject=HARD, address=HARD, content=f"{HARD}\n{HARD}", persons=people)
    text = " ".join(words(made(kind, entry, told(kind))))
    assert "&amp;" not in text and "&lt;" not in text
    values = KINDS[kind].context(entry, requisites(), told(kind))
    assert ("О’Нілл & Сини <b>" in text) is (
        "О’Нілл & Сини" in json.dumps(values, ensure_ascii=False)
    )


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.FORM == "letter"])
def test_no_letter_to_others_names_the_reporter(kind: str) -> None:
    story = "Зі слів директорки Лесі Вишняковець, дитина голодна. Вишняковець Л. О. бачила синці."
    signs = ({"quote": "Вишняковець бачила синці"},)
    entry = replace(card(True, content=story), indicators=signs)
    told_by_all = " ".join(words(made(kind, entry, told(kind))))
    assert "Вишняков" not in told_by_all


@pytest.mark.parametrize("kind", KINDS)
def test_addressees_are_told_apart_and_each_is_somebody(kind: str) -> None:
    for entry in (card(True), card(False), card(None, sender=None, reporter=None)):
        for known in (DIRECTORY, Directory()):
            found = KINDS[kind].addressees(entry, known)
            assert len({one.key for one in found}) == len(found)
            if KINDS[kind].FORM == "letter":
                assert all("".join(one.addressee.lines) for one in found)


def test_who_is_not_configured_is_a_place_to_fill_in() -> None:
    found = KINDS["urgent_visit_notice"].addressees(card(True), DIRECTORY)
    assert [one.key for one in found] == ["vpd", "cpmsd", "css"]
    missing = list(places_to_fill(found[1].addressee.lines))
    assert missing == [
        'центр первинної медико-санітарної допомоги: впишіть [[partner]] з kind = "cpmsd"'
    ]
    assert not list(places_to_fill(found[0].addressee.lines))


def test_order_names_the_child_in_the_accusative_or_asks() -> None:
    order = KINDS["enrolment_order"]
    one = order.context(card(), requisites(), {})
    assert one["дитину"] == "Озерчука Назара Зразковича"
    several = card(persons=[{"name": f"Дитина {n}", "age": n} for n in (3, 5)])
    assert "вкажіть дитина=" in order.context(several, requisites(), {})["дитину"]
    chosen = order.context(several, requisites(), {"дитина": "Ткач Мар’яна Іванівна"})
    assert chosen["дитину"] == "Ткач Мар’яну Іванівну"
    both = order.context(
        several, requisites(), {"дитина": "Ткач Мар’яна Іванівна; Кравчук Олег Іванович"}
    )
    assert both["дитину"] == "Ткач Мар’яну Іванівну та Кравчука Олега Івановича"


def test_doubtful_name_is_marked_and_not_guessed() -> None:
    from generators.naming import Names

    doubtful = Names().in_case("Пеппі Лонг", "dat")
    assert "перевірте давальний відмінок" in doubtful
    known = Names({("Пеппі Лонг", "dat"): "Пеппі Лонг"})
    assert known.in_case("Пеппі  Лонг", "dat") == "Пеппі Лонг"


def test_place_is_asked_for_where_the_configuration_has_none() -> None:
    issuer = replace(OFFICE, place="")
    data = made("enrolment_order", card(), {}, issuer=issuer, addressee=Addressee(lines=()))
    assert "to-fill" in {fault.rule for fault in lint_docx(data, final=True)}
