"""The desk of paper: form after form of a pile is entered, twice."""

from http import HTTPStatus
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.db import reader
from offices.access import signature, signed_in, staff_blueprint
from offices.forms import ButtonForm
from offices.rights import Action
from survey.entry import paper, paper_entry_page, paper_queries

desk = staff_blueprint("survey_paper_entry", __name__, Action.ENTER_RATINGS)


@desk.get("/petugas/survei/kertas/<uuid:batch_id>/isi/<int:turn>")
def go_on(batch_id: UUID, turn: int) -> ResponseReturnValue:
    """To the form that is next."""
    session, office_id = reader(), signed_in().office_id
    paper_queries.pile(session, office_id, batch_id)
    number = paper_queries.next_number(session, office_id, batch_id, paper_entry_page.turn_of(turn))
    if number is None:
        return redirect(url_for("survey_paper_compare.overview", batch_id=batch_id))
    return redirect(url_for(".sheet", batch_id=batch_id, turn=turn, sheet=number))


@desk.route("/petugas/survei/kertas/<uuid:batch_id>/isi/<int:turn>/<int:sheet>", methods=["GET", "POST"])
def sheet(batch_id: UUID, turn: int, sheet: int) -> ResponseReturnValue:
    """One form, read off the paper."""
    session, office_id = reader(), signed_in().office_id
    at = paper_entry_page.place(session, signed_in(), batch_id, turn, sheet)
    form = paper_entry_page.blank(session, office_id, at.pile, at.known)
    if not form.validate_on_submit():
        return paper_entry_page.shown(session, office_id, at, form)
    return paper_entry_page.keep(at, form, signature())


@desk.post("/petugas/survei/kertas/<uuid:batch_id>/isi/<int:turn>/<int:sheet>/hapus")
def remove(batch_id: UUID, turn: int, sheet: int) -> ResponseReturnValue:
    """Take a number out of an entry."""
    form = ButtonForm()
    if form.validate() and form.accepted(
        lambda: paper.remove(batch_id=batch_id, turn=paper_entry_page.turn_of(turn), number=sheet, **signature())
    ):
        flash(_("No. %(number)s dihapus dari masukan ini.", number=sheet), "success")
    else:
        flash(_("Belum dihapus. Coba sekali lagi."), "warning")
    return redirect(url_for("survey_paper.pile", batch_id=batch_id), HTTPStatus.SEE_OTHER)


@desk.post("/petugas/survei/kertas/<uuid:batch_id>/selesai")
def finish(batch_id: UUID) -> ResponseReturnValue:
    """The first entry is done; the second one may begin."""
    form = ButtonForm()
    if form.validate() and form.accepted(lambda: paper.finish_first(batch_id=batch_id, **signature())):
        flash(
            _("Masukan pertama selesai. Sekarang tumpukan ini dimasukkan sekali lagi, sebaiknya oleh orang lain."),
            "success",
        )
    for words in form.form_errors:
        flash(words, "warning")
    return redirect(url_for("survey_paper.pile", batch_id=batch_id), HTTPStatus.SEE_OTHER)
