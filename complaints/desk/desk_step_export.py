"""The file of all moves of a period."""

from flask import Response, abort

from complaints.desk import step_export
from core import clock
from core.calendar import Month
from core.csv_files import csv_answer
from core.db import reader
from core.errors import or_none
from core.periods import Period
from offices.access import signed_in, staff_blueprint
from offices.rights import Action

desk = staff_blueprint("step_export", __name__, Action.EXPORT_CASES)


@desk.get("/petugas/langkah/<period>.csv")
def as_csv(period: str) -> Response:
    """Every move made in the period."""
    found = or_none(Period.parse, period)
    if found is None or found.first > Month.of(clock.now()):
        abort(404)
    rows = step_export.rows(reader(), signed_in().office_id, found)
    return csv_answer(f"langkah-laporan-{found}.csv", step_export.COLUMNS, rows)
