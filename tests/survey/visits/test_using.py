"""One visit, one rating: by its code, once, until its last day; and never anything that bars a rating without one."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from core.db import reader
from core.errors import Missing, Refused
from survey.service import AlreadyRated
from survey.visits import codes, queries, using
from tests import make
from tests.survey import given
from tests.survey.visits import given_visits

WEEK = timedelta(days=7)


def test_a_code_rates_its_visit_once(any_app: Flask) -> None:
    visit, code = given_visits.issued(any_app)
    given.rated(once=using.once(visit, None, make.START))
    [rating] = given.ratings()
    assert (rating.visit, rating.served_by) == ("code", given_visits.OFFICER)
    assert given_visits.visit(visit.id).is_used
    with pytest.raises(AlreadyRated, match="Kode kunjungan"):
        given.rated(once=using.once(visit, None, make.START))
    assert len(given.ratings()) == 1
    assert code.startswith("MBS-")


def test_the_same_submission_again_changes_nothing(any_app: Flask) -> None:
    visit, _code = given_visits.issued(any_app)
    submission, once = uuid4(), using.once(visit, None, make.START)
    results = [given.rated(submission_id=submission, once=once).created for _tap in range(2)]
    assert results == [True, False]


def test_no_table_leads_from_a_code_to_its_rating(any_app: Flask) -> None:
    visit, _code = given_visits.issued(any_app)
    given.rated(once=using.once(visit, None, make.START), now=make.START + timedelta(hours=1))
    [rating], kept = given.ratings(), given_visits.visit(visit.id)
    of_visit = {str(getattr(kept, column.key)) for column in sa.inspect(type(kept)).columns}
    of_rating = {str(getattr(rating, column.key)) for column in sa.inspect(type(rating)).columns}
    shared = of_visit & of_rating
    assert shared <= {"1", "ktp", "True", "False", str(given_visits.OFFICER), str(kept.day)}


def test_of_two_at_once_one_is_kept(any_app: Flask) -> None:
    visit, _code = given_visits.issued(any_app)
    once = using.once(visit, None, make.START)

    def rate(_visitor: int) -> bool:
        with any_app.app_context(), suppress(AlreadyRated):
            return given.rated(once=once).created
        return False

    with ThreadPoolExecutor(4) as visitors:
        assert sum(visitors.map(rate, range(4))) == 1
    assert len(given.ratings()) == 1


def test_its_last_day_is_the_settings(any_app: Flask) -> None:
    visit, _code = given_visits.issued(any_app)
    assert visit.valid_until == date(2026, 10, 8)
    using.once(visit, None, make.START + WEEK)
    with pytest.raises(using.Expired, match="8 Oktober 2026"):
        using.once(visit, None, make.START + WEEK + timedelta(days=1))


def test_many_are_given_out_in_one_go_and_found_by_any_of_them(any_app: Flask) -> None:
    one, _code = given_visits.issued(any_app, count=3)
    given_visits.issued(any_app, count=2, now=make.START + timedelta(seconds=1))
    batch = queries.batch(reader(), make.OFFICE, one.id)
    assert len({visit.digest for visit in batch}) == 3
    with pytest.raises(Missing):
        queries.batch(reader(), make.OFFICE, uuid4())


@pytest.mark.parametrize(("count", "service_code"), [(0, "ktp"), (61, "ktp"), (1, "tak-ada")])
def test_what_can_not_be_given_out_is_refused(app: Flask, count: int, service_code: str) -> None:
    with pytest.raises(Refused):
        given_visits.issued(app, count=count, service_code=service_code)


def test_a_code_that_is_taken_is_met_by_another_id(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    taken, code = given_visits.issued(any_app)
    made = iter([codes.parse(code)])
    real = codes.make
    monkeypatch.setattr(codes, "make", lambda *args: next(made, None) or real(*args))
    another, _code = given_visits.issued(any_app)
    assert (another.id, another.digest) != (taken.id, taken.digest)
