"""The held-out part ``apart``: forms in Word, as text and in old office formats, and other papers.

Written from the official form and from how people fill it in, without a look at what reads it.
"""

from __future__ import annotations

from random import Random

from . import apart_forms as forms
from . import apart_text as text
from .apart_notforms import TEXTS, notform
from .facts import Facts

PART = "apart"
# Forms that went through a program of another format: which style of Word they began as.
OLD = {
    "clinic-computer": "nurse-types-over",
    "free-office": "duty-operator",
    "saved-for-the-old-word": "cells-in-pairs",
    "letterhead-of-old": "secretary-letterhead",
    "merged-answers": "two-bodies-by-tab",
}
STYLES: dict[str, tuple[str, ...]] = {
    "docx": tuple(forms.STYLES),
    "old": tuple(OLD),
    "text": tuple(text.STYLES),
    "notform": tuple(TEXTS),
}
# In what shares offices get them.
MIXTURE = ("docx", "docx", "text", "docx", "notform", "docx", "old", "docx", "notform", "docx", "docx", "text")  # fmt: skip


def styles(group: str) -> tuple[str, ...]:
    """The styles of the group; raises KeyError for a group that the part has not."""
    return STYLES[group]


def draft(rng: Random, group: str, style: str) -> tuple[bytes, str, tuple[Facts, ...], str]:
    """The file as it was written, its kind, its truth, how it was made."""
    if group == "notform":
        return notform(rng, style), "docx", (), ""
    if group == "text":
        typed = text.typed(rng, style)
        return typed.data, typed.suffix, (typed.facts,), typed.note
    written = forms.write(rng, OLD.get(style, style))
    return written.data, "docx", written.facts, written.note
