"""Named reads of the registers: the version of each entry that counts, now or at a moment."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from core.periods import Period
from indicators.registers.models import (
    EmpowermentActivity,
    OrganisationDocument,
    OutsideIndex,
    ProgrammeIndicator,
    ProgrammeRealisation,
    SakipReview,
    Version,
)
from indicators.registers.values import Entries

Entry = TypeVar("Entry", bound=Version)


def documents(
    session: Session, office_id: int, first: int, last: int, recorded_by: datetime | None = None
) -> Sequence[OrganisationDocument]:
    """The documents that count in the years from `first` to `last`, by their date."""
    rows = _of_years(session, OrganisationDocument, office_id, first, last, recorded_by)
    return sorted(rows, key=lambda row: (row.dated, row.recorded_at))


def activities(
    session: Session, office_id: int, first: date, last: date, recorded_by: datetime | None = None
) -> Sequence[EmpowermentActivity]:
    """The activities planned for the days from `first` to `last`, in that order."""
    planned = EmpowermentActivity.planned_on.between(first, last)
    rows = session.scalars(_counting(EmpowermentActivity, office_id, recorded_by).where(planned)).all()
    return sorted(rows, key=lambda row: (row.planned_on, row.recorded_at))


def reviews(
    session: Session, office_id: int, first: int, last: int, recorded_by: datetime | None = None
) -> Sequence[SakipReview]:
    """The SAKIP reviews that count in the years, by their date."""
    rows = _of_years(session, SakipReview, office_id, first, last, recorded_by)
    return sorted(rows, key=lambda row: (row.reviewed_on, row.recorded_at))


def programme_indicators(
    session: Session, office_id: int, first: int, last: int, recorded_by: datetime | None = None
) -> Sequence[ProgrammeIndicator]:
    """The programme indicators of the years, by programme and name."""
    rows = _of_years(session, ProgrammeIndicator, office_id, first, last, recorded_by)
    return sorted(rows, key=lambda row: (row.year, row.programme, row.name, row.recorded_at))


def realisations(
    session: Session, office_id: int, first: int, last: int, recorded_by: datetime | None = None
) -> Sequence[ProgrammeRealisation]:
    """What these indicators reached, by day."""
    rows = _of_years(session, ProgrammeRealisation, office_id, first, last, recorded_by)
    return sorted(rows, key=lambda row: (row.measured_on, row.recorded_at))


def outside_indices(
    session: Session, office_id: int, first: int, last: int, recorded_by: datetime | None = None
) -> Sequence[OutsideIndex]:
    """What SUKMA-E showed for periods of the years, in the order it was written down."""
    rows = _of_years(session, OutsideIndex, office_id, first, last, recorded_by)
    return sorted(rows, key=lambda row: row.recorded_at)


def _of_years(
    session: Session, model: type[Entry], office_id: int, first: int, last: int, recorded_by: datetime | None
) -> Sequence[Entry]:
    within = sa.inspect(model).columns["year"].between(first, last)
    return session.scalars(_counting(model, office_id, recorded_by).where(within)).all()


def _counting(model: type[Entry], office_id: int, recorded_by: datetime | None) -> sa.Select[Entry]:
    """The newest version of each entry, of those recorded by the moment; without entries that were taken out."""
    chosen = sa.select(model).where(model.office_id == office_id, ~model.is_removed, ~replaced(model, recorded_by))
    return chosen if recorded_by is None else chosen.where(model.recorded_at <= recorded_by)


def replaced(model: type[Entry], recorded_by: datetime | None = None) -> sa.ColumnElement[bool]:
    """Whether a newer version of the same entry is there, or was by the moment."""
    newer = aliased(model)
    order = sa.tuple_(newer.recorded_at, newer.id) > sa.tuple_(model.recorded_at, model.id)
    found = sa.exists().where(newer.office_id == model.office_id, newer.entry_id == model.entry_id, order)
    return found if recorded_by is None else found.where(newer.recorded_at <= recorded_by)


def entries(session: Session, office_id: int, period: Period, recorded_by: datetime | None = None) -> Entries:
    """Every register, for all periods inside this one, in six readings."""
    first, last = period.first.year, period.last.year
    days = (period.first.first_day, period.last.last_day)
    return Entries(
        documents=documents(session, office_id, first, last, recorded_by),
        activities=activities(session, office_id, *days, recorded_by),
        reviews=reviews(session, office_id, first, last, recorded_by),
        programme=programme_indicators(session, office_id, first, last, recorded_by),
        realisations=realisations(session, office_id, first, last, recorded_by),
        outside=outside_indices(session, office_id, first, last, recorded_by),
    )
