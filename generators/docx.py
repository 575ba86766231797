"""A template and the values of one document become a DOCX.

A template is parsed and its Jinja compiled once; a document then costs one run of the compiled
template, a look whether its XML is whole, and the writing of the zip. A template or a context with
rich text, pictures or sub-documents goes through docxtpl itself, with the same rules for values.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import TemplateError as JinjaError
from jinja2 import UndefinedError
from lxml import etree

from generators import package
from generators.placeholders import ENVIRONMENT, BlankError, filled
from generators.template import Template, did_you_mean, load, template_error, where
from opika.errors import MissingValueError, OpikaError


def render(template: Path, context: Mapping[str, Any]) -> bytes:
    """The document that ``template`` gives with the values of ``context``.

    The same template and values give the same bytes. File properties name nobody. Line ends in a
    value become line breaks; characters that XML cannot hold are dropped.

    Args:
        template: the DOCX template.
        context: the value of every placeholder; None or "" where there is none, which a template
            may ask about (``{%p if … %}``) but not print.

    Raises:
        TemplateError: the template is damaged, or a placeholder is misspelt.
        MissingValueError: the template prints a value that is missing or empty.
    """
    loaded = load(template)
    values = filled(context)
    try:
        if loaded.needs_docxtpl or any(map(_is_rich, values.values())):
            return package.pack(_by_docxtpl(loaded, values))
        return package.pack(_by_compiled(loaded, values), loaded.base)
    except UndefinedError as err:
        raise _value_error(loaded, context, err) from err
    except (JinjaError, etree.XMLSyntaxError, TypeError, ValueError) as err:
        fault = f"шаблон не вдалося заповнити ({type(err).__name__})"
        raise template_error(template, "", fault) from err


def _by_compiled(template: Template, values: Mapping[str, Any]) -> dict[str, bytes]:
    parts = {}
    for name, compiled in template.compiled.items():
        parts[name] = compiled.render(values).encode()
        # A block that opens and closes in different cells or runs leaves broken XML behind.
        etree.fromstring(parts[name])
    return parts


def _is_rich(value: Any) -> bool:
    """Whether the value writes its own XML (docxtpl's RichText, Listing, InlineImage, Subdoc)."""
    return hasattr(value, "__html__")


def _by_docxtpl(template: Template, values: Mapping[str, Any]) -> dict[str, bytes]:
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]

    # A picture or a sub-document belongs to the DocxTemplate for which it was made.
    owners = [value.tpl for value in values.values() if _is_rich(value) and hasattr(value, "tpl")]
    document = owners[0] if owners else DocxTemplate(template.path)
    document.render(dict(values), ENVIRONMENT)
    target = io.BytesIO()
    document.save(target)
    return package.unpack(target.getvalue())


def _value_error(template: Template, context: Mapping[str, Any], err: UndefinedError) -> OpikaError:
    """The error for one name: misspelt if a like value stands unused, else without a value."""
    name = str(err)
    place = template.place(name)
    unused = set(context) - template.variables()
    hint = "" if isinstance(err, BlankError) else did_you_mean(name, unused)
    if hint:
        return template_error(template.path, place, f"невідоме значення «{name}».{hint}")
    message = where(template.path, place, f"немає значення «{name}»")
    return MissingValueError(message, clerk_message=message)
