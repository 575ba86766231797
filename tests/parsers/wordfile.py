"""Small Word files written by hand: one oddity each, as real files have it in their XML."""

from __future__ import annotations

import io
import zipfile
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
TITLE = "про дитину, сім’ю (особу), яка перебуває у складних життєвих обставинах"
KINDS = (
    "самозвернення",
    "від родичів",
    "від сусідів/знайомих",
    "анонімно",
    "від суб’єкта соціальної роботи",
    "інше",
)


_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_AROUND: dict[str, str | bytes] = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
}


def run(text: str, properties: str = "") -> str:
    """A run; ``properties`` is the XML of its properties."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*parts: str) -> str:
    """A paragraph of runs; a part without mark-up is plain text."""
    return f"<w:p>{''.join(p if p.startswith('<') else run(p) for p in parts)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table; each cell is XML or plain text."""
    cells = (
        "".join(f"<w:tc>{c if c.startswith('<') else paragraph(c)}</w:tc>" for c in row)
        for row in rows
    )
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx(*blocks: str, parts: dict[str, str] | None = None) -> bytes:
    """A Word file of these blocks; ``parts`` are further parts of the package."""
    body = "".join(b if b.startswith("<") else paragraph(b) for b in blocks)
    document = (
        f'<w:document xmlns:w="{W}" xmlns:w14="{W14}" xmlns:mc="{MC}">'
        f"<w:body>{body}</w:body></w:document>"
    )
    return package({**_AROUND, "word/document.xml": document, **(parts or {})})


def package(parts: dict[str, str | bytes]) -> bytes:
    """A zip of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def form(**blocks: str) -> list[str]:
    """The blocks of a plainly filled form; each may be replaced, or left out with ''."""
    filled = {
        "annex": "Додаток 1",
        "outgoing": "Дата вих. 05.03.2026 № 01-15/12",
        "sender": "Вигадана гімназія",
        "sender_hint": (
            "(найменування організації/закладу/установи, яка направляє повідомлення, "
            "поштова та електронна адреси, телефон)"
        ),
        "incoming": "Дата вхід.________№______",
        "recipient": "Служба у справах дітей Рожищенської міської ради",
        "recipient_hint": "(найменування організації/закладу/установи, яка отримала повідомлення)",
        "title": paragraph("ПОВІДОМЛЕННЯ/ІНФОРМАЦІЯ"),
        "title_2": TITLE,
        "registered": "Зареєстровано в журналі повідомлень:",
        "registered_line": "№ ________ від ____/____/________",
        "received": "Надійшло: □ усно   □ письмово   □ по телефону",
        "about": "Про" + TITLE[3:],
        "subject": "Вигаданко Іван Петрович, 9 років____",
        "subject_hint": "(прізвище сім’ї або прізвище, ім’я, по батькові особи, дитини та її вік)",
        "address": "місце проживання: с. Вигадане, вул. Нова, 1",
        "content_label": (
            "Зміст повідомлення/інформації про факти, ознаки чи застереження щодо дитини "
            "(відмова від дитини), сім’ї (особи) та дата їх виявлення:"
        ),
        "content": "Дитина тиждень не відвідує уроків.",
        "reporter": "Від: Навчайко Ольга Іванівна, учителька",
        "reporter_hint": (
            "(прізвище, ім’я, по батькові особи, яка подає звернення, інша важлива інформація "
            "(ким працює або родинний зв’язок тощо)"
        ),
        "kinds": "   ".join(f"□ {kind}" for kind in KINDS),
        "basis": "За результатами відвідування сім’ї",
        "basis_hint": "(відвідування, обстеження, огляду, рейду, візиту в сім’ю тощо)",
        "measures": "Вжиті заходи: бесіда з матір’ю",
        "enclosures": "До повідомлення/інформації додано документи: характеристика",
        "accepted": "Усне або телефонне повідомлення/інформацію прийнято:",
        "accepted_by": "____________________",
        "accepted_hint": (
            "(прізвище, ім’я, по батькові, посада особи/спеціаліста, яка (який) прийняла(в) усне "
            "чи телефонне повідомлення/інформацію)"
        ),
        "when": "Дата ________ Час ________",
    }
    return [block for block in (filled | blocks).values() if block]
