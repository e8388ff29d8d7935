"""A field for an exact figure, as people write one: 12,5 or 12.5 or 1.250.000,5."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from wtforms import StringField

from core.forms import one_line
from indicators.registers.naming import typed

LARGEST = Decimal(10) ** 12
_PLAIN = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+,[0-9]+|(?:\.[0-9]{3}){2,})")
_UNCLEAR = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")


class FigureField(StringField):
    """An exact figure with at most `places` decimals; what was typed stays in the field. None: nothing was typed."""

    data: Decimal | None

    def __init__(self, label: object, *, places: int, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)  # type: ignore[no-untyped-call]  # the library carries no types
        self.places = places

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read it; ValueError with what to do."""
        text = one_line(valuelist[0] if valuelist else "")
        self.data = read_figure(text, self.places) if text else None
        self.raw_data = valuelist if text else []

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else typed(self.data)


def read_figure(text: str, places: int) -> Decimal:
    """An exact figure; ValueError with what to do, also for 1.250, which some read as 1,25."""
    if _UNCLEAR.fullmatch(text):
        whole, part = text.replace(".", ""), text.replace(".", ",").rstrip("0").rstrip(",")
        raise ValueError(
            _("Titik di sini dapat berarti ribuan. Tulis %(whole)s atau %(part)s.", whole=whole, part=part)
        )
    if _GROUPED.fullmatch(text):
        text = text.replace(".", "")
    elif not _PLAIN.fullmatch(text):
        raise ValueError(_("Isi dengan angka, misalnya 12,5."))
    whole, _dot, part = text.replace(",", ".").partition(".")
    part = part.rstrip("0")  # noughts at the end say nothing, and could be more than a decimal holds
    found = Decimal(f"{whole}.{part}" if part else whole)
    if abs(found) > LARGEST:
        raise ValueError(_("Angka ini terlalu besar. Periksa lagi."))
    if len(part) > places:
        raise ValueError(_("Paling banyak %(places)s angka di belakang koma.", places=places))
    return found
