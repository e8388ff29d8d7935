"""Settings pages: the words that officers may begin an answer with."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from complaints import queries
from complaints.desk import case_queries, ready_answers
from complaints.desk.desk_case_forms import AnswerForm
from complaints.terms import MOVE_LABELS, Move
from core.db import reader
from core.forms import HouseForm
from offices.access import signature, signed_in, staff_blueprint
from offices.rights import Action

desk = staff_blueprint("complaints_answers", __name__, Action.MANAGE_MASTER_DATA)


@desk.get("/pengaturan/jawaban")
def listed() -> ResponseReturnValue:
    """All ready answers, by the move they are for."""
    found = case_queries.all_ready_answers(reader(), signed_in().office_id)
    moves = {move: _(MOVE_LABELS[move]) for move in Move}
    return render_template("complaints/desk/answers.html", rows=found, moves=moves)


@desk.route("/pengaturan/jawaban/baru", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """A new ready answer."""
    form = _form(position=len(case_queries.all_ready_answers(reader(), signed_in().office_id)) + 1)
    if form.validate_on_submit() and form.accepted(lambda: ready_answers.add(**form.values(), **signature())):
        flash(_("Jawaban siap ditambahkan."), "success")
        return redirect(url_for(".listed"))
    return render_template("complaints/desk/answer.html", form=form, answer=None), form.status


@desk.route("/pengaturan/jawaban/<uuid:answer_id>", methods=["GET", "POST"])
def edit(answer_id: UUID) -> ResponseReturnValue:
    """One ready answer."""
    found = case_queries.ready_answer(reader(), signed_in().office_id, answer_id)
    form = _form(
        move=Move(found.move),
        category=found.category_code or "",
        title=found.title,
        text=found.text,
        position=found.position,
    )
    if form.validate_on_submit() and form.accepted(
        lambda: ready_answers.edit(answer_id=answer_id, **form.values(), **signature())
    ):
        flash(_("Jawaban siap disimpan."), "success")
        return redirect(url_for(".listed"))
    return render_template("complaints/desk/answer.html", form=form, answer=found), form.status


@desk.post("/pengaturan/jawaban/<uuid:answer_id>/hapus")
def remove(answer_id: UUID) -> ResponseReturnValue:
    """Take it away."""
    form = HouseForm()  # for its token alone
    if not form.validate():
        flash(form.errors["csrf_token"][0], "warning")
        return redirect(url_for(".edit", answer_id=answer_id))
    ready_answers.remove(answer_id=answer_id, **signature())
    flash(_("Jawaban siap dihapus."), "success")
    return redirect(url_for(".listed"))


def _form(**values: object) -> AnswerForm:
    form = AnswerForm(**values)
    form.offer(queries.categories(reader(), signed_in().office_id))
    return form
