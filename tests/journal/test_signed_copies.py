"""Signed copies in the book: each is kept, none is lost in silence, an erasure takes them all."""

from __future__ import annotations

import os
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from journal.history import Act
from journal.originals import Originals
from opika.errors import JournalError
from tests.journal.office_day import NOW, arrival, outgoing, registered, stored, values

pytestmark = pytest.mark.both_databases

SCAN, BETTER = b"a signed letter about a child", b"a better scan of it"


def _letter(data: Path) -> tuple[int, int]:
    """An approved letter with its files; give the ids of the entry and the letter."""
    from journal import documents

    entry = registered(values()).entry_id
    new = documents.NewDocument(entry, "ssd", "registration_reply", "reply", {"кому": "а"})
    letter = documents.new_document(new, series=outgoing(), now=NOW, actor="тест")
    for ending, save in (("docx", documents.save_rendered), ("pdf", documents.save_pdf)):
        path = data / f"documents/registration_reply-{letter}.{ending}"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(ending.encode())
        digest = sha256(ending.encode()).hexdigest()
        save(letter, str(path.relative_to(data)), digest, now=NOW, actor="тест")
    documents.approve(letter, series=outgoing(), now=NOW, actor="голова")
    return entry, letter


def _sign(store: Originals, letter: int, copy: bytes, why: str = "") -> bool:
    from journal.signing import SignedCopy, put_back

    signed = SignedCopy(store.put(copy), len(copy), "list-1.pdf", None)
    return put_back(letter, signed, Act("клерк", NOW + timedelta(hours=1), why))


def test_every_copy_is_kept_until_its_entry_is_erased(data: Path) -> None:
    from journal import documents, erasing, listing
    from journal.verify import verify

    store = stored(data)
    entry, letter = _letter(data)
    store = stored(data)
    assert _sign(store, letter, SCAN)
    assert not _sign(store, letter, SCAN)
    with pytest.raises(JournalError, match="a signed copy is there"):
        _sign(store, letter, BETTER)
    assert _sign(store, letter, BETTER, "перша обрізана")
    with pytest.raises(JournalError, match="not a draft"):
        documents.approve(letter, series=outgoing(), now=NOW, actor="голова")
    digests = [sha256(copy).hexdigest() for copy in (SCAN, BETTER)]
    (card,) = listing.entry_by_id(entry).documents
    assert (card.state, card.signed and card.signed.sha256) == ("signed", digests[1])
    whole = verify(store, data)
    assert (whole.first_fault, whole.originals_checked >= 2) == (None, True)

    for path in store.root.rglob("*"):
        os.utime(path, (0, 0))
    act = Act("адміністратор", NOW + timedelta(days=1), "рішення суду")
    erasing.ask(entry, "рішення суду № 1", act)
    erasing.confirm(entry, Act("керівник", act.now, act.why))
    assert erasing.finish(store, data, act.now) == 1
    assert [store.path(digest).exists() for digest in digests] == [False, False]
    assert verify(store, data).first_fault is None


def test_a_copy_that_another_row_has_too_outlives_its_mail(data: Path) -> None:
    from journal import retention
    from journal.models import Arrival, Original, Outcome

    _entry, letter = _letter(data)
    _sign(stored(data), letter, SCAN)
    # The signed letter came back to us as the whole of some automatic mail.
    own = arrival(raw=SCAN.decode())
    Arrival.objects.filter(pk=own).update(unpacked_at=NOW, placed_at=NOW, outcome=Outcome.OWN)
    store = stored(data)
    for path in store.root.rglob("*"):
        os.utime(path, (0, 0))
    retention.remove_ignored(store, 30, Act("служба", NOW + timedelta(days=40)))
    assert Original.objects.get(pk=sha256(SCAN).hexdigest()).erased_at is None
    assert store.get(sha256(SCAN).hexdigest()) == SCAN


def test_only_what_is_approved_and_has_not_left_is_signed(data: Path) -> None:
    from journal.models import Document, DocumentState
    from journal.voiding import void_document

    _entry, letter = _letter(data)
    store = stored(data)
    for state in (DocumentState.DRAFT, DocumentState.SENDING, DocumentState.SENT):
        Document.objects.filter(pk=letter).update(state=state)
        with pytest.raises(JournalError, match="not approved"):
            _sign(store, letter, SCAN)
    Document.objects.filter(pk=letter).update(state=DocumentState.FAILED)
    with pytest.raises(JournalError, match="a signed copy is there"):
        _sign(store, letter, SCAN)
    assert _sign(store, letter, SCAN, "надсилали без підпису")
    void_document(letter, Act("керівник", NOW, "не потрібен"))
    with pytest.raises(JournalError, match="not approved"):
        _sign(store, letter, BETTER, "пізно")
