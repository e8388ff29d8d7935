from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from flask import Flask

from core.db import reader
from survey import queries
from survey.models import Rating
from tests import make

FIRST, AFTER = date(2026, 10, 1), date(2026, 11, 1)


def page(after_id: UUID | None = None, limit: int = 100) -> Sequence[Rating]:
    return queries.ratings_between(reader(), make.OFFICE, FIRST, AFTER, after_id, limit)


def test_pages_meet_every_rating_once_by_day(any_app: Flask) -> None:
    for day in (5, 1, 3, 1, 5, 2, 1):
        make.rating(now=make.START + timedelta(days=day))
    seen = list(page(limit=3))
    while rest := page(seen[-1].id, 3):
        seen += rest
    assert [each.day.day for each in seen] == [2, 2, 2, 3, 4, 6, 6]
    assert len({each.id for each in seen}) == 7


def test_other_days_and_withdrawn_ratings_stay_out(any_app: Flask) -> None:
    for days in (-1, 0, 30, 31):
        make.rating(now=make.START + timedelta(days=days))
    make.rating(withdrawn_at=make.START)
    assert [each.day for each in page()] == [date(2026, 10, 1), date(2026, 10, 31)]
