"""Named reads of visits."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.errors import Missing
from survey.visits.models import VisitCode, VisitCount

ServiceDay = tuple[str, date]


def visits_between(
    session: Session, office_id: int, first: date, day_after: date, recorded_by: datetime | None = None
) -> Mapping[ServiceDay, int]:
    """How many people used each service on each day of first <= day < day_after on which that is known.

    What somebody entered goes before the number of codes given out. With `recorded_by`: as known at that moment.
    """
    return codes_between(session, office_id, first, day_after, recorded_by) | counts_between(
        session, office_id, first, day_after, recorded_by
    )


def counts_between(
    session: Session, office_id: int, first: date, day_after: date, recorded_by: datetime | None = None
) -> dict[ServiceDay, int]:
    """What was entered last for each service and day; without those taken back, for which codes count again."""
    rows = sa.select(VisitCount.service_code, VisitCount.day, VisitCount.visits).where(
        VisitCount.office_id == office_id, VisitCount.day >= first, VisitCount.day < day_after
    )
    if recorded_by is not None:
        rows = rows.where(VisitCount.recorded_at <= recorded_by)
    found = session.execute(rows.order_by(VisitCount.recorded_at, VisitCount.id))
    last = {(service, day): visits for service, day, visits in found}
    return {key: visits for key, visits in last.items() if visits is not None}


def codes_between(
    session: Session, office_id: int, first: date, day_after: date, recorded_by: datetime | None = None
) -> dict[ServiceDay, int]:
    """How many codes were given out for each service and day."""
    rows = sa.select(VisitCode.service_code, VisitCode.day, sa.func.count()).where(
        VisitCode.office_id == office_id, VisitCode.day >= first, VisitCode.day < day_after
    )
    if recorded_by is not None:
        rows = rows.where(VisitCode.issued_at <= recorded_by)
    found = session.execute(rows.group_by(VisitCode.service_code, VisitCode.day))
    return {(service, day): count for service, day, count in found}


def by_digest(session: Session, office_id: int, digest: str) -> VisitCode | None:
    """The visit whose code has this digest."""
    return session.scalar(sa.select(VisitCode).filter_by(office_id=office_id, digest=digest))


def batch(session: Session, office_id: int, visit_id: UUID) -> Sequence[VisitCode]:
    """Everything that was given out in one go, found by any one of it; raises Missing."""
    one = session.get(VisitCode, (office_id, visit_id))
    if one is None:
        raise Missing("Kode ini tidak ada.")
    together = sa.select(VisitCode).filter_by(
        office_id=office_id,
        service_code=one.service_code,
        day=one.day,
        issued_at=one.issued_at,
        issued_by=one.issued_by,
    )
    return session.scalars(together.order_by(VisitCode.id)).all()


def counts_told(session: Session, office_id: int, day: date) -> Sequence[VisitCount]:
    """Everything that was written down about a WIB day, the newest first."""
    told = sa.select(VisitCount).filter_by(office_id=office_id, day=day)
    return session.scalars(told.order_by(VisitCount.recorded_at.desc(), VisitCount.id.desc())).all()
