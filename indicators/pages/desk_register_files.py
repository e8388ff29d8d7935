"""The registers as files for auditors: a year's entries, or those of a period, as locked where it is."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from flask import Response, request

from core import clock
from core.calendar import wib_day
from core.csv_files import csv_answer
from core.db import reader
from core.periods import Period
from indicators.pages.place import Place, asked_place
from indicators.registers import export, page, queries, standings
from indicators.registers.books import BOOKS
from indicators.registers.terms import Register
from indicators.registers.years import asked_year
from offices.access import staff_blueprint
from offices.current import current_office
from offices.rights import Action

desk = staff_blueprint("register_files", __name__, Action.READ_REGISTERS)


@dataclass(frozen=True)
class _Asked:
    """A period, and the moment by which its entries were recorded (None: now); `state` says so in the file's name."""

    period: Period
    as_of: datetime | None = None
    state: str = ""


def as_csv(register: Register) -> Response:
    """`tahun`, or `masa` with `jangka=tahun`, `pada` and `versi` as in Place: what counted, and what did not, at the
    end of that period. A locked month has the entries that its figures were counted from.
    """
    asked, office_id, book = _asked(), current_office().id, BOOKS[register]
    entries = queries.entries(reader(), office_id, asked.period, asked.as_of)
    found = standings.of(register, entries, asked.period, wib_day(asked.as_of or clock.now()))
    files = page.files_of(reader(), office_id, found)
    names = [name for name, _meaning in export.meanings(book)]
    name = f"register-{register.value}-{asked.period}{asked.state}.csv"
    return csv_answer(name, names, export.rows(book, found, files))


def _asked() -> _Asked:
    text = request.args.get("masa")
    return _asked_of(asked_place(text)) if text else _Asked(Period.parse(str(asked_year())))


def _asked_of(place: Place) -> _Asked:
    if place.as_of:
        return _Asked(place.period, place.as_of, f"-pada-{place.as_of.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    lock = place.lock(reader(), current_office().id)
    return _Asked(place.period, lock.as_of, f"-versi-{lock.version}") if lock else _Asked(place.period)


for _register in Register:
    desk.add_url_rule(f"/register/{_register.value}.csv", _register.key, partial(as_csv, _register))
