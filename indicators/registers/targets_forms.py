"""The form of a year's targets: six indicators, for the year and each quarter."""

from collections.abc import Mapping
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField
from wtforms.validators import ValidationError

from core.errors import Refused
from core.figures import printed
from core.forms import HouseForm, line
from indicators import targets
from indicators.models import Target
from indicators.sheet import ROWS, SHEET
from indicators.targets import QUARTERS, WHOLE_YEAR, Cell

CELLS: tuple[Cell, ...] = tuple((row.key, quarter) for row in SHEET for quarter in QUARTERS)
LONGEST = 12
Stored = Mapping[Cell, Target]


def name_of(cell: Cell) -> str:
    """The field of a cell."""
    return f"{cell[0].value}_{cell[1]}"


def quarter_word(quarter: int) -> str:
    """As people read it."""
    return _("Triwulan %(number)s", number=quarter) if quarter else _("Setahun")


def text_of(cell: Cell, stored: Stored) -> str:
    """As it stands in its field; "" where there is none."""
    value = stored[cell].value if cell in stored else None
    return "" if value is None else printed(ROWS[cell[0]].counted(value))


class TargetsForm(HouseForm):
    """A field for each cell, and beside it, hidden, what stood there when the page was opened: only what its writer
    changed is written, and what somebody else changed meanwhile is told.
    """

    agree = BooleanField(_l("Ya, tarik kembali"))

    def field(self, cell: Cell) -> Field:
        """Where the cell is typed."""
        found: Field = self[name_of(cell)]
        return found

    def changes(self) -> dict[Cell, Decimal | None]:
        """What was changed, None: emptied; of a form whose fields can be read."""
        return {cell: _read(cell, self.field(cell).data) for cell in CELLS if self._is_touched(cell)}

    def agrees_with(self, stored: Stored) -> bool:
        """Whether nobody else changed the same cells meanwhile; else it says so there, and shows what is stored."""
        for cell in CELLS:
            kept = text_of(cell, stored)
            opened, field = self[f"was_{name_of(cell)}"], self.field(cell)
            if kept != opened.data and not self._is_touched(cell):
                field.data = kept
            elif kept != opened.data and _plain(field.data) != _plain(kept):
                told = _("Baru saja diubah orang lain menjadi %(value)s. Periksa, lalu simpan lagi.", value=kept or "–")
                field.errors = (*field.errors, told)
            opened.data = kept
        return not self.errors

    def confirmed(self, taken_back: Mapping[Cell, Target]) -> bool:
        """Whether targets are to be taken back and that was meant, or none are."""
        if taken_back and not self.agree.data:
            self.agree.errors = (_("belum dicentang."),)
        return not self.agree.errors

    def _is_touched(self, cell: Cell) -> bool:
        """Whether its writer changed it."""
        return _plain(self.field(cell).data) != _plain(self[f"was_{name_of(cell)}"].data)


def opened_with(stored: Stored) -> dict[str, str]:
    """What the form begins with."""
    kept = {name_of(cell): text_of(cell, stored) for cell in CELLS}
    return kept | {f"was_{name}": text for name, text in kept.items()}


def _read(cell: Cell, text: str | None) -> Decimal | None:
    """Raises Refused."""
    if not text:
        return None
    value = targets.parse_value(text)
    targets.check(cell[0], value)
    return value


def _plain(text: str | None) -> Decimal | str:
    """What is meant, so that "82" and "82,00" are the same."""
    try:
        return targets.parse_value(text or "")
    except Refused:
        return text or ""


def _check(form: TargetsForm, field: Field) -> None:
    """Say with the other faults what can't be read; what was not touched is not looked at."""
    cell = next(each for each in CELLS if name_of(each) == field.name)
    try:
        _read(cell, field.data)
    except Refused as refusal:
        raise ValidationError(refusal.message) from None


def _add_cells() -> None:
    """The form's fields are made by a loop, so that the sheet alone says which there are."""
    for row in SHEET:
        for quarter in QUARTERS:
            name = name_of((row.key, quarter))
            of = _l("setahun") if quarter == WHOLE_YEAR else _l("triwulan %(number)s", number=quarter)
            label = _l("Target %(name)s, %(of)s", name=row.name, of=of)
            setattr(TargetsForm, name, line(label, LONGEST))
            setattr(TargetsForm, f"was_{name}", HiddenField())
            setattr(TargetsForm, f"validate_{name}", _check)


_add_cells()
