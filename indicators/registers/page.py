"""Gathers what the pages of the registers show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from core.calendar import Month, wib_day
from core.periods import Period
from indicators.registers import entry_queries, naming, programme, queries, sentences, standings
from indicators.registers.books import BOOKS, SHELF, Book
from indicators.registers.columns import Names
from indicators.registers.history import Step, steps
from indicators.registers.models import ProgrammeIndicator, ProgrammeRealisation, Version
from indicators.registers.standings import Standing
from indicators.registers.terms import Register
from indicators.registers.values import Entries
from offices import queries as offices
from offices.models import Attachment

Files = Mapping[UUID, Attachment]


@dataclass(frozen=True)
class Shelved:
    """A register in the overview: how many entries its year has, what its figure is, and what is missing."""

    book: Book
    entries: int
    value: str
    words: str


@dataclass(frozen=True)
class ListPage:
    """A register's entries of a year; `value` and `words` are of `period`, the year up to the running month."""

    book: Book
    period: Period
    rows: Sequence[Standing[Any]]
    value: str
    words: str
    removed: Sequence[Version]
    names: Names
    files: Files


@dataclass(frozen=True)
class EntryPage:
    """An entry with all that was ever said of it, newest first; `rows`: what a programme indicator reached. `of`: the
    indicator of a realisation.
    """

    book: Book
    row: Version
    steps: Sequence[Step]
    rows: Sequence[ProgrammeRealisation]
    of: ProgrammeIndicator | None
    names: Names
    files: Files


def year_of(entry: Version) -> int:
    """The year in which an entry is listed."""
    found: int = getattr(entry, "year", None) or entry.planned_on.year  # type: ignore[attr-defined]
    return found


def up_to_now(year: int, now: datetime) -> Period:
    """The year up to the running month; a year that is over or has not begun whole."""
    running = Month.of(now)
    return Period(Month(year, 1), running if year == running.year else Month(year, 12))


def overview(session: Session, office_id: int, year: int, now: datetime) -> list[Shelved]:
    """Every register, in a year."""
    period, today = up_to_now(year, now), wib_day(now)
    whole = Period.parse(str(year))
    entries = queries.entries(session, office_id, whole)
    return [
        Shelved(
            book=book,
            entries=len(standings.of(book.register, entries, whole, today)),
            value=sentences.value(book.register, entries, period),
            words=sentences.words(book.register, entries, period, today),
        )
        for book in SHELF
    ]


def list_page(session: Session, office_id: int, register: Register, year: int, now: datetime) -> ListPage:
    """A register's year."""
    period, today = up_to_now(year, now), wib_day(now)
    entries = queries.entries(session, office_id, Period.parse(str(year)))
    rows = standings.of(register, entries, Period.parse(str(year)), today)
    return ListPage(
        book=BOOKS[register],
        period=period,
        rows=rows,
        value=sentences.value(register, entries, period),
        words=sentences.words(register, entries, period, today),
        removed=entry_queries.removed(session, register, office_id, year),
        names=names(session, office_id, entries),
        files=files_of(session, office_id, rows),
    )


def entry_page(session: Session, office_id: int, register: Register, entry_id: UUID) -> EntryPage:
    """One entry; raises Missing."""
    versions = entry_queries.versions(session, register, office_id, entry_id)
    row = entry_queries.newest(session, register, office_id, entry_id)
    year, book = year_of(row), BOOKS[register]
    entries = queries.entries(session, office_id, Period.parse(str(year)))
    known = names(session, office_id, entries)
    reached = [each for each in entries.realisations if each.indicator_id == entry_id]
    files = entry_queries.files(session, office_id, [each.file_id for each in [*versions, *reached]])
    return EntryPage(
        book=book,
        row=row,
        steps=steps(book.columns, versions, known, files),
        rows=reached,
        of=programme.indicator(session, office_id, row.indicator_id) if isinstance(row, ProgrammeRealisation) else None,
        names=known,
        files=files,
    )


def title_of(found: EntryPage) -> str:
    """What an entry is called; of a realisation with its indicator."""
    title = naming.title_of(found.row)
    return f"{found.of.name}, {title}" if found.of else title


def files_of(session: Session, office_id: int, rows: Sequence[Standing[Any]]) -> Files:
    """The evidence of these entries."""
    return entry_queries.files(session, office_id, [each.file_id for each in rows])


def names(session: Session, office_id: int, entries: Entries) -> Names:
    """What codes and ids stand for."""
    return Names(
        villages={row.code: row.name for row in offices.villages(session, office_id)},
        indicators={row.entry_id: row.name for row in entries.programme},
        people=offices.people(session, office_id),
    )
