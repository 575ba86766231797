"""What a user sets: the tables of ``pipeline.toml`` as one frozen, validated Config.

Secrets stand in the environment or in a file of their own, never in the configuration. Reading the
file and reporting its faults is :mod:`opika.config_file`'s work.
"""

from __future__ import annotations

import ipaddress
import os
import re
from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from opika.config_tables import Backup, CommissionMember, Journal, Key, Retention, Text, User
from opika.config_tables import Table as _Table
from opika.errors import BadValueError, ConfigError
from rules.procedure import PROCEDURE
from rules.series import Register, check_mask

PROJECT = Path(__file__).resolve().parent.parent

_DURATION = re.compile(r"^(\d+)\s*(s|m|h)$")
_SECONDS = {"s": 1, "m": 60, "h": 3600}


def _duration(value: object) -> timedelta:
    match = _DURATION.match(value) if isinstance(value, str) else None
    if match is None or int(match[1]) == 0:
        raise ValueError('дозволено число з одиницею: "30s", "5m", "1h"')
    return timedelta(seconds=int(match[1]) * _SECONDS[match[2]])


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as err:
        raise ValueError('дозволено дату у вигляді "2026-11-22"') from err


def _time(value: object) -> time:
    match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", str(value))
    if match is None:
        raise ValueError('дозволено час у вигляді "17:15"')
    return time(int(match[1]), int(match[2]))


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as err:
        raise ValueError('дозволено назву часового поясу, наприклад "Europe/Kyiv"') from err
    return value


def _when_done(value: str) -> str:
    if value in {"keep", "seen"} or (value.startswith("move:") and value[5:].strip()):
        return value
    raise ValueError('дозволено "keep", "seen" або "move:Назва папки"')


def _server(secure: str, plain: str) -> AfterValidator:
    def check(value: str) -> str:
        url = urlsplit(value)
        if url.scheme not in {secure, plain} or not url.hostname:
            raise ValueError(f'дозволено "{secure}://сервер:порт"')
        if url.scheme == plain and not _is_loopback(url.hostname):
            raise ValueError(f"без шифрування ({plain}://) дозволено лише для цього комп’ютера")
        return value

    return AfterValidator(check)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _loopback_port(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not (port.isdigit() and 0 < int(port) < 65536 and _is_loopback(host.strip("[]"))):
        raise ValueError('дозволено адресу цього комп’ютера з портом: "127.0.0.1:9464"')
    return value


def _mask(value: str) -> str:
    try:
        check_mask(value)
    except BadValueError as err:
        raise ValueError(str(err)) from err
    return value


Book = Register
BOOKS: tuple[Book, ...] = get_args(Book)
Duration = Annotated[timedelta, BeforeValidator(_duration)]
Day = Annotated[date, BeforeValidator(_day)]
Email = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]


class Secret(_Table):
    """Where a password is kept: a variable of the environment or a file that holds it alone."""

    env: Text | None = None
    file: Path | None = None

    @model_validator(mode="before")
    @classmethod
    def _no_literal(cls, value: object) -> object:
        if isinstance(value, str):
            raise ValueError(  # noqa: TRY004 - pydantic turns only ValueError into a fault
                "пароль не можна писати у файлі налаштувань; дозволено "
                '{ env = "ЗМІННА" } або { file = "шлях" }'
            )
        return value

    @model_validator(mode="after")
    def _one_place(self) -> Secret:
        if (self.env is None) == (self.file is None):
            raise ValueError("потрібне рівно одне з двох: env або file")
        return self

    def read(self) -> str:
        """The password itself.

        Raises:
            ConfigError: the variable is not set or the file cannot be read.
        """
        if self.env is not None:
            value = os.environ.get(self.env, "")
            where = f"змінна середовища {self.env} порожня або не задана"
        else:
            where = f"файл {self.file} з паролем не читається або порожній"
            try:
                value = Path(str(self.file)).read_text(encoding="utf-8").strip()
            except OSError:
                value = ""
        if not value:
            raise ConfigError("password is not set", clerk_message=f"Немає пароля: {where}.")
        return value


class Main(_Table):
    """Table ``[opika]``."""

    data: Path = Path("data")
    timezone: Annotated[str, AfterValidator(_zone)] = "Europe/Kyiv"
    database: Annotated[str, Field(pattern=r"^postgresql://")] | None = None
    procedure: Text = PROCEDURE
    templates: Path = PROJECT / "templates"
    catalogues: Path = PROJECT / "catalogues"


class Head(_Table):
    """Who signs the letters of an office."""

    name: Text
    position: Text


class ActingHead(Head):
    """Who signs instead of the head («в. о.») from one day to another, both included."""

    since: Day = Field(alias="from")
    until: Day = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> ActingHead:
        if self.since > self.until:
            raise ValueError("from має бути не пізніше за to")
        return self


class Executor(_Table):
    """Who prepared a letter and answers questions about it."""

    name: Text
    phone: str = ""


class Office(_Table):
    """Table ``[[office]]``: a legal person with its numbering, people and mailbox."""

    key: Key
    name: Text
    name_dative: str = ""
    parent: str = ""
    address: str = ""
    phone: str = ""
    place: str = ""
    email: Email | None = None
    head: Head | None = None
    acting: tuple[ActingHead, ...] = ()
    executor: Executor | None = None

    def head_on(self, day: date) -> Head | None:
        """Who signs on a day: an acting head, where one is named for it."""
        acting = (one for one in self.acting if one.since <= day <= one.until)
        return next(acting, self.head)


class Mailbox(_Table):
    """Table ``[[mailbox]]``: a mailbox that is polled."""

    office: Key
    journal: Key | None = None
    address: Email
    imap: Annotated[str, _server("imaps", "imap")]
    smtp: Annotated[str, _server("smtps", "smtp")] | None = None
    user: Text
    password: Secret
    inbox: Text = "INBOX"
    sent: Text | None = None
    since: Day
    every: Duration = timedelta(minutes=1)
    when_done: Annotated[str, AfterValidator(_when_done)] = "keep"


class Folder(_Table):
    """Table ``[[folder]]``: a folder into which scans and files are put."""

    office: Key
    journal: Key | None = None
    path: Path
    every: Duration = timedelta(seconds=5)
    settle: Duration = timedelta(seconds=3)


class SeriesTable(_Table):
    """Table ``[[series]]``: how a register of an office is numbered."""

    office: Key
    book: Book = Field(alias="register")
    mask: Annotated[str, AfterValidator(_mask)] = "{number}"
    first_number: Annotated[int, Field(ge=1)] = 1
    first_year: Annotated[int, Field(ge=2000, le=2200)] | None = None
    number_at: Literal["draft", "approval"] = "draft"

    def start(self, year: int) -> int:
        """The number that the register begins with in a year: the paper book goes on once."""
        return self.first_number if self.first_year in {None, year} else 1


class Partner(_Table):
    """Table ``[[partner]]``: a body that we write to and that writes to us (п. 13)."""

    key: Key
    name: Text
    name_dative: str = ""
    kind: str = ""
    address: str = ""
    email: Email | None = None
    contact: str = ""
    phone: str = ""


class Terms(_Table):
    """Table ``[terms]``: the terms that the Порядок leaves to the office, and office hours."""

    assessment_request: Annotated[int, Field(ge=0, le=30)] = 1
    needs_assessment: Annotated[int, Field(ge=1, le=30)] = 5
    monitoring_months: Annotated[int, Field(ge=6, le=120)] = 6
    closes: Annotated[time, BeforeValidator(_time)] = time(17, 15)
    closes_friday: Annotated[time, BeforeValidator(_time)] = time(16, 0)
    after_hours_next_day: bool = True


class Alerts(_Table):
    """Table ``[alerts]``: who is told at once of danger, and of faults of the service itself.

    Attributes:
        mailbox: address of the configured mailbox that alerts go from.
        duty: whom a sign of danger is told to, day and night.
        command: a program that is told as well (an SMS gateway); number and link are its arguments.
        link: where a person reads more; ``{number}``, ``{office}``, ``{year}`` stand for the
            entry's own.
        triage_link: the same of an arrival in triage; ``{number}`` stands for its id.
        repeat: how often an alert is told again until somebody has it.
        administrator: whom faults of the service are told to.
        source_down: how long a source may be silent with a fault before that is told.
        disk_free_megabytes: less free space than this is told.
    """

    mailbox: Email | None = None
    duty: tuple[Email, ...] = ()
    command: tuple[Text, ...] = ()
    link: str = ""
    triage_link: str = ""
    repeat: Duration = timedelta(minutes=15)
    administrator: tuple[Email, ...] = ()
    source_down: Duration = timedelta(minutes=30)
    disk_free_megabytes: Annotated[int, Field(ge=1)] = 1024


class Receipt(_Table):
    """Table ``[receipt]``: the automatic word that a mail has arrived; off unless switched on.

    Attributes:
        send: whether there is one.
        per_sender: at most so many to one address in 24 hours.
        per_hour: at most so many in all in one hour.
    """

    send: bool = False
    per_sender: Annotated[int, Field(ge=1, le=50)] = 3
    per_hour: Annotated[int, Field(ge=1, le=1000)] = 30


class Service(_Table):
    """Table ``[service]``: the service that runs for ever.

    Attributes:
        metrics: where the page for Prometheus is served, ``host:port`` of this machine; None: not.
        count_mail: how often box and ledger are compared mail by mail.
    """

    metrics: Annotated[str, AfterValidator(_loopback_port)] | None = None
    count_mail: Duration = timedelta(hours=24)


class Limits(_Table):
    """Table ``[limits]``: how much one arrival may cost."""

    file_megabytes: Annotated[int, Field(ge=1, le=2000)] = 50
    unpacked_megabytes: Annotated[int, Field(ge=1, le=10000)] = 200
    files: Annotated[int, Field(ge=1, le=10000)] = 200
    depth: Annotated[int, Field(ge=1, le=20)] = 6
    read_seconds: Annotated[int, Field(ge=1, le=3600)] = 180
    read_memory_megabytes: Annotated[int, Field(ge=256, le=65536)] = 1536


class Config(_Table):
    """The whole configuration; ``path`` is the file that it came from."""

    path: Path
    opika: Main = Main()
    office: Annotated[tuple[Office, ...], Field(min_length=1)]
    mailbox: tuple[Mailbox, ...] = ()
    folder: tuple[Folder, ...] = ()
    series: tuple[SeriesTable, ...] = ()
    partner: tuple[Partner, ...] = ()
    terms: Terms = Terms()
    limits: Limits = Limits()
    alerts: Alerts = Alerts()
    receipt: Receipt = Receipt()
    service: Service = Service()
    user: tuple[User, ...] = ()
    commission: tuple[CommissionMember, ...] = ()
    retention: Retention = Retention()
    backup: Backup = Backup()
    journal: Journal = Journal()

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the office's calendar."""
        return ZoneInfo(self.opika.timezone)

    @property
    def data(self) -> Path:
        """The folder below which the pipeline keeps everything."""
        return self.opika.data

    @property
    def sources(self) -> tuple[Mailbox | Folder, ...]:
        """Everything that is polled, in the order of the file."""
        return (*self.mailbox, *self.folder)

    def commission_of(self, office: str) -> tuple[CommissionMember, ...]:
        """The members of the Commission that hears the cases of an office."""
        return tuple(one for one in self.commission if one.office in {None, office})

    def office_of(self, key: str) -> Office:
        """The office with this key; the loader has checked that it exists."""
        return next(office for office in self.office if office.key == key)

    def series_of(self, office: str, book: Book) -> SeriesTable:
        """How a register is numbered; plain numbers from 1 where nothing is configured."""
        for series in self.series:
            if (series.office, series.book) == (office, book):
                return series
        return SeriesTable(office=office, register=book)
