"""Gives out codes of visits, and writes down how many people came."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.calendar import ONE_DAY, wib_day
from core.db import transaction
from core.errors import Refused
from core.ids import uuid7
from core.upsert import insert_for
from offices import audit, settings
from offices import queries as offices
from survey.visits import codes
from survey.visits.models import VisitCode, VisitCount
from survey.visits.queries import counts_between

MOST_AT_ONCE = 60  # slips; more would lie about unused
MOST_VISITS = 9999  # people at one service on one day


@transaction
def issue(
    session: Session,
    *,
    office_id: int,
    prefix: str,
    service_code: str,
    count: int,
    key: bytes,
    by: UUID,
    now: datetime,
) -> UUID:
    """Give out codes for so many visits to an open service; returns the id of one, by which all are found again."""
    if not 1 <= count <= MOST_AT_ONCE:
        raise Refused(_("Isi banyaknya dengan 1 sampai %(most)s.", most=MOST_AT_ONCE), "count")
    if not offices.service(session, office_id, service_code).is_open:
        raise Refused(_("Layanan ini sudah ditutup."))
    today = wib_day(now)
    days = int(settings.in_force(session, office_id, today)["visit_code_days"])
    row = {"office_id": office_id, "service_code": service_code, "day": today, "is_used": False}
    row |= {"issued_at": now, "issued_by": by, "valid_until": today + timedelta(days=days)}
    first, *_others = (_add(session, row, prefix, key, now) for _each in range(count))
    return first


def _add(session: Session, row: Mapping[str, Any], prefix: str, key: bytes, now: datetime) -> UUID:
    """One more; where its code is taken, by another id's."""
    insert = insert_for(session, VisitCode).on_conflict_do_nothing().returning(VisitCode.id)
    while True:
        visit_id = uuid7(now)
        digest = codes.digest(key, codes.make(key, prefix, visit_id))
        if session.connection().execute(insert, {**row, "id": visit_id, "digest": digest}).first():
            return visit_id


def use(session: Session, office_id: int, visit_id: UUID) -> None:
    """Mark the visit as rated, in the transaction that keeps the rating."""
    rated = sa.update(VisitCode).where(VisitCode.office_id == office_id, VisitCode.id == visit_id)
    session.execute(rated.values(is_used=True))


@transaction
def count(
    session: Session, *, office_id: int, day: date, visits: Mapping[str, int | None], by: str, now: datetime
) -> Sequence[str]:
    """Write down how many people came on a WIB day: service code → visits, None to count the codes given out.

    Only what differs from what was written down before is added; returns the services it was added for. Raises Refused.
    """
    _check(day, visits, wib_day(now))
    before = counts_between(session, office_id, day, day + ONE_DAY)
    new = {code: number for code, number in visits.items() if before.get((code, day)) != number}
    said = {"office_id": office_id, "day": day, "recorded_at": now, "recorded_by": by}
    for code, number in new.items():
        offices.service(session, office_id, code)
        session.add(VisitCount(id=uuid7(now), service_code=code, visits=number, **said))
    if new:
        told = ", ".join(f"{code} {_number(number)}" for code, number in new.items())
        audit.note(session, office_id, by, "visits.count", day.isoformat(), {"visits": told}, now=now)
    return list(new)


def _number(visits: int | None) -> str:
    """As the trail tells it; the codes given out are counted where nobody wrote one down."""
    return "–" if visits is None else str(visits)


def _check(day: date, visits: Mapping[str, int | None], today: date) -> None:
    if day > today:
        raise Refused(_("Hari itu belum tiba. Pilih hari ini atau hari sebelumnya."), "day")
    for number in visits.values():
        if number is not None and not 0 <= number <= MOST_VISITS:
            raise Refused(_("Isi dengan angka 0 sampai %(most)s.", most=MOST_VISITS))
