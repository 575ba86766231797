"""A training, a plan or a report raises no alarm, and hides nobody who is in danger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rules.danger import judge, load_indicators
from rules.danger_genre import told_from
from rules.danger_text import Text

ROOT = Path(__file__).parents[2]
CATALOGUE = load_indicators(ROOT / "catalogues" / "indicators.toml")
HIDDEN = [
    row["text"]
    for row in map(
        json.loads,
        (ROOT / "tests" / "rules" / "danger" / "tune5.jsonl").read_text("utf-8").splitlines(),
    )
    if row["urgent"]
]


@pytest.mark.parametrize("text", HIDDEN)
def test_no_training_plan_or_note_hides_a_child_in_danger(text: str) -> None:
    assert judge(text, CATALOGUE).urgent is True


@pytest.mark.parametrize(
    "opening",
    [
        "Семінар для педагогів відбувся.",
        "План заходів на тиждень.",
        "Статистика за квартал.",
        "Інформаційна кампанія проти насильства.",
        "Звіт про роботу.",
    ],
)
@pytest.mark.parametrize(
    "threat",
    [
        "Вітчим побив дитину.",
        "У Насті на шиї сліди від зашморгу.",
        "Хлопчик замкнений у погребі.",
        "Мати душила доньку.",
        "Дівчина хоче повіситися.",
        "Сина тримають на ланцюгу.",
        "Немовля не годують.",
    ],
)
def test_no_opening_hides_a_threat_to_one_child(opening: str, threat: str) -> None:
    assert judge(f"{opening} {threat}", CATALOGUE).urgent is True


@pytest.mark.parametrize(
    "text",
    [
        "Семінар: як помітити, що дитину б’ють. Сертифікат видається.",
        "Вебінар: якщо дитина каже, що хоче померти. Реєстрація до четверга.",
        "Тренінг. Вправа: розібрати вигадану історію, у якій вітчим б’є хлопчика.",
        "Статистика за рік: побиття – 12, сексуальне насильство – 1, самогубства – 0.",
        "Звіт за квартал. Проведено лекції про побиття, отруєння, самогубство.",
        "План заходів. Бесіди про насильство провести Ользі Петренко.",
    ],
)
def test_a_danger_in_general_is_calm(text: str) -> None:
    assert judge(text, CATALOGUE).urgent is False


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Вітчим побив дитину.", 0),  # of no general kind at all
        ("Семінар про насильство. Просимо зареєструватися.", 2),  # tells of nobody
        ("Семінар про насильство. Дякуємо. Хлопчик плакав.", 2),
        ("Семінар про насильство. Дитина плакала.", 1),
        ("Семінар про насильство. Дитина і школа.", 2),  # a topic has no verb
        ("Семінар про насильство. Якщо дитина плакала.", 2),
        ("Семінар про насильство. Дитина плакала, якщо її били.", 1),
        ("Семінар про насильство. Діти плакали.", 2),
        ("Семінар про насильство. У Насті синці.", 1),
        ("Семінар про насильство. Настя Коваль, директор.", 2),  # somebody signs
        ("Семінар про насильство. Приїдьте до нас.", 0),
    ],
)
def test_a_text_tells_from_the_sentence_that_speaks_of_one(text: str, sentence: int) -> None:
    assert told_from(Text(text, CATALOGUE.language)) == sentence


def test_an_indicator_that_is_no_threat_is_shown_of_any_kind_of_text() -> None:
    text = "Моніторинг сімей. Борг за газ понад рік, мати не працює."
    assert judge(text, CATALOGUE).indicators
