"""``opika case``: what happened to a family after registration, one step each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import click

from opika.commands.common import (
    EntryName,
    Where,
    config_options,
    entry_options,
    json_option,
    opened,
    pairs,
    print_json,
)
from opika.commands.entry_page import show_deadlines, show_events
from opika.commands.register import WORDS as BOOK_WORDS
from opika.commands.words import DEADLINES, urgent_word
from opika.errors import BadValueError
from rules.calendar import full_label
from rules.casework import KINDS, STAGES, Kind, usage
from rules.moments import parse_moment

if TYPE_CHECKING:
    from journal.cards import EntryCard
    from journal.casework import ClockChange, NewEvent, Noted
    from journal.history import Act
    from journal.numbered import PaperNumber
    from opika.config import Book
    from opika.pipeline import Pipeline

_NO_MOMENT = (
    "не зрозуміло, коли це сталося: вкажіть день і час, не пізніші, ніж зараз, напр. "
    "--at «вчора о 14:30» чи --at «04.03.2026 14:30»"
)
_CHANGES = {
    "stopped": "Зупинено",
    "started": "Почато",
    "runs on": "Триває далі",
    "cancelled": "Скасовано",
}
_VISITORS = "with"


@click.group()
def case() -> None:
    """Справа: що сталося після реєстрації і які строки це зупинило чи почало."""


@case.command()
@entry_options
@json_option
@config_options
def show(entry: EntryName, as_json: bool, where: Where) -> None:
    """Що сталося за записом № NUMBER і які строки тривають. Перегляд буде записано."""
    with opened(where, may="read") as pipeline:
        from journal import listing

        card = listing.entry(*entry, eyes=pipeline.eyes)
        listing.look(card.id, actor=pipeline.actor, now=pipeline.clock())
        shown = listing.entry_json(card)
    if as_json:
        names = ("office", "number", "year", "urgent", "status", "stage", "events", "deadlines")
        print_json({name: shown[name] for name in names})
    else:
        _show(card)


@case.command()
@click.argument("kind", metavar="KIND", type=click.Choice(list(KINDS)))
@entry_options
@click.argument("told", metavar="[КЛЮЧ=ЗНАЧЕННЯ]...", nargs=-1)
@click.option("--at", "said", metavar="КОЛИ", help="Коли це сталося; типово – зараз.")
@click.option("--numbered", is_flag=True, help="Дати документові події наступний номер реєстру.")
@click.option("--why", default="", help="Підстава; вона залишиться в історії.")
@json_option
@config_options
def record(
    kind: str,
    entry: EntryName,
    told: Sequence[str],
    as_json: bool,
    where: Where,
    **how: Any,
) -> None:
    """Записати подію KIND до запису № NUMBER; перелік подій – opika case kinds."""
    with opened(where, may="record") as pipeline:
        details = pairs(told)
        if "why" in KINDS[kind].details:
            details.setdefault("why", how["why"])
        at = _moment(how["said"], pipeline.clock())
        new = _event(pipeline, entry, kind, at, details)
        act = _act(pipeline, how["why"])
        noted, index = _note(pipeline, new, act, entry, numbered=how["numbered"])
    _print(noted, kind, at, as_json, index)
    if not as_json and kind == "visited":
        _name_absent(details.get(_VISITORS, ""))


@case.command()
@entry_options
@click.option("--why", required=True, help="Чому загрози немає: що й ким перевірено.")
@json_option
@config_options
def calm(entry: EntryName, why: str, as_json: bool, where: Where) -> None:
    """Зняти терміновість запису № NUMBER; повернути її може лише нова ознака загрози."""
    with opened(where, may="record") as pipeline:
        at = pipeline.clock()
        new = _event(pipeline, entry, "calmed", at, {"why": why})
        noted, _ = _note(pipeline, new, _act(pipeline, why), entry, numbered=False)
    _print(noted, "calmed", at, as_json)


@case.command()
@click.argument("event_id", metavar="ID", type=int)
@click.option("--why", required=True, help="Чому події не було.")
@click.option("--void-number", is_flag=True, help="Анулювати й номер документа події.")
@json_option
@config_options
def undo(event_id: int, why: str, void_number: bool, as_json: bool, where: Where) -> None:
    """Скасувати помилково записану подію ID: вона залишиться в історії як скасована."""
    with opened(where, may="void" if void_number else "record") as pipeline:
        from journal.masking import check_event
        from journal.numbered import undo_on_paper

        check_event(event_id, pipeline.eyes)
        act = _act(pipeline, why)
        undone = undo_on_paper(event_id, act, pipeline.clock_rules, void=void_number)
    if as_json:
        print_json({"id": event_id, **asdict(undone)})
        return
    said = [f"Подію {event_id} скасовано.", *_change_words(undone.clocks)]
    click.echo(" ".join(said))
    if undone.number:
        click.echo(_number_words(undone.number))


@case.command()
@json_option
def kinds(as_json: bool) -> None:
    """Які події можна записати, за яким пунктом Порядку і що для цього вказати."""
    if as_json:
        print_json({name: _kind_json(name, kind) for name, kind in KINDS.items()})
        return
    for name, kind in KINDS.items():
        click.echo(click.style(f"{name}  ", bold=True) + _kind_words(kind))
        click.echo(f"    {'; '.join(usage(name))}")


def _event(
    pipeline: Pipeline, entry: EntryName, kind: str, at: datetime, details: dict[str, str]
) -> NewEvent:
    from journal.casework import NewEvent
    from journal.listing import entry as entry_of

    return NewEvent(entry_of(*entry, eyes=pipeline.eyes).id, kind, at, details)


def _act(pipeline: Pipeline, why: str) -> Act:
    from journal.history import Act

    return Act(pipeline.actor, pipeline.clock(), why)


def _note(
    pipeline: Pipeline, new: NewEvent, act: Act, entry: EntryName, *, numbered: bool
) -> tuple[Noted, str]:
    """Write the event down; the index of its paper, where that gets a number."""
    from journal.casework import happened
    from journal.listing import entry as entry_of
    from journal.numbered import Numbering, happened_on_paper

    paper = KINDS[new.kind].paper
    if not numbered:
        return happened(new, act, pipeline.clock_rules), ""
    if paper is None:
        allowed = ", ".join(name for name, kind in KINDS.items() if kind.paper)
        raise click.UsageError(f"--numbered – лише для подій: {allowed}.")
    card = entry_of(*entry, eyes=pipeline.eyes)
    assessor = pipeline.registration_rules(card.office).assessor
    office = assessor if paper.assessor else card.office
    series = pipeline.series(office, cast("Book", paper.register))
    numbering = Numbering(office, series, card.values.get("subject") or "")
    return happened_on_paper(new, numbering, act, pipeline.clock_rules)


def _moment(said: str | None, now: datetime) -> datetime:
    if said is None:
        return now
    found = parse_moment(said, now=now)
    if found is None:
        raise BadValueError(_NO_MOMENT)
    return found


def _print(noted: Noted, kind: str, at: datetime, as_json: bool, index: str = "") -> None:
    if as_json:
        clocks = [asdict(change) for change in noted.clocks]
        print_json({"id": noted.id, "known": noted.known, "index": index or None, "clocks": clocks})
        return
    done = "Уже записано" if noted.known else "Записано"
    said = f"{done} (id {noted.id}): {_title(KINDS[kind])}, {at:%d.%m.%Y %H:%M}."
    number = [f"Номер документа: {index}."] if index else []
    click.echo(" ".join([said, *number, *_change_words(noted.clocks)]))


def _change_words(changes: Iterable[ClockChange]) -> list[str]:
    found: dict[str, list[str]] = {}
    for change in changes:
        found.setdefault(change.what, []).append(_clock_words(change))
    return [
        f"{words}: {', '.join(found[what])}." for what, words in _CHANGES.items() if what in found
    ]


def _number_words(number: PaperNumber) -> str:
    """What became of the number of an undone event's paper, and what can be done about it."""
    name = f"Номер {number.index} ({BOOK_WORDS[number.register]}, {number.year} рік)"
    if number.voided:
        return f"{name} анульовано."
    if number.closed:
        return f"{name} залишається чинним: рік закрито, номерів у ньому вже не анулюють."
    return (
        f"{name} залишається чинним. Якщо документа немає, анулюйте номер: opika register void "
        f"{number.register} {number.number} --office {number.office} --year {number.year} "
        "--why «…»."
    )


def _clock_words(change: ClockChange) -> str:
    name = DEADLINES.get(change.key, change.key)
    if change.what in ("stopped", "cancelled") or isinstance(change.due, datetime):
        return name
    return f"{name}, до {full_label(change.due)}"


def _name_absent(came: str) -> None:
    """Tell who was not at a visit, where anybody is named. Law: Порядок, п. 15: a joint visit."""
    names = KINDS["visited"].details[_VISITORS].allowed
    present = {one.strip() for one in came.split(",")}
    absent = [words for name, words in names.items() if name not in present]
    if came and absent:
        click.echo(f"Порядок (п. 15) передбачає спільний візит; не було: {', '.join(absent)}.")


def _show(card: EntryCard) -> None:
    stands = f"анульовано {card.voided:%d.%m.%Y}" if card.voided else STAGES[card.stage]
    urgent = "" if card.voided else urgent_word(card.urgent)
    click.echo(f"№ {card.number} ({card.year}): {stands}. {urgent}".rstrip())
    show_events(card)
    if not card.events and not card.voided:
        click.echo("Після реєстрації подій не записано: opika case record.")
    show_deadlines(card)


def _title(kind: Kind) -> str:
    return f"{kind.words} ({kind.point})" if kind.point else kind.words


def _kind_words(kind: Kind) -> str:
    stops = [DEADLINES.get(key, key) for key in (*kind.stops, *kind.cancels)]
    starts = [DEADLINES.get(key, key) for key, _ in kind.starts]
    parts = [
        _title(kind),
        f"зупиняє: {', '.join(stops)}" if stops else "",
        f"починає: {', '.join(starts)}" if starts else "",
    ]
    return "; ".join(part for part in parts if part)


def _kind_json(name: str, kind: Kind) -> dict[str, Any]:
    return {
        "words": kind.words,
        "point": kind.point,
        "stops": list(kind.stops),
        "starts": [key for key, _ in kind.starts],
        "cancels": list(kind.cancels),
        "details": usage(name),
    }
