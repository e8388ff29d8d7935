"""Builders for the office's master data, and a second office beside the first."""

from typing import Any

from sqlalchemy.orm import Session

from core.db import transaction
from offices.models import Office, Point, Section, Service

OTHER = 2


@transaction
def point(
    session: Session, /, purpose: str = "both", *, code: str = "MBS-TEST01", office_id: int = 1, **values: Any
) -> str:
    """A service point; returns its code."""
    chosen = {"name": "Loket uji", "service_code": None, "village_code": None} | values
    session.add(Point(office_id=office_id, code=code, purpose=purpose, **chosen))
    return code


@transaction
def no_points(session: Session) -> None:
    """Take all points away."""
    session.query(Point).delete()


@transaction
def other_office(session: Session) -> None:
    """A second office with a section, a service and a point of its own."""
    session.add(
        Office(
            id=OTHER,
            code="35.09.01",
            prefix="JBR",
            name="Kecamatan Sebelah",
            regency="Kabupaten Jember",
            province="Jawa Timur",
            postcode="68100",
        )
    )
    session.flush()
    session.add(Section(office_id=OTHER, key="umum", name="Seksi Umum", position=1))
    session.flush()
    session.add(Service(office_id=OTHER, code="surat", name="Surat", section_key="umum", position=1))
    session.flush()
    session.add(Point(office_id=OTHER, code="JBR-TEST02", name="Loket sebelah", purpose="both", service_code="surat"))


@transaction
def close_services(session: Session, /, *, but: str) -> None:
    """Close all services except one."""
    session.query(Service).filter(Service.code != but).update({"is_open": False})
