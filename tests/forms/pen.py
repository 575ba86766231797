"""Writes labels, hints and values into paragraphs the way the habits say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from xml.sax.saxutils import escape

from .habits import Habits
from .marks import options_runs
from .wordml import Look, paragraph, run

PLACEHOLDERS = {
    "tune": "Клацніть або торкніться тут, щоб ввести текст.",
    "aside": "Місце для введення тексту.",
    "fresh": "Введіть текст",
}
_LOOK_ALIKES = str.maketrans("іоас", "ioac")
UNDERLINED = Look(underline=True)
INK = Look(italic=True, colour="1F3864")
LINE_WIDTH = 9865
# Underscores on a line of the sender's or the recipient's column.
COLUMN_WIDTH = 36


@dataclass
class Pen:
    """One person's hand: habits and chance; keeps the comments and ids that the document needs."""

    habits: Habits
    rng: Random
    comments: list[str] = field(default_factory=list)
    last_id: int = 1000

    def next_id(self, count: int = 1) -> int:
        """The first of ``count`` fresh ids."""
        self.last_id += count
        return self.last_id - count + 1

    def text(self, key: str) -> str:
        """The printed words of a label."""
        return self.habits.labels[key]

    def label(self, key: str, after: str = "") -> str:
        """A label's runs."""
        look = Look(bold=self.habits.bold_labels)
        return "".join(run(piece, look) for piece in self.pieces(self.text(key) + after))

    def hint(self, key: str, *, align: str = "center") -> list[str]:
        """A small hint's paragraph, or nothing where the typist deleted it."""
        if not self.keeps_hint():
            return []
        return [paragraph(run(self.text(key), self.small()), align=align)]

    def keeps_hint(self) -> bool:
        """Whether the next hint was left standing."""
        return self.rng.random() < self.habits.hints

    def small(self) -> Look:
        """The look of a hint."""
        return Look(size=max(14, self.habits.size - 6))

    def pieces(self, text: str) -> list[str]:
        """The text in the runs that an editing history leaves behind."""
        if not self.habits.split or len(text) < 4:
            return [text]
        cuts = sorted(self.rng.sample(range(1, len(text)), min(3, len(text) - 1)))
        return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]

    def typed(self, text: str) -> str:
        """The value as the fingers typed it: Latin letters for Cyrillic ones, line breaks."""
        if self.habits.breaks:
            text = text.replace("; ", ";\n")
        if not self.habits.latin_values or "@" in text:
            return text
        return "".join(
            c.translate(_LOOK_ALIKES) if c in "іоас" and self.rng.random() < 0.05 else c
            for c in text
        )

    def value(self, text: str | None, width: int) -> str:
        """The runs of a value on its line of ``width`` underscores; None: the line left blank."""
        if not text:
            return self._empty(width)
        text = self.typed(text)
        return _FILLS.get(self.habits.fill, Pen._over)(self, text, width)

    def written(self, text: str, look: Look | None = None) -> str:
        """A value's bare runs."""
        return "".join(run(piece, look or Look()) for piece in self.pieces(text))

    def field(
        self, key: str, text: str | None, width: int, hint: str = "", *, below: bool = False
    ) -> list[str]:
        """Label and value, and the hint under them; ``below``: the line stands under the label."""
        if below:
            head = [paragraph(self.label(key))]
            return head + self._lined("", text, width, hint)
        return self._lined(self.label(key, " "), text, width, hint)

    def _lined(self, label: str, text: str | None, width: int, hint: str) -> list[str]:
        tabs = (LINE_WIDTH,) if "tab" in (self.habits.fill, self.habits.empty) else ()
        tabs = tabs or ((LINE_WIDTH,) if self.habits.fill == "tabs" else ())
        hints = self.hint(hint) if hint else []
        if text and self.habits.fill == "below":
            typed = paragraph(self.written(self.typed(text)))
            return [paragraph(label, run("_" * width)), typed, *hints]
        if text and self.habits.fill in _LINES:
            return _LINES[self.habits.fill](self, label, self.typed(text), width, hints)
        if text and self.habits.fill == "hint_line" and hint:
            tail = run("  " + self.text(hint), self.small()) if hints else ""
            typed = paragraph(self.written(self.typed(text)), tail)
            return [paragraph(label, run("_" * width)), typed]
        return [paragraph(label, self.value(text, width), tabs=tabs), *hints]

    def _empty(self, width: int) -> str:
        width = max(4, width)
        kind = self.habits.empty
        if kind == "placeholder":
            return self._control("")
        if kind == "legacy":
            return self._legacy("")
        if kind == "tab":
            return run("\t", UNDERLINED)
        if kind == "broken_line":
            return run("_" * (width // 2) + " " + "_" * (width // 2 - 1))
        return run(
            {"none": "", "spaces": "\u00a0" * 6, "dash": "–", "dots": "." * (width * 2)}.get(
                kind, "_" * width
            )
        )

    def _over(self, text: str, width: int) -> str:
        before = "_" * self.rng.choice((0, 0, 0, 2))
        return self.written(f"{before}{text}" + "_" * max(0, width - len(text)))

    def _among(self, text: str, width: int) -> str:
        left = self.rng.randint(1, 6)
        right = max(2, width - len(text) - left)
        return run("_" * left) + self.written(text) + run("_" * right)

    def underlined(self, text: str, width: int = 0) -> str:
        """The value on an underline of its own length."""
        return run(" " * self.rng.randint(0, 3), UNDERLINED) + self.written(text + " ", UNDERLINED)

    def _tabs(self, text: str, width: int) -> str:
        return self.written(" " + text, UNDERLINED) + run("\t", UNDERLINED)

    def _bare(self, text: str, width: int) -> str:
        return self.written(text + " ")

    def _after_line(self, text: str, width: int) -> str:
        return run("_" * max(4, min(width, 12))) + self.written(" " + text + " ")

    def _coloured(self, text: str, width: int) -> str:
        return self.written(text, INK) + run("_" * max(2, width - len(text)))

    def _dotted(self, text: str, width: int) -> str:
        return (
            run("." * self.rng.randint(0, 8))
            + self.written(text)
            + run("." * max(3, width - len(text)))
        )

    def _nbsp(self, text: str, width: int) -> str:
        gaps = ("\u00a0", "\u00a0", " ", "  ")
        words = "".join(word + self.rng.choice(gaps) for word in text.split(" "))
        return self.written("  " + words) + run("_" * max(0, width - len(text) - 8))

    def _mixed(self, text: str, width: int) -> str:
        cut = self.rng.randint(0, len(text) // 2)
        first = Look(size=self.habits.size + 4, font="Liberation Sans")
        second = Look(bold=True, italic=True, font="Liberation Mono")
        return run(text[:cut], first) * bool(cut) + run(text[cut:], second)

    def _padded(self, text: str, width: int) -> str:
        # A column's only tab stop is its right edge: there people press the space bar.
        lead = "     " if width == COLUMN_WIDTH else "\t"
        return self.written(f"{lead}{text}     ")

    def _continued_lines(self, label: str, text: str, width: int, hints: list[str]) -> list[str]:
        """The value on two lines of underscores, cut where the first was full."""
        words = text.split(" ")
        cut = max(1, len(words) * 2 // 3)
        if len(words) < 3:
            return [paragraph(label, self._over(text, width)), *hints]
        rest = " ".join(words[cut:])
        return [
            paragraph(label, self.written("_" + " ".join(words[:cut]) + "_")),
            paragraph(self.written(rest + "_" * max(3, 70 - len(rest)))),
            *hints,
        ]

    def _next_line(self, label: str, text: str, width: int, hints: list[str]) -> list[str]:
        typed = paragraph(run("__"), self.written(text), run("_" * max(2, 60 - len(text))))
        return [*([paragraph(label)] if label else []), typed, *hints]

    def _hint_same(self, label: str, text: str, width: int, hints: list[str]) -> list[str]:
        """Value and hint in one paragraph, the hint in the value's own size."""
        hint = "".join(re.findall(r"<w:r>.*?</w:r>", "".join(hints)))
        return [paragraph(label, self.written(text + "  "), hint)]

    def _doubled(self, label: str, text: str, width: int, hints: list[str]) -> list[str]:
        """Now and then the label was copied: once with its empty line, once with the value."""
        typed = paragraph(label, self.written(text))
        if not label or self.rng.random() < 0.5:
            return [typed, *hints]
        return [paragraph(label, run("_" * width)), typed, *hints]

    def _control(self, text: str) -> str:
        holder = "<w:showingPlcHdr/>" if not text else ""
        inner = (
            self.written(text)
            if text
            else run(PLACEHOLDERS[self.habits.part], Look(colour="808080"))
        )
        kind = self._control_kind(text)
        return (
            f'<w:sdt><w:sdtPr><w:id w:val="{self.next_id()}"/>{holder}{kind}</w:sdtPr>'
            f"<w:sdtContent>{inner}</w:sdtContent></w:sdt>"
        )

    def _control_kind(self, text: str) -> str:
        """The control's kind: a date's, a list's, rich or plain text."""
        if re.fullmatch(r"[\d./-]{8,10}", text):
            return '<w:date><w:dateFormat w:val="dd.MM.yyyy"/><w:lid w:val="uk-UA"/></w:date>'
        if text.startswith(("Служб", "Центр", "КУ ")):
            item = escape(text, {'"': "&quot;"})
            return (
                f'<w:dropDownList><w:listItem w:displayText="{item}" w:value="1"/></w:dropDownList>'
            )
        return self.rng.choice(('<w:text w:multiLine="1"/>', "<w:text/>", "<w:richText/>"))

    def _legacy(self, text: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val=""/><w:enabled/>'
            '<w:calcOnExit w:val="0"/><w:textInput/></w:ffData></w:fldChar></w:r><w:r>'
            '<w:instrText xml:space="preserve"> FORMTEXT </w:instrText></w:r><w:r><w:fldChar '
            f'w:fldCharType="separate"/></w:r>{self.written(text or "     ")}<w:r><w:fldChar '
            'w:fldCharType="end"/></w:r>'
        )

    def _tracked(self, text: str, width: int) -> str:
        attributes = f'w:id="{self.next_id()}" w:author="Діловод" w:date="2026-01-05T09:00:00Z"'
        new = f"<w:ins {attributes}>{self.written(text)}</w:ins>"
        old = run("_" * min(width, 20), tag="w:delText")
        return f"<w:del {attributes}>{old}</w:del>{new}"

    def _commented(self, text: str, width: int) -> str:
        if self.rng.random() < 0.6:
            return self._over(text, width)
        number = len(self.comments)
        self.comments.append(self.rng.choice(("Уточнити.", "Перевірити в реєстрі", "Так у заяві.")))
        return (
            f'<w:commentRangeStart w:id="{number}"/>{self.written(text)}'
            f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
        )

    def boxes(self, keys: tuple[str, ...], chosen: tuple[str, ...]) -> str:
        """The runs of a line of options."""
        words = {key: self.text(key) for key in keys}
        return options_runs(self.habits.marking, words, chosen, self.next_id(len(keys)))


_FILLS: dict[str, Callable[[Pen, str, int], str]] = {
    "among": Pen._among,
    "underlined": Pen.underlined,
    "tabs": Pen._tabs,
    "bare": Pen._bare,
    "after_line": Pen._after_line,
    "coloured": Pen._coloured,
    "dotted": Pen._dotted,
    "control": lambda pen, text, width: pen._control(text),
    "legacy": lambda pen, text, width: pen._legacy(text),
    "tracked": Pen._tracked,
    "commented": Pen._commented,
    "nbsp": Pen._nbsp,
    "mixed": Pen._mixed,
    "padded": Pen._padded,
}
# How a label, its value and its hints share several lines.
_LINES: dict[str, Callable[[Pen, str, str, int, list[str]], list[str]]] = {
    "continued": Pen._continued_lines,
    "next_line": Pen._next_line,
    "hint_same": Pen._hint_same,
    "doubled": Pen._doubled,
}
