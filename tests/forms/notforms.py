"""Documents that come by the same mail and are no filled form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

from . import notforms_fresh
from .around import INDICATORS
from .documents import LAYOUTS
from .facts import BLANK
from .habits import Habits, choose_habits
from .pen import Pen
from .people import new_family
from .places import write_address
from .wordml import Document, Look, cell, paragraph, run, table
from .writing import write_date, write_number

Maker = Callable[[Random, str], list[str]]
BOLD = Look(bold=True)


def _texts(*lines: str) -> list[str]:
    return [paragraph(run(line)) for line in lines]


def _name(rng: Random, part: str) -> str:
    return new_family(rng, part, date(2026, 5, 5)).full_name(woman=rng.random() < 0.5)


def _day(rng: Random, part: str) -> str:
    return write_date(rng, part, date(2026, rng.randint(1, 9), rng.randint(1, 28)))


def letter(rng: Random, part: str) -> list[str]:
    """A plain letter about a child."""
    return [
        *_texts("Службі у справах дітей Рожищенської міської ради", ""),
        *_texts(f"{_day(rng, part)} № {write_number(rng, part)}", ""),
        *_texts(
            f"Повідомляємо, що учень {_name(rng, part)}, який мешкає за адресою: {write_address(rng, part)}, "
            "протягом двох тижнів не відвідує занять. Класний керівник зв’язувався з батьками, "
            "проте причини пропусків не з’ясовано.",
            "Просимо долучитися до з’ясування обставин і повідомити про вжиті заходи.",
            "",
            f"Директор    {_name(rng, part)}",
        ),
    ]


def invoice(rng: Random, part: str) -> list[str]:
    """An invoice for heating."""
    head = [cell(*_texts(word), width=3200) for word in ("Назва послуги", "Кількість", "Сума, грн")]
    rows = [
        [
            cell(*_texts(text), width=3200)
            for text in (name, str(rng.randint(1, 40)), f"{rng.randint(90, 9000)},00")
        ]
        for name in ("Постачання теплової енергії", "Вивезення відходів", "Абонентська плата")
    ]
    return [
        *_texts(
            f"РАХУНОК № {rng.randint(1, 900)} від {_day(rng, part)}",
            "Платник: Служба у справах дітей",
        ),
        table([head, *rows], (3200,) * 3),
    ]


def order(rng: Random, part: str) -> list[str]:
    """An order that quotes the Порядок and names the form and its fields."""
    return [
        paragraph(run("НАКАЗ", BOLD), align="center"),
        *_texts(
            f"{_day(rng, part)}   № {write_number(rng, part)}",
            "Про виконання Порядку міжвідомчої взаємодії",
            "Відповідно до рішення виконавчого комітету про Порядок міжвідомчої взаємодії з виявлення "
            "та організації надання соціальних послуг дітям та сім’ям з дітьми, які перебувають у "
            "складних життєвих обставинах, НАКАЗУЮ:",
            "1. Педагогічним працівникам у разі виявлення ознак подавати повідомлення/інформацію про "
            "дитину, сім’ю (особу), яка перебуває у складних життєвих обставинах, за формою (Додаток 1).",
            "2. У формі зазначати: місце проживання, зміст повідомлення, вжиті заходи, дату виявлення; "
            "документи, додані до повідомлення, перелічувати.",
            "3. Контактною особою визначити соціального педагога.",
            f"Директор      {_name(rng, part)}",
        ),
    ]


def act(rng: Random, part: str) -> list[str]:
    """An act of a visit."""
    return [
        paragraph(run("АКТ ОБСТЕЖЕННЯ УМОВ ПРОЖИВАННЯ", BOLD), align="center"),
        *_texts(
            f"від {_day(rng, part)}",
            f"Адреса: {write_address(rng, part)}",
            f"У помешканні проживають: {_name(rng, part)}, {_name(rng, part)}.",
            "Житло складається з двох кімнат, опалення пічне, електрику підключено.",
            "Висновок: умови задовільні.",
            "Підписи: __________   __________",
        ),
    ]


def newsletter(rng: Random, part: str) -> list[str]:
    """News of a centre for teachers."""
    return _texts(
        "ДАЙДЖЕСТ ПОДІЙ ТИЖНЯ",
        f"Запрошуємо на вебінар {_day(rng, part)}: «Раннє виявлення сімей у складних життєвих обставинах».",
        "Реєстрація за посиланням https://news.example.org/vebinar",
        "У програмі: ознаки насильства, безпека дитини, розмова з батьками.",
        "Щоб відписатися від розсилки, натисніть тут.",
    )


def indicators(rng: Random, part: str) -> list[str]:
    """Додаток 2 alone, some lines of it ticked."""
    return [
        *_texts(
            "Додаток 2",
            "Індикатори/ознаки, які можуть свідчити про належність дитини та її сім’ї до вразливих категорій населення",
        ),
        *_texts(*(f"{rng.choice('☐☒')} {line}" for line in INDICATORS)),
    ]


def absences(rng: Random, part: str) -> list[str]:
    """A school's table of absences."""
    head = [
        cell(*_texts(word), width=2400)
        for word in ("Прізвище, ім’я", "Клас", "Пропущено", "Причина")
    ]
    rows = [
        [
            cell(*_texts(text), width=2400)
            for text in (
                _name(rng, part),
                f"{rng.randint(1, 11)}-А",
                str(rng.randint(2, 60)),
                rng.choice(("хвороба", "невідома", "за заявою")),
            )
        ]
        for _ in range(rng.randint(4, 12))
    ]
    return [
        *_texts("ВІДОМІСТЬ ПРОПУСКІВ ЗАНЯТЬ", f"станом на {_day(rng, part)}"),
        table([head, *rows], (2400,) * 4),
    ]


def reply(rng: Random, part: str) -> list[str]:
    """An answer to our own letter: it quotes a registered notice but is none."""
    return _texts(
        f"На № {rng.randint(2, 90)} від {_day(rng, part)}",
        "Щодо оцінки потреб сім’ї",
        f"За результатами візиту за адресою {write_address(rng, part)} складено акт оцінки потреб. "
        "Повідомлення зареєстровано в журналі, вжиті заходи: призначено соціальний супровід.",
        f"Директор    {_name(rng, part)}",
    )


def application(rng: Random, part: str) -> list[str]:
    """Another form, filled in: an application for a benefit."""
    rows = (
        ("Прізвище, ім’я, по батькові заявника", _name(rng, part)),
        ("Місце проживання", write_address(rng, part)),
        ("Дата народження", _day(rng, part)),
        ("Додано документи", "копія паспорта, довідка про склад сім’ї"),
        ("Дата подання", _day(rng, part)),
    )
    body = [[cell(*_texts(a), width=3600), cell(*_texts(b), width=6200)] for a, b in rows]
    return [
        paragraph(run("ЗАЯВА про призначення державної допомоги", BOLD), align="center"),
        table(body, (3600, 6200)),
    ]


def register_page(rng: Random, part: str) -> list[str]:
    """A page of somebody's own journal of notices."""
    words = (
        "№",
        "Дата",
        "Від кого надійшло повідомлення",
        "Про дитину, сім’ю",
        "Місце проживання",
        "Вжиті заходи",
    )
    rows = [
        [
            cell(*_texts(text), width=1640)
            for text in (
                str(n),
                _day(rng, part),
                "ліцей",
                _name(rng, part),
                write_address(rng, part),
                "бесіда",
            )
        ]
        for n in range(1, rng.randint(4, 9))
    ]
    return [
        *_texts("ЖУРНАЛ ОБЛІКУ ПОВІДОМЛЕНЬ"),
        table([[cell(*_texts(w), width=1640) for w in words], *rows], (1640,) * 6),
    ]


def minutes(rng: Random, part: str) -> list[str]:
    """Minutes of a council that heard about a notice."""
    return _texts(
        "ПРОТОКОЛ засідання ради профілактики",
        f"{_day(rng, part)} № {rng.randint(1, 12)}",
        f"Присутні: {_name(rng, part)}, {_name(rng, part)}.",
        "СЛУХАЛИ: про повідомлення щодо сім’ї, яка перебуває у складних життєвих обставинах.",
        "УХВАЛИЛИ: направити повідомлення за формою Додатка 1; продовжити спостереження.",
    )


def covering(rng: Random, part: str) -> list[str]:
    """A covering letter whose form was forgotten."""
    return _texts(
        "Служба у справах дітей",
        f"{_day(rng, part)} № {write_number(rng, part)}",
        "Надсилаємо повідомлення/інформацію про дитину за формою, наведеною в Додатку 1 до Порядку.",
        "Додаток: повідомлення на 1 арк.",
        f"Завідувачка    {_name(rng, part)}",
    )


def _blank(rng: Random, part: str, *, recipient: bool) -> tuple[Habits, list[str]]:
    """The empty form, in any layout; some offices print the recipient beforehand."""
    habits = choose_habits(
        rng,
        part,
        rng.choice(
            ("faithful", "table", "stacked")
            if part == "tune"
            else ("nested-table", "frames", "merged-table")
            if part == "aside"
            else ("points", "row-by-row", "four-columns", "next-line", "from-memory")
        ),
    )
    habits = replace(
        habits, empty=rng.choice(("line", "tab", "none")) if habits.layout == "faithful" else "none"
    )
    habits = replace(
        habits, fill="over" if habits.layout == "faithful" else "bare", content_in="box"
    )
    office = "Служба у справах дітей Рожищенської міської ради" if recipient else None
    empty = replace(BLANK, recipient=office)
    return habits, LAYOUTS[habits.layout](Pen(habits, rng), empty)


MAKERS: dict[str, dict[str, Maker]] = {
    "tune": {
        "letter": letter,
        "invoice": invoice,
        "order": order,
        "act": act,
        "newsletter": newsletter,
        "indicators": indicators,
    },
    "aside": {
        "absences": absences,
        "reply": reply,
        "application": application,
        "register": register_page,
        "minutes": minutes,
        "covering": covering,
    },
    "fresh": notforms_fresh.MAKERS,
}
BLANKS = ("blank", "blank-recipient")
STYLES = {part: (*makers, *BLANKS) for part, makers in MAKERS.items()}


def make_notform(rng: Random, part: str, style: str) -> bytes:
    """A DOCX that is no filled form."""
    if style in BLANKS:
        habits, blocks = _blank(rng, part, recipient=style == "blank-recipient")
        return Document("".join(blocks), font=habits.font, size=habits.size).save()
    return Document("".join(MAKERS[part][style](rng, part)), size=rng.choice((22, 24, 28))).save()
