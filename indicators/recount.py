"""Recounts the daily and monthly figures of both rooms, and holds those of reports."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.case_models import CategoryChange
from complaints.models import Complaint, Event
from core import rollup
from core.rollup import OfficeDay
from indicators.models import ComplaintDay, ComplaintMonth
from offices.dirty import Figures
from offices.models import DirtyDay, Office
from survey.figures import recount as ratings
from survey.models import Rating

MOVE_KEYS = ("move", "category_code", "village_code", "source", "exclusion")
MOVE_SUMS = ("moves", "first_closes", "confirmed", "disputed")
BY_MOVE = rollup.Figures(
    ComplaintDay,
    ComplaintMonth,
    ("received_day", "move_day"),
    ("received_month", "move_month"),
    MOVE_KEYS,
    MOVE_SUMS,
)


@dataclass(frozen=True)
class Recounted:
    """What a recount did: days whose figures were made again, and rows that hold them now."""

    days: int
    rows: int


def take_marks(session: Session) -> dict[Figures, set[OfficeDay]]:
    """Take all marks away and say what they marked. First thing in the recount's transaction: a change that
    comes in meanwhile leaves a mark of its own, for the next night.
    """
    taken = session.execute(sa.delete(DirtyDay).returning(DirtyDay.kind, DirtyDay.office_id, DirtyDay.day)).all()
    return {kind: {(row.office_id, row.day) for row in taken if row.kind == kind} for kind in Figures}


def one_day(session: Session, day: date) -> dict[Figures, set[OfficeDay]]:
    """The day, for every office and both kinds."""
    pairs = {(office_id, day) for office_id in session.scalars(sa.select(Office.id))}
    return {kind: set(pairs) for kind in Figures}


def recount(session: Session, dirty: dict[Figures, set[OfficeDay]]) -> Recounted:
    """Make the figures of the dirty days, and of their months, again."""
    rows = 0
    if dirty[Figures.RATINGS]:
        rollup.choose(session, dirty[Figures.RATINGS])
        rows += ratings.recount_chosen(session)
    if dirty[Figures.COMPLAINTS]:
        rollup.choose(session, dirty[Figures.COMPLAINTS])
        chosen = rollup.is_chosen(Complaint.office_id, Complaint.received_on)
        rows += rollup.recount_chosen(session, BY_MOVE, move_counts().where(chosen))
    return Recounted(len(dirty[Figures.RATINGS] | dirty[Figures.COMPLAINTS]), rows)


def recount_all(session: Session) -> Recounted:
    """Make all figures again from nothing."""
    session.execute(sa.delete(DirtyDay))
    rows = ratings.recount_all(session) + rollup.recount_all(session, BY_MOVE, move_counts())
    days = sa.union(
        sa.select(Rating.office_id, Rating.day), sa.select(ComplaintDay.office_id, ComplaintDay.received_day)
    )
    return Recounted(session.scalar(sa.select(sa.func.count()).select_from(days.subquery())) or 0, rows)


def move_counts(*, recorded_by: datetime | None = None) -> sa.Select[tuple[object, ...]]:
    """Moves counted by office, day of receipt, day of the move and what the report is, as in ComplaintDay."""
    exclusion = Complaint.exclusion if recorded_by is None else exclusion_at(recorded_by)
    category = Complaint.category_code if recorded_by is None else category_at(recorded_by)
    keys = (
        Complaint.office_id,
        Complaint.received_on.label("received_day"),
        Event.day.label("move_day"),
        Event.move,
        category.label("category_code"),
        sa.func.coalesce(Complaint.village_code, "").label("village_code"),
        Complaint.source,
        sa.func.coalesce(exclusion, "").label("exclusion"),
    )
    of_report = sa.and_(Event.office_id == Complaint.office_id, Event.complaint_id == Complaint.id)
    first_closes = sa.func.sum(sa.cast(Event.is_first_close, sa.Integer))
    split = (
        sa.func.sum(Event.confirmed_change).label("confirmed"),
        sa.func.sum(Event.disputed_change).label("disputed"),
    )
    chosen = sa.select(*keys, sa.func.count().label("moves"), first_closes.label("first_closes"), *split)
    chosen = chosen.select_from(sa.join(Complaint, Event, of_report)).where(standing(recorded_by))
    if recorded_by is not None:
        chosen = chosen.where(Event.recorded_at <= recorded_by)
    return chosen.group_by(*keys)


def standing(recorded_by: datetime | None) -> sa.ColumnElement[bool]:
    """Not withdrawn; with `recorded_by`, recorded by then and not withdrawn by then."""
    if recorded_by is None:
        return Complaint.withdrawn_at.is_(None)
    return sa.and_(
        Complaint.recorded_at <= recorded_by,
        sa.or_(Complaint.withdrawn_at.is_(None), Complaint.withdrawn_at > recorded_by),
    )


def exclusion_at(moment: datetime) -> sa.ScalarSelect[str | None]:
    """What the report's last exclude or restore recorded by `moment` left: the exclusion, or NULL."""
    return (
        sa.select(Event.exclusion)
        .where(
            Event.office_id == Complaint.office_id,
            Event.complaint_id == Complaint.id,
            Event.move.in_(("exclude", "restore")),
            Event.recorded_at <= moment,
        )
        .order_by(Event.seq.desc())
        .limit(1)
        .correlate(Complaint)
        .scalar_subquery()
    )


def category_at(moment: datetime) -> sa.ColumnElement[str]:
    """The category that the report had at `moment`."""
    later = (
        sa.select(CategoryChange.before)
        .where(
            CategoryChange.office_id == Complaint.office_id,
            CategoryChange.complaint_id == Complaint.id,
            CategoryChange.changed_at > moment,
        )
        .order_by(CategoryChange.changed_at)
        .limit(1)
        .correlate(Complaint)
        .scalar_subquery()
    )
    return sa.func.coalesce(later, Complaint.category_code)
