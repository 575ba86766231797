"""What a PDF editor puts on a page is read: typed notes, pen strokes, marked and struck words."""

from __future__ import annotations

import pytest

from parsers.glyphs import canonical
from parsers.pdf import read_pdf
from parsers.reading import Emphasis, Line
from tests.parsers.pdffile import pdf, shown, words

DINGBATS = "7 0 obj <</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>> endobj\n"


def noted(content: str, *notes: str) -> bytes:
    """A page with this content and these notes."""
    numbers = " ".join(f"{6 + n} 0 R" for n in range(len(notes)))
    return pdf(content, annotations=numbers, objects=[f"<</Type/Annot{note}>>" for note in notes])


def typed(text: str, box: str, entries: str = "") -> str:
    coded = "FEFF" + text.encode("utf-16-be").hex()
    return f"/Subtype/FreeText/Rect[{box}]/DA(/F 10 Tf)/Contents<{coded}>{entries}"


def pen(*points: float) -> str:
    xs, ys = points[::2], points[1::2]
    box = f"{min(xs)} {min(ys)} {max(xs)} {max(ys)}"
    return f"/Subtype/Ink/Rect[{box}]/InkList[[{' '.join(map(str, points))}]]"


def lines(data: bytes) -> list[Line]:
    return read_pdf(data).lines


def looks(data: bytes) -> dict[str, Emphasis]:
    return {word.text: word.emphasis for line in lines(data) for word in line.words}


def test_a_typed_note_is_a_value_where_it_stands() -> None:
    data = noted(shown("place:", 20, 202), typed("с. Нове, вул. Тиха", "60 198 200 212"))
    assert [line.text for line in lines(data)] == ["place: с. Нове, вул. Тиха"]


def test_a_note_of_many_words_is_broken_in_its_frame() -> None:
    data = noted(shown("story:", 20, 202), typed("слово " * 30, "60 100 160 212"))
    read = lines(data)
    assert sum(word.text == "слово" for line in read for word in line.words) == 30
    assert all(word.box.right <= 161 for line in read for word in line.words if word.box)


def test_a_hidden_note_is_not_read() -> None:
    data = noted(shown("place:", 20, 202), typed("nowhere", "60 198 200 212", "/F 2"))
    assert words(data) == ["place:"]


def test_a_stamp_stands_aside() -> None:
    stamp = typed("Вх. 17", "60 98 200 112").replace("FreeText", "Stamp")
    data = noted(shown("place:", 20, 202), stamp)
    assert [(line.text, line.aside) for line in lines(data)] == [
        ("place:", False),
        ("Вх. 17", True),
    ]


@pytest.mark.parametrize(
    "tick",
    [
        pen(21, 104, 24, 101, 31, 112),
        typed("X", "20 98 32 112"),
        "/Subtype/Line/Rect[20 100 30 110]/L[20 100 30 110]",
    ],
    ids=["pen", "letter", "line"],
)
def test_a_tick_put_into_a_drawn_box_ticks_it(tick: str) -> None:
    content = "20 100 10 10 re S 80 100 10 10 re S " + shown("one", 35, 102) + shown("two", 95, 102)
    assert words(noted(content, tick)) == ["☒", "one", "☐", "two"]


def test_a_tick_over_the_character_of_a_box_ticks_it() -> None:
    box = "BT /Z 10 Tf 20 100 Td (o) Tj ET BT /Z 10 Tf 80 100 Td (o) Tj ET "
    data = noted(box + shown("one", 35, 100) + shown("two", 95, 100), pen(81, 101, 84, 99, 90, 110))
    data = data.replace(b"/F 5 0 R", b"/F 5 0 R/Z 7 0 R").replace(
        b"trailer", DINGBATS.encode() + b"trailer"
    )
    assert [canonical(word) for word in words(data)] == ["☐", "one", "☒", "two"]


def test_marked_struck_and_underlined_words_stand_out() -> None:
    content = shown("one", 20, 200) + shown("two", 80, 200) + shown("three", 140, 200)

    def over(kind: str, left: int) -> str:
        quad = f"{left} 210 {left + 25} 210 {left} 198 {left + 25} 198"
        return f"/Subtype/{kind}/Rect[{left} 198 {left + 25} 210]/QuadPoints[{quad}]"

    read = looks(
        noted(content, over("Highlight", 18), over("StrikeOut", 77), over("Underline", 138))
    )
    assert read == {
        "one": Emphasis.HIGHLIGHT,
        "two": Emphasis.STRIKE,
        "three": Emphasis.UNDERLINE,
    }


def test_a_ring_drawn_with_a_pen_marks_its_word() -> None:
    ring = pen(15, 203, 30, 212, 45, 203, 30, 194, 15, 203)
    assert looks(noted(shown("one", 20, 200) + shown("two", 80, 200), ring)) == {
        "one": Emphasis.HIGHLIGHT,
        "two": Emphasis.NONE,
    }
