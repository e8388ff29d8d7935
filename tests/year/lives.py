"""The invented year's calendar, and what becomes of a report there. Nothing here computes a figure."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from flask import Flask

from core.db import db
from indicators import nightly
from tests.year.people import Case, Clock, Desk, Diary, Public
from tests.year.recount import ELEMENTS, Files

YEAR = 2028
WIB = timedelta(hours=7)
NIGHT = timedelta(hours=0, minutes=30)
BEGIN = date(2027, 12, 27)  # the first night; what came before it is counted then
TURN = (28, 5)  # the last and the first days of a month
# A minute before and after midnight in WIB.
TURNS = [
    datetime(2027, 12, 31, 16, 59, tzinfo=UTC), datetime(2027, 12, 31, 17, 1, tzinfo=UTC),
    datetime(2028, 2, 29, 16, 59, tzinfo=UTC), datetime(2028, 2, 29, 17, 1, tzinfo=UTC),
    datetime(2028, 12, 31, 16, 59, tzinfo=UTC), datetime(2028, 12, 31, 17, 1, tzinfo=UTC),
]  # fmt: skip
VILLAGES = [f"35.09.23.200{n}" for n in range(1, 8)]
CATEGORIES = ["kebisingan", "jalan", "sampah-ternak", "sungai", "bangunan-reklame", "lainnya"]
SERVICES = ["ktp", "kk", "pindah", "sktm", "proposal", "waris"]
PERSON = {"sex": ("male", "female"), "age_band": ("20s", "30s", "40s", "60plus")}
REASON = "Perlu dicatat ulang sesudah diperiksa bersama RT"
RELOCKED = 4  # the month that is locked a second time
BOOKS = ("dokumen", "kegiatan", "sakip", "program", "realisasi", "sukma-e")
# The targets of the year, and those of a quarter that are set in mid-year.
TARGETS = {"documents": "4", "ikm": "82", "welfare": "90", "settlement": "85", "sakip": "72,5", "programme": "66,67"}
QUARTER_TARGETS = {"settlement_3": "80", "ikm_4": "79,5"}


def wib(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """An hour on a wall in Mumbulsari."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - WIB


def day(month: int, number: int) -> date:
    """Of the year; month 13 is January of the next, 0 December of the one before."""
    return date(YEAR + (month - 1) // 12, (month - 1) % 12 + 1, number)


@dataclass
class Agenda:
    """Things to be done, each at its moment; between them the nights are run."""

    clock: Clock
    last_night: date = BEGIN
    waiting: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)
    order: Iterator[int] = field(default_factory=count)

    def at(self, moment: datetime, act: Callable[[], object]) -> None:
        heapq.heappush(self.waiting, (moment, next(self.order), act))

    def live(self) -> None:
        while self.waiting:
            moment, _order, act = heapq.heappop(self.waiting)
            self._nights_until(moment)
            self.clock.now = moment
            act()

    def _nights_until(self, moment: datetime) -> None:
        while (night := wib(self.last_night + timedelta(days=1)) - timedelta(hours=9) + NIGHT) <= moment:
            self.last_night += timedelta(days=1)
            if self._is_on():
                self.clock.now = night
                nightly.run_due(self.clock)
                db.session.rollback()

    def _is_on(self) -> bool:
        """Around the turn of each month the office's old PC stays on every night, else only from Sunday to Monday: the
        missed nights are made up for.
        """
        return self.last_night.day >= TURN[0] or self.last_night.day <= TURN[1] or not self.last_night.weekday()


@dataclass(frozen=True)
class Taken:
    """A month as the Sekcam had it when it was locked: the files of that moment, and what the product said."""

    files: Files
    said: Any


@dataclass
class Year:
    """The house and its people, and what was taken along while the year went on."""

    app: Flask
    diary: Diary
    agenda: Agenda
    public: Public
    officers: list[Desk]
    secretary: Desk
    operator: Desk
    taken: dict[tuple[int, int], Taken] = field(default_factory=dict)
    rated: Iterator[int] = field(default_factory=count)
    points: list[str] = field(default_factory=list)
    others: list["Year"] = field(default_factory=list)

    def officer(self) -> Desk:
        return self.officers[-1]

    # ---- Ratings

    def rate(self, service: str = "", point: str | None = None) -> None:
        n = next(self.rated)
        service = service or next(each for each in SERVICES[n % 6 :] + SERVICES if self._is_open(each))
        answers = {key: 1 + (n * 7 + place * 5 + n * place) % 4 for place, key in enumerate(ELEMENTS)}
        answers = {key: max(answer, 3) if n % 3 else answer for key, answer in answers.items()}
        about = {key: codes[(n // 2) % len(codes)] for key, codes in PERSON.items()} if n % 5 else {}
        self.public.rate(answers, service, about, point)

    def _is_open(self, service: str) -> bool:
        return service != "proposal" or self.diary.clock.now < wib(day(8, 15))

    def many_alike(self) -> None:
        """Somebody who fills in the same again and again at one point."""
        for _turn in range(5):
            self.public.rate(dict.fromkeys(ELEMENTS, 1), "ktp", {}, self.points[0])

    # ---- Reports

    def case(self, n: int) -> Case:
        category, village = CATEGORIES[n % len(CATEGORIES)], VILLAGES[n % len(VILLAGES)]
        words = f"Perkara ke-{n} di gang {n}"
        if n % 10:
            return self.public.report(category, village, words)
        return self.public.report_on_paper_of_the_web(category, village, words)

    def reported(self, moment: datetime, n: int, life: "Life") -> None:
        """A report, and what becomes of it."""

        def come() -> None:
            life(self, self.case(n), moment)

        self.agenda.at(moment, come)

    def then(self, moment: datetime, days: int, step: str, case: Case, **words: Any) -> None:
        """A move of whoever is on duty then."""
        self.agenda.at(moment + timedelta(days=days, hours=1), lambda: self.officer().move(case, step, **words))

    def said(self, moment: datetime, days: int, step: str, case: Case, words: str = "") -> None:
        self.agenda.at(moment + timedelta(days=days, hours=6), lambda: self.public.answer(case, step, words))

    def settle(self, moment: datetime, days: int, case: Case, *, from_start: bool = True) -> None:
        if from_start:
            self.then(moment, days, "verify", case)
            self.then(moment, days, "start", case)
        words = {"action": "Mendatangi lokasi", "answer": "Sudah kami tegur", "record_number": f"BA-{case.number}"}
        self.then(moment, days, "settle", case, **words)


Life = Callable[[Year, Case, datetime], None]


def confirmed(year: Year, case: Case, moment: datetime) -> None:
    year.settle(moment, 2, case)
    year.said(moment, 3, "beres", case)


def half_fixed(year: Year, case: Case, moment: datetime) -> None:
    year.settle(moment, 3, case)
    year.said(moment, 4, "sebagian", case, "Baru separuh yang diangkut")


def denied(year: Year, case: Case, moment: datetime) -> None:
    year.settle(moment, 2, case)
    year.said(moment, 3, "belum", case, "Semalam masih ramai")
    year.settle(moment, 6, case, from_start=False)


def silent(year: Year, case: Case, moment: datetime) -> None:
    year.settle(moment, 1, case)


def spam(year: Year, case: Case, moment: datetime) -> None:
    year.then(moment, 1, "exclude", case, exclusion="spam", reason="Uji coba")


def handed_over(year: Year, case: Case, moment: datetime) -> None:
    words = {"handed_over_to": "Dinas PU", "answer": "Kami teruskan", "reason": "Jalan kabupaten"}
    year.then(moment, 2, "exclude", case, exclusion="out_of_authority", **words)


def duplicate(year: Year, case: Case, moment: datetime) -> None:
    def act() -> None:
        first = year.case(1)
        year.officer().move(case, "exclude", exclusion="duplicate", first_report=first.number, reason="Laporan sama")
        year.settle(moment + timedelta(days=1), 3, first)

    year.agenda.at(moment + timedelta(days=1, hours=2), act)


def asked(year: Year, case: Case, moment: datetime) -> None:
    year.then(moment, 1, "ask", case, question="Di RT berapa?")
    year.said(moment, 4, "jawab", case, "RT 3")
    year.settle(moment, 6, case, from_start=False)


def not_answered(year: Year, case: Case, moment: datetime) -> None:
    year.then(moment, 1, "ask", case, question="Di RT berapa?")
    year.then(moment, 9, "resume", case, reason="Tidak ada jawaban")
    year.settle(moment, 9, case, from_start=False)


def slow(year: Year, case: Case, moment: datetime) -> None:
    """Late, and settled in the month after."""
    year.settle(moment, 34, case)


def reopened(year: Year, case: Case, moment: datetime) -> None:
    year.settle(moment, 2, case)
    year.then(moment, 33, "reopen", case, reason=REASON)
    year.settle(moment, 36, case, from_start=False)


def left_lying(year: Year, case: Case, moment: datetime) -> None:
    year.then(moment, 5, "verify", case)


def taken_back(year: Year, case: Case, moment: datetime) -> None:
    """Left out by mistake."""
    year.then(moment, 1, "exclude", case, exclusion="spam", reason="Uji coba")
    year.then(moment, 3, "restore", case, reason="Ternyata sungguhan")
    year.settle(moment, 5, case)


def settled_twice(year: Year, case: Case, moment: datetime) -> None:
    """Settled, denied and settled again within one month: one closing of the month."""
    year.settle(moment, 1, case)
    year.said(moment, 2, "belum", case, "Masih ada")
    year.settle(moment, 3, case, from_start=False)
    year.said(moment, 4, "beres", case)


LIVES: list[Life] = [
    confirmed, half_fixed, denied, silent, spam, handed_over, asked, not_answered, slow, reopened, left_lying,
    taken_back, settled_twice, duplicate,
]  # fmt: skip
