"""The nightly run: recounts what changed, once, whoever asks; and what it leaves equals a full recount."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from core import jobs
from core.calendar import wib_day
from core.db import Base, db, reader, transaction, writer_engine
from indicators import nightly
from indicators.models import ComplaintDay, ComplaintMonth
from indicators.recount import Recounted
from offices import dirty
from offices.dirty import Figures
from survey.figures.models import RatingAnswerMonth, RatingGroupMonth, RatingMonth
from survey.models import Rating
from tests import make

NIGHT = datetime(2026, 10, 31, 17, 30, tzinfo=UTC)  # 00:30 WIB on 1 November
LAST_MINUTES = datetime(2026, 10, 31, 16, 59, tzinfo=UTC)  # 23:59 WIB on 31 October


def clock() -> datetime:
    return NIGHT


def rows(*models: type[Base]) -> list[tuple[object, ...]]:
    db.session.rollback()
    found = [
        sorted(map(tuple, reader().execute(sa.select(*sa.inspect(model).columns)).all()), key=str) for model in models
    ]
    return [row for each in found for row in each]


def figures() -> list[tuple[object, ...]]:
    return rows(RatingMonth, RatingGroupMonth, RatingAnswerMonth, ComplaintDay, ComplaintMonth)


def test_a_rating_of_the_last_minutes_counts_in_its_wib_month(any_app: Flask) -> None:
    make.rating(now=LAST_MINUTES)
    make.rating(now=LAST_MINUTES + timedelta(minutes=1))
    nightly.run_due(clock)
    assert [(row[1], row[4]) for row in rows(RatingMonth)] == [("2026-10", 1), ("2026-11", 1)]


def test_recounting_everything_gives_the_same_rows(any_app: Flask) -> None:
    for day in range(1, 20):
        make.rating(now=NIGHT - timedelta(days=day), answer=1 + day % 4)
        make.complaint(now=NIGHT - timedelta(days=2 * day))
    nightly.run_due(clock)
    night = figures()
    nightly.run_now(clock, nightly.recount_all)
    assert night
    assert figures() == night


def test_days_counted_again_and_again_end_as_if_counted_once(any_app: Flask) -> None:
    case = make.complaint(now=NIGHT - timedelta(days=6))
    for day in range(1, 8):
        make.rating(now=NIGHT - timedelta(days=day), answer=1 + day % 4, service=("ktp", "kk")[day % 2])
    nightly.run_due(clock)
    for day in (1, 1, 5):
        make.rating(now=NIGHT - timedelta(days=day), answer=4, sex="female")
        nightly.run_now(clock, nightly.recount_marked)
    make.happened(case, "settle", now=NIGHT, is_first_close=True)
    make.happened(case, "exclude", now=NIGHT, exclusion="spam")
    make.review_ratings(service="kk", now=NIGHT)
    nightly.run_now(clock, nightly.recount_marked)
    night = figures()
    nightly.run_now(clock, nightly.recount_all)
    assert figures() == night


def test_a_rating_that_goes_to_and_fro_is_held_as_it_stands(any_app: Flask) -> None:
    for service in ("ktp", "kk", "kk"):
        make.rating(now=LAST_MINUTES, service=service, answer=4)
    make.review_ratings(service="kk", now=NIGHT)  # before the night ever saw them
    for change in (make.review_ratings, put_back, make.review_ratings):
        change(service="kk", now=NIGHT)
        nightly.run_now(clock, nightly.recount_marked)
        night = figures()
        nightly.run_now(clock, nightly.recount_all)
        assert figures() == night
        held = {row[2]: row[4] for row in rows(RatingMonth)}
        assert held == ({"ktp": 1, "kk": 2} if change is put_back else {"ktp": 1})
        out = [row[5] for row in rows(RatingGroupMonth) if row[2] == "excluded"]
        assert out == ([] if change is put_back else [2])
    make.withdraw_ratings(now=NIGHT)
    nightly.run_now(clock, nightly.recount_marked)
    assert figures() == []


@transaction
def put_back(session: Session, /, *, service: str, now: datetime) -> None:
    session.execute(sa.update(Rating).where(Rating.service_code == service).values(is_excluded=False))
    dirty.mark(session, make.OFFICE, Figures.RATINGS, {wib_day(LAST_MINUTES)}, now=now)


def test_only_changed_days_are_recounted(any_app: Flask) -> None:
    make.rating(now=NIGHT - timedelta(days=9))
    nightly.run_due(clock)
    make.rating(now=NIGHT - timedelta(days=3))
    run = nightly.run_now(clock, nightly.recount_marked)
    assert run.days_recounted == 1
    assert nightly.run_now(clock, nightly.recount_marked).days_recounted == 0


def test_a_day_whose_last_rating_was_withdrawn_leaves_no_row(any_app: Flask) -> None:
    make.rating(now=LAST_MINUTES)
    nightly.run_due(clock)
    make.withdraw_ratings(now=NIGHT)
    nightly.run_now(clock, nightly.recount_marked)
    assert figures() == []


def test_the_number_of_queries_does_not_grow_with_the_ratings(any_app: Flask) -> None:
    def queries_of_a_run(ratings: int) -> int:
        for _ in range(ratings):
            make.rating(now=LAST_MINUTES)
        seen: list[str] = []
        hear = lambda *args: seen.append(args[2])  # noqa: E731
        event.listen(writer_engine(), "before_cursor_execute", hear)
        nightly.run_now(clock, nightly.recount_marked)
        event.remove(writer_engine(), "before_cursor_execute", hear)
        return len(seen)

    nightly.run_now(clock, nightly.recount_marked)  # the first of a day erases, too
    assert queries_of_a_run(1) == queries_of_a_run(40)


def test_two_schedulers_run_a_night_once(any_app: Flask) -> None:
    make.rating(now=LAST_MINUTES)
    both = threading.Barrier(2)

    def scheduler() -> None:
        with any_app.app_context():
            both.wait()
            nightly.run_due(clock)

    threads = [threading.Thread(target=scheduler) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [run.day for run in jobs.recent_runs(reader())] == [date(2026, 11, 1)]


def test_missed_nights_are_caught_up(any_app: Flask) -> None:
    nightly.run_due(clock)
    make.rating(now=NIGHT + timedelta(hours=1))
    done = nightly.run_due(lambda: NIGHT + timedelta(days=3))
    assert [run.day.day for run in done] == [2, 3, 4]
    assert [run.days_recounted for run in done] == [1, 0, 0]


@pytest.mark.parametrize(
    ("last_done", "now", "nights"),
    [
        (None, NIGHT, [date(2026, 11, 1)]),
        (None, NIGHT - timedelta(minutes=1), [date(2026, 10, 31)]),
        (date(2026, 11, 1), NIGHT + timedelta(hours=2), []),
        (date(2026, 10, 30), NIGHT, [date(2026, 10, 31), date(2026, 11, 1)]),
    ],
)
def test_nights_are_due_from_half_past_midnight_wib(last_done: date | None, now: datetime, nights: list[date]) -> None:
    assert nightly.due_nights(last_done, now) == nights


def test_a_run_that_lost_its_lease_publishes_nothing(any_app: Flask) -> None:
    make.rating(now=LAST_MINUTES)
    owner = jobs.claim(nightly.JOB, now=NIGHT)
    assert owner is not None
    later = jobs.claim(nightly.JOB, now=NIGHT + jobs.LEASE)
    assert later is not None
    assert nightly._run(owner, nightly.Task(nightly.JOB, date(2026, 11, 1), nightly.recount_marked), clock) is None
    assert figures() == []
    assert make.marks() == [(Figures.RATINGS, date(2026, 10, 31))]


def test_a_failed_run_is_recorded_and_frees_the_job(any_app: Flask) -> None:
    def broken(_session: object) -> Recounted:
        raise RuntimeError("disk full")

    with pytest.raises(RuntimeError):
        nightly.run_now(clock, broken)
    assert jobs.recent_runs(reader())[0].error == "RuntimeError('disk full')"
    assert jobs.claim(nightly.JOB, now=NIGHT) is not None


def test_each_run_is_recorded_with_what_it_did(any_app: Flask) -> None:
    make.rating(now=LAST_MINUTES)
    nightly.run_due(clock)
    run = jobs.recent_runs(reader())[0]
    assert (run.days_recounted, run.error) == (1, None)
    assert run.rows_written == len(rows(RatingMonth, RatingGroupMonth, RatingAnswerMonth))


def test_a_day_counted_by_hand_is_no_night(any_app: Flask) -> None:
    make.rating(now=LAST_MINUTES)
    make.rating(now=LAST_MINUTES - timedelta(days=1))
    assert nightly.run_day(clock, date(2026, 10, 30)).days_recounted == 1
    assert [run.days_recounted for run in nightly.run_due(clock)] == [2]


def test_a_run_by_hand_before_half_past_midnight_leaves_the_night_to_come(any_app: Flask) -> None:
    nightly.run_now(lambda: NIGHT - timedelta(minutes=10), nightly.recount_marked)
    make.rating(now=LAST_MINUTES)
    assert [run.day for run in nightly.run_due(clock)] == [date(2026, 11, 1)]
