"""The held-out parts: every style can be written, shows its truth, and shares nothing with another."""

from __future__ import annotations

import html
import io
import re
import zipfile
from datetime import date
from pathlib import Path
from random import Random

import pypdfium2  # type: ignore[import-untyped]
import pytest

from . import heldout, heldout_forms, heldout_paper, heldout_text
from .convert import office
from .heldout_facts import WORDS, invent
from .heldout_notforms import TEXTS
from .heldout_people import HABITS, Family
from .heldout_words import date_words
from .labels import KINDS, VIA
from .make import Wish, drafted, seeded, styles_of
from .scanning import printed_boxes
from .stories import STORIES
from .test_generator import shown_text, squeezed

PARTS = list(heldout.PARTS)
FORM_STYLES = [(part, style) for part in PARTS for style in heldout_forms.STYLES[part]]
NOTFORMS = [(part, style) for part in PARTS for style in TEXTS[part]]


@pytest.mark.parametrize(("part", "style"), FORM_STYLES)
def test_a_form_shows_every_value_of_its_truth(part: str, style: str) -> None:
    for seed in range(4):
        written = heldout_forms.write(seeded(seed, style), part, style)
        text = re.sub("[_…]", "", shown_text(written.data))
        for facts in written.facts:
            truth = facts.truth("x")
            days = (facts.outgoing, facts.incoming, facts.registered, facts.accepted)
            values = [truth[key] for key in ("address", "content", "reporter", "basis")]
            values += [truth[key] for key in ("recipient", "enclosures", "accepted_by")]
            values += [facts.subject.text, facts.measures_taken, *facts.sender_lines]
            values += [day.written for day in days]
            for value in filter(None, values):
                assert squeezed(str(value)).replace("_", "") in text


@pytest.mark.parametrize("part", PARTS)
def test_the_truth_of_persons_stands_in_the_subject(part: str) -> None:
    for seed in range(300):
        subject = invent(Random(seed), part).subject
        for person in subject.persons:
            assert person.name in subject.text
            if person.birth_date:
                born = date.fromisoformat(person.birth_date)
                ways = {date_words(pattern, born) for pattern in WORDS[part].dates}
                bare = {re.sub(r"\s*(року|р\.?)$", "", way) for way in ways}
                assert any(way in subject.text for way in bare)


@pytest.mark.parametrize("part", PARTS)
def test_a_day_of_detection_is_written_in_the_content(part: str) -> None:
    for seed in range(200):
        facts = invent(Random(seed), part)
        if facts.detected_on:
            day = date.fromisoformat(facts.detected_on)
            ways = (date_words(pattern, day) for pattern in WORDS[part].dates)
            assert any(way.rstrip(".") in facts.content for way in ways)


@pytest.mark.parametrize("part", PARTS)
def test_every_habit_of_naming_children_can_be_written(part: str) -> None:
    for habit in HABITS[part]:
        subject = habit(Family(Random(3), WORDS[part], date(2026, 5, 5)))
        assert subject.text
        assert all(person.name in subject.text for person in subject.persons)


@pytest.mark.parametrize(
    ("part", "style"), [(part, style) for part in PARTS for style in heldout_text.STYLES[part]]
)
def test_a_form_as_text_shows_its_truth(part: str, style: str) -> None:
    for seed in range(4):
        typed = heldout_text.typed(seeded(seed, style), part, style)
        text = squeezed(html.unescape(re.sub(r"<[^>]+>", "", typed.text)))
        for value in (typed.facts.content, typed.facts.subject.text, typed.facts.address or ""):
            assert squeezed(value) in text


@pytest.mark.parametrize(("part", "style"), NOTFORMS)
def test_a_document_that_is_no_form_has_no_truth(part: str, style: str) -> None:
    data, _, facts, _ = heldout.draft(seeded(5, style), "notform", part, style)
    assert shown_text(data)
    assert facts == ()


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("group", ["docx", "text", "pdf", "scan", "notform"])
def test_every_style_repeats_byte_by_byte(part: str, group: str) -> None:
    for number, style in enumerate(styles_of(group, part)):
        wish = Wish(group, part, style, number)
        first, again = (drafted(seeded(1, style), wish) for _ in range(2))
        assert first == again


@pytest.mark.parametrize("part", PARTS)
def test_prints_and_papers_name_styles_that_there_are(part: str) -> None:
    sources = {way.source for way in heldout_paper.PRINTS[part].values()} - {"", "html"}
    papers = {paper.style for paper in heldout_paper.PAPERS[part].values()} - {""}
    assert sources | papers <= set(heldout_forms.STYLES[part])


@pytest.mark.parametrize("part", PARTS)
def test_a_form_to_be_ticked_by_hand_prints_each_box_once(part: str, tmp_path: Path) -> None:
    ticked = [style for style, paper in heldout_paper.PAPERS[part].items() if paper.ticks]
    paths = []
    for seed in range(3):
        data, _, _, _ = heldout.draft(Random(seed), "scan", part, ticked[0])
        paths.append(tmp_path / f"{seed}.docx")
        paths[-1].write_bytes(data)
    for path in office(paths, "pdf", tmp_path):
        assert len(printed_boxes(path)) == len(VIA) + len(KINDS)


def test_a_page_printed_from_html_keeps_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(heldout_text.page(Random(1), "open", table=True).text, encoding="utf-8")
    document = pypdfium2.PdfDocument(office([path], "pdf", tmp_path)[0])
    assert document[0].get_textpage().get_text_range().startswith("Додаток 1")


def test_options_in_a_page_stay_as_far_apart_as_they_were_typed() -> None:
    pages = [heldout_text.page(Random(seed), "open", table=True).text for seed in range(12)]
    assert any("&nbsp;&nbsp;" in page for page in pages)
    assert not any("  " in page for page in pages)


@pytest.mark.parametrize("part", PARTS)
def test_a_telephone_has_as_many_figures_as_telephones_have(part: str) -> None:
    for pattern in WORDS[part].phones:
        figures = re.sub(r"\D", "", pattern.format(a=12, b=34))
        assert len(figures.removeprefix("38")) == 10


def test_no_story_is_told_in_two_parts() -> None:
    parts = [*STORIES.values(), *(words.stories for words in WORDS.values())]
    told = [{story.text for many in part.values() for story in many} for part in parts]
    assert len(set.union(*told)) == sum(map(len, told))


@pytest.mark.parametrize(
    "field", ["surnames", "boys", "girls", "fathers", "villages", "measures", "extras"]
)
def test_the_parts_share_no_words(field: str) -> None:
    sets = [set(getattr(words, field)) for words in WORDS.values()]
    assert len(set.union(*sets)) == sum(map(len, sets))


def test_the_parts_share_no_style() -> None:
    for styles in (heldout_forms.STYLES, heldout_text.STYLES, heldout_paper.PAPERS, TEXTS):
        names = [name for part in PARTS for name in styles[part]]
        assert len(names) == len(set(names))


def test_a_resaved_form_is_of_another_maker(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    style = heldout.RESAVED[0]
    path.write_bytes(heldout_forms.write(Random(2), "open", style).data)
    heldout.finish(path, "docx", "open", style)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        assert b"LibreOffice" in archive.read("docProps/app.xml")
