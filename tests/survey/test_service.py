from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from core.errors import Conflict, Refused
from survey.elements import AgeBand, Education, Occupation, Sex
from survey.service import Source
from tests import make
from tests.survey import given

BEFORE_MIDNIGHT_UTC = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)


def test_a_rating_is_kept_with_everything_said(any_app: Flask) -> None:
    about = {"sex": Sex.FEMALE, "age_band": AgeBand.FIFTIES, "education": Education.SD, "occupation": Occupation.FARMER}
    code = given.point()
    given.rated(**about, suggestion="Kursi ditambah", point_code=code, answers=given.all_answered(2) | {"waktu": 4})
    (kept,) = given.ratings()
    assert (kept.waktu, kept.biaya, kept.suggestion, kept.point_code) == (4, 2, "Kursi ditambah", code)
    assert (kept.sex, kept.age_band, kept.education, kept.occupation) == ("female", "50s", "sd", "petani")
    assert (kept.source, kept.edition_code) == ("web", "skm-2017")


def test_its_day_is_that_of_the_office_clock(any_app: Flask) -> None:
    given.rated(now=BEFORE_MIDNIGHT_UTC)
    (kept,) = given.ratings()
    assert kept.day == date(2026, 11, 1)
    assert kept.rated_at == kept.recorded_at == BEFORE_MIDNIGHT_UTC
    assert given.dirty_days() == [date(2026, 11, 1)]


def test_the_same_submission_again_is_one_rating(any_app: Flask) -> None:
    submission = uuid4()
    assert given.rated(submission_id=submission).created
    later = given.rated(submission_id=submission, now=BEFORE_MIDNIGHT_UTC, source=Source.API)
    assert not later.created
    assert len(given.ratings()) == len(given.dirty_days()) == 1


@pytest.mark.parametrize(
    "other",
    [{"answers": given.all_answered(4)}, {"suggestion": "x"}, {"service_code": "kk"}, {"sex": Sex.MALE}],
)
def test_the_same_number_with_other_content_is_a_conflict(any_app: Flask, other: dict[str, object]) -> None:
    submission = uuid4()
    given.rated(submission_id=submission)
    with pytest.raises(Conflict):
        given.rated(submission_id=submission, **other)
    (kept,) = given.ratings()
    assert kept.waktu == 3


def test_two_people_may_say_the_same(any_app: Flask) -> None:
    given.rated()
    given.rated()
    assert len(given.ratings()) == 2


def test_of_many_same_submissions_at_once_one_is_kept(any_app: Flask) -> None:
    submission = uuid4()

    def send(_: int) -> bool:
        with any_app.app_context():
            return given.rated(submission_id=submission).created

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(send, range(16))) == 1
    assert len(given.ratings()) == 1


def test_an_incomplete_rating_is_refused_whole(any_app: Flask) -> None:
    with pytest.raises(Refused):
        given.rated(answers={"waktu": 3})
    assert given.ratings() == given.dirty_days() == []


def test_an_unknown_service_leaves_nothing_behind(any_app: Flask) -> None:
    with pytest.raises(IntegrityError):
        given.rated(service_code="tidak-ada")
    assert given.ratings() == given.dirty_days() == []


def test_another_office_may_use_the_same_number(any_app: Flask) -> None:
    submission = uuid4()
    given.rated(submission_id=submission)
    with pytest.raises(IntegrityError, match=r"(?i)foreign"):
        given.rated(submission_id=submission, office_id=make.OFFICE + 1)
