"""The signed copy of a letter: kept to the byte, compared where it can be, and what is sent."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from asn1crypto import cms  # type: ignore[import-untyped]
from click.testing import CliRunner, Result
from PIL import Image

from opika.cli import opika
from opika.errors import EncryptedFileError, FileError, JournalError, TooLargeFileError
from tests.intake.test_signed import DETACHED, ENVELOPING, SIGNER, attachment
from tests.opika.post_office import REPLY, REQUEST, PostOffice

Run = Callable[..., Result]


def enveloping(data: bytes) -> bytes:
    """A КЕП container round a file; its signature is of another one, which nobody here can see."""
    info = cms.ContentInfo.load(ENVELOPING)
    inner = {"content_type": "data", "content": data}
    info["content"]["encap_content_info"] = inner
    whole: bytes = info.dump(force=True)
    return whole


def asic(*files: bytes, kind: str = "e", signed: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.etsi.asic-{kind}+zip")
        for number, data in enumerate(files):
            archive.writestr(f"лист-{number}.pdf", data)
        if signed:
            archive.writestr("META-INF/signature001.p7s", DETACHED)
    return out.getvalue()


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("L", (200, 300), 255).save(out, kind)
    return out.getvalue()


@pytest.fixture
def run(post: PostOffice) -> Run:
    def run(*words: object) -> Result:
        config = ["--config", str(post.folder / "pipeline.toml")]
        # The clock of the machine is months after the day on which the letters were approved.
        with patch("opika.pipeline.datetime") as clock:
            clock.now.side_effect = lambda _zone: post.office.clock()
            return CliRunner().invoke(opika, [*config, *map(str, words)])

    return run


def rendered(post: PostOffice, document: int = REPLY) -> bytes:
    from journal import documents

    with post.office.open() as pipeline:
        return (pipeline.data / documents.rendering(document).pdf).read_bytes()


def scan(post: PostOffice, name: str = "Лист про Вигаданюка.pdf", data: bytes = b"") -> Path:
    path = post.folder / name
    path.write_bytes(data or rendered(post) + b"\n")
    return path


def shown(run: Run, document: int = REPLY) -> dict[str, object]:
    found = json.loads(run("journal", "show", 1, "--json").output)["documents"]
    return next(one for one in found if one["id"] == document)


@pytest.mark.parametrize(
    ("name", "make", "ending", "media_type"),
    [
        ("a.p7s", enveloping, "p7s", "application/pkcs7-mime"),
        ("a.p7m", lambda pdf: enveloping(enveloping(pdf)), "p7m", "application/pkcs7-mime"),
        ("a.asice", asic, "asice", "application/vnd.etsi.asic-e+zip"),
        ("a.zip", lambda pdf: asic(pdf, kind="s"), "asics", "application/vnd.etsi.asic-s+zip"),
    ],
)
def test_a_container_with_the_document_in_it_is_what_is_sent(
    post: PostOffice,
    run: Run,
    name: str,
    make: Callable[[bytes], bytes],
    ending: str,
    media_type: str,
) -> None:
    whole = make(rendered(post))
    said = run("sign", REPLY, scan(post, name, whole)).output
    assert "саме погоджений документ" in said
    assert f"{SIGNER} (підпис не перевірено)" in said
    assert run("send", REPLY).exit_code == 0
    (mail,) = post.smtp.mails
    (sent,) = mail.message.iter_attachments()
    assert sent.get_content_type() == media_type
    assert sent.get_payload(decode=True) == whole
    assert str(sent.get_filename()).endswith(f".{ending}")
    assert "електронним підписом" in mail.message.get_body().get_content()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "data", "ending"),
    [("a.jpg", picture("JPEG"), "jpg"), ("a.tif", picture("TIFF"), "tiff"), ("a.pdf", b"", "pdf")],
)
def test_a_scan_cannot_be_compared_and_is_sent_as_it_is(
    post: PostOffice, run: Run, name: str, data: bytes, ending: str
) -> None:
    path = scan(post, name, data)
    assert "не порівнюється" in run("sign", REPLY, path).output
    listed = json.loads(run("send", "--list", "--json").output)
    assert [one["state"] for one in listed] == ["signed", "approved"]
    assert run("send", REPLY).exit_code == 0
    (sent,) = post.smtp.mails[0].message.iter_attachments()
    assert (sent.get_payload(decode=True), shown(run)["state"]) == (path.read_bytes(), "sent")
    assert str(sent.get_filename()).endswith(f".{ending}")


def test_what_is_not_the_signed_document_is_refused_in_words(post: PostOffice, run: Run) -> None:
    pdf, other = rendered(post), rendered(post, REQUEST)
    refused: list[tuple[str, bytes, type[Exception], str]] = [
        ("a.p7s", enveloping(other), JournalError, "не цей документ"),
        ("a.asice", asic(pdf, other), JournalError, "не лише його"),
        ("a.asice", asic(), FileError, "пошкоджено"),
        ("a.asice", asic(pdf, signed=False), FileError, "немає підпису"),
        ("a.p7s", DETACHED, FileError, "лише підпис"),
        ("a.p7m", attachment("p7m-encrypted"), EncryptedFileError, "без шифрування"),
        ("a.pdf", pdf, JournalError, "без підпису"),
        ("a.pdf", other, JournalError, "без підпису"),
        ("a.pdf", pdf[:400], FileError, "пошкоджено"),
        ("a.jpg", picture("JPEG")[:200], FileError, "пошкоджено"),
        ("a.p7s", enveloping(pdf)[:-900], FileError, "пошкоджено"),
        ("a.docx", b"PK\x03\x04", FileError, "Додайте скан"),
        ("a.txt", b"hello", FileError, "Додайте скан"),
        ("a.pdf", b" " * (50 * 1024 * 1024 + 1), TooLargeFileError, "найбільше 50 МБ"),
    ]
    for name, data, fault, words in refused:
        error = run("sign", REPLY, scan(post, name, data)).exception
        assert isinstance(error, fault), (name, words, error)
        assert words in error.clerk_message, (name, words)  # type: ignore[attr-defined]
    (post.folder / "empty.pdf").touch()
    for name in ("empty.pdf", "none.pdf"):
        assert isinstance(run("sign", REPLY, post.folder / name).exception, FileError)
    assert isinstance(run("sign", 99, scan(post)).exception, JournalError)
    assert shown(run)["state"] == "approved"
    assert run("journal", "verify").exit_code == 0


def test_it_is_replaced_only_for_a_reason_and_never_after_it_has_left(
    post: PostOffice, run: Run
) -> None:
    from journal.models import History, Original

    first, second = picture("JPEG"), picture("TIFF")
    assert run("sign", REPLY, scan(post, "1.jpg", first)).exit_code == 0
    again = json.loads(run("sign", REPLY, scan(post, "1.jpg", first), "--json").output)
    assert (again["state"], again["compared"], again["signer"]) == ("signed", False, None)
    refused = run("sign", REPLY, scan(post, "2.tif", second)).exception
    assert "--why" in refused.clerk_message  # type: ignore[union-attr]
    assert run("sign", REPLY, post.folder / "2.tif", "--why", "не той аркуш").exit_code == 0
    signed = shown(run)["signed"]
    assert isinstance(signed, dict)
    assert signed["name"].endswith(".tiff")
    assert "Вигад" not in signed["name"]
    with post.office.open() as pipeline:
        rows = History.objects.filter(subject=f"document:{REPLY}", action="signed")
        assert rows.count() == 2
        kept = Original.objects.values_list("pk", flat=True)
        assert {pipeline.originals.get(one) for one in kept} >= {first, second}
        path = pipeline.originals.path(signed["sha256"])
    assert "підпис не перевірено" in run("journal", "show", 1).output
    assert run("send", REPLY).exit_code == 0
    late = run("sign", REPLY, post.folder / "1.jpg", "--why", "пізно").exception
    assert "уже надіслано" in late.clerk_message  # type: ignore[union-attr]
    assert run("journal", "verify").exit_code == 0
    path.chmod(0o600)
    path.write_bytes(b"changed")
    assert run("journal", "verify").exit_code == 1


def test_a_copy_that_was_changed_or_is_overtaken_does_not_leave(post: PostOffice, run: Run) -> None:
    run("sign", REPLY, scan(post, "1.jpg", picture("JPEG")))
    run("sign", REQUEST, scan(post, "2.jpg", picture("JPEG")))
    with post.office.open() as pipeline:
        path = pipeline.originals.path(str(shown(run)["signed"]["sha256"]))  # type: ignore[index]
    kept = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(b"changed")
    assert "змінено або втрачено" in run("send", REPLY).output
    path.write_bytes(kept)
    assert run("journal", "correct", 1, "address=с. Нове", "--why", "уточнено").exit_code == 0
    assert "застарів" in run("send", REPLY).output
    assert (shown(run)["state"], shown(run)["stale"]) == ("signed", True)
    refused = run("sign", REPLY, scan(post, "3.jpg", picture("JPEG")), "--why", "x").exception
    assert f"void --document {REPLY}" in refused.clerk_message  # type: ignore[union-attr]
    assert post.smtp.mails == []
    anew = run("draft", "registration_reply", 1, "--anew", "--why", "уточнено адресу")
    assert anew.exit_code == 0
    assert (shown(run)["state"], shown(run)["index"] is None) == ("void", False)


def test_a_letter_that_came_back_goes_again_as_it_was_signed(post: PostOffice, run: Run) -> None:
    from journal import sending

    data = picture("JPEG")
    run("sign", REQUEST, scan(post, "1.jpg", data))
    assert run("send", REQUEST).exit_code == 0
    with post.office.open() as pipeline:
        rules = pipeline.clock_rules
        sending.bounced(REQUEST, now=pipeline.clock(), actor="тест", rules=rules)
    assert run("send", "--again", REQUEST, "--why", "скриньку звільнено").exit_code == 0
    for mail in post.smtp.mails:
        (sent,) = mail.message.iter_attachments()
        assert sent.get_payload(decode=True) == data
    assert len(post.smtp.mails) == 2


def test_who_is_in_office_on_the_day_of_approval_signs(post: PostOffice, run: Run) -> None:
    from journal import documents

    path = post.folder / "pipeline.toml"
    acting = (
        '\nplace = "с. Вигадане"\nacting = [{ name = "Ганна ЗАСТУПНА", position = "В. о. начальника '
        'служби", from = "2026-03-05", to = "2026-03-06" }]\n'
    )
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\nhead = {", f"{acting}head = {{", 1), encoding="utf-8")
    assert run("journal", "correct", 1, "address=с. Нове", "--why", "уточнено").exit_code == 0
    run("draft", "registration_reply", 1, "--anew", "--why", "уточнено")
    new = max(
        one["id"] for one in json.loads(run("journal", "show", 1, "--json").output)["documents"]
    )
    with post.office.open():
        before = documents.rendering(new)
    post.office.clock.now += timedelta(days=1)
    said = run("approve", new).output
    assert "сьогодні підписує Ганна ЗАСТУПНА" in said
    with post.office.open() as pipeline:
        after = documents.rendering(new)
        assert (before.context["підписант"], after.context["підписант"]) == (
            "Олена ПРИКЛАДЕНКО",
            "Ганна ЗАСТУПНА",
        )
        assert before.docx != after.docx
        assert (pipeline.data / after.pdf).is_file()
    assert run("journal", "verify").exit_code == 0
