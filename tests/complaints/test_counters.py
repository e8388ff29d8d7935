"""Counters of reports: whatever happens, they say what counting the rows would."""

from threading import Event as Signal
from threading import Thread

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from complaints import counters
from complaints.counters import Place
from complaints.desk_models import CaseCount
from complaints.terms import Exclusion
from core.db import db, transaction
from indicators import nightly
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


def rows() -> list[CaseCount]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(CaseCount)))


@transaction
def spoil(session: Session) -> None:
    session.execute(sa.update(CaseCount).values(reports=CaseCount.reports + 7))


def test_recounting_everything_mends_the_counters_and_drops_those_at_nought(any_app: Flask) -> None:
    moved()
    right = counted()
    assert len(rows()) > len(right)
    spoil()
    nightly.run_all(lambda: cases.LATER)
    assert counted() == right
    assert len(rows()) == len(right)


def test_a_report_that_comes_in_during_a_recount_is_counted_once(
    postgres_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases.case()
    before, deleted, real = counted(), Signal(), counters.recount

    def slow(session: Session, office_id: int) -> None:
        session.execute(sa.delete(CaseCount))
        deleted.set()
        coming.join(1)
        real(session, office_id)

    def comes_in() -> None:
        with postgres_app.app_context():
            deleted.wait(10)
            cases.case(status="verified")

    coming = Thread(target=comes_in)
    coming.start()
    monkeypatch.setattr(counters, "recount", slow)
    counters.recount_all()
    coming.join()
    assert sum(counted().values()) == sum(before.values()) + 1
