"""What is said of a month's indicators, and how far it has come: not filled, filled, checked by the Sekcam."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.calendar import Month, wib_day, working_day_after
from indicators.registers.models import MonthNote, NoteCheck
from indicators.sheet import Indicator
from offices import queries as offices
from offices import settings


class NoteStage(StrEnum):
    """How far a month's note on an indicator has come."""

    EMPTY = "empty"
    FILLED = "filled"
    CHECKED = "checked"

    @property
    def label(self) -> str:
        """As people read it."""
        return {"empty": "Belum diisi", "filled": "Diisi", "checked": "Diperiksa Sekcam"}[self.value]


@dataclass(frozen=True)
class Note:
    """What somebody said; `checked_…` None: not checked by the Sekcam, or changed since."""

    id: UUID
    analysis: str
    obstacle: str
    follow_up: str
    by: str
    at: datetime
    checked_by: str | None
    checked_at: datetime | None

    @property
    def is_self_checked(self) -> bool:
        """Whether who wrote it checked it: the Sekcam answers for an indicator, too, and nobody else may check."""
        return self.checked_by == self.by


@dataclass(frozen=True)
class NoteState:
    """The newest note on an indicator in a month, None: none yet; `due` is the last day for it, None: there is none."""

    note: Note | None
    due: date | None

    @property
    def stage(self) -> NoteStage:
        """How far it has come."""
        if self.note is None:
            return NoteStage.EMPTY
        return NoteStage.CHECKED if self.note.checked_at else NoteStage.FILLED

    def is_late(self, moment: datetime) -> bool:
        """Whether it was not filled when its last day was over."""
        return self.note is None and self.due is not None and wib_day(moment) > self.due


def states(
    session: Session, office_id: int, month: Month, as_of: datetime | None = None
) -> Mapping[Indicator, NoteState]:
    """Each indicator's newest note, now or as recorded by a moment."""
    found, due = histories(session, office_id, month, as_of), due_day(session, office_id, month, as_of)
    return {each: NoteState(next(iter(found.get(each, ())), None), due) for each in Indicator}


def histories(
    session: Session, office_id: int, month: Month, as_of: datetime | None = None
) -> Mapping[Indicator, Sequence[Note]]:
    """All notes of a month, the newest first."""
    checks = _checks(session, office_id, month, as_of)
    chosen = sa.select(MonthNote).filter_by(office_id=office_id, month=str(month))
    if as_of is not None:
        chosen = chosen.where(MonthNote.recorded_at <= as_of)
    found: dict[Indicator, list[Note]] = defaultdict(list)
    for row in session.scalars(chosen.order_by(MonthNote.recorded_at.desc(), MonthNote.id.desc())):
        checked = checks.get(row.id)
        words = (row.analysis, row.obstacle, row.follow_up)
        note = Note(row.id, *words, row.recorded_by, row.recorded_at, *(checked or (None, None)))
        found[Indicator(row.indicator)].append(note)
    return found


def due_day(session: Session, office_id: int, month: Month, as_of: datetime | None = None) -> date | None:
    """The last day for a month's notes; None where the office asks for none by a day."""
    values = settings.on(offices.setting_rows(session, office_id, as_of), month.last_day)
    if as_of is None:
        days_off = offices.days_off(session, office_id, month.day_after)
    else:
        days_off = offices.days_off_as_of(session, office_id, as_of, month.day_after)
    days = int(values["note_due_days"])
    return working_day_after(month.last_day, days, days_off) if days else None


def filled(session: Session, office_id: int, month: Month) -> frozenset[Indicator]:
    """The indicators of which something was said."""
    chosen = sa.select(MonthNote.indicator).filter_by(office_id=office_id, month=str(month)).distinct()
    return frozenset(map(Indicator, session.scalars(chosen)))


def newest(session: Session, office_id: int, month: Month, indicator: Indicator) -> MonthNote | None:
    """The note that counts."""
    chosen = sa.select(MonthNote).filter_by(office_id=office_id, month=str(month), indicator=indicator.value)
    return session.scalar(chosen.order_by(MonthNote.recorded_at.desc(), MonthNote.id.desc()).limit(1))


def is_checked(session: Session, office_id: int, note_id: UUID) -> bool:
    """Whether the Sekcam has checked a note."""
    checked = sa.select(NoteCheck.id).filter_by(office_id=office_id, note_id=note_id)
    return session.execute(checked.limit(1)).first() is not None


def _checks(
    session: Session, office_id: int, month: Month, as_of: datetime | None
) -> Mapping[UUID, tuple[str, datetime]]:
    """(by whom, when) of each checked note of the month."""
    note = sa.and_(MonthNote.office_id == NoteCheck.office_id, MonthNote.id == NoteCheck.note_id)
    columns = (NoteCheck.note_id, NoteCheck.recorded_by, NoteCheck.recorded_at)
    chosen = sa.select(*columns).join(MonthNote, note).where(NoteCheck.office_id == office_id)
    chosen = chosen.where(MonthNote.month == str(month)).order_by(NoteCheck.recorded_at.desc())
    if as_of is not None:
        chosen = chosen.where(NoteCheck.recorded_at <= as_of)
    return {note_id: (by, at) for note_id, by, at in session.execute(chosen)}
