"""Killed at any instant of sending, no letter leaves twice, and none is forgotten."""

from __future__ import annotations

import itertools
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from opika import sending
from opika.config import PROJECT
from opika.delivery import follow
from tests.opika.dying_sender import STEPS
from tests.opika.post_office import PostOffice

# Killed here, the letter has left, or may have, and nobody has noted what became of it.
IN_HAND = {
    ("start", "after"),
    ("deliver", "before"),
    ("deliver", "after"),
    ("log in", "before"),
    ("log in", "after"),
    ("announce", "before"),
    ("announce", "after"),
    ("body", "before"),
    ("body", "after"),
    ("final dot", "before"),
    ("final dot", "after"),
    ("goodbye", "before"),
    ("goodbye", "after"),
    ("sent", "before"),
}


def killed(post: PostOffice, step: str, when: str) -> int:
    command = [sys.executable, "-m", "tests.opika.dying_sender", str(post.folder), step, when]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, check=False).returncode  # noqa: S603


def delivered(post: PostOffice) -> list[int]:
    """How often each letter is at the server, by its subject."""
    return sorted(Counter(str(mail.message["Subject"]) for mail in post.smtp.mails).values())


# The instants at which the most is at stake; the others are tried with script/test --long.
TELLING = {
    ("begin", "after"),
    ("start", "after"),
    ("final dot", "before"),
    ("final dot", "after"),
    ("sent", "after"),
    ("copy", "after"),
}


def instants() -> Iterator[Any]:
    for instant in itertools.product(STEPS, ("before", "after")):
        yield pytest.param(*instant, marks=() if instant in TELLING else pytest.mark.long)


@pytest.mark.parametrize(("step", "when"), list(instants()))
def test_killed_at_any_instant_each_letter_leaves_once_or_is_in_doubt(
    post: PostOffice, step: str, when: str
) -> None:
    from journal.models import Document, Sending
    from journal.verify import verify

    assert killed(post, step, when) == -signal.SIGKILL
    assert not delivered(post) or max(delivered(post)) == 1
    with post.office.open() as pipeline:
        sending.send(pipeline)
        follow(pipeline)
        assert max(delivered(post)) == 1
        doubtful = Sending.objects.filter(state="doubt").count()
        assert doubtful == ((step, when) in IN_HAND)
        states = list(Document.objects.order_by("pk").values_list("state", flat=True))
        assert states == (["sending", "sent"] if doubtful else ["sent", "sent"])
        shown = [one.document_id for one in sending.overview(pipeline)]
        assert len(shown) == doubtful
        assert len(post.copies()) == 2 - doubtful
        assert verify(pipeline.originals, pipeline.data).ok


@pytest.mark.parametrize("step", ["final dot", "sent"])
def test_a_server_that_keeps_copies_itself_leaves_no_doubt(post: PostOffice, step: str) -> None:
    assert killed(post, step, "after" if step == "final dot" else "before") == -signal.SIGKILL
    (mail,) = post.smtp.mails
    post.office.server.append(post.box, mail.data, folder="Sent")
    with post.office.open() as pipeline:
        assert [one.state for one in sending.send(pipeline)] == ["sent"]
        assert (sending.overview(pipeline), delivered(post)) == ([], [1, 1])
        assert len(post.copies()) == 2
