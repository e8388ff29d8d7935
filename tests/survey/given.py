"""Builders of the survey: given.rated(answers=…), given.edition(code=…)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from core.db import db, reader, transaction
from core.errors import Refused
from offices import audit
from offices import queries as offices
from offices import service as house
from offices.models import DirtyDay, Service
from offices.points import Purpose
from survey import editions, queries, service, sheets
from survey.elements import OFFICIAL_ORDER, ElementKey
from survey.master import OFFICIAL_QUESTIONS
from survey.models import Rating
from survey.questionnaire import Question, Questionnaire
from survey.scores import Tally
from tests import make

TODAY = date(2026, 10, 1)
OFFICIAL = OFFICIAL_QUESTIONS
WAITING = Question("waktu_antre", ElementKey.WAKTU, "Lama antrenya?", ("Lama", "Agak lama", "Cepat", "Cepat sekali"))


def official() -> Questionnaire:
    """The edition that every office begins with."""
    return Questionnaire("skm-2017", OFFICIAL)


def reworded(key: str) -> Questionnaire:
    """The official questions, the one with this key in other words."""
    return Questionnaire(
        "skm-baru", tuple(replace(each, text="Apa lagi?") if each.key == key else each for each in OFFICIAL)
    )


SHEET = sheets.Terms(
    day=TODAY, service_code="ktp", services={"ktp"}, today=TODAY,
    editions=[sheets.edition(date(2017, 1, 1), official(), OFFICIAL_ORDER)],
)  # fmt: skip


def counted(rows: Iterable[Sequence[int | None]]) -> tuple[Tally, int]:
    """What rows of answers u1…u9 add up to, read and summed as an import does, and how many it refuses."""
    sums, kept, refused = Counter[ElementKey](), 0, 0
    for row in rows:
        cells = {f"u{place}": "" if answer is None else str(answer) for place, answer in enumerate(row, 1)}
        try:
            sums.update(official().element_sums(sheets.read_rating(SHEET, cells).answers))
            kept += 1
        except Refused:
            refused += 1
    return Tally.from_items(kept, sums, official().items_per_element), refused


def all_answered(answer: int, questionnaire: Questionnaire | None = None) -> dict[str, int]:
    return dict.fromkeys((questionnaire or official()).keys, answer)


def rated(**values: Any) -> service.RateResult:
    """A rating by `rate`, every value with a default."""
    defaults: dict[str, Any] = {
        "office_id": make.OFFICE, "submission_id": uuid4(), "point_code": None, "service_code": "ktp",
        "questionnaire": official(), "answers": all_answered(3), "sex": None, "age_band": None, "education": None,
        "occupation": None, "suggestion": "", "source": service.Source.WEB, "now": make.START,
    }  # fmt: skip
    return service.rate(**defaults | values)


@transaction
def edition(session: Session, /, code: str = "skm-baru", starts_on: date = date(2026, 11, 1), **values: Any) -> None:
    """An edition put in on START, with the official questions unless others are given."""
    defaults: dict[str, Any] = {"name": "SKM baru", "questions": OFFICIAL, "now": make.START}
    editions.put_in(session, office_id=make.OFFICE, code=code, starts_on=starts_on, **defaults | values)
    audit.record(session, make.OFFICE, "tests", "edition.put", code, {}, now=make.START)


def ratings() -> list[Rating]:
    """All ratings as they are stored now, in the order they came."""
    db.session.rollback()
    db.session.expire_all()
    return list(reader().scalars(sa.select(Rating).order_by(Rating.id)))


def dirty_days() -> list[date]:
    db.session.rollback()
    return sorted(reader().scalars(sa.select(DirtyDay.day)))


def point(service_code: str | None = None, purpose: str = "rate") -> str:
    """The code of a seeded point; with a service, of one that is for it alone."""
    for row in offices.points(reader(), make.OFFICE):
        if (row.service_code, row.purpose) == (service_code, purpose):
            return row.code
    raise LookupError(purpose)


def closed_point(code: str) -> None:
    row = offices.point(reader(), make.OFFICE, code)
    house.edit_point(
        office_id=make.OFFICE, code=code, name=row.name, purpose=Purpose(row.purpose), service_code=row.service_code,
        village_code=row.village_code, place=row.place, is_open=False, by="tests", now=make.START,
    )  # fmt: skip


@transaction
def closed_service(session: Session, code: str) -> None:
    """Closed behind the back of a point that names it."""
    session.execute(sa.update(Service).filter_by(office_id=make.OFFICE, code=code).values(is_open=False))
    audit.record(session, make.OFFICE, "tests", "service.edit", code, {}, now=make.START)


def filled_in(questionnaire: Questionnaire | None = None, **values: Any) -> dict[str, Any]:
    """The fields of a complete form, without its token."""
    answers = {key: str(answer) for key, answer in all_answered(3, questionnaire).items()}
    return {"submission_id": str(uuid4()), "service": "ktp", **answers, **values}


def sent(client: FlaskClient, point: str, **values: Any) -> TestResponse:
    """The answer to a form filled in and sent, as a browser would."""
    path = f"/survei/{point}"
    return client.post(path, data=filled_in(csrf_token=make.token(client, path), **values))


def now_is(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Stop the clock."""
    monkeypatch.setattr("core.clock.now", lambda: moment)


def stored_edition(day: date) -> str | None:
    found = queries.questionnaire_on(reader(), make.OFFICE, day)
    return found.code if found else None
