"""Promise 7: no person's data in a log."""

from __future__ import annotations

import io
import logging

from opika.logs import IdsOnlyFormatter


def fail() -> str:
    try:
        nobody: dict[str, str] = {}
        return nobody["Вигаданчук Іван"]
    except KeyError as err:
        raise ValueError("вул. Вигадана, 1") from err


def test_a_traceback_in_the_log_tells_kind_and_place_but_not_the_message() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(IdsOnlyFormatter("%(message)s"))
    logger = logging.getLogger("test.ids")
    logger.addHandler(handler)
    logger.propagate = False
    try:
        fail()
    except ValueError:
        logger.exception("step failed item=%d", 42)
    text = stream.getvalue()
    assert "step failed item=42" in text
    assert "ValueError at" in text
    assert "KeyError at" in text
    assert "Вигада" not in text
