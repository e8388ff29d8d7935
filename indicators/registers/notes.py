"""Writes the notes on a month's indicators; rows are only added."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from core.calendar import Month
from core.db import transaction
from core.errors import Refused
from core.ids import uuid7
from indicators.registers import note_queries
from indicators.registers.models import MonthNote, NoteCheck
from indicators.sheet import Indicator
from offices import audit, queries

CHANGED = (
    "Catatan ini diubah orang lain sesudah Anda membukanya. Tulisan Anda masih ada: bandingkan dengan catatan terbaru, "
    "lalu simpan sekali lagi."
)
CHANGED_UNCHECKED = "Catatan ini berubah sesudah Anda membukanya. Baca dahulu yang terbaru, lalu periksa sekali lagi."


@transaction
def write(
    session: Session,
    *,
    office_id: int,
    month: Month,
    indicator: Indicator,
    analysis: str,
    obstacle: str,
    follow_up: str,
    seen: UUID | None,
    by: str,
    now: datetime,
) -> bool:
    """Add a note: whether there was anything new. `seen` is the note that its writer had before them, None: none;
    raises Refused where another one has come since.
    """
    queries.take_turn(session, office_id)
    last = note_queries.newest(session, office_id, month, indicator)
    words = {"analysis": analysis, "obstacle": obstacle, "follow_up": follow_up}
    if last is not None and all(getattr(last, key) == text for key, text in words.items()):
        return False
    if (last.id if last else None) != seen:
        raise Refused(CHANGED)
    row = {"month": str(month), "indicator": indicator.value, "recorded_at": now, "recorded_by": by}
    session.add(MonthNote(office_id=office_id, id=uuid7(now), **row, **words))
    audit.note(session, office_id, by, "note.write", f"{month} {indicator.value}", {}, now=now)
    return True


@transaction
def check(
    session: Session, *, office_id: int, month: Month, indicator: Indicator, seen: UUID | None, by: str, now: datetime
) -> None:
    """The Sekcam has checked the note `seen`, once; raises Refused where it is not the newest."""
    queries.take_turn(session, office_id)
    last = note_queries.newest(session, office_id, month, indicator)
    if last is None or last.id != seen:
        raise Refused(CHANGED_UNCHECKED)
    if not note_queries.is_checked(session, office_id, last.id):
        session.add(NoteCheck(office_id=office_id, id=uuid7(now), note_id=last.id, recorded_at=now, recorded_by=by))
        audit.note(session, office_id, by, "note.check", f"{month} {indicator.value}", {}, now=now)
