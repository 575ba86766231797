"""What a file is that is said to be a signed document; runs in a reading process (promise 8)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from intake import kind
from intake.part import Limits, Part
from opika.errors import EncryptedFileError, TooLargeFileError, UnreadableFileError

_SCANS = {kind.PDF: "pdf", "image/jpeg": "jpg", "image/tiff": "tiff"}
WHAT_TO_BRING = (
    "Додайте скан підписаного документа (PDF, JPG, TIFF) або контейнер КЕП (.p7s, .p7m, .asice, "
    ".asics)."
)


@dataclass(frozen=True, slots=True)
class Look:
    """What a file is that is said to be the signed copy of a document.

    Attributes:
        ending: of the name under which it is sent.
        signed: digests of the files that were signed; None: a scan.
        signer: names from the certificates, joined by "; "; the signature is never verified.
    """

    ending: str
    signed: frozenset[str] | None = None
    signer: str = ""


def look_at(data: bytes, name: str, limits: Limits) -> Look:
    """What the file is.

    Raises:
        FileError: it is damaged, encrypted, too large or of another kind.
    """
    media_type = kind.kind_of(data, name)
    if media_type in _SCANS:
        _check_scan(data, media_type)
        return Look(_SCANS[media_type])
    if media_type in {kind.CMS, kind.ASIC}:
        return _container(data, name, media_type, limits)
    raise UnreadableFileError("neither scan nor container", clerk_message=WHAT_TO_BRING)


def _check_scan(data: bytes, media_type: str) -> None:
    """See that the file can be opened and has a page."""
    if media_type == kind.PDF:
        from parsers.pdf import page_count

        pages = page_count(data)
    else:
        from parsers.picture import open_pictures

        pages = sum(1 for _ in open_pictures(data))
    if not pages:
        raise UnreadableFileError("no page")


def _container(data: bytes, name: str, media_type: str, limits: Limits) -> Look:
    from intake.envelope import unpack

    parts = unpack(data, name, limits).parts
    _check_parts(parts)
    if media_type == kind.ASIC and not _has_signature(data):
        raise UnreadableFileError(
            "no signature", clerk_message="У контейнері немає підпису. Підпишіть документ знову."
        )
    signers = dict.fromkeys(name for part in parts for name in part.signer.split("; ") if name)
    digests = frozenset(sha256(part.data).hexdigest() for part in parts)
    return Look(_ending(data, name, media_type), digests, "; ".join(signers))


def _check_parts(parts: Iterable[Part]) -> None:
    faults = {part.fault for part in parts if part.fault}
    for fault in (EncryptedFileError, TooLargeFileError):
        if fault.reason in faults:
            raise fault(f"a container that is {fault.reason}")
    if faults:
        raise UnreadableFileError("damaged container")
    if any(part.role == "signature" for part in parts):
        raise UnreadableFileError(
            "a detached signature",
            clerk_message="Це лише підпис, без самого документа. Підпишіть так, щоб документ і "
            "підпис були в одному файлі (.p7s із даними або .asice), і додайте цей файл.",
        )


def _has_signature(data: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = [one.lower() for one in archive.namelist()]
    return any(one.startswith("meta-inf/") and "signature" in one for one in names)


def _ending(data: bytes, name: str, media_type: str) -> str:
    if media_type == kind.CMS:
        return "p7m" if name.lower().endswith(".p7m") else "p7s"
    return "asics" if b"asic-s+zip" in data[:200] else "asice"
