"""The page of a year's targets: what is set, by whom and when, and what was."""

from collections.abc import Sequence

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core import clock
from core.calendar import wib_day
from core.csv_files import csv_answer
from core.db import reader
from indicators import targets
from indicators.models import Target
from indicators.registers.targets_forms import Stored, TargetsForm, opened_with, quarter_word
from indicators.sheet import ROWS, SHEET
from offices import queries
from offices.access import asks_for, signature, signed_in, staff_blueprint
from offices.rights import Action

COLUMNS = ("year", "quarter", "indicator", "value", "set_by", "set_at")  # quarter 0: the whole year
desk = staff_blueprint("targets", __name__, Action.SET_TARGETS)


@desk.route("/pengaturan/target", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """The targets of a year. Those that were emptied are taken back only once that is confirmed."""
    year, stored = _year(), targets.in_force(_history())
    form = TargetsForm(data=opened_with(stored))
    if not form.validate_on_submit() or not form.agrees_with(stored):
        return _page(form, stored, {})
    changes = form.changes()
    taken_back = {cell: stored[cell] for cell, value in changes.items() if value is None and cell in stored}
    if form.confirmed(taken_back) and form.accepted(
        lambda: targets.set_targets(year=year, values=changes, **signature())
    ):
        flash(_("Target disimpan.") if changes else _("Tidak ada yang berubah."), "success")
        return redirect(url_for(".show", tahun=year))
    return _page(form, stored, taken_back)


@desk.get("/pengaturan/target.csv")
@asks_for(Action.SET_TARGETS, Action.READ_TRAIL)
def as_csv() -> Response:
    """Every target that was ever set, of all years, for auditors; without a value: taken back."""
    rows = targets.all_set(reader(), signed_in().office_id)
    return csv_answer("target.csv", COLUMNS, ([getattr(row, name) for name in COLUMNS] for row in rows))


def _page(form: TargetsForm, stored: Stored, taken_back: Stored) -> ResponseReturnValue:
    shown = {"stored": stored, "taken_back": taken_back, "history": _history(), "year": _year()}
    people = queries.people(reader(), signed_in().office_id)
    page = render_template(
        "indicators/targets.html",
        form=form,
        sheet=SHEET,
        quarters=targets.QUARTERS,
        quarter_word=quarter_word,
        heads=[quarter_word(quarter) for quarter in targets.QUARTERS],
        people=people,
        day_of=wib_day,
        sheet_rows=ROWS,
        names={row.key.value: row.name for row in SHEET},
        **shown,
    )
    return page, form.status


def _history() -> Sequence[Target]:
    return targets.history(reader(), signed_in().office_id, _year())


def _year() -> int:
    """The year asked for, else this one."""
    asked = request.args.get("tahun", type=int)
    return asked if asked and asked in targets.YEARS else wib_day(clock.now()).year
