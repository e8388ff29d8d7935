"""The survey's figures for staff: a period, the calculation of each figure, the ratings behind it."""

from io import BytesIO
from uuid import UUID

from flask import Response, abort, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from core import clock
from core.calendar import Month
from core.db import reader
from core.tabular import XLSX_TYPE
from offices.access import staff_blueprint
from offices.current import current_office
from offices.rights import Action
from survey.figures import behind, books, building, calculation, page, queries
from survey.figures.asked import figures_of
from survey.figures.calculation import Calculation
from survey.figures.results import Figures, Scored
from survey.figures.workbook import MOST_ROWS

desk = staff_blueprint("figures", __name__, Action.READ_SURVEY)


@desk.get("/survei-skm/")
def latest() -> AnyResponse:
    """The newest ended month with figures; without any, the newest ended one."""
    running = Month.of(clock.now())
    newest = queries.newest_month(reader(), current_office().id, running)
    return redirect(url_for("figures.period", period=newest or running.previous()))


@desk.get("/survei-skm/<period>")
def period(period: str) -> str:
    """The figures of a month, quarter, half-year or year; `layanan` and `dengan`: two services side by side."""
    found = figures_of(period)
    earlier = building.build(reader(), current_office(), found.period.previous())
    return render_template(
        "survey/figures.html",
        figures=found,
        earlier=earlier,
        shown=page.figures_page(found, earlier, clock.now()),
        reviewed=queries.reviewed_since(reader(), current_office().id, found.period, found.as_of),
        difference=_difference(found),
        page=page,
    )


@desk.get("/survei-skm/<period>/perhitungan/<what>")
def figure(period: str, what: str) -> str:
    """The formula of one figure with its numbers."""
    figures = figures_of(period)
    found = _calculation(figures, what)
    return render_template(
        "survey/figures_calculation.html",
        figures=figures,
        found=found,
        margin=calculation.margin(found),
        answers=calculation.answers_of(figures, found),
        most=MOST_ROWS,
        page=page,
    )


@desk.get("/survei-skm/<period>/perhitungan/<what>.xlsx")
def figure_xlsx(period: str, what: str) -> Response:
    """The same as a spreadsheet that computes it again."""
    figures = figures_of(period)
    content = books.of(reader(), current_office(), figures, _calculation(figures, what))
    name = f"perhitungan-{what}-{figures.period}.xlsx"
    return send_file(BytesIO(content), XLSX_TYPE, as_attachment=True, download_name=name)


@desk.get("/survei-skm/<period>/perhitungan/<what>/penilaian")
def ratings(period: str, what: str) -> str:
    """The ratings behind a figure, a hundred a page, without what respondents said of themselves."""
    figures = figures_of(period)
    found = _calculation(figures, what)
    if found.chosen is None:
        abort(404)
    rows = [] if figures.as_of is None else behind.ratings(
        reader(), current_office().id, figures.period, found.chosen, figures.as_of, behind.PAGE, _after()
    )  # fmt: skip
    return render_template(
        "survey/figures_ratings.html", figures=figures, found=found, rows=rows, full=behind.PAGE, page=page
    )


def _calculation(figures: Figures, what: str) -> Calculation:
    return calculation.find(figures, what) or abort(404)


def _difference(figures: Figures) -> str:
    """The two services of the address compared, in words; "" unless both are known and not the same."""
    first, second = (_service(figures, request.args.get(name)) for name in ("layanan", "dengan"))
    if first is None or second is None or first is second:
        return ""
    return page.difference_words(first, second, figures)


def _service(figures: Figures, code: str | None) -> Scored | None:
    return next((row for row in figures.services if row.code == code), None)


def _after() -> UUID | None:
    text = request.args.get("sesudah")
    try:
        return UUID(text) if text else None
    except ValueError:
        abort(404)
