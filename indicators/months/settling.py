"""Indicator 4 of each category and desa, in a period and in as many months right before, in one reading."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.models import Complaint
from complaints.terms import Move
from core import rollup
from core.periods import Period
from indicators.formulas import Settlement
from indicators.models import ComplaintMonth
from indicators.months.breakdown_parts import Part
from indicators.queries import PATROL
from indicators.recount import move_counts
from indicators.rows import STANDS


@dataclass(frozen=True)
class Cell:
    """Reports of one category, desa ("": unknown) and exclusion ("": valid), received in the period, or right before
    it; each with its own cut-off.
    """

    is_now: bool
    category: str
    village: str
    exclusion: str
    received: int
    settled: int
    confirmed: int
    disputed: int


def cells(
    session: Session, office_id: int, period: Period, *, patrol: bool, recorded_by: datetime | None = None
) -> list[Cell]:
    """From the nightly counts, or with `recorded_by` from the reports as they stood at that moment."""
    before, months = period.earlier(), _months(office_id, period, recorded_by)
    table = months.c
    is_now = table.received_month >= str(period.first)
    in_time = table.move_month <= sa.case((is_now, str(period.last)), else_=str(before.last))
    weight = sa.case({move.value: count for move, count in STANDS.items()}, value=table.move, else_=0)
    sums = (
        _sum(table.moves, table.move == Move.RECEIVE),
        _sum(table.moves * weight, in_time),
        _sum(table.confirmed, in_time),
        _sum(table.disputed, in_time),
    )
    keys = (is_now.label("is_now"), table.category_code, table.village_code, table.exclusion)
    counted = sa.true() if patrol else table.source != PATROL
    chosen = sa.select(*keys, *sums).where(
        table.office_id == office_id,
        sa.or_(*(table.received_month.between(*each.texts) for each in (before, period))),
        counted,
    )
    rows = session.execute(chosen.group_by("is_now", *keys[1:]))
    return [Cell(bool(now), *codes, *map(int, counts)) for now, *codes, counts in _halved(rows)]


def by(code: Callable[[Cell], str], found: Iterable[Cell]) -> Mapping[str, list[Cell]]:
    """The cells of each category, or of each desa."""
    grouped: defaultdict[str, list[Cell]] = defaultdict(list)
    for cell in found:
        grouped[code(cell)].append(cell)
    return grouped


def part(code: str, name: str, found: Iterable[Cell]) -> Part:
    """These cells of one period together."""
    together = list(found)
    return Part(code, name, settlement(together), sum(cell.received for cell in together if cell.exclusion))


def settlement(found: Iterable[Cell]) -> Settlement:
    """The valid reports of these cells."""
    valid = [cell for cell in found if not cell.exclusion]
    return Settlement(
        received=sum(cell.received for cell in valid),
        settled=sum(cell.settled for cell in valid),
        confirmed=sum(cell.confirmed for cell in valid),
        disputed=sum(cell.disputed for cell in valid),
    )


def _months(office_id: int, period: Period, recorded_by: datetime | None) -> sa.FromClause:
    if recorded_by is None:
        return ComplaintMonth.__table__
    days = (period.earlier().first.first_day, period.last.last_day)
    mine = sa.and_(Complaint.office_id == office_id, Complaint.received_on.between(*days))
    counts = move_counts(recorded_by=recorded_by).where(mine).subquery()
    months = (
        rollup.month_of(counts.c.received_day).label("received_month"),
        rollup.month_of(counts.c.move_day).label("move_month"),
    )
    return sa.select(counts, *months).subquery()


def _sum(value: sa.ColumnElement[int], counts: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((counts, value), else_=0))


def _halved(rows: Iterable[Any]) -> Iterable[tuple[Any, ...]]:
    return ((*row[:4], row[4:]) for row in rows)
