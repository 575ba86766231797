# ruff: noqa: INP001 - a folder of documents, not a package
"""Make the templates that ship with Opika: ``python templates/make.py [FOLDER]``.

The layout (ДСТУ 4163:2020) is written down here, the first wording of every kind in ``texts/``. An
office edits the Word files themselves; running this again puts the shipped ones back.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from docx.document import Document as DocxDocument

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from generators import notification_form, registration_mark  # noqa: E402
from generators.commission import PAPERS  # noqa: E402
from generators.kinds import KINDS  # noqa: E402
from generators.known_templates import VARIABLES as KNOWN  # noqa: E402
from generators.layout import OTHER_STYLES, STYLES  # noqa: E402
from generators.letters import NAMED_VARIABLES, VARIABLES  # noqa: E402
from templates import word  # noqa: E402
from templates.filled_form import build_form  # noqa: E402
from templates.mark import build_mark  # noqa: E402
from templates.shapes import shape  # noqa: E402

Part = tuple[str, str] | word.Table


def build(parts: list[Part]) -> bytes:
    """One document of its paragraphs, given as style and text, and its tables."""
    document = word.blank(14)
    used = {"Cell" if isinstance(part, word.Table) else part[0] for part in parts}
    for key, name in {**STYLES, **OTHER_STYLES}.items():
        if key in STYLES or key in used:
            shape(key, word.add_style(document, key, name))
    for part in parts:
        if isinstance(part, word.Table):
            word.add_table(document, part, OTHER_STYLES["Cell"])
        else:
            _paragraph(document, *part)
    return word.packed(document)


def _paragraph(document: DocxDocument, style: str, text: str) -> None:
    """A paragraph; «Last» and «TextKeep» are text that stays with what follows."""
    keep = style in ("Last", "TextKeep")
    paragraph = document.add_paragraph(text)
    names = {**STYLES, **OTHER_STYLES}
    paragraph.style = document.styles[names["Text" if keep else style] if style else "Normal"]
    if keep:
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.keep_together = True


def guide(text: str) -> str:
    """The guide for clerks, its lists of templates and of values made anew."""
    files = ["| файл | документ | підстава |", "| --- | --- | --- |"]
    files += [f"| `{k.KIND}.docx` | {k.WORDS} | {k.LAW} Порядку |" for k in KINDS.values()]
    files += [
        f"| `{name}.docx` | {paper.words} | п. 18 Порядку |" for name, paper in PAPERS.items()
    ]
    values = _table("Спільні для всіх листів:", VARIABLES)
    named = {name: said for name, said in NAMED_VARIABLES.items() if name not in VARIABLES}
    values += _table("У наказах, актах, протоколах замість адресата:", named)
    for kind in KINDS.values():
        own = {
            name: said
            for name, said in kind.VARIABLES.items()
            if said not in (VARIABLES.get(name), NAMED_VARIABLES.get(name))
        }
        values += _table(f"Лише в `{kind.KIND}.docx`:", own)
    for name, paper in PAPERS.items():
        values += _table(f"Лише в `{name}.docx`:", paper.variables)
    text = _between(text, "перелік шаблонів: templates/make.py", "кінець переліку", files)
    return _between(text, "значення: templates/make.py", "кінець значень", values[:-1])


def _table(heading: str, values: Mapping[str, str]) -> list[str]:
    rows = [f"| `{name}` | {said} |" for name, said in values.items()]
    return [heading, "", "| значення | що це |", "| --- | --- |", *rows, ""] if rows else []


def _between(text: str, begin: str, end: str, lines: list[str]) -> str:
    before, rest = text.split(f"<!-- {begin} -->\n", 1)
    after = rest.split(f"<!-- {end} -->", 1)[1]
    body = "\n".join(lines)
    return f"{before}<!-- {begin} -->\n{body}\n<!-- {end} -->{after}"


def main() -> None:
    """Write every template and the guide into the folder given, or into ``templates/``."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "templates"
    for name in KNOWN.keys() - {notification_form.KIND, registration_mark.KIND}:
        parts = import_module(f"templates.texts.{name}").PARAGRAPHS
        (folder / f"{name}.docx").write_bytes(build(parts))
    (folder / f"{notification_form.KIND}.docx").write_bytes(build_form())
    (folder / f"{registration_mark.KIND}.docx").write_bytes(build_mark())
    shipped = (ROOT / "templates" / "README.md").read_text(encoding="utf-8")
    (folder / "README.md").write_text(guide(shipped), encoding="utf-8")


if __name__ == "__main__":
    main()
