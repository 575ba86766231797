"""What comes by the same mail and is no filled form, in the held-out parts' words.

A line that begins with ``#`` is a heading, one with ``|`` a table's row, ``>`` stands on the right.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random

from . import sealed_styles as sealed
from .heldout_around import signer
from .heldout_facts import WORDS, Inventor
from .heldout_people import Family
from .wordml import Document, Look, cell, paragraph, run, table

TEXTS: dict[str, dict[str, tuple[str, ...]]] = {
    "open": {
        "plain-letter": (
            "{body}", "{address}", "{day} № {number}", "> Службі у справах дітей", "",
            "Про дитину {name}",
            "Доводимо до відома, що з {day} учениця {name}, яка проживає за адресою {address}, не з’являється на заняття. Мати на дзвінки не відповідає.",
            "Просимо перевірити умови проживання і вжити заходів.", "", "Директор      {signer}",
        ),
        "answer": (
            "{body}", "{day} № {number}", "На № {number} від {day}", "> Службі у справах дітей", "",
            "На Ваш запит повідомляємо, що сім’я {name} перебуває під соціальним супроводом. Вжиті заходи: надано консультації, продуктовий набір.",
            "Місце проживання: {address}. Діти відвідують заклад освіти.", "", "Начальник     {signer}",
        ),
        "assessment-act": (
            "#АКТ", "#оцінки потреб сім’ї/особи", "№ {number} від {day}",
            "| Прізвище, ім’я, по батькові | {name}", "| Дата народження | {day}",
            "| Місце проживання | {address}", "| Надійшло повідомлення | ☐ так   ☑ ні",
            "| Склад сім’ї | мати, двоє дітей", "| Стан здоров’я | задовільний",
            "| Складні життєві обставини | ☑ безробіття  ☐ хвороба  ☐ насильство",
            "| Висновок | потребує надання соціальних послуг", "", "Фахівець із соціальної роботи    {signer}",
        ),
        "order": (
            "#НАКАЗ", "{day}          № {number}",
            "Про взяття на облік дитини, яка перебуває у складних життєвих обставинах", "НАКАЗУЮ:",
            "1. Взяти на облік {name}, мешкає: {address}.", "2. Контроль за виконанням залишаю за собою.",
            "Начальник служби    {signer}",
        ),
        "questionnaire": (
            "#АНКЕТА", "#для батьків учнів", "Прізвище, ім’я дитини: {name}", "Клас: 4-Б",
            "Місце проживання: {address}", "З ким проживає дитина: ☑ мати ☐ батько ☐ опікун",
            "Хто допомагає з уроками: ☐ ніхто ☑ бабуся ☐ інше", "Дата {day}      Підпис ________",
        ),
        "invoice": (
            "#РАХУНОК НА ОПЛАТУ № {number}", "від {day}", "Постачальник: ФОП {signer}",
            "| Найменування | К-сть | Сума", "| Папір офісний А4 | 20 | 3600,00", "| Теки картонні | 50 | 750,00",
            "Разом до сплати 4350,00 грн",
        ),
        "memo": (
            "> Директору закладу", "> {signer}", "#ДОПОВІДНА ЗАПИСКА",
            "Доповідаю, що {day} у дитини {name} на уроці було виявлено синець на руці. Дитина пояснила, що впала з велосипеда.",
            "Класний керівник    {signer}",
        ),
        "minutes": (
            "#ПРОТОКОЛ № {number}", "засідання комісії з питань захисту прав дитини", "{day}",
            "СЛУХАЛИ: про родину {name}, {address}.", "ВИРІШИЛИ: інформацію взяти до відома.", "Секретар     {signer}",
        ),
        "indicators": (
            "#Додаток 2", "#Перелік ознак складних життєвих обставин",
            "1. Дитина неодноразово втікала з дому.", "2. Батьки не реагують на хворобу дитини.",
            "3. Відсутність удома продуктів харчування.",
        ),
        "empty-form": (),
        "characteristic": (
            "#ХАРАКТЕРИСТИКА", "учня 8-В класу {name}", "Навчається в закладі з 2021 року. Мовчазний, має двох друзів, полюбляє шахи.",
            "Батьки беруть участь у житті класу.", "Характеристика видана для подання за місцем вимоги.", "{day}      Директор {signer}",
        ),
        "journal-page": (
            "#ЖУРНАЛ реєстрації повідомлень про дітей", "| № | Дата | Від кого | Про кого | Вжиті заходи",
            "| 14 | {day} | {body} | {name} | запит до ЦСС", "| 15 | {day} | анонімно | {name} | візит",
        ),
    },
    "sealed": sealed.TEXTS,
}  # fmt: skip


def _filled(rng: Random, part: str, line: str) -> str:
    """The line with invented names, dates and numbers in its places."""
    words = WORDS[part]
    maker = Inventor(rng, part, "school", date(2026, rng.randint(1, 9), rng.randint(1, 28)))
    return line.format(
        body=rng.choice(words.bodies["school"]),
        address=maker.address(),
        day=maker.day(1).written,
        number=maker.number(1, words.numbers),
        name=Family(rng, words, maker.today).name(rng.random() < 0.5),
        signer=signer(rng, part),
    )


def _row(line: str) -> str:
    texts = [text.strip() for text in line[1:].split("|")]
    widths = (9800 // len(texts),) * len(texts)
    cells = [cell(paragraph(run(text)), width=widths[0]) for text in texts]
    return table([cells], widths)


def notform(rng: Random, part: str, style: str) -> bytes:
    """A document that is no form; the caller makes the blank one."""
    lines = [_filled(rng, part, line) for line in TEXTS[part][style]]
    return laid_out(lines, rng.choice((22, 24, 26)))


def laid_out(lines: Iterable[str], size: int) -> bytes:
    """The lines as a DOCX; ``size`` in half points."""
    blocks = []
    for text in lines:
        if text.startswith("|"):
            blocks.append(_row(text))
        elif text.startswith("#"):
            blocks.append(paragraph(run(text[1:], Look(bold=True)), align="center"))
        elif text.startswith(">"):
            blocks.append(paragraph(run(text[1:].strip()), align="right"))
        else:
            blocks.append(paragraph(run(text)))
    return Document("".join(blocks), size=size).save()
