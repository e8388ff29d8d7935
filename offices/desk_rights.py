"""Settings page: the table of rights in words."""

from flask import render_template
from flask.typing import ResponseReturnValue

from core.db import reader
from offices import queries, rights_words
from offices.access import signed_in, staff_blueprint
from offices.rights import Action

desk = staff_blueprint("offices_rights", __name__, Action.READ_RIGHTS)


@desk.get("/pengaturan/hak")
def show() -> ResponseReturnValue:
    """Who may do what."""
    sections = {row.key: row.name for row in queries.sections(reader(), signed_in().office_id)}
    return render_template("offices/rights.html", parts=rights_words.parts(sections))
