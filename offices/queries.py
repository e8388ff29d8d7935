"""Named reads of master data."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.errors import Missing
from offices import rights
from offices.audit_models import AuditEntry
from offices.calendar_models import HolidayEntry
from offices.models import Holiday, Import, Office, Outline, Point, Section, Service, Setting, Staff, Village
from offices.points import RATED, canonical
from offices.rights import Action

# Built once, and run below the ORM: every request asks for its office.
DEFAULT_OFFICE = sa.select(*Office.__table__.columns).where(Office.is_default)
OFFICE_OF_PREFIX = sa.select(*Office.__table__.columns).where(Office.prefix == sa.bindparam("letters"))
DAYS_OFF = sa.select(Holiday.day).where(
    Holiday.office_id == sa.bindparam("office"), Holiday.is_off, Holiday.day >= sa.bindparam("since")
)


def default_office(session: Session) -> Office | None:
    """The office of this installation, to be read, not changed; None before `init`."""
    row = session.connection().execute(DEFAULT_OFFICE).mappings().first()
    return Office(**row) if row else None


def office(session: Session, office_id: int) -> Office:
    """The office with this key; raises Missing."""
    found = session.get(Office, office_id)
    if found is None:
        raise Missing("Kantor ini tidak dikenal.")
    return found


def take_turn(session: Session, office_id: int) -> None:
    """Wait for others who took a turn in this office: until the transaction ends, what is read stays the newest. Who
    only refers to the office, as every report and rating does, waits for nobody.
    """
    session.execute(sa.select(Office.id).where(Office.id == office_id).with_for_update(key_share=True))


def office_by_prefix(session: Session, prefix: str) -> Office | None:
    """The office whose receipts and points begin with `prefix`, to be read, not changed."""
    row = session.connection().execute(OFFICE_OF_PREFIX, {"letters": prefix.upper()}).mappings().first()
    return Office(**row) if row else None


def offices(session: Session) -> Sequence[Office]:
    """Every office of the installation, by its Kemendagri code."""
    return session.scalars(sa.select(Office).order_by(Office.code)).all()


def office_by_code(session: Session, code: str) -> Office | None:
    """The office with this Kemendagri code, to be read, not changed."""
    return session.scalar(sa.select(Office).filter_by(code=code))


def office_ids(session: Session) -> Sequence[int]:
    """Every office of the installation, by its key."""
    return session.scalars(sa.select(Office.id).order_by(Office.id)).all()


def sections(session: Session, office_id: int) -> Sequence[Section]:
    """All sections, in the office's order."""
    return session.scalars(sa.select(Section).filter_by(office_id=office_id).order_by(Section.position)).all()


def villages(session: Session, office_id: int) -> Sequence[Village]:
    """All desa, in the office's order."""
    return session.scalars(sa.select(Village).filter_by(office_id=office_id).order_by(Village.position)).all()


def outlines(session: Session, office_id: int) -> Sequence[tuple[str, str, str]]:
    """(code, name, geometry) of each desa whose outline is known, by code."""
    same = sa.and_(Village.office_id == Outline.office_id, Village.code == Outline.village_code)
    chosen = sa.select(Village.code, Village.name, Outline.geometry).join(Outline, same).order_by(Village.code)
    rows = session.execute(chosen.where(Outline.office_id == office_id))
    return [(code, name, geometry) for code, name, geometry in rows]


def services(session: Session, office_id: int) -> Sequence[Service]:
    """All services, closed ones too, in the office's order."""
    return session.scalars(
        sa.select(Service).filter_by(office_id=office_id).order_by(Service.position, Service.name)
    ).all()


def open_services(session: Session, office_id: int) -> Sequence[Service]:
    """The services that can be rated now."""
    chosen = sa.select(Service).filter_by(office_id=office_id, is_open=True)
    return session.scalars(chosen.order_by(Service.position, Service.name)).all()


def points(session: Session, office_id: int) -> Sequence[Point]:
    """All service points, by name."""
    return session.scalars(sa.select(Point).filter_by(office_id=office_id).order_by(Point.name)).all()


def rated_points(session: Session, office_id: int) -> Sequence[Point]:
    """The open points at which a service is rated, by name."""
    chosen = sa.select(Point).filter_by(office_id=office_id, is_open=True).where(Point.purpose.in_(RATED))
    return session.scalars(chosen.order_by(Point.name, Point.code)).all()


def open_point(session: Session, office_id: int, code: str) -> Point | None:
    """The service point with this code, as somebody may have typed it; None when unknown or closed."""
    return session.scalar(sa.select(Point).filter_by(office_id=office_id, code=canonical(code), is_open=True))


def point(session: Session, office_id: int, code: str) -> Point:
    """A service point of this office, closed or not; raises Missing."""
    found = session.get(Point, (office_id, code))
    if found is None:
        raise Missing("Titik ini tidak ada.")
    return found


def service(session: Session, office_id: int, code: str) -> Service:
    """A service of this office, closed or not; raises Missing."""
    found = session.get(Service, (office_id, code))
    if found is None:
        raise Missing("Layanan ini tidak ada.")
    return found


def days_off(session: Session, office_id: int, since: date = date.min) -> frozenset[date]:
    """The days from `since` on which the office is closed besides weekends."""
    return frozenset(session.connection().scalars(DAYS_OFF, {"office": office_id, "since": since}))


def days_off_as_of(session: Session, office_id: int, recorded_by: datetime, since: date = date.min) -> frozenset[date]:
    """The same as the calendar stood at a moment."""
    told = sa.select(HolidayEntry.day, HolidayEntry.is_off).where(
        HolidayEntry.office_id == office_id, HolidayEntry.day >= since, HolidayEntry.recorded_at <= recorded_by
    )
    rows = session.execute(told.order_by(HolidayEntry.recorded_at, HolidayEntry.id))
    last = dict(list(rows))  # the newest word on a day
    return frozenset(day for day, is_off in last.items() if is_off)


def holidays_of(session: Session, office_id: int, year: int) -> Sequence[Holiday]:
    """The holidays of a year, those taken back too."""
    within = Holiday.day.between(date(year, 1, 1), date(year, 12, 31))
    chosen = sa.select(Holiday).where(Holiday.office_id == office_id, within)
    return session.scalars(chosen.order_by(Holiday.day)).all()


def offices_without_holidays(session: Session, year: int) -> Sequence[int]:
    """The offices that have no row of the year's holidays."""
    within = Holiday.day.between(date(year, 1, 1), date(year, 12, 31))
    known = sa.exists().where(Holiday.office_id == Office.id, within)
    return session.scalars(sa.select(Office.id).where(~known).order_by(Office.id)).all()


def staff(session: Session, office_id: int) -> Sequence[Staff]:
    """All accounts of those who work in the office, by name."""
    ours = Staff.role.in_([role.value for role in rights.holders(Action.OWN_DESK)])
    return session.scalars(sa.select(Staff).filter_by(office_id=office_id).where(ours).order_by(Staff.name)).all()


def people(session: Session, office_id: int) -> Mapping[str, str]:
    """What those who sign by e-mail are called."""
    return {row.email: row.name for row in staff(session, office_id)}


def staff_member(session: Session, office_id: int, staff_id: UUID) -> Staff:
    """One account of those who work in this office; raises Missing."""
    found = session.get(Staff, (office_id, staff_id))
    if found is None or not rights.allowed(found.staff_role, Action.OWN_DESK):
        raise Missing("Akun ini tidak ada.")
    return found


def account(session: Session, email: str) -> Staff:
    """The account with this address, of whatever office and role; for commands. Raises Missing."""
    found = account_or_none(session, email)
    if found is None:
        raise Missing(f"Tidak ada akun dengan alamat {email}.")
    return found


def account_or_none(session: Session, email: str) -> Staff | None:
    """The same where there is one."""
    return session.scalar(sa.select(Staff).filter_by(email=email.strip().lower()))


def account_of_session(session: Session, uniquifier: str) -> Staff | None:
    """The account whose sessions bear this name."""
    return session.scalar(sa.select(Staff).filter_by(fs_uniquifier=uniquifier))


def setting_rows(session: Session, office_id: int, recorded_by: datetime | None = None) -> Sequence[Setting]:
    """All settings (or those set by a moment), in the order in which they override one another."""
    chosen = sa.select(Setting).where(Setting.office_id == office_id)
    if recorded_by is not None:
        chosen = chosen.where(Setting.set_at <= recorded_by)
    return session.scalars(chosen.order_by(Setting.valid_from, Setting.set_at)).all()


def settings_of_all(session: Session, key: str) -> Sequence[Setting]:
    """What every office set for a setting, in the order in which the rows override one another."""
    return session.scalars(sa.select(Setting).filter_by(key=key).order_by(Setting.valid_from, Setting.set_at)).all()


def setting_history(session: Session, office_id: int, key: str) -> Sequence[Setting]:
    """Every value that was set for a setting, the newest first."""
    chosen = sa.select(Setting).filter_by(office_id=office_id, key=key)
    return session.scalars(chosen.order_by(Setting.set_at.desc())).all()


def audit_trail(session: Session, office_id: int, most: int = 200) -> Sequence[AuditEntry]:
    """The newest changes of master data, the last one first."""
    chosen = sa.select(AuditEntry).filter_by(office_id=office_id)
    return session.scalars(chosen.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(most)).all()


def imports(session: Session, office_id: int) -> Sequence[Import]:
    """All imports, the newest first."""
    return session.scalars(sa.select(Import).filter_by(office_id=office_id).order_by(Import.at.desc())).all()


def imports_like(session: Session, office_id: int, digest: str) -> Sequence[Import]:
    """Earlier imports of the same content with the same options, undone ones too."""
    return session.scalars(sa.select(Import).filter_by(office_id=office_id, digest=digest)).all()


def import_of(session: Session, office_id: int, import_id: UUID) -> Import | None:
    """One import of this office, undone or not; None when unknown."""
    return session.get(Import, (office_id, import_id))
