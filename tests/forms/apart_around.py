"""What stands before and behind a form of the part ``apart``: letters, notes, signatures."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from . import apart_words as words
from .wordml import PAGE_BREAK, Look, paragraph, run


def signer(rng: Random) -> str:
    """Somebody who signs, the given name first."""
    surname, woman = rng.choice(words.SURNAMES), rng.random() < 0.7
    return f"{rng.choice(words.GIRLS if woman else words.BOYS)} {surname[woman].upper()}"


def some_day(rng: Random) -> str:
    """A day of the year."""
    return f"{date(2026, 1, 12) + timedelta(days=rng.randint(0, 300)):%d.%m.%Y}"


def letter(rng: Random) -> list[str]:
    """A letter of two pages, whose words are like the form's and are none of it."""
    pages = (
        (
            "Начальнику служби у справах дітей",
            f"від директора закладу {signer(rng)}",
            "",
            f"{some_day(rng)}   № {rng.randint(1, 90)}",
            "Про направлення повідомлення",
            "На виконання Порядку міжвідомчої взаємодії направляємо заповнену форму.",
            "Інформуємо, що закладом вжиті заходи: поінформовано батьків, проведено педагогічну раду.",
            "Додаток: на 1 арк. в 1 прим.",
            f"Директор          {signer(rng)}",
        ),
        (
            "Продовження листа",
            "Перелік відповідальних осіб закладу: практичний психолог, соціальний педагог.",
            f"Контактна особа: {signer(rng)}, тел. (03368) 0-00-99.",
        ),
    )
    blocks = []
    for page in pages:
        blocks += [*(paragraph(run(line)) for line in page), PAGE_BREAK]
    return blocks


def note(rng: Random) -> list[str]:
    """Two lines to the addressee, on the form's own page."""
    return [
        paragraph(run("Добрий день! Форма нижче, скан з підписом надішлемо завтра.")),
        paragraph(run("* * *"), align="center"),
        paragraph(),
    ]


def resolution(rng: Random) -> list[str]:
    """What the head wrote on the printed form, typed into the corner."""
    look = Look(italic=True, size=18)
    words_ = (f"{signer(rng)}: до виконання", some_day(rng))
    return [paragraph(run(line, look), align="right") for line in words_]


def signature(rng: Random) -> list[str]:
    """Who signs below."""
    post = rng.choice(("Директор", "Завідувач", "Виконавець", "Керівник закладу"))
    return [paragraph(), paragraph(run(f"{post}      ____________      {signer(rng)}"))]


def seal(rng: Random) -> list[str]:
    """The words of an electronic signature's stamp."""
    lines = ("Документ підписано КЕП", f"Підписувач: {signer(rng)}", f"Дата підпису: {some_day(rng)} 10:41")  # fmt: skip
    return [paragraph(), *(paragraph(run(line, Look(size=16))) for line in lines)]


def stamp(rng: Random) -> str:
    """What another body's document system prints at the top of a page: its number, none of ours."""
    number = f"{rng.randint(100, 9000)}/{rng.randint(2, 9)}-26"
    text = f"СЕД «Діловод» Управління освіти  {number}  {some_day(rng)}  09:12"
    return paragraph(run(text, Look(size=14, colour="595959")), align="right")


BEFORE = {"letter": letter, "note": note, "resolution": resolution}
AFTER = {"signature": signature, "seal": seal}
