"""Text of unknown or wrongly named encoding is read as the Ukrainian it is."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.charset import decoded

TEXTS = [
    "Повідомлення",
    "ПОВІДОМЛЕННЯ",
    "Їжакевич Ґудзь",
    "Про дитину, сім’ю (особу)",
    "Повідомлення про дитину.docx",
    "м. Рожище, вул. Шкільна, 5",
    "Акт №3",
    "Юхим Щур",
    "ІІІ клас",
]


ENCODINGS = ("utf-8", "cp1251", "koi8-u", "utf-8-sig", "utf-16")
LACKING = {("Про дитину, сім’ю (особу)", "koi8-u"), ("Акт №3", "koi8-u")}


@pytest.mark.parametrize(
    ("text", "encoding"), sorted(set(product(TEXTS, ENCODINGS)) - LACKING), ids=str
)
@pytest.mark.parametrize("label", [None, "us-ascii", "ISO-8859-1", "utf-8", "no such charset"])
def test_ukrainian_is_recognised_whatever_the_label_says(
    text: str, encoding: str, label: str | None
) -> None:
    assert decoded(text.encode(encoding), label) == text


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        ("windows-1251", "cp1251"),
        ("WIN1251", "cp1251"),
        ('"cp-1251"', "cp1251"),
        ("koi8-r", "koi8-u"),
        ("KOI8-U", "koi8-u"),
        ("cp866", "cp1125"),
        ("utf8", "utf-8"),
    ],
)
def test_a_right_label_is_believed(label: str, encoding: str) -> None:
    assert decoded("Дитина є в сім'ї".encode(encoding), label) == "Дитина є в сім'ї"


def test_a_dos_program_is_read_too() -> None:
    assert decoded("Список учнів школи".encode("cp1125")) == "Список учнів школи"


def test_another_language_is_believed_to_its_label() -> None:
    assert decoded("Gdańsk, źródło".encode("iso8859-2"), "iso-8859-2") == "Gdańsk, źródło"


def test_a_few_damaged_bytes_leave_holes_only() -> None:
    data = ("Повідомлення про дитину " * 10).encode()[:-3]
    assert decoded(data, "utf-8").startswith("Повідомлення про дитину")


def test_names_of_codecs_that_are_no_charset_do_nothing() -> None:
    for label in ("punycode", "idna", "zip", "rot13", "unicode_escape", "base64"):
        assert decoded(b"\\u0041-abc", label) == "\\u0041-abc"


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "cp1251", "utf-16", "x"]))
def test_any_bytes_become_text(data: bytes, label: str | None) -> None:
    assert isinstance(decoded(data, label), str)


@given(st.text(alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюя ", min_size=40, max_size=80))
def test_long_enough_lower_case_text_is_told_apart(text: str) -> None:
    words = "повідомляємо про дитину " + text
    for encoding in ("cp1251", "koi8-u", "utf-8"):
        assert decoded(words.encode(encoding)) == words
