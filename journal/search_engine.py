"""The index of the search in the journal's own database: FTS5 on SQLite, GIN on PostgreSQL.

A row is an entry's id and the index words of :mod:`rules.search_words`, each once: the database
need know nothing of Ukrainian. Found are the newest entries, never «the best»: so a search costs
what it shows, however many entries the journal has.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection

_MERGED_PAGES = 500
# One term: any of these index words; ``word*`` is the beginning of one.
Term = Collection[str]

_SQLITE_TABLE = (
    "CREATE VIRTUAL TABLE journal_search USING fts5"
    "(words, detail=none, columnsize=0, tokenize='unicode61 remove_diacritics 0')"
)
_POSTGRESQL_TABLE = (
    "CREATE TABLE journal_search (entry_id bigint PRIMARY KEY, words tsvector NOT NULL)"
)
_POSTGRESQL_INDEX = (
    "CREATE INDEX journal_search_words ON journal_search USING gin (words) WITH (fastupdate = off)"
)


def make_table(schema_editor: Any) -> None:
    """Make the index, empty (a migration)."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(_SQLITE_TABLE)
        return
    schema_editor.execute(_POSTGRESQL_TABLE)
    schema_editor.execute(_POSTGRESQL_INDEX)


def drop_table(schema_editor: Any) -> None:
    """Remove the index (a migration, undone)."""
    schema_editor.execute("DROP TABLE journal_search")


def put(rows: Sequence[tuple[int, Collection[str]]]) -> None:
    """Store entries' words in place of those that they had; the caller's transaction.

    Args:
        rows: id of an entry and its index words, letters and figures only.
    """
    lines = [(entry_id, " ".join(sorted(words))) for entry_id, words in rows]
    if connection.vendor == "sqlite":
        sql = "INSERT OR REPLACE INTO journal_search (rowid, words) VALUES (%s, %s)"
    else:
        sql = (
            "INSERT INTO journal_search (entry_id, words)"
            " VALUES (%s, array_to_tsvector(string_to_array(%s, ' ')))"
            " ON CONFLICT (entry_id) DO UPDATE SET words = excluded.words"
        )
    with connection.cursor() as cursor:
        cursor.executemany(sql, lines)


def drop(ids: Sequence[int]) -> None:
    """Forget entries' words; the caller's transaction.

    Args:
        ids: of the entries.
    """
    key = "rowid" if connection.vendor == "sqlite" else "entry_id"
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM journal_search WHERE {key} = %s", [[one] for one in ids])  # noqa: S608 - names of ours


def forget() -> None:
    """Write the index anew, so that no word is left in it of what was dropped.

    FTS5 only marks words as gone until it happens to merge the part that holds them; here all of it
    is merged, some pages in each transaction, so that nobody waits long. PostgreSQL's vacuum does
    the like by itself.
    """
    if connection.vendor != "sqlite":
        return
    sql = "INSERT INTO journal_search(journal_search, rank) VALUES ('merge', %s)"
    pages = -_MERGED_PAGES  # negative: begin with all parts, whatever their sizes
    with connection.cursor() as cursor:
        while True:
            before = connection.connection.total_changes
            cursor.execute(sql, [pages])
            # By FTS5's own manual: less than two changes say that nothing was left to do.
            if connection.connection.total_changes - before < 2:
                return
            pages = _MERGED_PAGES


def find(terms: Sequence[Term], limit: int) -> list[int]:
    """The ids of the newest entries that hold every one of the terms, the newest first.

    Args:
        terms: at least one.
        limit: how many at most.
    """
    if connection.vendor == "sqlite":
        key, matches, asked = "rowid", "journal_search MATCH %s", _fts5(terms)
    else:
        key, matches, asked = "entry_id", "words @@ %s::tsquery", _tsquery(terms)
    sql = f"SELECT {key} FROM journal_search WHERE {matches} ORDER BY {key} DESC LIMIT %s"  # noqa: S608 - names of ours
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked, limit])
        return [row[0] for row in cursor.fetchall()]


def _fts5(terms: Sequence[Term]) -> str:
    def one(word: str) -> str:
        return f'"{word[:-1]}"*' if word.endswith("*") else f'"{word}"'

    return " AND ".join(f"({' OR '.join(map(one, sorted(term)))})" for term in terms)


def _tsquery(terms: Sequence[Term]) -> str:
    def one(word: str) -> str:
        return f"'{word[:-1]}':*" if word.endswith("*") else f"'{word}'"

    return " & ".join(f"({' | '.join(map(one, sorted(term)))})" for term in terms)
