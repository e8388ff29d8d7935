"""The invented reports of the demonstration, played through the functions that real ones take."""

import heapq
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from complaints import queries
from complaints.desk import moves
from complaints.fetching import for_staff
from complaints.following import answers
from complaints.queries import Opened
from complaints.reporting import intake
from complaints.reporting.intake import Keys
from complaints.terms import Exclusion, Move, Source
from complaints.workflow import Details
from core.calendar import WIB, Month, days_of
from core.db import reader
from indicators import invented
from offices import queries as office_queries
from offices.models import Office
from offices.roles import Role

Step = Callable[[datetime], None]


@dataclass(order=True)
class Planned:
    """Something that will happen; `turn` keeps equal moments in order."""

    at: datetime
    turn: int
    step: Step


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
        self.villages = [village.code for village in office_queries.villages(reader(), office.id)]
        self.planned: list[Planned] = []
        self.officers: dict[str, UUID] = {}  # whose each report is
        self.turn = 0
        self.received = 0

    def play(self, months: Sequence[Month]) -> int:
        for month in months:
            for _ in range(self.chance.randint(9, 22)):
                day = self.chance.choice(days_of(month))
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
        self.officers[number] = officer
        self._plan(self._later(at, 60), lambda moment: self._start(number, moment))

    def _start(self, number: str, at: datetime) -> None:
        self._move(number, Move.START, Details(), at)
        if self.chance.random() < invented.ASKED:
            self._plan(self._later(at, 20), lambda moment: self._ask(number, moment))
            return
        self._work(number, at)

    def _ask(self, number: str, at: datetime) -> None:
        question, reply = self.chance.choice(invented.QUESTIONS)
        self._move(number, Move.ASK, Details(question=question), at)
        self._plan(self._later(at, 90), lambda moment: self._reply(number, reply, moment))

    def _reply(self, number: str, reply: str, at: datetime) -> None:
        self._answer(number, Move.REPLY, reply, at)
        self._work(number, at)

    def _work(self, number: str, at: datetime) -> None:
        most_hours = 200 if self.chance.random() < invented.SOON_SETTLED else 1200
        self._plan(self._later(at, most_hours), lambda moment: self._settle(number, moment))

    def _settle(self, number: str, at: datetime) -> None:
        action, answer = self.chance.choice(invented.ACTIONS)
        self._move(number, Move.SETTLE, Details(action=action, answer=answer, record_number=f"BA-{number}"), at)
        moves = [move for move, _share, _said in invented.ANSWERS]
        shares = [share for _move, share, _said in invented.ANSWERS]
        said = {move: words for move, _share, words in invented.ANSWERS}
        (move,) = self.chance.choices([*moves, None, Move.REOPEN], [*shares, invented.SILENT, invented.REOPENED])
        if move is Move.REOPEN:
            self._plan(self._later(at, 100), lambda moment: self._reopen(number, moment))
        elif move is not None:
            self._plan(self._later(at, 100), lambda moment: self._judge_settling(number, move, said[move], moment))

    def _judge_settling(self, number: str, move: Move, said: str, at: datetime) -> None:
        self._answer(number, move, said, at)
        if move is Move.DENY:
            self._plan(self._later(at, 100), lambda moment: self._settle(number, moment))

    def _answer(self, number: str, move: Move, said: str, at: datetime) -> None:
        reader().rollback()
        report = for_staff(reader(), self.office.id, number)
        opened = Opened(self.office.id, report.id, None)
        seen = len(queries.events_of(reader(), self.office.id, report.id))
        answers.answer(opened=opened, move=move, said=said, seen=seen, now=at)

    def _reopen(self, number: str, at: datetime) -> None:
        self._move(number, Move.REOPEN, Details(reason="Gangguan terulang."), at)
        self._plan(self._later(at, 100), lambda moment: self._settle(number, moment))

    def _move(self, number: str, move: Move, details: Details, at: datetime) -> None:
        reader().rollback()
        version = for_staff(reader(), self.office.id, number).version
        moves.move(
            office_id=self.office.id, number=number, version=version, move=move, role=Role.OFFICER,
            actor_id=self.officers.get(number, self.staff[0]), details=details, now=at,
        )  # fmt: skip
