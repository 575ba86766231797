"""The file of a backup: a tar, encrypted as age does it while it is made; nothing lies about plain.

In it, in this order: ``about.json``, the database, originals, documents, the settings, and last
``manifest.json`` with what must come out again.
"""

from __future__ import annotations

import os
import tarfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, TypeAlias

import pyrage  # type: ignore[import-untyped]
from pydantic import BaseModel, ConfigDict

from opika.errors import BackupError, StorageError

FORMAT = 1
ABOUT, DATABASE, MANIFEST = "about.json", "database", "manifest.json"
_CHUNK_BYTES = 1 << 18


Recipient: TypeAlias = pyrage.x25519.Recipient
Identity: TypeAlias = pyrage.x25519.Identity


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class About(_Strict):
    """What is said first, so that nothing long is begun in vain.

    Attributes:
        opika: the version that made the backup.
        engine: ``sqlite`` or ``postgresql``.
        schema_: the journal's last migration.
    """

    format: int
    opika: str
    made_at: datetime
    engine: str
    schema_: str


class Manifest(_Strict):
    """What must come out again.

    Attributes:
        files: name -> SHA-256, of the database and the settings; originals are named by theirs,
            those of documents are in the database.
        heads: the ends of the chains, as ``journal verify`` gives them.
        lost: files that the journal names and that were missing or changed when it was copied.
    """

    files: dict[str, str]
    heads: dict[str, str]
    entries: int
    history_rows: int
    originals: int
    documents: int
    lost: int


def recipients_of(keys: Sequence[str]) -> list[Recipient]:
    """The public keys that stand in ``keys``.

    Raises:
        BackupError: one is none, or there is none at all.
    """
    if not keys:
        raise BackupError(
            "no recipient",
            clerk_message="Немає ключа, яким зашифрувати копію. Створіть його: opika backup "
            "--make-key ФАЙЛ, і впишіть відкриту частину (age1…) як recipient у [backup].",
        )
    try:
        return [pyrage.x25519.Recipient.from_str(key) for key in keys]
    except pyrage.RecipientError as err:
        raise BackupError(
            "bad recipient",
            clerk_message="Відкритий ключ має помилку: він починається з age1 і має 62 знаки. "
            "Скопіюйте його повністю; закритий ключ AGE-SECRET-KEY сюди не підходить.",
        ) from err


def identities_of(file: Path) -> list[Identity]:
    """The private keys in a file such as age-keygen makes.

    Raises:
        BackupError: there is none in it, or it cannot be read.
    """
    try:
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
        found = [line for line in lines if line.startswith("AGE-SECRET-KEY-")]
        keys = [pyrage.x25519.Identity.from_str(line) for line in found]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as err:
        raise BackupError(
            "identity cannot be read",
            clerk_message=f"Файл {file} із закритим ключем не читається або пошкоджений.",
        ) from err
    if not keys:
        raise BackupError(
            "no identity",
            clerk_message=f"У файлі {file} немає закритого ключа (рядок AGE-SECRET-KEY-…).",
        )
    return keys


def make_key(file: Path, now: datetime) -> str:
    """Write a new private key to ``file``, for its owner alone to read; give the public one.

    Raises:
        BackupError: there is such a file.
        StorageError: it cannot be written.
    """
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    text = f"# created: {now.isoformat(timespec='seconds')}\n# public key: {public}\n{identity}\n"
    try:
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:  # noqa: PTH123 - a file that nobody else may read, from its beginning
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
    except FileExistsError as err:
        raise BackupError(
            "key file exists", clerk_message=f"Файл {file} уже є; ключа не створено."
        ) from err
    except OSError as err:
        raise StorageError("key file cannot be written") from err
    return public


class Packer:
    """Gives the bytes of a tar one file after the other, and knows the digest of each."""

    def __init__(self, made_at: datetime, told: Callable[[int], None]) -> None:
        """Files get the moment ``made_at``; ``told`` hears of the bytes of each piece."""
        self._made_at, self._told = made_at, told
        self.files: dict[str, str] = {}

    def put(self, name: str, file: IO[bytes]) -> Iterator[bytes]:
        """One file; what it holds beyond its present size is left out."""
        size = os.fstat(file.fileno()).st_size
        yield self._head(name, size)
        digest, left = sha256(), size
        while left:
            piece = _read(file, min(_CHUNK_BYTES, left))
            digest.update(piece)
            left -= len(piece)
            self._told(len(piece))
            yield piece
        yield _padding(size)
        self.files[name] = digest.hexdigest()

    def put_bytes(self, name: str, data: bytes) -> Iterator[bytes]:
        """One file that is made here."""
        yield self._head(name, len(data)) + data + _padding(len(data))
        self.files[name] = sha256(data).hexdigest()

    def end(self) -> bytes:
        """What a tar ends with."""
        return bytes(2 * tarfile.BLOCKSIZE)

    def _head(self, name: str, size: int) -> bytes:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        info.mtime = int(self._made_at.timestamp())
        return info.tobuf(tarfile.PAX_FORMAT)


def _read(file: IO[bytes], size: int) -> bytes:
    try:
        piece = file.read(size)
    except OSError:
        piece = b""
    if not piece:
        raise BackupError(
            "a file cannot be read to its end",
            clerk_message="Копію не створено: один із файлів не читається. Перевірте диск і журнал "
            "(opika journal verify).",
        )
    return piece


def _padding(size: int) -> bytes:
    return bytes(-size % tarfile.BLOCKSIZE)


class _Source:
    """Pieces of bytes as a file that can be read; pyrage swallows what goes wrong, this keeps it."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, memoryview(b"")
        self.fault: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            while not self._rest:
                self._rest = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        except BaseException as err:
            self.fault = err
            raise
        piece = self._rest[:size] if size >= 0 else self._rest
        self._rest = self._rest[len(piece) :]
        return bytes(piece)


class _Sink:
    """A file to be written to, and the digest of what was."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, sha256()
        self.fault: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            self._file.write(data)
        except BaseException as err:
            self.fault = err
            raise
        self.digest.update(data)
        return len(data)

    def flush(self) -> None:
        """Whoever opened the file sees to that."""


def encrypt(pieces: Iterator[bytes], out: IO[bytes], recipients: Sequence[Recipient]) -> str:
    """Write the pieces to ``out``, encrypted; give the SHA-256 of what was written.

    Raises:
        OSError: ``out`` cannot be written.
        Exception: whatever the pieces raise.
    """
    source, sink = _Source(pieces), _Sink(out)
    try:
        pyrage.encrypt_io(source, sink, list(recipients))
    except (pyrage.EncryptError, OSError):
        if fault := source.fault or sink.fault:
            raise fault from None
        raise
    return sink.digest.hexdigest()


@contextmanager
def unpacked(file: IO[bytes], identities: Sequence[Identity]) -> Iterator[tarfile.TarFile]:
    """The tar in an encrypted file, to be read once from its beginning to its end.

    Raises:
        BackupError: no key opens it, it is damaged or cut short; perhaps only at its end.
    """
    inlet, outlet = os.pipe()
    faults: list[Exception] = []

    def decrypt() -> None:
        # The pipe breaks when the reader has seen enough.
        with suppress(BrokenPipeError), open(outlet, "wb") as plain:  # noqa: PTH123 - a pipe
            try:
                pyrage.decrypt_io(file, plain, list(identities))
            except Exception as err:  # noqa: BLE001 - told by the thread that reads
                faults.append(err)

    thread = threading.Thread(target=decrypt, daemon=True)
    thread.start()
    try:
        with open(inlet, "rb") as plain:  # noqa: PTH123 - a pipe
            try:
                with tarfile.open(fileobj=plain, mode="r|") as tar:
                    yield tar
                while plain.read(_CHUNK_BYTES):  # to the end: only there is the whole proved
                    continue
            except tarfile.TarError as err:
                faults.append(err)
    finally:
        thread.join()
    if faults:
        raise _named(faults[0]) from faults[0]


def _named(fault: Exception) -> Exception:
    if isinstance(fault, pyrage.DecryptError) and "matching keys" in str(fault):
        return BackupError(
            "wrong identity",
            clerk_message="Цей закритий ключ не відкриває копії: її зашифровано іншим ключем.",
        )
    if isinstance(fault, pyrage.DecryptError | tarfile.TarError | OSError):
        return BackupError(
            "damaged",
            clerk_message="Файл копії пошкоджено, або він неповний. Візьміть іншу копію.",
        )
    return fault


def json_bytes(model: BaseModel) -> bytes:
    """A model as it lies in the backup."""
    return model.model_dump_json(indent=1).encode()


def members(tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    """The files of a tar, name and content; whoever has the public key may have made it.

    Raises:
        BackupError: something in it is no plain file at a place of ours.
    """
    for info in tar:
        file = tar.extractfile(info) if info.isreg() else None
        if file is None or not _is_ours(info.name):
            raise BackupError(
                "foreign member",
                clerk_message="У файлі є те, чого в резервній копії Opika не буває.",
            )
        yield info.name, file


def _is_ours(name: str) -> bool:
    top, *below = name.split("/")
    if not below:
        return top in {ABOUT, DATABASE, MANIFEST}
    plain = all(part and not part.startswith(".") and "\\" not in part for part in below)
    return top in {"originals", "documents", "heads", "settings"} and plain and "\0" not in name


def parsed(model: type[Any], data: bytes) -> Any:
    """A model as it was read.

    Raises:
        BackupError: it is none.
    """
    try:
        return model.model_validate_json(data)
    except ValueError as err:
        raise BackupError(
            "not of this format",
            clerk_message="Опис копії не читається: її створено іншою версією Opika.",
        ) from err
