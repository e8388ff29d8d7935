"""The invented months: locked as real ones are, the same for the same seed, none of it in the future."""

from collections import Counter
from datetime import UTC, datetime

import sqlalchemy as sa
from flask import Flask

from complaints.models import Event
from complaints.reporting.intake import Keys
from complaints.terms import Move
from core.calendar import Month
from core.db import db, reader
from core.periods import Period
from indicators import demo, demo_months, demo_reports
from indicators.locks import verifying
from indicators.locks.shown import LockFacts, facts_of_all
from offices import queries as offices
from tests import make

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
START = NOW - demo_months.TAKES
TWICE, ONCE, OPEN = Month(2026, 8), Month(2026, 9), Month(2026, 10)


def versions(month: Month) -> list[LockFacts]:
    db.session.rollback()
    return list(facts_of_all(reader(), make.OFFICE, Period.of(month)))


def test_an_invented_year_has_locked_months(any_app: Flask) -> None:
    office, months = offices.office(reader(), make.OFFICE), demo.demo_months(4, NOW)
    staff = demo.officers(make.OFFICE, "perintah demo", now=months[0].range[0])
    for month in months:
        demo.add_ratings(office_id=make.OFFICE, month=month, each_day=2, seed=str(month), now=START)
    keys = Keys(any_app.config["RECEIPT_KEY"], any_app.config["IDENTITY_KEY"])
    demo_reports.add_reports(office, months[:2], "mumbulsari", keys, staff, START)
    demo_months.lock_months(office, months, "mumbulsari", now=START)
    assert [(each.number, each.approved_by) for each in versions(ONCE)] == [(1, demo.HEAD[1])]
    newest, first = versions(TWICE)
    assert (newest.reason, newest.locked_by, first.approved_at) == (demo_months.REASON, demo.SECRETARY[1], None)
    assert newest.approved_at == NOW
    assert versions(OPEN) == []
    proofs = [proof for month in (TWICE, ONCE) for proof in verifying.verify(reader(), office, month)]
    assert [proof.holds for proof in proofs] == [True] * 3
    settled = sa.select(Event.actor_id).where(Event.move == Move.SETTLE.value)
    assert set(Counter(reader().scalars(settled))) == set(staff)


def test_too_few_months_are_only_counted(app: Flask) -> None:
    office = offices.office(reader(), make.OFFICE)
    demo_months.lock_months(office, demo.demo_months(3, NOW), "mumbulsari", now=START)
    assert versions(ONCE) == versions(TWICE) == []
