"""The styles, ticks, labels, prints, machines and other documents of the part ``sealed``."""

from __future__ import annotations

from .marks import Marking


def _mark(way: str, on: str = "", off: str = "", *, after: bool = False, gap: str = "   ", font: str = "Wingdings") -> Marking:  # fmt: skip
    return Marking(way, on, off, after, font, gap)


MARKINGS = (
    *(_mark("glyph", "☒", "☐"), _mark("glyph", "☑", "□"), _mark("glyph", "✓", "☐")) * 2,
    _mark("glyph", "v", "□", gap="; "),
    _mark("glyph", "Х", "□"),
    _mark("glyph", "+", "☐"),
    _mark("glyph", "●", "○"),
    _mark("glyph", "■", "☐"),
    _mark("glyph", "*", "□", gap=", "),
    _mark("glyph", "✔", "□", after=True),
    _mark("bracket", "V", " "),
    _mark("bracket", "+", "_"),
    _mark("paren", "✓", "  "),
    _mark("symbol", "F0FD", "F06F"),
    _mark("symbol", "F052", "F0A3", font="Wingdings 2"),
    _mark("control", "☑", "☐"),
    _mark("legacy"),
    _mark("emphasis", "bold_underline", "", gap=", "),
    _mark("emphasis", "border", "", gap="    "),
    _mark("emphasis", "highlight", "☐"),
    _mark("strike", "", "☐"),
    _mark("strike", "", "", gap=" / "),
    _mark("delete", "✓", ""),
    _mark("delete", "", "", gap=", "),
    _mark("only", "✓", "", after=True),
    _mark("only", "+", ""),
    _mark("yes", "так", ""),
    _mark("circle", gap="    "),
)
STYLES: dict[str, dict[str, object]] = {
    "as-printed": {"fill": "mono", "exact": True},
    "spare-lines": {"fill": "spare_line", "exact": True},
    "spaces-pressed": {"fill": "spaced", "empty": "space"},
    "dots-for-lines": {"fill": "dotted"},
    "under-blank-line": {"fill": "below_line", "empty": "line"},
    "lined-cells": {"fill": "bottom_cell", "empty": "none"},
    "text-marker": {"fill": "marked"},
    "between-tabs": {"fill": "both_tabs"},
    "shaded-rows": {"layout": "stacked", "fill": "instead", "empty": "none"},
    "wide-table": {"layout": "wide", "fill": "instead", "empty": "none"},
    "parts-with-headings": {"layout": "sections", "fill": "instead", "empty": "none"},
    "parts-with-lines": {"layout": "sections", "fill": "beside"},
    "recipient-on-top": {"head": "recipient_first"},
    "dates-under-bodies": {"head": "dates_below"},
    "dates-in-a-row": {"head": "dates_in_line"},
    "ringed": {"marking": _mark("circle", gap="     ")},
    "boxed-words": {"marking": _mark("emphasis", "border", "", gap="    ")},
    "comparison": {"fill": "tracked", "before": "letterhead"},
    "saved-by-office": {"fill": "mono"},
    "controls-on-table": {
        "layout": "grid", "fill": "control", "marking": _mark("control", "☑", "☐"), "dress": "italic",
    },
    "cover-and-seal": {"before": "cover", "after": "signature"},
    "resolved": {"before": "resolution", "foot": "passed", "after": "executor"},
    "signed-in-system": {"foot": "system", "after": "kep", "fill": "spaced"},
    "much-to-tell": {"long": True, "content_in": "same", "foot": "number"},
    "pair-of-notices": {"forms": 2, "after": "note"},
}  # fmt: skip
FREE: dict[str, tuple[str, ...]] = {
    "fill": ("mono", "spaced", "instead", "instead", "over", "spare_line", "bottom_cell", "both_tabs"),
    "head": ("cells", "cells", "narrow_middle", "ruled_cells", "dates_below", "recipient_first"),
    "hints": ("keep", "keep", "keep", "drop", "part", "label"),
    "dress": ("plain", "plain", "plain", "italic", "bold", "number"),
    "content_in": ("box", "box", "same", "below", "label_in_box"),
    "registration_in": ("box", "box", "lines", "textbox"),
    "options": ("line", "line", "line", "list"),
    "empty": ("line", "line", "space", "none"),
    "after": ("", "", "executor", "signature", "kep"),
    "foot": ("", "", "", "passed", "number", "browser"),
    "font": ("Times New Roman", "Times New Roman", "Cambria", "Liberation Serif"),
}  # fmt: skip
LABELS: tuple[dict[str, str], ...] = (
    {},
    {},
    {
        "out_date": "Вихідна дата",
        "in_date": "Вхідна дата",
        "registered": "Зареєстровано в журналі повідомлень за",
        "address": "Місце проживання (адреса):",
        "basis": "За результатами",
        "accepted": "Усне чи телефонне повідомлення/інформацію прийнято:",
    },
    {
        "subject": "Про дитину, сім’ю, особу, яка перебуває у складних життєвих обставинах",
        "content": "Зміст повідомлення/інформації (факти, ознаки чи застереження щодо дитини, сім’ї) та дата їх виявлення:",
        "measures": "Вжито заходи:",
        "enclosures": "До повідомлення/інформації додаються документи:",
        "neighbours": "від сусідів, знайомих",
    },
    {
        "title": "ПОВІДОМЛЕННЯ / ІНФОРМАЦІЯ",
        "received": "Надійшло:",
        "phone": "телефоном",
        "reporter": "Від кого:",
        "enclosures": "Додані документи:",
        "accepted": "Повідомлення (усне, телефонне) прийнято:",
        "social_work_body": "від суб’єкта соц. роботи",
    },
)
TEXTS: dict[str, tuple[str, ...]] = {
    "request": (
        "{body}", "{day} № {number}", "> КНП «ЦПМСД»", "", "Про надання інформації",
        "Просимо до {day} надати відомості про стан здоров’я дитини {name}, місце проживання: {address}.",
        "Інформацію просимо надіслати на електронну адресу служби.", "", "Директор     {signer}",
    ),
    "conclusion": (
        "#ВИСНОВОК", "#оцінки потреб сім’ї у соціальних послугах", "від {day} № {number}",
        "| Прізвище сім’ї | {name}", "| Адреса | {address}", "| За результатами оцінки | потреби середні",
        "| Рекомендовано послуги | ☒ консультування  ☐ притулок  ☒ соціальний супровід", "", "Фахівець   {signer}",
    ),
    "safety-act": (
        "#АКТ", "#проведення оцінки рівня безпеки дитини", "Дата {day}   Час 14:20", "Дитина: {name}",
        "Місце проживання: {address}", "Рівень безпеки: ☐ дуже небезпечно ☐ небезпечно ☑ безпечно",
        "Вжиті заходи: рекомендації надано батькам.", "Підписи: {signer}, {signer}",
    ),
    "thanks": ("{body}", "{day} № {number}", "> Службі у справах дітей", "Дякуємо за проведений тиждень правових знань.", "Директор {signer}"),
    "register-extract": (
        "#ВИТЯГ з журналу обліку", "| № з/п | Вх. дата | Заявник | Зміст повідомлення | Результат",
        "| 41 | {day} | {name} | щодо умов проживання | передано", "| 42 | {day} | анонімно | щодо нагляду | візит",
    ),
    "resolution-order": (
        "#РОЗПОРЯДЖЕННЯ", "{day} № {number}", "Про утворення міждисциплінарної команди",
        "1. Утворити команду для роботи із сім’єю {name}.", "2. Координатором призначити {signer}.",
    ),
    "petition": (
        "> Міському голові", "> {signer}", "#КЛОПОТАННЯ", "Просимо невідкладно розглянути питання про відібрання дитини {name} від матері.",
        "Підстава: повідомлення закладу освіти від {day} № {number}.", "Начальник служби      {signer}",
    ),
    "explanation": ("> Директорці {signer}", "#ПОЯСНЮВАЛЬНА", "Я, {name}, {day} не привела доньку до школи через хворобу. Довідку додаю.", "{day}    підпис"),
    "bill": ("#АКТ НАДАННЯ ПОСЛУГ № {number}", "від {day}", "| Послуга | Кількість | Сума, грн", "| Обслуговування принтера | 1 | 450,00", "Виконавець {signer}     Замовник ________"),
    "consent": (
        "#ЗГОДА", "#на обробку персональних даних", "Я, {name}, зареєстрована за адресою {address}, даю згоду на обробку даних.",
        "Надаю згоду: ☑ так ☐ ні", "{day}    ____________",
    ),
    "unfilled": (),
    "training-note": (
        "#ОГОЛОШЕННЯ", "Навчання для відповідальних осіб: як заповнити повідомлення/інформацію про дитину (Додаток 1).",
        "Нагадуємо: у графі «Зміст повідомлення» вказують факти та дату їх виявлення, у графі «Вжиті заходи» – що зроблено.", "{day}, 10:00, зала засідань",
    ),
}  # fmt: skip
