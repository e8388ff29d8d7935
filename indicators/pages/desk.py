"""The Sekcam's pages: the month, the calculation of each figure, the rows behind it, the nightly runs."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask import Response, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from complaints.terms import Exclusion
from core import clock, jobs
from core.calendar import Month
from core.db import reader
from core.errors import or_none
from core.periods import Period
from indicators import rows
from indicators.months import export, summary
from indicators.months.results import Summary
from indicators.pages import page
from indicators.rows import PAGE, Behind, Only
from indicators.sheet import Indicator
from offices.access import staff_blueprint
from offices.current import current_office
from offices.roles import EVERYONE, OPERATORS
from survey.figures import behind
from survey.figures.behind import Chosen, RatingRow

desk = staff_blueprint("summary", __name__, EVERYONE)
runs = staff_blueprint("nightly_runs", __name__, OPERATORS)
LAST_SEQ = 2**63 - 1


@desk.get("/ringkasan/")
def latest() -> AnyResponse:
    """The newest month that has ended."""
    return redirect(url_for("summary.month", month=Month.of(clock.now()).previous()))


@desk.get("/ringkasan/<month>")
def month(month: str) -> str:
    """The six rows of the sheet for a month."""
    found = _summary(month)
    return render_template("indicators/month.html", page=page.month_page(found, clock.now()), summary=found)


@desk.get("/ringkasan/<month>.json")
def month_json(month: str) -> Response:
    """The same for programs."""
    return jsonify(export.as_json(_summary(month)))


@desk.get("/ringkasan/<month>/ikm")
def survey_calculation(month: str) -> str:
    """How indicator 2 was computed; `jangka=tahun` for the year to date."""
    found, to_date = _summary(month), _is_to_date()
    survey = found.survey_to_date if to_date else found.survey
    line = found.line(Indicator.IKM)
    return render_template("indicators/ikm.html", summary=found, survey=survey, to_date=to_date, line=line, page=page)


@desk.get("/ringkasan/<month>/ikm/penilaian")
def ratings(month: str) -> str:
    """The ratings behind indicator 2, a hundred a page; `layanan` for those of one service."""
    period, after, service = _period(month), _uuid(request.args.get("sesudah")), request.args.get("layanan")
    counted_at = summary.counted_at(reader())
    found = _ratings(period, after, service, counted_at)
    shown = {"month": period.last, "service": service, "to_date": _is_to_date(), "counted_at": counted_at}
    return render_template("indicators/ratings.html", **shown, ratings=found, page=page, full=PAGE)


def _ratings(
    period: Period, after: UUID | None, service: str | None, counted_at: datetime | None
) -> Sequence[RatingRow]:
    """Nothing before the first night has counted."""
    if counted_at is None:
        return []
    chosen = Chosen(services=None if service is None else frozenset({service}))
    return behind.ratings(reader(), current_office().id, period, chosen, counted_at, PAGE, after)


@desk.get("/ringkasan/<month>/penyelesaian")
def order_calculation(month: str) -> str:
    """How indicator 4 was computed; `jangka=tahun` for the year to date."""
    found, to_date = _summary(month), _is_to_date()
    order = found.order_to_date if to_date else found.order
    line = found.line(Indicator.SETTLEMENT)
    return render_template("indicators/order.html", summary=found, order=order, to_date=to_date, line=line, page=page)


@desk.get("/ringkasan/<month>/penyelesaian/<figure>")
def reports(month: str, figure: str) -> str:
    """The reports behind a figure of indicator 4, a hundred a page; `sebab` for one kind of exclusion."""
    if figure not in set(Behind):
        abort(404)
    period, kind, after = _period(month), _kind(request.args.get("sebab")), _seq(request.args.get("sesudah"))
    counted = summary.counted(reader(), current_office().id, period.last)
    found = counted and rows.behind(reader(), counted, period, Behind(figure), Only(kind), after)
    return render_template(
        "indicators/reports.html",
        month=period.last,
        figure=Behind(figure),
        kind=kind,
        reports=found or [],
        to_date=_is_to_date(),
        counted_at=counted and counted.recorded_by,
        page=page,
        full=PAGE,
    )


@runs.get("/pengaturan/malam")
def nightly_runs() -> str:
    """The last sixty nightly runs."""
    return render_template("indicators/runs.html", runs=jobs.recent_runs(reader()))


def _summary(month: str) -> Summary:
    return summary.build(reader(), current_office(), Period.of(_month(month)))


def _month(text: str) -> Month:
    """The month of the address; 404 when it is none, or has not begun."""
    found = or_none(Month.parse, text)
    if found is None or found > Month.of(clock.now()):
        abort(404)
    return found


def _is_to_date() -> bool:
    return request.args.get("jangka") == "tahun"


def _period(month: str) -> Period:
    alone, to_date = summary.periods(_month(month))
    return to_date if _is_to_date() else alone


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        abort(404)


def _seq(text: str | None) -> int:
    """Where a page of events goes on; 404 for what no event can be numbered."""
    if not text:
        return 0
    if not text.isascii() or not text.isdigit() or int(text) > LAST_SEQ:
        abort(404)
    return int(text)


def _kind(text: str | None) -> Exclusion | None:
    if text is not None and text not in set(Exclusion):
        abort(404)
    return Exclusion(text) if text else None
