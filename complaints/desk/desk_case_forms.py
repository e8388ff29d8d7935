"""Small forms of the case's page: a task, the reason for a look at identities, a ready answer."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from complaints.desk.ready_answers import FILLS, ReadyAnswerValues
from complaints.models import Category
from complaints.terms import MOVE_LABELS, Move
from core.forms import HouseForm, Words, line, tidy
from offices.models import Staff

TITLE, REASON, TEXT = 200, 500, 2000
LAST_POSITION = 999


def apart(form: HouseForm, name: str) -> None:
    """Give every field an id of its own: several forms stand on one page."""
    for field in form:
        field.id = field.label.field_id = f"{name}-{field.name}"


class TaskValues(TypedDict):
    """A task's values, as `tasks.add` takes them."""

    title: str
    assignee: UUID | None
    due_on: date | None


class TaskForm(HouseForm):
    """Something to do for a report."""

    title = line(_l("Apa yang perlu dikerjakan?"), TITLE, _l("Tulis apa yang perlu dikerjakan."))
    assignee = SelectField(_l("Oleh siapa?"), coerce=lambda text: UUID(text) if text else None, default="")
    due_on = DateField(_l("Paling lambat"), validators=[Optional()])

    def __init__(self, officers: Sequence[Staff], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        apart(self, "tugas")
        self.assignee.choices = [("", _("Siapa saja")), *((str(who.id), who.name) for who in officers)]

    def values(self) -> TaskValues:
        """The keywords of the service."""
        return {"title": self.title.data or "", "assignee": self.assignee.data or None, "due_on": self.due_on.data}


class LookForm(HouseForm):
    """Why somebody needs to know who reported."""

    reason = line(_l("Untuk apa Anda perlu tahu?"), REASON, _l("Tulis untuk apa Anda perlu tahu siapa pelapornya."))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        apart(self, "identitas")


class AnswerForm(HouseForm):
    """Words that officers may begin an answer with."""

    move = SelectField(_l("Untuk langkah"), coerce=Move, validators=[InputRequired(_l("belum dipilih."))])
    category = SelectField(_l("Untuk jenis laporan"), default="")
    title = line(_l("Judul"), TITLE, _l("belum diisi."))
    text = TextAreaField(_l("Isi"), filters=[tidy], validators=[DataRequired(_l("belum diisi.")), Words(TEXT)])
    position = IntegerField(
        _l("Urutan di daftar"),
        validators=[InputRequired(_l("belum diisi.")), NumberRange(1, LAST_POSITION, _l("Isi angka 1 sampai 999."))],
    )

    def offer(self, categories: Sequence[Category]) -> None:
        """Set what can be chosen."""
        self.move.choices = [(move.value, _(MOVE_LABELS[move])) for move in FILLS]
        self.category.choices = [("", _("Semua jenis")), *((row.code, row.name) for row in categories)]

    def values(self) -> ReadyAnswerValues:
        """The keywords of the service."""
        return {
            "move": Move(self.move.data),
            "category": self.category.data or None,
            "title": self.title.data or "",
            "text": self.text.data or "",
            "position": self.position.data or LAST_POSITION,
        }
