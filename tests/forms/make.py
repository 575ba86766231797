"""``python -m tests.forms.make OUT --seed N --count N``: a folder of filled forms with its truth."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

from .documents import Made, make_docx
from .habits import STYLES


@dataclass(frozen=True)
class Wish:
    """One file to be made."""

    number: int
    group: str
    style: str


def seeded(*parts: object) -> Random:
    """Chance that is the same for the same parts on every machine."""
    return Random("/".join(map(str, parts)))  # noqa: S311


def entry(made: Made, name: str, wish: Wish) -> dict[str, object]:
    """The document's entry in forms.json."""
    many = len(made.facts) > 1
    forms = [
        facts.truth(f"{Path(name).stem}-{n}" if many else Path(name).stem)
        for n, facts in enumerate(made.facts, 1)
    ]
    return {
        "file": f"docs/{name}",
        "group": wish.group,
        "style": wish.style,
        "forms": forms,
        "note": made.note(),
    }


def wishes(part: str, group: str, style: str | None, count: int) -> list[Wish]:
    """The files to make, the styles in turn."""
    styles = [style] if style else list(STYLES[part])
    return [Wish(n, group, styles[n % len(styles)]) for n in range(count)]


def make(out: Path, seed: int, part: str, wanted: list[Wish]) -> list[dict[str, object]]:
    """Writes the documents and forms.json below ``out``; returns the entries."""
    (out / "docs").mkdir(parents=True, exist_ok=True)
    entries = []
    for wish in wanted:
        name = f"{part[0]}{wish.number:04}.docx"
        made = make_docx(seeded(seed, part, wish.number, wish.style), part, wish.style)
        (out / "docs" / name).write_bytes(made.data)
        entries.append(entry(made, name, wish))
    text = json.dumps({"documents": entries}, ensure_ascii=False, indent=1)
    (out / "forms.json").write_text(text, encoding="utf-8")
    return entries


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--group", choices=["docx"], default="docx")
    parser.add_argument("--style")
    parser.add_argument("--part", choices=["tune", "aside"], default="tune")
    args = parser.parse_args()
    make(args.out, args.seed, args.part, wishes(args.part, args.group, args.style, args.count))


if __name__ == "__main__":
    main()
