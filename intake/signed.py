"""КЕП containers: the file that was signed, and the names of those who signed it.

Nothing is verified here: Ukrainian signatures use ДСТУ 4145, which no library at hand can check.
asn1crypto only takes the structure apart, so it does not matter which algorithm was used.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from asn1crypto import cms, core, pem, x509  # type: ignore[import-untyped]

from opika.errors import EncryptedFileError, UnreadableFileError

_CONTENT = (core.OctetString, core.ParsableOctetString)
_CERTIFICATE = re.compile(rb"<(?:\w+:)?X509Certificate>([^<]+)<")


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature: its content, or what it says of a content that lies elsewhere.

    Attributes:
        content: the signed bytes; None where the signature is detached.
        signer: names from the certificates, joined by "; "; "" where there are none.
        digests: of the content, as (algorithm of hashlib, digest), where it is named.
    """

    content: bytes | None
    signer: str
    digests: tuple[tuple[str, bytes], ...]

    def fits(self, data: bytes) -> bool:
        """Whether a detached signature speaks of these bytes."""
        return any(hashlib.new(name, data).digest() == digest for name, digest in self.digests)


def open_signed(data: bytes) -> Signed:
    """Take a .p7s or .p7m apart (DER, BER, PEM, or bare base64).

    Raises:
        EncryptedFileError: it is an encrypted envelope.
        UnreadableFileError: it is damaged or something else.
    """
    try:
        info = cms.ContentInfo.load(_der(data))
        kind = info["content_type"].native
        if kind == "signed_data":
            return _signed(info["content"])
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        raise UnreadableFileError("damaged signature container") from error
    if kind in {"enveloped_data", "encrypted_data", "authenticated_enveloped_data"}:
        raise EncryptedFileError("encrypted container")
    raise UnreadableFileError("a container of another kind")


def _der(data: bytes) -> bytes:
    if pem.detect(data):
        return bytes(pem.unarmor(data)[2])
    if data[:1] == b"M":
        return base64.b64decode(data)
    return data


def _signed(data: cms.SignedData) -> Signed:
    inner = data["encap_content_info"]["content"]
    content = bytes(inner) if isinstance(inner, _CONTENT) else None
    certificates = [
        choice.chosen for choice in data["certificates"] or () if choice.name == "certificate"
    ]
    signers = list(data["signer_infos"])
    wanted = {_serial(signer) for signer in signers} - {None}
    own = [c for c in certificates if c.serial_number in wanted] or certificates
    digests = tuple(found for signer in signers if (found := _digest(signer)))
    return Signed(content, names(own), digests)


def _serial(signer: cms.SignerInfo) -> int | None:
    sid = signer["sid"]
    return sid.chosen["serial_number"].native if sid.name == "issuer_and_serial_number" else None


def _digest(signer: cms.SignerInfo) -> tuple[str, bytes] | None:
    name = signer["digest_algorithm"]["algorithm"].native
    if name not in hashlib.algorithms_guaranteed:  # ГОСТ 34.311: nobody here can compute it
        return None
    for attribute in signer["signed_attrs"] or ():
        if attribute["type"].native == "message_digest":
            return name, attribute["values"][0].native
    return None


def names(certificates: Iterable[x509.Certificate]) -> str:
    """The names in certificates as they stand there, joined by "; "."""
    found: list[str] = []
    for certificate in certificates:
        name = certificate.subject.native.get("common_name", "")
        text = name if isinstance(name, str) else " ".join(name)
        if text and text not in found:
            found.append(text)
    return "; ".join(found)


def names_in_xml(signature: bytes) -> str:
    """The names in the certificates of an XAdES signature."""
    try:
        return names(
            x509.Certificate.load(base64.b64decode(found))
            for found in _CERTIFICATE.findall(signature)
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
