"""What the office publishes: satisfaction and settlement of ended months, in plain words."""

import csv
import io

from flask import Blueprint, Response, abort, jsonify, render_template

from core import clock
from core.calendar import Month
from core.db import reader
from core.errors import Refused
from core.figures import decimal_string
from indicators import page, queries, summary
from indicators.results import Summary
from offices.current import current_office

public = Blueprint("results", __name__)
COLUMNS = (
    "month", "provisional", "ikm", "grade", "respondents", "received", "settled", "percent_settled",
)  # fmt: skip


@public.get("/hasil")
def months() -> str:
    """All ended months that have figures, the newest first."""
    running = str(Month.of(clock.now()))
    known = queries.months_with_figures(reader(), current_office().id)
    ended = [Month.parse(month) for month in known if month < running]
    return render_template("indicators/results.html", months=ended)


@public.get("/hasil/<month>")
def month(month: str) -> str:
    """One ended month."""
    found = _summary(month)
    return render_template("indicators/result.html", summary=found, page=page, row=_row(found))


@public.get("/hasil/<month>.json")
def month_json(month: str) -> Response:
    """The same for programs."""
    return jsonify(_row(_summary(month)))


@public.get("/hasil/<month>.csv")
def month_csv(month: str) -> Response:
    """The same as a sheet of one row."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerow(_row(_summary(month)))
    return Response(text.getvalue(), mimetype="text/csv")


def _summary(text: str) -> Summary:
    """The month's summary; 404 for what is no month, or has not ended."""
    try:
        month = Month.parse(text)
    except Refused:
        abort(404)
    if month >= Month.of(clock.now()):
        abort(404)
    return summary.build(reader(), current_office(), month)


def _row(found: Summary) -> dict[str, object]:
    """The published figures. Provisional until the month is locked, which no month is yet."""
    index, counts = found.survey.index, found.order.settlement
    return {
        "month": str(found.month),
        "provisional": True,
        "ikm": decimal_string(index.value),
        "grade": index.grade,
        "respondents": index.respondents,
        "received": counts.received,
        "settled": counts.settled,
        "percent_settled": decimal_string(counts.percent),
    }
