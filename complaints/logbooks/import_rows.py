"""Makes the rows of an import, with all that needs no lock: receipts, promises, moves and what is hashed of them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from complaints import events, receipts
from complaints.deadlines import deadlines, next_due
from complaints.events import NewEvent, Ready, Row, WrittenWords
from complaints.logbooks.logbook import Entry
from complaints.reporting.intake import Keys, stored_receipt
from complaints.search_words import kept
from complaints.terms import Move, Status
from core.batches import batches
from core.calendar import wib_day
from core.ids import uuid7
from offices.imports import Sheet
from offices.models import Office
from offices.readings import BATCH


@dataclass(frozen=True)
class Batch:
    """Rows of reports, which still lack their number and their import, each one's words for the search, and their
    moves.
    """

    reports: list[Row]
    words: list[list[str]]
    moves: Ready


@dataclass(frozen=True)
class Prepared:
    """An import ready to be written. `years`: how many public numbers it needs of each WIB year; `days`: when its
    reports were received; `generation`: as `Sheet.submission_id` takes it.
    """

    office_id: int
    generation: int
    years: Mapping[int, int]
    days: Collection[date]
    batches: Sequence[Batch]


class Maker:
    """What the rows of one import are made with."""

    def __init__(
        self,
        office: Office,
        keys: Keys,
        sheet: Sheet,
        generation: int,
        days_off: Collection[date],
        villages: Mapping[str, str],
    ) -> None:
        """`villages`: names by code."""
        self.office_id, self.generation = office.id, generation
        self._prefix, self._keys, self._sheet, self._days_off = office.prefix, keys, sheet, days_off
        self._villages = villages

    def row(self, number: int, entry: Entry, *, now: datetime) -> Row:
        """The report of the spreadsheet's row `number`."""
        submission_id = self._sheet.submission_id(self.generation, number)
        promised = deadlines(entry.received_at, entry.settle_days, self._days_off)
        return {
            "office_id": self.office_id,
            "id": uuid7(entry.received_at),
            "submission_id": submission_id,
            "digest": "",
            "receipt_digest": self._receipt(submission_id),
            "category_code": entry.category,
            "description": entry.description,
            "village_code": entry.village,
            "is_unproven": entry.status is Status.SETTLED,
            "source": entry.source.value,
            "received_at": entry.received_at,
            "received_on": wib_day(entry.received_at),
            "recorded_at": now,
            "status": entry.status.value,
            "version": len(entry.moves()),
            "exclusion": entry.exclusion.value if entry.exclusion else None,
            **asdict(promised),
            "due_on": next_due(entry.status, promised),
            "settled_at": entry.settled_at,
        }

    def words(self, entry: Entry) -> list[str]:
        """What the search keeps of the row."""
        return kept([entry.description, self._villages.get(entry.village or "", "")])

    def _receipt(self, submission_id: UUID) -> str:
        return stored_receipt(self._keys, receipts.make(self._keys.receipt.encode(), self._prefix, submission_id, 1))


def prepared(maker: Maker, entries: Sequence[tuple[int, Entry]], *, now: datetime) -> Prepared:
    """All rows of an import, in batches."""
    days = [wib_day(entry.received_at) for _, entry in entries]
    return Prepared(
        office_id=maker.office_id,
        generation=maker.generation,
        years=dict(sorted(Counter(day.year for day in days).items())),
        days=set(days),
        batches=[_batch(maker, part, now) for part in batches(entries, BATCH)],
    )


def _batch(maker: Maker, entries: Sequence[tuple[int, Entry]], now: datetime) -> Batch:
    rows = [maker.row(number, entry, now=now) for number, entry in entries]
    moves = [move for row, (_, entry) in zip(rows, entries, strict=True) for move in _moves(row["id"], entry)]
    words = [maker.words(entry) for _, entry in entries]
    return Batch(rows, words, events.prepare(maker.office_id, moves, now=now))


def _moves(complaint_id: UUID, entry: Entry) -> list[NewEvent]:
    """The moves of a report, in order; only an exclusion has words."""
    return [
        NewEvent(
            complaint_id,
            move,
            at,
            exclusion=entry.exclusion if move is Move.EXCLUDE else None,
            is_first_close=move is Move.SETTLE,
            words=WrittenWords(reason=entry.reason) if entry.reason and move is Move.EXCLUDE else None,
        )
        for move, at in entry.moves()
    ]
