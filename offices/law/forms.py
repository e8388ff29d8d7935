"""Forms of the pages about personal data."""

from datetime import UTC, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, Field, TextAreaField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from core.calendar import WIB
from core.forms import HouseForm, Words, line, tidy

LONGEST_LINE = 300
LONGEST_TEXT = 4000
EMPTY = _l("belum diisi.")


def _text(label: object, *, needed: bool = True) -> TextAreaField:
    checks = [DataRequired(EMPTY)] if needed else []
    return TextAreaField(label, filters=[tidy], validators=[Words(LONGEST_TEXT), *checks])


class BreachForm(HouseForm):
    """A breach that was found."""

    title = line(_l("Apa yang terjadi, dalam satu kalimat"), LONGEST_LINE, EMPTY)
    found_at = DateTimeLocalField(_l("Kapan ditemukan (WIB)"), validators=[InputRequired(EMPTY)])

    def validate_found_at(self, field: Field) -> None:
        """Refuse slips of the pen."""
        if field.data and not 2000 <= field.data.year <= 2100:
            raise ValidationError(_("Periksa tahunnya."))

    @property
    def moment(self) -> datetime:
        """When it was found; aware UTC."""
        typed: datetime = self.found_at.data
        return typed.replace(tzinfo=WIB).astimezone(UTC)


class StepForm(HouseForm):
    """A step that was taken."""

    note = line(_l("Catatan"), LONGEST_LINE)


class NoticeForm(HouseForm):
    """The words of the notice: the three things that pasal 46 ayat (2) asks for."""

    disclosed = _text(_l("Data pribadi yang terungkap"))
    how = _text(_l("Kapan dan bagaimana terungkap"))
    remedy = _text(_l("Upaya penanganan dan pemulihan"))


class ProcessingForm(HouseForm):
    """An activity of the office's own, for the register."""

    name = line(_l("Kegiatan"), LONGEST_LINE, EMPTY)
    purpose = line(_l("Tujuan"), LONGEST_LINE, EMPTY)
    basis = line(_l("Dasar hukum"), LONGEST_LINE, EMPTY)
    kinds = line(_l("Data apa"), LONGEST_LINE, EMPTY)
    whose = line(_l("Milik siapa"), LONGEST_LINE, EMPTY)
    recipients = line(_l("Siapa yang menerima"), LONGEST_LINE, EMPTY)
    how_long = line(_l("Berapa lama"), LONGEST_LINE, EMPTY)
    protection = line(_l("Perlindungannya"), LONGEST_LINE, EMPTY)

    def values(self) -> dict[str, str]:
        """Each field's text by its name."""
        return {field.name: field.data for field in self if field.name != "csrf_token"}
