"""The words of RTF that a reader of the page cares for."""

from __future__ import annotations

from parsers.reading import Emphasis

SKIPPED = frozenset(
    {
        "stylesheet",
        "info",
        "pict",
        "listtext",
        "pntext",
        "nonshppict",
        "shprslt",
        "sp",
        "xe",
        "tc",
        "nonesttableprops",
        "revtbl",
        "filetbl",
        "template",
        "private1",
        "upr",
        "annotation",
    }
)
"""Parts that the page does not show, or shows twice."""
SHOWN_STARRED = frozenset({"shpinst", "do", "nesttableprops"})
"""Parts marked as new in RTF that hold what the page shows."""
SIDES = frozenset({"header", "headerl", "headerr", "headerf"})
FEET = frozenset({"footer", "footerl", "footerr", "footerf", "footnote"})
BOXES = frozenset({"shptxt", "dptxbxtext"})
CHARS = {
    "emdash": "—",
    "endash": "–",
    "lquote": "\u2018",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
SIGNS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}"}
ENDS = frozenset({"par", "sect", "\n", "\r"})
BREAKS = frozenset({"line", "page", "column", "lbr"})
_UNDERLINES = frozenset(
    {
        "ul",
        "uld",
        "uldb",
        "uldash",
        "uldashd",
        "uldashdd",
        "ulhwave",
        "ulldash",
        "ulth",
        "ulthd",
        "ulthdash",
        "ulthdashd",
        "ulthdashdd",
        "ulthldash",
        "ululdbwave",
        "ulw",
        "ulwave",
    }
)
EMPHASIS = {
    **dict.fromkeys(_UNDERLINES, Emphasis.UNDERLINE),
    "b": Emphasis.BOLD,
    "i": Emphasis.ITALIC,
    "strike": Emphasis.STRIKE,
    "striked": Emphasis.STRIKE,
}
