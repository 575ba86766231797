"""What stands round a form: covering letters, letterheads, attachments, Додаток 2, signatures."""

from __future__ import annotations

from datetime import date

from . import bodies
from .facts import Facts
from .pen import Pen
from .people import new_family
from .sections import registration
from .wordml import PAGE_BREAK, Look, cell, paragraph, run, table, text_box
from .writing import write_date, write_number, write_phone

COVERS = {
    "tune": (
        "Надсилаємо повідомлення щодо родини, яка потребує уваги.",
        "Направляємо для реагування інформацію за встановленою формою. Просимо про результати повідомити письмово.",
    ),
    "aside": (
        "На виконання вимог Порядку скеровуємо заповнену форму. Оригінал зберігається в закладі.",
        "Просимо взяти до роботи матеріали, що додаються. Додаток: на 2 арк. в 1 прим.",
    ),
    "fresh": (
        "Інформуємо Вас про родину, у якій можуть бути складні життєві обставини. Форму заповнено відповідальною особою.",
        "У додатку подаємо заповнене повідомлення. Паперовий примірник передамо з нарочним.",
    ),
}
INDICATORS = (
    "Сім’я понад 3 місяці має борги за оплату житла та комунальних послуг",
    "Дитина часто перебуває на вулиці у вечірній/нічний час без супроводу дорослих",
    "Дитина часто одягнена не по сезону, не має відповідного шкільного приладдя",
)
ATTACHMENT = (
    "АКТ",
    "обстеження умов проживання",
    "Комісія у складі трьох осіб відвідала помешкання. Житло складається з двох кімнат і кухні.",
    "У кімнатах прибрано, продукти харчування є. Для дітей облаштовано спальні місця.",
    "Підписи членів комісії: ____________  ____________  ____________",
)


def _signer(pen: Pen) -> str:
    family = new_family(pen.rng, pen.habits.part, date(2026, 1, 1))
    woman = pen.rng.random() < 0.7
    return f"{family.given(woman=woman)} {family.surname(woman=woman).upper()}"


def _body(pen: Pen, facts: Facts) -> list[str]:
    """The name and address of the body that sends the form."""
    lines = bodies.letterhead_lines(pen.rng, pen.habits.part, facts.kind)
    return [*facts.sender_lines[:1], *lines[-1:]] if facts.sender_lines else lines


def _letterhead(pen: Pen, facts: Facts) -> list[str]:
    lines = _body(pen, facts)
    bold = Look(bold=True)
    return [
        paragraph(run("УКРАЇНА", bold), align="center"),
        paragraph(run(lines[0].upper(), bold), align="center"),
        paragraph(run(lines[1], pen.small()), align="center"),
        paragraph(),
    ]


def _letter(pen: Pen, facts: Facts) -> list[str]:
    part = pen.habits.part
    day = date.fromisoformat(facts.outgoing.iso) if facts.outgoing.iso else date(2026, 4, 2)
    number = facts.outgoing_number or write_number(pen.rng, part)
    return [
        *_letterhead(pen, facts),
        paragraph(run(f"{write_date(pen.rng, part, day)} № {number}")),
        paragraph(run("Службі у справах дітей"), indent=5100),
        paragraph(run("Рожищенської міської ради"), indent=5100),
        paragraph(),
        *(paragraph(run(line)) for line in pen.rng.choice(COVERS[part]).split(". ")),
        paragraph(),
        paragraph(run(f"Керівник \t\t\t {_signer(pen)}")),
    ]


def before(pen: Pen, facts: Facts) -> list[str]:
    """The blocks before the form."""
    way = pen.habits.before
    if way == "cover_page":
        return [*_letter(pen, facts), PAGE_BREAK]
    if way == "cover_same":
        return [*_letter(pen, facts), paragraph(), paragraph()]
    if way == "document_system":
        return [paragraph(run(line, pen.small())) for line in _system_lines(pen)]
    if way == "resolution":
        return _resolution(pen)
    return _letterhead(pen, facts) if way == "letterhead" else []


def after(pen: Pen, facts: Facts) -> list[str]:
    """The blocks after the form."""
    way = pen.habits.after
    if way == "attachment":
        return [PAGE_BREAK, *(paragraph(run(line)) for line in ATTACHMENT)]
    if way == "dodatok2":
        head = [
            "Додаток 2",
            "Індикатори/ознаки, які можуть свідчити про належність дитини та її сім’ї до вразливих категорій населення",
        ]
        return [PAGE_BREAK, *(paragraph(run(line)) for line in (*head, *INDICATORS))]
    if way == "signature":
        post = pen.rng.choice(("Директор", "Староста", "Завідувач"))
        return [paragraph(), paragraph(run(f"{post}   ____________   {_signer(pen)}"))]
    if way == "executor":
        phone = write_phone(pen.rng, pen.habits.part)
        return [paragraph(), paragraph(run(f"Вик.: {_signer(pen)}, {phone}", pen.small()))]
    if way == "electronic_signature":
        return _electronic_signature(pen)
    if pen.habits.registration_in == "stamp":
        mark = text_box(
            registration(pen, facts),
            left=5200,
            top=200,
            width=4400,
            height=1500,
            ident=pen.next_id(),
        )
        return [paragraph(mark), *[paragraph()] * 6]
    return []


def _system_lines(pen: Pen) -> list[str]:
    """What a system of document management prints on top of what it hands out."""
    code = pen.rng.randrange(16**10)
    return [
        f"СЕД «Документообіг»    Документ {code:010X}",
        f"Підписувач {_signer(pen)}",
        "Дійсний до 31.12.2027 23:59:59",
        "",
    ]


def _resolution(pen: Pen) -> list[str]:
    """The head's «До виконання» in the upper left corner."""
    hand = Look(italic=True, colour="1F3864")
    day = write_date(pen.rng, pen.habits.part, date(2026, 11, 9))
    words = pen.rng.choice(("До виконання", "Прошу опрацювати", "До роботи"))
    lines = (f"{_signer(pen)}.", words, f"(підпис)  {day}", "")
    return [paragraph(run(line, hand)) for line in lines]


def _electronic_signature(pen: Pen) -> list[str]:
    """The frame that a signing program leaves at the page's end."""
    small, code = pen.small(), pen.rng.randrange(16**16)
    lines = (
        "ДОКУМЕНТ ПІДПИСАНО КВАЛІФІКОВАНИМ ЕЛЕКТРОННИМ ПІДПИСОМ",
        f"Сертифікат {code:016X}",
        f"Власник {_signer(pen)}",
        "Дійсний з 10.02.2025 00:00:00 по 10.02.2027 23:59:59",
    )
    box = cell(*(paragraph(run(line, small)) for line in lines), width=6200)
    return [paragraph(), table([[box]], (6200,))]


def header(pen: Pen, facts: Facts) -> tuple[str, str]:
    """Header and footer with the body's name, where the habit has them."""
    if pen.habits.before == "document_system":
        page = paragraph(run("Сторінка 1", pen.small()), align="center")
        return page, paragraph(run("Роздруковано із системи документообігу", pen.small()))
    if pen.habits.before != "header_footer":
        return "", ""
    lines = _body(pen, facts)
    small = pen.small()
    head = paragraph(run(lines[0], small), align="center")
    return head, paragraph(run(f"{lines[1]}   |   Для службового користування", small))
