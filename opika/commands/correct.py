"""``opika journal correct`` and ``differences``: what an entry should say, and what it said before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from opika.commands.common import (
    EntryName,
    Where,
    config_options,
    entry_options,
    json_option,
    opened,
    print_json,
)
from opika.commands.entry_page import (
    brought_words,
    field_words,
    overtaken_words,
    show_changes,
    value_words,
)
from opika.commands.words import DEADLINES
from opika.errors import ConversionError
from rules.calendar import full_label

if TYPE_CHECKING:
    from journal.cards import EntryCard
    from journal.correcting import Corrected
    from journal.revisions import RevisionCard


@click.command()
@entry_options
@click.argument("told", metavar="[ПОЛЕ=ЗНАЧЕННЯ]...", nargs=-1)
@click.option("--why", default="", help="Підстава виправлення; вона залишиться в історії.")
@click.option(
    "--confirm",
    "confirmed",
    metavar="ПОЛЕ",
    multiple=True,
    help="Поле прочитано правильно: перевіряти його більше не треба (можна кілька разів).",
)
@json_option
@config_options
def correct(
    entry: EntryName,
    told: Sequence[str],
    as_json: bool,
    where: Where,
    **how: Any,
) -> None:
    """Виправити поля запису № NUMBER: попереднє значення, підстава, хто й коли залишаються.

    Поле називають ключем або словами з картки: address="с. Вигадане" чи "Про кого=…".
    Порожнє значення («basis=») очищує поле.
    """
    fields = _fields(told)
    confirmed: tuple[str, ...] = how["confirmed"]
    if not fields and not confirmed:
        raise click.UsageError("Вкажіть ПОЛЕ=ЗНАЧЕННЯ або --confirm ПОЛЕ.")
    with opened(where, may="work") as pipeline:
        from journal import listing
        from opika.by_hand import draft_at_once
        from opika.correcting import correct as correct_entry

        before = listing.entry(*entry, eyes=pipeline.eyes)
        done = correct_entry(pipeline, before.id, fields, confirmed, how["why"])
        if done.changed:
            try:
                draft_at_once(pipeline, before.id)
            except ConversionError as err:  # what was corrected stays so
                click.echo(err.clerk_message, err=True)
        after = listing.entry_by_id(before.id)
    if as_json:
        print_json(_corrected_json(done, after))
    else:
        _show_corrected(done, before, after)


@click.command()
@entry_options
@click.argument("first", metavar="[FROM]", type=click.IntRange(min=1), required=False)
@click.argument("last", metavar="[TO]", type=click.IntRange(min=1), required=False)
@json_option
@config_options
def differences(
    entry: EntryName, first: int | None, last: int | None, as_json: bool, where: Where
) -> None:
    """Що було і що стало в записі № NUMBER: хто, коли, чому, з якого надходження.

    FROM і TO – номери редакцій; без TO порівнюють з чинною. Перегляд буде записано.
    """
    with opened(where, may="read") as pipeline:
        from journal import listing
        from journal.revisions import changes_json, difference, revision_json, revisions, shown

        card = listing.entry(*entry, eyes=pipeline.eyes)
        cards = shown(revisions(card.id), card)
        listing.look(card.id, actor=pipeline.actor, now=pipeline.clock(), why="редакції")
        _check_bounds(first, last, cards)
        to = last or len(cards)
        between = difference(cards, first, to) if first else {}
    if first and as_json:
        print_json({"from": first, "to": to, "changes": changes_json(between)})
    elif first:
        click.echo(f"№ {card.number} ({card.year}): редакції {first} і {to}")
        show_changes(between, {})
        if not between:
            click.echo("Відмінностей немає.")
    elif as_json:
        print_json([revision_json(one) for one in cards])
    else:
        _show_revisions(card, cards)


def _fields(told: Sequence[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for one in told:
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            raise click.UsageError(f"«{one}»: потрібно ПОЛЕ=ЗНАЧЕННЯ, напр. address=…")
        if name in fields:
            raise click.UsageError(f"Поле «{name}» названо двічі.")
        fields[name] = value
    return fields


def _check_bounds(first: int | None, last: int | None, cards: Sequence[RevisionCard]) -> None:
    for one in (first, last):
        if one is not None and one > len(cards):
            raise click.UsageError(f"Редакції {one} немає: у записі їх {len(cards)}.")


def _corrected_json(done: Corrected, card: EntryCard) -> dict[str, Any]:
    return {
        "office": card.office,
        "number": card.number,
        "year": card.year,
        "changes": {key: {"old": old, "new": new} for key, (old, new) in done.changed.items()},
        "confirmed": list(done.confirmed),
        "doubtful": list(done.doubtful),
        "review": list(card.review),
        "urgent": card.urgent,
        "closed": done.closed and done.closed.isoformat(),
        "overtaken": [one.id for one in card.documents if one.overtaken],
    }


def _show_corrected(done: Corrected, before: EntryCard, card: EntryCard) -> None:
    if done.changed:
        click.echo(f"Виправлено запис № {card.number} ({card.year}).")
        show_changes(done.changed, {})
        if any(one.state == "draft" for one in card.documents):
            click.echo("Проєкти документів оновлено.")
    elif not done.confirmed:
        click.echo("Нічого не змінено: у записі вже так.")
    if done.confirmed:
        click.echo(f"Перевіряти більше не треба: {field_words(done.confirmed)}.")
    for key in done.doubtful:
        click.echo(
            f"Перевірте поле «{field_words([key])}»: {value_words(key, card.values.get(key))}"
        )
    if done.raised:
        click.echo("У тексті є ознаки загрози: запис позначено як ТЕРМІНОВИЙ.")
    for line in [*_moved(before, card), *overtaken_words(card)]:
        click.echo(line)
    if done.changed and done.closed:
        click.echo(
            f"Журнал за {card.year} рік закрито {done.closed:%d.%m.%Y}: виправлення записано до "
            "історії, номер залишається."
        )


def _moved(before: EntryCard, after: EntryCard) -> list[str]:
    """The running clocks that end otherwise than before."""
    ends = {(clock.key, clock.start_kind): clock.due for clock in before.deadlines if clock.runs}
    return [
        f"Строк змінено: {DEADLINES.get(clock.key, clock.key)}, до {full_label(clock.due)}"
        for clock in after.deadlines
        if clock.runs and ends.get((clock.key, clock.start_kind)) != clock.due
    ]


def _show_revisions(card: EntryCard, cards: Sequence[RevisionCard]) -> None:
    click.echo(f"№ {card.number} ({card.year})")
    for one in cards:
        how = "виправлено працівником" if one.by_hand else brought_words(one.brought)
        parts = [f"{one.made_at:%d.%m.%Y %H:%M}", one.actor, how]
        click.echo(f"\nРедакція {one.ordinal}: {', '.join(part for part in parts if part)}")
        if one.why:
            click.echo(f"  Підстава: {one.why}")
        show_changes(one.changes, one.disputed)
        if one.ordinal == 1:
            click.echo("  Зареєстровано (див. opika journal show).")
        elif not one.changes and not one.disputed:
            click.echo("  Зміст полів не змінився.")
