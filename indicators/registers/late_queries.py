"""Named reads of who is late with a month's notes, each for all offices at once; and who was told of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from complaints.desk_models import NoticeChoice, PushSubscription
from core.calendar import Month
from core.upsert import insert_for
from indicators.registers import responsible
from indicators.registers.models import MonthNote, MonthNotice
from indicators.sheet import Indicator
from offices import rights, settings
from offices.models import Holiday, Office, Setting, Staff
from offices.roles import Role

ROLES = sorted(rights.holders(*responsible.ANSWERING.values()))  # who may answer for an indicator
KEYS = ("note_due_days", "note_late_days")
FOR_ALL = ""  # the `indicator` of what is told of a whole month


@dataclass(frozen=True)
class Account:
    """An open account, as far as it matters who is told, and by which ways: e-mail if wanted, and in these browsers.
    `office_since`: when its office had its first account, be that closed by now.
    """

    id: UUID
    role: Role
    section: str | None
    created_at: datetime
    office_since: datetime
    wants_mail: bool
    phones: tuple[UUID, ...]


def due_days(session: Session, months: Sequence[Month]) -> dict[int, dict[Month, tuple[int, int]]]:
    """Office → month → working days until its notes are due, and until the Sekcam is told; without offices whose data
    is invented.
    """
    real = sa.select(Office.id).where(Office.invented.is_(False))
    chosen = sa.select(Setting).where(Setting.key.in_(KEYS)).order_by(Setting.valid_from, Setting.set_at)
    rows: dict[int, list[Setting]] = defaultdict(list)
    for row in session.scalars(chosen):
        rows[row.office_id].append(row)
    return {office: {month: _days(rows.get(office, ()), month) for month in months} for office in session.scalars(real)}


def days_off(session: Session, since: date) -> Mapping[int, frozenset[date]]:
    """Office → the days from `since` on which it is closed besides weekends."""
    found: dict[int, set[date]] = defaultdict(set)
    for office, day in session.execute(
        sa.select(Holiday.office_id, Holiday.day).where(Holiday.is_off, Holiday.day >= since)
    ):
        found[office].add(day)
    return {office: frozenset(days) for office, days in found.items()}


def filled(session: Session, months: Sequence[Month]) -> frozenset[tuple[int, str, str]]:
    """(office, month, indicator) of every note."""
    columns = (MonthNote.office_id, MonthNote.month, MonthNote.indicator)
    chosen = sa.select(*columns).where(MonthNote.month.in_([str(month) for month in months])).distinct()
    return frozenset((office, month, indicator) for office, month, indicator in session.execute(chosen))


def told(session: Session, months: Sequence[Month]) -> frozenset[tuple[int, str, str, str, UUID]]:
    """(office, month, kind, indicator, account) of everything that was told."""
    row = MonthNotice
    chosen = sa.select(row.office_id, row.month, row.kind, row.indicator, row.staff_id)
    found = session.execute(chosen.where(row.month.in_([str(month) for month in months])))
    return frozenset((office, month, kind, indicator, staff_id) for office, month, kind, indicator, staff_id in found)


def accounts(session: Session) -> Mapping[int, Sequence[Account]]:
    """Office → the open accounts that may answer for an indicator."""
    unwanted = set(session.scalars(sa.select(NoticeChoice.staff_id).where(NoticeChoice.by_mail.is_(False))))
    phones: dict[UUID | None, list[UUID]] = defaultdict(list)
    browsers = sa.select(PushSubscription.staff_id, PushSubscription.id).where(PushSubscription.staff_id.is_not(None))
    for staff_id, phone in session.execute(browsers.order_by(PushSubscription.id)):
        phones[staff_id].append(phone)
    anybody = aliased(Staff)
    since = sa.select(sa.func.min(anybody.created_at)).where(anybody.office_id == Staff.office_id).scalar_subquery()
    chosen = sa.select(Staff, since).where(Staff.active, Staff.role.in_([role.value for role in ROLES]))
    found: dict[int, list[Account]] = defaultdict(list)
    for row, first in session.execute(chosen.order_by(Staff.id)):
        ways = (row.id not in unwanted, tuple(phones.get(row.id, ())))
        found[row.office_id].append(Account(row.id, row.staff_role, row.section_key, row.created_at, first, *ways))
    return found


def office_since(session: Session, office_id: int) -> datetime:
    """When an office had its first account, be that closed by now; it has one."""
    return session.scalars(sa.select(sa.func.min(Staff.created_at)).filter_by(office_id=office_id)).one()


def remember(
    session: Session,
    office_id: int,
    month: str,
    kind: str,
    staff_id: UUID,
    indicators: Sequence[Indicator | str],
    *,
    now: datetime,
) -> list[str]:
    """Write down that somebody was told of these, in the caller's transaction: those of which they were not yet."""
    same = {"office_id": office_id, "month": month, "kind": kind, "staff_id": staff_id, "at": now}
    rows = [same | {"indicator": str(each)} for each in indicators]
    put = insert_for(session, MonthNotice).values(rows).on_conflict_do_nothing().returning(MonthNotice.indicator)
    new = set(session.scalars(put))
    return [str(each) for each in indicators if str(each) in new]


def _days(rows: Sequence[Setting], month: Month) -> tuple[int, int]:
    values = settings.on(rows, month.last_day)
    until, more = (int(values[key]) for key in KEYS)
    return until, more
