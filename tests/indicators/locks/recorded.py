"""A world in which everything that is recorded happens, by the services that staff and residents use; it remembers what
was counted on the way, and asks for it again.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from complaints import workflow
from complaints.logbooks import importing as logbooks
from complaints.models import Complaint
from complaints.terms import Exclusion, Move, Source, Status
from core.calendar import ONE_DAY, Month, wib_day
from core.db import db, reader, transaction
from core.errors import Refused
from core.periods import Period
from indicators import nightly, targets
from indicators.locks import locking, readiness
from indicators.months import storing, whole
from indicators.registers import activities, documents, entry_queries, keeping, outside, programme, reviews
from indicators.registers.terms import Register
from indicators.sheet import Indicator
from offices import dirty, settings
from offices import queries as offices
from offices import service as house
from offices.models import Holiday, Import, Office
from survey import importing as sheets
from survey.models import Rating
from survey.review import excluding, suggestions
from survey.review.suggestions import Marking
from survey.review.terms import State
from survey.visits import service as visits
from tests import make
from tests.complaints import answering, cases, submitting
from tests.indicators.registers.entries import kept

SIGNED: dict[str, Any] = {"office_id": make.OFFICE, "by": "tests"}
SERVICES, CATEGORIES = ("ktp", "kk", "sktm"), ("kebisingan", "jalan", "bencana")
VILLAGES = ("35.09.23.2001", "35.09.23.2005", "")
SETTINGS = (
    ("weight", "0.111"),
    ("weight", "1/9"),
    ("predicate_thresholds", "95,80,70,60"),
    ("count_patrol", "ya"),
    ("count_patrol", "tidak"),
    ("ikm_source", "sukma-e"),
    ("ikm_source", "kami"),
    ("service_users", "100"),
    ("identity_months", "0"),
)
ANSWERS = ("reply", "confirm", "deny", "half_fixed", "add")
Step = tuple[str, int, int]
Counted = tuple[datetime, Period, str]


class World:
    """`now` goes on with every step; nothing is refused, because what may not be done is not."""

    def __init__(self, app: Flask, folder: Path, now: datetime) -> None:
        self.app, self.folder, self.now = app, folder, now
        self.officers = [cases.officer(), cases.officer()]
        self.seen: list[Counted] = []
        self.done: Counter[str] = Counter()

    def step(self, act: str, a: int, b: int) -> None:
        """Something happens, if it may."""
        db.session.rollback()
        with suppress(Refused):
            ACTS[act](self, a, b)
            self.done[act] += 1
        db.session.rollback()

    def later(self, hours: int) -> None:
        self.now += timedelta(hours=hours, minutes=7)

    def signed(self) -> dict[str, Any]:
        return {**SIGNED, "now": self.now}

    def count(self, *, everything: bool = False, months: int = 2) -> None:
        """A night, and what its figures are; counted as of now they are the same."""
        self.now += timedelta(minutes=1)
        nightly.run_now(lambda: self.now, nightly.recount_all if everything else nightly.recount_marked)
        newest = Month.of(self.now)
        for back in range(months):
            period = Period.of(newest.minus(back))
            text = self.text(period)
            assert self.text(period, self.now) == text, f"{period} was counted otherwise by the night of {self.now}"
            self.seen.append((self.now, period, text))
        self.now += timedelta(minutes=1)

    def text(self, period: Period, as_of: datetime | None = None) -> str:
        db.session.rollback()
        found = whole.build(reader(), offices.office(reader(), make.OFFICE), period, as_of)
        return storing.text_of(found)

    def forgotten(self) -> list[str]:
        """What was counted on the way and does not come out again as it was."""
        return [f"{period} as of {moment}" for moment, period, text in self.seen if self.text(period, moment) != text]

    def rate(self, a: int, b: int) -> None:
        """Today, or written down days later; some with a visit, some with a suggestion."""
        day = wib_day(self.now) - (b % 4) * ONE_DAY
        words: dict[str, Any] = {"suggestion": f"Saran {a}"} if a % 3 == 0 else {}
        seen: dict[str, Any] = {"visit": "code"} if b % 3 == 0 else {}
        make.rating(answer=1 + a % 4, service=SERVICES[b % 3], now=self.now, day=day, **words, **seen)
        marked({day}, self.now)

    def take_in_sheet(self, a: int, b: int) -> None:
        day = wib_day(self.now) - (a * 3) * ONE_DAY
        row = ",".join([str(1 + (a + n) % 4) for n in range(9)])
        path = self._file("u1,u2,u3,u4,u5,u6,u7,u8,u9", [row] * (1 + b % 3))
        found = sheets.read(path, make.OFFICE, service_code=SERVICES[b % 3], day=day, now=self.now)
        sheets.take_in(found, make.OFFICE, by="tests", tick=lambda _rows: None, now=self.now)

    def take_in_book(self, a: int, b: int) -> None:
        day = wib_day(self.now) - (a * 4 + 1) * ONE_DAY
        settled = f"selesai,{day + ONE_DAY} 09:00" if b % 2 else ","
        path = self._file(
            "received_at,category,village,description,status,settled_at,source,exclusion,reason",
            [f"{day} 08:00,{CATEGORIES[b % 3]},suco,Dari buku,{settled},telepon,,"],
        )
        office: Office = offices.office(reader(), make.OFFICE)
        found = logbooks.read(path, make.OFFICE, now=self.now)
        logbooks.take_in(found, office, keys=submitting.KEYS, by="tests", tick=lambda _rows: None, now=self.now)

    def _file(self, head: str, rows: Sequence[str]) -> Path:
        path = self.folder / f"{uuid4()}.csv"
        path.write_text("\n".join([head, *rows, ""]))
        return path

    def undo(self, a: int, _b: int) -> None:
        found = [row for row in offices.imports(reader(), make.OFFICE) if row.undone_at is None]
        if found:
            row: Import = found[a % len(found)]
            service: Any = logbooks.undo if row.kind == logbooks.KIND else sheets.undo
            service(import_id=row.id, **self.signed())

    def review(self, a: int, b: int) -> None:
        rating = self._pick(Rating.id, a)
        acts: tuple[Callable[..., int], ...] = (excluding.exclude, excluding.restore, excluding.keep)
        if rating:
            acts[b % 3](rating_ids=[rating], reason="Ragu", **self.signed())

    def mark(self, a: int, b: int) -> None:
        chosen = sa.select(Rating.id).where(Rating.suggestion != "").order_by(Rating.id)
        found = reader().scalars(chosen).all()
        marking = (Marking(state=State.HANDLED), Marking(state=State.OPEN), Marking(theme="waktu"))[b % 3]
        if found:
            suggestions.mark(rating_ids=[found[a % len(found)]], marking=marking, **self.signed())

    def report(self, a: int, b: int) -> None:
        doubt = {"held_because": "many"} if b % 5 == 0 else {}
        source = Source.PATROL if a % 4 == 0 else Source.WEB
        name, village = "Bu Ani" if b % 2 else "", VILLAGES[b % 3] or None
        spot = {} if village else {"lat": Decimal("-8.2"), "lng": Decimal("113.7")}
        submitting.send(
            now=self.now, category=CATEGORIES[a % 3], village=village, source=source, name=name, **spot,
            **doubt,
        )  # fmt: skip

    def move(self, a: int, b: int) -> None:
        """One of the moves that staff may make now."""
        number = self._pick(Complaint.number, a)
        if not number:
            return
        report = cases.report(number)
        rules = workflow.moves_from(
            Status(report.status), "officer", held=report.is_held, reported=report.source != "patrol"
        )
        step = [rule.move for rule in rules if rule.move is not Move.NOTE]
        words = {"exclusion": Exclusion.OUT_OF_AUTHORITY, "handed_over_to": "Dinas"} if b % 2 else {}
        if step:
            actor = self.officers[b % 2]
            cases.act(number, step[b % len(step)].value, now=self.now, actor=actor, **words)

    def work_on(self, a: int, _b: int) -> None:
        """A report is brought to its end, as most are."""
        number = self._pick(Complaint.number, a)
        for step in ("verify", "start", "settle"):
            if number:
                with suppress(Refused):
                    cases.act(number, step, now=self.now, actor=self.officers[a % 2])

    def answer(self, a: int, b: int) -> None:
        number = self._pick(Complaint.number, a)
        if number:
            answering.answer(number, ANSWERS[b % len(ANSWERS)], now=self.now)

    def _pick(self, column: Any, a: int) -> Any:
        found = reader().scalars(sa.select(column).order_by(column)).all()
        return found[-1 - a % len(found)] if found else None

    def register(self, a: int, b: int) -> None:
        """Something is written into one of the registers."""
        today = wib_day(self.now)
        filed = kept(self.app.config["SETTINGS"], self.now) if b % 3 else None
        signed = {**self.signed(), "entry_id": uuid4(), "filed": filed}
        year = today.year
        if a % 6 == 0:
            documents.add(**signed, year=year, kind=("lakip", "rb", "anjab")[b % 3], title="J", dated=today,
                          approved_on=today if b % 2 else None)  # fmt: skip
        elif a % 6 == 1:
            activities.add(**signed, name="Latihan", planned_on=today + (b - 4) * ONE_DAY,
                           held_on=today if b % 2 else None, village_code=None, place="", participants=b,
                           result="")  # fmt: skip
        elif a % 6 == 2:
            reviews.add(**signed, year=year, reviewed_on=today, score=Decimal(60 + b), reviewer="")
        elif a % 6 == 3:
            programme.add(**signed, year=year, programme="", name=f"P{b}", unit="%", target=Decimal(b + 1),
                          direction=("higher", "lower")[b % 2])  # fmt: skip
        elif a % 6 == 4:
            self._measure(b)
        else:
            outside.add(**signed, period=str(Month.of(self.now)), value=Decimal(70 + b), respondents=b, seen_on=today)

    def _measure(self, b: int) -> None:
        rows = self._entries(Register.PROGRAMME)
        if rows:
            programme.measure(entry_id=uuid4(), filed=None, indicator_id=rows[b % len(rows)],
                              measured_on=wib_day(self.now), value=Decimal(b), **self.signed())  # fmt: skip

    def _entries(self, register: Register) -> Sequence[UUID]:
        model = entry_queries.MODELS[register]
        return reader().scalars(sa.select(model.entry_id).distinct().order_by(model.entry_id)).all()

    def unregister(self, a: int, b: int) -> None:
        """An entry is taken out, or said otherwise."""
        register = list(Register)[a % len(Register)]
        rows = self._entries(register)
        if not rows:
            return
        entry = rows[b % len(rows)]
        newest = entry_queries.newest(reader(), register, make.OFFICE, entry)
        if register is Register.REVIEWS and b % 2:
            day, score = newest.reviewed_on, Decimal(50 + a)  # type: ignore[attr-defined]
            reviews.edit(entry_id=entry, seen=newest.id, filed=None, year=day.year, reviewed_on=day, score=score,
                         reviewer="", **self.signed())  # fmt: skip
        else:
            keeping.remove(register=register, entry_id=entry, seen=newest.id, reason="Salah", **self.signed())

    def target(self, a: int, b: int) -> None:
        value = Decimal(50 + 5 * b) if b else None
        year, indicator = wib_day(self.now).year, list(Indicator)[a % 6]
        targets.set_target(year=year, indicator=indicator, value=value, quarter=b % 5, **self.signed())

    def setting(self, a: int, b: int) -> None:
        key, value = SETTINGS[a % len(SETTINGS)]
        month = Month.of(self.now).minus(b % 3)
        settings.set_value(key=key, value=value, month=month, **self.signed())

    def holiday(self, a: int, b: int) -> None:
        today = wib_day(self.now)
        if b % 2:
            house.add_leave(day=today + (a - 5) * ONE_DAY, name="Cuti", **self.signed())
            return
        rows = reader().scalars(sa.select(Holiday).where(Holiday.day.between(today - 20 * ONE_DAY, today))).all()
        if rows:
            row = rows[a % len(rows)]
            house.set_off(day=row.day, is_off=not row.is_off, **self.signed())

    def visit(self, a: int, b: int) -> None:
        if b % 2:
            key = str(self.app.config["RECEIPT_KEY"]).encode()
            given: dict[str, Any] = {"office_id": make.OFFICE, "prefix": "MBS", "service_code": SERVICES[a % 3]}
            visits.issue(count=1 + a, key=key, by=self.officers[0], now=self.now, **given)
        else:
            day = wib_day(self.now) - (a % 5) * ONE_DAY
            visits.count(day=day, visits={SERVICES[b % 3]: a * 7 or None}, **self.signed())

    def lock(self, _a: int, b: int) -> None:
        month = Month.of(self.now).previous()
        office = offices.office(reader(), make.OFFICE)
        found = readiness.ready(reader(), office, month, self.now)
        words: dict[str, Any] = {"reason": "Perbaikan", "letter_number": str(b), "despite_open": True}
        locking.lock(month=month, version=found.version, seen=found.seen, **words, **self.signed())


@transaction
def marked(session: Session, /, days: set[Any], now: datetime) -> None:
    dirty.mark(session, make.OFFICE, dirty.Figures.RATINGS, days, now=now)


ACTS: dict[str, Callable[[World, int, int], None]] = {
    "rate": World.rate,
    "sheet": World.take_in_sheet,
    "book": World.take_in_book,
    "undo": World.undo,
    "review": World.review,
    "mark": World.mark,
    "report": World.report,
    "move": World.move,
    "work": World.work_on,
    "answer": World.answer,
    "register": World.register,
    "unregister": World.unregister,
    "target": World.target,
    "setting": World.setting,
    "holiday": World.holiday,
    "visit": World.visit,
    "lock": World.lock,
}
