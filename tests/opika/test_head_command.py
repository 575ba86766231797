"""The daily heads as the service gives them out, and ``opika journal head`` as a clerk meets it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from journal.history import Act
from opika.cli import opika
from opika.heads import keep_heads
from opika.status import status_of
from tests.opika.office import Office, mail
from tests.opika.test_flow import form

_STAMPING = """\
#!/bin/sh
[ -e {broken} ] && exit 3
cat "$1" > "$1.seen"
echo "засвідчено $(basename "$1")"
"""


@pytest.fixture
def disk(office: Office) -> Path:
    """Another disk, and a program that certifies, both named in the configuration."""
    disk, program = office.folder / "disk", office.folder / "stamp"
    disk.mkdir()
    program.write_text(_STAMPING.format(broken=office.folder / "broken"))
    program.chmod(0o700)
    config = office.folder / "pipeline.toml"
    settings = f'\n[journal]\nheads = "disk"\nstamp = ["{program}"]\n'
    config.write_text(config.read_text() + settings)
    return disk


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("[!.]*"))


def _troubles(office: Office) -> list[str]:
    """Give out what is due, and what the administrator is told of it."""
    with office.open() as pipeline:
        keep_heads(pipeline)
        return [one.words for one in status_of(pipeline).faults if one.subject == "heads"]


def test_each_day_gives_out_its_heads_once_and_makes_up_for_what_failed(
    office: Office, disk: Path
) -> None:
    office.mail("ssd", mail(("Повідомлення.docx", form(1))))
    own = office.folder / "data" / "heads"
    assert office.once().ok
    assert _troubles(office) == []
    first = ["2026-03-04.json", "2026-03-04.json.seen", "2026-03-04.json.stamp"]
    assert _names(own) == _names(disk) == first
    assert (disk / first[2]).read_text() == "засвідчено 2026-03-04.json\n"
    text = (own / first[0]).read_bytes()
    head = json.loads(text)["heads"]["ssd"]
    assert head["seq"] > 0
    assert "Вигад" not in text.decode()

    office.clock.pass_by(hours=1)
    with office.open():
        from journal.voiding import void_entry

        void_entry(1, Act("тест", office.clock.now, "помилка"))
    assert _troubles(office) == []
    assert (own / first[0]).read_bytes() == text

    # The next day the disk is away, and the program fails: the work goes on.
    office.clock.pass_by(hours=24)
    disk.rename(office.folder / "away")
    (office.folder / "broken").touch()
    (words,) = _troubles(office)
    assert words == (
        "відбиток журналу за 05.03.2026 не засвідчено: програма завершилася з кодом 3; "
        f"до папки відбитків {disk} не записано: її немає або вона недоступна"
    )
    assert "2026-03-05.json" in _names(own)
    (office.folder / "away").rename(disk)
    (office.folder / "broken").unlink()
    assert _troubles(office) == [words]
    office.clock.pass_by(minutes=31)
    assert _troubles(office) == []
    assert _names(own) == _names(disk)
    assert len(_names(disk)) == 6

    # Files that were lost are made again out of the journal; a foreign one elsewhere stays.
    shutil.rmtree(own)
    office.clock.pass_by(hours=24)
    (disk / "2026-03-06.json").write_text("{}")
    assert _troubles(office) == []
    assert (own / first[0]).read_bytes() == text
    assert (disk / "2026-03-06.json").read_text() == "{}"
    assert (disk / "2026-03-06-2.json").read_bytes() == (own / "2026-03-06.json").read_bytes()


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "pipeline.toml").write_text('[[office]]\nkey = "ssd"\nname = "Служба"\n', "utf-8")

    def run(*words: object) -> Result:
        config = ["--config", str(tmp_path / "pipeline.toml")]
        return CliRunner().invoke(opika, [*config, *map(str, words)])

    assert run("add", "--phone", "--content", "Дитина сама.", "--subject", "Іван").exit_code == 0
    return run


def test_a_head_is_shown_kept_and_compared(run: Run, tmp_path: Path) -> None:
    from tests.journal.by_hand import change_by_hand

    disk = tmp_path / "disk"
    disk.mkdir()
    shown = json.loads(run("journal", "head", "--json").output)
    head = shown["heads"]["ssd"]
    printed = run("journal", "head").output
    assert head["hash"] in printed
    assert (shown["file"], shown["last"]) == (None, None)

    empty = run("journal", "head", "--check", disk)
    assert (empty.exit_code, "немає жодного відбитка" in empty.output) == (1, True)
    assert "Зберігайте окремо" in run("journal", "head", "--out", disk).output
    (file,) = disk.iterdir()
    assert json.loads(file.read_bytes())["heads"] == shown["heads"]
    good = run("journal", "head", "--check", disk)
    assert (good.exit_code, "збігається з журналом: 1" in good.output) == (0, True)

    change_by_hand(f"UPDATE journal_history SET hash = '0' WHERE seq = {head['seq']}")  # noqa: S608
    bad = run("journal", "head", "--check", disk)
    assert (bad.exit_code, "переписано" in bad.output) == (1, True)
    told = json.loads(run("journal", "head", "--check", disk, "--json").output)
    assert (told["ok"], told["files"][0]["excused"]) == (False, False)
    assert run("journal", "head", "--out", disk, "--check", disk).exit_code == 2
    assert run("journal", "head", "--out", tmp_path / "nowhere").exit_code == 2
