"""The notes of a month, ready to print: how far each has come, who answers for it, and what this account may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from core.calendar import ONE_DAY, Month
from core.periods import Period
from indicators.locks.shown import shown
from indicators.registers import note_queries, responsible
from indicators.registers.note_forms import NoteForm, SeenForm
from indicators.registers.note_queries import Note, NoteStage, NoteState
from indicators.sheet import SHEET, Indicator, SheetRow
from offices import queries
from offices.access import account_may
from offices.models import Office, Staff
from offices.rights import Action

STAGES = {NoteStage.EMPTY: "none", NoteStage.FILLED: "in_progress", NoteStage.CHECKED: "final"}


@dataclass(frozen=True)
class NoteRow:
    """An indicator's note. `form` and `button` None: this account may not; `late_since` None: it is not late.

    `people` are those who answer for it, for whoever may know.
    """

    sheet: SheetRow
    value: str
    state: NoteState
    earlier: Sequence[Note]
    people: Sequence[str]
    late_since: date | None
    form: NoteForm | None
    button: SeenForm | None


Sent = Mapping[Indicator, NoteForm | SeenForm]


@dataclass(frozen=True)
class NotesPage:
    """The six notes; `next` is None while the next month has not begun, `due` where the office asks for none."""

    month: Month
    rows: Sequence[NoteRow]
    due: date | None
    next: Month | None
    names: Mapping[str, str]

    @property
    def late(self) -> list[NoteRow]:
        """Those that were not filled in time."""
        return [row for row in self.rows if row.late_since]

    @property
    def checked(self) -> int:
        """How many the Sekcam has checked."""
        return sum(row.state.stage is NoteStage.CHECKED for row in self.rows)

    @property
    def self_checked(self) -> int:
        """How many of those the Sekcam wrote, too."""
        return sum(row.state.note is not None and row.state.note.is_self_checked for row in self.rows)


def notes_page(session: Session, office: Office, month: Month, reader: Staff, sent: Sent, now: datetime) -> NotesPage:
    """Everything the page prints; `sent` are forms that come back as they were filled in."""
    due = note_queries.due_day(session, office.id, month)
    found = note_queries.histories(session, office.id, month)
    staff = queries.staff(session, office.id)
    summary = shown(session, office, Period.of(month)).whole.summary
    figures = {line.sheet.key: line.result.value for line in summary.lines}
    rows = [
        _row(row, found.get(row.key, ()), due, row.worth(figures[row.key]), staff, reader, sent.get(row.key), now)
        for row in SHEET
    ]
    names = {account.email: account.name for account in staff}
    return NotesPage(month, rows, due, month.next() if month < Month.of(now) else None, names)


def _row(
    sheet: SheetRow,
    notes: Sequence[Note],
    due: date | None,
    value: str,
    staff: Sequence[Staff],
    reader: Staff,
    sent: NoteForm | SeenForm | None,
    now: datetime,
) -> NoteRow:
    note = next(iter(notes), None)
    state = NoteState(note, due)
    may_write = account_may(reader, *responsible.writing(sheet.key))
    may_check = account_may(reader, Action.CHECK_NOTES) and state.stage is NoteStage.FILLED
    return NoteRow(
        sheet=sheet,
        value=value,
        state=state,
        earlier=notes[1:],
        people=_people(sheet.key, staff) if account_may(reader, Action.FILL_FOR_ALL) else [],
        late_since=due + ONE_DAY if due and state.is_late(now) else None,
        form=(sent if isinstance(sent, NoteForm) else form_for(sheet.key, note)) if may_write else None,
        button=(sent if sent and not isinstance(sent, NoteForm) else _button(note)) if may_check else None,
    )


def form_for(key: Indicator, note: Note | None) -> NoteForm:
    """The form of an indicator with what its newest note says."""
    form = named(NoteForm(formdata=None, obj=note), key)
    form.show(note)
    return form


def named(form: NoteForm, key: Indicator) -> NoteForm:
    """The form with ids of its own among those of the others."""
    for field in form:
        field.id = f"{field.id}-{key.value}"
    return form


def _button(note: Note | None) -> SeenForm:
    form = SeenForm(formdata=None)
    form.show(note)
    return form


def _people(key: Indicator, staff: Sequence[Staff]) -> list[str]:
    return [
        one.name for one in staff if one.active and responsible.is_responsible(key, one.staff_role, one.section_key)
    ]


def newest(session: Session, office_id: int, month: Month, key: Indicator) -> Note | None:
    """The note that counts now."""
    return note_queries.states(session, office_id, month)[key].note
