"""A DOCX as a zip of parts: read whole, written with the same bytes for the same parts."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

# The earliest time that a zip can hold: a document's bytes must not depend on the clock.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# Word writes its user's name, company and habits here; a letter must carry none of them.
_CLEAN = {
    "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"/>',
    "docProps/app.xml": f'<Properties xmlns="{_OFFICE}/extended-properties"/>',
    "docProps/custom.xml": f'<Properties xmlns="{_OFFICE}/custom-properties"/>',
}


def unpack(data: bytes) -> dict[str, bytes]:
    """The parts of a DOCX by name, in the order of the file.

    Raises:
        ValueError: the bytes are no DOCX, or a damaged one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as err:
        raise ValueError("not a readable zip") from err
    if "word/document.xml" not in parts:
        raise ValueError("no word/document.xml")
    return parts


def pack(parts: Mapping[str, bytes], base: bytes = b"") -> bytes:
    """A DOCX of these parts: fixed times, and file properties that name nobody.

    Args:
        parts: the parts by name.
        base: a package to which they are added, so that what never changes is packed once.
    """
    target = io.BytesIO()
    target.write(base)
    with zipfile.ZipFile(target, "a") as package:
        for name, data in parts.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            clean = _CLEAN.get(name)
            package.writestr(member, data if clean is None else (_HEAD + clean).encode())
    return target.getvalue()
