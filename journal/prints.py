"""What the paper of a notification is made from: the original that its form was read from."""

from __future__ import annotations

from dataclasses import dataclass

from journal.models import Form
from journal.work import is_written_down


@dataclass(frozen=True, slots=True)
class Original:
    """The file in which a notification came.

    Attributes:
        sha256: digest of its bytes.
        text: what was read in it.
        page: where its form begins, from 1.
        written_down: a clerk's own record, which was never paper.
    """

    sha256: str
    text: str
    page: int
    written_down: bool


def original_of(entry_id: int) -> Original | None:
    """The original of an entry's first form; None where there is none, as in the paper book."""
    kept = Form.objects.filter(entry=entry_id, file__original__erased_at__isnull=True)
    form = kept.exclude(file__original=None).select_related("file__arrival").order_by("pk").first()
    if form is None:
        return None
    pages = [place["page"] for place in form.places.values() if place.get("page")]
    return Original(
        sha256=str(form.file.original_id),
        text=form.file.text,
        page=min(pages, default=1),
        written_down=is_written_down(form.file),
    )
