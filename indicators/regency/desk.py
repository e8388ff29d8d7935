"""The page of who looks after a regency: all its offices in one table and on one map, their totals alone."""

from flask import Response, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core import clock
from core.calendar import Month
from core.db import reader
from core.tabular import XLSX_TYPE
from indicators.asked import asked_period, is_to_date
from indicators.published.data import as_csv
from indicators.regency import building, export, maps, page, queries, results
from indicators.regency.results import Table
from offices.access import staff_blueprint
from offices.current import current_office
from offices.rights import Action

desk = staff_blueprint("regency", __name__, Action.OVERSEE_REGENCY)


@desk.get("/kabupaten/")
def latest() -> AnyResponse:
    """The newest month that has ended."""
    return redirect(url_for(".period", period=Month.of(clock.now()).previous()))


@desk.get("/kabupaten/<period>")
def period(period: str) -> str:
    """All offices in a period: `urut` says in which order, `peta` which indicator the map shows."""
    order, mapped = _asked("urut", page.BY_CODE, page.ORDERS), _asked("peta", "iku-2", page.KEYS)
    table = _table(period)
    offices = queries.offices(reader(), table.regency)
    drawn = maps.drawing(offices, lambda: queries.outlines(reader(), table.regency))
    return render_template(
        "indicators/regency.html",
        table=table,
        page=page.regency_page(table, order, page.KEYS[mapped], clock.now(), to_date=is_to_date()),
        map=drawn,
        unknown=maps.unknown(offices, drawn),
        chosen={"urut": order, "peta": mapped, "jangka": "tahun" if is_to_date() else None},
        words=page,
        least=results,
    )


@desk.get("/kabupaten/<period>.csv")
def period_csv(period: str) -> Response:
    """The same as a sheet."""
    table = _table(period)
    return as_csv(f"kabupaten-{table.period}.csv", export.FIELDS, export.rows(table))


@desk.get("/kabupaten/<period>.json")
def period_json(period: str) -> Response:
    """The same for programs."""
    return jsonify(export.as_json(_table(period)))


@desk.get("/kabupaten/<period>.xlsx")
def period_xlsx(period: str) -> Response:
    """The same as a workbook."""
    table = _table(period)
    answer = Response(export.xlsx(table), mimetype=XLSX_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=f"kabupaten-{table.period}.xlsx")
    return answer


def _table(period: str) -> Table:
    return building.build(reader(), current_office().regency, asked_period(period))


def _asked(name: str, usual: str, known: object) -> str:
    """What the address asks for by this name; 404 for what there is not."""
    found = request.args.get(name) or usual
    if found not in known:  # type: ignore[operator]
        abort(404)
    return found
