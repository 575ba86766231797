"""The ways of filling in: what may vary between two people with the same form."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

from .labels import WAYS, print_labels
from .marks import Marking, choose_marking


@dataclass(frozen=True)
class Habits:
    """How one person fills in the form.

    Attributes:
        fill: how a value stands to its line of underscores.
        columns: how the sender's and the recipient's columns are laid out.
        layout: the form as it is, or re-made as a table of some kind.
        hints: the share of the small printed hints that were kept.
        before: what stands before the form; ``after``: what follows it.
        empty: how a blank field looks.
        breaks: a list's items were each put on a line of their own.
        size: the text's size in half points.
        margins: the page's right and left, in twentieths of a point.
        number_first: «№ … від …» stands in the place of the date and the number.
    """

    part: str
    style: str
    fill: str = "over"
    columns: str = "spaces"
    layout: str = "faithful"
    labels: dict[str, str] = field(default_factory=dict)
    marking: Marking = field(default_factory=Marking)
    hints: float = 1.0
    before: str = ""
    after: str = ""
    empty: str = "line"
    heading: bool = True
    content_in: str = "box"
    registration_in: str = "box"
    bold_labels: bool = False
    split: bool = False
    latin_values: bool = False
    breaks: bool = False
    landscape: bool = False
    margins: tuple[int, int] = (737, 1134)
    number_first: bool = False
    size: int = 22
    font: str = "Times New Roman"
    long: bool = False
    forms: int = 1


FILLS = {
    "tune": ("over", "among", "underlined", "tabs", "bare", "after_line"),
    "aside": ("over", "hint_line", "below", "among", "coloured", "dotted"),
    "fresh": ("continued", "next_line", "hint_same", "doubled", "nbsp", "mixed", "padded"),
}
COLUMNS = {
    "tune": ("spaces", "table", "tabs", "stacked"),
    "aside": ("section", "textboxes", "stacked_inline", "table", "frames"),
    "fresh": ("three_cells", "row_by_row", "recipient_first", "table"),
}
CONTENT_IN = {
    "tune": ("box", "paragraph", "paragraphs"),
    "aside": ("box", "list", "bordered", "lines"),
    "fresh": ("in_box", "two_rows", "paragraph", "shaded"),
}
FONTS = {
    "tune": ("Times New Roman", "Times New Roman", "Arial"),
    "aside": ("Liberation Serif", "DejaVu Sans", "Liberation Sans Narrow"),
    "fresh": ("DejaVu Serif", "Liberation Serif", "Liberation Mono", "Liberation Sans"),
}
EMPTY = {
    "tune": ("line", "line", "none", "tab"),
    "aside": ("line", "dash", "none", "dots"),
    "fresh": ("line", "broken_line", "none", "spaces"),
}
# Page margins: right, left, in twentieths of a point.
MARGINS = {"tune": ((737, 1134),), "aside": ((737, 1134),), "fresh": ((567, 1304), (680, 700))}

STYLES: dict[str, dict[str, dict[str, object]]] = {
    "tune": {
        "faithful": {"fill": "over", "layout": "faithful"},
        "among": {"fill": "among"},
        "underlined": {"fill": "underlined", "empty": "tab"},
        "tabs": {"fill": "tabs", "columns": "tabs", "empty": "tab"},
        "after-line": {"fill": "after_line"},
        "bare": {"fill": "bare", "empty": "none"},
        "table": {"layout": "table", "fill": "bare", "empty": "none"},
        "one-column-table": {"layout": "one_column", "fill": "bare", "empty": "none"},
        "controls": {"fill": "control", "empty": "placeholder", "columns": "table"},
        "legacy-fields": {"fill": "legacy", "empty": "legacy", "columns": "table"},
        "marks": {},
        "cover": {"before": "cover_page"},
        "letterhead": {"before": "letterhead"},
        "stacked": {"columns": "stacked"},
        "typed-labels": {"heading": False},
        "text-boxes": {"columns": "textboxes", "registration_in": "textbox"},
        "tracked": {"fill": "tracked", "empty": "line"},
        "long": {"long": True, "content_in": "paragraphs"},
        "two-forms": {"forms": 2},
        "attachments-after": {"after": "attachment"},
    },
    "aside": {
        "hint-line": {"fill": "hint_line"},
        "below": {"fill": "below"},
        "merged-table": {"layout": "merged", "fill": "bare", "empty": "none"},
        "nested-table": {"layout": "nested", "fill": "bare", "empty": "none"},
        "numbered-table": {"layout": "numbered", "fill": "bare", "empty": "none"},
        "same-cell-table": {"layout": "same_cell", "fill": "bare", "empty": "none"},
        "date-controls": {"fill": "control", "empty": "placeholder", "layout": "table"},
        "frames": {"columns": "frames"},
        "section-columns": {"columns": "section"},
        "cover-same-page": {"before": "cover_same"},
        "dodatok-2": {"after": "dodatok2"},
        "headers": {"before": "header_footer"},
        "landscape": {"landscape": True},
        "lists": {"content_in": "list", "long": True},
        "comments": {"fill": "commented"},
        "rewritten": {"hints": 0.0, "heading": False, "empty": "none", "columns": "table"},
        "dotted": {"fill": "dotted", "empty": "dots"},
        "signed": {"after": "signature"},
        "circled": {},
        "aside-marks": {},
        "two-in-one": {"forms": 2, "before": "cover_same"},
        "coloured": {"fill": "coloured"},
    },
    "fresh": {
        "continued": {"fill": "continued"},
        "next-line": {"fill": "next_line"},
        "hint-same-line": {"fill": "hint_same", "hints": 1.0},
        "label-twice": {"fill": "doubled"},
        "spaced-out": {"fill": "nbsp", "empty": "spaces"},
        "mixed-fonts": {"fill": "mixed"},
        "padded": {"fill": "padded", "empty": "none", "hints": 0.0},
        "points": {"layout": "points", "fill": "bare", "empty": "none"},
        "from-memory": {"layout": "memory", "fill": "bare", "empty": "line", "breaks": False},
        "header-table": {"layout": "headed", "fill": "bare", "empty": "none"},
        "four-columns": {"layout": "four", "fill": "bare", "empty": "none"},
        "sideways-table": {"layout": "sideways", "fill": "bare", "empty": "none"},
        "after-label-table": {"layout": "after_label", "fill": "bare", "empty": "none"},
        "number-first": {"number_first": True, "fill": "nbsp"},
        "recipient-first": {"columns": "recipient_first"},
        "row-by-row": {"columns": "row_by_row"},
        "three-cells": {"columns": "three_cells"},
        "stamp-below": {"registration_in": "stamp"},
        "document-system": {"before": "document_system", "after": "electronic_signature"},
        "resolution": {"before": "resolution", "after": "executor"},
        "received-letter": {"before": "cover_page", "columns": "row_by_row"},
        "other-glyphs": {},
        "listed-children": {"breaks": True, "content_in": "paragraph"},
        "two-children-two-forms": {"forms": 2, "after": "executor"},
        "long-story": {"long": True, "content_in": "two_rows"},
    },
}


def choose_habits(rng: Random, part: str, style: str) -> Habits:
    """One person's habits: those that the style fixes, the rest by chance."""
    fixed = STYLES[part][style]
    base = Habits(part, style)
    ways = WAYS[part] if style != "typed-labels" else ("misspelt", "caps", "loose", "latin")
    free: dict[str, object] = {
        "fill": rng.choice(FILLS[part]),
        "columns": rng.choice(COLUMNS[part]),
        "empty": rng.choice(EMPTY[part]),
        "labels": print_labels(rng, part, rng.choice(ways)),
        "marking": choose_marking(rng, part, style),
        "hints": rng.choice((1.0, 1.0, 0.5, 0.0)),
        "heading": rng.random() < 0.9,
        "content_in": rng.choice(CONTENT_IN[part]),
        "registration_in": rng.choice(("box", "box", "paragraphs")),
        "bold_labels": rng.random() < 0.2,
        "split": rng.random() < 0.3,
        "latin_values": rng.random() < 0.1,
        "breaks": rng.random() < 0.15,
        "size": rng.choice((20, 21, 22, 24, 24, 26)),
        "font": rng.choice(FONTS[part]),
    }
    chosen = replace(base, **(free | fixed))  # type: ignore[arg-type]
    if part == "fresh":
        chosen = replace(
            chosen,
            margins=rng.choice(MARGINS[part]),
            number_first=bool(fixed.get("number_first", rng.random() < 0.25)),
        )
    if chosen.columns in ("stacked_inline", "recipient_first"):
        # Without its hint nobody could tell where the sender ends and the recipient begins.
        return replace(chosen, hints=1.0)
    return chosen
