"""Writes of master data: services, points, holidays, the printed address. Each leaves an entry in the audit trail."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.calendar import WEEKEND, long_date
from core.db import Base, transaction
from core.errors import Missing, Refused
from core.upsert import insert_for
from offices import audit, master, queries
from offices.addresses import reachable_by_phones
from offices.models import Holiday, Office, Point, Section, Service, Village
from offices.points import Purpose, new_code

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_CODE = 40
NO_CODE = "baru"  # the address of the form for a new one
JOINT_LEAVE = "joint"


@transaction
def add_service(
    session: Session,
    /,
    *,
    office_id: int,
    code: str,
    name: str,
    section_key: str,
    position: int,
    by: str,
    now: datetime,
) -> None:
    """A new service, open; raises Refused for a code that is taken or can't stand in an address."""
    check_code(code)
    _known(session, Section, office_id, section_key, "Seksi ini tidak ada.", "section_key")
    values = {"name": name, "section_key": section_key, "position": position, "is_open": True}
    row = insert_for(session, Service).values(office_id=office_id, code=code, **values)
    if session.scalar(row.on_conflict_do_nothing().returning(Service.code)) is None:
        raise Refused(f"Kode {code} sudah dipakai layanan lain.", "code")
    audit.record(session, office_id, by, "service.add", code, values, now=now)


@transaction
def edit_service(
    session: Session,
    /,
    *,
    office_id: int,
    code: str,
    name: str,
    section_key: str,
    position: int,
    is_open: bool,
    by: str,
    now: datetime,
) -> None:
    """Change a service; raises Refused when it is closed while it is still needed."""
    service = queries.service(session, office_id, code)
    _known(session, Section, office_id, section_key, "Seksi ini tidak ada.", "section_key")
    if service.is_open and not is_open:
        _check_closing(session, service)
    values = {"name": name, "section_key": section_key, "position": position, "is_open": is_open}
    change(session, service, values, by, "service.edit", code, now)


def check_code(code: str) -> None:
    """Raise Refused for a code that can't stand in an address."""
    if len(code) > LONGEST_CODE or not CODE.fullmatch(code) or code == NO_CODE:
        raise Refused("Pakai huruf kecil, angka, dan tanda hubung saja, misalnya surat-pindah.", "code")


def _check_closing(session: Session, service: Service) -> None:
    """A point never names a closed service, and residents always have one to choose."""
    using = sa.select(Point.name).filter_by(office_id=service.office_id, service_code=service.code, is_open=True)
    names = session.scalars(using.order_by(Point.name)).all()
    if names:
        raise Refused(f"Layanan ini masih dipakai di {', '.join(names)}. Ubah atau tutup titik itu dahulu.", "is_open")
    if len(queries.open_services(session, service.office_id)) == 1:
        raise Refused("Ini satu-satunya layanan yang dibuka. Buka layanan lain dahulu.", "is_open")


@transaction
def add_point(
    session: Session,
    /,
    *,
    office_id: int,
    name: str,
    purpose: Purpose,
    service_code: str | None,
    village_code: str | None,
    place: str,
    by: str,
    now: datetime,
) -> str:
    """A new point, open; returns its code."""
    _check_place(session, office_id, service_code, village_code, is_open=True)
    code = new_code(queries.office(session, office_id).prefix)
    values = _point_values(name, purpose, service_code, village_code, place)
    session.add(Point(office_id=office_id, code=code, **values))
    audit.record(session, office_id, by, "point.add", code, values, now=now)
    return code


@transaction
def edit_point(
    session: Session,
    /,
    *,
    office_id: int,
    code: str,
    name: str,
    purpose: Purpose,
    service_code: str | None,
    village_code: str | None,
    place: str,
    is_open: bool,
    by: str,
    now: datetime,
) -> None:
    """Change a point. Its code stays, so that posters on the wall keep working."""
    point = queries.point(session, office_id, code)
    _check_place(session, office_id, service_code, village_code, is_open=is_open)
    values = _point_values(name, purpose, service_code, village_code, place) | {"is_open": is_open}
    change(session, point, values, by, "point.edit", code, now)


def _point_values(
    name: str, purpose: Purpose, service_code: str | None, village_code: str | None, place: str
) -> dict[str, Any]:
    return {
        "name": name,
        "purpose": purpose.value,
        "service_code": service_code,
        "village_code": village_code,
        "place": place,
    }


def _check_place(
    session: Session, office_id: int, service_code: str | None, village_code: str | None, *, is_open: bool
) -> None:
    if service_code is not None:
        service = _known(session, Service, office_id, service_code, "Layanan ini tidak ada.", "service_code")
        if is_open and not service.is_open:
            raise Refused(
                "Layanan ini sedang ditutup. Pilih layanan lain, atau buka layanan itu dahulu.", "service_code"
            )
    if village_code is not None:
        _known(session, Village, office_id, village_code, "Desa ini tidak ada.", "village_code")


@transaction
def add_leave(session: Session, /, *, office_id: int, day: date, name: str, by: str, now: datetime) -> None:
    """A day of collective leave; raises Refused for a weekend or a day that is in the list already."""
    if day.weekday() in WEEKEND:
        raise Refused(f"{long_date(day)} jatuh pada akhir pekan; kantor memang tutup.", "day")
    row = insert_for(session, Holiday).values(office_id=office_id, day=day, name=name, kind=JOINT_LEAVE, is_off=True)
    if session.scalar(row.on_conflict_do_nothing().returning(Holiday.day)) is None:
        raise Refused(f"{long_date(day)} sudah ada di daftar.", "day")
    master.note_day(session, office_id, day, is_off=True, by=by, now=now)
    audit.record(session, office_id, by, "holiday.add", day.isoformat(), {"name": name}, now=now)


@transaction
def set_off(session: Session, /, *, office_id: int, day: date, is_off: bool, by: str, now: datetime) -> None:
    """Take a holiday back (the office works that day), or restore it."""
    holiday = session.get(Holiday, (office_id, day))
    if holiday is None:
        raise Missing("Hari libur ini tidak ada.")
    if holiday.is_off is not is_off:
        master.note_day(session, office_id, day, is_off=is_off, by=by, now=now)
    change(session, holiday, {"is_off": is_off}, by, "holiday.edit", day.isoformat(), now)


@transaction
def fill_year(session: Session, /, *, office_id: int, year: int, by: str, now: datetime) -> None:
    """Put in a year's national holidays and joint leave; raises Refused when the year has days already."""
    if queries.holidays_of(session, office_id, year):
        raise Refused(f"Hari libur tahun {year} sudah ada.")
    master.add_holidays(session, office_id, year, by, now=now)
    audit.record(session, office_id, by, "holiday.fill", str(year), {}, now=now)


@transaction
def keep_printed_address(session: Session, /, *, office_id: int, base_url: str, by: str, now: datetime) -> None:
    """Remember the address on the first poster; later ones leave it. Raises Refused where no phone can reach it."""
    _check_address(base_url)
    first = sa.update(Office).where(Office.id == office_id, Office.printed_base_url.is_(None))
    if session.scalar(first.values(printed_base_url=base_url).returning(Office.id)):
        audit.record(session, office_id, by, "address.print", base_url, {}, now=now)


@transaction
def replace_printed_address(session: Session, /, *, office_id: int, base_url: str, by: str, now: datetime) -> None:
    """From now on posters carry `base_url`: those printed before are dead."""
    _check_address(base_url)
    office = queries.office(session, office_id)
    change(session, office, {"printed_base_url": base_url}, by, "address.replace", base_url, now)


def _check_address(base_url: str) -> None:
    if not reachable_by_phones(base_url):
        raise Refused(f"Ponsel warga tidak dapat membuka {base_url}. Setel BASE_URL dahulu.")


def _known(session: Session, model: type[Base], office_id: int, key: str, message: str, field: str) -> Any:
    found = session.get(model, (office_id, key))
    if found is None:
        raise Refused(message, field)
    return found


def change(
    session: Session, row: Any, values: Mapping[str, Any], by: str, action: str, subject: str, now: datetime
) -> None:
    """Set `values`, and record old and new of those that differ; nothing to record when none does."""
    changes = {key: [getattr(row, key), value] for key, value in values.items() if getattr(row, key) != value}
    for key, (_old, value) in changes.items():
        setattr(row, key, value)
    if changes:
        office_id = row.id if isinstance(row, Office) else row.office_id
        audit.record(session, office_id, by, action, subject, changes, now=now)
