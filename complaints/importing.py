"""Takes a whole log book of reports in, once, and takes an import back whole."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import count
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from complaints import events, queries, receipts
from complaints.deadlines import deadlines, next_due
from complaints.events import NewEvent, WrittenWords
from complaints.intake import INSERT_COMPLAINT, Keys, Row, next_number, stored_receipt
from complaints.logbook import COLUMNS, NEEDED, Entry, LogBook
from complaints.models import Complaint
from complaints.terms import Move, Status
from core.calendar import wib_day
from core.db import reader, transaction
from core.errors import Refused
from core.ids import uuid7
from core.tabular import read_rows
from offices import dirty, imports
from offices import queries as office_queries
from offices.dirty import Figures
from offices.imports import Rejected, Sheet
from offices.models import Office

KIND = "complaints"
AT_ONCE = 500
Tick = Callable[[int], object]


@dataclass(frozen=True)
class Read:
    """A log book as read: what can be taken in by row number, what can't, and columns that say nothing to us."""

    sheet: Sheet
    entries: Sequence[tuple[int, Entry]]
    rejected: Sequence[Rejected]
    ignored: Sequence[str]


@dataclass(frozen=True)
class Undone:
    """What was taken back, and how many of those reports staff had moved on since."""

    reports: int
    moved_since: int


def read(path: Path, office_id: int, *, now: datetime) -> Read:
    """Read the file; raises Refused when that can't be done or a column is missing that every row needs."""
    sheet = Sheet.of(KIND, path, {})
    categories = queries.categories(reader(), office_id)
    book = LogBook(categories, office_queries.villages(reader(), office_id), now)
    rows = list(read_rows(path))
    columns = list(rows[0][1]) if rows else []
    missing = [name for name in NEEDED if rows and name not in columns]
    if missing:
        raise Refused(f"{path.name}: kolom {', '.join(missing)} tidak ada. Yang dikenal: {', '.join(COLUMNS)}.")
    entries: list[tuple[int, Entry]] = []
    rejected: list[Rejected] = []
    for number, cells in rows:
        try:
            entries.append((number, book.read(cells)))
        except Refused as refusal:
            rejected.append(Rejected(number, refusal.message, cells))
    return Read(sheet, entries, rejected, [name for name in columns if name not in COLUMNS])


def take_in(found: Read, office: Office, *, keys: Keys, by: str, tick: Tick, now: datetime) -> int | None:
    """Take the rows in, all or none: how many, or None when the same file already counts.

    `tick` is told of rows as they are written.
    """
    try:
        return _write(found, office, keys, by, tick, now=now)
    except IntegrityError as clash:
        raise Refused(
            "Berkas yang sama sedang diimpor oleh perintah lain. Lihat hasilnya dengan import list."
        ) from clash


@transaction
def undo(session: Session, *, office_id: int, import_id: UUID, by: str, now: datetime) -> Undone:
    """Take an import back whole, also reports that staff have moved since; raises Missing or Refused.

    The rows and their events stay: each report is withdrawn by an event, and counts nowhere from now on.
    """
    imports.take_back(session, office_id, KIND, import_id, by=by, now=now)
    of_import = sa.and_(Complaint.office_id == office_id, Complaint.import_id == import_id)
    closed = {"status": Status.WITHDRAWN.value, "due_on": None, "settled_at": None, "exclusion": None}
    withdrawn = session.execute(
        sa.update(Complaint)
        .where(of_import)
        .values(**closed, withdrawn_at=now, version=Complaint.version + 1)
        .returning(Complaint.id, Complaint.received_on)
        .execution_options(synchronize_session=False)
    ).all()
    moved = queries.moved_since_import(session, office_id, import_id)
    new = [NewEvent(complaint_id, Move.WITHDRAW, now) for complaint_id, _ in withdrawn]
    events.append_all(session, office_id, new, now=now)
    dirty.mark(session, office_id, Figures.COMPLAINTS, {day for _, day in withdrawn}, now=now)
    return Undone(len(withdrawn), moved)


@transaction
def _write(
    session: Session, found: Read, office: Office, keys: Keys, by: str, tick: Tick, *, now: datetime
) -> int | None:
    """The numbers of all years are claimed first: whoever holds the chain of events must wait for nobody."""
    generation = imports.generation_of(office_queries.imports_like(session, office.id, found.sheet.digest))
    if generation is None or not found.entries:
        return None if generation is None else 0
    counted = {"imported": len(found.entries), "rejected": len(found.rejected)}
    import_id = imports.record(session, office.id, found.sheet, **counted, by=by, now=now)
    maker = _Maker(office, keys, found.sheet, generation, office_queries.days_off(session, office.id))
    maker.claim_numbers(session, [entry for _, entry in found.entries])
    common = {"office_id": office.id, "import_id": import_id, "recorded_at": now}
    for chunk in _chunks(found.entries):
        rows = [common | maker.row(number, entry) for number, entry in chunk]
        session.connection().execute(INSERT_COMPLAINT, rows)
        events.append_all(session, office.id, _events(rows, chunk), now=now)
        tick(len(chunk))
    dirty.mark(session, office.id, Figures.COMPLAINTS, {wib_day(e.received_at) for _, e in found.entries}, now=now)
    return len(found.entries)


class _Maker:
    """Makes the rows of one import."""

    def __init__(self, office: Office, keys: Keys, sheet: Sheet, generation: int, days_off: Collection[date]) -> None:
        self._office_id, self._prefix, self._keys = office.id, office.prefix, keys
        self._sheet, self._generation, self._days_off = sheet, generation, days_off
        self._numbers: dict[int, Iterator[int]] = {}

    def claim_numbers(self, session: Session, entries: Sequence[Entry]) -> None:
        """Claim as many public numbers as there are reports in each WIB year."""
        for year, many in sorted(Counter(wib_day(entry.received_at).year for entry in entries).items()):
            self._numbers[year] = count(next_number(session, self._office_id, year, many))

    def row(self, number: int, entry: Entry) -> Row:
        """The report's row without what is common to the import; `number` is that of the spreadsheet's row."""
        submission_id = self._sheet.submission_id(self._generation, number)
        received_on = wib_day(entry.received_at)
        promised = deadlines(entry.received_at, entry.settle_days, self._days_off)
        return {
            "id": uuid7(entry.received_at),
            "number": receipts.public_number(received_on.year, next(self._numbers[received_on.year])),
            "submission_id": submission_id,
            "digest": "",
            "receipt_digest": self._receipt(submission_id),
            "category_code": entry.category,
            "description": entry.description,
            "village_code": entry.village,
            "is_unproven": entry.status is Status.SETTLED,
            "source": entry.source.value,
            "received_at": entry.received_at,
            "received_on": received_on,
            "status": entry.status.value,
            "version": len(entry.moves()),
            "exclusion": entry.exclusion.value if entry.exclusion else None,
            **asdict(promised),
            "due_on": next_due(entry.status, promised),
            "settled_at": entry.settled_at,
        }

    def _receipt(self, submission_id: UUID) -> str:
        return stored_receipt(self._keys, receipts.make(self._keys.receipt.encode(), self._prefix, submission_id, 1))


def _events(rows: Sequence[Row], chunk: Sequence[tuple[int, Entry]]) -> list[NewEvent]:
    """The moves of each report, in order; only an exclusion has words."""
    return [
        NewEvent(
            row["id"],
            move,
            at,
            exclusion=entry.exclusion if move is Move.EXCLUDE else None,
            is_first_close=move is Move.SETTLE,
            words=WrittenWords(reason=entry.reason) if entry.reason and move is Move.EXCLUDE else None,
        )
        for row, (_, entry) in zip(rows, chunk, strict=True)
        for move, at in entry.moves()
    ]


def _chunks(entries: Sequence[tuple[int, Entry]]) -> Iterator[Sequence[tuple[int, Entry]]]:
    for start in range(0, len(entries), AT_ONCE):
        yield entries[start : start + AT_ONCE]
