"""Forms of the desk of visits: how many codes for which service, and how many people came on a day."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, IntegerField
from wtforms.validators import InputRequired, NumberRange
from wtforms.validators import Optional as MayBeEmpty

from core.forms import HouseForm
from survey.visits.service import MOST_AT_ONCE, MOST_VISITS

BEGINNING = "visits-"  # of the fields that hold a service's number
SHOWN = "shown-"  # of the hidden ones that hold the number as the page showed it


class CodeForm(HouseForm):
    """For which service, and how many."""

    service = HiddenField(_l("Layanan"))
    count = IntegerField(
        _l("Banyaknya"),
        default=1,
        validators=[
            InputRequired(_l("belum diisi.")),
            NumberRange(1, MOST_AT_ONCE, _l("Isi dengan angka 1 sampai %(max)s.")),
        ],
    )


class DayForm(HouseForm):
    """One day's visits; `day_form` makes the class that has a field for each service."""

    day = DateField(_l("Hari"), validators=[InputRequired(_l("belum diisi."))])

    @property
    def services(self) -> list[str]:
        """Codes of the services asked for."""
        return [name.removeprefix(BEGINNING) for name in self._fields if name.startswith(BEGINNING)]

    def visits(self) -> Mapping[str, int | None]:
        """Service code → how many came, None where that was emptied. What stands as the page showed it is left out:
        somebody else may have entered another number since.
        """
        return {code: self[BEGINNING + code].data for code in self.services if self._is_changed(code)}

    def _is_changed(self, code: str) -> bool:
        number = self[BEGINNING + code].data
        return ("" if number is None else str(number)) != (self[SHOWN + code].data or "")


def day_form(services: Iterable[tuple[str, str]]) -> type[DayForm]:
    """The form class with a field for each of the services (code, name)."""
    wrong = _l("Isi dengan angka 0 sampai %(max)s.")
    fields: dict[str, Any] = {}
    for code, name in services:
        fields[BEGINNING + code] = IntegerField(name, validators=[MayBeEmpty(), NumberRange(0, MOST_VISITS, wrong)])
        fields[SHOWN + code] = HiddenField()
    return type("DayFormOfOffice", (DayForm,), fields)
