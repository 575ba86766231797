"""``python -m tests.opika.dying_sender FOLDER STEP before|after``: killed while it sends.

The process kills itself with SIGKILL at the first call of the step's function, before it or after
it; one that ends all the same exits 0.
"""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import importlib
import sys
from pathlib import Path

from opika import sending
from opika.config_file import load_config
from opika.pipeline import open_pipeline
from tests.opika.dying import deadly
from tests.opika.office import NOW

STEPS = {
    "ask": ("opika.sending", "ask_about_unknown"),
    "make": ("opika.sending", "compose"),
    "keep": ("journal.originals", "write_whole"),
    "begin": ("journal.outbox", "begin"),
    "start": ("journal.sending", "start"),
    "deliver": ("opika.delivery", "deliver"),
    "log in": ("dispatch.smtp", "_logged_in"),
    "announce": ("dispatch.smtp", "_announce"),
    "body": ("dispatch.smtp", "_stuffed"),
    "final dot": ("dispatch.smtp", "_finish"),
    "goodbye": ("dispatch.smtp", "_leave"),
    "sent": ("journal.sending", "sent"),
    "look": ("opika.delivery", "find_message_id"),
    "copy": ("opika.delivery", "append_copy"),
    "copied": ("journal.sending", "copied"),
}


def main(folder: str, step: str, when: str) -> None:
    module, name = STEPS[step]
    owner = importlib.import_module(module)
    setattr(owner, name, deadly(getattr(owner, name), when))
    config = load_config(Path(folder) / "pipeline.toml")
    with open_pipeline(config, lambda: NOW) as pipeline:
        sending.send(pipeline)


if __name__ == "__main__":
    main(*sys.argv[1:])
