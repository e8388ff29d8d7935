"""Named reads of the figures. With `recorded_by` they count from the source rows, as it stood at that moment."""

from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core import rollup
from core.calendar import Month
from core.periods import Period
from indicators.ledger import OPENS, MoveRow
from indicators.models import ComplaintMonth, Target
from indicators.recount import MOVE_SUMS, move_counts
from survey.figures.models import RatingMonth

PATROL = "patrol"


def move_rows(
    session: Session, office_id: int, period: Period, *, patrol: bool, recorded_by: datetime | None = None
) -> list[MoveRow]:
    """Moves of reports received in the period, and all moves made in it. `patrol`: count patrol findings too."""
    table = _complaint_months(recorded_by)
    first, last = str(period.first), str(period.last)
    touched = sa.or_(table.c.received_month.between(first, last), table.c.move_month.between(first, last))
    keys = (table.c.received_month, table.c.move_month, table.c.move, table.c.exclusion)
    chosen = sa.select(*keys, *(sa.func.sum(table.c[name]) for name in MOVE_SUMS))
    found = session.execute(chosen.where(*_of_office(table, office_id, patrol=patrol), touched).group_by(*keys))
    return [
        MoveRow(received, moved, move, exclusion, *map(int, sums)) for received, moved, move, exclusion, *sums in found
    ]


def moves_before(
    session: Session, office_id: int, month: Month, *, patrol: bool, recorded_by: datetime | None = None
) -> list[tuple[str, int]]:
    """(move, how many) before the month, of the moves that open and close reports."""
    table = _complaint_months(recorded_by)
    chosen = sa.select(table.c.move, sa.func.sum(table.c.moves)).group_by(table.c.move)
    earlier = sa.and_(table.c.move_month < str(month), table.c.move.in_([move.value for move in OPENS]))
    return [
        (move, int(count))
        for move, count in session.execute(chosen.where(*_of_office(table, office_id, patrol=patrol), earlier))
    ]


def targets(
    session: Session, office_id: int, year: int, recorded_by: datetime | None = None
) -> dict[tuple[str, int], Decimal]:
    """(indicator, quarter) → the target that was set last; quarter 0 is the whole year."""
    chosen = sa.select(Target).where(Target.office_id == office_id, Target.year == year)
    if recorded_by is not None:
        chosen = chosen.where(Target.set_at <= recorded_by)
    rows = session.scalars(chosen.order_by(Target.set_at, Target.id))
    last = {(row.indicator, row.quarter): row.value for row in rows}
    return {key: value for key, value in last.items() if value is not None}


def months_with_figures(session: Session, office_id: int) -> list[str]:
    """Months in which something was rated or reported, newest first."""
    rated = sa.select(RatingMonth.month).where(RatingMonth.office_id == office_id)
    reported = sa.select(ComplaintMonth.received_month).where(ComplaintMonth.office_id == office_id)
    months = sa.union(rated, reported).subquery()
    return list(session.scalars(sa.select(months.c[0]).order_by(months.c[0].desc())))


def _complaint_months(recorded_by: datetime | None) -> sa.FromClause:
    if recorded_by is None:
        return ComplaintMonth.__table__
    days = move_counts(recorded_by=recorded_by).subquery()
    months = (
        rollup.month_of(days.c.received_day).label("received_month"),
        rollup.month_of(days.c.move_day).label("move_month"),
    )
    return sa.select(days, *months).subquery()


def _of_office(table: sa.FromClause, office_id: int, *, patrol: bool) -> tuple[sa.ColumnElement[bool], ...]:
    counted = sa.true() if patrol else table.c.source != PATROL
    return table.c.office_id == office_id, counted
