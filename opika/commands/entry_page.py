"""An entry on the screen: what it says, its clocks, what happened, how it was corrected."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from opika.commands.common import print_table
from opika.commands.words import (
    CHANNELS,
    DEADLINES,
    FOR_THE_FILE,
    KINDS,
    PAPERS,
    STATES,
    person_words,
    urgent_word,
)
from rules.casework import KINDS as EVENTS
from rules.casework import detail_words
from rules.form_keys import CHOICES, LABELS
from rules.wording import date_in_figures, moment_in_figures, the_nth

if TYPE_CHECKING:
    from journal.cards import DocumentCard, EntryCard, EventCard
    from journal.revisions import Brought, Changes, RevisionCard

_DATES = frozenset(key for key in LABELS if key.endswith("_date")) | {"detected_on"}
Disputes = Mapping[str, tuple[Any, "Brought"]]


def show_entry(
    card: EntryCard,
    revisions: Sequence[RevisionCard],
    disputes: Disputes,
    unneeded: Collection[int] = (),
) -> None:
    """The whole entry; ``unneeded`` are the documents that it calls for no more."""
    _show_head(card)
    _show_values(card, disputes)
    show_events(card)
    show_deadlines(card)
    if len(revisions) > 1:
        click.echo("\nРедакції")
        head = ("№", "коли", "хто", "звідки", "що змінено", "підстава")
        print_table(head, map(_revision_row, revisions))
        click.echo(f"Що було і що стало: opika journal differences {card.number}")
    _show_documents(card, unneeded)
    _show_related(card)


def _show_related(card: EntryCard) -> None:
    titles = {"confirmed": "Та сама сім’я", "proposed": "Можливо, та сама сім’я"}
    for state, title in titles.items():
        found = [(r.number, r.year, r.score, r.why) for r in card.related if r.state == state]
        if found:
            click.echo(f"\n{title}")
            print_table(("№", "рік", "оцінка", "що спільного"), found)


def show_events(card: EntryCard) -> None:
    """What happened after registration, in a table; nothing where nothing did."""
    if card.events:
        click.echo("\nЩо сталося")
        print_table(("id", "коли", "подія", "пункт", "подробиці"), map(_event_row, card.events))


def show_deadlines(card: EntryCard) -> None:
    """The clocks of an entry in a table; nothing where it has none."""
    if card.deadlines:
        click.echo("\nСтроки")
        rows = [
            (
                DEADLINES.get(d.key, d.key),
                d.due,
                "виконано" if d.done else "скасовано" if d.cancelled else "",
                f"{d.rule}: {d.steps}",
            )
            for d in card.deadlines
        ]
        print_table(("що", "до", "", "чому"), rows)


def show_changes(changes: Changes, disputed: Mapping[str, Any]) -> None:
    """What fields said before and what they say after, one below the other."""
    for key, (old, new) in changes.items():
        click.echo(f"  {LABELS[key]}")
        click.echo(f"    було:  {value_words(key, old)}")
        click.echo(f"    стало: {value_words(key, new)}")
    for key, came in disputed.items():
        click.echo(f"  {LABELS[key]} – виправлене працівником залишено")
        click.echo(f"    надійшло: {value_words(key, came)}")


def brought_words(brought: Brought | None) -> str:
    """What brought a revision, for a clerk."""
    if brought is None:
        return ""
    return f"{CHANNELS.get(brought.source, brought.source)}, надходження {brought.id}"


def field_words(keys: Iterable[str]) -> str:
    """The names of fields, with commas between."""
    return ", ".join(LABELS[key] for key in keys)


def value_words(key: str, value: Any) -> str:
    """What a field says, as a clerk reads it."""
    if value in (None, "", []):
        return "–"
    if key == "persons" and isinstance(value, list):
        return "; ".join(map(person_words, value))
    if isinstance(value, list):
        return ", ".join(CHOICES.get(str(one), str(one)) for one in value)
    if key in _DATES:
        return _day_words(str(value))
    return CHOICES.get(str(value), str(value)) if key == "received_via" else str(value)


def unneeded_words(card: EntryCard, unneeded: Collection[int]) -> list[str]:
    """How to get rid of each document that the entry calls for no more."""
    from journal.documents import how_void

    return [
        f"Документ {d.index or d.id} ({KINDS.get(d.kind, d.kind)}) за нинішніми даними не "
        f"потрібен. Щоб анулювати його: {how_void(d.id)}"
        for d in card.documents
        if d.id in unneeded
    ]


def overtaken_words(card: EntryCard, unneeded: Collection[int] = ()) -> list[str]:
    """What to do with each letter that the entry's change has overtaken and that is still needed."""
    from journal.documents import how_anew

    return [
        f"Лист {d.index or d.id} ({KINDS.get(d.kind, d.kind)}) застарів: дані змінилися після "
        f"погодження. {how_anew(d.kind, card.number, card.year)}"
        for d in card.documents
        if d.overtaken and d.id not in unneeded
    ]


def _show_head(card: EntryCard) -> None:
    registered, received = (
        moment_in_figures(moment, of_paper_book=card.imported is not None)
        for moment in (card.registered_at, card.received_at)
    )
    click.echo(f"№ {card.number} ({card.year}), зареєстровано {registered}")
    if card.imported:
        click.echo(f"Перенесено з паперового журналу {card.imported:%d.%m.%Y %H:%M}")
    if card.voided:
        click.echo(f"АНУЛЬОВАНО {card.voided:%d.%m.%Y %H:%M}")
    if card.erased:
        click.echo(f"ЗМІСТ СТЕРТО {card.erased:%d.%m.%Y %H:%M}: opika journal erase {card.number}")
    if card.ordinal is not None and card.ordinal > 1:
        click.echo(f"Повторне: {the_nth(card.ordinal)} повідомлення щодо цієї сім’ї")
    click.echo(f"Надійшло: {received}, {CHANNELS[card.channel]}")
    if card.urgent is not False:
        click.echo(f"Загроза життю чи здоров’ю: {urgent_word(card.urgent)}")
    for sign in card.indicators:
        click.echo(f"  ознака: «{sign['quote']}»")


def _show_values(card: EntryCard, disputes: Disputes) -> None:
    click.echo()
    for key, label in LABELS.items():
        value = card.values.get(key)
        if value in (None, "", []) and key not in card.review:
            continue
        mark = "? " if key in card.review else "  "
        click.echo(f"{mark}{label}: {value_words(key, value)}")
        if key in disputes:
            came, brought = disputes[key]
            click.echo(
                f"    надійшло інше ({brought.received_at:%d.%m.%Y}, {brought_words(brought)}):"
            )
            click.echo(f"    {value_words(key, came)}")
    if card.review:
        example = f"opika journal correct {card.number}"
        click.echo(
            f"«?» – перевірте за оригіналом. Прочитано правильно: {example} --confirm "
            f"{card.review[0]}; неправильно: {example} {card.review[0]}=… --why …"
        )


def _event_row(event: EventCard) -> tuple[object, ...]:
    kind = EVENTS[event.kind]
    words = detail_words(event.kind, event.details)
    taken_back = f"скасовано {event.undone:%d.%m.%Y}" if event.undone else ""
    number = f"№ {event.index}" if event.index else ""
    told = "; ".join(part for part in (taken_back, number, words) if part)
    return event.id, event.at, kind.words, kind.point, told


def _revision_row(card: RevisionCard) -> tuple[object, ...]:
    if card.ordinal == 1:
        what = "зареєстровано"
    else:
        what = field_words(dict.fromkeys([*card.changes, *card.disputed])) or "–"
    came = "виправлено працівником" if card.by_hand else brought_words(card.brought)
    return card.ordinal, card.made_at, card.actor, came, what, card.why


def _show_documents(card: EntryCard, unneeded: Collection[int]) -> None:
    if not card.documents:
        return
    click.echo("\nДокументи")
    documents = [
        (d.id, KINDS.get(d.kind, d.kind), d.index, _state(d), d.pdf or d.docx)
        for d in card.documents
    ]
    print_table(("id", "вид", "індекс", "стан", "файл"), documents)
    for d in card.documents:
        if d.signed:
            click.echo(
                f"Підписаний примірник документа {d.index or d.id}: {d.signed.name}, додано "
                f"{moment_in_figures(d.signed.at)}; підпис не перевірено."
            )
    for line in (*overtaken_words(card, unneeded), *unneeded_words(card, unneeded)):
        click.echo(line)


def _state(document: DocumentCard) -> str:
    """Where a document stands; what is for the case file is never anybody's draft."""
    if document.kind in PAPERS:
        return FOR_THE_FILE
    return STATES[document.state] + (", застарів" if document.overtaken else "")


def _day_words(value: str) -> str:
    try:
        return date_in_figures(date.fromisoformat(value))
    except ValueError:  # of a later parser, or masked
        return value
