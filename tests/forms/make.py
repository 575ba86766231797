"""``python -m tests.forms.make OUT --seed N --count N``: a folder of documents with their truth.

What it writes is read by ``forms.json``: the same shape as the shared samples have. Chance is
seeded by part, group, number and style, so a file stays the same when others are added.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from . import apart, habits, heldout, notforms, plain, prints
from .convert import office, through_cairo
from .documents import make_docx, make_for_pen
from .facts import Facts
from .fillable import fill_in, make_fillable
from .mailing import Mail, body
from .pictures import MACHINES, SAVERS
from .scanning import scanned

DATE = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
OLD_KINDS = ("doc", "odt", "rtf")


@dataclass(frozen=True)
class Wish:
    """One file to be made."""

    group: str
    part: str
    style: str
    number: int

    @property
    def stem(self) -> str:
        """The file's name without its suffix: nothing in it tells what the file is."""
        return f"{self.part[0]}{self.group[:2]}{self.number:04}"


@dataclass(frozen=True)
class Draft:
    """A file as it was written, and what it still has to become."""

    wish: Wish
    data: bytes
    suffix: str
    facts: tuple[Facts, ...]
    note: str = ""

    def entry(self, suffix: str) -> dict[str, object]:
        """The document's entry in forms.json."""
        stem, many = self.wish.stem, len(self.facts) > 1
        names = [f"{stem}-{n}" if many else stem for n in range(1, len(self.facts) + 1)]
        return {
            "file": f"docs/{stem}.{suffix}",
            "group": SCORED_AS.get(self.wish.group, self.wish.group),
            "style": self.wish.style,
            "forms": [facts.truth(name) for facts, name in zip(self.facts, names, strict=True)],
            "note": self.note,
        }


# The scorer knows four groups; what is read as text without guessing counts with DOCX.
SCORED_AS = {"text": "docx", "old": "docx", "picture": "notform"}


def seeded(*parts: object) -> Random:
    """Chance that is the same for the same parts on every machine."""
    return Random("/".join(map(str, parts)))


def _docx(rng: Random, wish: Wish) -> Draft:
    if wish.style == FILLABLE:
        blank = make_fillable(rng, wish.part)
        return Draft(wish, blank.data, "docx", blank.facts, "fields of a PDF")
    made = make_docx(rng, wish.part, wish.style, printed=wish.group != "docx")
    return Draft(wish, made.data, "docx", made.facts, made.note())


def _scan(rng: Random, wish: Wish) -> Draft:
    way = HAND_STYLES.get(wish.style)
    style = rng.choice(_DOCX_STYLES[wish.part])
    made = make_for_pen(rng, wish.part) if way else make_docx(rng, wish.part, style, printed=True)
    return Draft(wish, made.data, "docx", made.facts, f"{made.habits.style}; {made.note()}")


def _text(rng: Random, wish: Wish) -> Draft:
    typed = plain.make_text(rng, wish.part, wish.style)
    note = f"wrap={typed.typing.wrap} marks={typed.typing.marking.way}:{typed.typing.marking.on}"
    if wish.style.startswith("txt"):
        charset = rng.choice(("utf-8", "utf-8-sig"))
        return Draft(wish, typed.text.encode(charset), "txt", (typed.facts,), note)
    mail = Mail(
        sender="kanc@example.org",
        to="sysn@ukr.net",
        subject=rng.choice(("Повідомлення", "Додаток 1", "Інформація про сім’ю")),
        sent=DATE,
        message_id=f"{wish.stem}@example.org",
        parts=[body(typed.text, _charset(rng, typed.text), typed.subtype)],
    )
    return Draft(wish, mail.save(), "eml", (typed.facts,), note)


def _charset(rng: Random, text: str) -> str:
    """A charset of old mail programs, where it has all the letters; else UTF-8."""
    charset = rng.choice(("utf-8", "windows-1251", "koi8-u"))
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return "utf-8"
    return charset


def _notform(rng: Random, wish: Wish) -> Draft:
    return Draft(wish, notforms.make_notform(rng, wish.part, wish.style), "docx", ())


@dataclass(frozen=True)
class Group:
    """How a group's files are drafted, in which styles, and what they are converted to."""

    draft: Callable[[Random, Wish], Draft]
    styles: Mapping[str, Sequence[str]]
    kinds: tuple[str, ...] = ()


FILLABLE = "fillable"
# Boxes ticked with a pen, by the way of ticking; the machine is then chosen by chance.
HAND_STYLES = {"hand-ticks": "tick", "hand-crosses": "cross"}
_HAND_OF = {"tune": "hand-ticks", "aside": "hand-crosses", "fresh": "hand-crosses"}
_DOCX_STYLES = {part: tuple(styles) for part, styles in habits.STYLES.items()}
_PDF_STYLES = _DOCX_STYLES | {"tune": (*_DOCX_STYLES["tune"], FILLABLE)}
GROUPS = {
    "docx": Group(_docx, _DOCX_STYLES),
    "text": Group(_text, {part: tuple(styles) for part, styles in plain.STYLES.items()}),
    "pdf": Group(_docx, _PDF_STYLES, ("pdf",)),
    "old": Group(_docx, _DOCX_STYLES, OLD_KINDS),
    "scan": Group(
        _scan, {part: (*MACHINES[part], _HAND_OF[part]) for part in MACHINES}, tuple(SAVERS)
    ),
    "notform": Group(_notform, notforms.STYLES, ("", "pdf")),
    "picture": Group(_notform, notforms.STYLES, tuple(SAVERS)),
}
SCANNED = ("scan", "picture")
# A plain call makes these, in such shares; the slow groups are made when they are asked for.
MIXTURE = ("docx", "docx", "docx", "pdf", "notform", "docx", "text", "docx", "pdf", "notform")


def styles_of(group: str, part: str) -> Sequence[str]:
    """The styles that a part has in a group."""
    if part == apart.PART:
        return apart.styles(group)
    if part == prints.PART:
        return prints.styles(group)
    if part in heldout.PARTS:
        return heldout.styles(part, group)
    return GROUPS[group].styles[part]


def drafted(rng: Random, wish: Wish) -> Draft:
    """The wished file as it was written."""
    if wish.part == apart.PART:
        return Draft(wish, *apart.draft(rng, wish.group, wish.style))
    if wish.part == prints.PART:
        return Draft(wish, *prints.draft(rng, wish.group, wish.style))
    if wish.part in heldout.PARTS:
        return Draft(wish, *heldout.draft(rng, wish.group, wish.part, wish.style))
    return GROUPS[wish.group].draft(rng, wish)


def wishes(part: str, group: str | None, style: str | None, count: int) -> list[Wish]:
    """The files to make: groups in their shares, the styles of each in turn."""
    numbers = dict.fromkeys(GROUPS, 0)
    wanted = []
    mixture = {apart.PART: apart.MIXTURE, prints.PART: prints.MIXTURE}.get(part, MIXTURE)
    for n in range(count):
        name = group or mixture[n % len(mixture)]
        styles = [style] if style else styles_of(name, part)
        wanted.append(Wish(name, part, styles[numbers[name] % len(styles)], numbers[name]))
        numbers[name] += 1
    return wanted


def final_suffix(draft: Draft) -> str:
    """What the draft becomes in the end: its group's kinds in turn."""
    if draft.wish.part == prints.PART:
        return draft.suffix
    kinds = GROUPS[draft.wish.group].kinds
    turn = draft.wish.number + draft.wish.number // 8  # not in step with the styles
    return (kinds[turn % len(kinds)] if kinds else "") or draft.suffix


def _convert(drafts: Sequence[Draft], suffix: str, folder: Path) -> None:
    """Turns DOCX drafts into another kind of file, all in one call of LibreOffice."""
    with tempfile.TemporaryDirectory() as name:
        sources = []
        for draft in drafts:
            source = Path(name) / f"{draft.wish.stem}.{draft.suffix}"
            source.write_bytes(draft.data)
            sources.append(source)
        made = office(sources, suffix, folder)
    for draft, path in zip(drafts, made, strict=True):
        if draft.wish.part in heldout.PARTS:
            heldout.finish(path, draft.wish.group, draft.wish.part, draft.wish.style)
            continue
        # Every third PDF by another producer, so that no reader learns LibreOffice's habits.
        if draft.wish.style == FILLABLE:
            fill_in(path, draft.facts[0])
        elif suffix == "pdf" and draft.wish.number % 3 == 2:
            through_cairo(path)


def _scan_all(drafts: Sequence[Draft], seed: int, folder: Path) -> list[str]:
    """Prints the drafts and scans them; returns the suffixes of the pictures."""
    suffixes = []
    with tempfile.TemporaryDirectory() as name:
        _convert(drafts, "pdf", Path(name))
        for draft in drafts:
            wish = draft.wish
            rng = seeded(seed, "machine", *vars(wish).values())
            path = Path(name) / f"{wish.stem}.pdf"
            if wish.part in heldout.PARTS:
                words = (wish.group, wish.part, wish.style, final_suffix(draft))
                kind, data = heldout.scanned(rng, path, *words, draft.facts)
                (folder / f"{wish.stem}.{kind}").write_bytes(data)
                suffixes.append(kind)
                continue
            way = HAND_STYLES.get(wish.style)
            machines = MACHINES[wish.part]
            machine = machines.get(wish.style) or machines[rng.choice(list(machines))]
            by_hand = (way, draft.facts[0]) if way else None
            kind, data = scanned(rng, path, machine, final_suffix(draft), by_hand)
            (folder / f"{wish.stem}.{kind}").write_bytes(data)
            suffixes.append(kind)
    return suffixes


def _write(drafts: Sequence[Draft], suffix: str, folder: Path) -> None:
    """Writes the drafts as files of this kind, converting those that are DOCX still."""
    for draft in drafts:
        if draft.suffix == suffix:
            path = folder / f"{draft.wish.stem}.{suffix}"
            path.write_bytes(draft.data)
            if draft.wish.part in heldout.PARTS:
                heldout.finish(path, draft.wish.group, draft.wish.part, draft.wish.style)
    _convert([draft for draft in drafts if draft.suffix != suffix], suffix, folder)


def make(out: Path, seed: int, wanted: Sequence[Wish]) -> list[dict[str, object]]:
    """Writes the documents and forms.json below ``out``; returns the entries."""
    folder = out / "docs"
    folder.mkdir(parents=True, exist_ok=True)
    drafts = [drafted(seeded(seed, *vars(wish).values()), wish) for wish in wanted]
    # The part of prints makes its scans itself.
    scans = [d for d in drafts if d.wish.group in SCANNED and d.wish.part != prints.PART]
    kinds = {draft.wish: final_suffix(draft) for draft in drafts}
    for suffix in sorted({kinds[draft.wish] for draft in drafts if draft not in scans}):
        same = [d for d in drafts if d not in scans and kinds[d.wish] == suffix]
        _write(same, suffix, folder)
    for draft, kind in zip(scans, _scan_all(scans, seed, folder), strict=True):
        kinds[draft.wish] = kind
    entries = [draft.entry(kinds[draft.wish]) for draft in drafts]
    text = json.dumps({"documents": entries}, ensure_ascii=False, indent=1)
    (out / "forms.json").write_text(text, encoding="utf-8")
    return entries


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--group", choices=sorted(GROUPS))
    parser.add_argument("--style")
    parser.add_argument(
        "--part", choices=[*habits.STYLES, *heldout.PARTS, apart.PART, prints.PART], default="tune"
    )
    args = parser.parse_args()
    if args.style and not args.group:
        parser.error("--style needs its --group")
    make(args.out, args.seed, wishes(args.part, args.group, args.style, args.count))


if __name__ == "__main__":
    main()
