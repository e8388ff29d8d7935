"""Forms of the review: a reason, a mark, a line of the follow-up plan."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, HiddenField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from core.forms import HouseForm, Words, line, tidy
from core.periods import Period
from offices.models import Service
from survey.elements import ELEMENTS, ElementKey
from survey.review.models import FollowUp
from survey.review.plans import PlanValues
from survey.review.suggestions import Marking
from survey.review.terms import STATE_LABELS, STATUS_LABELS, THEMES, UNSORTED, State, Status

LONG, SHORT = 1000, 120
QUARTERS = 8  # to choose from: two years
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
LEAVE, NONE = "", "tidak"  # in the choices of a mark: leave as it is, and take away


def text(label: object, most: int = LONG, missing: object = "") -> TextAreaField:
    """A field of several lines; `missing` is what to say when nothing is typed, empty where it may stay so."""
    needed = [DataRequired(missing)] if missing else []
    return TextAreaField(label, filters=[tidy], validators=[Words(most), *needed])


class ReasonForm(HouseForm):
    """Why ratings are taken out of the index, or put back."""

    reason = text(_l("Alasan"), 500, _l("belum diisi."))


class MarkForm(HouseForm):
    """What is written beside suggestions; what is left alone stays as it is."""

    theme = SelectField(_l("Tema"), default=LEAVE)
    state = SelectField(_l("Keadaan"), default=LEAVE)
    reason = text(_l("Alasan menyembunyikan"), 500)
    follow_up = SelectField(_l("Tindak lanjut"), default=LEAVE)

    def __init__(self, plan: Sequence[FollowUp] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        leave = (LEAVE, _("Biarkan"))
        self.theme.choices = [leave, *((key, str(word)) for key, word in THEMES.items()), (NONE, _("Tanpa tema"))]
        self.state.choices = [leave, *((state.value, str(word)) for state, word in STATE_LABELS.items())]
        self.follow_up.choices = [leave, *((str(row.id), _short(row)) for row in plan), (NONE, _("Lepaskan"))]

    def marking(self) -> Marking:
        """What was chosen."""
        theme, follow_up = self.theme.data, self.follow_up.data
        return Marking(
            theme=None if theme == LEAVE else UNSORTED if theme == NONE else theme,
            state=State(self.state.data) if self.state.data else None,
            reason=self.reason.data or "",
            follow_up_id=UUID(follow_up) if follow_up not in {LEAVE, NONE} else None,
            unlink=follow_up == NONE,
        )


class PlanForm(HouseForm):
    """A line of the follow-up plan; `seen` is when it had last changed."""

    seen = HiddenField()
    element = SelectField(_l("Unsur"), validators=[InputRequired(_l("belum dipilih."))])
    service = SelectField(_l("Layanan"), validators=[Optional()])
    action = text(_l("Kegiatan"), LONG, _l("belum diisi."))
    due = SelectField(_l("Waktu"), validators=[InputRequired(_l("belum dipilih."))])
    owner = line(_l("Penanggung jawab"), SHORT, _l("belum diisi."))

    def __init__(self, period: Period, services: Sequence[Service], due: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        everything = ("", _("Semua layanan"))
        self.element.choices = [(each.key.value, f"U{each.number} {each.name}") for each in ELEMENTS]
        self.service.choices = [everything, *((row.code, row.name) for row in services)]
        self.due.choices = quarters(period, due)

    def values(self) -> PlanValues:
        """The keywords of the service."""
        return {
            "element": ElementKey(self.element.data),
            "service_code": self.service.data or None,
            "action": self.action.data or "",
            "due": self.due.data,
            "owner": self.owner.data or "",
        }


class ProgressForm(HouseForm):
    """How far a line is, and what came of it."""

    seen = HiddenField()
    stage = SelectField(_l("Keadaan"), validators=[InputRequired(_l("belum dipilih."))])
    result = text(_l("Hasilnya"))
    done_on = DateField(_l("Selesai pada"), validators=[Optional()])
    evidence = FileField(_l("Bukti"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.stage.choices = [(each.value, str(word)) for each, word in STATUS_LABELS.items()]

    @property
    def chosen(self) -> Status:
        """The status that was chosen."""
        return Status(self.stage.data)


class PublicForm(HouseForm):
    """What residents are told of it."""

    seen = HiddenField()
    is_public = BooleanField(_l("Perlihatkan kepada warga"))
    public_words = text(_l("Kalimat untuk warga"), 300)


def quarters(period: Period, chosen: str) -> list[tuple[str, str]]:
    """The quarters in which a plan from this period may be due: those after it, and the one that was chosen before."""
    found = [Period.around(period.last.next(), 3)]
    while len(found) < QUARTERS:
        found.append(found[-1].next())
    known = {str(each): each.long for each in found}
    if chosen and chosen not in known:
        known = {chosen: Period.parse(chosen).long} | known
    return list(known.items())


def _short(row: FollowUp) -> str:
    action = row.action if len(row.action) <= 60 else f"{row.action[:59]}…"
    return f"{Period.parse(row.period).long}: {action}"


def moment(seen: str | None) -> datetime:
    """When a line had last changed as its reader saw it; long ago where that can't be read."""
    try:
        found = datetime.fromisoformat(seen or "")
    except ValueError:
        return NEVER
    return found if found.tzinfo else NEVER
