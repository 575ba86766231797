"""Whether a file breaks off before the end that its format demands.

A scanner that feeds many pages may rest between two of them for longer than a file is watched for;
what it has written by then looks whole by its size and time alone.
"""

from __future__ import annotations

_NEAR = 2_048
# The end of a zip may carry a comment of up to 64 KB.
_ZIP_END = 66_000


def is_unfinished(data: bytes) -> bool:
    """True for a PDF, JPEG, PNG, TIFF or zip (also DOCX, ODT) without its end.

    Of other formats nothing is known: False. A whole file with much added behind its end is taken
    for an unfinished one too.
    """
    if data.startswith(b"%PDF"):
        return b"%%EOF" not in data[-_NEAR:]
    if data.startswith(b"\xff\xd8\xff"):
        return b"\xff\xd9" not in data[-_NEAR:]
    if data.startswith(b"\x89PNG"):
        return b"IEND" not in data[-_NEAR:]
    if data.startswith(b"PK\x03\x04"):
        return b"PK\x05\x06" not in data[-_ZIP_END:]
    if data.startswith((b"II*\0", b"MM\0*")):
        # where the first directory of the picture stands; 0 until it has been written
        first = int.from_bytes(data[4:8], "little" if data.startswith(b"II") else "big")
        return not 8 <= first < len(data)
    return False
