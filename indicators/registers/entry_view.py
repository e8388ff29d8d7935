"""Renders an entry's page, with the forms of those who may write."""

from typing import Any
from uuid import UUID

from flask import render_template, request
from sqlalchemy.orm import Session

from core import clock
from core.calendar import Month
from core.db import read_afresh, reader
from core.forms import HouseForm
from indicators.registers import page
from indicators.registers.books import BOOKS, REALISATIONS, Book, evidence_words
from indicators.registers.choices import Choices
from indicators.registers.forms import EntryForm, RemoveForm
from indicators.registers.models import Version
from indicators.registers.naming import trimmed
from indicators.registers.page import EntryPage
from indicators.registers.terms import Register, writers_words, writing
from offices import queries as offices
from offices.access import may
from offices.current import current_office


def may_write_here(register: Register) -> bool:
    """Whether the account of this request may write in the register."""
    return may(*writing(register))


def choices(year: int, session: Session) -> Choices:
    """What the lists of a form offer."""
    return Choices(year, Month.of(clock.now()), offices.villages(session, current_office().id))


def shown(register: Register, entry_id: UUID, **tried: HouseForm) -> str:
    """The page; a form that was tried is shown as it was filled in, above what is written now."""
    session = read_afresh() if tried else reader()
    found = page.entry_page(session, current_office().id, register, entry_id)
    writes = may_write_here(register)
    forms: dict[str, Any] = _forms(found, session) | tried if writes else {}
    for form in tried.values():
        form["seen"].data = str(found.row.id)
    return render_template(
        "indicators/registers/entry.html",
        page=found,
        title=page.title_of(found),
        year=page.year_of(found.row),
        trimmed=trimmed,
        writers_words=writers_words,
        may_write=writes,
        tried=[*tried],
        words=evidence_words,
        measures=REALISATIONS,
        **forms,
    )


def _forms(found: EntryPage, session: Session) -> dict[str, HouseForm]:
    forms: dict[str, HouseForm] = {
        "form": filled(found.book, found.row, session),
        "remove": RemoveForm(formdata=None, data={"seen": str(found.row.id)}),
    }
    if found.book.register == Register.PROGRAMME:
        forms["measure"] = REALISATIONS.form(formdata=None)
    return forms


def filled(book: Book, row: Version, session: Session) -> EntryForm:
    """The register's form with what an entry says now."""
    values = {column.key: getattr(row, column.key) for column in book.columns}
    data = {key: "" if value is None and key == "village_code" else value for key, value in values.items()}
    form = book.form(formdata=None, data={**data, "seen": str(row.id), "entry": row.entry_id})
    form.offer(choices(page.year_of(row), session))
    return form


def sent(register: Register, year: int) -> EntryForm:
    """The register's form as it was sent, or one to begin with: of the year, and of the period that `?masa=` asks for,
    else of the newest month that ended.
    """
    offered = choices(year, reader())
    asked = request.args.get("masa", "")
    period = asked if asked in dict(offered.periods) else offered.newest_ended
    form = BOOKS[register].form(data={"year": year, "period": period})
    form.offer(offered)
    return form
