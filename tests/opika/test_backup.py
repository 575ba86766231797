"""A backup fits one moment, opens with its key alone, and comes back whole or not at all."""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import io
import os
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connections

from opika import letters, sending
from opika.backup import back_up, remove_older
from opika.cli import opika as program
from opika.config import PROJECT
from opika.delivery import follow
from opika.errors import BackupError, JournalError, OpikaError, StorageError
from opika.flow import run_once
from opika.packing import About, Packer, encrypt, identities_of, json_bytes, make_key, unpacked
from opika.pipeline import actor, open_pipeline
from opika.restore import Backup
from opika.restore import restore as restore_from
from tests.opika.office import NOW, mail
from tests.opika.post_office import REPLY, REQUEST, PostOffice
from tests.opika.test_cli import OPIKA
from tests.opika.test_flow import form
from tests.opika.vault import Vault, chains
from tests.postgres import running_postgres


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


def taken(post: PostOffice, vault: Vault) -> Any:
    with post.office.open() as pipeline:
        return vault.back_up(pipeline)


def told(error: pytest.ExceptionInfo[Any]) -> str:
    return str(error.value.clerk_message)


def test_what_is_restored_is_what_was_and_sends_nothing_old_by_itself(
    post: PostOffice, vault: Vault
) -> None:
    from journal import due, listing, receipts, searching
    from journal.models import Restoration
    from journal.verify import verify

    post.write_config(smtp="smtp://127.0.0.1:1")  # nobody answers there: a letter is under way
    with post.office.open() as pipeline:
        assert [one.state for one in sending.send(pipeline, [REQUEST])] == ["sending"]
        made = vault.back_up(pipeline)
        before, was = chains(), listing.shown_json(listing.entry("1"))
    post.write_config(more="\n[receipt]\nsend = true\n")
    config = vault.place(post.office.config)
    done = vault.restore(config)
    assert (made.entries, made.lost, done.entries, done.in_doubt) == (1, 0, 1, 1)
    assert (config.data / "settings" / "pipeline.toml").is_file()
    assert (config.data / "settings" / "templates" / "registration_reply.docx").is_file()
    assert not list(config.data.rglob("box.secret"))
    assert vault.left() == {"all.age", "restored"}

    post.office.clock.pass_by(minutes=20)
    with open_pipeline(config, post.office.clock) as pipeline:
        for office, rows in before.items():
            assert chains()[office][: len(rows)] == rows
        now = listing.shown_json(listing.entry("1"))
        same = set(was) - {"history", "documents", "events"}
        assert {key: now[key] for key in same} == {key: was[key] for key in same}
        assert Restoration.objects.get().restored_at == NOW
        report = run_once(pipeline, pipeline.config.sources)
        assert (report.ok, follow(pipeline)) == (True, 0)
        assert receipts.to_decide(pipeline.clock(), ()) == []
        assert [one.state for one in sending.send(pipeline)] == ["approved"]
        assert post.smtp.mails == []  # neither what was under way nor what was approved
        assert {one.state for one in sending.overview(pipeline)} == {"sending", "approved"}
        (person, *_) = was["form"]["persons"]
        assert len(searching.search(person["name"].split()[0]).hits) == 1
        assert due.due(pipeline.clock(), days=30)
        assert verify(pipeline.originals, pipeline.data).first_fault is None


def test_after_a_restoration_a_person_decides_and_new_work_goes_on(
    post: PostOffice, vault: Vault
) -> None:
    from journal import listing
    from journal.verify import verify

    post.write_config(smtp="smtp://127.0.0.1:1")
    with post.office.open() as pipeline:
        sending.send(pipeline, [REQUEST])
        vault.back_up(pipeline)
    post.write_config()
    config = vault.place(post.office.config)
    vault.restore(config)
    post.office.clock.pass_by(minutes=20)
    with open_pipeline(config, post.office.clock) as pipeline:
        (kept,) = sending.send(pipeline, [REPLY])
        assert "Журнал відновлено з копії" in kept.reason
        (gone,) = sending.send(pipeline, [REPLY], why="у папці надісланих його немає")
        again = sending.decide_again(pipeline, REQUEST, "не отримали")
        assert (gone.state, again.state, len(post.smtp.mails)) == ("sent", "sent", 2)
        assert [one.state for one in sending.send(pipeline)] == []

        post.office.mail("ssd", mail(("b.docx", form(2)), subject="Нове"))
        run_once(pipeline, pipeline.config.sources)
        assert sorted(card.number for card in listing.entries()) == ["1", "2"]
        new = [card for card in listing.entries() if card.number == "2"]
        letters.approve(pipeline, new[0].documents[1].id)  # came after it: no reason is asked for
        assert [one.state for one in sending.send(pipeline, [new[0].documents[1].id])] == ["sent"]
        assert verify(pipeline.originals, pipeline.data).first_fault is None


def test_a_document_rendered_anew_meanwhile_does_not_spoil_the_backup(
    post: PostOffice, vault: Vault
) -> None:
    from journal.models import Document

    with post.office.open() as pipeline:
        known = set(Document.objects.values_list("pdf", flat=True))

        def render_anew(done: int, total: int) -> None:
            Document.objects.update(pdf="", pdf_sha256="")
            letters.write_pdfs(pipeline, [REPLY, REQUEST])

        calls = iter([render_anew])
        made = vault.back_up(pipeline, told=lambda *of: next(calls, lambda *of: None)(*of))
        now = set(Document.objects.values_list("pdf", flat=True))
        assert (made.lost, now & known) == (0, set())
        for path in known:
            old = pipeline.data / path
            assert old.is_file()  # young: swept tomorrow
            os.utime(old, (0, 0))
        vault.back_up(pipeline, "second.age")
        assert [(pipeline.data / path).is_file() for path in known] == [False, False]
        assert all((pipeline.data / path).is_file() for path in now)
    config = vault.place(post.office.config)
    assert vault.restore(config).documents == 4
    assert all((config.data / path).is_file() for path in known)


def test_what_the_journal_has_lost_is_said_and_the_rest_is_kept(
    post: PostOffice, vault: Vault
) -> None:
    from journal.models import Original

    with post.office.open() as pipeline:
        first, second = (pipeline.originals.path(row.pk) for row in Original.objects.all()[:2])
        first.unlink()
        second.chmod(0o600)
        second.write_bytes(b"changed")
        assert vault.back_up(pipeline).lost == 2
    config = vault.place(post.office.config)
    with pytest.raises(BackupError) as refused:
        vault.restore(config)
    assert "не цілий" in told(refused)
    assert vault.left() == {"all.age"}
    backup = Backup(vault.folder / "all.age", vault.identities, accept_faults=True)
    done = restore_from(config, backup, now=NOW, actor="адміністратор")
    assert (done.entries, "оригінал" in str(done.fault)) == (1, True)


def test_what_was_erased_while_it_was_copied_makes_it_begin_anew(
    post: PostOffice, vault: Vault
) -> None:
    from journal.database import writing
    from journal.history import Act, hold
    from journal.models import Original
    from journal.retention import note_removed

    with post.office.open() as pipeline:
        spare = pipeline.originals.put(b"mail that concerns nobody")
        Original.objects.create(pk=spare, size=25, stored_at=NOW)

        def erase(done: int, total: int) -> None:
            with writing():
                Original.objects.filter(pk=spare).update(erased_at=NOW)
                note_removed([spare], hold(1), Act("opika", NOW))
            pipeline.originals.path(spare).unlink()

        calls = iter([erase])
        made = vault.back_up(pipeline, told=lambda *of: next(calls, lambda *of: None)(*of))
        assert (made.lost, made.originals) == (0, Original.objects.count() - 1)
    assert vault.restore(vault.place(post.office.config)).fault is None


def test_a_wrong_key_a_damaged_file_and_a_full_place_leave_nothing_behind(
    post: PostOffice, vault: Vault
) -> None:
    taken(post, vault)
    config = vault.place(post.office.config)
    whole = (vault.folder / "all.age").read_bytes()
    middle = len(whole) // 2
    damaged = {
        "cut.age": whole[:-20],
        "begun.age": whole[:middle],
        "flipped.age": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "other.age": b"no backup at all",
        "empty.age": b"",
    }
    for name, data in damaged.items():
        (vault.folder / name).write_bytes(data)
        with pytest.raises(BackupError) as refused:
            vault.restore(config, name)
        assert "пошкоджено" in told(refused), name
    make_key(vault.folder / "other.txt", NOW)
    stranger = Backup(vault.folder / "all.age", identities_of(vault.folder / "other.txt"))
    with pytest.raises(BackupError) as refused:
        restore_from(config, stranger, now=NOW, actor="адміністратор")
    assert "іншим ключем" in told(refused)
    assert vault.left() == {"all.age", "other.txt", *damaged}

    config.data.mkdir()
    assert vault.restore(config).entries == 1  # an empty folder is an empty place
    with pytest.raises(BackupError) as refused:
        vault.restore(config)
    assert "не порожня" in told(refused)


def packed(vault: Vault, name: str, about: About, *more: tarfile.TarInfo) -> str:
    packer, tail = Packer(NOW, lambda size: None), io.BytesIO()
    for info in more:
        tail.write(info.tobuf())
    pieces = [*packer.put_bytes("about.json", json_bytes(about)), tail.getvalue(), packer.end()]
    with (vault.folder / name).open("wb") as out:
        encrypt(iter(pieces), out, vault.recipients)
    return name


def test_what_opika_did_not_make_or_does_not_know_is_refused(
    post: PostOffice, vault: Vault
) -> None:
    config = vault.place(post.office.config)
    known = About(format=1, opika="9.9", made_at=NOW, engine="sqlite", schema_="0001_first")
    link = tarfile.TarInfo("documents/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    cases = {
        packed(vault, "format", known.model_copy(update={"format": 2})): "версією Opika 9.9",
        packed(vault, "schema", known.model_copy(update={"schema_": "0999_x"})): "версією",
        packed(vault, "engine", known.model_copy(update={"engine": "postgresql"})): "PostgreSQL",
        packed(vault, "up", known, tarfile.TarInfo("documents/../../up")): "не буває",
        packed(vault, "root", known, tarfile.TarInfo("/etc/cron.d/x")): "не буває",
        packed(vault, "link", known, link): "не буває",
        packed(vault, "short", known): "неповна",
    }
    for name, words in cases.items():
        with pytest.raises(BackupError) as refused:
            vault.restore(config, name)
        assert words in told(refused), name
    assert vault.left() == set(cases)


_DYING = """
import sys
from pathlib import Path
from opika.config_file import load_config
from opika.pipeline import actor, open_pipeline
import tests.django_ready
from tests.opika.dying import deadly
import opika.backup, journal.copying
from opika.packing import recipients_of
config, file, key, step, when = sys.argv[1:]
owner, name = {"copy": (journal.copying, "_contents"), "encrypt": (opika.backup, "encrypt"),
  "sync": (opika.backup, "sync_folder")}[step]
setattr(owner, name, deadly(getattr(owner, name), when))
with open_pipeline(load_config(Path(config))) as pipeline:
    opika.backup.back_up(pipeline, Path(file), recipients_of([key]))
"""


def test_killed_at_any_step_no_half_backup_bears_its_name(post: PostOffice, vault: Vault) -> None:
    public = vault.key.read_text().split("public key: ")[1].split()[0]
    steps = [("copy", "before"), ("encrypt", "after"), ("sync", "before")]
    words = [str(post.folder / "pipeline.toml"), str(vault.folder / "all.age"), public]
    for step, when in steps:
        command = [str(OPIKA.parent / "python"), "-c", _DYING, *words, step, when]
        assert subprocess.run(command, cwd=PROJECT, check=False).returncode == -9  # noqa: S603
        # After the renaming it is whole; before it, there is none.
        assert ("all.age" in vault.left()) == (step == "sync")
    assert vault.restore(vault.place(post.office.config)).entries == 1
    left = vault.folder / "opika-2026-03-01_020000.age.part"
    left.touch()
    os.utime(left, (0, 0))
    remove_older(vault.folder, 1)
    assert not left.exists()


def test_a_full_disk_leaves_older_backups_and_nothing_half(post: PostOffice, vault: Vault) -> None:
    size = taken(post, vault).size
    with post.office.open() as pipeline:
        with pytest.raises(BackupError) as refused:
            vault.back_up(pipeline)
        assert "уже є" in told(refused)
        import resource
        import signal

        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        known = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size - 1000, limits[1]))
            with pytest.raises(StorageError) as full:
                vault.back_up(pipeline, "second.age")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
            signal.signal(signal.SIGXFSZ, known)
        assert "Попередні копії цілі" in told(full)
        assert vault.left() == {"all.age"}
        assert not list(pipeline.work.glob(".*.tmp"))
        assert vault.back_up(pipeline, "second.age").lost == 0


def test_the_newest_backups_stay_and_other_files_are_left_alone(tmp_path: Path) -> None:
    days = [f"opika-2026-03-0{day}_020000.age" for day in range(1, 6)]
    for name in [*days, "photo.jpg", "opika-old.age"]:
        (tmp_path / name).touch()
    assert remove_older(tmp_path, 2) == 3
    assert {path.name for path in tmp_path.iterdir()} == {*days[3:], "photo.jpg", "opika-old.age"}


def test_the_commands_say_what_to_do(post: PostOffice, vault: Vault) -> None:
    config = str(post.folder / "pipeline.toml")

    def opika(*words: object) -> tuple[int, str]:
        done = CliRunner().invoke(program, ["--config", config, *map(str, words)])
        error = done.exception
        said = error.clerk_message if isinstance(error, OpikaError) else ""
        return done.exit_code, done.output + said

    code, said = opika("backup", vault.folder / "a.age")
    assert (code, "--make-key" in said) == (1, True)
    code, said = opika("backup", "--make-key", vault.folder / "new.txt")
    assert (code, oct((vault.folder / "new.txt").stat().st_mode & 0o777)) == (0, "0o600")
    public = said.split('"')[1]
    folder = vault.folder / "nightly"
    folder.mkdir()
    post.write_config(more=f'\n[backup]\nrecipient = "{public}"\nfolder = "{folder}"\nkeep = 1\n')
    assert [opika("backup")[0], len(list(folder.iterdir()))] == [0, 1]
    (file,) = folder.iterdir()
    words = ("restore", file, "--identity", vault.folder / "new.txt")
    code, said = opika(*words)
    assert (code, "не порожня" in said) == (1, True)
    code, said = opika(*words, "--data", vault.folder / "data")
    assert code == 0, said
    assert "notifications (ssd, 2026) – 1" in said
    assert "opika register skip" in said
    code, said = opika("--data", vault.folder / "data", "journal", "verify")
    assert (code, "Журнал цілий" in said) == (0, True)

    user = f'\n[[user]]\nlogin = "{actor()}"\nrole = "clerk"\n'
    post.write_config(more=f'\n[backup]\nrecipient = "{public}"\n{user}')
    own = ("backup", vault.folder / "own.age", "--recipient", public)
    code, said = opika(*own)
    assert (code, "працівник" in said) == (1, True)  # to a key of one's own: not everybody
    assert opika(*words, "--data", vault.folder / "more")[0] == 1
    assert opika("backup", vault.folder / "own.age")[0] == 0  # to the office's: any timer


def test_a_journal_on_postgresql_comes_back_or_leaves_its_database_empty(
    post: PostOffice, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    from journal import restoring
    from journal.models import Entry
    from tests.journal.office_day import registered, stored, values

    with running_postgres() as server:
        config = vault.place(post.office.config, "source", server.create("source"))
        with open_pipeline(config, post.office.clock) as pipeline:
            for number in range(3):
                registered(values(outgoing_number=str(number), subject=f"Дитина {number}"))
            stored(pipeline.data)
            assert vault.back_up(pipeline).entries == 3
            before = chains()
        target = vault.place(post.office.config, "restored", server.create("target"))

        def unsound(*_: Any, **__: Any) -> None:
            raise BackupError("not whole")

        with monkeypatch.context() as patched:
            patched.setattr("opika.restore._prove", unsound)
            with pytest.raises(BackupError):
                vault.restore(target)
        assert restoring.is_empty_database()
        done = vault.restore(target)
        with open_pipeline(target, post.office.clock) as pipeline:
            assert (done.entries, Entry.objects.count()) == (3, 3)
            assert {key: rows[: len(before[key])] for key, rows in chains().items()} == before
            assert registered(values(outgoing_number="9", subject="Інша")).number == "4"
        with pytest.raises(BackupError) as refused:
            vault.restore(vault.place(post.office.config, "third", server.url("target")))
        assert "не порожня" in told(refused)
        assert vault.left() == {"all.age", "source", "restored"}
        connections.close_all()


def test_a_stream_that_fails_says_why(vault: Vault) -> None:
    def pieces() -> Any:
        yield b"something"
        raise JournalError("reason")

    with pytest.raises(JournalError):
        encrypt(pieces(), io.BytesIO(), vault.recipients)
    with pytest.raises(BackupError), unpacked(io.BytesIO(b"nothing"), vault.identities):
        pass


def test_a_backup_is_refused_while_another_is_made(post: PostOffice, vault: Vault) -> None:
    from opika.errors import JournalBusyError

    with post.office.open() as pipeline:

        def meanwhile(done: int, total: int) -> None:
            with pytest.raises(JournalBusyError):
                back_up(pipeline, vault.folder / "second.age", vault.recipients)

        calls = iter([meanwhile])
        vault.back_up(pipeline, told=lambda *of: next(calls, lambda *of: None)(*of))
    assert vault.left() == {"all.age"}
