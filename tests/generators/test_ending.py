"""The order that ends the work and the plan of what follows: what these alone say."""

from dataclasses import replace
from datetime import date, datetime

from generators import closing_order, monitoring_plan
from generators.to_fill import places_to_fill
from journal.cards import DeadlineCard
from tests.generators.sample_cards import KYIV, card, happened, requisites
from tests.generators.test_team import text

ENDED = happened("work_ended", datetime(2026, 5, 4, 10, tzinfo=KYIV), number="4")
MONITORED = replace(card(), status="monitoring", events=(ENDED,))


def test_order_names_children_decision_and_the_monitoring_that_is_over() -> None:
    children = {"дитина": "Озерчук Назар Зразкович; Озерчук Ганна Зразківна"}
    order = text("closing_order", MONITORED, children)
    assert "зняття дітей з обліку" in order
    assert "обставинах, Озерчука Назара Зразковича та Озерчук Ганну Зразківну." in order
    assert "(протокол № 4 від 04.05.2026)" in order and "тривав із 4 травня 2026 року" in order
    assert "пункту 22" in order and "усиновлен" not in order
    bare = closing_order.context(card(), requisites(), {})
    assert [place.split(":")[0] for place in places_to_fill(bare)] == [
        "рішення команди",
        "відколи тривав моніторинг",
    ]


def test_order_is_due_only_while_monitoring_and_for_an_orphan_after_adoption() -> None:
    assert closing_order.needed(MONITORED)
    assert not closing_order.needed(card())
    orphan = replace(MONITORED, events=(happened("orphan"), ENDED))
    assert not closing_order.needed(orphan)
    adopted = replace(orphan, events=(*orphan.events, happened("adopted")))
    assert closing_order.needed(adopted)
    assert "пунктів 22, 23" in text("closing_order", adopted, {})
    assert "усиновленням" in text("closing_order", adopted, {})


def test_plan_has_a_row_for_each_of_six_months_and_who_goes() -> None:
    plan = text("monitoring_plan", MONITORED, {"хто": "Гай Петро Ілліч – лікар"})
    assert "1\n04.05.2026 –\n03.06.2026\nвідвідування" in plan
    assert "6\n04.10.2026 –\n04.11.2026\nвідвідування" in plan and "\n7\n" not in plan
    assert plan.count("Гай Петро Ілліч – лікар") == 6
    default = text("monitoring_plan", MONITORED, {"початок": "2026-08-31"})
    assert "3\n31.10.2026 –\n29.11.2026" in default
    assert "працівники служби у справах дітей та центру соціальних служб" in default


def test_plan_follows_a_longer_clock_of_the_office() -> None:
    for due, months in ((date(2026, 11, 6), 6), (date(2027, 1, 4), 8)):
        clock = DeadlineCard("monitoring", ENDED.at, due, None, "п. 22", "")
        plan = monitoring_plan.context(replace(MONITORED, deadlines=(clock,)), requisites(), {})
        assert len(plan["місяці"]) == months
        assert plan["триває_до"] == f"{due:%d.%m.%Y}"
        assert plan["місяці"][-1]["строк"].endswith(f"{due:%d.%m.%Y}")
