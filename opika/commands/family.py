"""``opika family``: who may be one family, what a person decides about it, and who came again."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

import click

from opika.commands.common import (
    EntryName,
    Where,
    chosen_office,
    config_options,
    entry_options,
    json_option,
    opened,
    print_json,
    print_table,
)
from opika.commands.words import short, urgent_word

if TYPE_CHECKING:
    from journal.cards import EntryCard
    from journal.families import Decided
    from journal.family_rows import Proposed
    from journal.history import Act
    from opika.pipeline import Pipeline

_OTHER = re.compile(r"(\d{1,9})(?:/(\d{4}))?")
_REASON = click.option("--why", required=True, help="Підстава; вона залишиться в історії.")
_OFFICE = click.option("--office", help="Лише журнал цієї установи (ключ із налаштувань).")
_DAY = click.DateTime(formats=["%Y-%m-%d", "%d.%m.%Y"])


def _parsed(
    _ctx: click.Context, _param: click.Parameter, value: str | None
) -> tuple[str, int | None] | None:
    """Another entry, ``3`` or ``3/2025``, as number and year."""
    if value is None:
        return None
    found = _OTHER.fullmatch(value.strip())
    if found is None:
        raise click.BadParameter("потрібен номер, напр. 3, або номер і рік: 3/2025.")
    return found[1], int(found[2]) if found[2] else None


@click.group()
def family() -> None:
    """Сім’ї: хто може бути однією сім’єю, що вирішив працівник, скільки повторних повідомлень."""


@family.command("list")
@_OFFICE
@json_option
@config_options
def list_proposals(office: str | None, as_json: bool, where: Where) -> None:
    """Записи, які можуть стосуватися однієї сім’ї й очікують на рішення."""
    with opened(where, may="read") as pipeline:
        from journal.family_rows import proposals, proposed_json

        found, more = proposals(_known(pipeline, office), pipeline.eyes)
        if as_json:
            print_json([proposed_json(one) for one in found])
            return
        if not found:
            click.echo("Немає записів, які очікують на рішення, чи це одна сім’я.")
            return
        head = ("оцінка", "новіший", "про кого", "давніший", "про кого", "чому")
        print_table(head, map(_proposed_row, found))
        if more:
            click.echo("Показано найновіші; є й інші. Спершу вирішіть щодо цих.")
        click.echo(
            "Та сама сім’я: opika family same № № --why «…»; "
            "різні: opika family apart № № --why «…»."
        )


@family.command()
@entry_options
@json_option
@config_options
def show(entry: EntryName, as_json: bool, where: Where) -> None:
    """Усі повідомлення щодо сім’ї запису № NUMBER і записи, схожі на них. Перегляд буде записано."""
    with opened(where, may="read") as pipeline:
        from journal import listing
        from journal.family_rows import family_json, family_of

        card = listing.entry(*entry, eyes=pipeline.eyes)
        found = family_of(card, pipeline.eyes)
        for one in found:
            listing.look(one.id, actor=pipeline.actor, now=pipeline.clock(), why="сім’я")
        if as_json:
            print_json(family_json(found))
        else:
            _show(found)


@family.command()
@entry_options
@click.argument("other", callback=_parsed)
@_REASON
@json_option
@config_options
def same(
    entry: EntryName, other: tuple[str, int | None], why: str, as_json: bool, where: Where
) -> None:
    """Записи № NUMBER і OTHER – про одну сім’ю: їхні справи об’єднуються, номери залишаються.

    OTHER – номер або номер і рік: 3 чи 3/2025.
    """
    with opened(where, may="work") as pipeline:
        from journal.families import join

        one, two = _both(pipeline, entry, other)
        done = join(one.id, two.id, _act(pipeline, why), pipeline.clock_rules)
        moved = _numbers(done)
    if as_json:
        print_json({"known": done.known, "moved": moved})
    elif done.known:
        click.echo(f"{_name(one)} і {_name(two)} уже в одній справі.")
    else:
        numbers = ", ".join(moved)
        click.echo(f"{_name(one)} і {_name(two)} – одна сім’я. До її справи перейшли: {numbers}.")


@family.command()
@entry_options
@click.argument("other", required=False, callback=_parsed)
@_REASON
@json_option
@config_options
def apart(
    entry: EntryName, other: tuple[str, int | None] | None, why: str, as_json: bool, where: Where
) -> None:
    """Запис № NUMBER – про іншу сім’ю, ніж OTHER; без OTHER – ніж інші записи його справи.

    Якщо вони в одній справі, запис № NUMBER одержує власну. OTHER – номер або номер і рік: 3/2025.
    """
    with opened(where, may="work") as pipeline:
        from journal import families, listing

        if other is None:
            one, two = listing.entry(*entry, eyes=pipeline.eyes), None
            done = families.part(one.id, _act(pipeline, why), pipeline.clock_rules)
        else:
            one, two = _both(pipeline, entry, other)
            done = families.apart(one.id, two.id, _act(pipeline, why), pipeline.clock_rules)
    if as_json:
        print_json({"known": done.known, "moved": [one.number] if done.moved else []})
    else:
        click.echo(_apart_words(done, one, two))


@family.command()
@click.option("--from", "first", type=_DAY, required=True, help="Перший день (РРРР-ММ-ДД).")
@click.option("--to", "last", type=_DAY, required=True, help="Останній день (РРРР-ММ-ДД).")
@_OFFICE
@json_option
@config_options
def repeats(
    first: datetime, last: datetime, office: str | None, as_json: bool, where: Where
) -> None:
    """Скільки повідомлень за час від --from до --to, щодо скількох сімей, скільки повторних (п. 24)."""
    if last < first:
        raise click.UsageError("--to має бути не раніше, ніж --from.")
    with opened(where, may="read") as pipeline:
        from journal.repeats import repeats as count

        found = count(first.date(), last.date(), _known(pipeline, office), pipeline.eyes)
    if as_json:
        print_json(asdict(found))
        return
    click.echo(f"З {first:%d.%m.%Y} до {last:%d.%m.%Y} зареєстровано, без анульованих:")
    click.echo(f"  повідомлень {found.entries}, щодо сімей {found.families}")
    click.echo(
        f"  з них повторних {found.repeated}, щодо сімей {found.families_again}; "
        f"третіх і наступних {found.third_and_more}"
    )


def _known(pipeline: Pipeline, office: str | None) -> str | None:
    return None if office is None else chosen_office(pipeline.config, office, pipeline.eyes)


def _both(
    pipeline: Pipeline, entry: EntryName, other: tuple[str, int | None]
) -> tuple[EntryCard, EntryCard]:
    from journal import listing

    one = listing.entry(*entry, eyes=pipeline.eyes)
    return one, listing.entry(other[0], one.office, other[1], eyes=pipeline.eyes)


def _act(pipeline: Pipeline, why: str) -> Act:
    from journal.history import Act

    return Act(pipeline.actor, pipeline.clock(), why)


def _numbers(done: Decided) -> list[str]:
    from journal.listing import entry_by_id

    return [_name(entry_by_id(pk)) for pk in done.moved]


def _name(card: EntryCard) -> str:
    return f"№ {card.number} ({card.year})"


def _apart_words(done: Decided, one: EntryCard, two: EntryCard | None) -> str:
    if done.moved:
        return f"{_name(one)} тепер у власній справі; номер той самий."
    other = _name(two) if two else ""
    if done.known:
        return f"{_name(one)} і {other} уже визнано різними сім’ями."
    return f"{_name(one)} і {other} – різні сім’ї. Їх більше не пропонуватимуть одне до одного."


def _proposed_row(found: Proposed) -> tuple[object, ...]:
    newer, older = found.newer, found.older
    return (
        found.score,
        f"{newer.number} ({newer.year})",
        short(newer.values.get("subject"), 30),
        f"{older.number} ({older.year})",
        short(older.values.get("subject"), 30),
        found.why,
    )


def _show(found: list[EntryCard]) -> None:
    from journal.family_rows import open_proposals

    head = ("повідомлення", "№", "рік", "зареєстровано", "", "про кого")
    print_table(head, map(_member_row, found))
    proposed = open_proposals(found)
    if proposed:
        click.echo("\nМожливо, та сама сім’я")
        rows = [(one.score, one.number, one.year, one.why) for one in proposed]
        print_table(("оцінка", "№", "рік", "чому"), rows)


def _member_row(card: EntryCard) -> tuple[object, ...]:
    ordinal = "анульовано" if card.ordinal is None else card.ordinal
    urgent = urgent_word(card.urgent)
    subject = short(card.values.get("subject"))
    return ordinal, card.number, card.year, card.registered_at.date(), urgent, subject
