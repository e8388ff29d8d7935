"""What the figures of a period rest on, in one canonical form, and its SHA-256 (docs/adr/0031-locked-months.md).

The form is counted from the source rows as of a moment, so that anybody who has them can make the hash again. A change
of the form makes every earlier hash unprovable: write a new one beside it instead, with a number of its own.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core import rollup
from core.periods import Period
from indicators.months import storing
from indicators.months.reading import Read, around, read
from indicators.recount import move_counts
from indicators.registers.values import Entries
from offices.models import Office

FORM = 1
MOVE_COLUMNS = ("move", "category_code", "village_code", "source", "exclusion")
MOVE_SUMS = ("moves", "first_closes", "confirmed", "disputed")
VERSION = ("id", "entry_id", "file_id", "recorded_at")
REGISTERS: Mapping[str, tuple[str, ...]] = {
    "documents": (*VERSION, "year", "kind", "dated", "approved_on"),
    "activities": (*VERSION, "planned_on", "held_on", "village_code", "participants"),
    "reviews": (*VERSION, "year", "reviewed_on", "score"),
    "programme": (*VERSION, "year", "unit", "target", "direction"),
    "realisations": (*VERSION, "year", "indicator_id", "measured_on", "value"),
    "outside": (*VERSION, "year", "period", "value", "respondents", "seen_on"),
}
Table = list[list[object]]


def hash_of_inputs(session: Session, office: Office, period: Period, as_of: datetime) -> str:
    """SHA-256 of the canonical text, as hexadecimal letters."""
    return storing.hash_of(text_of_inputs(session, office, period, as_of))


def text_of_inputs(session: Session, office: Office, period: Period, as_of: datetime) -> str:
    """JSON without spaces, keys and rows in order; days and moments in ISO form (UTC), decimals as text."""
    found = read(session, office, period, as_of)
    tables: dict[str, object] = {
        "form": FORM,
        "office": office.code,
        "period": str(period),
        "ratings": _table((row.month, row.service_code, row.edition_code, *row.counts) for row in found.services),
        "groups": _table(
            (row.month, row.dimension.value, row.value, row.edition_code, *row.counts) for row in found.groups
        ),
        "visits": _table((service, day, visits) for (service, day), visits in found.visits.items()),
        "moves": _moves(session, office.id, period, as_of),
        "opening": found.opening,
        "targets": _table((key, quarter, value) for (key, quarter), value in found.targets.items()),
        "settings": _settings(found),
        "registers": _registers(found.entries),
    }
    return json.dumps(tables, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _moves(session: Session, office_id: int, period: Period, as_of: datetime) -> Table:
    """Counted by month of receipt, month of the move and what the report is."""
    days = move_counts(recorded_by=as_of).subquery()
    received, moved = rollup.month_of(days.c.received_day), rollup.month_of(days.c.move_day)
    keys = (received, moved, *(days.c[name] for name in MOVE_COLUMNS))
    first, last = around(period).texts
    touched = sa.or_(received.between(first, last), moved.between(first, last))
    chosen = sa.select(*keys, *(sa.func.sum(days.c[name]) for name in MOVE_SUMS))
    rows = session.execute(chosen.where(days.c.office_id == office_id, touched).group_by(*keys))
    split = len(keys)
    return _table((*row[:split], *map(int, row[split:])) for row in rows)


def _settings(found: Read) -> Table:
    """Those that were set, in the order in which they override one another."""
    return [[_plain(cell) for cell in (row.key, row.value, row.valid_from, row.set_at)] for row in found.settings]


def _registers(entries: Entries) -> dict[str, Table]:
    """The version of each entry that counted."""
    return {
        name: _table(tuple(getattr(row, column) for column in columns) for row in getattr(entries, name))
        for name, columns in REGISTERS.items()
    }


def _table(rows: Iterable[Sequence[object]]) -> Table:
    plain = [[_plain(cell) for cell in row] for row in rows]
    return sorted(plain, key=json.dumps)


def _plain(cell: object) -> object:
    """As JSON can say it, exactly."""
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, Decimal | UUID) else cell
