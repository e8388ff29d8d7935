"""The office as it heads its letters, forms and reports."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.calendar import wib_day
from offices import queries, settings
from offices.models import Office


@dataclass(frozen=True)
class Letterhead:
    """Who writes; `contact` is where the office is found, "" where nobody has said; `demo` says that all of it is
    invented, "" where it is not.
    """

    government: str
    name: str
    address: str
    demo: str
    contact: str = ""

    @property
    def lines(self) -> list[str]:
        """Below the name: where the office is found, then province and postcode."""
        return [line for line in (self.contact, self.address) if line]


def letterhead(session: Session, office: Office, moment: datetime) -> Letterhead:
    """The office as it headed its letters at a moment, by the settings that were recorded by then."""
    return headed(office, settings.on(queries.setting_rows(session, office.id, moment), wib_day(moment)))


def headed(office: Office, values: Mapping[str, str]) -> Letterhead:
    """The same by the texts of all settings."""
    address = _("Provinsi %(province)s · Kode Pos %(postcode)s", province=office.province, postcode=office.postcode)
    demo = _("Data contoh: semua isinya karangan.") if office.invented else ""
    government = _("Pemerintah %(regency)s", regency=office.regency)
    return Letterhead(government, office.name, address, demo, _contact(values))


def _contact(values: Mapping[str, str]) -> str:
    """As in "Jalan Raya 1 · Telepon (0331) 123 · surel@jember.example"."""
    street, phone, email = (settings.said(values, f"office_{name}") for name in ("address", "phone", "email"))
    return " · ".join(filter(None, (street, _("Telepon %(number)s", number=phone) if phone else "", email)))
