"""How one sender of the part ``apart`` writes values into the form in Word."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from .wordml import PLAIN, Look, paragraph, run

FULL = 9860  # the text's width in twentieths of a point
SMALL = Look(size=16)
GREY = Look(colour="7F7F7F")
OTHER_FONT = Look(font="Calibri", size=22)


@dataclass(frozen=True)
class Hand:
    """A sender's habits.

    Attributes:
        fill: how a value is put on its line, a key of ``FILLS``.
        ticks: how an option is chosen, a key of ``apart_ticks.WAYS``.
        labels: the printed words as this sender has them.
        hints: "small" or "none".
        dress: how a label looks.
        size: of the text, in half points.
        rules: whether a blank field keeps its underscores.
        heading: whether «Додаток 1» stands above the form.
        tight: no space follows a label's colon.
        cells: the official form's options stand in cells, with this mark below the chosen one,
            or "coloured"; empty: they stand in a line.
    """

    fill: str
    ticks: str
    labels: dict[str, str]
    hints: str = "small"
    dress: Look = PLAIN
    size: int = 24
    rules: bool = True
    heading: bool = True
    tight: bool = False
    cells: str = ""


@dataclass
class Typist:
    """Writes one document; counts the identifiers that Word asks for."""

    rng: Random
    hand: Hand
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """The counter begins where no other part of the package counts."""
        self._ids = itertools.count(3000)

    def ident(self) -> int:
        """A fresh number."""
        return next(self._ids)

    def word(self, key: str) -> str:
        """A printed word of the form."""
        return self.hand.labels[key]

    def label(self, key: str, look: Look | None = None) -> str:
        """A label as a run with the space behind it."""
        word = self.word(key)
        gap = "" if self.hand.tight and word.endswith(":") else " "
        return run(word + gap, look or self.hand.dress)

    def hint(self, key: str) -> list[str]:
        """The small line below a value."""
        if self.hand.hints == "none":
            return []
        return [paragraph(run(self.word(key), SMALL), align="center")]

    def value(self, text: str | None, width: int = 40) -> str:
        """The runs of a value, or of a field that was left blank."""
        fill, blank = FILLS[self.hand.fill]
        return fill(self, text, width) if text else blank(self, width)

    def lines(self, text: str | None, width: int = 40) -> list[str]:
        """A value in paragraphs of its own; what is left of the line follows the last one."""
        *first, last = (text or "").split("\n")
        return [paragraph(self.value(line, width * (line is last))) for line in (*first, last)]


def _rule(typist: Typist, width: int) -> str:
    return run("_" * width) if typist.hand.rules else ""


def _nothing(typist: Typist, width: int) -> str:
    return ""


def _over(typist: Typist, text: str, width: int) -> str:
    """Typed with the insert key on: what is left of the underscores stands behind."""
    return run(text) + run("_" * max(0, width - len(text)))


def _between(typist: Typist, text: str, width: int) -> str:
    """In the middle of the line, in the program's own font."""
    if not width:
        return run(text, OTHER_FONT)
    left = typist.rng.randint(2, 8)
    right = max(3, width - len(text) - left)
    return run("_" * left) + run(text, OTHER_FONT) + run("_" * right)


def _pushed(typist: Typist, text: str, width: int) -> str:
    """The value pushed the underscores on, onto the next line."""
    return run(f" {text} " + "_" * width)


def _coloured(typist: Typist, text: str, width: int) -> str:
    return run(text, Look(colour="1F4E79", italic=True))


def _heavy(typist: Typist, text: str, width: int) -> str:
    return run(" " + text + " ", Look(bold=True, underline=True))


def _shattered(typist: Typist, text: str, width: int) -> str:
    """In pieces, as Word leaves a text that was corrected and spell-checked many times."""
    rng, pieces, rest = typist.rng, [], text
    while rest:
        cut = rng.randint(1, 7)
        look = Look(size=typist.hand.size) if rng.random() < 0.4 else Look()
        pieces.append(run(rest[:cut], look))
        if rng.random() < 0.3:
            pieces.append('<w:proofErr w:type="spellStart"/><w:proofErr w:type="spellEnd"/>')
        if rng.random() < 0.1:
            ident = typist.ident()
            name = f'w:id="{ident}" w:name="_Ref{ident}"'
            pieces.append(f'<w:bookmarkStart {name}/><w:bookmarkEnd w:id="{ident}"/>')
        rest = rest[cut:]
    return "".join(pieces)


def _holder(typist: Typist, width: int) -> str:
    """A content control that still shows its prompt."""
    prompt = typist.rng.choice(("Введіть текст", "Клацніть тут", "[вкажіть]"))
    inner = "<w:showingPlcHdr/><w:text/>"
    return f'<w:sdt><w:sdtPr><w:id w:val="{typist.ident()}"/>{inner}</w:sdtPr><w:sdtContent>{run(prompt, GREY)}</w:sdtContent></w:sdt>'  # fmt: skip


def _control(typist: Typist, text: str, width: int) -> str:
    """A content control with text in it."""
    inner = '<w:text w:multiLine="1"/>'
    return f'<w:sdt><w:sdtPr><w:id w:val="{typist.ident()}"/>{inner}</w:sdtPr><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>'  # fmt: skip


def _revised(typist: Typist, text: str, width: int) -> str:
    """The underscores and a first try deleted, the value inserted: changes not yet accepted."""
    mark = f'w:id="{typist.ident()}" w:author="Методист" w:date="2026-03-03T08:00:00Z"'
    tried = text.split(" ", maxsplit=1)[0][:4] + "_" * 6
    gone = run(tried, tag="w:delText")
    return f"<w:del {mark}>{gone}</w:del><w:ins {mark}>{run(text)}</w:ins>"


def _veiled(typist: Typist, text: str, width: int) -> str:
    """With hidden text of the template before it and a comment behind it."""
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>заповнити обов’язково</w:t></w:r>"
    if width < 30 or len(typist.notes) > 3:
        return hidden + run(text)
    number = len(typist.notes)
    typist.notes.append("Уточнити перед відправкою, дата 01.01.2026?")
    start, end = (f'<w:commentRange{side} w:id="{number}"/>' for side in ("Start", "End"))
    mark = f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    return hidden + start + run(text) + end + mark


def _field(typist: Typist, text: str, width: int) -> str:
    """A text field of an old protected form."""
    data = '<w:ffData><w:name w:val="Text"/><w:enabled/><w:textInput><w:default w:val="?"/></w:textInput></w:ffData>'  # fmt: skip
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
    code = '<w:r><w:instrText xml:space="preserve"> FORMTEXT </w:instrText></w:r>'
    parted = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    return begin + code + parted + run(text) + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _empty_field(typist: Typist, width: int) -> str:
    return _field(typist, "\u2002" * 5, width)


def _plain(typist: Typist, text: str, width: int) -> str:
    return run(text)


def _dash(typist: Typist, width: int) -> str:
    return run(typist.rng.choice(("-", "—", "–")))


Fill = Callable[[Typist, str, int], str]
Blank = Callable[[Typist, int], str]
FILLS: dict[str, tuple[Fill, Blank]] = {
    "over": (_over, _rule),
    "between": (_between, _rule),
    "pushed": (_pushed, _rule),
    "coloured": (_coloured, _rule),
    "heavy": (_heavy, _rule),
    "shattered": (_shattered, _rule),
    "control": (_control, _holder),
    "revised": (_revised, _rule),
    "veiled": (_veiled, _rule),
    "field": (_field, _empty_field),
    "plain": (_plain, _nothing),
    "dashed": (_plain, _dash),
}
