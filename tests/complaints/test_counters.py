"""Counters of reports: whatever happens, they say what counting the rows would."""

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from complaints import counters
from complaints.counters import Place
from complaints.desk_models import CaseCount
from complaints.terms import Exclusion
from core.db import db, transaction
from tests import make
from tests.complaints import cases


@transaction
def recount(session: Session) -> None:
    counters.recount(session, make.OFFICE)


def counted() -> dict[Place, int]:
    """The counters, without those that are back at nought."""
    db.session.rollback()
    rows = db.session.scalars(sa.select(CaseCount))
    return {Place(row.status, row.is_held, row.due_on): row.reports for row in rows if row.reports}


def moved() -> None:
    """A few reports, moved since their counters were made."""
    first, second = cases.case(), cases.case(is_held=True)
    recount()
    cases.act(first, "ask")
    cases.act(first, "resume")
    cases.act(first, "recategorise")
    cases.act(second, "exclude", exclusion=Exclusion.SPAM)


def test_after_any_moves_the_counters_say_what_the_rows_say(any_app: Flask) -> None:
    moved()
    before = counted()
    recount()
    assert before == counted()
    assert sum(before.values()) == 2
    assert before[Place("excluded", is_held=False, due_on="")] == 1
