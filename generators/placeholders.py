"""What a placeholder of a template means: how a value is printed, and when it is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NoReturn

from jinja2 import StrictUndefined, Undefined, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

# What XML 1.0 cannot hold at all.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
_BREAKS = {
    "\n": '</w:t><w:br/><w:t xml:space="preserve">',
    "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
}


class BlankError(UndefinedError):
    """A template prints a value that its context leaves empty; the text is the value's name."""


class _Unknown(StrictUndefined):
    """A name that the context does not have; the error's text is the name alone."""

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class _Blank(Undefined):
    """A value that is known to be empty: false in a condition, an error in print."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name, exc=BlankError)

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)

    def __str__(self) -> NoReturn:
        self._fail_with_undefined_error()


def _clean(text: str) -> str:
    return _ILLEGAL.sub("", _LINE_END.sub("\n", text))


def _printable(value: Any) -> Any:
    """A value as it goes into the XML: escaped, without illegal characters, with line breaks."""
    if value is None:
        raise BlankError("None")
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    text = str(escape(_clean(value)))
    for mark, tag in _BREAKS.items():
        text = text.replace(mark, tag)
    return Markup(text)  # noqa: S704 - escaped above


ENVIRONMENT = SandboxedEnvironment(undefined=_Unknown, autoescape=True, finalize=_printable)
"""The one Jinja environment of all templates."""


def filled(context: Mapping[str, Any]) -> dict[str, Any]:
    """The context with every empty value marked, so that printing it is refused by name."""
    return {name: _Blank(name) if _is_blank(value) else value for name, value in context.items()}


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not _clean(value).strip())
