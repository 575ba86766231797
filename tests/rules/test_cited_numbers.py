"""Which numbers a letter says it answers, and which papers stop a clock."""

from __future__ import annotations

from datetime import date

import pytest

from rules.answers import cited, told_events
from rules.mentions import capital_stems, mentions_family, mentions_person
from rules.telling import reads_like_notification

DAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "number", "dated"),
    [
        ("На № 01-12/7 від 04.03.2026 повідомляємо", "01-12/7", DAY),
        ("05.03.2026 № 45/01-12   На № 01-12 / 7 від 04.03.2026 р.", "01-12/7", DAY),
        ("на Ваш запит від 04.03.2026 № 01-12/7", "01-12/7", DAY),
        ("На вих. №01-12/7", "01-12/7", None),
        ("щодо Вашого повідомлення № 12", "12", None),
        ("Повідомлення зареєстровано за № 3/01-17 від 4 березня 2026 року", "3/01-17", DAY),
        ("відповідь на лист № 01-12/7 (від 04.03.2026)", "01-12/7", DAY),
    ],
)
def test_a_number_of_ours_is_found_with_its_date(
    text: str, number: str, dated: date | None
) -> None:
    assert cited(text) == [(number, dated)]


@pytest.mark.parametrize(
    "text",
    [
        "05.03.2026 № 45/01-12",
        "вул. Нова, буд. № 5",
        "учень школи № 3 на обліку не перебуває",
        "Лист № 01-12/7 від 04.03.2026",
        "на початку року",
    ],
)
def test_a_letters_own_number_and_other_numbers_are_no_citation(text: str) -> None:
    assert cited(text) == []
    assert cited(text, subject=True) == []


@pytest.mark.parametrize("mark", ["Re:", "RE[2]:", "Відп:", "На:"])
def test_behind_a_mark_of_reply_the_subjects_number_is_cited(mark: str) -> None:
    subject = f"{mark} Лист № 01-12/7 від 04.03.2026"
    assert cited(subject, subject=True) == [("01-12/7", DAY)]


def test_text_without_end_costs_little() -> None:
    assert len(cited("на № 1/2 від " * 9_000)) <= 20
    assert cited("на " * 100_000) == []


@pytest.mark.parametrize(
    ("paper", "told"),
    [
        ("ВИСНОВОК\nоцінки потреб сім’ї", True),
        ("Акт проведення оцінки потреб сім’ї", True),
        ("Про надання висновку за результатами оцінки потреб", True),
        ("Оцінку потреб розпочато.", False),
        ("Про обстеження умов проживання", False),
        ("довгий вступ " * 200 + "висновок оцінки потреб надішлемо", False),
    ],
)
def test_only_a_paper_headed_as_a_conclusion_is_one(paper: str, told: bool) -> None:
    events = {"conclusion_received"} if told else set()
    assert set(told_events("assessment_request", [paper])) == events
    assert not told_events("registration_reply", [paper])


def test_a_family_is_known_in_any_case_and_a_person_by_both_names() -> None:
    values = {
        "subject": "Вигаданюк Іван Петрович, 11 років",
        "persons": [{"name": "Вигаданюк Іван Петрович"}],
    }
    both = capital_stems("Щодо Вигаданюка Івана повідомляємо")
    family = capital_stems("Родину Вигаданюків відвідано")
    other = capital_stems("Щодо Інакшенка Івана")
    assert mentions_person(values, both)
    assert mentions_family(values, family)
    assert not mentions_person(values, family)
    assert not mentions_family(values, other)


def test_what_is_only_quoted_tells_nothing() -> None:
    told = "Повідомляємо, що дитина не відвідує школу."
    assert reads_like_notification(told)
    assert not reads_like_notification(f"Дякуємо.\n> {told}")
