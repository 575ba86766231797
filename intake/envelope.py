"""Opening what arrived: a mail, a container or a plain file becomes a header and its files.

Nothing here raises for bad data: what cannot be opened stays in the result as it came, with its
fault, and everything beside it is opened all the same.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from email.message import Message as Mime
from pathlib import PurePath

from intake import headers, kind, mime
from intake.archive import Budget, other_members, zip_members
from intake.automail import auto_of, is_bounce
from intake.bounce import returned_mail
from intake.msg import msg_leaves
from intake.part import Auto, Envelope, Limits, Message, Part, Role
from intake.signed import Signed, names_in_xml, open_signed
from intake.tnef import tnef_leaves
from opika.errors import FileError, HostileFileError, TooLargeFileError, UnreadableFileError

__all__ = ["Auto", "Envelope", "Limits", "Message", "Part", "Role", "unpack"]

logger = logging.getLogger(__name__)

_LONGEST_NAME = 150
_SIGNED_SUFFIX = re.compile(r"\.(p7s|p7m|p7)$", re.I)
_ASIC_SIGNATURE = re.compile(r"META-INF/.*signature.*\.(p7s|xml)$", re.I)
# A logo: small both ways, or a stripe; a photo of a form is neither.
_LOGO_SIDE, _STRIPE_SIDE = 400, 120
_LOGO_BYTES = 8 * 1024  # of a picture whose size in pixels we cannot tell


def unpack(data: bytes, name: str, limits: Limits) -> Envelope:
    """Open a mail, a container or a plain file.

    Args:
        data: the bytes as they arrived.
        name: what they were called; a hint for their kind, and a label.
        limits: what opening them may cost.

    Returns:
        The mail's header (None for a file) and every file found. A plain file is one part with
        the path "". Empty or unreadable bytes are one part with a fault.
    """
    opener = _Opener(limits)
    if kind.kind_of(data, name) != kind.MAIL:
        return Envelope(None, _paired(opener.open("", name, data, kind.UNKNOWN)))
    try:
        root = mime.parse(data)
        found = mime.leaves(root)
    except mime.TooDeepError:
        part = Part("", _label(name, ""), kind.MAIL, data, "attachment", fault="hostile")
        return Envelope(None, (part,))
    parts = _paired(list(opener.open_mail(found, "")))
    return Envelope(_message(root, found, parts), parts)


def _message(root: Mime, found: list[mime.Leaf], parts: tuple[Part, ...]) -> Message:
    """The header, judged together with what came in the mail (not with what was sent back)."""
    returned = tuple(f"{n}/" for n, leaf in enumerate(found, 1) if leaf.returned)
    own = [part for part in parts if not f"{part.path}/".startswith(returned)]
    senders = headers.addresses(root, "from") or headers.addresses(root, "sender", "reply-to")
    name, address = senders[0] if senders else ("", None)
    message_id = headers.identifiers(root, "message-id")
    reply = headers.identifiers(root, "in-reply-to")
    returned, status = returned_mail(root, found) if is_bounce(root) else ((), "")
    return Message(
        message_id=message_id[0] if message_id else None,
        sender_address=address,
        sender_name=name,
        to=tuple(dict.fromkeys(address for _name, address in headers.addresses(root, "to", "cc"))),
        subject=headers.value(root, "subject"),
        date=headers.date(root),
        in_reply_to=reply[0] if reply else None,
        references=headers.identifiers(root, "references"),
        auto=auto_of(root, own, [part.text for part in own if part.text is not None]),
        returned=returned,
        status=status,
    )


class _Opener:
    """Opens files and what lies in them; one budget for everything."""

    def __init__(self, limits: Limits) -> None:
        self._budget = Budget(limits)
        self._deepest = limits.max_depth
        self._said = False

    def open_mail(self, found: list[mime.Leaf], path: str, depth: int = 0) -> Iterator[Part]:
        """The parts of a mail whose leaves these are."""
        self._said = any(leaf.text and leaf.text.strip() for leaf in found)
        return self._open_leaves(found, path, depth)

    def _open_leaves(self, found: Iterable[mime.Leaf], path: str, depth: int) -> Iterator[Part]:
        """The parts one by one; with more than the limit, the rest is one part with a fault."""
        for number, leaf in enumerate(found, 1):
            here = _below(path, number)
            try:
                parts = self._open_leaf(leaf, here, depth)
            except TooLargeFileError as error:
                declared, label = leaf.declared, _label(leaf.name, leaf.declared)
                yield Part(here, label, declared, leaf.data, "attachment", fault=error.reason)
                if self._budget.is_spent:
                    return
            else:
                yield from parts

    def _open_leaf(self, leaf: mime.Leaf, path: str, depth: int) -> list[Part]:
        if leaf.message is not None:
            inner = leaf.message
            return self._contained(
                Part(path, _label(leaf.name, kind.MAIL), kind.MAIL, b"", "attachment"),
                lambda: self._open_mail(inner, path, depth + 1),
                depth,
            )
        if leaf.text is not None:
            self._budget.spend(len(leaf.data))
            return [Part(path, "", leaf.declared, leaf.data, "body", text=leaf.text)]
        if not leaf.data and not leaf.name:
            return []
        parts = self.open(path, leaf.name, leaf.data, leaf.declared, depth)
        if len(parts) == 1 and parts[0].path == path and leaf.inline and _is_logo(parts[0]):
            return [replace(parts[0], role="inline")]
        return parts

    def _open_mail(self, inner: Mime, path: str, depth: int) -> Iterator[Part]:
        try:
            return self.open_mail(mime.leaves(inner), path, depth)
        except mime.TooDeepError as error:
            raise HostileFileError("mails nested without end") from error

    def open(self, path: str, name: str, data: bytes, declared: str, depth: int = 0) -> list[Part]:
        """A file, or instead of it the files that it holds.

        Raises:
            TooLargeFileError: the budget is spent.
        """
        self._budget.spend(len(data))
        media_type = kind.kind_of(data, name, declared)
        part = Part(path, _label(name, media_type), media_type, data, "attachment")
        if not data:
            return [replace(part, fault="unreadable")]
        if declared == "application/pgp-signature":
            return [replace(part, role="signature")]
        inside = self._inside(part, depth + 1)
        return [part] if inside is None else self._contained(part, inside, depth)

    def _inside(self, part: Part, depth: int) -> Callable[[], Iterable[Part]] | None:
        """How to open a container; None for a file that is none."""
        members = {
            kind.ZIP: zip_members,
            kind.SEVEN_ZIP: other_members,
            kind.RAR: other_members,
        }.get(part.media_type)
        if members is not None:
            return lambda: self._open_members(members(part.data, self._budget), part.path, depth)
        openers: dict[str, Callable[[Part, int], Iterable[Part]]] = {
            kind.ASIC: self._open_asic,
            kind.CMS: self._open_signed,
            kind.MSG: lambda part, depth: self._open_leaves(
                msg_leaves(part.data), part.path, depth
            ),
            kind.TNEF: self._open_tnef,
            kind.MAIL: lambda part, depth: self._open_mail(mime.parse(part.data), part.path, depth),
        }
        opener = openers.get(part.media_type)
        return None if opener is None else lambda: opener(part, depth)

    def _contained(
        self, part: Part, inside: Callable[[], Iterable[Part]], depth: int
    ) -> list[Part]:
        """What a container holds; where not all of it came out, the container with its fault too."""
        found: list[Part] = []
        fault = None
        try:
            self._check_depth(depth)
            for inner in inside():
                found.append(inner)  # one by one: what came before a fault counts
        except FileError as error:
            fault = error.reason
        except mime.TooDeepError:
            fault = "hostile"
        except Exception as error:  # noqa: BLE001 - a library tripped over hostile bytes
            logger.warning("a container cannot be opened: %s", type(error).__name__)
            fault = UnreadableFileError.reason
        if fault or not found:
            found.insert(0, replace(part, fault=fault or UnreadableFileError.reason))
        return found

    def _check_depth(self, depth: int) -> None:
        if depth >= self._deepest:
            raise HostileFileError("containers nested without end")

    def _open_members(
        self, members: Iterable[tuple[str, bytes]], path: str, depth: int
    ) -> Iterator[Part]:
        for number, (name, data) in enumerate(members, 1):
            yield from self.open(_below(path, number), name, data, kind.UNKNOWN, depth)

    def _open_asic(self, part: Part, depth: int) -> Iterator[Part]:
        """An .asice or .asics: its documents, with the names from its signatures."""
        signatures = zip_members(part.data, self._budget, _is_asic_signature)
        signer = "; ".join(filter(None, (_asic_signer(*member) for member in signatures)))
        documents = zip_members(part.data, self._budget, _is_asic_document)
        for inner in self._open_members(documents, part.path, depth):
            yield _signed_by(inner, signer)

    def _open_tnef(self, part: Part, depth: int) -> Iterator[Part]:
        """A winmail.dat: its files, and its text unless the mail round it says the same."""
        leaves = tnef_leaves(part.data, with_text=not self._said)
        return self._open_leaves(leaves, part.path, depth)

    def _open_signed(self, part: Part, depth: int) -> Iterator[Part]:
        """A .p7s or .p7m: the file inside, or a signature that belongs to another file."""
        signed = open_signed(part.data)
        if signed.content is None:
            yield replace(part, role="signature", signer=signed.signer)
            return
        name = _SIGNED_SUFFIX.sub("", part.name)
        path = _below(part.path, 1)
        for inner in self.open(path, name, signed.content, kind.UNKNOWN, depth):
            yield _signed_by(inner, signed.signer)


def _is_asic_signature(name: str) -> bool:
    return bool(_ASIC_SIGNATURE.match(name))


def _is_asic_document(name: str) -> bool:
    return name != "mimetype" and not name.startswith("META-INF/")


def _asic_signer(name: str, data: bytes) -> str:
    if name.lower().endswith(".xml"):
        return names_in_xml(data)
    try:
        return open_signed(data).signer
    except FileError:
        return ""


def _signed_by(part: Part, signer: str) -> Part:
    known = f"{part.signer}; {signer}".split("; ")
    return replace(part, signer="; ".join(dict.fromkeys(filter(None, known))))


def _paired(parts: list[Part]) -> tuple[Part, ...]:
    """Every detached signature's names on the file that it signs: by name, else by digest."""
    out = list(parts)
    for part in parts:
        if part.role != "signature" or part.media_type != kind.CMS:
            continue
        signed = open_signed(part.data)
        for at in _signed_files(out, part, signed):
            out[at] = _signed_by(out[at], signed.signer)
    return tuple(out)


def _signed_files(parts: list[Part], signature: Part, signed: Signed) -> list[int]:
    files = [at for at, part in enumerate(parts) if part.role == "attachment"]
    wanted = _SIGNED_SUFFIX.sub("", signature.name).lower()
    named = [at for at in files if parts[at].name.lower() == wanted]
    return named or [at for at in files if signed.fits(parts[at].data)]


def _is_logo(part: Part) -> bool:
    if not part.media_type.startswith("image/") or part.fault:
        return False
    size = kind.picture_size(part.data)
    if size is None:
        return len(part.data) <= _LOGO_BYTES
    return max(size) <= _LOGO_SIDE or min(size) <= _STRIPE_SIDE


def _below(path: str, number: int) -> str:
    return f"{path}/{number}" if path else str(number)


def _label(name: str, media_type: str) -> str:
    """A name that is harmless to show and store: one line, no folders, not too long."""
    name = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C" or c == "\t")
    name = " ".join(name.split()).strip(". ") or _nameless(media_type)
    suffix = PurePath(name).suffix[:10]
    stem = name.removesuffix(suffix)
    return stem[: _LONGEST_NAME - len(suffix)] + suffix


def _nameless(media_type: str) -> str:
    endings = {
        kind.DOCX: ".docx",
        kind.PDF: ".pdf",
        kind.MAIL: ".eml",
        kind.ZIP: ".zip",
        "image/jpeg": ".jpg",
        "image/png": ".png",
        "image/tiff": ".tiff",
    }
    return "без назви" + endings.get(media_type, "")
