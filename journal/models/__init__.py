"""The journal's tables, in the order of the way of the data.

Original and Arrival, File, Form (``incoming``), then Case, Entry, Revision, Deadline (``book``),
Document, Contact, Sending, Alert (``outgoing``), then what the office does about an entry and in its
registers (``casework``), and beside them the History that tells who did what (``past``) and what the
journal keeps of itself (``keeping``). Nothing here decides anything: the steps and rules live in the
modules that write these tables.
"""

from __future__ import annotations

from journal.models.book import Case, Clue, Deadline, Entry, Link, Person, Revision, Series
from journal.models.casework import CaseEvent, RegisterLine, YearClosing
from journal.models.common import (
    CaseStatus,
    Channel,
    DocumentState,
    Office,
    Original,
    Outcome,
    Retried,
    User,
)
from journal.models.incoming import Arrival, File, Form, Ledger, Source
from journal.models.keeping import (
    Applied,
    Cursor,
    Erasure,
    HeadExport,
    NameForm,
    Restoration,
    ToIndex,
)
from journal.models.outgoing import Alert, Contact, Document, Sending, SendingState
from journal.models.past import History, HistoryValue, Look

__all__ = [
    "Alert",
    "Applied",
    "Arrival",
    "Case",
    "CaseEvent",
    "CaseStatus",
    "Channel",
    "Clue",
    "Contact",
    "Cursor",
    "Deadline",
    "Document",
    "DocumentState",
    "Entry",
    "Erasure",
    "File",
    "Form",
    "HeadExport",
    "History",
    "HistoryValue",
    "Ledger",
    "Link",
    "Look",
    "NameForm",
    "Office",
    "Original",
    "Outcome",
    "Person",
    "RegisterLine",
    "Restoration",
    "Retried",
    "Revision",
    "Sending",
    "SendingState",
    "Series",
    "Source",
    "ToIndex",
    "User",
    "YearClosing",
]
