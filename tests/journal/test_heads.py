"""A book that is rewritten as a whole, or cut off, is found out by the heads given out before."""

# ruff: noqa: S608 - statements as somebody would type them, put together from our own values
from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.journal.by_hand import change_by_hand
from tests.journal.office_day import NOW, registered, stored, values

pytestmark = pytest.mark.both_databases

DAY = date(2026, 3, 4)
DIFFERS = "історія ssd: кінець відрізано або переписано{}: не збігається з відбитком за {}"


def _fault(data: Path, copies: Path | None = None) -> str | None:
    from journal.verify import verify

    return verify(stored(data), data, copies).first_fault


def _given_out(day: date, *folders: Path) -> str:
    """Give out the heads of the day into folders; the file's name."""
    from journal.heads import give_out

    paper = give_out(day)
    for folder in folders:
        folder.mkdir(exist_ok=True)
        (folder / f"{day}.json").write_bytes(paper.text)
    return paper.text.decode()


def _quoted(value: Any) -> str:
    return "'" + json.dumps(value, ensure_ascii=False).replace("'", "''") + "'"


def _rewrite(entry: int, content: str) -> None:
    """Change what an entry says, and its history from there on, so that all fits again."""
    from journal.history import commitment, row_hash
    from journal.models import History, HistoryValue, Revision

    value = HistoryValue.objects.select_related("history").get(
        field="revision:1", history__subject=f"entry:{entry}"
    )
    assert value.new is not None
    value.new["values"]["content"] = content
    said = Revision.objects.get(entry=entry, ordinal=1)
    said.values["content"] = content
    changes = [
        f"UPDATE journal_historyvalue SET new = {_quoted(value.new)} WHERE id = {value.pk}",
        f'UPDATE journal_revision SET "values" = {_quoted(said.values)} WHERE id = {said.pk}',
    ]
    first = value.history
    previous = first.previous_hash
    for row in History.objects.filter(office=first.office, seq__gte=first.seq).order_by("seq"):
        if row.pk == first.pk:
            row.commitments[value.field] = commitment(value)
        row.previous_hash = previous
        previous = row_hash(row)
        changes.append(
            f"UPDATE journal_history SET commitments = {_quoted(row.commitments)}, "
            f"previous_hash = '{row.previous_hash}', hash = '{previous}' WHERE id = {row.pk}"
        )
    change_by_hand(*changes)


def _forge_heads() -> None:
    """Make the journal's own heads agree with the rewritten chains."""
    from journal.heads import _daily
    from journal.models import HeadExport, History

    before = None
    for row in HeadExport.objects.order_by("pk"):
        for office, head in row.heads.items():
            if head["seq"]:
                head["hash"] = History.objects.get(office__key=office, seq=head["seq"]).hash
        sha256 = hashlib.sha256(_daily(row.day, row.heads, before)).hexdigest()
        change_by_hand(
            f"UPDATE journal_headexport SET heads = {_quoted(row.heads)}, "
            f"sha256 = '{sha256}' WHERE id = {row.pk}"
        )
        before = sha256


def test_a_chain_rewritten_as_a_whole_is_found_by_the_heads(data: Path, tmp_path: Path) -> None:
    from journal.heads import compare

    own, copies = data / "heads", tmp_path / "disk"
    first = registered(values())
    _given_out(DAY, own, copies)
    second = registered(values(outgoing_number="2", content="Нове."))
    _given_out(DAY + timedelta(1), own, copies)
    assert _fault(data, copies) is None
    assert [one.fault for one in compare(copies)] == ["", ""]

    _rewrite(second.entry_id, "Нічого не було.")
    assert _fault(data) == DIFFERS.format(" після 04.03.2026", "05.03.2026")
    _rewrite(first.entry_id, "Нічого не було.")
    assert _fault(data) == DIFFERS.format("", "04.03.2026")
    # Who also forges what the journal and its folder keep is betrayed by the copies alone.
    _forge_heads()
    assert _fault(data) == DIFFERS.format("", "04.03.2026")
    for path in own.iterdir():
        path.unlink()
    assert _fault(data) is None
    assert _fault(data, tmp_path / "no disk") is None
    assert _fault(data, copies) == DIFFERS.format("", "04.03.2026")


def test_a_history_without_its_end_is_found_by_the_heads(data: Path) -> None:
    from journal.database import writing
    from journal.heads import compare
    from journal.history import Act, hold, record
    from journal.models import Office, Restoration

    def note(count: int) -> None:
        for _ in range(count):
            with writing():
                record(hold(Office.objects.get(key="ssd").pk), "noted", "note:1", Act("тест", NOW))

    own = data / "heads"
    note(2)
    first = json.loads(_given_out(DAY, own))
    note(2)
    second = json.loads(_given_out(DAY + timedelta(1), own))
    assert (first["day"], first["before"], first["heads"]["css"]) == (
        "2026-03-04",
        None,
        {"seq": 0, "hash": ""},
    )
    assert (second["heads"]["ssd"]["seq"], len(second["before"])) == (4, 64)
    # Given out is given out: the same day gives the same heads, whatever came since.
    note(1)
    assert json.loads(_given_out(DAY, own)) == first
    assert _fault(data) is None

    change_by_hand("DELETE FROM journal_history WHERE seq > 3")
    assert _fault(data) == DIFFERS.format(" після 04.03.2026", "05.03.2026")
    change_by_hand("DELETE FROM journal_headexport WHERE day = '2026-03-05'")
    assert _fault(data) == DIFFERS.format(" після 04.03.2026", "05.03.2026")
    # A journal that was brought back from a backup has honestly lost its end.
    Restoration.objects.create(backup_at=NOW + timedelta(hours=1), restored_at=NOW + timedelta(2))
    assert _fault(data) is None
    assert [(one.fault != "", one.excused) for one in compare(own)] == [
        (False, False),
        (True, True),
    ]
    change_by_hand("UPDATE journal_headexport SET day = '2026-03-01'")
    assert _fault(data) == "відбиток журналу за 01.03.2026 змінено"


def test_a_head_names_what_was_erased_so_that_it_is_erased_again_in_a_restored_journal(
    data: Path,
) -> None:
    from journal.erasing import ask, confirm
    from journal.heads import asked_for
    from journal.history import Act

    entry = registered(values()).entry_id
    ask(entry, "рішення суду № 1", Act("адміністратор", NOW, "так вирішено"))
    assert "erased" not in json.loads(asked_for(NOW))["heads"]["ssd"]
    confirm(entry, Act("голова", NOW))
    assert json.loads(asked_for(NOW))["heads"]["ssd"]["erased"] == ["1/2026"]


def test_a_file_that_is_no_head_is_named_and_no_crash(data: Path) -> None:
    from journal.heads import asked_for, compare

    folder = data / "found"
    folder.mkdir()
    for name, text in {
        "a.json": b"{",
        "b.json": b"[]",
        "c.json": b'{"day": "2026-03-04", "heads": {"ssd": {"seq": 1}}}',
        "d.json": b'{"day": 7, "heads": {}}',
        "e.json": b"\xff" * 10,
        "f.json": b" " * ((1 << 20) + 1),
        "note.txt": b"",
    }.items():
        (folder / name).write_bytes(text)
    (folder / "g.json").write_bytes(asked_for(NOW))
    found = {one.name: one.fault for one in compare(folder)}
    assert found.pop("g.json") == ""
    assert found == {f"{x}.json": f"файл відбитка {x}.json не читається" for x in "abcdef"}
