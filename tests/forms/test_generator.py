"""The generator itself: the truth is complete, chance is repeatable, every style can be written."""

from __future__ import annotations

import html
import io
import re
import zipfile

import pytest
from lxml import etree

from .bodies import BODIES
from .documents import make_docx
from .habits import STYLES
from .make import seeded
from .notforms import MAKERS as NOTFORM_MAKERS
from .notforms import STYLES as NOTFORM_STYLES
from .notforms import make_notform
from .people import BOYS, GIRLS, SURNAMES
from .pictures import MACHINES
from .places import STREETS, VILLAGES
from .plain import STYLES as TEXT_STYLES
from .plain import make_text
from .stories import STORIES
from .writing import NUMBERS

KEYS = {
    "id", "form", "outgoing_date", "outgoing_number", "incoming_date", "incoming_number",
    "sender", "sender_email", "sender_phone", "recipient", "registered_number", "registered_date",
    "received_via", "subject", "persons", "address", "content", "detected_on", "reporter",
    "reporter_kinds", "basis", "measures_taken", "enclosures", "accepted_by", "accepted_date",
    "accepted_time", "kind", "threat",
}  # fmt: skip
ALL_STYLES = [(part, style) for part, styles in STYLES.items() for style in styles]
TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
LATIN = str.maketrans("ioac", "іоас")


def shown_text(data: bytes) -> str:
    """Everything that the document shows, without white space and with Cyrillic look-alikes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return squeezed("".join(element.text or "" for element in root.iter(TEXT)))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).translate(LATIN)


@pytest.mark.parametrize(("part", "style"), ALL_STYLES)
def test_every_value_of_the_truth_stands_in_the_document(part: str, style: str) -> None:
    made = make_docx(seeded(7, style), part, style)
    text = shown_text(made.data)
    for facts in made.facts:
        truth = facts.truth("x")
        assert set(truth) == KEYS
        assert squeezed(str(truth["subject"])) in text.replace("_", "")
        for line in (*facts.sender_lines, facts.address or "", facts.reporter or ""):
            assert all(squeezed(word) in text for word in line.split())
        assert all(squeezed(word) in text for word in facts.content.split())


@pytest.mark.parametrize("style", STYLES["fresh"])
def test_every_date_and_number_of_a_fresh_form_stands_in_it(style: str) -> None:
    for seed in range(4):
        made = make_docx(seeded(seed, style), "fresh", style)
        text = shown_text(made.data).replace("_", "")
        for facts in made.facts:
            days = (facts.outgoing, facts.incoming, facts.registered, facts.accepted)
            numbers = (facts.outgoing_number, facts.incoming_number, facts.registered_number)
            for written in (*(day.written for day in days), *numbers):
                assert squeezed(written or "").replace("_", "") in text


def test_an_underscore_below_a_figure_is_no_part_of_a_value() -> None:
    for seed in range(60):
        truth = make_docx(seeded(seed), "fresh", "points").facts[0].truth("x")
        assert "_" not in f"{truth['subject']}{truth['content']}{truth['basis']}"


def test_the_same_seed_gives_the_same_bytes() -> None:
    first, again = (make_docx(seeded(3, "x"), "tune", "controls").data for _ in range(2))
    assert first == again


def test_no_story_is_told_in_two_parts() -> None:
    told = [{s.text for many in STORIES[p].values() for s in many} for p in STORIES]
    assert len(set.union(*told)) == sum(map(len, told)) >= 115


@pytest.mark.parametrize("styles", [STYLES, TEXT_STYLES, NOTFORM_MAKERS, MACHINES])
def test_a_style_belongs_to_one_part(styles: dict[str, dict[str, object]]) -> None:
    assert set(styles) == {"tune", "aside", "fresh"}
    names = [name for part in styles.values() for name in part]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("words", [BODIES, BOYS, GIRLS, SURNAMES, VILLAGES, STREETS, NUMBERS])
def test_the_parts_share_no_name_of_a_person_a_body_or_a_place(words: dict[str, object]) -> None:
    sets = [set(flat(words[part])) for part in ("tune", "aside", "fresh")]
    assert len(set.union(*sets)) == sum(map(len, sets))


def flat(words: object) -> list[str]:
    if isinstance(words, dict):
        return [word for many in words.values() for word in flat(many)]
    assert isinstance(words, tuple)
    return list(words)


@pytest.mark.parametrize("style", TEXT_STYLES["fresh"])
def test_a_form_as_text_says_what_its_truth_says(style: str) -> None:
    for seed in range(5):
        typed = make_text(seeded(seed, style), "fresh", style)
        lines = [line.lstrip("> ") for line in html.unescape(typed.text).splitlines()]
        text = squeezed(re.sub(r"<(?!\w+@|\w*[.-]\w*@)[^>]*>", "", "".join(lines)))
        for value in (typed.facts.content, typed.facts.subject.text, typed.facts.address or ""):
            assert squeezed(value) in text


@pytest.mark.parametrize("style", NOTFORM_STYLES["fresh"])
def test_a_fresh_notform_can_be_written_and_repeats(style: str) -> None:
    first, again = (make_notform(seeded(4, style), "fresh", style) for _ in range(2))
    assert first == again
    assert shown_text(first)
