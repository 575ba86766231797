"""The same notice, a corrected one, a near-twin."""

from __future__ import annotations

import copy
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.form_keys import FORM_KEYS
from rules.sameness import changed_fields, notice_key, values_digest

IVAS = {"name": "Погодюк Івась Орестович", "birth_date": "2015-03-04", "age": 11}
LILIIA = {"name": "Погодюк Лілія Орестівна", "birth_date": "2017-06-01", "age": 8}
NOTICE: dict[str, Any] = {
    "outgoing_number": "01-15/123",
    "outgoing_date": "2026-03-04",
    "sender": "Ліцей № 9 м. Рожище вул. Польова, 48 тел. 050 000 57 30 e-mail: l9@example.org",
    "sender_email": "l9@example.org",
    "subject": "Погодюк Івась Орестович, 04.03.2015",
    "persons": [IVAS],
    "address": "с. Козин, вул. Зелена, 7",
    "content": "Дитина тиждень не відвідує ліцей.",
    "reporter_kinds": ["social_work_body", "other"],
}
MAIL = "l9@example.org"


def notice(**changes: Any) -> dict[str, Any]:
    return copy.deepcopy(NOTICE) | changes


def key(values: dict[str, Any], mail: str | None = MAIL) -> str | None:
    return notice_key(values, mail)


# ── The same notice ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "mail", ["l9@example.org", "sysn@example.org", "director@example.ua", None]
)
def test_the_way_it_came_does_not_matter_where_the_form_names_its_sender(mail: str | None) -> None:
    assert key(notice(), mail) == key(notice())


@pytest.mark.parametrize(
    "changes",
    [
        {"outgoing_number": "№ 01–15 / 123."},
        {"sender": "ЛІЦЕЙ №9, м. Рожище, вул. Польова 48"},
        {
            "sender": "Ліцей № 9 м. Рожище вул. Польова, 48 тел.: (0332) 00-11-22",
            "sender_email": None,
        },
        {"persons": [IVAS | {"name": "Погодюк  Iвась Орестович"}]},
        {"subject": "Погодюк Івась (11 р.)"},
        {"address": "с. Козин, вул. Зелена, 9"},
        {"content": "Виправлено: два тижні."},
        {"persons": [IVAS | {"birth_date": "2015-04-03"}]},
    ],
)
def test_a_corrected_or_retyped_notice_keeps_its_key(changes: dict[str, Any]) -> None:
    assert key(notice(**changes)) == key(notice())


@given(st.permutations([IVAS, LILIIA, {"name": "Погодюк Орися Гнатівна"}]))
def test_the_order_of_siblings_does_not_matter(persons: list[dict[str, Any]]) -> None:
    values, swapped = notice(persons=persons), notice(persons=persons[::-1])
    assert key(values) == key(swapped)
    assert values_digest(values) == values_digest(swapped)
    assert changed_fields(values, swapped) == {}


def test_the_mail_address_stands_in_for_a_sender_that_the_form_does_not_name() -> None:
    bare = notice(sender=None, sender_email=None)
    assert key(bare, "L9@Example.org") == key(bare, "Ліцей <l9@example.org>")
    assert key(bare, "l9@example.org") != key(bare, "other@example.org")


# ── Near-twins ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("number", ["01-15/123", None, "б/н"])
@pytest.mark.parametrize(
    "persons",
    [
        [LILIIA],
        [IVAS, LILIIA],
        [IVAS | {"name": "Погодюк Іванна Орестівна"}],
        [IVAS | {"name": "Громовинець Івась Орестович"}],
        [IVAS, IVAS],
    ],
)
def test_another_child_of_the_same_school_and_day_is_another_notice(
    number: str | None, persons: list[dict[str, Any]]
) -> None:
    first = notice(outgoing_number=number)
    assert key(first) is not None
    assert key(notice(outgoing_number=number, persons=persons)) != key(first)


def test_without_a_number_a_namesake_of_another_age_is_another_notice() -> None:
    first, second = notice(outgoing_number=None), notice(outgoing_number=None)
    second["persons"] = [IVAS | {"birth_date": "2011-01-01", "age": 15}]
    assert key(first) != key(second)


def test_children_by_first_name_only_are_told_apart_by_their_families() -> None:
    maria = [{"name": "Марія", "birth_date": None, "age": 7}]
    first = notice(persons=maria, subject="сім’я Погодюк, дитина Марія")
    second = notice(persons=maria, subject="сім’я Громовинець, дитина Марія")
    assert key(first) != key(second)


def test_two_nameless_families_under_one_number_are_two_notices() -> None:
    nameless: dict[str, Any] = {"persons": [], "subject": "сім’я з двома дітьми, імен не знаємо"}
    first, second = notice(**nameless), notice(**nameless, address="с. Козин, вул. Зелена, 70")
    assert key(first) is not None
    assert key(first) != key(second)


def test_without_number_and_name_another_text_is_another_notice() -> None:
    nameless: dict[str, Any] = {
        "persons": [],
        "subject": "сім’я, імен не знаємо",
        "outgoing_number": None,
    }
    assert key(notice(**nameless)) != key(notice(**nameless, content="Діти самі вдома."))


@pytest.mark.parametrize(
    "changes",
    [
        {"outgoing_number": "01-15/124"},
        {"outgoing_number": "01-1/5123"},
        {"outgoing_number": "0-115/123"},
        {"outgoing_date": "2026-03-05"},
        {"outgoing_date": None},
        {"sender": "Ліцей № 8 м. Рожище вул. Польова, 48"},
        {"sender": "Амбулаторія с. Козин"},
    ],
)
def test_another_number_date_or_sender_is_another_notice(changes: dict[str, Any]) -> None:
    assert key(notice(**changes)) not in {key(notice()), None}


@pytest.mark.parametrize(
    "changes",
    [
        {"outgoing_number": None, "outgoing_date": None},
        {"outgoing_number": "б/н", "outgoing_date": None},
        {"outgoing_number": "______", "outgoing_date": ""},
        {"persons": [], "subject": None},
        {"persons": None, "subject": " – "},
        {"persons": [{"name": None}], "subject": ""},
    ],
)
def test_too_little_gives_no_key(changes: dict[str, Any]) -> None:
    assert key(notice(**changes)) is None


def test_an_unknown_sender_gives_no_key() -> None:
    assert key(notice(sender="тел. 050 000 11 22", sender_email=None), None) is None
    assert key({}, None) is None


NAMES = st.text("абвгдеєжіїклмн", min_size=2, max_size=6)
PEOPLE = st.lists(
    st.fixed_dictionaries({"name": st.tuples(NAMES, NAMES).map(" ".join)}), min_size=1, max_size=4
)


@given(PEOPLE, PEOPLE, st.sampled_from(["5", None]))
def test_keys_are_equal_exactly_where_the_people_are(
    first: list[dict[str, str]], second: list[dict[str, str]], number: str | None
) -> None:
    keys = [key(notice(outgoing_number=number, persons=people)) for people in (first, second)]
    same = sorted(p["name"] for p in first) == sorted(p["name"] for p in second)
    assert (keys[0] == keys[1]) == same


# ── What changed ─────────────────────────────────────────────────────────────────────────────────

TEXTS = st.none() | st.sampled_from(["", "Зелена, 7", "зелена,  7", "Зелена, 8", "сім'я", "сім’я"])
FORMS = st.fixed_dictionaries(
    {
        "address": TEXTS,
        "content": TEXTS,
        "persons": st.lists(st.sampled_from([IVAS, LILIIA, IVAS | {"age": 0}]), max_size=3),
        "reporter_kinds": st.lists(st.sampled_from(["self", "other"]), unique=True),
    }
)


@given(FORMS, FORMS)
def test_digests_differ_exactly_where_a_field_changed(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    assert (values_digest(old) == values_digest(new)) == (not changed_fields(old, new))


@pytest.mark.parametrize("field", FORM_KEYS)
def test_a_change_of_any_field_is_seen(field: str) -> None:
    value: Any = {"persons": [LILIIA], "reporter_kinds": ["self"]}.get(field, "інше")
    changed = notice(**{field: value})
    assert changed_fields(notice(), changed) == {field: (NOTICE.get(field), value)}
    assert values_digest(changed) != values_digest(notice())


@pytest.mark.parametrize(
    "content", ["дитина тиждень  не відвідує ліцей.", "Дитина тиждень не відвідує\nліцей."]
)
def test_case_and_white_space_are_no_change(content: str) -> None:
    assert changed_fields(notice(), notice(content=content)) == {}


def test_an_age_of_zero_is_not_an_unknown_age() -> None:
    baby = [{"name": "Погодюк Лілія", "age": 0}]
    assert changed_fields({"persons": baby}, {"persons": [{"name": "Погодюк Лілія", "age": None}]})


def test_where_it_was_found_and_what_was_concluded_is_no_change() -> None:
    found = {"file": "a.docx", "part": "#2", "urgent": True, "confidence": {"address": 0.4}}
    assert changed_fields(notice(), notice(**found, review=["address"], indicators=[])) == {}


def test_hostile_lengths_cost_little() -> None:
    people = [{"name": "Погодюк Лілія Орестівна " * 50, "age": n % 90} for n in range(5000)]
    huge = notice(
        persons=people,
        subject="сім’я " * 100_000,
        address="а" * 500_000,
        sender="0 (" * 300_000 + "+" * 300_000,
    )
    began = time.process_time()
    notice_key(huge, "+" * 300_000)
    assert time.process_time() - began < 3
