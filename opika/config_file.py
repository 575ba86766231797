"""Reading ``pipeline.toml``: every fault at once, each with key, line and what is allowed."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from opika import config as tables_of
from opika.config import Config, Secret
from opika.config_tables import Backup, CommissionMember, Journal, Retention, User
from opika.errors import ConfigError
from opika.toml_lines import KeyPath, key_lines, line_of


def load_config(path: Path, data: Path | None = None) -> Config:
    """Read and check a configuration file.

    Args:
        path: the file; relative folders in it are taken from where it lies.
        data: overrides ``[opika] data`` (the option ``--data``).

    Raises:
        ConfigError: its ``clerk_message`` lists every fault with key, line and what is allowed.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as err:
        raise ConfigError(
            "configuration file is not readable",
            clerk_message=f"Файл налаштувань {path} не читається. Вкажіть його: --config ШЛЯХ.",
        ) from err
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        raise ConfigError(
            "not TOML", clerk_message=f"{path}: це не TOML: {_toml_fault(str(err))}"
        ) from err
    lines = key_lines(text)
    try:
        config = Config.model_validate({**tables, "path": path})
    except ValidationError as err:
        raise _faults(path, _validation_faults(err, lines)) from err
    if wrong := list(_cross_faults(config, lines)):
        raise _faults(path, wrong)
    return _absolute(config, path.resolve().parent, data)


def _toml_fault(text: str) -> str:
    return re.sub(r"\(at line (\d+), column (\d+)\)", r"(рядок \1, позиція \2)", text)


def _faults(path: Path, faults: list[str]) -> ConfigError:
    listed = "\n".join(f"  • {fault}" for fault in faults)
    return ConfigError(
        f"{len(faults)} faults",
        clerk_message=f"{path}: помилок у налаштуваннях – {len(faults)}:\n{listed}",
    )


def _validation_faults(error: ValidationError, lines: dict[KeyPath, int]) -> list[str]:
    found = []
    for fault in error.errors():
        place: KeyPath = tuple(fault["loc"])
        found.append((line_of(lines, place) or 0, _key_name(place), _allowed(fault, place)))
    return [_fault(line, key, allowed) for line, key, allowed in sorted(found)]


def _fault(line: int, key: str, allowed: str) -> str:
    return f"рядок {line}, {key}: {allowed}" if line else f"{key}: {allowed}"


def _key_name(place: KeyPath) -> str:
    name = ""
    for part in place:
        name += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if name else part
    return name


_TYPES = {
    "string_type": "дозволено рядок у лапках",
    "int_type": "дозволено ціле число",
    "int_parsing": "дозволено ціле число",
    "bool_type": "дозволено true або false",
    "path_type": "дозволено шлях у лапках",
    "tuple_type": "дозволено лише таблиці виду [[…]]",
    "model_type": "дозволено лише таблицю",
    "string_too_short": "значення не може бути порожнім",
    "too_short": "потрібна щонайменше одна таблиця [[office]]",
}


def _allowed(fault: Any, place: KeyPath) -> str:
    kind, context = fault["type"], fault.get("ctx") or {}
    if kind == "missing":
        return "обов’язковий ключ, якого немає"
    if kind == "extra_forbidden":
        return _unknown(str(place[-1]), place[:-1])
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        return f"дозволено: {context['expected'].replace(' or ', ' або ')}"
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(context["pattern"], "значення має неправильний вигляд")
    if kind in {"greater_than_equal", "less_than_equal"}:
        return f"дозволено число не {'менше' if 'ge' in context else 'більше'} {context.get('ge', context.get('le'))}"
    return _TYPES.get(kind, f"неправильне значення ({kind})")


_PATTERNS = {
    r"^[a-z][a-z0-9_-]*$": "дозволено малі латинські літери, цифри, «-» і «_»",
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$": "дозволено адресу електронної пошти",
    r"^age1[02-9ac-hj-np-z]{58}$": "дозволено відкритий ключ, що починається з age1 (opika backup "
    "--make-key); закритий ключ AGE-SECRET-KEY сюди не вписують",
    r"^postgresql://": 'дозволено "postgresql://…" (без цього ключа – SQLite у папці даних)',
}


def _unknown(key: str, place: KeyPath) -> str:
    model: Any = Config
    for part in place:
        if isinstance(part, str):
            model = _TABLES.get(part, model)
    known = sorted({row.alias or name for name, row in model.model_fields.items()} - {"path"})
    close = difflib.get_close_matches(key, known, n=1)
    hint = f" Можливо, «{close[0]}»?" if close else ""
    return f"невідомий ключ.{hint} Дозволено: {', '.join(known)}"


_TABLES: dict[str, type[BaseModel]] = {
    "opika": tables_of.Main,
    "office": tables_of.Office,
    "head": tables_of.Head,
    "executor": tables_of.Executor,
    "mailbox": tables_of.Mailbox,
    "password": tables_of.Secret,
    "folder": tables_of.Folder,
    "series": tables_of.SeriesTable,
    "partner": tables_of.Partner,
    "terms": tables_of.Terms,
    "limits": tables_of.Limits,
    "alerts": tables_of.Alerts,
    "receipt": tables_of.Receipt,
    "service": tables_of.Service,
    "user": User,
    "commission": CommissionMember,
    "retention": Retention,
    "backup": Backup,
    "journal": Journal,
}


def _cross_faults(config: Config, lines: dict[KeyPath, int]) -> Iterator[str]:
    keys = {office.key for office in config.office}
    for table in ("mailbox", "folder", "series", "user", "commission"):
        for number, row in enumerate(getattr(config, table)):
            for key in ("office", "journal"):
                office = getattr(row, key, None)
                if office is not None and office not in keys:
                    place: KeyPath = (table, number, key)
                    allowed = f"немає установи «{office}». Дозволено: {', '.join(sorted(keys))}"
                    yield _fault(line_of(lines, place) or 0, _key_name(place), allowed)
    for table, key in (
        ("office", "key"),
        ("mailbox", "address"),
        ("folder", "path"),
        ("partner", "key"),
        ("user", "login"),
    ):
        yield from _repeated(
            table, key, [getattr(row, key) for row in getattr(config, table)], lines
        )
    registers = [f"{row.office}/{row.book}" for row in config.series]
    yield from _repeated("series", "register", registers, lines)
    yield from _alert_faults(config, lines)
    yield from _sight_faults(config, keys, lines)


def _alert_faults(config: Config, lines: dict[KeyPath, int]) -> Iterator[str]:
    alerts, place = config.alerts, ("alerts", "mailbox")
    senders = sorted(box.address for box in config.mailbox if box.smtp)
    if alerts.mailbox is None:
        if alerts.duty or alerts.administrator:
            yield _fault(
                line_of(lines, ("alerts",)) or 0,
                _key_name(place),
                "обов’язковий ключ: з якої скриньки надсилати сповіщення",
            )
    elif alerts.mailbox not in senders:
        allowed = ", ".join(senders) or "спершу впишіть smtp до таблиці [[mailbox]]"
        yield _fault(
            line_of(lines, place) or 0,
            _key_name(place),
            f"немає скриньки з таким address і ключем smtp. Дозволено: {allowed}",
        )


def _sight_faults(config: Config, offices: set[str], lines: dict[KeyPath, int]) -> Iterator[str]:
    for number, user in enumerate(config.user):
        place: KeyPath = ("user", number, "sees")
        unknown = sorted(set(user.sees) - offices)
        if unknown:
            allowed = f"немає установи «{unknown[0]}». Дозволено: {', '.join(sorted(offices))}"
            yield _fault(line_of(lines, place) or 0, _key_name(place), allowed)
        elif user.sees and user.office is None:
            allowed = "дозволено лише разом з office: без нього видно всі установи"
            yield _fault(line_of(lines, place) or 0, _key_name(place), allowed)


def _repeated(table: str, key: str, values: list[Any], lines: dict[KeyPath, int]) -> Iterator[str]:
    for number, value in enumerate(values):
        if value in values[:number]:
            place: KeyPath = (table, number, key)
            yield _fault(
                line_of(lines, place) or 0,
                _key_name(place),
                f"«{value}» уже є вище; дозволено один раз",
            )


def _absolute(config: Config, base: Path, data: Path | None) -> Config:
    main = config.opika.model_copy(
        update={
            "data": (data or base / config.opika.data).resolve(),
            "templates": (base / config.opika.templates).resolve(),
            "catalogues": (base / config.opika.catalogues).resolve(),
        }
    )
    folder, heads = config.backup.folder, config.journal.heads
    return config.model_copy(
        update={
            "opika": main,
            "backup": config.backup.model_copy(
                update={"folder": folder and (base / folder).resolve()}
            ),
            "journal": config.journal.model_copy(update={"heads": heads and (base / heads)}),
            "folder": tuple(
                row.model_copy(update={"path": (base / row.path).resolve()})
                for row in config.folder
            ),
            "mailbox": tuple(
                row.model_copy(update={"password": _absolute_secret(row.password, base)})
                for row in config.mailbox
            ),
        }
    )


def _absolute_secret(secret: Secret, base: Path) -> Secret:
    if secret.file is None:
        return secret
    return secret.model_copy(update={"file": base / secret.file})
