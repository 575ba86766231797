"""What click itself says, in Ukrainian: the headings of ``--help`` and what is wrong with a call.

Click asks gettext for every text of its own, whose answer hangs on files and on the language of the
system; a clerk reads Ukrainian on any. A text that is not in the list stays as click has it.
"""

from __future__ import annotations

from collections.abc import Mapping

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types

_MODULES = (
    click.core,
    click.decorators,
    click.exceptions,
    click.formatting,
    click.parser,
    click.termui,
    click.types,
)
TEXTS: Mapping[str, str] = {
    "Usage:": "Як писати:",
    "Options": "Параметри",
    "Commands": "Команди",
    "Show this message and exit.": "Показати цю довідку.",
    "Show the version and exit.": "Показати версію.",
    "%(prog)s, version %(version)s": "%(prog)s, версія %(version)s",
    "required": "обов’язково",
    "default: {default}": "типово: {default}",
    "Try '{command} {option}' for help.": "Довідка: {command} {option}",
    "Error: {message}": "Помилка: {message}",
    "Error: invalid input": "Помилка: так відповісти не можна",
    "Missing command.": "Не вказано команду.",
    "Missing argument": "Не вказано",
    "Missing option": "Не вказано параметр",
    "No such option {name!r}.": "Немає параметра {name!r}.",
    "No such command {name!r}.": "Немає команди {name!r}.",
    "Did you mean {possibility}?": "Можливо, {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Можливо, щось із цього: {possibilities}?)",
    "Got unexpected extra argument ({args})": "Зайве слово: {args}",
    "Got unexpected extra arguments ({args})": "Зайві слова: {args}",
    "Option {name!r} requires an argument.": "Після параметра {name!r} потрібне значення.",
    "Option {name!r} does not take a value.": "Параметр {name!r} не має значення.",
    "Invalid value: {message}": "Неправильне значення: {message}",
    "Invalid value for {param_hint}: {message}": "Неправильне значення {param_hint}: {message}",
    "Choose from:\n\t{choices}": "Дозволено:\n\t{choices}",
    "{value!r} is not {choice}.": "{value!r} – не {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} – нічого з дозволеного: {choices}.",
    "{value!r} is not a valid {number_type}.": "{value!r} – не число.",
    "{value} is not in the range {range}.": "{value} – поза межами {range}.",
    "{value!r} does not match the format {format}.": "{value!r} не відповідає зразку {format}.",
    "{value!r} does not match the formats {formats}.": "{value!r} не відповідає зразкам {formats}.",
    "file": "файл",
    "directory": "папка",
    "path": "шлях",
    "{name} {filename!r} does not exist.": "{name} {filename!r} не існує.",
    "{name} {filename!r} is a file.": "{filename!r} – це файл.",
    "{name} {filename!r} is a directory.": "{filename!r} – це папка.",
    "{name} {filename!r} is not readable.": "{name} {filename!r}: немає права читати.",
    "{name} {filename!r} is not writable.": "{name} {filename!r}: немає права писати.",
}
"""Click's own text -> what a clerk reads."""


def speak_ukrainian() -> None:
    """Let click say its texts in Ukrainian for the rest of the process."""
    for module in _MODULES:
        names = vars(module)
        for name, say in (("_", _text), ("ngettext", _counted)):
            if name in names:
                names[name] = say


def _text(text: str) -> str:
    return TEXTS.get(text, text)


def _counted(one: str, many: str, count: int) -> str:
    return _text(one if count == 1 else many)
