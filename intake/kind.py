"""What a file is, by its first bytes: names and declared types are only hints."""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from io import BytesIO

import olefile  # type: ignore[import-untyped]

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ZIP = "application/zip"
ASIC = "application/vnd.etsi.asic-e+zip"
CMS = "application/pkcs7-mime"
MAIL = "message/rfc822"
SEVEN_ZIP = "application/x-7z-compressed"
RAR = "application/vnd.rar"
MSG = "application/vnd.ms-outlook"
TNEF = "application/ms-tnef"
RECORD = "application/vnd.opika.notification+json"
"""A notification that a clerk wrote down (``parsers.answers``)."""
UNKNOWN = "application/octet-stream"

# What olefile raises at damaged or hostile bytes.
_OLE_FAULTS = (
    OSError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
    OverflowError,
    struct.error,
)

# Everything that zipfile and what unpacks below it raise at hostile bytes.
ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
)

_MAGIC = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
    (b"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
    (b"Rar!\x1a\x07", RAR),
    (b"\x78\x9f\x3e\x22", TNEF),
    (b"-----BEGIN PKCS7", CMS),
    (b"-----BEGIN CMS", CMS),
    (b'{"opika":"notification",', RECORD),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("__properties_version1.0", MSG),
)
# 1.2.840.113549.1.7.2 and .3, signedData and envelopedData, behind the head of a SEQUENCE
_CMS = re.compile(rb"0[\x80-\x84].{0,4}\x06\t\*\x86H\x86\xf7\r\x01\x07[\x02\x03]", re.S)
_HEADER = re.compile(rb"([!-9;-~]{1,76}):[^\n]*(?:\n[ \t][^\n]*)*(?:\n|$)")
_MAIL_HEADERS = frozenset(
    b"from to cc subject date received message-id return-path mime-version content-type "
    b"delivered-to content-transfer-encoding x-mailer reply-to references dkim-signature".split()
)


def kind_of(data: bytes, name: str = "", declared: str = UNKNOWN) -> str:
    """The media type of a file.

    Args:
        data: the whole file.
        name: what the sender called it; decides only where the bytes leave it open.
        declared: what the sender said it is; the answer where nothing is recognised.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data, name)
    if data.startswith(_OLE):
        return _ole_kind(data)
    if _CMS.match(data):
        return CMS
    return _picture_kind(data) or _text_kind(data, name, declared)


def _picture_kind(data: bytes) -> str | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in {b"heic", b"heix", b"mif1", b"msf1", b"hevc"}:
        return "image/heic"
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return "image/bmp"
    return None


def _text_kind(data: bytes, name: str, declared: str) -> str:
    low = name.lower()
    if looks_like_mail(data, least=1 if low.endswith((".eml", ".mht", ".mhtml")) else 2):
        return MAIL
    if b"%PDF-" in data[:1024]:  # with something in front of it, as readers allow
        return PDF
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    if low.endswith((".p7s", ".p7m")) and re.match(rb"M[A-Za-z0-9+/]{10}", data):
        return CMS  # base64 without its PEM lines
    if low.endswith(".txt") and b"\0" not in data:
        return "text/plain"
    return declared


def looks_like_mail(data: bytes, least: int = 2) -> bool:
    """Whether the bytes begin like a mail: header lines, ``least`` of them well known."""
    head = data[:65536].replace(b"\r\n", b"\n").lstrip(b"\n")
    if head.startswith((b"From ", b">From ")):  # a line that mailbox files put in front
        head = head.partition(b"\n")[2]
    if head[:13].lower() == b"content-type:":  # what S/MIME signs: a mail without its head
        return True
    known: set[bytes] = set()
    at = 0
    while (line := _HEADER.match(head, at)) and len(known) < least:
        known.add(line[1].lower())
        known &= _MAIL_HEADERS
        at = line.end()
    return len(known) >= least


def _zip_kind(data: bytes, name: str) -> str:
    low = name.lower()
    if low.endswith((".asice", ".asics", ".sce", ".scs")):
        return ASIC
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            mimetype = archive.open("mimetype").read(200) if "mimetype" in names else b""
    except ZIP_FAULTS:
        # damaged: who reads the kind that its name promises will say so
        return DOCX if low.endswith(".docx") else ZIP
    return _kind_by_members(names, mimetype.decode("ascii", "replace").strip())


def _kind_by_members(names: list[str], mimetype: str) -> str:
    if "asic" in mimetype or any(
        re.match(r"META-INF/.*signatures?.*\.(xml|p7s)$", n) for n in names
    ):
        return ASIC
    if mimetype.startswith("application/"):
        return mimetype
    if "[Content_Types].xml" in names:
        for folder, kind in (("word/", DOCX), ("xl/", XLSX), ("ppt/", PPTX)):
            if any(member.startswith(folder) for member in names):
                return kind
    return ZIP


def _ole_kind(data: bytes) -> str:
    try:
        with olefile.OleFileIO(BytesIO(data)) as storage:
            names = {path[0] for path in storage.listdir()}
    except _OLE_FAULTS:  # a damaged file is known by its bytes
        names = {name for name, _ in _OLE_STREAMS if name.encode("utf-16-le") in data}
    for stream, kind in _OLE_STREAMS:
        if stream in names:
            return kind
    return "application/x-ole-storage"


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, GIF or JPEG; None for anything else."""
    if data.startswith(b"\x89PNG") and len(data) >= 24:
        return struct.unpack(">II", data[16:24])
    if data.startswith(b"GIF8") and len(data) >= 10:
        return struct.unpack("<HH", data[6:10])
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
