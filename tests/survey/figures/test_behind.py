"""The ratings behind a figure: paged, as many as it counts, and only those."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask

from core.db import db, reader
from core.periods import Period
from survey.figures import behind
from survey.figures.behind import ALL, Chosen, RatingRow
from survey.review import excluding
from tests import make
from tests.survey import given

OCTOBER = Period.parse("2026-10")
LATER = make.START + timedelta(days=60)


def page(chosen: Chosen = ALL, after: UUID | None = None, limit: int = 100) -> Sequence[RatingRow]:
    db.session.rollback()
    return behind.ratings(reader(), make.OFFICE, OCTOBER, chosen, LATER, limit, after)


def test_pages_meet_every_rating_once_in_an_order_that_says_nothing(any_app: Flask) -> None:
    for day in (5, 1, 3, 1, 5, 2, 1):
        make.rating(now=make.START + timedelta(days=day))
    seen = list(page(limit=3))
    while rest := page(after=seen[-1].submission_id, limit=3):
        seen += rest
    drawn = [each.submission_id for each in seen]
    assert drawn == sorted(drawn)
    assert len(set(drawn)) == 7
    assert not any(isinstance(value, date) for value in vars(seen[0]).values())


def test_other_days_and_withdrawn_ratings_stay_out(any_app: Flask) -> None:
    for days in (-1, 0, 30, 31):
        make.rating(now=make.START + timedelta(days=days), answer=1 + days % 4)
    make.rating(withdrawn_at=make.START)
    make.rating(recorded_at=LATER + timedelta(days=1))
    assert sorted(each.sums[0] for each in page()) == [1, 3]


@pytest.mark.parametrize(
    ("chosen", "answers"),
    [
        pytest.param(ALL, [2, 3, 4], id="in the index"),
        pytest.param(Chosen(with_excluded=True), [1, 2, 3, 4], id="with those taken out"),
        pytest.param(Chosen(services=frozenset({"kk"})), [3], id="of a service"),
        pytest.param(Chosen(source="paper"), [4], id="on paper"),
        pytest.param(Chosen(point=""), [2, 3, 4], id="without a point"),
        pytest.param(Chosen(point="ABC"), [], id="of another point"),
    ],
)
def test_only_those_of_the_figure_are_listed(any_app: Flask, chosen: Chosen, answers: list[int]) -> None:
    make.rating(answer=1)
    out = given.ratings()[0].id
    excluding.exclude(office_id=make.OFFICE, rating_ids=[out], reason="Coba-coba saja", by="tests", now=make.START)
    make.rating(answer=2, visit="code")
    make.rating(answer=3, service="kk")
    make.rating(answer=4, source="paper")
    assert sorted(each.sums[0] for each in page(chosen)) == answers
