"""The part ``apart``: every style shows its truth, repeats, and shares nothing with other parts."""

from __future__ import annotations

import email
import email.policy
import html
import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from . import apart, apart_forms, apart_text
from . import apart_words as words
from .apart_facts import Notice, invent
from .apart_labels import LOOKALIKES
from .apart_layouts import LAYOUTS
from .apart_notforms import BLANK_STYLE, TEXTS
from .apart_pen import FILLS, Typist
from .apart_stories import STORIES
from .apart_ticks import WAYS
from .heldout_facts import WORDS
from .heldout_words import date_words
from .make import Wish, drafted, seeded
from .stories import STORIES as OLD_STORIES
from .test_generator import KEYS, shown_text, squeezed


def values(notice: Notice) -> list[str]:
    """Everything that the notice has in words."""
    days = (notice.outgoing, notice.incoming, notice.registered, notice.accepted)
    numbers = (notice.outgoing_number, notice.incoming_number, notice.registered_number)
    found = [notice.subject.text, notice.content, notice.address, notice.reporter, notice.basis]
    found += [notice.measures_taken, notice.enclosures, notice.accepted_by]
    found += [*numbers, *(day.written for day in days)]
    for body in (*notice.sender_lines, notice.recipient or ""):
        found += body.split()  # the two bodies' lines may stand side by side
    if notice.accepted_time:
        found.append(notice.accepted_time.written)
    return [line for value in found if value for line in value.split("\n")]


@pytest.mark.parametrize("style", apart_forms.STYLES)
def test_a_form_shows_every_value_of_its_truth(style: str) -> None:
    for seed in range(4):
        written = apart_forms.write(seeded(seed, style), style)
        text = shown_text(written.data).replace("_", "")
        for notice in written.facts:
            assert set(notice.truth("x")) == KEYS
            assert [v for v in values(notice) if squeezed(v).replace("_", "") not in text] == []


@pytest.mark.parametrize("style", apart_text.STYLES)
def test_a_form_as_text_shows_every_value_of_its_truth(style: str) -> None:
    for seed in range(4):
        typed = apart_text.typed(seeded(seed, style), style)
        if typed.suffix == "eml":
            mail = email.message_from_bytes(typed.data, policy=email.policy.default)
            shown = mail.get_content().replace("\n>", "\n")
        else:
            shown = typed.data.decode(typed.note.split()[-1])
        text = squeezed(html.unescape(re.sub(r"<[^>]+>", "", shown)))
        assert [value for value in values(typed.facts) if squeezed(value) not in text] == []


def test_the_truth_is_in_one_line_and_its_people_stand_in_the_subject() -> None:
    for seed in range(300):
        truth = invent(Random(seed)).truth("x")
        assert not any("\n" in value for value in truth.values() if isinstance(value, str))
        subject = str(truth["subject"])
        for person in truth["persons"]:  # type: ignore[attr-defined]
            assert person["name"] in subject
            if person["birth_date"]:
                born = date.fromisoformat(person["birth_date"])
                ways = {date_words(way, born) for way in words.DATES}
                assert any(re.sub(r"\s*(року|р\.)$", "", way) in subject for way in ways)
            if person["age"]:
                assert str(person["age"]) in subject


def test_a_day_of_detection_is_written_in_the_content() -> None:
    for seed in range(200):
        notice = invent(Random(seed))
        said = re.search("[Вв]иявлен", notice.content)
        assert bool(said) == bool(notice.detected_on) or "виявилися" in notice.content


def test_every_layout_fill_and_way_of_ticking_is_used() -> None:
    styles = apart_forms.STYLES.values()
    assert {layout for style in styles for layout in style.layouts} == set(LAYOUTS)
    assert {fill for style in styles for fill in style.fills} == set(FILLS)
    assert all(set(style.ticks) <= set(WAYS) for style in styles)
    assert set(apart.OLD.values()) <= set(apart_forms.STYLES)


@pytest.mark.parametrize("way", WAYS)
def test_a_way_of_ticking_shows_which_word_was_chosen(way: str) -> None:
    def shown(chosen: str) -> str:
        hand = apart_forms.hand_of(Random(1), apart_forms.STYLES["odd-ticks"])
        typist = Typist(Random(1), hand)
        return WAYS[way](typist, [(word, word == chosen) for word in ("усно", "письмово")])

    assert len({shown("усно"), shown("письмово"), shown("")}) == 3


def test_runs_that_become_one_keep_what_is_struck_out_apart() -> None:
    rng, style = Random(1), apart_forms.STYLES["typed-in-one-go"]
    hand = replace(apart_forms.hand_of(rng, style), ticks="others-struck", fill="plain")
    notice = replace(invent(rng), received_via="written")
    data = apart_forms.compose(Typist(rng, hand), style, "official", (notice,))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        runs = re.findall("<w:r>.*?</w:r>", archive.read("word/document.xml").decode())
    struck = [run for run in runs if "<w:strike/>" in run]
    assert any(hand.labels["oral"] in run for run in struck)
    assert not any(hand.labels["written"] in run for run in struck)


@pytest.mark.parametrize("style", TEXTS)
def test_a_document_that_is_no_form_has_no_truth(style: str) -> None:
    data, kind, facts, _ = apart.draft(seeded(5, style), "notform", style)
    text = shown_text(data)
    assert (kind, facts) == ("docx", ())
    assert "{" not in text
    assert len(text) > 150
    assert (style == BLANK_STYLE) == (TEXTS[style] == ())


@pytest.mark.parametrize("group", apart.STYLES)
def test_every_style_repeats_byte_by_byte(group: str) -> None:
    for number, style in enumerate(apart.styles(group)):
        wish = Wish(group, apart.PART, style, number)
        first, again = (drafted(seeded(1, style), wish) for _ in range(2))
        assert first == again


def test_a_lookalike_reads_as_the_letter_it_stands_for() -> None:
    assert squeezed("місце проживання".translate(LOOKALIKES)) == squeezed("місце проживання")


def test_no_story_is_told_in_another_part() -> None:
    others = [*OLD_STORIES.values(), *(part.stories for part in WORDS.values())]
    told = {story.text for part in others for many in part.values() for story in many}
    assert told.isdisjoint(story.text for many in STORIES.values() for story in many)


def test_no_family_place_or_body_lives_in_another_held_out_part() -> None:
    for part in WORDS.values():
        assert set(part.surnames).isdisjoint(words.SURNAMES)
        assert set(part.villages) & set(words.PLACES) <= {"м. Рожище"}  # the hromada's own town
        for kind, names in words.BODIES.items():
            assert set(part.bodies.get(kind, ())).isdisjoint(names)


def test_a_telephone_has_as_many_figures_as_telephones_have() -> None:
    for pattern in words.PHONES:
        figures = re.sub(r"\D", "", pattern.format(a=3, b=34))
        assert len(figures.removeprefix("38")) == 10
