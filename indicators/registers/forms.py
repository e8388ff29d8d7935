"""Forms of the registers: what somebody types, made into the keywords of the service functions."""

from abc import abstractmethod
from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from core.errors import Missing
from core.forms import HouseForm, SubmissionField, Words, line, tidy
from core.ids import read_id
from indicators.registers.activities import ActivityValues
from indicators.registers.choices import Choices
from indicators.registers.documents import DocumentValues
from indicators.registers.entry_queries import NOT_THERE
from indicators.registers.figure_fields import FigureField
from indicators.registers.outside import OutsideValues
from indicators.registers.programme import IndicatorValues, RealisationValues
from indicators.registers.reviews import ReviewValues
from indicators.registers.terms import BETTER_LABELS, KIND_LABELS

LONG, SHORT, UNIT = 1000, 160, 40
MOST_PEOPLE = 1_000_000
EMPTY, UNCHOSEN = _l("belum diisi."), _l("belum dipilih.")


class EntryForm(HouseForm):
    """What every entry has: the id it is added under, the version that is changed, and its evidence."""

    entry = SubmissionField()
    seen = HiddenField()
    evidence = FileField(_l("Berkas bukti"))

    def offer(self, choices: Choices) -> None:
        """Fill the lists."""

    @abstractmethod
    def values(self) -> Mapping[str, object]:
        """The keywords of the service."""

    @property
    def seen_id(self) -> UUID | None:
        """The version that is changed."""
        return read_id(self.seen.data or "")

    @property
    def lost_file(self) -> bool:
        """Whether a file came with a form that is shown again: browsers don't keep one."""
        return bool(self.errors or self.form_errors) and bool(self.evidence.data)


class DocumentForm(EntryForm):
    """A document of the organisation."""

    kind = SelectField(_l("Jenis"), validators=[InputRequired(UNCHOSEN)])
    year = SelectField(_l("Dihitung untuk tahun"), validators=[InputRequired(UNCHOSEN)], coerce=int)
    title = line(_l("Judul dan nomor"), SHORT, EMPTY)
    dated = DateField(_l("Tanggal dokumen"), validators=[InputRequired(EMPTY)])
    approved_on = DateField(_l("Disetujui pada"), validators=[Optional()])

    def offer(self, choices: Choices) -> None:
        """The kinds and the years."""
        self.kind.choices = [
            ("", _("Pilih jenisnya")),
            *((kind.value, str(label)) for kind, label in KIND_LABELS.items()),
        ]
        self.year.choices = choices.years

    def values(self) -> DocumentValues:
        """The keywords of the service."""
        return {
            "year": self.year.data,
            "kind": self.kind.data,
            "title": self.title.data or "",
            "dated": self.dated.data,
            "approved_on": self.approved_on.data,
        }


class ActivityForm(EntryForm):
    """An empowerment activity."""

    name = line(_l("Nama kegiatan"), SHORT, EMPTY)
    planned_on = DateField(_l("Direncanakan pada"), validators=[InputRequired(EMPTY)])
    held_on = DateField(_l("Dilaksanakan pada"), validators=[Optional()])
    village_code = SelectField(_l("Desa"), validators=[Optional()])
    place = line(_l("Tempat"), SHORT)
    participants = IntegerField(
        _l("Jumlah peserta"), validators=[Optional(), NumberRange(0, MOST_PEOPLE, _l("Isi angka 0 atau lebih."))]
    )
    result = TextAreaField(_l("Hasil"), filters=[tidy], validators=[Words(LONG)])

    def offer(self, choices: Choices) -> None:
        """The desa."""
        self.village_code.choices = [("", _("Seluruh kecamatan")), *((row.code, row.name) for row in choices.villages)]

    def values(self) -> ActivityValues:
        """The keywords of the service."""
        return {
            "name": self.name.data or "",
            "planned_on": self.planned_on.data,
            "held_on": self.held_on.data,
            "village_code": self.village_code.data or None,
            "place": self.place.data or "",
            "participants": self.participants.data,
            "result": self.result.data or "",
        }


class ReviewForm(EntryForm):
    """The result of a SAKIP review."""

    year = SelectField(_l("Dihitung untuk tahun"), validators=[InputRequired(UNCHOSEN)], coerce=int)
    reviewed_on = DateField(_l("Tanggal hasil evaluasi"), validators=[InputRequired(EMPTY)])
    score = FigureField(_l("Nilai"), places=2, validators=[InputRequired(EMPTY)])
    reviewer = line(_l("Penilai"), SHORT)

    def offer(self, choices: Choices) -> None:
        """The years."""
        self.year.choices = choices.years

    def values(self) -> ReviewValues:
        """The keywords of the service."""
        return {
            "year": self.year.data,
            "reviewed_on": self.reviewed_on.data,
            "score": self.score.data or Decimal(0),
            "reviewer": self.reviewer.data or "",
        }


class IndicatorForm(EntryForm):
    """An indicator of the year's programmes."""

    year = SelectField(_l("Tahun"), validators=[InputRequired(UNCHOSEN)], coerce=int)
    programme = line(_l("Program"), SHORT)
    name = line(_l("Indikator"), SHORT, EMPTY)
    unit = line(_l("Satuan"), UNIT, EMPTY)
    target = FigureField(_l("Target setahun"), places=4, validators=[InputRequired(EMPTY)])
    direction = SelectField(_l("Arah"), validators=[InputRequired(UNCHOSEN)])

    def offer(self, choices: Choices) -> None:
        """The years and the directions."""
        self.year.choices = choices.years
        self.direction.choices = [
            ("", _("Pilih arahnya")),
            *((better.value, str(label)) for better, label in BETTER_LABELS.items()),
        ]

    def values(self) -> IndicatorValues:
        """The keywords of the service."""
        return {
            "year": self.year.data,
            "programme": self.programme.data or "",
            "name": self.name.data or "",
            "unit": self.unit.data or "",
            "target": self.target.data or Decimal(0),
            "direction": self.direction.data,
        }


class RealisationForm(EntryForm):
    """What a programme indicator has reached."""

    indicator_id = HiddenField()
    measured_on = DateField(_l("Diukur pada"), validators=[InputRequired(EMPTY)])
    value = FigureField(_l("Realisasi"), places=4, validators=[InputRequired(EMPTY)])

    @property
    def indicator(self) -> UUID:
        """The indicator's entry; raises Missing."""
        found = read_id(self.indicator_id.data or "")
        if found is None:
            raise Missing(NOT_THERE)
        return found

    def values(self) -> RealisationValues:
        """The keywords of the service."""
        return {
            "indicator_id": self.indicator,
            "measured_on": self.measured_on.data,
            "value": self.value.data or Decimal(0),
        }


class OutsideForm(EntryForm):
    """The index that SUKMA-E showed."""

    period = SelectField(_l("Masa"), validators=[InputRequired(UNCHOSEN)])
    value = FigureField(_l("Indeks"), places=2, validators=[InputRequired(EMPTY)])
    respondents = IntegerField(
        _l("Jumlah responden"), validators=[Optional(), NumberRange(0, MOST_PEOPLE, _l("Isi angka 0 atau lebih."))]
    )
    seen_on = DateField(_l("Dilihat pada"), validators=[InputRequired(EMPTY)])

    def offer(self, choices: Choices) -> None:
        """The periods."""
        self.period.choices = choices.periods

    def values(self) -> OutsideValues:
        """The keywords of the service."""
        return {
            "period": self.period.data,
            "value": self.value.data or Decimal(0),
            "respondents": self.respondents.data,
            "seen_on": self.seen_on.data,
        }


class RemoveForm(HouseForm):
    """Why an entry is taken out."""

    seen = HiddenField()
    reason = TextAreaField(_l("Alasan menghapus"), filters=[tidy], validators=[Words(300), DataRequired(EMPTY)])

    @property
    def seen_id(self) -> UUID | None:
        """The version that is taken out."""
        return read_id(self.seen.data or "")
