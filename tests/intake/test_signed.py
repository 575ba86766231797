"""КЕП containers give their content and the names of their signers, and never a verdict."""

from __future__ import annotations

import base64
from email import message_from_bytes
from pathlib import Path

import pytest
from asn1crypto import cms, pem  # type: ignore[import-untyped]

from intake.signed import names_in_xml, open_signed
from opika.errors import EncryptedFileError, UnreadableFileError

MESSAGES = Path(__file__).parent / "messages"
SIGNER = "ВИГАДАНА ОЛЕНА ІВАНІВНА"


def attachment(mail: str, number: int = 1) -> bytes:
    message = message_from_bytes((MESSAGES / f"{mail}.eml").read_bytes())
    part = message.get_payload(number)
    data = part.get_payload(decode=True)  # type: ignore[union-attr]
    assert isinstance(data, bytes)
    return data


DETACHED = attachment("p7s-detached", 2)
ENVELOPING = attachment("p7s-enveloping")


def test_the_content_comes_out_byte_for_byte_though_it_lies_in_pieces() -> None:
    signed = open_signed(ENVELOPING)
    assert signed.content == attachment("utf8")
    assert signed.signer == SIGNER


@pytest.mark.parametrize(
    "data",
    [ENVELOPING, base64.b64encode(ENVELOPING), pem.armor("PKCS7", ENVELOPING), ENVELOPING + b"\0"],
    ids=["DER", "base64", "PEM", "with something behind it"],
)
def test_every_wrapping_is_opened(data: bytes) -> None:
    assert open_signed(data).content == attachment("utf8")


def test_a_detached_signature_knows_its_file() -> None:
    signed = open_signed(DETACHED)
    assert signed.content is None
    assert signed.fits(attachment("p7s-detached"))
    assert not signed.fits(b"another file")


def test_a_digest_that_nobody_here_can_compute_is_no_fault() -> None:
    info = cms.ContentInfo.load(DETACHED)
    signer = info["content"]["signer_infos"][0]
    signer["digest_algorithm"]["algorithm"] = "1.2.804.2.1.1.1.1.2.1"  # ГОСТ 34.311
    signed = open_signed(info.dump(force=True))
    assert (signed.signer, signed.digests) == (SIGNER, ())


def test_a_signature_without_certificates_names_nobody() -> None:
    info = cms.ContentInfo.load(DETACHED)
    info["content"]["certificates"] = []
    assert open_signed(info.dump(force=True)).signer == ""


def test_an_encrypted_envelope_says_so() -> None:
    with pytest.raises(EncryptedFileError):
        open_signed(attachment("p7m-encrypted"))


@pytest.mark.parametrize(
    "data", [b"", b"0\x80", b"M!!", b"-----BEGIN PKCS7-----\nx", b"0\x03\x06\x01\x01"]
)
def test_what_is_no_container_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        open_signed(data)


def test_the_signer_of_an_xml_signature_is_named() -> None:
    certificate = cms.ContentInfo.load(DETACHED)["content"]["certificates"][0].chosen.dump()
    xml = b"<ds:X509Certificate>" + base64.encodebytes(certificate) + b"</ds:X509Certificate>"
    assert names_in_xml(b"<ds:Signature>" + xml + b"</ds:Signature>") == SIGNER
    assert names_in_xml(b"<X509Certificate>AAAA</X509Certificate>") == ""
    assert names_in_xml(b"\xff not xml") == ""
