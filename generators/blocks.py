"""Which ``{% … %}`` of a template is left open or closed twice, and in which paragraph."""

from __future__ import annotations

import re

_TAG = re.compile(r"\{%-?\s*(\w+)")
_OPENS = {"if": "endif", "for": "endfor"}
_CLOSES = {close: tag for tag, close in _OPENS.items()}


def unbalanced(source: str) -> tuple[str, str] | None:
    """The paragraph with the first fault and what is wrong there, or None.

    Args:
        source: the Jinja source, one paragraph a line.
    """
    opened: list[tuple[str, str]] = []
    for line in source.splitlines():
        for tag in _TAG.findall(line):
            if tag in _OPENS:
                opened.append((tag, line))
            elif tag in _CLOSES and (not opened or opened.pop()[0] != _CLOSES[tag]):
                return line, f"«{tag}» не має перед собою свого «{_CLOSES[tag]}»"
    if opened:
        tag, line = opened[0]
        return line, f"«{tag}» не закрито: немає «{_OPENS[tag]}»"
    return None
