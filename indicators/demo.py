"""An invented, believable year, for looking at and for benchmarks. Everything it makes is marked as invented."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.desk import desk_queries
from complaints.models import Complaint
from core.calendar import WIB, Month, days_of
from core.db import reader, transaction
from core.errors import Refused
from core.ids import uuid7
from indicators import demo_survey, invented
from offices import dirty, queries
from offices import staff as accounts
from offices.dirty import Figures
from offices.models import Office
from offices.roles import Role
from survey.elements import OFFICIAL_ORDER
from survey.master import FIRST_EDITION
from survey.models import Rating
from survey.questionnaire import POINTS

BATCH = 20_000
OFFICERS = ("Contoh Budi Santoso", "Contoh Siti Aminah")
SECRETARY = ("sekcam@contoh.example", "Contoh Dewi Lestari", Role.SECRETARY)
HEAD = ("camat@contoh.example", "Contoh Hendra Wijaya", Role.HEAD)


def refuse_real_data(session: Session, office: Office) -> None:
    """Invented data never mixes with real: raises Refused unless the office is invented or still empty."""
    for model in (Rating, Complaint):
        if not office.invented and session.scalar(sa.select(sa.func.count()).select_from(model)):
            raise Refused("Basis data ini berisi data sungguhan. Pakai DATA_DIR lain untuk data contoh.")


@transaction
def mark_invented(session: Session, *, office_id: int) -> None:
    """From now on every page says so."""
    session.execute(sa.update(Office).where(Office.id == office_id).values(invented=True))


def officers(office_id: int, by: str, *, now: datetime) -> Sequence[UUID]:
    """The ids of the invented officers; they, the Sekcam and the Camat are made when they are not there."""
    known = {member.email for member in queries.staff(reader(), office_id)}
    people = [(f"petugas{number}@contoh.example", name, Role.OFFICER) for number, name in enumerate(OFFICERS, 1)]
    for email, name, role in (*people, SECRETARY, HEAD):
        if email not in known:
            accounts.add(office_id=office_id, email=email, name=name, role=role, by=by, now=now)
    reader().rollback()
    return [member.id for member in desk_queries.assignable(reader(), office_id)]


@transaction
def add_ratings(session: Session, *, office_id: int, month: Month, each_day: int, seed: str, now: datetime) -> int:
    """Ratings of a month's working days up to `now`; how many there are."""
    chance = random.Random(seed)  # noqa: S311 (invented data, the same for the same seed)
    services = [service.code for service in queries.open_services(session, office_id)]
    points = [point.code for point in queries.rated_points(session, office_id)]
    rows: list[dict[str, Any]] = []
    total = 0
    for moment in _visits(month, each_day, chance, now):
        rows.append(_rating(office_id, moment, chance, services) | demo_survey.respondent(chance, points))
        total += 1
        if len(rows) == BATCH:
            session.execute(sa.insert(Rating), rows)
            rows = []
    if rows:
        session.execute(sa.insert(Rating), rows)
    dirty.mark(session, office_id, Figures.RATINGS, days_of(month), now=now)
    return total


@transaction
def add_late_ratings(session: Session, *, office_id: int, day: date, count: int, seed: str, now: datetime) -> None:
    """Ratings of a day that is long over, recorded now."""
    chance = random.Random(seed)  # noqa: S311 (invented data, the same for the same seed)
    services = [service.code for service in queries.open_services(session, office_id)]
    moment = datetime.combine(day, time(10), WIB)
    late = {"recorded_at": now}
    rows = [
        _rating(office_id, moment, chance, services) | demo_survey.respondent(chance, ()) | late for _ in range(count)
    ]
    session.execute(sa.insert(Rating), rows)
    dirty.mark(session, office_id, Figures.RATINGS, {day}, now=now)


def _visits(month: Month, each_day: int, chance: random.Random, now: datetime) -> Iterator[datetime]:
    """Office hours, Monday to Friday."""
    for day in days_of(month):
        if day.weekday() < 5:
            for _ in range(chance.randint(each_day // 2, each_day + each_day // 2)):
                moment = datetime.combine(day, time(8), WIB) + timedelta(minutes=chance.randint(0, 420))
                if moment < now:
                    yield moment


def _rating(office_id: int, moment: datetime, chance: random.Random, services: Sequence[str]) -> dict[str, Any]:
    mood = chance.gauss(3.1, 0.5)
    answers = {
        key.value: min(4, max(1, round(chance.gauss(mood + invented.LEANING.get(key, 0), 0.6))))
        for key in OFFICIAL_ORDER
    }
    identity = uuid7(moment)
    return answers | {
        "points": POINTS * sum(answers.values()),
        "office_id": office_id,
        "id": identity,
        "submission_id": UUID(int=chance.getrandbits(128)),
        "digest": "",
        "edition_code": FIRST_EDITION,
        "service_code": chance.choice(services),
        "suggestion": chance.choice(invented.SUGGESTIONS) if chance.random() < invented.OUTSPOKEN else "",
        "rated_at": moment,
        "day": moment.date(),
        "recorded_at": moment,
    }


def demo_months(count: int, now: datetime) -> list[Month]:
    """The last `count` months, oldest first, with the running one."""
    running = Month.of(now)
    return [running.minus(back) for back in range(count - 1, -1, -1)]
