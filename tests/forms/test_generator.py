"""The generator itself: the truth is complete, chance is repeatable, every style can be written."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from lxml import etree

from .documents import make_docx
from .habits import STYLES
from .make import seeded
from .stories import STORIES

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
        assert squeezed(facts.subject.text) in text
        for line in (*facts.sender_lines, facts.address or "", facts.reporter or ""):
            assert all(squeezed(word) in text for word in line.split())
        assert all(squeezed(word) in text for word in facts.content.split())


def test_the_same_seed_gives_the_same_bytes() -> None:
    first, again = (make_docx(seeded(3, "x"), "tune", "controls").data for _ in range(2))
    assert first == again


def test_the_two_parts_share_no_story_and_no_style() -> None:
    tune, aside = ({s.text for many in STORIES[p].values() for s in many} for p in STORIES)
    assert not tune & aside
    assert len(tune | aside) >= 80
    assert not set(STYLES["tune"]) & set(STYLES["aside"])
