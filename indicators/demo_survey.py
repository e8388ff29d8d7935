"""The invented year's respondents, visits and follow-up plan."""

import random
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.calendar import Month, days_of, wib_day
from core.db import reader, transaction
from core.ids import uuid7
from core.periods import Period
from indicators import invented
from offices import queries
from survey.review import plans
from survey.review import queries as reviewed
from survey.review.terms import Status
from survey.service import Source
from survey.visits.models import VisitCount

Value = TypeVar("Value")
LONGEST_FILL_S = 300
HALF_YEAR, QUARTER = 6, 3


def respondent(chance: random.Random, points: Sequence[str]) -> dict[str, Any]:
    """Who answered, and how the rating came in."""
    source = _one_of(invented.WAYS, chance)
    on_a_phone = source in {Source.WEB, Source.KIOSK}
    return {
        "sex": _one_of(invented.SEXES, chance),
        "age_band": _one_of(invented.AGES, chance),
        "education": _one_of(invented.SCHOOLS, chance),
        "occupation": _one_of(invented.WORK, chance),
        "source": source,
        "point_code": chance.choice(points) if points and on_a_phone else None,
        "visit": "code" if chance.random() < invented.PROVEN else "",
        "fill_s": chance.randint(5, LONGEST_FILL_S) if on_a_phone else None,
    }


@transaction
def add_visits(session: Session, *, office_id: int, month: Month, each_day: int, seed: str, now: datetime) -> None:
    """How many people used each service on each working day up to today."""
    chance = random.Random(f"visits{seed}")  # noqa: S311 (invented data, the same for the same seed)
    services = [service.code for service in queries.open_services(session, office_id)]
    days = [day for day in days_of(month) if day.weekday() < 5 and day <= wib_day(now)]
    rows = [
        {
            "office_id": office_id,
            "id": uuid7(now),
            "service_code": service,
            "day": day,
            "visits": round(each_day / len(services) * chance.uniform(*invented.VISITORS)),
            "recorded_at": now,
            "recorded_by": "perintah demo",
        }
        for day in days
        for service in services
    ]
    if rows:
        session.execute(sa.insert(VisitCount), rows)


def add_plan(office_id: int, month: Month, by: str, *, now: datetime) -> None:
    """The plan that followed from the half-year before the month's."""
    period = Period.around(month, HALF_YEAR).previous()
    for element, action, owner, status, result, words in invented.FOLLOW_UPS:
        made = plans.add(
            office_id=office_id,
            period=str(period),
            element=element,
            service_code=None,
            action=action,
            due=str(Period.around(month, QUARTER)),
            owner=owner,
            by=by,
            now=now,
        )
        _go_on(office_id, made, Status(status), result, words, by, now)


def _go_on(office_id: int, made: UUID, status: Status, result: str, words: str, by: str, now: datetime) -> None:
    """Say how far the line is, and tell residents where there is something to tell."""
    if status is Status.PLANNED:
        return
    plans.mark(
        office_id=office_id,
        follow_up_id=made,
        seen=_changed(office_id, made),
        status=status,
        result=result,
        done_on=wib_day(now) if status is Status.DONE else None,
        by=by,
        now=now,
    )
    plans.publish(
        office_id=office_id,
        follow_up_id=made,
        seen=_changed(office_id, made),
        is_public=True,
        public_words=words,
        by=by,
        now=now,
    )


def _changed(office_id: int, made: UUID) -> datetime:
    reader().rollback()
    return reviewed.follow_up(reader(), office_id, made).changed_at


def _one_of(shares: Sequence[tuple[Value, float]], chance: random.Random) -> Value:
    return chance.choices([value for value, _share in shares], [share for _value, share in shares])[0]
