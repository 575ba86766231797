"""The program ``opika``: its commands, and how it ends.

Exit codes: 0 done, 1 failed with a clear error, 2 wrong usage. Errors go to standard error in
Ukrainian; no traceback reaches a user.
"""

from __future__ import annotations

import importlib
import logging
import sys
from pathlib import Path

import click

from opika.errors import OpikaError
from opika.logs import start_logging
from opika.ukrainian import speak_ukrainian

logger = logging.getLogger(__name__)
speak_ukrainian()

# Imported only when called: `--help` and `parse` need no Django.
_COMMANDS = {
    "demo": ("opika.commands.demo", "Головна робота на зразках, у новій папці."),
    "check": ("opika.commands.check", "Перевірити встановлення й налаштування."),
    "once": ("opika.commands.once", "Один прохід: джерела, потім усі кроки, що на черзі."),
    "run": ("opika.commands.run", "Служба: те саме за розкладом, доки не зупинять."),
    "status": ("opika.commands.status", "Стан служби; підтвердити сповіщення про загрозу."),
    "parse": ("opika.commands.parse", "Прочитати форму з файлу; журнал не змінюється."),
    "add": ("opika.commands.add", "Додати повідомлення з файлу."),
    "triage": ("opika.commands.triage", "Те, що очікує на рішення працівника."),
    "journal": ("opika.commands.journal", "Журнал: перелік, запис, перевірка."),
    "case": ("opika.commands.case", "Справа: що сталося після реєстрації, один крок за раз."),
    "family": (
        "opika.commands.family",
        "Сім’ї: схожі записи, об’єднання справ, повторні повідомлення.",
    ),
    "packet": (
        "opika.commands.packet",
        "Комісія: справи, готові до засідання, і папери до нього.",
    ),
    "due": ("opika.commands.due", "Строки: прострочені, на сьогодні й найближчі."),
    "register": (
        "opika.commands.register",
        "Реєстри: номери документів, анулювання, закриття року.",
    ),
    "draft": ("opika.commands.documents", "Створити проєкт документа."),
    "kinds": ("opika.commands.documents", "Які документи складає програма."),
    "name": ("opika.commands.name", "Імена у відмінках, які підтвердив працівник."),
    "approve": ("opika.commands.documents", "Погодити проєкт документа."),
    "sign": ("opika.commands.documents", "Додати підписаний примірник документа."),
    "send": ("opika.commands.send", "Надіслати погоджені листи."),
    "contact": ("opika.commands.contact", "Адреси, на які можна надсилати листи."),
    "backup": ("opika.commands.backup", "Резервна копія: усе в одному зашифрованому файлі."),
    "restore": ("opika.commands.restore", "Відновити все з резервної копії в порожнє місце."),
    "roles": ("opika.commands.roles", "Хто що може робити; ваша роль."),
    "lint": ("opika.commands.lint", "Перевірити лист, шаблон, довідник чи налаштування."),
    "explain": ("opika.commands.explain", "Як вирішує правило: строк, ім’я, текст."),
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(_COMMANDS[cmd_name][0]), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Команди"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--config", type=click.Path(path_type=Path), help="Файл налаштувань.")
@click.option("--data", type=click.Path(path_type=Path), help="Папка даних.")
@click.option("--verbose", is_flag=True, help="Докладні повідомлення про хід роботи.")
@click.version_option(package_name="opika")
def opika(config: Path | None, data: Path | None, verbose: bool) -> None:
    """Opika – прийом і документи служби у справах дітей."""
    start_logging(logging.DEBUG if verbose else logging.INFO)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        sys.exit(opika.main(standalone_mode=False))
    except click.ClickException as err:
        err.show()
        sys.exit(err.exit_code)
    except click.Abort:
        click.echo("Перервано.", err=True)
        sys.exit(1)
    except OpikaError as err:
        logger.debug("failed", exc_info=True)
        click.echo(f"Помилка: {err.clerk_message}", err=True)
        sys.exit(1)
    except Exception:
        logger.exception("unforeseen error")
        click.echo(
            "Неочікувана помилка; дані не втрачено. Повторіть дію, а якщо це повториться – "
            "передайте адміністраторові рядки вище.",
            err=True,
        )
        sys.exit(1)
