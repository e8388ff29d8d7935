"""Master data of the first office, put in at first start; what an operator changed since is left alone."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import holidays
import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.calendar import wib_day
from core.db import Base
from core.ids import uuid7
from offices import points, queries
from offices.calendar_models import HolidayEntry
from offices.models import Holiday, Office, Point, Section, Service, Village
from offices.points import Purpose

FIRST_OFFICE_ID = 1
PREFIX = "MBS"
OFFICE = {
    "id": FIRST_OFFICE_ID,
    "code": "35.09.23",
    "prefix": PREFIX,
    "name": "Kecamatan Mumbulsari",
    "regency": "Kabupaten Jember",
    "province": "Jawa Timur",
    "postcode": "68174",
    "is_default": True,
}
SECTIONS = (
    ("pemerintahan", "Seksi Pemerintahan"),
    ("pelayanan-umum", "Seksi Pelayanan Umum"),
    ("pmks", "Seksi PMKS"),
    ("trantib", "Seksi Trantib"),
)
VILLAGES = (
    ("35.09.23.2001", "3509090006", "Lengkong"),
    ("35.09.23.2002", "3509090001", "Kawangrejo"),
    ("35.09.23.2003", "3509090002", "Tamansari"),
    ("35.09.23.2004", "3509090005", "Mumbulsari"),
    ("35.09.23.2005", "3509090003", "Suco"),
    ("35.09.23.2006", "3509090004", "Lampeji"),
    ("35.09.23.2007", "3509090007", "Karang Kedawung"),
)
SERVICES = (
    ("ktp", "KTP elektronik", "pelayanan-umum"),
    ("kk", "Kartu Keluarga", "pelayanan-umum"),
    ("pindah", "Pindah atau datang", "pelayanan-umum"),
    ("domisili", "Surat keterangan domisili", "pelayanan-umum"),
    ("sktm", "Surat keterangan tidak mampu (SKTM)", "pmks"),
    ("dispensasi-nikah", "Dispensasi nikah", "pemerintahan"),
    ("legalisasi", "Legalisasi surat", "pemerintahan"),
    ("waris", "Surat keterangan waris", "pemerintahan"),
    ("izin-keramaian", "Rekomendasi izin keramaian", "trantib"),
    ("skck", "Pengantar SKCK", "pelayanan-umum"),
    ("proposal", "Rekomendasi proposal bantuan", "pmks"),
    ("trantib", "Penanganan laporan trantib", "trantib"),
)
# Where to hang the first posters: (name, purpose, service, village).
POINTS: tuple[tuple[str, Purpose, str | None, str | None], ...] = (
    ("Pintu masuk kantor", Purpose.BOTH, None, None),
    ("Loket pelayanan", Purpose.RATE, None, None),
    ("Ruang Seksi Trantib", Purpose.BOTH, "trantib", None),
    *((f"Balai Desa {name}", Purpose.REPORT, None, code) for code, _bps, name in VILLAGES),
)
HOLIDAY_KINDS = {"public": "public", "joint": "government"}


def seed(session: Session, now: datetime) -> None:
    """Add what is missing of the first office. Safe to repeat."""
    if session.get(Office, FIRST_OFFICE_ID) is None:
        session.add(Office(**OFFICE))
        session.flush()
    _add_missing(session, Section, "key", [{"key": key, "name": name} for key, name in SECTIONS])
    _add_missing(
        session, Village, "code", [{"code": code, "bps_code": bps, "name": name} for code, bps, name in VILLAGES]
    )
    _add_missing(
        session, Service, "code", [{"code": code, "name": name, "section_key": key} for code, name, key in SERVICES]
    )
    _add_points(session)
    for year in (wib_day(now).year, wib_day(now).year + 1):
        add_holidays(session, FIRST_OFFICE_ID, year, now=now)


def add_holidays(session: Session, office_id: int, year: int, by: str = "", *, now: datetime) -> None:
    """Seed a year's national holidays and joint leave from the library, unless the year has rows already."""
    if queries.holidays_of(session, office_id, year):
        return
    found: dict[Any, Holiday] = {}
    for kind, category in HOLIDAY_KINDS.items():
        for day, name in holidays.country_holidays("ID", years=year, categories=(category,), language="id").items():
            found.setdefault(day, Holiday(office_id=office_id, day=day, name=name, kind=kind))
    session.add_all(found.values())
    for day in found:
        note_day(session, office_id, day, is_off=True, by=by, now=now)
    session.flush()


def note_day(session: Session, office_id: int, day: date, *, is_off: bool, by: str, now: datetime) -> None:
    """Keep what was said of a day off, so that the calendar of any moment can be read again."""
    entry = HolidayEntry(office_id=office_id, id=uuid7(now), day=day, is_off=is_off, recorded_at=now, recorded_by=by)
    session.add(entry)


def _add_missing(session: Session, model: type[Base], key: str, rows: Sequence[dict[str, str]]) -> None:
    known = set(session.scalars(sa.select(getattr(model, key)).filter_by(office_id=FIRST_OFFICE_ID)))
    for position, row in enumerate(rows, 1):
        if row[key] not in known:
            session.add(model(office_id=FIRST_OFFICE_ID, position=position, **row))
    session.flush()


def _add_points(session: Session) -> None:
    """Points get random codes, so they are made only where there are none."""
    if queries.points(session, FIRST_OFFICE_ID):
        return
    for name, purpose, service, village in POINTS:
        point = Point(
            office_id=FIRST_OFFICE_ID,
            code=points.new_code(PREFIX),
            name=name,
            purpose=purpose.value,
            service_code=service,
            village_code=village,
        )
        session.add(point)
    session.flush()
