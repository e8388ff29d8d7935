"""The Sekcam's pages: a period, the calculation of what is counted from survey and reports, the nightly runs."""

from flask import Response, jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from complaints.desk import desk_queries
from core import clock, jobs
from core.calendar import Month
from core.db import reader
from indicators.locks import queries as locks
from indicators.locks.shown import Shown, shown
from indicators.months import export
from indicators.months.reading import around
from indicators.pages import below_page, page, words
from indicators.pages.place import Place, asked_place
from indicators.registers import note_queries
from indicators.registers import queries as registers
from indicators.sheet import Indicator
from offices.access import signed_in, staff_blueprint
from offices.current import current_office
from offices.rights import Action

desk = staff_blueprint("summary", __name__, Action.READ_SUMMARY)
runs = staff_blueprint("nightly_runs", __name__, Action.MANAGE_SYSTEMS)


@desk.get("/ringkasan/")
def latest() -> AnyResponse:
    """The newest month that has ended."""
    return redirect(url_for("summary.show", period=Month.of(clock.now()).previous()))


@desk.get("/ringkasan/<period>")
def show(period: str) -> str:
    """The six rows of the sheet, and what stands behind them; `jangka`, `pada` and `versi` as in Place."""
    place, session, office = asked_place(period), reader(), current_office()
    found, now = _shown(place), clock.now()
    recorded_by = found.lock.locked_at if found.lock else place.as_of
    counted_by = found.counted_by(place.as_of)
    states = note_queries.states(session, office.id, place.period.last, recorded_by)
    entries = registers.entries(session, office.id, around(place.period), counted_by)
    locked = len(locks.locked_months(session, office.id, place.period, place.as_of))
    names = {str(key): name for key, name in desk_queries.staff_names(session, office.id).items()}
    return render_template(
        "indicators/month.html",
        place=place,
        shown=found,
        summary=found.whole.summary,
        breakdown=found.whole.breakdown,
        top=page.top(place, found, states, entries, locked, now),
        below=below_page.below(office, place, found, states, names, signed_in(), now),
        page=page,
    )


@desk.get("/ringkasan/<period>.json")
def month_json(period: str) -> Response:
    """The same for programs."""
    found = _shown(asked_place(period))
    return jsonify(export.as_json(found.whole.summary, found.version))


@desk.get("/ringkasan/<period>/ikm")
def survey_calculation(period: str) -> str:
    """How indicator 2 was computed."""
    return _calculation("indicators/ikm.html", period, Indicator.IKM)


@desk.get("/ringkasan/<period>/penyelesaian")
def order_calculation(period: str) -> str:
    """How indicator 4 was computed."""
    return _calculation("indicators/order.html", period, Indicator.SETTLEMENT)


@runs.get("/pengaturan/malam")
def nightly_runs() -> str:
    """The last sixty nightly runs."""
    return render_template("indicators/runs.html", runs=jobs.recent_runs(reader()))


def _calculation(template: str, period: str, key: Indicator) -> str:
    place = asked_place(period)
    found = _shown(place)
    summary = found.whole.summary
    outside = words.outside_words(summary)
    return render_template(
        template, place=place, shown=found, summary=summary, line=summary.line(key), outside=outside, page=page
    )


def _shown(place: Place) -> Shown:
    return shown(reader(), current_office(), place.period, place.version, place.as_of)
