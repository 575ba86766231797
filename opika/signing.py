"""The signed copy of an approved document is put back: looked at, compared, kept byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dispatch.letter import file_name
from intake.part import MEBIBYTE, Limits
from journal import documents, signing
from journal.history import Act
from journal.signing import SignedCopy
from opika.errors import (
    EncryptedFileError,
    FileError,
    TooLargeFileError,
    UnreadableFileError,
)
from opika.pipeline import Pipeline
from opika.signed_copy import WHAT_TO_BRING, Look, look_at


@dataclass(frozen=True, slots=True)
class PutBack:
    """What became of a signed copy that was put back; ``new``: it was not there before."""

    look: Look
    new: bool


def put_back(pipeline: Pipeline, document_id: int, path: Path, why: str = "") -> PutBack:
    """Put a signed scan or a КЕП container back to its approved document; it is what is sent.

    Args:
        pipeline: opened.
        document_id: the document that was signed.
        path: the file; it stays where it is.
        why: the reason, where another copy is replaced.

    Raises:
        FileError: the file is damaged, encrypted, too large or of another kind.
        JournalError: the document may not be signed now, or the container holds another file.
        NotFoundError: there is no such document.
    """
    signing.check_may_be_signed(document_id)
    data = _bytes_of(path, pipeline.limits)
    look = _looked_at(pipeline, data, path.name)
    document = documents.rendering(document_id)
    copy = SignedCopy(
        sha256=pipeline.originals.put(data),
        size=len(data),
        name=file_name(document.index, document_id, look.ending),
        signed=look.signed,
    )
    new = signing.put_back(document_id, copy, Act(pipeline.actor, pipeline.clock(), why))
    return PutBack(look, new)


def _bytes_of(path: Path, limits: Limits) -> bytes:
    try:
        if path.stat().st_size > limits.max_bytes:
            raise TooLargeFileError("a signed copy too large", clerk_message=_too_large(limits))
        data = path.read_bytes()
    except OSError as err:
        raise UnreadableFileError(
            "cannot be opened", clerk_message="Файл не вдалося відкрити: перевірте шлях."
        ) from err
    if not data:
        raise UnreadableFileError("empty", clerk_message=f"Файл порожній. {WHAT_TO_BRING}")
    return data


def _too_large(limits: Limits) -> str:
    most = limits.max_bytes // MEBIBYTE
    return (
        f"Файл завеликий (найбільше {most} МБ). Відскануйте документ із меншою роздільністю або "
        "чорно-білим."
    )


def _looked_at(pipeline: Pipeline, data: bytes, name: str) -> Look:
    try:
        return pipeline.in_child(look_at, data, name, pipeline.limits)
    except FileError as err:
        if err.clerk_message != type(err).clerk_message:
            raise
        raise type(err)(str(err), clerk_message=_in_words(err, pipeline.limits)) from err


def _in_words(fault: FileError, limits: Limits) -> str:
    if isinstance(fault, EncryptedFileError):
        return (
            "Файл зашифровано або захищено паролем. Збережіть його без шифрування й додайте знову."
        )
    if isinstance(fault, TooLargeFileError):
        return _too_large(limits)
    return f"Файл пошкоджено, або це не те, чим він названий. {WHAT_TO_BRING}"
