"""The centre's letter about services: for whom, which, with whose consent, and no story."""

from dataclasses import replace

from generators import services_referral
from generators.kind import Directory
from generators.to_fill import places_to_fill
from tests.generators.sample_cards import card, happened, requisites
from tests.generators.test_team import text

AGREED = replace(
    card(), events=(happened("act_made", number="7"), happened("services_decided", consent="yes"))
)


def test_letter_names_the_services_in_the_catalogues_words_and_tells_no_story() -> None:
    letter = text("services_referral", AGREED, {"послуги": "counselling, support,counselling"})
    assert "\n1) консультування;\n2) соціальний супровід.\n" in letter
    assert "висновок оцінки потреб № 7 від 04.03.2026" in letter
    assert "на надання послуг згодні." in letter
    assert "шість днів" not in letter and "Вишняковець" not in letter


def test_what_is_not_known_of_services_or_consent_is_asked_for() -> None:
    def asked(entry: object, **changes: object) -> list[str]:
        told = {"послуги": "support", "висновок": "№ 1"} | changes
        values = services_referral.context(entry, requisites(), told)  # type: ignore[arg-type]
        return list(places_to_fill(values))

    assert asked(AGREED) == []
    assert asked(card(), згода="2026-03-10") == []
    assert asked(AGREED, послуги="suport") == [
        "послуги «suport» у довіднику немає; є: support, counselling"
    ]
    assert asked(AGREED, послуги=None)[0].startswith("послуги: вкажіть")
    assert asked(card())[0].startswith("згода батьків (п. 18): вкажіть згода=ДАТА")
    refused = replace(card(), events=(happened("services_decided", consent="no"),))
    assert asked(refused)[0].startswith("батьки згоди не дали")
    values = services_referral.context(AGREED, requisites(services={}), {"послуги": "support"})
    assert values["перелік"] == ["[? довідник послуг не читається: opika check ?]"]


def test_letter_is_due_with_the_parents_consent_and_goes_to_who_grants_services() -> None:
    assert services_referral.needed(AGREED)
    assert not services_referral.needed(card())
    (missing,) = services_referral.addressees(AGREED, Directory())
    assert 'kind = "services"' in missing.addressee.lines[0]
