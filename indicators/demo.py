"""An invented, believable year, for looking at and for benchmarks. Everything it makes is marked as invented."""

import heapq
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints import desk_queries, intake, moves
from complaints.intake import Keys
from complaints.models import Complaint
from complaints.terms import Exclusion, Move, Source
from complaints.workflow import Details
from core.calendar import WIB, Month
from core.db import reader, transaction
from core.errors import Refused
from core.ids import uuid7
from indicators import invented
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
Step = Callable[[datetime], None]


@dataclass(order=True)
class Planned:
    """Something that will happen; `turn` keeps equal moments in order."""

    at: datetime
    turn: int
    step: Step


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
    """The ids of the invented officers, made when they are not there."""
    known = {member.email for member in queries.staff(reader(), office_id)}
    for number, name in enumerate(OFFICERS, 1):
        email = f"petugas{number}@contoh.example"
        if email not in known:
            accounts.add(office_id=office_id, email=email, name=name, role=Role.OFFICER, by=by, now=now)
    reader().rollback()
    return [member.id for member in desk_queries.assignable(reader(), office_id)]


@transaction
def add_ratings(session: Session, *, office_id: int, month: Month, each_day: int, seed: str, now: datetime) -> int:
    """Ratings of a month's working days up to `now`; how many there are."""
    chance = random.Random(seed)  # noqa: S311 (invented data, the same for the same seed)
    services = [service.code for service in queries.open_services(session, office_id)]
    rows: list[dict[str, Any]] = []
    total = 0
    for moment in _visits(month, each_day, chance, now):
        rows.append(_rating(office_id, moment, chance, services))
        total += 1
        if len(rows) == BATCH:
            session.execute(sa.insert(Rating), rows)
            rows = []
    if rows:
        session.execute(sa.insert(Rating), rows)
    dirty.mark(session, office_id, Figures.RATINGS, _days(month), now=now)
    return total


def _days(month: Month) -> list[date]:
    return [month.first_day + timedelta(days=n) for n in range((month.day_after - month.first_day).days)]


def _visits(month: Month, each_day: int, chance: random.Random, now: datetime) -> Iterator[datetime]:
    """Office hours, Monday to Friday."""
    for day in _days(month):
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
        "sex": chance.choice(("male", "female")),
        "age_band": chance.choice(("20s", "30s", "40s", "50s")),
        "education": chance.choice(("sd", "sltp", "slta", "slta", "s1")),
        "occupation": chance.choice(("petani", "pedagang", "wirausaha", "swasta")),
        "suggestion": chance.choice(invented.SUGGESTIONS) if chance.random() < invented.OUTSPOKEN else "",
        "source": "web",
        "rated_at": moment,
        "day": moment.date(),
        "recorded_at": moment,
    }


def add_reports(
    office: Office, months: Sequence[Month], seed: str, keys: Keys, staff: Sequence[UUID], now: datetime
) -> int:
    """Reports and their moves, in the order of their moments; how many reports."""
    return _Reports(office, seed, keys, staff, now).play(months)


class _Reports:
    """Plays the invented reports through the same functions that real ones take."""

    def __init__(self, office: Office, seed: str, keys: Keys, staff: Sequence[UUID], now: datetime) -> None:
        self.office, self.keys, self.staff, self.now = office, keys, staff, now
        self.chance = random.Random(seed)  # noqa: S311 (invented data)
        self.villages = [village.code for village in queries.villages(reader(), office.id)]
        self.planned: list[Planned] = []
        self.turn = 0
        self.received = 0

    def play(self, months: Sequence[Month]) -> int:
        for month in months:
            for _ in range(self.chance.randint(9, 22)):
                day = self.chance.choice(_days(month))
                self._plan(
                    datetime.combine(day, time(6), WIB) + timedelta(minutes=self.chance.randint(0, 960)), self._receive
                )
        while self.planned:
            next_up = heapq.heappop(self.planned)
            next_up.step(next_up.at)
        return self.received

    def _plan(self, at: datetime, step: Step) -> None:
        if at < self.now:
            self.turn += 1
            heapq.heappush(self.planned, Planned(at, self.turn, step))

    def _later(self, at: datetime, most_hours: int) -> datetime:
        return at + timedelta(minutes=self.chance.randint(20, most_hours * 60))

    def _receive(self, at: datetime) -> None:
        category, description = self.chance.choice(invented.REPORTS)
        handed = intake.submit(
            office_id=self.office.id, prefix=self.office.prefix, submission_id=UUID(int=self.chance.getrandbits(128)),
            category=category, description=description, village=self.chance.choice(self.villages),
            place=self.chance.choice(invented.PLACES), lat=None, lng=None, happened_at=None, name="", phone="",
            email="", confidential=False, point=None, source=Source.WEB, keys=self.keys, now=at,
        )  # fmt: skip
        self.received += 1
        self._plan(self._later(at, 60), lambda moment: self._judge(handed.number, moment))

    def _judge(self, number: str, at: datetime) -> None:
        fate = self.chance.random()
        if fate < invented.SPAM:
            details = Details(reason="Bukan laporan gangguan.", exclusion=Exclusion.SPAM)
            self._move(number, Move.EXCLUDE, details, at)
        elif fate < invented.SPAM + invented.LEFT_ALONE:
            self._plan(self._later(at, 400), lambda moment: self._judge(number, moment))
        else:
            self._move(number, Move.VERIFY, Details(), at)
            officer = self.chance.choice(self.staff)
            self._plan(self._later(at, 40), lambda moment: self._assign(number, officer, moment))

    def _assign(self, number: str, officer: UUID, at: datetime) -> None:
        self._move(number, Move.ASSIGN, Details(assignee=officer), at)
        self._plan(self._later(at, 60), lambda moment: self._start(number, moment))

    def _start(self, number: str, at: datetime) -> None:
        self._move(number, Move.START, Details(), at)
        most_hours = 200 if self.chance.random() < invented.SOON_SETTLED else 1200
        self._plan(self._later(at, most_hours), lambda moment: self._settle(number, moment))

    def _settle(self, number: str, at: datetime) -> None:
        action, answer = self.chance.choice(invented.ACTIONS)
        self._move(number, Move.SETTLE, Details(action=action, answer=answer, record_number=f"BA-{number}"), at)
        if self.chance.random() < invented.REOPENED:
            self._plan(self._later(at, 100), lambda moment: self._reopen(number, moment))

    def _reopen(self, number: str, at: datetime) -> None:
        self._move(number, Move.REOPEN, Details(reason="Gangguan terulang."), at)
        self._plan(self._later(at, 100), lambda moment: self._settle(number, moment))

    def _move(self, number: str, move: Move, details: Details, at: datetime) -> None:
        reader().rollback()
        version = desk_queries.for_staff(reader(), self.office.id, number).version
        moves.move(
            office_id=self.office.id, number=number, version=version, move=move, role=Role.OFFICER,
            actor_id=self.staff[0], details=details, now=at,
        )  # fmt: skip


def demo_months(count: int, now: datetime) -> list[Month]:
    """The last `count` months, oldest first, with the running one."""
    running = Month.of(now)
    return [running.minus(back) for back in range(count - 1, -1, -1)]
