"""Reads what the documents of a period are made of, in a number of readings that does not grow with what is counted."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from core.calendar import Month, wib_day
from core.periods import Period
from indicators.documents.material import Material
from indicators.documents.signatures import signatures
from indicators.formulas import Thresholds
from indicators.locks import queries as locks
from indicators.locks.shown import Shown, shown
from indicators.months import reading
from indicators.months.summary import thresholds_of
from indicators.registers import note_queries
from indicators.registers import queries as registers
from indicators.registers.note_queries import Note
from indicators.sheet import Indicator
from offices import queries as offices
from offices import settings
from offices.letterheads import headed
from offices.models import Office, Setting


def gather(
    session: Session,
    office: Office,
    period: Period,
    version: int | None = None,
    as_of: datetime | None = None,
    *,
    with_notes: bool = True,
) -> Material:
    """A locked version with everything as it stood when it was locked, or what is known now or was at `as_of`."""
    found = shown(session, office, period, version, as_of)
    recorded_by = found.lock.locked_at if found.lock else as_of
    counted_by = found.counted_by(as_of)
    moment = recorded_by or found.whole.summary.as_of or period.last.range[1]
    rows = offices.setting_rows(session, office.id, recorded_by)
    values = settings.on(rows, wib_day(moment))
    noted = period.months if with_notes else ()
    states = {month: note_queries.states(session, office.id, month, recorded_by) for month in noted}
    return Material(
        letterhead=headed(office, values),
        signatures=signatures(office.name, values),
        shown=found,
        notes=_notes(states),
        late=[key for key, state in states.get(period.last, {}).items() if state.is_late(moment)],
        entries=registers.entries(session, office.id, reading.around(period), counted_by),
        locked=len(locks.locked_months(session, office.id, period, as_of)),
        thresholds=_thresholds(found, rows, period),
        moment=moment,
    )


def _thresholds(found: Shown, rows: Sequence[Setting], period: Period) -> Thresholds:
    """Those of the locked month, or of the period's last day."""
    in_force = found.definitions.settings if found.definitions else settings.on(rows, period.last.last_day)
    return thresholds_of(in_force)


def _notes(
    states: Mapping[Month, Mapping[Indicator, note_queries.NoteState]],
) -> Mapping[Month, Mapping[Indicator, Note]]:
    return {
        month: {key: state.note for key, state in of_month.items() if state.note}
        for month, of_month in states.items()
        if any(state.note for state in of_month.values())
    }
