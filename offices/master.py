"""Master data an office begins with, the first at first start; what an operator changed since is left alone."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

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

VillageRow = tuple[str, str, str]  # Kemendagri code, BPS code, name
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
# Where to hang the first posters: (name, purpose, service).
POINTS: tuple[tuple[str, Purpose, str | None], ...] = (
    ("Pintu masuk kantor", Purpose.BOTH, None),
    ("Loket pelayanan", Purpose.RATE, None),
    ("Ruang Seksi Trantib", Purpose.BOTH, "trantib"),
)
HOLIDAY_KINDS = {"public": "public", "joint": "government"}


def seed(session: Session, now: datetime) -> None:
    """Add what is missing of the first office. Safe to repeat."""
    if session.get(Office, FIRST_OFFICE_ID) is None:
        session.add(Office(**OFFICE))
        session.flush()
    furnish(session, FIRST_OFFICE_ID, PREFIX, VILLAGES, now=now)


def furnish(session: Session, office_id: int, prefix: str, villages: Iterable[VillageRow], *, now: datetime) -> None:
    """Add what is missing of what an office begins with: sections, desa, services, points, holidays of two years."""
    _add_missing(session, office_id, Section, "key", [{"key": key, "name": name} for key, name in SECTIONS])
    add_villages(session, office_id, villages)
    services = [{"code": code, "name": name, "section_key": key} for code, name, key in SERVICES]
    _add_missing(session, office_id, Service, "code", services)
    _add_points(session, office_id, prefix)
    for year in (wib_day(now).year, wib_day(now).year + 1):
        add_holidays(session, office_id, year, now=now)


def add_villages(session: Session, office_id: int, villages: Iterable[VillageRow]) -> int:
    """Add the desa that are missing; how many."""
    rows = [{"code": code, "bps_code": bps, "name": name} for code, bps, name in villages]
    return _add_missing(session, office_id, Village, "code", rows)


def add_holidays(session: Session, office_id: int, year: int, by: str = "", *, now: datetime) -> None:
    """Seed a year's national holidays and joint leave from the library, unless the year has rows already."""
    if not queries.holidays_of(session, office_id, year):
        _put_holidays(session, [office_id], year, by, now=now)


def fill_holidays(session: Session, year: int, *, now: datetime) -> int:
    """Seed the year for every office that has no rows of it yet; for how many. Asked in one statement."""
    lacking = queries.offices_without_holidays(session, year)
    if lacking:
        _put_holidays(session, lacking, year, "", now=now)
    return len(lacking)


def _put_holidays(session: Session, office_ids: Sequence[int], year: int, by: str, *, now: datetime) -> None:
    """Each office's days off, and a note of each, by one statement a table."""
    days = _holidays_of(year)
    put = [{"office_id": office, "day": day, **row, "is_off": True} for office in office_ids for day, row in days]
    noted = [
        {"office_id": row["office_id"], "id": uuid7(now), "day": row["day"], "is_off": True}
        | {"recorded_at": now, "recorded_by": by}
        for row in put
    ]
    session.flush()
    session.connection().execute(sa.insert(Holiday), put)
    session.connection().execute(sa.insert(HolidayEntry), noted)


def _holidays_of(year: int) -> Sequence[tuple[date, dict[str, str]]]:
    found: dict[date, dict[str, str]] = {}
    for kind, category in HOLIDAY_KINDS.items():
        for day, name in holidays.country_holidays("ID", years=year, categories=(category,), language="id").items():
            found.setdefault(day, {"name": name, "kind": kind})
    return list(found.items())


def note_day(session: Session, office_id: int, day: date, *, is_off: bool, by: str, now: datetime) -> None:
    """Keep what was said of a day off, so that the calendar of any moment can be read again."""
    entry = HolidayEntry(office_id=office_id, id=uuid7(now), day=day, is_off=is_off, recorded_at=now, recorded_by=by)
    session.add(entry)


def _add_missing(session: Session, office_id: int, model: type[Base], key: str, rows: Sequence[dict[str, str]]) -> int:
    known = set(session.scalars(sa.select(getattr(model, key)).filter_by(office_id=office_id)))
    missing = [(position, row) for position, row in enumerate(rows, 1) if row[key] not in known]
    session.add_all(model(office_id=office_id, position=position, **row) for position, row in missing)
    session.flush()
    return len(missing)


def _add_points(session: Session, office_id: int, prefix: str) -> None:
    """Points get random codes, so they are made only where there are none."""
    if queries.points(session, office_id):
        return
    halls = [(f"Balai Desa {row.name}", Purpose.REPORT, None, row.code) for row in queries.villages(session, office_id)]
    for name, purpose, service, village in [*((*point, None) for point in POINTS), *halls]:
        point = Point(
            office_id=office_id,
            code=points.new_code(prefix),
            name=name,
            purpose=purpose.value,
            service_code=service,
            village_code=village,
        )
        session.add(point)
    session.flush()
