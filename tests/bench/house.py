"""Databases to measure on: seeded, and with as many ratings as asked for."""

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import flask_migrate
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from core import commands
from core.calendar import wib_day
from core.db import transaction
from core.ids import uuid7
from offices import queries
from survey.elements import OFFICIAL_ORDER, AgeBand, Education, Labelled, Occupation, Sex
from survey.models import Rating
from survey.questionnaire import POINTS
from tests import make
from wsgi import SEEDERS, create_app

FIRST = datetime(2025, 1, 1, 3, 0, tzinfo=UTC)
DAYS = 700  # about two years, the last day in the month that is looked at
LOOKED_AT = "2026-11"
BATCH = 20_000
# What respondents said of themselves.
ABOUT: Mapping[str, type[Labelled]] = {
    "sex": Sex,
    "age_band": AgeBand,
    "education": Education,
    "occupation": Occupation,
}


@contextmanager
def house(folder: Path) -> Iterator[Flask]:
    """The application over a fresh, seeded database in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    app = create_app({"DATA_DIR": str(folder)}, TESTING=True)
    app.test_client_class = make.Visitor
    with app.app_context():
        flask_migrate.upgrade()
        commands.put_in(SEEDERS, now=FIRST)
        yield app
        for engine in make.engines():
            engine.dispose()


def fill(ratings: int) -> None:
    """Put in that many ratings, spread over the days and the services. They leave no mark of a dirty day."""
    chance = random.Random(ratings)
    for start in range(0, ratings, BATCH):
        _put_in(start, min(BATCH, ratings - start), ratings, chance)


@transaction
def _put_in(session: Session, /, start: int, count: int, whole: int, chance: random.Random) -> None:
    services = [service.code for service in queries.services(session, make.OFFICE)]
    rows = [rating_row((start + n) * DAYS // whole, services, chance) for n in range(count)]
    session.connection().execute(sa.insert(Rating), rows)


def rating_row(day: int, services: list[str], chance: random.Random, office_id: int = make.OFFICE) -> dict[str, Any]:
    """A rating on a day, counted from the first."""
    at = FIRST + timedelta(days=day, seconds=chance.randrange(6 * 3600))
    answers = {key.value: chance.choice((2, 3, 3, 3, 4)) for key in OFFICIAL_ORDER}
    return answers | {
        "points": POINTS * sum(answers.values()),
        "office_id": office_id,
        "id": uuid7(at),
        "submission_id": uuid4(),
        "digest": f"{chance.getrandbits(256):064x}",
        "edition_code": "skm-2017",
        "service_code": chance.choice(services),
        **{name: chance.choice(list(kinds)).value for name, kinds in ABOUT.items()},
        "source": "web",
        "visit": chance.choice(("", "", "code")),
        "rated_at": at,
        "day": wib_day(at),
        "recorded_at": at,
    }
