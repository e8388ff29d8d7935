"""The forms with which residents answer."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import DataRequired

from complaints.contact_fields import email_field, phone_field
from complaints.contacts import Who
from complaints.reporting.forms import LONGEST_DESCRIPTION
from complaints.terms import Move
from core.forms import HouseForm, Words, line, tidy

LONGEST_SAID = 2000
LABELS: dict[Move, object] = {
    Move.REPLY: _l("Jawaban Anda"),
    Move.ADD: _l("Keterangan tambahan"),
    Move.HALF_FIXED: _l("Apa yang belum beres?"),
    Move.DENY: _l("Apa yang belum beres?"),
    Move.DISPUTE: _l("Apa yang belum beres?"),
}


class SeenField(HiddenField):
    """How many of the report's moves the page showed; 0, so that all of them count as new, where it can't be read."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read it."""
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class AnswerForm(HouseForm):
    """What a resident says to their report."""

    seen = SeenField()  # type: ignore[no-untyped-call]  # the library carries no types
    said = TextAreaField(filters=[tidy], validators=[Words(LONGEST_SAID)], default="")

    def __init__(self, move: Move, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.move = move
        self.said.label.text = LABELS.get(move, "")
        self.said.flags.required = True  # type: ignore[attr-defined]  # flags have any names


class ContactForm(HouseForm):
    """Who somebody is, corrected by themselves."""

    name = line(_l("Nama"), 100)
    phone, email = phone_field(), email_field()

    @property
    def who(self) -> Who:
        """As typed."""
        return Who(self.name.data or "", self.phone.data or "", self.email.data or "")


class WishForm(HouseForm):
    """Other words for a report."""

    wanted = TextAreaField(
        _l("Tulisan yang benar"),
        filters=[tidy],
        validators=[DataRequired(_l("belum diisi.")), Words(LONGEST_DESCRIPTION)],
    )


class EraseForm(HouseForm):
    """Whether one's data is really to be erased."""

    sure = BooleanField(
        _l("Ya, hapus data saya. Saya tahu ini tidak dapat dikembalikan."),
        validators=[DataRequired(_l("Centang dulu kotak ini kalau Anda yakin."))],
    )
