"""Named reads of visits."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

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
    """What was entered last for each service and day."""
    rows = sa.select(VisitCount.service_code, VisitCount.day, VisitCount.visits).where(
        VisitCount.office_id == office_id, VisitCount.day >= first, VisitCount.day < day_after
    )
    if recorded_by is not None:
        rows = rows.where(VisitCount.recorded_at <= recorded_by)
    found = session.execute(rows.order_by(VisitCount.recorded_at, VisitCount.id))
    return {(service, day): visits for service, day, visits in found}


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
    return dict(Counter({(service, day): count for service, day, count in found}))
