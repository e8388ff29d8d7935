"""Due days are told once each: before to whoever handles it, after to the section's head and the Sekcam."""

from collections import Counter
from datetime import date, datetime, timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from complaints.desk_models import Escalation
from complaints.messages import escalation
from complaints.messages.escalation import Window, windows
from complaints.messages.letters import Step
from core.calendar import WIB
from core.db import db
from core.outbox_models import Message
from tests import make
from tests.complaints import cases

DAYS = {Step.SOON: 1, Step.LATE: 1, Step.VERY_LATE: 3}
MONDAY = date(2026, 11, 2)


def morning(day: date, hour: int = 7) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=WIB)


def tell(day: date, hour: int = 7) -> int:
    return escalation.tell(office_id=make.OFFICE, by_mail=True, now=morning(day, hour))


def told() -> Counter[str]:
    """How many messages each step has put down."""
    db.session.rollback()
    return Counter(once.split(":")[1] for once in db.session.scalars(sa.select(Message.once)) if once[:4] == "due:")


@pytest.mark.parametrize(
    ("today", "days_off", "soon", "late", "very_late"),
    [
        (MONDAY, (), date(2026, 11, 3), date(2026, 11, 1), date(2026, 10, 28)),
        (date(2026, 11, 6), (), date(2026, 11, 9), date(2026, 11, 5), date(2026, 11, 3)),  # Friday looks to Monday
        (MONDAY, (date(2026, 11, 3),), date(2026, 11, 4), date(2026, 11, 1), date(2026, 10, 28)),
        (date(2026, 11, 4), (date(2026, 11, 3),), date(2026, 11, 5), date(2026, 11, 3), date(2026, 10, 29)),
    ],
)
def test_the_due_days_that_a_morning_tells_of(
    today: date, days_off: tuple[date, ...], soon: date, late: date, very_late: date
) -> None:
    found = windows(today, DAYS, days_off)
    assert found[Step.SOON] == Window(today, soon)
    assert (found[Step.LATE].last, found[Step.VERY_LATE].last) == (late, very_late)


def test_nothing_is_told_on_a_day_that_nobody_works() -> None:
    assert windows(date(2026, 11, 1), DAYS, ()) == {}
    assert windows(MONDAY, DAYS, (MONDAY,)) == {}


def test_a_step_set_to_nothing_is_not_told() -> None:
    assert windows(MONDAY, dict.fromkeys(Step, 0), ()) == {}


def test_each_is_told_in_turn_and_once(any_app: Flask) -> None:
    make.staff("officer")
    make.staff("section_head")
    make.staff("section_head", section="pmks")  # of another section
    make.staff("secretary")
    cases.case(due_on=date(2026, 11, 4))
    by_day = []
    for day in range(2, 12):
        for _twice in range(2):
            tell(date(2026, 11, day))
        by_day.append(dict(told()))
    first_told = {step: 2 + next(n for n, counts in enumerate(by_day) if step in counts) for step in by_day[-1]}
    assert first_told == {"soon": 3, "late": 5, "very_late": 9}  # 7 and 8 November are a weekend
    assert by_day[-1] == {"soon": 1, "late": 1, "very_late": 1}


def test_nothing_is_told_before_seven(app: Flask) -> None:
    cases.case(due_on=MONDAY)
    assert tell(MONDAY, 6) == 0
    assert tell(MONDAY) == 1


def test_a_morning_that_was_missed_is_made_up_for(app: Flask) -> None:
    make.staff("officer")
    cases.case(due_on=date(2026, 11, 4))
    assert tell(date(2026, 11, 4), 15) == 1
    assert told() == {"soon": 1}


def test_who_waits_for_the_resident_is_not_reminded(app: Flask) -> None:
    cases.case(due_on=MONDAY, status="waiting")
    assert tell(MONDAY) == 0


def test_a_question_hides_no_report_that_is_past_its_due_day(any_app: Flask) -> None:
    make.staff("section_head")
    make.staff("secretary")
    cases.case(due_on=MONDAY, status="waiting")
    assert tell(date(2026, 11, 9)) == 2
    assert told() == {"late": 1, "very_late": 1}


def test_what_is_held_for_review_is_told_to_nobody(app: Flask) -> None:
    make.staff("section_head")
    cases.case(due_on=MONDAY, is_held=True)
    assert tell(date(2026, 11, 9)) == 0


def test_all_reports_of_a_morning_come_in_one_message(app: Flask) -> None:
    make.staff("section_head")
    for _ in range(5):
        cases.case(due_on=date(2026, 10, 30))
    assert tell(MONDAY) == 5
    assert told() == {"late": 1}


def test_a_due_day_that_moved_is_told_anew(app: Flask) -> None:
    make.staff("officer")
    number = cases.case(due_on=MONDAY)
    tell(MONDAY)
    with db.engines["writer"].begin() as connection:
        connection.execute(sa.text("UPDATE complaint SET due_on = '2026-11-20'"))
    assert cases.report(number).due_on == date(2026, 11, 20)
    tell(date(2026, 11, 19))
    assert told() == {"soon": 2}


def test_two_processes_tell_once(any_app: Flask) -> None:
    make.staff("section_head")
    for _ in range(20):
        cases.case(due_on=date(2026, 10, 30))
    start, counts = Barrier(2), []

    def work() -> None:
        with any_app.app_context():
            start.wait()
            counts.append(tell(MONDAY))

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 20
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Escalation)) == 20


def test_due_days_are_told_in_few_statements(app: Flask) -> None:
    make.staff("officer")
    make.staff("section_head")
    for _ in range(30):
        cases.case(due_on=MONDAY - timedelta(days=3))
    asked = make.statements()
    tell(MONDAY)
    assert len(asked) < 25, asked
