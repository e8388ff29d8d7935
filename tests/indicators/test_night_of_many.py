"""The night of many offices: it asks for all of them at once."""

import os
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from complaints.erasure import erase_identities
from complaints.models import Contact
from core import media
from core.calendar import Month
from core.config import Settings
from core.db import db, reader, transaction
from core.retention import Ends
from indicators import nightly
from offices import queries, settings
from survey.figures.models import RatingMonth
from tests import crowd, make

NIGHT = datetime(2026, 10, 31, 17, 30, tzinfo=UTC)


def clock() -> datetime:
    return NIGHT


def statements(app: Flask, offices: range) -> int:
    """Of a night after a rating, a file without a row, and a setting of its own in each of these offices."""
    data: Settings = app.config["SETTINGS"]
    for office_id in offices:
        make.rating(office_id=office_id, now=NIGHT - timedelta(days=2))
        key = uuid4()
        media.write(data.data_dir, office_id, key, b"gambar")
        os.utime(next((data.data_dir / "media" / str(office_id)).glob(f"*/{key}.jpg")), (0, 0))
        settings.set_value(
            office_id=office_id, key="identity_months", value="3", month=Month(2026, 1), by="tests", now=make.START
        )
    asked = make.statements()
    nightly.run_now(clock, nightly.recount_marked)
    count = len(asked)
    asked.clear()
    return count


def test_the_number_of_statements_does_not_grow_with_the_offices(any_app: Flask) -> None:
    crowd.offices([2])
    few = statements(any_app, range(1, 3))
    crowd.offices(range(3, 41))
    assert statements(any_app, range(1, 41)) <= few
    db.session.rollback()
    counted = reader().execute(sa.select(RatingMonth.office_id, RatingMonth.respondents)).all()
    assert {(office, people) for office, people in counted} == {(n, 2 if n < 3 else 1) for n in range(1, 41)}
    assert (
        len(queries.days_off(reader(), 40, date(2027, 1, 1)))
        == len(queries.days_off(reader(), 1, date(2027, 1, 1)))
        > 9
    )
    data: Settings = any_app.config["SETTINGS"]
    assert not list((data.data_dir / "media").glob("*/*/*.jpg"))


def test_identities_end_as_each_office_chose(any_app: Flask) -> None:
    crowd.offices([2])
    ended = [
        make.complaint(now=make.START, office_id=office, status="final", due_on=None) for office in (make.OFFICE, 2)
    ]
    for office, complaint_id in zip((make.OFFICE, 2), ended, strict=True):
        make.contact(complaint_id, office_id=office)
    assert erase(Ends(date(2026, 10, 1), {2: date(2026, 10, 2)})) == 1
    db.session.rollback()
    assert reader().scalars(sa.select(Contact.office_id)).all() == [make.OFFICE]
    assert erase(Ends(date(2026, 10, 2))) == 1


@transaction
def erase(session: Session, ends: Ends, /) -> int:
    return sum(erase_identities(session, ends, now=NIGHT).values())
