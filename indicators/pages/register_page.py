"""Gathers how a figure that comes from a register was calculated: its formula, and the entries behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from core.calendar import wib_day
from indicators.locks.shown import Shown
from indicators.months.results import Line
from indicators.pages.place import Place
from indicators.registers import page, sentences, standings
from indicators.registers import queries as registers
from indicators.registers.books import BOOKS, Book
from indicators.registers.columns import Names
from indicators.registers.page import Files
from indicators.registers.standings import Standing
from indicators.registers.terms import INDICATORS, Register
from offices.models import Office


@dataclass(frozen=True)
class RegisterFigure:
    """A figure as the summary has it, and the entries behind it as recorded by `as_of`; None: as they are now."""

    book: Book
    line: Line
    as_of: datetime | None
    worth: str
    formula: str
    how: object
    rows: Sequence[Standing[Any]]
    names: Names
    files: Files


def gathered(
    session: Session, office: Office, register: Register, place: Place, shown: Shown, now: datetime
) -> RegisterFigure:
    """The figure of the place; of a locked month what was locked, with the entries that were counted then."""
    as_of, summary = shown.counted_by(place.as_of), shown.whole.summary
    entries = registers.entries(session, office.id, place.period, as_of)
    rows = standings.of(register, entries, place.period, wib_day(as_of or now))
    line = summary.line(INDICATORS[register])
    return RegisterFigure(
        book=BOOKS[register],
        line=line,
        as_of=as_of,
        worth=sentences.worth(register, summary.registered),
        formula=sentences.calculation(register, summary.registered),
        how=sentences.HOW[register],
        rows=rows,
        names=page.names(session, office.id, entries),
        files=page.files_of(session, office.id, rows),
    )
