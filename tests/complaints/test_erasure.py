"""Who reported is forgotten some months after the end; the report stays."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from complaints.models import Complaint, Contact
from core.calendar import months_before, wib_day
from core.db import db, reader
from indicators import nightly
from tests import make

ENDED = datetime(2026, 5, 1, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due_on", "night", "kept"),
    [
        (None, ENDED + timedelta(days=180), 1),
        (None, ENDED + timedelta(days=190), 0),
        (wib_day(ENDED), ENDED + timedelta(days=900), 1),
    ],
)
def test_contacts_go_six_months_after_the_end(any_app: Flask, due_on: date | None, night: datetime, kept: int) -> None:
    make.contact(make.complaint(now=ENDED, due_on=due_on))
    nightly.run_now(lambda: night, nightly.recount_marked)
    db.session.rollback()
    assert reader().scalar(sa.select(sa.func.count()).select_from(Contact)) == kept
    assert reader().scalar(sa.select(sa.func.count()).select_from(Complaint)) == 1


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 22), 6, date(2026, 5, 22)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_months_are_counted_back_to_a_day_that_exists(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before
