"""``opika add``: a notification by hand: told, telephoned, on paper, or a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from opika.commands.common import (
    EntryName,
    Where,
    config_options,
    json_option,
    opened,
    print_json,
)
from opika.commands.once import report_json, show_report
from opika.commands.words import KINDS, urgent_word
from opika.errors import ConversionError
from parsers.answers import REPORTER_KINDS, Record

if TYPE_CHECKING:
    from journal.cards import EntryCard
    from journal.registration import Registration
    from opika.commands.asking import Talk
    from opika.pipeline import Pipeline

F = TypeVar("F", bound=Callable[..., Any])

_FIELDS: Mapping[str, str] = {
    "content": "Зміст повідомлення; якщо його вказано, програма нічого не запитує.",
    "subject": "Прізвище сім’ї або ПІБ особи, дитини та її вік.",
    "address": "Місце проживання.",
    "detected_on": "Дата виявлення.",
    "reporter": "Хто повідомив: ПІБ, ким є.",
    "sender": "Установа, яка направляє: назва, адреса, телефон, e-mail.",
    "sender_email": "Електронна пошта установи.",
    "sender_phone": "Телефон установи.",
    "outgoing_number": "Вихідний номер.",
    "outgoing_date": "Вихідна дата.",
    "incoming_number": "Вхідний номер.",
    "incoming_date": "Вхідна дата.",
    "recipient": "Хто отримав (типово – ця установа).",
    "basis": "За результатами чого виявлено.",
    "measures_taken": "Вжиті заходи.",
    "enclosures": "Додані документи.",
    "accepted_by": "Хто прийняв усне чи телефонне повідомлення: ПІБ, посада.",
    "accepted_date": "Дата прийняття (типово – коли надійшло).",
    "accepted_time": "Час прийняття (типово – коли надійшло).",
}
_DATED = ("detected_on", "outgoing_date", "incoming_date", "accepted_date", "accepted_time")


def _field_options(command: F) -> F:
    for key, text in reversed(list(_FIELDS.items())):
        command = click.option(f"--{key.replace('_', '-')}", key, help=text)(command)
    return command


@click.command()
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--complete", "number", metavar="N", help="Доповнити запис № N, який записано зі слів."
)
@click.option("--oral", "channel", flag_value="oral", help="Повідомили усно.")
@click.option("--phone", "channel", flag_value="phone", help="Повідомили по телефону.")
@click.option("--paper", "channel", flag_value="paper", help="Принесли на папері.")
@click.option(
    "--urgent/--not-urgent",
    default=None,
    help="Чи є загроза просто зараз; зняти ознаки, які бачить програма, так не можна.",
)
@click.option("--received-at", help="Коли надійшло: «14:30», «вчора о 18:40» (типово – щойно).")
@click.option("--anonymous", is_flag=True, help="Повідомили анонімно.")
@click.option(
    "--reporter-kind",
    "kinds",
    multiple=True,
    type=click.Choice(REPORTER_KINDS),
    help="Хто повідомив (можна кілька).",
)
@_field_options
@click.option("--office", help="Чиє це надходження (ключ установи; типово – перша).")
@json_option
@config_options
def add(
    file: Path | None,
    number: str | None,
    channel: str | None,
    office: str | None,
    as_json: bool,
    where: Where,
    **given: Any,
) -> None:
    """Додати повідомлення: зі слів (--oral, --phone), на папері (--paper) або файл.

    Без --content програма запитує поля форми «Додаток 1» одне за одним.
    """
    if sum(one is not None for one in (file, number, channel)) != 1:
        message = "Вкажіть рівно одне: файл, --oral, --phone, --paper або --complete."
        raise click.UsageError(message)
    with opened(where, may="work") as pipeline:
        key = office or pipeline.config.office[0].key
        if key not in {one.key for one in pipeline.config.office}:
            raise click.BadParameter(f"немає установи «{key}»", param_hint="--office")
        if file is not None:
            _refuse_fields(given)
            ok = _add_file(pipeline, file, key, as_json)
        elif number is not None:
            ok = _complete(pipeline, (number, office, None), given, as_json)
        else:
            answers = {"recipient": pipeline.config.office_of(key).name} | _answers(given)
            moment = _moment(given["received_at"], pipeline.clock())
            record = _checked(Record(str(channel), moment, given["urgent"], answers), answers)
            ok = _write_down(pipeline, record, key, as_json)
    sys.exit(0 if ok else 1)


def _refuse_fields(given: Mapping[str, Any]) -> None:
    for key, value in given.items():
        if value not in (None, False, ()):
            option = "--" + key.replace("_", "-")
            raise click.UsageError(f"{option} не можна поєднувати з файлом.")


def _add_file(pipeline: Pipeline, file: Path, office: str, as_json: bool) -> bool:
    from journal.triage import triage_card, triage_json
    from opika.by_hand import add_file, tell_duty_contact
    from opika.commands.triage import outcome_words
    from opika.flow import run_once

    arrival_id = add_file(pipeline, file, office, office)
    report = run_once(pipeline, ())
    tell_duty_contact(pipeline)
    card = triage_card(arrival_id)
    if as_json:
        print_json({"arrival": triage_json(card), **report_json(report)})
    else:
        click.echo(f"Надходження {arrival_id}: {outcome_words(card)}")
        show_report(report)
    return report.ok


def _answers(given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the options name."""
    answers: dict[str, Any] = {key: given[key] for key in _FIELDS if given.get(key)}
    kinds = [*given["kinds"], *(["anonymous"] if given["anonymous"] else [])]
    if "anonymous" in kinds and answers.get("reporter"):
        raise click.UsageError("--anonymous і --reporter не поєднуються.")
    return answers | ({"reporter_kinds": kinds} if kinds else {})


def _checked(record: Record, answers: Mapping[str, Any]) -> Record:
    """The record, if the dates among these answers are understood.

    Raises:
        click.BadParameter: one is not; its option is named.
    """
    from parsers.answers import understand

    values = understand(record).values
    for key in _DATED:
        if key in answers and values[key] is None:
            option = f"--{key.replace('_', '-')}"
            raise click.BadParameter("не зрозуміло або ще не настало", param_hint=option)
    return record


def _complete(
    pipeline: Pipeline, entry: EntryName, given: Mapping[str, Any], as_json: bool
) -> bool:
    """Go on with an entry that was written down: by the options, or asking what is missing."""
    from journal import listing
    from opika.by_hand import record_to_complete
    from opika.commands.asking import HOW

    record = record_to_complete(pipeline, entry)
    answers = _answers(given)
    record = replace(
        record,
        urgent=given["urgent"] if given["urgent"] is not None else record.urgent,
        answers={**record.answers, **answers},
    )
    record = _checked(record, answers)
    office = listing.entry(*entry, eyes=pipeline.eyes).office
    if answers or given["urgent"] is not None:
        return _register(pipeline, record, office, as_json)
    if not sys.stdin.isatty():
        raise click.UsageError("Немає чим доповнити: вкажіть, наприклад, --address.")
    click.echo(HOW, err=True)
    return _ask_the_rest(pipeline, record, office, as_json)


def _moment(said: str | None, now: datetime) -> datetime:
    from rules.moments import parse_moment

    if said is None:
        return now.replace(microsecond=0)
    moment = parse_moment(said, now=now)
    if moment is None:
        raise click.BadParameter("потрібен час, не пізніше ніж зараз", param_hint="--received-at")
    return moment.replace(microsecond=0)


def _write_down(pipeline: Pipeline, record: Record, office: str, as_json: bool) -> bool:
    if record.answers.get("content"):
        return _register(pipeline, record, office, as_json)
    if not sys.stdin.isatty():
        raise click.UsageError("Немає змісту повідомлення: вкажіть --content.")
    return _ask_and_register(pipeline, record, office, as_json)


def _ask_and_register(pipeline: Pipeline, record: Record, office: str, as_json: bool) -> bool:
    """Ask; what is urgent is registered with the first answers, and completed afterwards.

    Law: п. 9: what threatens a child is told at once, the form follows.
    """
    from opika.by_hand import record_to_complete
    from opika.commands.asking import FIRST, FIRST_AID, HOW, ask_on_terminal, ask_urgent

    click.echo(HOW, err=True)
    if record.urgent is None:
        record = replace(record, urgent=ask_urgent(ask_on_terminal))
    talk = _talk(pipeline, record, office)
    if not record.urgent:
        talk.moment(pipeline.clock())
        return _ask_the_rest(pipeline, talk.record, office, as_json)
    click.echo(FIRST_AID, err=True)
    first = _enter(pipeline, talk.fill(FIRST), office, err=True)
    click.echo(f"Якщо розмова обірветься: opika add --complete {first.number}", err=True)
    record = record_to_complete(pipeline, (first.number, first.office, first.year))
    return _ask_the_rest(pipeline, record, office, as_json)


def _ask_the_rest(pipeline: Pipeline, record: Record, office: str, as_json: bool) -> bool:
    talk = _talk(pipeline, record, office)
    talk.fill()
    if talk.confirm():
        return _register(pipeline, talk.record, office, as_json)
    done = "Решту відповідей не збережено." if record.completes else "Нічого не зареєстровано."
    click.echo(done, err=True)
    return True


def _talk(pipeline: Pipeline, record: Record, office: str) -> Talk:
    from opika.commands.asking import Talk, ask_on_terminal

    executor = pipeline.config.office_of(office).executor
    usual = {"accepted_by": executor.name} if executor else {}
    return Talk(record, ask_on_terminal, lambda text: click.echo(text, err=True), usual)


def _register(pipeline: Pipeline, record: Record, office: str, as_json: bool) -> bool:
    """Register, tell the number, then make the papers."""
    from journal import listing
    from opika.by_hand import draft_at_once

    result = _enter(pipeline, record, office, err=as_json)
    ok = True
    try:
        draft_at_once(pipeline, result.entry_id)
    except ConversionError as err:
        click.echo(err.clerk_message, err=True)
        ok = False
    card = listing.entry_by_id(result.entry_id)
    if as_json:
        print_json({**_registration_json(result), **listing.entry_json(card)})
    else:
        _show_papers(pipeline, card)
    return ok


def _enter(pipeline: Pipeline, record: Record, office: str, *, err: bool) -> Registration:
    from opika.by_hand import register_at_once, tell_duty_contact, write_down

    arrival_id = write_down(pipeline, _dated(record), office)
    result = register_at_once(pipeline, arrival_id)
    words = _OUTCOMES[result.outcome]
    urgent = urgent_word(result.urgent)
    click.echo(f"{words} № {result.number} ({result.year}). {urgent}".rstrip(), err=err)
    tell_duty_contact(pipeline)
    return result


def _dated(record: Record) -> Record:
    """The record with the time at which an oral or telephone message was taken."""
    if record.channel == "paper":
        return record
    moment = record.received_at
    taken = {"accepted_date": f"{moment:%d.%m.%Y}", "accepted_time": f"{moment:%H:%M}"}
    return replace(record, answers={**taken, **record.answers})


def _registration_json(result: Registration) -> dict[str, Any]:
    return {"outcome": result.outcome, "entry_id": result.entry_id}


def _show_papers(pipeline: Pipeline, card: EntryCard) -> None:

    for link in card.related:
        click.echo(f"Можливо, та сама сім’я: № {link.number} ({link.year}) – {link.why}")
    for document in card.documents:
        path = document.pdf or document.docx
        if path:
            click.echo(f"{KINDS.get(document.kind, document.kind)}: {pipeline.data / path}")


_OUTCOMES = {
    "registered": "Зареєстровано",
    "revision": "Доповнено запис",
    "duplicate": "Це повідомлення вже зареєстровано:",
}
