"""The survey's documents for staff: the report as PDF, DOCX and XLSX, and the poster."""

from io import BytesIO

from flask import Response, request, send_file

from core import clock
from core.db import reader
from core.tabular import XLSX_TYPE
from offices.access import staff_blueprint
from offices.current import current_office
from offices.papers import as_docx, as_pdf
from offices.rights import Action
from survey.figures.asked import figures_of, period_of
from survey.reports import as_xlsx, content, gathering, poster, rows
from survey.reports.material import Material

desk = staff_blueprint("survey_reports", __name__, Action.READ_SURVEY)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@desk.get("/survei-skm/<period>.pdf")
def report_pdf(period: str) -> Response:
    """The SKM report to print and sign."""
    material = _material(period)
    made = as_pdf.made(content.compose(material), content.TEMPLATE)
    return send_file(BytesIO(made), "application/pdf", download_name=f"laporan-skm-{material.figures.period}.pdf")


@desk.get("/survei-skm/<period>.docx")
def report_docx(period: str) -> Response:
    """The same to edit."""
    material = _material(period)
    made, name = as_docx.made(content.compose(material)), f"laporan-skm-{material.figures.period}.docx"
    return send_file(BytesIO(made), WORD, as_attachment=True, download_name=name)


@desk.get("/survei-skm/<period>.xlsx")
def report_xlsx(period: str) -> Response:
    """The same as a workbook, with every respondent."""
    material = _material(period)
    respondents = rows.respondents(reader(), current_office().id, material.figures)
    made = as_xlsx.made(content.compose(material), material.figures, respondents)
    name = f"laporan-skm-{material.figures.period}.xlsx"
    return send_file(made, XLSX_TYPE, as_attachment=True, download_name=name)


@desk.get("/survei-skm/<period>/poster.pdf")
def poster_pdf(period: str) -> Response:
    """The poster; `kertas` is a4 or a3."""
    figures = figures_of(period)
    made = poster.pdf(figures, current_office(), request.args.get("kertas", poster.PAPERS[0]))
    return send_file(BytesIO(made), "application/pdf", download_name=f"poster-ikm-{figures.period}.pdf")


@desk.get("/survei-skm/<period>/poster.png")
def poster_png(period: str) -> Response:
    """The square picture."""
    figures = figures_of(period)
    made = poster.png(figures, current_office())
    return send_file(BytesIO(made), "image/png", download_name=f"ikm-{figures.period}.png")


def _material(text: str) -> Material:
    return gathering.gather(reader(), current_office(), period_of(text), clock.now())
