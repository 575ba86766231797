"""Texts of strangers made fit for a database column."""

from __future__ import annotations

from typing import Any


def clean(value: Any) -> Any:
    """A text, or JSON data, without what no database stores: lone surrogates and NUL."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().replace("\0", "")
    if isinstance(value, dict):
        return {clean(key): clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean(item) for item in value]
    return value


def fit(text: str | None, length: int) -> str:
    """The clean text, cut to ``length`` characters; an absent one is empty."""
    cleaned: str = clean(text or "")
    return cleaned[:length]
