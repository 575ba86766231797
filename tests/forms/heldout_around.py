"""What stands round a held-out form: letterheads, covers, marks of document systems, signatures."""

from __future__ import annotations

from datetime import date
from random import Random

from .facts import Facts
from .heldout_facts import WORDS
from .heldout_pen import Clerk
from .heldout_people import Family
from .wordml import PAGE_BREAK, Look, cell, paragraph, run, table

SMALL = Look(size=16)
BOLD = Look(bold=True)
# Told to whoever opens the covering letter: no person, no field of the form.
COVERS = {
    "open": "На виконання Порядку міжвідомчої взаємодії направляємо заповнене повідомлення. Додаток: на 1 арк.",
    "sealed": "Скеровуємо для розгляду в межах компетенції інформацію за формою згідно з додатком 1. Про прийняте рішення просимо інформувати заклад.",
}
SYSTEMS = {
    "open": ("СЕД АСКОД", "СЕД «МЕГАПОЛІС»"),
    "sealed": ("Megapolis.DocNet", "FossDoc", "M.E.Doc"),
}


def signer(rng: Random, part: str) -> str:
    """A name as letters sign."""
    family = Family(rng, WORDS[part], date(2026, 3, 1))
    woman = rng.random() < 0.75
    return f"{family.given(woman)} {family.surnames[woman].upper()}"


def certificate(rng: Random) -> str:
    """An invented number of a certificate."""
    return "".join(rng.choice("0123456789ABCDEF") for _ in range(40))


def _lines(*lines: str, look: Look = SMALL, align: str = "") -> list[str]:
    return [paragraph(run(line, look), align=align) for line in lines]


def before(clerk: Clerk, facts: Facts) -> list[str]:
    """What precedes the form."""
    manner, rng = clerk.manner, clerk.rng
    body = facts.sender_lines[0] if facts.sender_lines else "Громадська приймальня"
    if manner.before == "letterhead":
        return [
            *_lines("УКРАЇНА", body.upper(), look=BOLD, align="center"),
            *_lines("код ЄДРПОУ 00000000", align="center"),
            paragraph(run("_" * 60), align="center"),
            paragraph(),
        ]
    if manner.before == "cover":
        return [
            *_lines(body, look=BOLD, align="center"),
            paragraph(),
            *_lines("Службі у справах дітей", look=Look(), align="right"),
            paragraph(),
            *_lines("Про направлення інформації", COVERS[manner.part], "", look=Look()),
            paragraph(run(f"Керівник                    {signer(rng, manner.part)}")),
            PAGE_BREAK,
        ]
    if manner.before == "resolution":
        text = "До опрацювання. Підготувати відповідь у встановлений строк."
        return [*_lines("Резолюція:", text, signer(rng, manner.part), "", look=Look(italic=True))]
    return []


def after(clerk: Clerk, facts: Facts) -> list[str]:
    """What follows the form."""
    manner, rng = clerk.manner, clerk.rng
    name = signer(rng, manner.part)
    if manner.after == "signature":
        return [paragraph(), paragraph(run(f"Керівник закладу      ____________      {name}"))]
    if manner.after == "kep":
        box = _lines(
            f"Підписано КЕП: {name}",
            f"Сертифікат № {certificate(rng)}",
            "Дійсний з 01.01.2025 по 31.12.2026",
        )
        return [paragraph(), table([[cell(*box, width=5600)]], (5600,))]
    if manner.after == "executor":
        return [paragraph(), *_lines(f"Вик. {name}")]
    if manner.after == "note":
        note = "Примітка. Форма заповнюється відповідальною особою закладу та надсилається протягом одного робочого дня."
        return [paragraph(), *_lines(note)]
    return []


def margins(clerk: Clerk, facts: Facts) -> tuple[str, str]:
    """Header and footer: page numbers, marks of the sender's document system, a browser's print."""
    manner, rng = clerk.manner, clerk.rng
    system = rng.choice(SYSTEMS[manner.part])
    if manner.foot == "system":
        head = paragraph(run(f"Документ {system}", SMALL), align="right")
        foot = _lines(
            f"{system}  Підписувач {signer(rng, manner.part)}",
            f"Сертифікат {certificate(rng)}  Сторінка 1 з 1",
        )
        return head, "".join(foot)
    if manner.foot == "passed":
        # It went through another body's books: the number is no field of the form.
        mark = f"Управління гуманітарної політики  Вх. № {rng.randint(100, 4000)}/07-{rng.randint(10, 30)}"
        return paragraph(run(mark, SMALL), align="right"), ""
    if manner.foot == "printed":
        return paragraph(run("Дата формування документа: автоматично, примірник 1", SMALL)), ""
    if manner.foot == "browser":
        head = paragraph(run("Повідомлення – Google Документи", SMALL), align="center")
        return head, paragraph(run("https://docs.example.com/document/u/0/edit    1/1", SMALL))
    if manner.foot == "number":
        return paragraph(run("2", SMALL), align="center"), ""
    return "", ""
