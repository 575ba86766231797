"""A computer whose date was set back into a closed year registers nothing in it and loses nothing."""

from __future__ import annotations

from datetime import datetime
from random import Random

from tests.forms.documents import make_docx
from tests.opika.office import KYIV, Office, mail


def test_what_comes_under_a_wrong_date_is_registered_when_the_date_is_right(
    office: Office,
) -> None:
    from journal import listing
    from journal.history import Act
    from journal.registers import close

    after = datetime(2027, 1, 11, 9, tzinfo=KYIV)
    with office.open():
        close("ssd", "notifications", 2026, Act("голова", after))
    office.mail("ssd", mail(("a.docx", make_docx(Random(1), "tune", "faithful").data)))
    assert office.once().failed == 1
    assert list(listing.entries()) == []
    office.clock.now = after
    report = office.once()
    assert (report.ok, [(one.number, one.year) for one in report.registered]) == (
        True,
        [("1", 2027)],
    )
