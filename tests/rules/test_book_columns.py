"""``catalogues/books.toml``: what ships is whole, and a clerk's slip is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from opika.config import PROJECT
from opika.errors import ConfigError
from rules.book_columns import FIELDS, NUMBER, PAGE_WIDTH, load_books

SHIPPED = PROJECT / "catalogues" / "books.toml"
COLUMN = 'number = { title = "№", width = 16 }'


def _changed(tmp_path: Path, old: str, new: str) -> tuple[Path, int]:
    """The shipped file with one change, and the line where it stands."""
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "books.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path, text[: text.index(old)].count("\n") + 1


def test_the_shipped_books_have_their_columns_and_fit_on_the_page() -> None:
    books = load_books(SHIPPED)
    assert set(books) == set(FIELDS)
    for book in books.values():
        assert book.columns[0].field == NUMBER
        assert sum(column.width for column in book.columns) <= PAGE_WIDTH
    assert len(books["notifications"].columns) == 16


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("channel = {", "chanel = {", "невідома графа; дозволено"),
        (COLUMN, 'number = { title = "№", width = 3 }', "width – від 8"),
        (COLUMN, 'number = { title = "№", width = true }', "width – від 8"),
        (COLUMN, 'number = { title = "", width = 10 }', "назва графи"),
        (COLUMN, 'number = { title = "№" }', "назва графи"),
        (COLUMN, 'number = "№"', "назва графи"),
        ("[outgoing]", "[letters]", "невідома книга"),
        ('title = "Реєстр вихідних документів"', "", "потрібна назва книги"),
        ('title = "Реєстр вихідних документів"', "ttl = 1", "невідомий ключ"),
        (COLUMN, "number = { title =", "TOML"),
    ],
)
def test_a_slip_is_named_with_its_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    path, line = _changed(tmp_path, old, new)
    with pytest.raises(ConfigError) as refused:
        load_books(path)
    named = [row for row in refused.value.clerk_message.splitlines() if words in row]
    expected = line - 1 if "потрібна назва" in words else line
    assert any(f"рядок {expected}:" in row for row in named), refused.value.clerk_message


def test_a_book_without_numbers_or_wider_than_the_page_is_refused(tmp_path: Path) -> None:
    path, line = _changed(tmp_path, COLUMN + "\n", "\n")
    with pytest.raises(ConfigError, match=rf"рядок {line - 1}: .*номер не може зникнути"):
        load_books(path)
    path, line = _changed(tmp_path, COLUMN, 'number = { title = "№", width = 60 }')
    with pytest.raises(ConfigError, match=rf"рядок {line - 1}: .*на аркуші є {PAGE_WIDTH} мм"):
        load_books(path)


def test_a_missing_file_and_a_missing_book_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="файл не читається"):
        load_books(tmp_path / "books.toml")
    path = tmp_path / "books.toml"
    path.write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"немає обов’язкового розділу \[acts\]"):
        load_books(path)
