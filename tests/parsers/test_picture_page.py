"""A page is found in its photo, turned upright and levelled; its rules and boxes are seen."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from parsers.ocr import Seen
from parsers.picture import Picture, Pixels
from parsers.picture_boxes import CheckBox, find_boxes
from parsers.picture_ink import even_light, ink_of, without_colours
from parsers.picture_page import flatten, levelled, lies_sideways, skew, turned
from parsers.picture_rules import Rect, find_rules, without_blanks
from parsers.scan_marks import letters_among
from tests.forms.pictures import Machine, see

FONT = "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"
DPI = 200.0


def drawn() -> Image.Image:
    """A page of text with a frame, a line to write on, and three boxes, the middle one ticked."""
    page = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(FONT, 33)
    for row in range(24):
        draw.text((200, 240 + row * 50), f"{row} Вигаданий рядок про фабрику в думках", 0, font)
    draw.rectangle((180, 1500, 1480, 1700), outline=0, width=2)
    draw.line((200, 1800, 1400, 1800), fill=0, width=2)
    for number in range(3):
        left = 200 + number * 300
        draw.rectangle((left, 1900, left + 21, 1921), outline=0, width=2)
        draw.text((left + 40, 1886), "вибір", 0, font)
    draw.line([(497, 1908), (508, 1925), (530, 1880)], fill=30, width=4)
    return page


PAGE = drawn()


def pixels(page: Image.Image) -> Pixels:
    return np.asarray(page, np.uint8)


@settings(max_examples=6, deadline=None)
@given(angle=st.floats(-5, 5))
@example(angle=0.125)
@example(angle=-0.16)
@example(angle=0.25)
def test_skew_is_measured_to_a_twentieth_of_a_degree(angle: float) -> None:
    askew = PAGE.rotate(-angle, Image.Resampling.BICUBIC, fillcolor=255)
    # Under a seventh of a degree a line climbs less than its own thickness: it may pass for level.
    most = 0.06 if abs(angle) > 0.15 else 0.15
    assert skew(ink_of(pixels(askew))) == pytest.approx(angle, abs=most)


@pytest.mark.parametrize(("quarters", "sideways"), [(0, False), (1, True), (2, False), (3, True)])
def test_a_page_on_its_side_is_known(quarters: int, sideways: bool) -> None:
    assert lies_sideways(ink_of(turned(pixels(PAGE), quarters))) is sideways


def test_a_sheet_is_cut_out_of_its_photo() -> None:
    seen = see(Random(4), Machine(bend=0.03, light=0.4, noise=4, tilt=0), PAGE)
    flat = even_light(flatten(Picture(np.asarray(seen), None)).pixels)
    rim = np.concatenate([flat[:12].ravel(), flat[-12:].ravel(), flat[:, :12].ravel()])
    assert np.median(rim) > 200
    rules = find_rules(ink_of(without_colours(flat, DPI)), DPI)
    upright = [rule for rule in rules.down if rule.height > 150]
    assert len(upright) == 2
    assert all(rule.width < 8 for rule in upright)


def test_a_scan_without_a_table_round_it_stays_whole() -> None:
    page = Picture(pixels(PAGE), DPI)
    assert flatten(page) is page


def test_lines_to_write_on_are_found_and_taken_off() -> None:
    ink = ink_of(pixels(PAGE))
    rules = find_rules(ink, DPI)
    assert sorted(round(rule.top / 50) for rule in rules.across) == [30, 34, 36]
    clean = without_blanks(pixels(PAGE), ink, rules, DPI)
    assert ink_of(clean)[1780:1820].max() == 0


def test_a_box_ticked_by_hand_is_told_from_the_empty_ones() -> None:
    boxes = sorted(find_boxes(ink_of(pixels(PAGE), faint=True), DPI))
    assert [box.ticked for box in boxes] == [False, True, False]
    assert all(box.confidence > 0.8 for box in boxes)


def test_letters_are_no_boxes() -> None:
    page = Image.new("L", (1654, 600), 255)
    font = ImageFont.truetype(FONT.replace("Regular", "Bold"), 36)
    for row in range(5):
        text = "ВІДОМО ПРО ВВЕДЕННЯ вфвф ОБСТАВИН"
        ImageDraw.Draw(page).text((100, 60 + 80 * row), text, 0, font)
    assert find_boxes(ink_of(pixels(page), faint=True), DPI) == []


def circles(*filled: bool) -> Image.Image:
    """A row of options with a circle before each, those that are chosen dotted in their middle."""
    page = Image.new("L", (1654, 300), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(FONT, 33)
    for number, full in enumerate(filled):
        left = 100 + number * 350
        draw.ellipse((left, 104, left + 24, 128), outline=0, width=2)
        if full:
            draw.ellipse((left + 6, 110, left + 18, 122), fill=0)
        draw.text((left + 45, 96), "вибір", 0, font)
    return page


def test_a_filled_circle_is_told_from_the_empty_ones() -> None:
    ink = ink_of(pixels(circles(False, True, False, False)), faint=True)
    boxes = sorted(find_boxes(ink, DPI), key=lambda box: box.place.left)
    assert [box.ticked for box in boxes] == [False, True, False, False]


def test_a_pen_that_went_mostly_beside_its_box_ticked_it() -> None:
    page = Image.new("L", (1654, 400), 255)
    draw = ImageDraw.Draw(page)
    for left in range(100, 1500, 300):
        draw.rectangle((left, 100, left + 23, 123), outline=0, width=2)
    draw.line([(689, 112), (704, 134), (712, 118)], fill=30, width=3)
    boxes = sorted(find_boxes(ink_of(pixels(page), faint=True), DPI))
    assert [box.ticked for box in boxes] == [False, False, True, False, False]


def test_a_box_amid_a_word_is_a_letter() -> None:
    page = Image.new("L", (600, 200), 255)
    draw = ImageDraw.Draw(page)
    draw.rectangle((160, 60, 184, 84), outline=0, width=4)
    for left in (120, 132, 152, 192, 204):
        draw.line((left, 60, left, 84), fill=0, width=4)
    ink = ink_of(pixels(page))
    box = CheckBox(Rect(160, 60, 185, 85), ticked=False, confidence=0.9)
    seen = [
        Seen("ілі", 0.9, Rect(118, 60, 154, 85), 85, 24),
        Seen("іл", 0.9, Rect(188, 60, 208, 85), 85, 24),
    ]
    assert letters_among([box], seen, ink) == [box]
    assert letters_among([box], seen[:1], ink) == []


def test_a_dark_edge_does_not_turn_a_page() -> None:
    page = PAGE.copy()
    ImageDraw.Draw(page).polygon([(1654, 0), (1654, 2339), (1636, 2339), (1630, 0)], fill=40)
    assert not lies_sideways(ink_of(pixels(page)))
    assert skew(ink_of(pixels(page))) == pytest.approx(0.0, abs=0.06)


def test_a_blue_stamp_is_lifted_off_black_text() -> None:
    page = PAGE.convert("RGB")
    draw = ImageDraw.Draw(page)
    draw.ellipse((300, 300, 620, 620), outline=(70, 80, 170), width=6)
    grey = without_colours(np.asarray(page), DPI)
    before, after = (int(ink_of(p).astype(bool).sum()) for p in (pixels(PAGE), grey))
    assert after == pytest.approx(before, rel=0.03)


def test_blue_typed_text_is_no_stamp() -> None:
    page = Image.new("RGB", (1200, 300), "white")
    font = ImageFont.truetype(FONT, 33)
    ImageDraw.Draw(page).text((60, 100), "Синій рядок у пошті", (5, 99, 193), font)
    assert ink_of(without_colours(np.asarray(page), DPI)).any()


def test_levelling_keeps_the_page_white_round_its_edges() -> None:
    level = levelled(pixels(PAGE), 3.0, 1.0)
    assert level[:5].min() > 250
