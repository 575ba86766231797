"""What stands round a form: covering letters, letterheads, attachments, Додаток 2, signatures."""

from __future__ import annotations

from datetime import date

from . import bodies
from .facts import Facts
from .pen import Pen
from .people import new_family
from .wordml import PAGE_BREAK, Look, paragraph, run
from .writing import write_date, write_number

COVERS = {
    "tune": (
        "Надсилаємо повідомлення щодо родини, яка потребує уваги.",
        "Направляємо для реагування інформацію за встановленою формою. Просимо про результати повідомити письмово.",
    ),
    "aside": (
        "На виконання вимог Порядку скеровуємо заповнену форму. Оригінал зберігається в закладі.",
        "Просимо взяти до роботи матеріали, що додаються. Додаток: на 2 арк. в 1 прим.",
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
    return []


def header(pen: Pen, facts: Facts) -> tuple[str, str]:
    """Header and footer with the body's name, where the habit has them."""
    if pen.habits.before != "header_footer":
        return "", ""
    lines = _body(pen, facts)
    small = pen.small()
    head = paragraph(run(lines[0], small), align="center")
    return head, paragraph(run(f"{lines[1]}   |   Для службового користування", small))
