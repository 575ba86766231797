"""The petition to the mayor: due once the threat is confirmed, whole only when a person has told why."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from generators import removal_petition
from generators.kind import Body, Directory
from generators.to_fill import places_to_fill
from journal.cards import EntryCard, EventCard
from tests.generators.sample_cards import KYIV, SCHOOL, card, requisites
from tests.generators.small_templates import words
from tests.generators.test_kinds import made


def happened(entry: EntryCard, *kinds: str, **more: Any) -> EntryCard:
    """The entry after these events, the last of them with more told."""
    at = datetime(2026, 3, 5, 11, 0, tzinfo=KYIV)
    events = [EventCard(n, kind, at, at, {}) for n, kind in enumerate(kinds, start=1)]
    return replace(entry, events=(*events[:-1], replace(events[-1], **more)))


def test_it_is_due_from_the_confirmed_threat_until_it_is_filed() -> None:
    for kinds, due in (
        (["visited"], False),
        (["visited", "threat_confirmed"], True),
        (["threat_confirmed", "petition_filed"], False),
    ):
        assert removal_petition.needed(happened(card(True), *kinds)) is due
    at = datetime(2026, 3, 6, tzinfo=KYIV)
    assert not removal_petition.needed(happened(card(True), "threat_confirmed", undone=at))


def test_it_says_what_the_mayor_decides_by_and_names_the_act() -> None:
    entry = happened(card(True), "threat_confirmed", "safety_act_made", index="А-3")
    told = {
        "дитина": "Ткач Мар’яна Іванівна; Озерчук Назар Зразкович",
        "батьки": "Ткач Іван Петрович, Ткач Ольга Іванівна",
        "обставини": "діти залишені без нагляду й харчування.",
    }
    text = " ".join(words(made("removal_petition", entry, told)))
    assert "відібрання дітей" in text
    assert "відібрання Ткач Мар’яну Іванівну та Озерчука Назара Зразковича у батьків" in text
    assert "– Ткача Івана Петровича та Ткач Ольги Іванівни." in text
    assert (
        text.count(
            "5 березня 2026 року за результатами розгляду повідомлення, зареєстрованого 4 березня"
        )
        == 1
    )
    assert "безпеки дитини №\u00a0А-3 від 05.03.2026" in text
    assert "без нагляду й харчування." in text and "шість днів" not in text


def test_what_only_a_person_knows_is_asked_for() -> None:
    values = removal_petition.context(card(True), requisites(), {})
    asked = " ".join(places_to_fill(values))
    assert "батьки=" in asked and "обставини=" in asked and "дитина=" not in asked


def test_it_goes_to_the_mayor() -> None:
    found = removal_petition.addressees(card(), Directory((Body("holova", "mayor", SCHOOL),)))
    assert [one.key for one in found] == ["holova"]
