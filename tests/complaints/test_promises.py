"""What a move changes of the promises: the clock stands still while the resident is asked, a category has its own."""

from datetime import date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from complaints.case_models import DueChange
from complaints.deadlines import answer_by, days_waited, later
from core.calendar import WIB
from core.db import db, transaction
from offices.models import Holiday
from tests.complaints import cases
from tests.complaints.test_deadlines import DAYS_OFF, wib

ASKED = [
    # Asked, answered, how many working days were waited before; how many are added.
    ("answered the same day", wib(11, 2, 9), wib(11, 2, 16), 0, 0),
    ("answered the next morning", wib(11, 2, 9), wib(11, 3, 8), 0, 1),
    ("asked one minute before midnight", wib(11, 2, 23, 59), wib(11, 3, 0, 1), 0, 1),
    ("over a weekend", wib(11, 6, 15), wib(11, 9, 8), 0, 1),
    ("within a weekend", wib(11, 6, 15), wib(11, 8, 20), 0, 0),
    ("over a holiday on a Monday", wib(8, 14, 9), wib(8, 18, 9), 0, 1),
    ("over the Lebaran week", wib(3, 17, 9), wib(3, 25, 9), 0, 1),
    ("a month of silence", wib(11, 2, 9), wib(12, 2, 9), 0, 10),
    ("a second question", wib(11, 2, 9), wib(11, 30, 9), 7, 3),
    ("a third, with nothing left", wib(11, 2, 9), wib(11, 30, 9), 10, 0),
]


@pytest.mark.parametrize(("asked", "answered", "before", "days"), [row[1:] for row in ASKED], ids=[r[0] for r in ASKED])
def test_waiting_adds_the_working_days_that_began(asked: datetime, answered: datetime, before: int, days: int) -> None:
    assert days_waited(asked, answered, before, DAYS_OFF) == days


def test_a_pause_over_a_holiday_moves_the_due_day_past_the_holiday() -> None:
    assert later(date(2026, 8, 14), 1, DAYS_OFF) == date(2026, 8, 18)
    assert later(date(2026, 8, 14), 0, DAYS_OFF) == date(2026, 8, 14)


def test_ten_working_days_of_silence_are_left_to_residents() -> None:
    assert answer_by(wib(11, 2, 23, 59), DAYS_OFF) == date(2026, 11, 16)


@transaction
def no_holidays(session: Session) -> None:
    session.execute(sa.delete(Holiday))


def at(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=WIB)


def changes() -> list[tuple[str, date, date]]:
    db.session.rollback()
    chosen = sa.select(DueChange).order_by(DueChange.at)
    return [(row.because, row.old_due, row.new_due) for row in db.session.scalars(chosen)]


def test_the_clock_stands_still_while_the_resident_is_asked(any_app: Flask) -> None:
    no_holidays()
    number = cases.case(now=at(11, 2))
    due = cases.report(number).settle_due
    cases.act(number, "ask", now=at(11, 3))
    assert cases.report(number).due_on == later(due, 10, ())  # as late as it can get
    cases.act(number, "resume", now=at(11, 6))
    report = cases.report(number)
    assert (report.settle_due, report.due_on, report.waited_days) == (later(due, 3, ()), later(due, 3, ()), 3)
    assert changes() == [("waited", due, later(due, 3, ()))]


def test_a_short_question_moves_nothing(any_app: Flask) -> None:
    number = cases.case(now=at(11, 2))
    due = cases.report(number).settle_due
    cases.act(number, "ask", now=at(11, 3, 9))
    cases.act(number, "resume", now=at(11, 3, 15))
    assert (cases.report(number).settle_due, changes()) == (due, [])


def test_another_category_has_its_own_promise_from_the_day_of_receipt(any_app: Flask) -> None:
    no_holidays()
    number = cases.case(now=at(11, 2))
    cases.act(number, "ask", now=at(11, 3))
    cases.act(number, "recategorise", now=at(11, 4), category="sungai")
    cases.act(number, "resume", now=at(11, 4))
    assert cases.report(number).category_code == "sungai"
    assert cases.report(number).settle_due == date(2027, 1, 26)  # 60 working days, and the one that was waited
    assert [because for because, *_days in changes()] == ["category", "waited"]


def test_another_category_leaves_the_first_answer_and_the_follow_up(any_app: Flask) -> None:
    number = cases.case(now=at(8, 14))  # promised when the Monday after was no holiday yet
    before = cases.report(number)
    cases.act(number, "recategorise", now=at(8, 14, 15), category="sungai")
    after = cases.report(number)
    assert (after.answer_due, after.follow_up_due) == (before.answer_due, before.follow_up_due)
    assert [because for because, *_days in changes()] == ["category"]


def test_what_was_waited_before_a_report_is_closed_counts_when_it_is_restored(any_app: Flask) -> None:
    number = cases.case(now=at(11, 2))
    due = cases.report(number).settle_due
    cases.act(number, "ask", now=at(11, 3))
    cases.act(number, "exclude", now=at(11, 9))
    cases.act(number, "restore", now=at(11, 10))
    assert changes() == [("waited", due, cases.report(number).settle_due)]


def test_a_settling_may_be_answered_for_ten_working_days(any_app: Flask) -> None:
    no_holidays()
    number = cases.case(now=at(11, 2))
    for step in ("verify", "start", "settle"):
        cases.act(number, step, now=at(11, 3))
    assert cases.report(number).answer_by == date(2026, 11, 17)
    cases.act(number, "reopen", now=at(11, 4))
    assert cases.report(number).answer_by is None
