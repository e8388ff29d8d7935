"""The page on which any two periods are compared."""

from flask import render_template, request
from flask_babel import gettext as _

from core import clock
from core.calendar import Month
from core.db import reader
from core.errors import or_none
from core.periods import Period
from indicators.locks.shown import shown
from indicators.months import comparing
from indicators.pages import compare
from offices.access import staff_blueprint
from offices.current import current_office
from offices.rights import Action

desk = staff_blueprint("summary_compare", __name__, Action.READ_SUMMARY)


@desk.get("/ringkasan/banding")
def show() -> str:
    """`a` and `b` are two periods; without them the two newest months that have ended."""
    this_month = Month.of(clock.now())
    asked = {"a": this_month.minus(2), "b": this_month.previous()}
    typed = {name: request.args.get(name) or str(month) for name, month in asked.items()}
    periods = {name: _period(text, this_month) for name, text in typed.items()}
    known = [period for period in periods.values() if period is not None]
    wrong = [typed[name] for name, period in periods.items() if period is None]
    error = _("Masa %(text)s tidak ada, atau belum mulai. Pilih dari daftar.", text=", ".join(wrong)) if wrong else ""
    return render_template(
        "indicators/compare.html",
        typed=typed,
        choices=compare.choices(known, this_month),
        found=_compared(known[0], known[1]) if len(known) == len(periods) else None,
        page=compare,
        error=error,
    )


def _compared(before: Period, after: Period) -> compare.Compared:
    session, office = reader(), current_office()
    sides = [shown(session, office, each) for each in (before, after)]
    one, other = (side.counted_by(None) for side in sides)
    proof = comparing.proof(session, office, sides[0].whole, sides[1].whole, (one, other))
    return compare.compared(sides[0].whole, sides[1].whole, proof)


def _period(text: str, this_month: Month) -> Period | None:
    found = or_none(compare.parse, text)
    return found if found and found.first <= this_month else None
