"""What stands round a form of the part ``prints``, and letters that are no form, as HTML."""

from __future__ import annotations

import html
from datetime import date
from random import Random

from .facts import Facts
from .heldout_facts import WORDS, Inventor
from .heldout_people import Family
from .prints_sheet import Sheet, place

COVER = (
    '<p align="right">Керівникові служби</p><p>Надсилаємо додаток 1, складений за фактами, що стали нам відомі. '
    "Просимо розглянути його в установлений строк.</p><p>Директор &nbsp; &nbsp; ____________ &nbsp; &nbsp; Г. Кропивна</p>"
)
SIGNED = "Керівник установи &nbsp; &nbsp; ________________ &nbsp; &nbsp; І. Щира"
SEAL_WORDS = (
    "КЕП накладено", "Підписувач: Щира Ірина Йосипівна", "Видавець: КНЕДП «Сонях»",
    "Серійний номер 2B6C7DF9A3891DA10400000092F15700", "Дійсний: 14.01.2026 – 14.01.2028",
)  # fmt: skip
TEXTS: dict[str, tuple[str, ...]] = {
    "letter": (
        "{body}", "{day} № {number}", "> Службі у справах дітей", "Про родину {name}",
        "Просимо сприяти у влаштуванні дитини {name} до групи подовженого дня. Місце проживання: {address}.",
        "Мати працює, батько перебуває на військовій службі.", "Директор ________ {signer}",
    ),
    "order": (
        "# НАКАЗ", "{day}   м. Рожище   № {number}", "Про призначення відповідальної особи",
        "1. Призначити {signer} відповідальною за приймання повідомлень/інформації про дітей.",
        "2. Контроль за виконанням наказу лишаю за собою.", "Директор ________ {signer}",
    ),
    "reply": (
        "{body}", "{day} № {number}", "На № {number} від {day}", "> Служба у справах дітей",
        "За результатами відвідування родини {name} повідомляємо: умови задовільні, вжиті заходи виконано.",
        "До листа додано документи: акт на 2 арк.", "Керівник ________ {signer}",
    ),
    "certificate": (
        "# ДОВІДКА", "Видана {name} про те, що він (вона) дійсно навчається у закладі.",
        "Місце проживання: {address}.", "Дата {day}", "Секретар ________ {signer}",
    ),
    "inspection": (
        "# АКТ ОБСТЕЖЕННЯ УМОВ ПРОЖИВАННЯ", "від {day} № {number}", "Прізвище, ім’я, по батькові: {name}",
        "Адреса: {address}", "☑ житло опалюється  ☐ є окрема кімната  ☑ є спальне місце",
        "Висновок: умови достатні.", "Члени комісії: {signer}",
    ),
    "telegram": (
        "# ТЕЛЕФОНОГРАМА", "{day}, 10:40", "Передала: {signer}", "Прийняв: черговий",
        "Нарада щодо літнього відпочинку дітей переноситься на четвер.",
    ),
}  # fmt: skip


def before(sheet: Sheet, facts: Facts) -> str:
    """A stamp's frame, or a cover letter on a page of its own."""
    if sheet.before == "cover":
        told = f"<p>{html.escape(facts.sender_lines[0])}</p>" if facts.sender_lines else ""
        return told + COVER + "<!--new-->"
    if sheet.before == "system":
        return '<p class="g">СЕД «Обрій» ◦ вхідний документ 7719/05-26 зареєстровано 06.05.2026 08:47 ◦ діловод</p>'
    return ""


def after(sheet: Sheet, facts: Facts) -> str:
    """A signature's line, an electronic signature's mark."""
    signed = f"<p style='margin-top:14px'>{place(sheet, 'sign', SIGNED)}</p>"
    if sheet.after == "signature":
        return signed
    if sheet.after == "kep":
        mark = "<br>".join(SEAL_WORDS)
        return f'<div class="frame" style="width:62mm;font-size:7pt;color:#223a8a">{mark}</div>'
    return ""


def letter(rng: Random, style: str) -> str:
    """A document that is no form; # marks a heading, > what stands on the right."""
    words = WORDS["prints"]
    maker = Inventor(rng, "prints", "school", date(2026, rng.randint(1, 9), rng.randint(1, 28)))
    filled = {
        "body": rng.choice(words.bodies["school"]),
        "address": maker.address(),
        "day": maker.day(1).written,
        "number": maker.number(1, words.numbers),
        "name": Family(rng, words, maker.today).name(rng.random() < 0.5),
        "signer": Family(rng, words, maker.today).initials(True),
    }
    return "".join(_paragraph(text.format(**filled)) for text in TEXTS[style])


def _paragraph(text: str) -> str:
    if text.startswith("#"):
        return f"<h3>{html.escape(text[2:])}</h3>"
    if text.startswith(">"):
        return f'<p align="right">{html.escape(text[2:])}</p>'
    return f"<p style='margin:9px 0'>{html.escape(text)}</p>"
