"""A LibreOffice that stays is quicker, and nobody notices else: nor when it hangs, dies or is killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from generators import soffice
from generators.pdf import Converter
from generators.resident import Resident
from tests.generators.small_templates import template

# Stays once its document is open; further calls write what they were given, or hang.
FAKE = """#!/bin/sh
profile=$1
for last; do :; done
case "$last" in
  */open.txt) touch "$(dirname "$last")/.~lock.open.txt#"; sleep 300 & wait;;
esac
echo "$profile" >> {calls}
while [ "$1" != --outdir ]; do shift; done
shift 2
for one; do
  if grep -q hang "$one" && [ "$(dirname "$one")/profile" != "${{profile#*file://}}" ]; then
    echo half > "${{one%docx}}pdf"; sleep 300
  fi
  sed s/docx/pdf/ "$one" > "${{one%docx}}pdf"
done
"""


class Office:
    """A converter with a made-up LibreOffice, and what it was asked."""

    def __init__(self, folder: Path, **settings: float) -> None:
        self.work, self._calls = folder / "work", folder / "calls"
        program = folder / "soffice"
        program.write_text(FAKE.format(calls=self._calls))
        program.chmod(0o755)
        self.resident = Resident(str(program), **settings)  # type: ignore[arg-type]
        self.converter = Converter(
            self.work, str(program), document_seconds=0.5, resident=self.resident
        )

    def profiles(self) -> list[str]:
        """The profile with which each call was made."""
        return self._calls.read_text().split()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Callable[..., Office]]:
    made: list[Office] = []

    def make(**settings: float) -> Office:
        made.append(Office(tmp_path, **settings))
        return made[-1]

    yield make
    for one in made:
        one.resident.close()
        assert list(one.work.iterdir()) == []


def _soon(holds: Callable[[], bool]) -> bool:
    for _ in range(100):
        if holds():
            return True
        time.sleep(0.05)
    return False


def _running(word: str) -> list[int]:
    """The processes, beside the dead, whose command has this word."""
    pids = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    return [pid for pid in pids if word in _command(pid) and pid != os.getpid()]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""


def _text(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as opened:
        return str(opened[0].get_textpage().get_text_range()).strip()


def test_letters_one_soon_after_another_share_a_libreoffice_that_leaves_nothing(
    tmp_path: Path,
) -> None:
    docs = [template(tmp_path / f"{n}.docx", f"лист {n}").read_bytes() for n in range(4)]
    resident = Resident()
    converter = Converter(tmp_path / "work", resident=resident)
    assert _text(converter.convert(docs[:1])[0]) == "лист 0"
    assert _running(str(tmp_path)) == []
    assert [_text(pdf) for pdf in converter.convert(docs[1:3])] == ["лист 1", "лист 2"]
    stayed = _running("soffice.bin")
    (folder,) = (tmp_path / "work").iterdir()
    assert soffice.socket_of(folder).is_socket()
    assert _text(converter.convert(docs[3:])[0]) == "лист 3"
    assert set(stayed) & set(_running(str(tmp_path)))
    assert not [path for path in folder.rglob("*") if path.suffix in {".docx", ".pdf"}]
    resident.close()
    assert list((tmp_path / "work").iterdir()) == []
    assert not soffice.socket_of(folder).exists()
    assert _soon(lambda: not _running(str(tmp_path)))


def test_a_call_alone_starts_none_and_the_next_ones_share_it(office: Callable[..., Office]) -> None:
    one = office()
    for number in range(4):
        assert one.converter.convert([b"docx %d" % number]) == [b"pdf %d" % number]
    first, *others = one.profiles()
    assert len(set(others)) == 1 and first not in others


def test_after_so_many_documents_a_fresh_one_takes_its_place(
    office: Callable[..., Office],
) -> None:
    one = office(documents=4)
    for _ in range(5):
        assert one.converter.convert([b"docx", b"docx"]) == [b"pdf", b"pdf"]
    _, *others = one.profiles()
    assert [others.index(profile) for profile in others] == [0, 0, 2, 2]


def test_one_that_hangs_is_ended_and_the_letter_is_made_without_it(
    office: Callable[..., Office],
) -> None:
    one = office()
    one.converter.convert([b"docx"])
    assert one.converter.convert([b"docx", b"docx hang"]) == [b"pdf", b"pdf hang"]
    assert list(one.work.iterdir()) == []
    assert one.converter.convert([b"docx"]) == [b"pdf"]
    assert len(list(one.work.iterdir())) == 1


def test_one_that_has_died_is_replaced(office: Callable[..., Office]) -> None:
    one = office()
    for _ in range(2):
        one.converter.convert([b"docx"])
    (folder,) = one.work.iterdir()
    opened = [pid for pid in _running(f"{folder}/open.txt") if "guard" not in _command(pid)]
    for pid in opened:
        os.kill(pid, signal.SIGKILL)
    assert opened and _soon(lambda: not _running(str(folder)))
    assert one.converter.convert([b"docx"]) == [b"pdf"]
    (fresh,) = one.work.iterdir()
    assert fresh != folder


def test_one_that_nobody_needs_is_ended(office: Callable[..., Office]) -> None:
    one = office(idle_seconds=0.4)
    for _ in range(3):
        one.converter.convert([b"docx"])
        time.sleep(0.1)
    assert list(one.work.iterdir())
    assert _soon(lambda: not list(one.work.iterdir()))
    assert _running(f"{one.work}") == []


def test_one_whose_process_is_killed_goes_with_it(tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text(FAKE.format(calls=tmp_path / "calls"))
    program.chmod(0o755)
    work = tmp_path / "work"
    script = (
        "import sys, time; from pathlib import Path; from generators.pdf import Converter\n"
        "from generators.resident import Resident\n"
        "program, work = sys.argv[1:]\n"
        "converter = Converter(Path(work), program, resident=Resident(program))\n"
        "for _ in range(2): converter.convert([b'docx'])\n"
        "print('stands', flush=True); time.sleep(60)\n"
    )
    words = [sys.executable, "-c", script, str(program), str(work)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as process:  # noqa: S603
        assert process.stdout and process.stdout.readline() == b"stands\n"
        assert _running(f"{work}")
        process.kill()
    assert _soon(lambda: not _running(f"{work}") and not list(work.iterdir()))


def test_without_libreoffice_the_usual_error_is_told(tmp_path: Path) -> None:
    from opika.errors import ConversionError

    resident = Resident("does-not-exist")
    converter = Converter(tmp_path, "does-not-exist", resident=resident)
    for _ in range(2):
        with pytest.raises(ConversionError, match="no LibreOffice"):
            converter.convert([b"docx"])
    assert list(tmp_path.iterdir()) == []
