"""The registers as they stood at a moment are what was read at that moment, whatever was written since."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.db import db, reader
from core.periods import Period
from indicators.registers import documents, entry_queries, keeping, programme, queries, reviews
from indicators.registers.terms import Register
from indicators.registers.values import Registered, registered
from tests import make
from tests.indicators.registers.entries import SIGNED, kept

LONG_AFTER = datetime(2100, 12, 31, 3, tzinfo=UTC)
YEARS: Iterator[int] = count(2001)  # each example has a year of its own
Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(["document", "review", "measure", "edit", "remove", "back"]), st.integers(0, 5),
              st.integers(1, 12)),
    min_size=2, max_size=9,
)  # fmt: skip


class Written:
    """A year's registers, written step by step; `seen` has what was read after each."""

    def __init__(self, app: Flask, year: int) -> None:
        self.settings, self.year, self.turn = app.config["SETTINGS"], year, 0
        self.known: list[tuple[Register, UUID]] = []
        self.of = uuid4()
        values: dict[str, Any] = {"year": year, "programme": "", "name": "Layanan", "unit": "%", "target": Decimal(6)}
        programme.add(entry_id=self.of, filed=None, now=self.now, direction="higher", **SIGNED, **values)
        self.seen: list[tuple[datetime, list[Registered]]] = [(self.now, self.read())]

    @property
    def now(self) -> datetime:
        return LONG_AFTER + timedelta(minutes=self.turn)

    def read(self, moment: datetime | None = None) -> list[Registered]:
        db.session.rollback()
        found = queries.entries(reader(), make.OFFICE, Period.parse(str(self.year)), moment)
        return [registered(found, Period.parse(f"{self.year}{part}")) for part in ("-03", "-TW2", "-S2", "")]

    def step(self, act: str, place: int, month: int) -> None:
        self.turn += 1
        signed: dict[str, Any] = {**SIGNED, "now": self.now}
        if act in {"document", "review", "measure"}:
            self._add(act, month, signed)
        elif self.known:
            self._touch(act, *self.known[place % len(self.known)], month, signed)
        self.seen.append((self.now, self.read()))

    def values(self, register: Register, month: int) -> dict[str, Any]:
        day = date(self.year, month, 28)
        if register is Register.DOCUMENTS:
            kind = ("lakip", "rb", "anjab")[month % 3]
            return {"year": self.year, "kind": kind, "title": "Judul", "dated": day, "approved_on": day}
        if register is Register.REVIEWS:
            return {"year": self.year, "reviewed_on": day, "score": Decimal(month), "reviewer": ""}
        return {"indicator_id": self.of, "measured_on": day, "value": Decimal(month)}

    def _add(self, act: str, month: int, signed: dict[str, Any]) -> None:
        services: dict[str, tuple[Callable[..., Any], Register]] = {
            "document": (documents.add, Register.DOCUMENTS),
            "review": (reviews.add, Register.REVIEWS),
            "measure": (programme.measure, Register.REALISATIONS),
        }
        service, register = services[act]
        self.known.append((register, uuid4()))
        filed = None if act == "document" and month % 2 else kept(self.settings, self.now)
        service(entry_id=self.known[-1][1], filed=filed, **signed, **self.values(register, month))

    def _touch(self, act: str, register: Register, entry_id: UUID, month: int, signed: dict[str, Any]) -> None:
        seen = entry_queries.newest(reader(), register, make.OFFICE, entry_id).id
        if act == "remove":
            keeping.remove(register=register, entry_id=entry_id, seen=seen, reason="Salah", **signed)
            return
        edits = {Register.DOCUMENTS: documents.edit, Register.REVIEWS: reviews.edit}
        edit: Any = edits.get(register, programme.remeasure)
        edit(entry_id=entry_id, seen=seen, filed=None, **signed, **self.values(register, month))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_as_of_any_moment_equals_what_was_read_then(app: Flask, steps: list[Step]) -> None:
    written = Written(app, next(YEARS))
    for step in steps:
        written.step(*step)
    for moment, seen in written.seen:
        assert written.read(moment) == seen
