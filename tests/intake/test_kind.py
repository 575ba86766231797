"""What a file is, is told by its bytes."""

from __future__ import annotations

import io
import zipfile

import pytest

from intake.kind import kind_of, picture_size

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100


def zipped(*names: str, mimetype: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, b"x")
    return buffer.getvalue()


ODT = b"application/vnd.oasis.opendocument.text"
KINDS = [
    (b"%PDF-1.7", "application/pdf"),
    (b"\n\n junk %PDF-1.7", "application/pdf"),
    (b"\xff\xd8\xff\xe0", "image/jpeg"),
    (b"II*\0\0", "image/tiff"),
    (b"RIFF\0\0\0\0WEBP", "image/webp"),
    (b"\0\0\0\x18ftypheic", "image/heic"),
    (b"{\\rtf1 x", "application/rtf"),
    (OLE + "WordDocument".encode("utf-16-le"), "application/msword"),
    (OLE + "Workbook".encode("utf-16-le"), "application/vnd.ms-excel"),
    (OLE, "application/x-ole-storage"),
    (zipped("[Content_Types].xml", "word/document.xml"), "document.wordprocessingml.document"),
    (zipped("[Content_Types].xml", "xl/workbook.xml"), "document.spreadsheetml.sheet"),
    (zipped("META-INF/manifest.xml", mimetype=ODT), ODT.decode()),
    (zipped("a.pdf", "META-INF/signatures001.xml"), "application/vnd.etsi.asic-e+zip"),
    (
        zipped("a.pdf", mimetype=b"application/vnd.etsi.asic-s+zip"),
        "application/vnd.etsi.asic-e+zip",
    ),
    (zipped("word/a.docx"), "application/zip"),
    (b"7z\xbc\xaf'\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07\x01\0", "application/vnd.rar"),
    (b"Rar!\x1a\x07\0", "application/vnd.rar"),
    (b"-----BEGIN PKCS7-----\n", "application/pkcs7-mime"),
    (b"\xef\xbb\xbf<!DOCTYPE html><p>", "text/html"),
    (b"Received: x\r\n by y\r\nFrom: a\r\n\r\n", "message/rfc822"),
    (b"From: a\r\nSubject: b\r\n\r\n%PDF-1.4", "message/rfc822"),
    ("Від: директора\nКому: службі\n".encode(), "application/octet-stream"),
    (b"From: a\nHello: b\n", "application/octet-stream"),
]


@pytest.mark.parametrize(("data", "kind"), KINDS, ids=[kind[-20:] for _data, kind in KINDS])
def test_the_bytes_tell_whatever_the_name_says(data: bytes, kind: str) -> None:
    assert kind_of(data, "a.bin").endswith(kind)


def test_what_the_bytes_leave_open_the_sender_decides() -> None:
    assert kind_of(b"x", "a.bin", "text/csv") == "text/csv"
    assert kind_of(b"x", "a.txt") == "text/plain"
    assert kind_of(b"From: a\n\nx", "a.eml") == "message/rfc822"


def test_pictures_are_measured() -> None:
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big")
    segment = b"\xff\xe0\0\x04xx"
    jpeg = b"\xff\xd8" + segment + b"\xff\xc2\0\x0b\x08\x01\xe0\x02\x80"
    assert picture_size(png) == (640, 480)
    assert picture_size(b"GIF89a\x80\x02\xe0\x01") == (640, 480)
    assert picture_size(jpeg) == (640, 480)
    assert picture_size(b"\xff\xd8\xff") is None
    assert picture_size(b"BM") is None
