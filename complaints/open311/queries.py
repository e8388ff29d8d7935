"""Named reads for Open311: what may be listed to everybody, and nothing more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.models import Category, Complaint, Event
from complaints.terms import PUBLIC_WORDS, Exclusion, Status
from complaints.workflow import OPEN
from offices.models import Village


@dataclass(frozen=True)
class Asked:
    """Which requests: received within [since, until), `is_open` None for all; page 1 is the newest."""

    since: datetime
    until: datetime
    services: tuple[str, ...] = ()
    is_open: bool | None = None
    updated_after: datetime | None = None
    updated_before: datetime | None = None
    page: int = 1
    page_size: int = 50


@dataclass(frozen=True)
class Listed:
    """A report as everybody may see it: neither words nor identity, the position only roughly."""

    number: str
    status: Status
    category_code: str
    category: str
    village_code: str | None
    village: str | None
    received_at: datetime
    updated_at: datetime
    settle_due: date
    waiting_since: datetime | None
    waited_days: int
    lat: float | None
    lng: float | None


# The newest move that residents are told of.
UPDATED_AT = (
    sa.select(sa.func.max(Event.recorded_at))
    .where(
        Event.office_id == Complaint.office_id,
        Event.complaint_id == Complaint.id,
        Event.move.in_([move.value for move in PUBLIC_WORDS]),
    )
    .correlate(Complaint)
    .scalar_subquery()
)
COLUMNS = (
    Complaint.number, Complaint.status, Category.code, Category.name, Village.code, Village.name,
    Complaint.received_at, UPDATED_AT, Complaint.settle_due, Complaint.waiting_since,
    Complaint.waited_days, Complaint.lat, Complaint.lng,
)  # fmt: skip
ROUGHLY = 3  # decimals of a degree: about 110 m


def listed(session: Session, office_id: int, asked: Asked) -> list[Listed]:
    """A page of requests, the newest first."""
    chosen = _public(office_id).where(Complaint.received_at >= asked.since, Complaint.received_at < asked.until)
    for condition in _conditions(asked):
        chosen = chosen.where(condition)
    chosen = chosen.order_by(Complaint.received_at.desc(), Complaint.id.desc())
    page = chosen.limit(asked.page_size).offset((asked.page - 1) * asked.page_size)
    return [_listed(*row) for row in session.execute(page)]


def by_numbers(session: Session, office_id: int, numbers: Sequence[str]) -> list[Listed]:
    """The requests with these numbers, as far as they may be listed."""
    chosen = _public(office_id).where(Complaint.number.in_(numbers))
    chosen = chosen.order_by(Complaint.received_at.desc(), Complaint.id.desc())
    return [_listed(*row) for row in session.execute(chosen)]


def public_categories(session: Session, office_id: int) -> Sequence[Category]:
    """The kinds that may be listed to everybody and can be reported now."""
    chosen = sa.select(Category).filter_by(office_id=office_id, is_open=True, is_public=True)
    return session.scalars(chosen.order_by(Category.position, Category.code)).all()


def number_of(session: Session, office_id: int, complaint_id: UUID) -> str:
    """The public number of a report."""
    return session.scalars(sa.select(Complaint.number).filter_by(office_id=office_id, id=complaint_id)).one()


def _public(office_id: int) -> sa.Select[*tuple[Any, ...]]:
    """Public categories only, and never a report whose sender asked to be kept from whom it is about: an offender must
    not learn whether he was reported. Nothing held, and no spam.
    """
    category = sa.and_(Category.office_id == Complaint.office_id, Category.code == Complaint.category_code)
    village = sa.and_(Village.office_id == Complaint.office_id, Village.code == Complaint.village_code)
    chosen = sa.select(*COLUMNS).select_from(sa.join(Complaint, Category, category).outerjoin(Village, village))
    return chosen.where(
        Complaint.office_id == office_id,
        Category.is_public,
        Complaint.is_held.is_(False),
        Complaint.is_confidential.is_(False),
        Complaint.status != Status.WITHDRAWN.value,
        Complaint.exclusion.is_distinct_from(Exclusion.SPAM.value),
    )


def _conditions(asked: Asked) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if asked.services:
        found.append(Complaint.category_code.in_(asked.services))
    if asked.is_open is not None:
        within = Complaint.status.in_([status.value for status in OPEN])
        found.append(within if asked.is_open else sa.not_(within))
    if asked.updated_after:
        found.append(sa.literal(asked.updated_after) <= UPDATED_AT)
    if asked.updated_before:
        found.append(sa.literal(asked.updated_before) >= UPDATED_AT)
    return found


def _listed(*row: object) -> Listed:
    number, status, *rest, lat, lng = row
    rough = (None if degrees is None else round(float(str(degrees)), ROUGHLY) for degrees in (lat, lng))
    return Listed(str(number), Status(str(status)), *rest, *rough)  # type: ignore[arg-type]  # the columns' own types
