"""The report form: what a resident types, made into typed values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypedDict
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, StopValidation, ValidationError
from wtforms.widgets import DateTimeLocalInput

from complaints.contact_fields import email_field, phone_field
from complaints.models import Category
from complaints.questions import questions
from core.calendar import WIB
from core.forms import HouseForm, SubmissionField, Words, line, one_line, tidy
from offices.models import Village

UNKNOWN_VILLAGE = "tidak-tahu"
LONGEST_DESCRIPTION = 5000
LATEST = timedelta(days=1)  # a phone's clock may be wrong, and tonight's noise is announced by day
EARLIEST_YEAR = 2000
DEGREE = Decimal("0.000001")  # about 11 cm


class ReportValues(TypedDict):
    """The form's values, as `intake.submit` takes them."""

    submission_id: UUID
    category: str
    description: str
    village: str | None
    place: str
    lat: Decimal | None
    lng: Decimal | None
    happened_at: datetime | None
    name: str
    phone: str
    email: str
    confidential: bool


class LatitudeField(HiddenField):
    """A latitude that the phone fills in; None while it has not."""

    most = 90

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read it to six decimals; ValueError when it is no number or lies off the globe."""
        text = valuelist[0].strip().replace(",", ".") if valuelist else ""
        self.data = self._read(text) if text else None

    def _read(self, text: str) -> Decimal:
        try:
            value = Decimal(text)
            if -self.most <= value <= self.most:
                return value.quantize(DEGREE) + 0  # no minus zero
        except ArithmeticError:  # no number, or one that compares with none
            pass
        raise ValueError(_("Posisinya keliru. Pilih desanya saja, atau ambil posisi sekali lagi."))


class LongitudeField(LatitudeField):
    """It goes twice as far round."""

    most = 180


class MomentField(StringField):
    """A time as people write it, in WIB where it names no zone; aware UTC, None when empty."""

    widget = DateTimeLocalInput()  # type: ignore[assignment]

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.astimezone(WIB).strftime("%Y-%m-%dT%H:%M") if self.data else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read it; ValueError when no calendar has it."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = self._read(text) if text else None

    def _read(self, text: str) -> datetime:
        try:
            moment = datetime.fromisoformat(text)
            if moment.year >= EARLIEST_YEAR:
                return (moment if moment.tzinfo else moment.replace(tzinfo=WIB)).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise ValueError(_("Waktu ini tidak dapat dibaca. Tulis tanggal dan jam, atau kosongkan."))


class Findable:
    """A validator: somebody has to find the place, by desa or by position."""

    def __init__(self) -> None:
        self.field_flags = {"required": True}  # taken off by the page once the phone said where

    def __call__(self, form: "ReportForm", field: Field) -> None:
        """Raise StopValidation with what to do."""
        if not field.data and not form.has_position:
            raise StopValidation(_("Pilih desanya, atau pakai posisi HP Anda."))


# Put into words when they are shown.
CHOOSE_KIND = SelectChoice("", _l("Pilih jenisnya"))  # type: ignore[arg-type]
CHOOSE_VILLAGE = SelectChoice("", _l("Pilih desanya"))  # type: ignore[arg-type]
UNKNOWN = SelectChoice(UNKNOWN_VILLAGE, _l("Saya tidak tahu desanya"))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Choices:
    """What can be chosen in an office, the kinds for which one telephones first, those that are shown to all, and what
    the office would like to know of a kind.
    """

    categories: Sequence[SelectChoice]
    villages: Sequence[SelectChoice]
    urgent: Sequence[str]
    public: Sequence[str]
    asked: Mapping[str, Sequence[str]]


def choices(categories: Sequence[Category], villages: Sequence[Village]) -> Choices:
    """The lists of the form, from the office's."""
    kinds = [SelectChoice(row.code, row.name) for row in categories]
    places = [SelectChoice(row.code, row.name) for row in villages]
    return Choices(
        (CHOOSE_KIND, *kinds),
        (CHOOSE_VILLAGE, *places, UNKNOWN),
        tuple(row.code for row in categories if row.is_urgent),
        tuple(row.code for row in categories if row.is_public),
        {row.code: [asked.text for asked in questions(row.questions)] for row in categories if row.questions.strip()},
    )


class ReportForm(HouseForm):
    """One report of disorder. `now` must be set before it is checked."""

    now: datetime
    urgent: Sequence[str] = ()  # codes of the kinds for which one telephones first
    public: Sequence[str] = ()  # codes of the kinds whose reports are shown to all
    asked: Mapping[str, Sequence[str]] = MappingProxyType({})  # what to tell of a kind, by its code
    submission_id = SubmissionField()
    category = SelectField(
        _l("Apa yang terjadi?"), default="", validators=[DataRequired(_l("Pilih jenis gangguannya."))]
    )
    description = TextAreaField(
        _l("Ceritakan kejadiannya"),
        filters=[tidy],
        validators=[DataRequired(_l("Tulis apa yang terjadi.")), Words(LONGEST_DESCRIPTION)],
    )
    village = SelectField(_l("Di desa mana?"), default="", validators=[Findable()])
    place = line(_l("Tempat atau patokan"), 200)
    lat = LatitudeField(_l("Lintang"))  # type: ignore[no-untyped-call]
    lng = LongitudeField(_l("Bujur"))  # type: ignore[no-untyped-call]
    happened_at = MomentField(_l("Kapan kejadiannya?"))  # type: ignore[no-untyped-call]
    name = line(_l("Nama"), 100)
    phone, email = phone_field(), email_field()
    confidential = BooleanField(_l("Rahasiakan siapa saya dari pihak yang saya laporkan"))
    urgent_seen = HiddenField()  # the phone numbers were shown for the kind that was chosen
    similar_seen = HiddenField()  # similar reports were shown, and none was the same
    join = HiddenField()  # the token of the report that is the same
    made = HiddenField()  # when the page was made, signed
    situs = StringField(_l("Kosongkan isian ini"))  # out of sight: only machines fill it in

    def offer(self, choices: Choices) -> None:
        """Set what can be chosen."""
        self.urgent, self.public, self.asked = choices.urgent, choices.public, choices.asked
        self.category.choices = choices.categories
        self.village.choices = choices.villages

    def validate(self, extra_validators: Any = None) -> bool:
        """Check all fields; one that is filled in twice has no one meaning."""
        passed = super().validate(extra_validators)
        twice = [field for field in self if len(set(field.raw_data or ())) > 1]
        for field in twice:
            field.errors = [*field.errors, _("Terisi dua kali. Isi sekali saja.")]
        return passed and not twice

    def validate_happened_at(self, field: Field) -> None:
        """Refuse what has not happened."""
        if field.data and field.data > self.now + LATEST:
            raise ValidationError(_("Waktu ini belum lewat. Perbaiki, atau kosongkan."))

    def validate_lat(self, field: Field) -> None:
        """A position has both parts."""
        if not field.errors and not self.lng.process_errors and (field.data is None) != (self.lng.data is None):
            raise ValidationError(_("Posisi belum lengkap: perlu lintang dan bujur."))

    def validate_place(self, field: Field) -> None:
        """Without desa and position, the words have to do."""
        if self.village.data == UNKNOWN_VILLAGE and not self.has_position and not field.data:
            raise ValidationError(_("Tulis nama tempat atau patokannya, agar petugas dapat menemukannya."))

    @property
    def has_position(self) -> bool:
        """Whether the phone said where."""
        return self.lat.data is not None and self.lng.data is not None

    def values(self) -> ReportValues:
        """Typed values; only after `validate`."""
        return ReportValues(
            submission_id=self.submission_id.data,
            category=self.category.data,
            description=self.description.data,
            village=None if self.village.data in {"", UNKNOWN_VILLAGE} else self.village.data,
            place=self.place.data,
            lat=self.lat.data,
            lng=self.lng.data,
            happened_at=self.happened_at.data,
            name=self.name.data,
            phone=self.phone.data,
            email=self.email.data,
            confidential=self.confidential.data,
        )


class ReceiptForm(HouseForm):
    """A receipt as people type it."""

    class Meta(HouseForm.Meta):
        """It changes nothing, so it needs no token and sets no cookie."""

        csrf = False

    receipt = StringField(_l("Kode tanda terima"), filters=[one_line], validators=[DataRequired()])
