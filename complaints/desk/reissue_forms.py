"""The form with which staff give a resident a new receipt."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from complaints.case_models import Joiner
from complaints.models import Complaint
from core.calendar import long_moment
from core.forms import HouseForm, Words, tidy

REASON = 500
FIRST = "pertama"


class ReissueForm(HouseForm):
    """Whose code was lost, and how it was made sure that they are who reported. Each choice carries how often the code
    was issued, so that a second tap is told from a second loss.
    """

    who = RadioField(_l("Kode siapa yang hilang?"), validators=[InputRequired(_l("Pilih pelapornya."))])
    reason = TextAreaField(
        _l("Bagaimana Anda memastikan bahwa ia pelapornya?"),
        filters=[tidy],
        validators=[DataRequired(_l("Tulis bagaimana Anda memastikannya.")), Words(REASON)],
    )

    def __init__(self, report: Complaint, joiners: Sequence[Joiner], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        first = _("Pelapor pertama, %(at)s", at=long_moment(report.received_at))
        self.who.choices = [
            SelectChoice(f"{FIRST} {self._issue(report)}", first),
            *(
                SelectChoice(f"{row.id} {self._issue(row)}", _("Ikut melapor, %(at)s", at=long_moment(row.joined_at)))
                for row in joiners
            ),
        ]

    def _issue(self, holder: Complaint | Joiner) -> int:
        """As the page showed it, even when a code was issued since: then the service knows what to say."""
        key = str(holder.id) if isinstance(holder, Joiner) else FIRST
        sent = str((self.who.raw_data or [""])[0]).split(" ")
        shown = sent[0] == key and len(sent) == 2 and sent[1].isascii() and sent[1].isdigit() and len(sent[1]) < 9
        return int(sent[1]) if shown else holder.receipt_issue

    def chosen(self) -> tuple[UUID | None, int]:
        """Who (None: the first reporter), and how often their code had been issued on the page."""
        who, issue = self.who.data.split(" ")
        return (None if who == FIRST else UUID(who)), int(issue)
