"""The held-out parts ``open`` and ``sealed``: their styles by group, and how each file is made.

Whoever wrote them knew the official form and how offices fill it in, and had not seen what reads it.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from . import heldout_forms as forms
from . import heldout_text as text
from .convert import office
from .facts import BLANK, Facts
from .heldout_notforms import TEXTS, notform
from .heldout_paper import PAPERS, PRINTS, Paper, scan
from .mailing import Mail, body
from .marks import Marking

PARTS = tuple(forms.STYLES)
# A form's bytes, their kind, what is written in it, how it was made.
Made = tuple[bytes, str, tuple[Facts, ...], str]
SENT = datetime(2026, 4, 6, 11, 15, tzinfo=UTC)
RESAVED = ("saved-by-writer", "saved-by-office")
ON_SCREEN = (*RESAVED, "corrected", "comparison")
EMPTY = Marking("glyph", "□", "□")


def styles(part: str, group: str) -> tuple[str, ...]:
    """The styles of the part's group."""
    by_group = {
        "docx": forms.STYLES,
        "old": forms.STYLES,
        "text": text.STYLES,
        "pdf": PRINTS,
        "scan": PAPERS,
        "notform": TEXTS,
        "picture": TEXTS,
    }
    return tuple(by_group[group][part])  # type: ignore[index]


def draft(rng: Random, group: str, part: str, style: str) -> Made:
    """The file as it was written, before it is converted."""
    if group == "text":
        return _text(rng, part, style)
    if group in ("notform", "picture"):
        if TEXTS[part][style]:
            return notform(rng, part, style), "docx", (), ""
        return forms.write_blank(rng, part), "docx", (), ""
    if group == "pdf":
        return _print(rng, part, style)
    if group == "scan":
        return _paper(rng, part, PAPERS[part][style])
    return _made(forms.write(rng, part, style))


def _made(written: forms.Written) -> Made:
    return written.data, "docx", written.facts, f"{written.manner.style}; {written.note()}"


def _text(rng: Random, part: str, style: str) -> Made:
    typed = text.typed(rng, part, style)
    if style.endswith("-file"):
        return typed.text.encode("utf-8"), "txt", (typed.facts,), typed.note
    mail = Mail(
        sender="info@example.net",
        to="sysn@ukr.net",
        subject=rng.choice(("Інформація", "Додаток 1 до Порядку", "Повідомлення про дитину")),
        sent=SENT,
        message_id=f"{rng.getrandbits(48):x}@example.net",
        parts=[body(typed.text, "utf-8", typed.subtype)],
    )
    return mail.save(), "eml", (typed.facts,), typed.note


def _on_paper(rng: Random, part: str) -> str:
    """Any style that shows on paper what its truth says."""
    return rng.choice([style for style in forms.STYLES[part] if style not in ON_SCREEN])


def _print(rng: Random, part: str, style: str) -> Made:
    source = PRINTS[part][style].source
    if source == "html":
        typed = text.page(rng, part, table=rng.random() < 0.6)
        return typed.text.encode(), "html", (typed.facts,), typed.note
    return _made(forms.write(rng, part, source or _on_paper(rng, part)))


def _paper(rng: Random, part: str, paper: Paper) -> Made:
    style = paper.style or _on_paper(rng, part)
    changes: dict[str, object] = {}
    if paper.ticks:
        changes = {"marking": EMPTY, "forms": 1, "before": "", "options": "line"}
    if paper.seal:
        changes |= {"after": "signature"}
    if paper.corner:
        changes |= {"heading": True, "before": ""}
    if paper.pen:
        changes |= {"pen": True}
    return _made(forms.write(rng, part, style, **changes))


def finish(path: Path, group: str, part: str, style: str) -> None:
    """What was done to the file after it was made."""
    if group == "pdf":
        way = PRINTS[part][style].finish
        if way:
            way(path)
    elif group == "docx" and style in RESAVED:
        with tempfile.TemporaryDirectory() as folder:
            path.write_bytes(office([path], "docx", Path(folder))[0].read_bytes())


def scanned(
    rng: Random, path: Path, group: str, part: str, style: str, kind: str, facts: tuple[Facts, ...]
) -> tuple[str, bytes]:
    """The printed file as a machine sees it; documents that are no form on any machine."""
    papers = PAPERS[part]
    if group == "scan":
        return scan(rng, path, papers[style], kind, facts[0])
    plain = [paper for paper in papers.values() if not (paper.ticks or paper.seal)]
    return scan(rng, path, rng.choice(plain), kind, BLANK)
