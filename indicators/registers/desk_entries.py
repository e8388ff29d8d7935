"""The registers to read: the overview, each list of a year and its file, each entry with its history."""

from functools import partial
from uuid import UUID

from flask import Response, render_template, request

from core import clock
from core.calendar import wib_day
from core.csv_files import csv_answer
from core.db import reader
from core.periods import Period
from indicators.asked import asked_period
from indicators.registers import entry_view, export, page, queries, standings
from indicators.registers.books import BOOKS, SHELF
from indicators.registers.naming import title_of, trimmed
from indicators.registers.page import Files
from indicators.registers.terms import Register, writers_words
from indicators.registers.years import asked_year, chooser
from offices.access import staff_blueprint
from offices.current import current_office
from offices.rights import Action

desk = staff_blueprint("registers", __name__, Action.READ_REGISTERS)


@desk.get("/register/")
def overview() -> str:
    """Each register of a year: how many entries, what its figure is, what is missing."""
    year = asked_year()
    rows = page.overview(reader(), current_office().id, year, clock.now())
    return render_template("indicators/registers/overview.html", rows=rows, years=chooser(year))


def listed(register: Register) -> str:
    """One register's entries of a year."""
    year = asked_year()
    found = page.list_page(reader(), current_office().id, register, year, clock.now())
    return render_template(
        "indicators/registers/list.html",
        page=found,
        years=chooser(year),
        may_write=entry_view.may_write_here(register),
        meanings=export.meanings(found.book),
        writers_words=writers_words,
        title_of=title_of,
        trimmed=trimmed,
    )


def as_csv(register: Register) -> Response:
    """The same for auditors; `masa` and `jangka=tahun`: what counted, and what did not, at the end of that period."""
    period, office_id = _period(), current_office().id
    book, entries = BOOKS[register], queries.entries(reader(), office_id, period)
    found = standings.of(register, entries, period, wib_day(clock.now()))
    files: Files = page.files_of(reader(), office_id, found)
    names = [name for name, _meaning in export.meanings(book)]
    return csv_answer(f"register-{register.value}-{period}.csv", names, export.rows(book, found, files))


def entry(register: Register, entry_id: UUID) -> str:
    """One entry, and all that was ever said of it."""
    return entry_view.shown(register, entry_id)


def _period() -> Period:
    text = request.args.get("masa")
    return asked_period(text) if text else Period.parse(str(asked_year()))


for _register in Register:
    _here, _key = f"/register/{_register.value}", _register.key
    desk.add_url_rule(f"{_here}.csv", f"{_key}_csv", partial(as_csv, _register))
    desk.add_url_rule(f"{_here}/<uuid:entry_id>", f"{_key}_entry", partial(entry, _register))
for _register in (book.register for book in SHELF):
    desk.add_url_rule(f"/register/{_register.value}", _register.key, partial(listed, _register))
