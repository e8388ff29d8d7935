"""(h) The monthly page of an office with ten years of data, beside the same page with the least that it can show."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from complaints import events, queries, receipts
from complaints.deadlines import deadlines
from complaints.events import NewEvent
from complaints.models import Complaint
from complaints.terms import Move, Status
from core.calendar import WIB, Month, days_of, wib_day
from core.db import db, transaction
from core.ids import uuid7
from indicators import nightly
from offices import queries as offices
from survey.elements import OFFICIAL_ORDER
from survey.models import Rating
from survey.questionnaire import POINTS
from tests import make
from tests.bench.house import house
from tests.bench.printing import heading, line, ratio

LAST = Month(2026, 10)
NIGHT = datetime(2026, 11, 2, 17, 30, tzinfo=UTC)
YEARS = 10
RATINGS, REPORTS = 200, 40  # a month, of a busy office
LOOKS = 50
AIM = "1.2"
# Each with the months that it is compared to: a year's page beside its own year and the one before.
PAGES = {"month": ("/ringkasan/2026-10", 1), "year": ("/ringkasan/2026", 24)}
STEPS = (Move.RECEIVE, Move.VERIFY, Move.START, Move.SETTLE)


@dataclass
class Side:
    """One of the two houses, and how long its pages took."""

    app: Flask
    client: FlaskClient
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def look(self, name: str) -> None:
        """Open a page once more."""
        start = time.perf_counter()
        assert self.client.get(PAGES[name][0]).status_code == 200, name
        self.seconds.setdefault(name, []).append(time.perf_counter() - start)

    def readings(self, name: str) -> int:
        """How often a page asks the database."""
        with self.app.app_context():
            asked = make.statements()
        self.look(name)
        return sum(text.startswith(("SELECT", "WITH")) for text in asked)


def run(folder: Path, *, years: int = YEARS) -> None:
    """Print each page's time, both sides, looked at in turns: other work on the machine slows both."""
    heading(
        f"(h) The monthly page over {years} years ({RATINGS} ratings, {REPORTS} reports a month), beside few months"
    )
    line("", "few months", f"{years} years", "", "readings")
    with filled(folder / "all", 12 * years) as many:
        for name, (_path, months) in PAGES.items():
            with filled(folder / name, months) as few:
                for side in (few, many) * LOOKS:
                    side.look(name)
                _print(f"{name}, beside {months} months", name, few, many)


def _print(words: str, name: str, few: Side, many: Side) -> None:
    less, more = (median(side.seconds[name]) for side in (few, many))
    asked = f"{few.readings(name)} and {many.readings(name)}"
    line(words, f"{1000 * less:.1f} ms", f"{1000 * more:.1f} ms", ratio(more, less, most=AIM), asked)


@contextmanager
def filled(folder: Path, months: int) -> Iterator[Side]:
    """A house with so many months of data, counted, and a Sekcam in it."""
    with house(folder) as app:
        for _n in range(4):
            make.staff()
        client = make.signed_in(app, "secretary")
        chance = random.Random(1)
        for back in range(months - 1, -1, -1):
            _put_in(LAST.minus(back), chance)
        nightly.run_now(lambda: NIGHT, nightly.recount_all)
        _analyse()
        db.session.rollback()
        yield Side(app, client)


@transaction
def _analyse(session: Session, /) -> None:
    """As the nightly tidying does."""
    session.execute(sa.text("ANALYZE"))


@transaction
def _put_in(session: Session, /, month: Month, chance: random.Random) -> None:
    services = [service.code for service in offices.services(session, make.OFFICE)]
    session.connection().execute(sa.insert(Rating), [_rating(month, services, chance) for _n in range(RATINGS)])
    codes = [row.code for row in queries.categories(session, make.OFFICE)]
    villages = [village.code for village in offices.villages(session, make.OFFICE)]
    staff = [officer.id for officer in offices.staff(session, make.OFFICE)]
    rows = [_report(month, n, codes, villages, chance) for n in range(REPORTS)]
    session.connection().execute(sa.insert(Complaint), rows)
    for row in rows:
        moves = STEPS if row["status"] == Status.FINAL else STEPS[:2]
        for hours, move in enumerate(moves):
            _move(session, row["id"], move, row["received_at"] + timedelta(hours=hours), chance.choice(staff))


def _move(session: Session, complaint_id: UUID, move: Move, at: datetime, actor: UUID) -> None:
    who = None if move is Move.RECEIVE else actor
    event = NewEvent(complaint_id, move, at, actor_id=who, is_first_close=move is Move.SETTLE)
    events.append(session, make.OFFICE, event, now=at)


def _moment(month: Month, chance: random.Random) -> datetime:
    day: date = chance.choice(days_of(month))
    return datetime.combine(day, clock_time(8), WIB) + timedelta(seconds=chance.randrange(6 * 3600))


def _rating(month: Month, services: list[str], chance: random.Random) -> dict[str, Any]:
    at = _moment(month, chance)
    answers = {key.value: chance.choice((2, 3, 3, 3, 4)) for key in OFFICIAL_ORDER}
    return answers | {
        "points": POINTS * sum(answers.values()), "office_id": make.OFFICE, "id": uuid7(at), "submission_id": uuid4(),
        "digest": "", "edition_code": "skm-2017", "service_code": chance.choice(services), "source": "web",
        "suggestion": "Antre lama" if chance.random() < 0.1 else "", "rated_at": at, "day": wib_day(at),
        "recorded_at": at,
    }  # fmt: skip


def _report(month: Month, n: int, codes: list[str], villages: list[str], chance: random.Random) -> dict[str, Any]:
    """All are settled on their day, but for one in ten of the last month."""
    at = _moment(month, chance)
    dates = deadlines(at, 14, ())
    is_open = month == LAST and n % 10 == 0
    return {
        "office_id": make.OFFICE, "id": uuid7(at), "number": receipts.public_number(month.year, month.month * 1000 + n),
        "submission_id": uuid4(), "digest": "", "receipt_digest": f"{chance.getrandbits(256):064x}",
        "category_code": chance.choice(codes), "description": "Sound horeg", "village_code": chance.choice(villages),
        "source": "web", "received_at": at, "received_on": wib_day(at), "recorded_at": at,
        "status": (Status.VERIFIED if is_open else Status.FINAL).value, "answer_due": dates.answer_due,
        "follow_up_due": dates.follow_up_due, "settle_due": dates.settle_due,
    }  # fmt: skip
