"""Hostile mail through the main job: bounded, in triage with its reason, and nothing else held up."""

from __future__ import annotations

import base64
import io
import resource
import time
import zipfile
from itertools import pairwise

import pytest

from tests.intake.test_archives import LOCKED_7Z
from tests.opika.office import Office, mail
from tests.opika.test_flow import entries, form, waiting
from tests.parsers.pdffile import pdf
from tests.parsers.wordfile import W, docx

HIDDEN = "таємниця цієї машини"
_MEGABYTE = 1024 * 1024


def xml(doctype: str, text: str) -> bytes:
    body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
    document = f'{doctype}<w:document xmlns:w="{W}">{body}</w:document>'
    return docx("", parts={"word/document.xml": document})


def zip_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"{number}.txt", b"\0" * 100 * _MEGABYTE)
    return buffer.getvalue()


def xml_bomb() -> bytes:
    names = "abcdefghij"
    steps = [f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in pairwise(names)]
    return xml(f'<!DOCTYPE w [<!ENTITY a "ha">{"".join(steps)}]>', "&j;")


def traversal() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("../../../../etc/cron.d/opika", "/etc/passwd", "..\\..\\boot.ini", "a\0b.txt"):
            archive.writestr(name, "Лист без форми.")
    return buffer.getvalue()


def deep_pages(depth: int) -> bytes:
    """A PDF whose pages lie in each other so deep, with as many arrays in arrays beside them."""
    kids = [f"<</Type/Pages/Kids[{n + 1} 0 R]/Count 1>>" for n in range(2, depth + 2)]
    objects = ["<</Type/Catalog/Pages 2 0 R>>", *kids, "<</Type/Page/Contents 0 0 R>>"]
    objects.append("[" * depth + "]" * depth)
    out, places = b"%PDF-1.4\n", []
    for number, held in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{held}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail += f"trailer\n<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{len(out)}\n%%EOF"
    return out + tail.encode()


def memory() -> int:
    """The most bytes that this process has ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def reasons(office: Office, **attachments: bytes) -> dict[str, set[str]]:
    """Each file in a mail of its own, beside a good form in another; the reasons of their triage."""
    for name, data in attachments.items():
        stem, _, ending = name.rpartition("_")
        office.mail("ssd", mail((f"{stem}.{ending}", data), subject=name, body=""))
    office.mail("ssd", mail(("добра.docx", form(1))))
    assert office.once().ok
    assert [entry.number for entry in entries()] == ["1"]
    cards = waiting()
    assert len(cards) == len(attachments)
    return {
        name: {card.reason, *(file.reason for file in card.files if file.outcome == "triage")}
        for name, card in zip(attachments, cards, strict=True)
    }


def test_bombs_entities_and_locks_wait_with_their_reason(office: Office) -> None:
    (office.folder / "secret.txt").write_text(HIDDEN, encoding="utf-8")
    entity = f'<!DOCTYPE w [<!ENTITY s SYSTEM "file://{office.folder}/secret.txt">]>'
    lock = "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{0}>/U<{0}>>>/ID[<01><01>]".format("41" * 32)
    started, before = time.monotonic(), memory()
    found = reasons(
        office,
        zip_bomb_zip=zip_bomb(),
        xml_bomb_docx=xml_bomb(),
        entity_docx=xml(entity, "&s;"),
        locked_7z=base64.b64decode(LOCKED_7Z[0]),
        locked_pdf=pdf("BT ET", trailer=lock),
        names_zip=traversal(),
    )
    assert found == {
        "zip_bomb_zip": {"hostile"},
        "xml_bomb_docx": {"hostile"},
        "entity_docx": {"hostile"},
        "locked_7z": {"encrypted"},
        "locked_pdf": {"encrypted"},
        "names_zip": {"not a form"},
    }
    assert memory() - before < 300 * _MEGABYTE
    assert time.monotonic() - started < 120
    assert HIDDEN not in "".join(file.text for card in waiting() for file in card.files)
    names = {file.name for card in waiting() for file in card.files}
    assert not {name for name in names if "/" in name or "\\" in name or "\0" in name}


@pytest.mark.long
def test_a_pdf_ten_thousand_deep_a_large_and_a_crowded_mail_stay_in_bounds(office: Office) -> None:
    before, started = memory(), time.monotonic()
    office.mail("ssd", mail(("глибока.pdf", deep_pages(10_000)), subject="1", body=""))
    large = b"\xff\xd8\xff" + bytes(30 * _MEGABYTE)
    office.mail("ssd", mail(("велика.jpg", large), subject="2", body=""))
    crowd = [(f"{number}.txt", f"Лист {number} без форми.".encode()) for number in range(1_000)]
    office.mail("ssd", mail(*crowd, subject="3", body=""))
    office.mail("ssd", mail(("добра.docx", form(1))))
    assert office.once().ok
    assert [entry.number for entry in entries()] == ["1"]
    deep, big, many = waiting()
    assert deep.reason in {"hostile", "unreadable", "not a form"}
    assert big.reason in {"unreadable", "hostile", "too large"}
    assert (many.reason, len(many.files)) == ("too large", 201)
    assert memory() - before < 600 * _MEGABYTE
    assert time.monotonic() - started < 300
