"""A missing or old backup is told; without a folder of backups there is nothing to tell."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from opika.backup import next_file
from opika.config import Config, Office
from opika.config_tables import Backup
from opika.last_backup import overdue

NOW = datetime(2026, 3, 30, 9, 0, tzinfo=ZoneInfo("Europe/Kyiv"))
KEY = "age1" + "q" * 58


def configured(folder: Path | None) -> Config:
    backup = Backup.model_construct(recipient=(KEY,), folder=folder)
    office = (Office(key="ssd", name="ССД"),)
    return Config(path=Path("pipeline.toml"), office=office).model_copy(update={"backup": backup})


def test_only_a_fresh_backup_is_silence(tmp_path: Path) -> None:
    config = configured(tmp_path)
    assert "немає жодної" in overdue(config, NOW)
    (tmp_path / "opika-2026-03-30_080000.age.part").touch()  # killed half way
    assert "немає жодної" in overdue(config, NOW)
    next_file(tmp_path, NOW - timedelta(hours=60)).touch()
    assert overdue(config, NOW) == "остання резервна копія – від 27.03.2026 21:00 (opika backup)"
    next_file(tmp_path, NOW - timedelta(hours=30)).touch()
    assert overdue(config, NOW) == ""


def test_a_folder_out_of_reach_is_told(tmp_path: Path) -> None:
    assert "недоступна" in overdue(configured(tmp_path / "not mounted"), NOW)


def test_who_makes_no_backups_here_is_told_nothing() -> None:
    assert overdue(configured(None), NOW) == ""
