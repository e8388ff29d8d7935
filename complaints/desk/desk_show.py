"""Shows a case's page, from wherever something was sent to it."""

from uuid import UUID

from flask import render_template, request

from complaints.desk.acting import acting_role
from complaints.desk.desk_page import case_page
from complaints.desk.desk_steps import NOTHING_TRIED, Tried
from core import clock
from core.db import read_afresh, reader
from offices.access import signed_in
from offices.current import current_office


def show_case(number: str, tried: Tried = NOTHING_TRIED) -> str:
    """The page; what was `tried` and refused stands in it as it was filled in."""
    session = read_afresh() if tried.form else reader()
    role, ready = acting_role(signed_in()), _ready()
    page = case_page(session, current_office(), number, role, tried=tried, ready=ready, now=clock.now())
    return render_template("complaints/desk/case.html", page=page, report=page.report, tried=tried.form)


def _ready() -> UUID | None:
    """The ready answer chosen without a script; None where there is none."""
    try:
        return UUID(request.args.get("siap", ""))
    except ValueError:
        return None
