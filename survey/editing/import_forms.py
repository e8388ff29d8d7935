"""Forms of the import of sheets."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from core.forms import HouseForm
from survey.editing.matching import SWAPPED
from survey.editing.reading import Layout, Matching

EXAMPLE = 30  # letters of an example
PREFIX = "kolom_"


class UploadForm(HouseForm):
    """A file to be sent."""

    sheet = FileField(
        _l("Berkas lembar kerja: XLSX, XLS, ODS, atau CSV"), validators=[FileRequired(_l("belum dipilih."))]
    )


class MatchingForm(HouseForm):
    """What each column stands for, and what holds where a row says nothing; `matching_form` makes the class."""

    lembar = HiddenField()
    judul = HiddenField()
    service = SelectField(_l("Layanan untuk baris yang tidak menyebutnya"))
    day = DateField(_l("Tanggal untuk baris yang tidak menyebutnya"), validators=[Optional()])

    def offer(self, services: Collection[tuple[str, str]]) -> None:
        """Set the services to choose from: code and name."""
        choose = SelectChoice("", _("Pilih layanan"))
        self.service.choices = [choose, *(SelectChoice(code, name) for code, name in services)]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check all fields; one column stands for one thing; service and day hold for rows without a column."""
        passed = super().validate(extra_validators) & self._has_fallbacks()
        seen: dict[str, Any] = {}
        for field in self.columns():
            other = seen.setdefault(field.data, field) if field.data else field
            if other is not field:
                field.errors = [_("Kolom ini sudah dipilih untuk %(name)s.", name=other.label.text)]
                passed = False
        return passed

    def _has_fallbacks(self) -> bool:
        """Whether service and day are known from a column or from their fields."""
        matched = {field.name.removeprefix(PREFIX) for field in self.columns() if field.data}
        fallbacks: tuple[tuple[Any, str], ...] = ((self.service, "service"), (self.day, "date"))
        for field, target in fallbacks:
            if not field.data and not field.errors and target not in matched:
                field.errors = [_("belum diisi, dan tidak ada kolomnya.")]
        return not (self.service.errors or self.day.errors)

    def columns(self) -> list[Any]:
        """The fields of the targets."""
        return [field for field in self if field.name.startswith(PREFIX)]

    def matching(self) -> Matching:
        """Typed values; only after `validate`."""
        return Matching(
            sheet=self.lembar.data or "",
            heading=int(self.judul.data or 1),
            columns={field.name.removeprefix(PREFIX): int(field.data) for field in self.columns() if field.data},
            service_code=self.service.data or "",
            day=self.day.data,
        )


def matching_form(layout: Layout) -> type[MatchingForm]:
    """The form class with a field for each target."""
    pairs = zip(layout.names, layout.examples, strict=True)
    columns = [SelectChoice(str(place), _told(name, example)) for place, (name, example) in enumerate(pairs)]
    members = {PREFIX + each.name: _column(each.name, each.label, columns, each.is_needed) for each in layout.known}
    return type("SheetForm", (MatchingForm,), members)


def begun(layout: Layout, kept: Mapping[str, str]) -> dict[str, object]:
    """What stands in the fields to begin with: what was chosen before for this sheet and heading, else the guess."""
    known = Matching.of(kept) if kept else None
    begun: dict[str, object] = {"lembar": layout.sheet, "judul": str(layout.heading)}
    if known:
        begun |= {"service": known.service_code, "day": known.day}
    same = known is not None and (known.sheet, known.heading) == (layout.sheet, layout.heading)
    columns = known.columns if known and same else layout.guessed
    return begun | {PREFIX + target: str(place) for target, place in columns.items()}


def _column(name: str, label: str, columns: Sequence[SelectChoice], is_needed: bool) -> SelectField:  # noqa: FBT001
    missing = _l("belum dipilih: di banyak kuesioner U8 dan U9 tertukar.") if name in SWAPPED else _l("belum dipilih.")
    none = SelectChoice("", _("Pilih kolom") if is_needed else _("tidak ada"))
    validators = [InputRequired(missing)] if is_needed else []
    return SelectField(label, choices=[none, *columns], validators=validators, default="")


def _told(name: str, example: str) -> str:
    return _("%(name)s (misalnya %(example)s)", name=name, example=example[:EXAMPLE]) if example else name
