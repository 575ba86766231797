import io
import os
import resource
import subprocess
import time
from pathlib import Path

import pdfplumber
import pypdfium2  # type: ignore[import-untyped]
import pytest

from generators import assessment_request, registration_reply
from generators.docx import render
from generators.pdf import Converter
from opika.errors import ConversionError, StorageError
from tests.generators.sample_cards import CENTRE, card, requisites

TEMPLATES = Path(__file__).parents[2] / "templates"
SIGNATURE, EXECUTOR = "Начальник служби Олена ТЕСТОВЕЦЬ", "Марія Прикладенко 050 000 00 00"


def _reply(number: str = "12") -> bytes:
    context = registration_reply.context(card(), requisites(index=number), {})
    return render(TEMPLATES / "registration_reply.docx", context)


def _request_of(paragraphs: int) -> bytes:
    context = assessment_request.context(
        card(True, content="\n".join(["Дитина сама вдома."] * paragraphs)),
        requisites(addressee=CENTRE),
        {},
    )
    return render(TEMPLATES / "assessment_request.docx", context)


def _pages(pdf: bytes) -> list[list[str]]:
    with pypdfium2.PdfDocument(pdf) as opened:
        return [page.get_textpage().get_text_range().splitlines() for page in opened]


def _program(path: Path, script: str) -> str:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_many_documents_come_back_in_their_order_and_nothing_stays(tmp_path: Path) -> None:
    numbers = ["01-12/7", "01-12/8", "01-12/9"]
    pdfs = Converter(tmp_path / "work").convert([_reply(number) for number in numbers])
    for number, pdf in zip(numbers, pdfs, strict=True):
        (page,) = _pages(pdf)
        assert f"04.03.2026 № {number}" in page
        assert page[-2:] == [SIGNATURE, EXECUTOR]
    assert list((tmp_path / "work").iterdir()) == []


def test_a_work_folder_may_be_named_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (pdf,) = Converter(Path("work")).convert([_reply("01-12/7")])
    assert "04.03.2026 № 01-12/7" in _pages(pdf)[0]


def test_signature_never_stands_alone_wherever_the_page_ends(tmp_path: Path) -> None:
    """The story grows line by line so that the page ends at every place near the signature."""
    lengths = range(20, 32)
    pdfs = Converter(tmp_path).convert([_request_of(length) for length in lengths])
    counts = set()
    for pdf in pdfs:
        pages = _pages(pdf)
        counts.add(len(pages))
        last = pages[-1]
        assert last[-2:] == [SIGNATURE, EXECUTOR]
        assert len(last) >= 2 + 2 + 1
        assert [page[0] for page in pages[1:]] == [str(n) for n in range(2, len(pages) + 1)]
        assert pages[0][0] == "Вигаданська міська рада"
    assert len(counts) > 1


def test_margins_of_the_page_are_those_of_the_standard(tmp_path: Path) -> None:
    (pdf,) = Converter(tmp_path).convert([_request_of(30)])
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[0]
        left, right = min(w["x0"] for w in page.chars), max(w["x1"] for w in page.chars)
        assert (round(page.width), round(page.height)) == (595, 842)
        assert left == pytest.approx(30 / 25.4 * 72, abs=2)
        assert page.width - right == pytest.approx(10 / 25.4 * 72, abs=6)
        assert {char["fontname"].split("+")[1] for char in page.chars} == {
            "LiberationSerif",
            "LiberationSerif-Bold",
        }


def test_nothing_to_convert_starts_nothing(tmp_path: Path) -> None:
    assert Converter(tmp_path, program="does-not-exist").convert([]) == []


def test_missing_program_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConversionError) as caught:
        Converter(tmp_path, program="does-not-exist").convert([b"x"])
    assert "LibreOffice не встановлено" in caught.value.clerk_message
    assert list(tmp_path.iterdir()) == []


def test_hang_is_ended_with_all_its_children(tmp_path: Path) -> None:
    started = tmp_path / "child"
    program = _program(tmp_path / "hang", f"sleep 300 & echo $! > {started}; wait")
    converter = Converter(tmp_path / "work", program, start_seconds=0.5, document_seconds=0)
    begun = time.monotonic()
    with pytest.raises(ConversionError, match="1 documents"):
        converter.convert([b"x"])
    assert time.monotonic() - begun < 10
    assert _ended(int(started.read_text()))
    assert list((tmp_path / "work").iterdir()) == []


def test_document_that_is_left_out_is_counted(tmp_path: Path) -> None:
    with pytest.raises(ConversionError, match="2 of 2"):
        Converter(tmp_path / "work", _program(tmp_path / "lazy", "exit 0")).convert([b"x", b"y"])
    assert list((tmp_path / "work").iterdir()) == []


def test_letters_of_a_killed_process_are_removed_and_those_of_a_running_one_are_not(
    tmp_path: Path,
) -> None:
    gone = subprocess.Popen(["/bin/true"])
    gone.wait()
    dead, alive = tmp_path / f"pdf-{gone.pid}-x", tmp_path / f"pdf-{os.getpid()}-x"
    for folder in (dead, alive):
        folder.mkdir()
        (folder / "00000.docx").write_bytes(b"x")
    with pytest.raises(ConversionError):
        Converter(tmp_path, program="does-not-exist").convert([b"x"])
    assert list(tmp_path.iterdir()) == [alive]


def _ended(pid: int) -> bool:
    """Whether the process is gone, or dead and only waiting to be collected."""
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if "State:\tZ" in Path(f"/proc/{pid}/status").read_text():
            return True
        time.sleep(0.1)
    return False


def test_a_disk_that_takes_no_more_is_named(tmp_path: Path) -> None:
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, usual[1]))
    try:
        with pytest.raises(StorageError):
            Converter(tmp_path).convert([b"more than ten bytes"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert list(tmp_path.iterdir()) == []
