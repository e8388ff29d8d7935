"""Takes a whole log book of reports in, once, and takes an import back whole."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from complaints import counters, events, queries, receipts, search
from complaints.counters import Place, place_of
from complaints.events import NewEvent, Ready
from complaints.logbooks.import_rows import Batch, Maker, Prepared, prepared
from complaints.logbooks.logbook import COLUMNS, NEEDED, Entry, LogBook
from complaints.models import Complaint
from complaints.reporting.intake import INSERT_COMPLAINT, Keys
from complaints.reporting.numbering import next_number
from complaints.terms import Move, Status
from core.db import read_afresh, reader, transaction
from core.errors import Refused
from core.tabular import read_rows
from offices import dirty, imports
from offices import queries as office_queries
from offices.dirty import Figures
from offices.imports import Sheet
from offices.models import Office
from offices.readings import Cells, Reading, Tick, reading

KIND = "complaints"
IN_PROGRESS = "Berkas yang sama sedang diimpor oleh perintah lain. Lihat hasilnya dengan import list."
# What is left of a report that was taken back: as its events, replayed, say.
CLOSED = {"status": Status.WITHDRAWN.value, "is_held": False} | dict.fromkeys(
    ("due_on", "settled_at", "exclusion", "response", "waiting_since", "answer_by", "first_report")
)


@dataclass(frozen=True)
class Undone:
    """What was taken back, and how many of those reports staff had moved on since."""

    reports: int
    moved_since: int


def read(path: Path, office_id: int, *, now: datetime) -> Reading[Entry]:
    """Read the file; raises Refused when that can't be done or a column is missing that every row needs."""
    sheet = Sheet.of(KIND, path, {})
    book = LogBook(queries.categories(reader(), office_id), office_queries.villages(reader(), office_id), now)
    rows = list(read_rows(path))
    _check_columns(path, rows)
    return reading(sheet, rows, book.read, COLUMNS)


def _check_columns(path: Path, rows: Sequence[tuple[int, Cells]]) -> None:
    missing = [name for name in NEEDED if rows and name not in rows[0][1]]
    if missing:
        raise Refused(f"{path.name}: kolom {', '.join(missing)} tidak ada. Yang dikenal: {', '.join(COLUMNS)}.")


def take_in(found: Reading[Entry], office: Office, *, keys: Keys, by: str, tick: Tick, now: datetime) -> int | None:
    """Take the rows in, all or none: how many, or None when the same file already counts.

    All that can be made beforehand is made before the transaction begins: meanwhile nobody else can write.
    """
    generation = imports.generation_of(office_queries.imports_like(read_afresh(), office.id, found.sheet.digest))
    if generation is None or not found.entries:
        return None if generation is None else 0
    villages = {village.code: village.name for village in office_queries.villages(reader(), office.id)}
    maker = Maker(office, keys, found.sheet, generation, office_queries.days_off(reader(), office.id), villages)
    ready = prepared(maker, found.entries, now=now)
    try:
        _write(found, ready, by, tick, now=now)
    except IntegrityError as clash:
        raise Refused(IN_PROGRESS) from clash
    return len(found.entries)


@transaction
def _write(session: Session, found: Reading[Entry], ready: Prepared, by: str, tick: Tick, *, now: datetime) -> None:
    """Whoever holds the chain of events must wait for nobody: the numbers of all years are claimed before, and the
    reports of all batches counted.
    """
    office_id = ready.office_id
    if imports.generation_of(office_queries.imports_like(session, office_id, found.sheet.digest)) != ready.generation:
        raise Refused(IN_PROGRESS)
    counted = {"imported": len(found.entries), "rejected": len(found.rejected)}
    import_id = imports.record(session, office_id, found.sheet, **counted, by=by, now=now)
    numbers = {year: count(next_number(session, office_id, year, many)) for year, many in ready.years.items()}
    for batch in ready.batches:
        for row in batch.reports:
            year = row["received_on"].year
            row |= {"import_id": import_id, "number": receipts.public_number(year, next(numbers[year]))}
        session.connection().execute(INSERT_COMPLAINT, batch.reports)
        search.write(session, office_id, _found_by(batch))
        counters.add(session, office_id, map(place_of, batch.reports))
        tick(len(batch.reports))
    for batch in ready.batches:
        events.append_all(session, batch.moves)
    dirty.mark(session, office_id, Figures.COMPLAINTS, ready.days, now=now)


def _found_by(batch: Batch) -> Iterator[search.Entry]:
    for row, words in zip(batch.reports, batch.words, strict=True):
        yield search.Entry(row["id"], row["number"], words)


def undo(*, office_id: int, import_id: UUID, by: str, now: datetime) -> Undone:
    """Take an import back whole, also reports that staff have moved since; raises Missing or Refused.

    The rows and their events stay: each report is withdrawn by an event, and counts nowhere from now on.
    """
    reports = queries.received_by_import(read_afresh(), office_id, import_id)
    withdrawals = [NewEvent(complaint_id, Move.WITHDRAW, now) for complaint_id in reports]
    ready = events.prepare(office_id, withdrawals, now=now)
    return _take_back(import_id, ready, set(reports.values()), by, now=now)


@transaction
def _take_back(
    session: Session, import_id: UUID, ready: Ready, days: Collection[date], by: str, *, now: datetime
) -> Undone:
    office_id = ready.office_id
    imports.take_back(session, office_id, {KIND}, import_id, by=by, now=now)
    places = queries.locked_import(session, office_id, import_id)
    moved = queries.moved_since_import(session, office_id, import_id)
    session.execute(
        sa.update(Complaint)
        .where(Complaint.office_id == office_id, Complaint.import_id == import_id)
        .values(**CLOSED, withdrawn_at=now, version=Complaint.version + 1)
        .execution_options(synchronize_session=False)
    )
    counters.remove(session, office_id, places)
    counters.add(session, office_id, [Place(Status.WITHDRAWN.value, is_held=False, due_on="")] * len(places))
    events.append_all(session, ready)
    dirty.mark(session, office_id, Figures.COMPLAINTS, days, now=now)
    return Undone(len(ready.events), moved)
