"""Forms of the settings pages: what an operator types, made into the keywords of the service functions."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, Field, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, NumberRange, ValidationError
from wtforms.widgets import MonthInput

from core.calendar import Month
from core.errors import Refused
from core.forms import HouseForm, line, one_line
from offices import rights
from offices.models import Section, Service, Village
from offices.points import Purpose
from offices.rights import Action
from offices.roles import LABELS, Role
from offices.service import check_code

LONGEST_NAME = 120
LONGEST_SETTING = 300
LAST_POSITION = 999
PURPOSES = {
    Purpose.RATE: _l("Menilai layanan"),
    Purpose.REPORT: _l("Melaporkan gangguan"),
    Purpose.BOTH: _l("Keduanya: warga memilih sesudah memindai"),
}


class ServiceValues(TypedDict):
    """A service's values that may change."""

    name: str
    section_key: str
    position: int


class PointValues(TypedDict):
    """A point's values, all but its code."""

    name: str
    purpose: Purpose
    service_code: str | None
    village_code: str | None
    place: str


class LeaveValues(TypedDict):
    """A day of collective leave."""

    day: date
    name: str


class ChangedStaffValues(TypedDict):
    """What may change of an account."""

    name: str
    role: Role
    section_key: str | None


class StaffValues(ChangedStaffValues):
    """A new account."""

    email: str


class SettingValues(TypedDict):
    """A setting's text from a month on."""

    value: str
    month: Month


def named(rows: Sequence[Any], key: str, none: str = "") -> list[SelectChoice]:
    """Choices of master rows by their `key`; `none`, where given, stands first for no choice."""
    first = [SelectChoice("", none)] if none else []
    return first + [SelectChoice(getattr(row, key), row.name) for row in rows]


class ButtonForm(HouseForm):
    """A form of one button."""


class ServiceForm(HouseForm):
    """A service that residents rate."""

    name = line(_l("Nama layanan"), LONGEST_NAME, _l("belum diisi."))
    section_key = SelectField(_l("Seksi yang melayani"), validators=[DataRequired(_l("belum dipilih."))])
    position = IntegerField(
        _l("Urutan di daftar"),
        validators=[InputRequired(_l("belum diisi.")), NumberRange(1, LAST_POSITION, _l("Isi angka 1 sampai 999."))],
    )
    is_open = BooleanField(_l("Layanan ini dibuka"), default=True)

    def offer(self, sections: Sequence[Section]) -> None:
        """Fill the list of sections."""
        self.section_key.choices = named(sections, "key")

    def values(self) -> ServiceValues:
        """The keywords of the service functions, but for the code and whether it is open."""
        return {
            "name": self.name.data or "",
            "section_key": self.section_key.data,
            "position": self.position.data or LAST_POSITION,
        }


class NewServiceForm(ServiceForm):
    """A service that does not exist yet: only now its code can be chosen."""

    code = line(_l("Kode"), LONGEST_NAME, _l("belum diisi."))
    is_open = None  # type: ignore[assignment]  # a new service is open

    def validate_code(self, field: Field) -> None:
        """Say with the other faults that the code can't stand in an address."""
        try:
            check_code(field.data or "")
        except Refused as refusal:
            raise ValidationError(refusal.message) from None


class PointForm(HouseForm):
    """A place with a QR code."""

    name = line(_l("Nama titik"), LONGEST_NAME, _l("belum diisi."))
    purpose = RadioField(_l("Untuk apa kode QR ini?"), validators=[InputRequired(_l("belum dipilih."))])
    service_code = SelectField(_l("Layanan"))
    village_code = SelectField(_l("Desa"))
    place = line(_l("Letak"), LONGEST_NAME)
    is_open = BooleanField(_l("Titik ini dibuka"), default=True)

    def offer(self, services: Sequence[Service], villages: Sequence[Village]) -> None:
        """Fill the lists of purposes, services and villages."""
        self.purpose.choices = [SelectChoice(purpose.value, str(words)) for purpose, words in PURPOSES.items()]
        self.service_code.choices = named(services, "code", _("Warga memilih sendiri"))
        self.village_code.choices = named(villages, "code", _("Tidak di satu desa"))

    def values(self) -> PointValues:
        """The keywords of the service functions, but for the code and whether it is open."""
        return {
            "name": self.name.data or "",
            "purpose": Purpose(self.purpose.data),
            "service_code": self.service_code.data or None,
            "village_code": self.village_code.data or None,
            "place": self.place.data or "",
        }


class LeaveForm(HouseForm):
    """A day of collective leave."""

    day = DateField(_l("Tanggal"), validators=[InputRequired(_l("belum diisi."))])
    name = line(_l("Keterangan"), LONGEST_NAME, _l("belum diisi."))

    def validate_day(self, field: Field) -> None:
        """Refuse slips of the pen that no list would ever show."""
        if field.data and not 2000 <= field.data.year <= 2100:
            raise ValidationError(_("Periksa tahunnya."))

    def values(self) -> LeaveValues:
        """The keywords of the service function."""
        return {"day": self.day.data, "name": self.name.data or ""}


class StaffForm(HouseForm):
    """A new account of a member of staff."""

    name = line(_l("Nama"), LONGEST_NAME, _l("belum diisi."))
    email = line(_l("Alamat surel"), LONGEST_NAME, _l("belum diisi."))
    role = SelectField(
        _l("Tugas"),
        choices=[SelectChoice(role.value, LABELS[role]) for role in Role if rights.allowed(role, Action.OWN_DESK)],
        validators=[DataRequired(_l("belum dipilih."))],
    )
    section_key = SelectField(_l("Seksi"))

    def offer(self, sections: Sequence[Section]) -> None:
        """Fill the list of sections."""
        self.section_key.choices = named(sections, "key", _("Tanpa seksi"))

    def validate_section_key(self, field: Field) -> None:
        """A head of section has one."""
        if self.role.data == Role.SECTION_HEAD and not field.data:
            raise ValidationError(_("Pilih seksi yang dipimpin."))

    def values(self) -> StaffValues:
        """The keywords of the service function."""
        return {"email": self.email.data or "", **self.changed()}

    def changed(self) -> ChangedStaffValues:
        """All of them but the address."""
        return {
            "name": self.name.data or "",
            "role": Role(self.role.data),
            "section_key": self.section_key.data or None,
        }


class EditStaffForm(StaffForm):
    """What may change of an account: all but its address."""

    email = None  # type: ignore[assignment]  # it is what the account signs in with


class SettingForm(HouseForm):
    """A setting's new value."""

    value = line(_l("Isi baru"), LONGEST_SETTING, _l("belum diisi."))
    month = StringField(
        _l("Berlaku mulai bulan"),
        widget=MonthInput(),
        filters=[one_line],
        validators=[DataRequired(_l("belum diisi."))],
    )

    def validate_month(self, field: Field) -> None:
        """Refuse what is no month: not every browser has a month picker."""
        try:
            Month.parse(field.data or "")
        except Refused as refusal:
            raise ValidationError(refusal.message) from None

    def values(self) -> SettingValues:
        """The keywords of the service function."""
        return {"value": self.value.data or "", "month": Month.parse(self.month.data or "")}
