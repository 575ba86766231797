"""The part ``prints``: its pages show their truth; its makers are asked for plainly; no browser is needed here."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from PIL import Image

from . import prints, prints_makers
from .facts import Facts
from .heldout_facts import invent
from .labels import KINDS, VIA
from .make import MIXTURE, Draft, Wish, final_suffix, styles_of, wishes
from .prints_around import letter
from .prints_makers import MissingMakerError, need
from .prints_pages import bare, page
from .prints_pango import markup
from .prints_paper import Paper, worn
from .prints_sheet import Sheet, option
from .test_generator import squeezed

WAYS = {**prints.PRINTS, **{name: scan.print for name, scan in prints.SCANS.items()}}


def shown(text: str) -> str:
    """What stands on the page, without tags and lines."""
    body = text.split("<body", 1)[1] if "<body" in text else text
    return squeezed(html.unescape(re.sub(r"<[^>]+>", "", "<" + body)).replace("_", ""))


def values(facts: Facts) -> list[str]:
    """Everything that somebody wrote on the form."""
    truth = facts.truth("x")
    keys = ("address", "content", "reporter", "basis", "recipient", "enclosures", "accepted_by")
    days = (facts.outgoing, facts.incoming, facts.registered, facts.accepted)
    numbers = (facts.outgoing_number, facts.incoming_number, facts.registered_number)
    clock = facts.accepted_time.written if facts.accepted_time else None
    written = [truth[key] for key in keys] + [day.written for day in days]
    written += [*numbers, clock, facts.subject.text, facts.measures_taken, *facts.sender_lines]
    return [squeezed(str(value)).replace("_", "") for value in written if value]


@pytest.mark.parametrize("style", WAYS)
def test_a_page_shows_every_value_of_its_truth(style: str) -> None:
    for seed in range(6):
        rng = Random(seed)
        sheet = prints.choose(rng, WAYS[style])
        facts = invent(rng, prints.PART, long=WAYS[style].long)
        text = shown(page(sheet, facts))
        assert not [value for value in values(facts) if value not in text]


def test_pango_sets_every_value_and_what_it_sets_is_well_formed() -> None:
    for seed in range(40):
        rng = Random(seed)
        sheet = prints.choose(rng, prints.PRINTS["pango-list"])
        facts = invent(rng, prints.PART)
        lines = markup(sheet, facts)
        assert not [value for value in values(facts) if value not in shown("".join(lines))]
        assert all(set(re.findall(r"</?(\w+)", line)) <= {"b", "u"} for line in lines)


@pytest.mark.parametrize("style", WAYS)
def test_a_ticked_word_looks_otherwise_than_one_that_is_not(style: str) -> None:
    for mark in WAYS[style].marks:
        sheet = replace(WAYS[style].sheet, mark=mark)
        if mark.way in ("pen", "cells"):
            continue  # ticked later, or in the cell before the word
        for key in (*VIA, *KINDS):
            assert option(sheet, key, True, True) != option(sheet, key, False, True)


@pytest.mark.parametrize(
    "style", [name for name, scan in prints.SCANS.items() if scan.paper.ticks or scan.paper.sign]
)
def test_a_sheet_for_the_pen_marks_every_box_once_and_ticks_none(style: str) -> None:
    scan = prints.SCANS[style]
    facts = invent(Random(3), prints.PART, kind="school")
    text = page(prints.choose(Random(1), scan.print), facts)
    places = re.findall(r'href="http://place/(\w+)"', text)
    assert [name for name in places if name in (*VIA, *KINDS)] == [*VIA, *KINDS]
    assert ("sign" in places) == scan.paper.sign
    assert not re.search("[☑☒✓✔]", text)


def test_a_missing_maker_is_asked_for_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    for program, package in prints_makers.PACKAGES.items():
        with pytest.raises(MissingMakerError, match=f"Debian package {package}"):
            need(program)


@pytest.mark.parametrize("group", ["notform", "picture"])
def test_every_letter_that_is_no_form_has_words_and_no_title_of_the_form(group: str) -> None:
    for style in prints.styles(group):
        for seed in range(5):
            text = shown(bare(Sheet(), letter(Random(seed), style)))
            assert len(text) > 60
            assert "ПОВІДОМЛЕННЯ/ІНФОРМАЦІЯ" not in text


@pytest.mark.parametrize(
    "paper",
    [
        Paper(prints.GREY, faint=0.5),
        Paper(prints.GREY, copied=True),
        Paper(prints.GREY, staple=True),
        Paper(prints.GREY, curl=0.006),
        Paper(prints.GREY, table=True),
    ],
)
def test_what_a_sheet_goes_through_changes_it_the_same_way_each_time(paper: Paper) -> None:
    sheet = Image.new("RGB", (330, 460), (255, 255, 255))
    sheet.paste((0, 0, 0), (60, 200, 260, 206))
    first, again = (np.asarray(worn(Random(4), sheet, paper, (40, 40, 40))) for _ in range(2))
    assert np.array_equal(first, again)
    assert first.shape != (460, 330, 3) or not np.array_equal(first, np.asarray(sheet))
    assert first.min() < 150  # the line can still be seen


def test_the_part_makes_its_own_groups_and_no_style_of_another_part() -> None:
    made = wishes(prints.PART, None, None, 2 * len(prints.MIXTURE))
    assert {wish.group for wish in made} == {"pdf", "scan", "picture", "notform"}
    assert set(MIXTURE) - {wish.group for wish in made}
    others = {style for part in ("tune", "open", "sealed") for style in styles_of("pdf", part)}
    assert not others & {*prints.PRINTS, *prints.SCANS}


def test_a_finished_file_keeps_its_kind() -> None:
    draft = Draft(Wish("scan", prints.PART, "mfp-grey", 3), b"", "tiff", ())
    assert final_suffix(draft) == "tiff"
