"""``python -m tests.opika.dying FOLDER STEP before|after``: a pass that is killed at one step.

The process kills itself with SIGKILL at the first call of the step's function, before it or after
it; a pass that ends all the same exits 0.
"""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import importlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from opika.config_file import load_config
from opika.flow import run_once
from opika.pipeline import open_pipeline
from tests.opika.office import NOW

STEPS = {
    "keep": ("journal.originals", "write_whole"),
    "record": ("journal.arrivals", "record_arrival"),
    "acknowledge": ("journal.arrivals", "acknowledge"),
    "unpacked": ("journal.steps", "save_unpacked"),
    "read": ("journal.steps", "save_read"),
    "register": ("journal.registration", "register"),
    "place": ("journal.placing", "place"),
    "draft": ("journal.documents", "new_document"),
    "drafted": ("journal.documents", "drafted"),
    "write": ("opika.letters", "write_whole"),
    "rendered": ("journal.documents", "save_rendered"),
    "pdf": ("journal.documents", "save_pdf"),
}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(function: Callable[..., Any], when: str) -> Callable[..., Any]:
    def dying(*args: Any, **kwargs: Any) -> Any:
        if when == "before":
            die()
        result = function(*args, **kwargs)
        die()
        return result

    return dying


def main(folder: str, step: str, when: str) -> None:
    module, name = STEPS[step]
    owner = importlib.import_module(module)
    setattr(owner, name, deadly(getattr(owner, name), when))
    config = load_config(Path(folder) / "pipeline.toml")
    with open_pipeline(config, lambda: NOW) as pipeline:
        run_once(pipeline, pipeline.config.sources)


if __name__ == "__main__":
    main(*sys.argv[1:])
