"""The configured limits in the shapes that their users take."""

from __future__ import annotations

from intake.part import MEBIBYTE, Limits
from opika.config import Config
from opika.worker import Worker


def new_reader(config: Config) -> Worker:
    """A reading process within the configured limits."""
    return Worker(config.limits.read_seconds, config.limits.read_memory_megabytes)


def limits_of(config: Config) -> Limits:
    """The configured limits as the envelope's opener takes them."""
    return Limits(
        max_bytes=config.limits.file_megabytes * MEBIBYTE,
        max_total=config.limits.unpacked_megabytes * MEBIBYTE,
        max_files=config.limits.files,
        max_depth=config.limits.depth,
    )
