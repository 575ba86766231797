"""The files of documents: each rendering has a name of its own and is never replaced.

So whoever has read a document's path finds under it what was there then, also while the document is
rendered anew: a backup takes hours, and must fit the state of the journal that it began with.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path

from journal.models import Document

_FOLDER = "documents"
_OF_DOCUMENT = re.compile(r"-(\d+)(?:-[0-9a-f]{8})?\.(?:docx|pdf)$")
# What was just rendered may not yet be named by its row.
_YOUNG_SECONDS = 24 * 3600
_BATCH = 500


def document_file(year: int, issuer: str, name: tuple[str, int], sha256: str, ending: str) -> Path:
    """Where a rendering lies below the data folder.

    Neither a name nor an address is in it: it is seen by more people than what it names (promise 7).

    Args:
        year: of the document.
        issuer: key of its office.
        name: its kind and id.
        sha256: digest of the rendering.
        ending: ``docx`` or ``pdf``.
    """
    kind, document_id = name
    return Path(_FOLDER) / str(year) / issuer / f"{kind}-{document_id}-{sha256[:8]}.{ending}"


def remove_files_of(data: Path, ids: Collection[int]) -> None:
    """Remove every rendering that documents have or had.

    Args:
        data: the data folder.
        ids: of the documents.
    """
    for path in (data / _FOLDER).rglob("*"):
        found = _OF_DOCUMENT.search(path.name)
        if found and int(found[1]) in ids:
            path.unlink(missing_ok=True)


def sweep_documents(data: Path, now: float) -> int:
    """Remove renderings that no document names any more and that are older than a day.

    Args:
        data: the data folder.
        now: seconds since the epoch.

    Returns:
        How many were removed.
    """
    removed = 0
    files = (path for path in (data / _FOLDER).rglob("*") if _OF_DOCUMENT.search(path.name))
    while batch := list(islice(files, _BATCH)):
        named = set(_named(batch))
        for path in batch:
            young = now - path.stat().st_mtime < _YOUNG_SECONDS
            if str(path.relative_to(data)) not in named and not young:
                path.unlink()
                removed += 1
    return removed


def _named(files: list[Path]) -> Iterator[str]:
    ids = {int(found[1]) for path in files if (found := _OF_DOCUMENT.search(path.name))}
    for docx, pdf in Document.objects.filter(pk__in=ids).values_list("docx", "pdf"):
        yield from (docx, pdf)
