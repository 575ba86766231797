"""In the reading process: the mark of registration is put on bytes that came from outside.

Nothing of the journal is imported here, nor what opens files before one is there.
"""

from __future__ import annotations


def mark_print(printed: bytes, mark: bytes, page: int) -> bytes:
    """In the child: put the mark on a PDF, or on the pages of a picture.

    Raises:
        FileError: what is to be printed is damaged or too large.
    """
    from generators.stamping import pages_of, stamped

    if not is_pdf(printed):
        from PIL import Image

        from parsers.picture import open_pictures

        pages = ((Image.fromarray(one.pixels), one.dpi) for one in open_pictures(printed))
        printed = pages_of(pages)
    return stamped(printed, mark, page)


def is_pdf(data: bytes) -> bool:
    """Whether these bytes are a PDF, as its readers know it."""
    return b"%PDF-" in data[:1024]
