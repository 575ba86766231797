"""Is a template that a clerk has edited still usable: asked before the first letter needs it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from generators.faults import Fault
from generators.layout import layout_faults
from generators.template import PLACEHOLDER, XML_TAG, Template, did_you_mean, load, plain_text
from opika.errors import TemplateError

REQUISITES = (
    "установа",
    "дата",
    "індекс",
    "адресат",
    "посада_підписанта",
    "підписант",
    "виконавець",
)
"""The values that every letter must show.

Law: ДСТУ 4163:2020: organisation, date, index, addressee, signature, executor.
"""

_LEFT_OVER = re.compile(r"\{\s*[{%]|[}%]\s*\}")


def check_template(path: Path, known_variables: Collection[str]) -> list[Fault]:
    """What would go wrong with the template; an empty list if nothing would.

    Args:
        path: the DOCX template.
        known_variables: the names of all values that its kind of letter has.
    """
    from docx import Document

    try:
        template = load(path)
    except TemplateError as err:
        return [Fault("template", "", err.clerk_message)]
    return [
        *_variable_faults(template, known_variables),
        *_left_over_faults(template),
        *layout_faults(Document(str(path))),
    ]


def _variable_faults(template: Template, known: Collection[str]) -> Iterator[Fault]:
    used = template.variables()
    for name in sorted(used.difference(known)):
        message = f"Невідоме значення «{name}».{did_you_mean(name, known)}"
        yield Fault("unknown-variable", template.place(name), message)
    for name in REQUISITES:
        if name in known and name not in used:
            yield Fault("requisite-missing", "", f"У шаблоні немає реквізиту «{name}».")


def _left_over_faults(template: Template) -> Iterator[Fault]:
    """Braces that no placeholder owns would be printed in the letter."""
    for source in template.sources.values():
        for line in source.splitlines():
            if _LEFT_OVER.search(XML_TAG.sub("", PLACEHOLDER.sub("", line))):
                yield Fault("markup", plain_text(line), "Незакриті або зайві дужки.")
