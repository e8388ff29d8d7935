"""Ratings one by one for those who answer for the survey: CSV, XLSX and SPSS."""

from flask import Response, render_template, send_file
from werkzeug.wrappers import Response as AnyResponse

from core.csv_files import csv_answer
from core.db import reader
from core.periods import Period
from core.tabular import XLSX_TYPE
from offices.access import signature, signed_in, staff_blueprint
from offices.rights import Action
from offices.signin.gate import delicate
from survey.editing import export, exporting, respondents, sav_making
from survey.editing.export import Parts
from survey.editing.respondents import Column
from survey.figures.asked import period_of

desk = staff_blueprint("survey_export", __name__, Action.EXPORT_RATINGS)
SAV = "application/x-spss-sav"


@desk.get("/survei-skm/<period>/responden")
def page(period: str) -> str:
    """What the files hold, and that they are confidential."""
    found = period_of(period)
    columns, _rows = _asked(found)
    return render_template("survey/edition_export.html", period=found, columns=columns, secret=export.SECRET)


@desk.get("/survei-skm/<period>/responden.csv")
@delicate
def as_csv(period: str) -> Response:
    """Every rating of the period, sent as it is read."""
    found = period_of(period)
    exporting.note(period=found, form="CSV", **signature())
    columns, parts = _asked(found)
    return csv_answer(_file_name(found, "csv"), export.heading(columns), export.rows(columns, parts))


@desk.get("/survei-skm/<period>/responden.xlsx")
@delicate
def as_xlsx(period: str) -> AnyResponse:
    """The same as a workbook, with what its columns mean."""
    found = period_of(period)
    file = export.xlsx(*_asked(found))
    exporting.note(period=found, form="XLSX", **signature())
    return send_file(file, XLSX_TYPE, as_attachment=True, download_name=_file_name(found, "xlsx"))


@desk.get("/survei-skm/<period>/responden.sav")
@delicate
def as_sav(period: str) -> AnyResponse:
    """The same for SPSS, with labels."""
    found = period_of(period)
    file = sav_making.sav(*_asked(found), f"SKM {found.long}")
    exporting.note(period=found, form="SPSS", **signature())
    return send_file(file, SAV, as_attachment=True, download_name=_file_name(found, "sav"))


def _asked(period: Period) -> tuple[list[Column], Parts]:
    office_id = signed_in().office_id
    return respondents.columns(reader(), office_id, period), respondents.parts(reader(), office_id, period)


def _file_name(period: Period, form: str) -> str:
    return f"responden-rahasia-{period}.{form}"
