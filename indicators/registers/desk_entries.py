"""The registers to read: the overview, each list of a year, each entry with its history."""

from functools import partial
from uuid import UUID

from flask import render_template

from core import clock
from core.db import reader
from indicators.registers import entry_view, export, page
from indicators.registers.books import SHELF
from indicators.registers.naming import title_of, trimmed
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


def entry(register: Register, entry_id: UUID) -> str:
    """One entry, and all that was ever said of it."""
    return entry_view.shown(register, entry_id)


for _register in Register:
    _here, _key = f"/register/{_register.value}", _register.key
    desk.add_url_rule(f"{_here}/<uuid:entry_id>", f"{_key}_entry", partial(entry, _register))
for _register in (book.register for book in SHELF):
    desk.add_url_rule(f"/register/{_register.value}", _register.key, partial(listed, _register))
