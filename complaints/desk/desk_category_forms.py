"""Forms of the page of categories."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, TextAreaField
from wtforms.validators import InputRequired, NumberRange

from complaints.deadlines import INSPECTION_DAYS, ORDINARY_DAYS
from complaints.desk.categories import CategoryValues
from core.forms import HouseForm, Words, line, tidy

LONGEST_NAME = 120
LAST_POSITION = 999
LONGEST_QUESTIONS = 2000
DAYS = [
    (ORDINARY_DAYS, _l("%(days)s hari kerja: gangguan biasa", days=ORDINARY_DAYS)),
    (INSPECTION_DAYS, _l("%(days)s hari kerja: perlu pemeriksaan lapangan", days=INSPECTION_DAYS)),
]


class CategoryForm(HouseForm):
    """A kind of disorder."""

    name = line(_l("Nama jenis"), LONGEST_NAME, _l("belum diisi."))
    settle_days = RadioField(
        _l("Batas penyelesaian"),
        coerce=int,
        default=ORDINARY_DAYS,
        validators=[InputRequired(_l("belum dipilih."))],
    )
    is_urgent = BooleanField(_l("Mendesak: tampilkan nomor telepon darurat dahulu"))
    is_public = BooleanField(_l("Boleh tampil dalam daftar untuk umum"))
    position = IntegerField(
        _l("Urutan di daftar"),
        validators=[InputRequired(_l("belum diisi.")), NumberRange(1, LAST_POSITION, _l("Isi angka 1 sampai 999."))],
    )
    questions = TextAreaField(_l("Yang ingin diketahui petugas"), filters=[tidy], validators=[Words(LONGEST_QUESTIONS)])
    is_open = BooleanField(_l("Jenis ini dibuka"), default=True)

    def offer(self) -> None:
        """Set what can be chosen."""
        self.settle_days.choices = [(days, str(words)) for days, words in DAYS]

    def values(self) -> CategoryValues:
        """The keywords of the service functions, but for the code and whether it is open."""
        return {
            "name": self.name.data or "",
            "settle_days": self.settle_days.data,
            "is_urgent": self.is_urgent.data,
            "is_public": self.is_public.data,
            "position": self.position.data or LAST_POSITION,
            "questions": self.questions.data or "",
        }


class NewCategoryForm(CategoryForm):
    """A category that does not exist yet: only now its code can be chosen."""

    code = line(_l("Kode"), LONGEST_NAME, _l("belum diisi."))
    is_open = None  # type: ignore[assignment]  # a new category is open
