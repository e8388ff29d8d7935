"""The desk of paper: both entries of a pile side by side, and the pile counted."""

from http import HTTPStatus
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core import clock
from core.db import read_afresh, reader
from offices.access import signature, signed_in, staff_blueprint
from offices.forms import ButtonForm
from offices.rights import Action
from survey.entry import paper, paper_compare, paper_import, paper_page
from survey.entry.paper_import import Taken

desk = staff_blueprint("survey_paper_compare", __name__, Action.ENTER_RATINGS)


@desk.get("/petugas/survei/kertas/<uuid:batch_id>/banding")
def overview(batch_id: UUID) -> ResponseReturnValue:
    """Where both entries differ, and what is missing."""
    return _overview(batch_id, ButtonForm(formdata=None))


@desk.route("/petugas/survei/kertas/<uuid:batch_id>/banding/<int:sheet>", methods=["GET", "POST"])
def decide(batch_id: UUID, sheet: int) -> ResponseReturnValue:
    """One form on which they differ: what stands on the paper."""
    at = paper_compare.place(reader(), signed_in(), batch_id, sheet)
    if at.form.validate_on_submit() and at.form.accepted(
        lambda: paper.decide(batch_id=batch_id, number=sheet, found=at.form.given(), **signature())
    ):
        flash(_("No. %(number)s diputuskan.", number=sheet), "success")
        following = paper_compare.next_open(read_afresh(), at.pile, signature())
        return redirect(following, HTTPStatus.SEE_OTHER)
    return paper_compare.shown(reader(), at), at.form.status


@desk.post("/petugas/survei/kertas/<uuid:batch_id>/masukkan")
def take_in(batch_id: UUID) -> ResponseReturnValue:
    """Count the pile."""
    form = ButtonForm()
    taken: list[Taken] = []
    if form.validate() and form.accepted(lambda: taken.append(paper_import.take_in(batch_id=batch_id, **signature()))):
        words = _(
            "%(count)s penilaian masuk hitungan. Angkanya tampil sesudah hitungan malam ini.", count=taken[0].imported
        )
        flash(words, "success")
        return redirect(url_for("survey_paper.pile", batch_id=batch_id), HTTPStatus.SEE_OTHER)
    return _overview(batch_id, form), form.status


def _overview(batch_id: UUID, form: ButtonForm) -> str:
    session, office_id = read_afresh(), signed_in().office_id
    found = paper_page.pile(session, office_id, batch_id)
    compared = paper_page.compared(session, office_id, batch_id, clock.now())
    names = paper_compare.field_names(session, office_id, found)
    return render_template(
        "survey/paper_compare.html", pile=found, told=paper_page.told(found), compared=compared, names=names, form=form
    )
