"""The survey's documents for staff: the report as PDF, DOCX and XLSX, and the poster."""

from io import BytesIO

from flask import Response, abort, request, send_file

from core import clock
from core.calendar import Month
from core.db import reader
from core.errors import Refused
from core.periods import Period
from offices.access import staff_blueprint
from offices.current import current_office
from offices.roles import EVERYONE
from survey.figures import building
from survey.figures.results import Figures
from survey.reports import as_docx, as_pdf, as_xlsx, content, gathering, poster, rows
from survey.reports.material import Material

desk = staff_blueprint("survey_reports", __name__, EVERYONE)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@desk.get("/survei-skm/<period>.pdf")
def report_pdf(period: str) -> Response:
    """The SKM report to print and sign."""
    made = as_pdf.made(content.compose(_material(period)))
    return send_file(BytesIO(made), "application/pdf", download_name=f"laporan-skm-{period}.pdf")


@desk.get("/survei-skm/<period>.docx")
def report_docx(period: str) -> Response:
    """The same to edit."""
    made = as_docx.made(content.compose(_material(period)))
    return send_file(BytesIO(made), WORD, as_attachment=True, download_name=f"laporan-skm-{period}.docx")


@desk.get("/survei-skm/<period>.xlsx")
def report_xlsx(period: str) -> Response:
    """The same as a workbook, with every respondent."""
    material = _material(period)
    respondents = rows.respondents(reader(), current_office().id, material.figures)
    made = as_xlsx.made(content.compose(material), material.figures, respondents)
    return send_file(made, EXCEL, as_attachment=True, download_name=f"laporan-skm-{period}.xlsx")


@desk.get("/survei-skm/<period>/poster.pdf")
def poster_pdf(period: str) -> Response:
    """The poster; `kertas` is a4 or a3."""
    made = poster.pdf(_figures(period), current_office(), request.args.get("kertas", poster.PAPERS[0]))
    return send_file(BytesIO(made), "application/pdf", download_name=f"poster-ikm-{period}.pdf")


@desk.get("/survei-skm/<period>/poster.png")
def poster_png(period: str) -> Response:
    """The square picture."""
    made = poster.png(_figures(period), current_office())
    return send_file(BytesIO(made), "image/png", download_name=f"ikm-{period}.png")


def _period(text: str) -> Period:
    """The period in the address; 404 when it is none, or has not begun."""
    try:
        found = Period.parse(text)
    except Refused:
        abort(404)
    if found.first > Month.of(clock.now()):
        abort(404)
    return found


def _material(text: str) -> Material:
    return gathering.gather(reader(), current_office(), _period(text), clock.now())


def _figures(text: str) -> Figures:
    return building.build(reader(), current_office(), _period(text))
