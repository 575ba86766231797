"""``opika triage``: what no rule could place, and a clerk's decision about it."""

from __future__ import annotations

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
    print_table,
)
from opika.commands.words import urgent_word

if TYPE_CHECKING:
    from journal.cards import ProposalCard, TriageCard

REASONS = {
    "not a form": "не форма «Додаток 1»",
    "empty form": "форма не заповнена",
    "unreadable": "не вдалося прочитати",
    "encrypted": "захищено паролем",
    "too large": "завеликий файл",
    "hostile": "небезпечний файл",
    "failed": "помилка під час обробки",
    "auto-reply": "автоматична відповідь",
    "bounce": "повідомлення про недоставку",
    "bulk": "розсилка",
    "own": "наш власний лист",
}


@click.group()
def triage() -> None:
    """Те, що надійшло і чого жодне правило не змогло розмістити."""


@triage.command("list")
@click.option("--all", "everything", is_flag=True, help="Також те, що відкладено без працівника.")
@json_option
@config_options
def list_(everything: bool, as_json: bool, where: Where) -> None:
    """Перелік того, що очікує на рішення, від найдавнішого."""
    with opened(where, may="read") as pipeline:
        from journal.triage import triage as waiting
        from journal.triage import triage_json

        cards = waiting(all=everything, eyes=pipeline.eyes)
        if as_json:
            print_json([triage_json(card) for card in cards])
        elif cards:
            head = ("id", "отримано", "звідки", "терміново", "чому", "файли")
            print_table(head, map(_row, cards))
        else:
            click.echo("Нічого не очікує на рішення.")


@triage.command()
@click.argument("arrival_id", metavar="ID", type=int)
@json_option
@config_options
def show(arrival_id: int, as_json: bool, where: Where) -> None:
    """Що надійшло: файли, причини, текст. Перегляд того, що вже належить до запису, буде записано."""
    with opened(where, may="read") as pipeline:
        from journal.answering import proposals
        from journal.looking import looked_at_arrival
        from journal.triage import proposals_json, triage_card, triage_json

        card = triage_card(arrival_id, pipeline.eyes)
        now = pipeline.clock()
        looked_at_arrival(arrival_id, actor=pipeline.actor, now=now, why="надходження")
        proposed = proposals(arrival_id) if card.outcome == "triage" else ()
        if as_json:
            texts = [file.text for file in card.files]
            shown = {**triage_json(card), "proposals": proposals_json(proposed)}
            for file, text in zip(shown["files"], texts, strict=True):
                file["text"] = text
            print_json(shown)
            return
        click.echo(f"{card.source}, {card.received_at:%d.%m.%Y %H:%M}, {reason_words(card.reason)}")
        click.echo(f"Оригінал: {pipeline.originals.path(card.sha256)}")
        for file in card.files:
            click.echo(
                f"\n── {file.path} {file.name} ({file.media_type}) {reason_words(file.reason)}"
            )
            click.echo(file.text.strip() or "(тексту немає)")
        for one in proposed:
            click.echo(
                f"\nМожливо, до запису № {one.number} ({one.office}, {one.year}): {one.why}."
            )
            click.echo(f"Долучити: {_file_command(arrival_id, one)}")


@triage.command()
@click.argument("arrival_id", metavar="ID", type=int)
@click.option("--content", help="Зміст повідомлення (типово – текст листа).")
@click.option("--subject", help="Прізвище сім’ї або ПІБ особи, дитини та її вік.")
@click.option("--address", help="Місце проживання.")
@click.option("--sender", help="Хто направив (установа).")
@click.option("--reporter", help="Хто повідомив (особа).")
@json_option
@config_options
def register(arrival_id: int, as_json: bool, where: Where, **given: str | None) -> None:
    """Зареєструвати лист без форми як повідомлення."""
    with opened(where, may="work") as pipeline:
        from journal.masking import check_arrival
        from opika.by_hand import register_letter

        check_arrival(arrival_id, pipeline.eyes)
        result = register_letter(pipeline, arrival_id, given)
        if as_json:
            print_json(_registered(result))
        else:
            urgent = urgent_word(result.urgent)
            click.echo(f"Зареєстровано № {result.number} ({result.year}). {urgent}".rstrip())


@triage.command()
@click.argument("arrival_id", metavar="ID", type=int)
@entry_options
@click.option("--why", default="", help="Підстава.")
@config_options
def file(arrival_id: int, entry: EntryName, why: str, where: Where) -> None:
    """Долучити надходження до запису № NUMBER."""
    with opened(where, may="work") as pipeline:
        from opika.by_hand import file_letter

        file_letter(pipeline, arrival_id, entry, why)
        click.echo(f"Долучено до запису № {entry[0]}.")


@triage.command()
@click.argument("arrival_id", metavar="ID", type=int)
@click.option("--reason", required=True, help="Чому це не потребує дій.")
@config_options
def dismiss(arrival_id: int, reason: str, where: Where) -> None:
    """Відхилити: залишається в історії, оригінал зберігається."""
    with opened(where, may="work") as pipeline:
        from journal.deciding import dismiss as set_aside
        from journal.masking import check_arrival

        check_arrival(arrival_id, pipeline.eyes)
        set_aside(arrival_id, reason=reason, now=pipeline.clock(), actor=pipeline.actor)
        click.echo("Відхилено. Повернути: opika triage retry " + str(arrival_id))


@triage.command()
@click.argument("arrival_id", metavar="ID", type=int)
@config_options
def retry(arrival_id: int, where: Where) -> None:
    """Прочитати ще раз і одразу виконати всі кроки."""
    with opened(where, may="work") as pipeline:
        from journal.deciding import retry as again
        from journal.masking import check_arrival
        from opika.by_hand import tell_duty_contact
        from opika.flow import run_once

        check_arrival(arrival_id, pipeline.eyes)
        again(arrival_id, now=pipeline.clock(), actor=pipeline.actor)
        run_once(pipeline, ())
        tell_duty_contact(pipeline)
        from journal.triage import triage_card

        click.echo(f"Результат: {outcome_words(triage_card(arrival_id))}")


def _file_command(arrival_id: int, to: ProposalCard) -> str:
    return f"opika triage file {arrival_id} {to.number} --office {to.office} --year {to.year}"


def _row(card: TriageCard) -> tuple[object, ...]:
    names = ", ".join(file.name or file.path for file in card.files)
    urgent = urgent_word(card.urgent)
    return card.id, card.received_at, card.source, urgent, reason_words(card.reason), names


def reason_words(reason: str) -> str:
    """Why something waits or was set aside, in words."""
    return REASONS.get(reason, reason)


def outcome_words(card: TriageCard) -> str:
    """What became of an arrival, in words."""
    return f"{OUTCOMES.get(card.outcome, card.outcome)} {reason_words(card.reason)}".strip()


def _registered(result: Any) -> dict[str, Any]:
    return {
        "office": result.office,
        "number": result.number,
        "year": result.year,
        "urgent": result.urgent,
    }


OUTCOMES = {
    "registered": "зареєстровано",
    "revision": "уточнення до наявного запису",
    "duplicate": "дублікат наявного запису",
    "filed": "долучено до справи",
    "own": "наш власний лист",
    "ignored": "не потребує дій",
    "triage": "очікує на рішення:",
    "dismissed": "відхилено",
    "failed": "помилка, буде повторено",
}
