"""HTML becomes the lines that a person would see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.html_text import html_charset, html_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Перший</p><p>Другий</p>", "Перший\nДругий"),
        ("один<br>два<br/>три", "один\nдва\nтри"),
        ("без <b>жод</b>ного&nbsp;тега &amp; знака", "без жодного тега & знака"),
        ("<tr><td>Дата</td><td>02.03</td></tr><tr><td>№</td></tr>", "Дата\t02.03\n№"),
        ("<table><tr><td><p>а</p></td><td><div>б</div></td></tr></table>", "а\tб"),
        ("<head><title>x</title><style>p{}</style></head><p>видно</p>", "видно"),
        ("<head><body>голова без кінця", "голова без кінця"),
        ("<script>alert('x')</script>видно<!-- ні --><template>ні</template>", "видно"),
        ("<meta charset=windows-1251><p>їжак", "їжак"),
        ("<?xml version='1.0' encoding='koi8-r'?><p>їжак", "їжак"),
        ("<input type='checkbox' checked>так <input TYPE=checkbox>ні", "☒ так ☐ ні"),
        ("рядок\nдалі   той самий", "рядок далі той самий"),
        ("", ""),
        ("просто текст", "просто текст"),
        ("a\0b", "ab"),
    ],
)
def test_text_as_a_person_sees_it(html: str, text: str) -> None:
    assert html_text(html) == text


def test_text_in_tags_nested_without_end_is_not_lost() -> None:
    assert html_text("<div>" * 3_000 + "дитина" + "</div>" * 3_000) == "дитина"


def test_a_long_text_is_not_cut() -> None:
    assert len(html_text("<p>" + "слово " * 500_000)) == 6 * 500_000 - 1


def test_the_documents_own_charset_is_found() -> None:
    assert html_charset(b'<meta http-equiv=x content="text/html; charset=KOI8-U">') == "KOI8-U"
    assert html_charset(b"<p>") is None


@given(st.text(alphabet=st.sampled_from("<>/&;!-'\"= aбpdtrscixl\n\0\ud800"), max_size=120))
def test_anything_becomes_text(html: str) -> None:
    html_text(html).encode()
