"""A choice on paper is seen, in whatever way it was made: brackets, bold, colour, a ring, letters."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from parsers.dodatok1.layout import arrange
from parsers.dodatok1.options import RECEIVED_VIA, choose, find_options
from parsers.dodatok1.stream import Stream
from parsers.ocr import Seen
from parsers.picture import Picture, Pixels
from parsers.picture_boxes import CheckBox, find_boxes
from parsers.picture_brackets import find_brackets
from parsers.picture_ink import ink_of
from parsers.picture_rings import find_rings, without_rings
from parsers.picture_rules import Rect, find_rules
from parsers.reading import EMPTY_BOX, TICK, Emphasis, Line, Word
from parsers.scan import read_page
from parsers.scan_lines import lined, strikes_of
from parsers.scan_looks import looks_of
from parsers.scan_marks import letters_among, marks_of

FONTS = "/usr/share/fonts/truetype/liberation/LiberationSerif-{}.ttf"
DPI = 200.0
SIZE = 24
NO_INK = np.zeros((900, 1654), np.uint8)
Drawn = tuple[Image.Image, list[Seen]]


def page_of(*rows: str, bold: str = "") -> Drawn:
    """Rows of text on white paper, and its words where a recogniser would see them."""
    page = Image.new("L", (1654, 900), 255)
    draw = ImageDraw.Draw(page)
    seen = []
    for number, row in enumerate(rows):
        left, base = 100, 100 + 60 * number
        for text in row.split():
            font = ImageFont.truetype(FONTS.format("Bold" if text == bold else "Regular"), 34)
            draw.text((left, base), text, 0, font, anchor="ls")
            place = Rect(*map(round, draw.textbbox((left, base), text, font, anchor="ls")))
            seen.append(Seen(text, 0.96, place, base, SIZE))
            left = place.right + 14
    return page, seen


TEXT = ("Цей вигаданий рядок потрібен для порівняння", "Жодної людини тут немає зовсім")
OPTIONS = "усно письмово телефоном"


def looks(page: Image.Image, seen: list[Seen]) -> dict[str, Emphasis]:
    pixels = np.asarray(page, np.uint8)
    ink = ink_of(pixels, faint=True)
    found = looks_of(seen, pixels, ink, find_rings(ink, DPI))
    return {word.text: look for word, look in zip(seen, found, strict=True)}


def standing_out(page: Image.Image, seen: list[Seen]) -> dict[str, Emphasis]:
    return {text: look for text, look in looks(page, seen).items() if look}


def place(text: str, seen: list[Seen]) -> Rect:
    return next(word.place for word in seen if word.text == text)


def test_nothing_stands_out_of_plain_text() -> None:
    assert standing_out(*page_of(*TEXT, OPTIONS)) == {}


def test_a_bold_word_stands_out() -> None:
    drawn = page_of(*TEXT, OPTIONS, bold="письмово")
    assert standing_out(*drawn) == {"письмово": Emphasis.BOLD}


def test_a_word_on_a_coloured_ground_stands_out() -> None:
    page, seen = page_of(*TEXT, OPTIONS)
    left, top, right, bottom = place("письмово", seen)
    pixels = np.asarray(page).copy()
    ground = pixels[top - 4 : bottom + 4, left - 3 : right + 3]
    np.minimum(ground, 226, out=ground)
    assert standing_out(Image.fromarray(pixels), seen) == {"письмово": Emphasis.HIGHLIGHT}


def test_a_word_in_a_ring_stands_out() -> None:
    page, seen = page_of(*TEXT, OPTIONS)
    left, top, right, bottom = place("письмово", seen)
    ImageDraw.Draw(page).ellipse((left - 12, top - 14, right + 12, bottom + 12), outline=0, width=3)
    assert standing_out(page, seen) == {"письмово": Emphasis.HIGHLIGHT}


def test_a_word_in_a_frame_stands_out() -> None:
    page, seen = page_of(*TEXT, OPTIONS)
    left, top, right, bottom = place("письмово", seen)
    ImageDraw.Draw(page).rectangle((left - 6, top - 9, right + 6, bottom + 7), outline=0, width=3)
    assert standing_out(page, seen) == {"письмово": Emphasis.HIGHLIGHT}


def test_a_cell_of_a_table_is_no_frame() -> None:
    page, seen = page_of(*TEXT, OPTIONS)
    draw = ImageDraw.Draw(page)
    for word in (word.place for word in seen if word.text in OPTIONS.split()):
        draw.rectangle((word.left - 7, 190, word.right + 7, 240), outline=0, width=3)
    assert standing_out(page, seen) == {}


def test_a_ring_is_taken_off_the_page_before_recognition() -> None:
    page, seen = page_of(*TEXT, OPTIONS)
    plain = np.asarray(page).copy()
    left, top, right, bottom = place("письмово", seen)
    ImageDraw.Draw(page).ellipse((left - 12, top - 14, right + 12, bottom + 12), outline=0, width=3)
    clean = without_rings(np.asarray(page), find_rings(ink(page), DPI))
    drawn = int((np.asarray(page) != plain).sum())
    assert int((clean != plain).sum()) < drawn / 10


def lines_at(page: Image.Image, seen: list[Seen]) -> dict[str, Emphasis]:
    rules = find_rules(ink(page), DPI)
    found = lined(seen, rules, strikes_of(rules, ink(page), DPI), DPI)
    return {word.text: look for word, look in zip(seen, found, strict=True) if look}


def with_line(text: str, above_feet: int, beyond: int = 2) -> Drawn:
    """A page with a line at some height of a word, and so far beside it."""
    page, seen = page_of(*TEXT, OPTIONS)
    left, _, right, _ = place(text, seen)
    y = next(word.base for word in seen if word.text == text) - above_feet
    ImageDraw.Draw(page).line((left - beyond, y, right + beyond, y), fill=0, width=3)
    return page, seen


def test_a_line_through_a_word_strikes_it_out() -> None:
    assert lines_at(*with_line("письмово", 9)) == {"письмово": Emphasis.STRIKE}


def test_a_line_under_a_word_underlines_it() -> None:
    assert lines_at(*with_line("письмово", -6)) == {"письмово": Emphasis.UNDERLINE}


def test_a_blank_that_a_word_was_written_on_underlines_nothing() -> None:
    assert lines_at(*with_line("телефоном", -6, beyond=70)) == {}


def test_the_border_of_a_cell_underlines_nothing() -> None:
    page, seen = with_line("письмово", -6, beyond=10)
    left = place("письмово", seen).left - 10
    ImageDraw.Draw(page).line((left, 160, left, 240), fill=0, width=3)
    assert lines_at(page, seen) == {}


def test_a_struck_word_is_recognised_as_if_nothing_went_through_it() -> None:
    page, _ = with_line("письмово", 7)
    words, _ = read_page(Picture(np.asarray(page), DPI))
    assert "письмово" in [w.text.lower() for w in words if Emphasis.STRIKE in w.emphasis]


def chosen(*words: Word) -> tuple[str, ...]:
    stream = Stream(arrange([Line([Word("Надійшло:", confidence=0.95), *words], page=1)]))
    return choose(stream, 0, len(stream.text), RECEIVED_VIA).keys


def test_an_option_whose_first_word_the_pen_missed_is_chosen() -> None:
    plain = [Word(text, confidence=0.95) for text in ("усно", "письмово", "по")]
    assert chosen(*plain, Word("телефону", 1, Emphasis.UNDERLINE, 0.95)) == ("phone",)


def test_an_option_that_its_ring_made_illegible_is_chosen() -> None:
    others = [Word(text, confidence=0.95) for text in ("усно", "телефоном")]
    ringed = Word("тисьморс", 1, Emphasis.HIGHLIGHT, 0.3)
    assert chosen(others[0], ringed, others[1]) == ("written",)
    assert chosen(others[0], Word("тисьморс", confidence=0.3), others[1]) != ("written",)


def recognised(*rows: str) -> tuple[str, ...]:
    lines = [Line([Word(text, confidence=0.95) for text in row.split()], page=1) for row in rows]
    stream = Stream(arrange(lines))
    choice = choose(stream, 0, len(stream.text), RECEIVED_VIA)
    assert not choice.sure
    return choice.keys


def test_letters_at_an_option_are_the_tick_that_they_were_taken_for() -> None:
    assert recognised("☐ усно ☐ письмово ~ по телефону") == ("phone",)
    assert recognised("усно", "письмово ¥", "по телефону") == ("written",)
    assert recognised("☐ усно", "У письмово", "00 по телефону") == ("written",)
    assert recognised("☐ усно ☐ письмово упо телефону") == ("phone",)


def test_numbers_of_options_and_typed_letters_are_no_ticks() -> None:
    assert recognised("1 усно 2 письмово 3 по телефону") == ()
    typed = Stream(arrange([Line([Word(text) for text in ("усно", "~", "письмово", "телефоном")])]))
    assert choose(typed, 0, len(typed.text), RECEIVED_VIA).keys == ()


def ink(page: Image.Image) -> Pixels:
    return ink_of(np.asarray(page, np.uint8), faint=True)


def brackets(row: str) -> list[bool]:
    page = Image.new("L", (1654, 200), 255)
    font = ImageFont.truetype(FONTS.format("Regular"), 34)
    ImageDraw.Draw(page).text((60, 60), row, 0, font)
    found = sorted(find_brackets(ink(page), DPI), key=lambda box: box.place.left)
    return [box.ticked for box in found]


def test_brackets_with_and_without_a_mark_are_boxes() -> None:
    assert brackets("[  ] усно    [x] письмово    [  ] телефоном") == [False, True, False]
    assert brackets("(   ) усно    (   ) письмово    (+) телефоном") == [False, False, True]


def test_brackets_round_words_are_no_boxes() -> None:
    assert brackets("яка (який) прийняла(в) повідомлення [1] від (б) осіб") == []


def test_bold_letters_are_no_filled_squares() -> None:
    page = Image.new("L", (1654, 300), 255)
    font = ImageFont.truetype(FONTS.format("Bold").replace("Serif", "Sans"), 34)
    ImageDraw.Draw(page).text((60, 100), "п р о  я к а  и н", 0, font)
    assert find_boxes(ink(page), DPI) == []


def boxes_drawn(*squares: tuple[int, int, int], ticked: int) -> list[bool]:
    """Which of some squares (left, top, side) are found, from the top, one of them crossed."""
    page, _ = page_of(*TEXT)
    draw = ImageDraw.Draw(page)
    for number, (left, top, side) in enumerate(squares):
        draw.rectangle((left, top, left + side, top + side), outline=0, width=2)
        if number == ticked:
            draw.line((left + 5, top + 5, left + side - 5, top + side - 5), fill=0, width=3)
            draw.line((left + 5, top + side - 5, left + side - 5, top + 5), fill=0, width=3)
    rules = find_rules(ink(page), DPI)
    free = np.asarray(ink(page) & ~rules.mask, np.uint8)
    found = sorted(find_boxes(free, DPI, ink(page)), key=lambda box: box.place.top)
    return [box.ticked for box in found]


def test_boxes_that_touch_each_other_are_boxes() -> None:
    stacked = [(100, 300 + 35 * n, 35) for n in range(5)]
    found = boxes_drawn(*stacked, (100, 510, 35), ticked=2)
    assert found == [False, False, True, False, False, False]


def test_a_ticked_box_may_be_larger_than_the_empty_ones_of_its_column() -> None:
    column = [(100, 300, 22), (103, 340, 28), (100, 380, 22), (100, 420, 22)]
    assert boxes_drawn(*column, ticked=1) == [False, True, False, False]


def test_a_filled_square_in_line_with_boxes_may_be_small() -> None:
    page, _ = page_of(*TEXT)
    draw = ImageDraw.Draw(page)
    for left in (100, 400):
        draw.rectangle((left, 300, left + 22, 322), outline=0, width=2)
    for top in (305, 500):
        draw.rectangle((700, top, 713, top + 13), fill=0)
    found = find_boxes(ink(page), DPI)
    assert [b.ticked for b in sorted(found, key=lambda b: b.place.left)] == [False, False, True]


def test_strokes_between_all_options_are_no_ticks() -> None:
    _, seen = page_of("усно / письмово / телефоном / анонімно / родичів /")
    strokes = [word for word in seen if word.text == "/"]
    wide = [
        word._replace(place=word.place._replace(right=word.place.left + 20)) for word in strokes
    ]
    boxes = [CheckBox(Rect(60 + 300 * n, 78, 82 + 300 * n, 100), False, 0.9) for n in range(5)]
    others = [word for word in seen if word.text != "/"]
    ink = NO_INK.copy()
    for place in (word.place for word in wide):
        ink[place.top : place.bottom, place.left : place.right] = 255
    _, marks = marks_of(others, boxes, ink)
    assert TICK not in [mark.text for mark in marks]
    _, marks = marks_of([*others, wide[0]._replace(text="V", confidence=0.4)], boxes, NO_INK)
    assert [mark.text for mark in marks].count(TICK) == 1


def test_round_letters_that_stand_alone_before_options_are_empty_boxes() -> None:
    _, seen = page_of("Надійшло У усно о письмово о телефоном", "о анонімно о інше о самозвернення")
    words, marks = marks_of(seen, [], NO_INK)
    assert [mark.text for mark in marks].count(EMPTY_BOX) == 5
    assert [mark.text for mark in marks].count(TICK) == 1
    assert "о" not in [word.text for word in words]


def test_a_preposition_before_an_hour_stays_a_word() -> None:
    _, seen = page_of("о 10 годині", "о 11 годині", "о 12 годині")
    assert marks_of(seen, [], NO_INK) == (seen, [])


def test_a_number_sign_beside_boxes_stays_a_word() -> None:
    _, seen = page_of("№ 365 , усно , письмово")
    boxes = [CheckBox(word.place, False, 0.9) for word in seen if word.text == ","]
    boxes = [
        box._replace(place=Rect(b.left, 78, b.left + 22, 100)) for box in boxes for b in [box.place]
    ]
    words, _ = marks_of([word for word in seen if word.text != ","], boxes, NO_INK)
    assert [word.text for word in words][:2] == ["№", "365"]


def test_a_box_that_completes_a_word_is_its_capital() -> None:
    _, seen = page_of("Н адійшло")
    box = CheckBox(seen[0].place, ticked=True, confidence=0.9)
    near = seen[1]._replace(place=seen[1].place._replace(left=box.place.right + 3))
    assert letters_among([box], [near], NO_INK) == [box]
    option = near._replace(text="усно")
    assert letters_among([box], [option], NO_INK) == []


def test_options_whose_label_was_lost_are_found_by_themselves() -> None:
    rows = (
        "Гімназія, телефон 0500000000",
        "☐ усно ☒ письмово ☐ по телефону",
        "Мати телефоном не відповідає",
        "Про дитину",
    )
    lines = [Line([Word(word, confidence=0.95) for word in row.split()], page=1) for row in rows]
    stream = Stream(arrange(lines))
    where = find_options(stream, 0, len(stream.text), RECEIVED_VIA)
    assert where is not None
    assert choose(stream, *where, RECEIVED_VIA).keys == ("written",)
