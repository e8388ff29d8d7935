"""The desk of Seksi Trantib: one report's page, and the moves made on it."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from flask import abort, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from complaints import queries
from complaints.desk import case_queries, desk_proofs, desk_queries, desk_words, moves
from complaints.desk.acting import acting_role
from complaints.desk.desk_forms import MoveForm
from complaints.desk.desk_show import show_case
from complaints.desk.desk_steps import MADE_HERE, Tried
from complaints.pictures import proofs
from complaints.terms import Move
from core import clock
from core.db import read_afresh, reader
from offices.access import signed_in, staff_blueprint
from offices.current import current_office
from offices.rights import Action

desk = staff_blueprint("desk", __name__, Action.READ_CASES)
desk_moves = staff_blueprint("desk_moves", __name__, Action.HANDLE_CASES)


@desk.get("/petugas/laporan/<number>")
def case(number: str) -> str:
    """Everything the office knows of one report, and what can be done now."""
    return show_case(number)


@desk_moves.post("/petugas/laporan/<number>/<step>")
def make_move(number: str, step: str) -> Response | tuple[str, int]:
    """Make a move, or show the page again with what was typed and what to mend."""
    if step not in MADE_HERE:
        abort(HTTPStatus.NOT_FOUND)
    form, now = _form(Move(step)), clock.now()
    if form.move is Move.SETTLE:
        desk_proofs.attach(number, form, now=now)
    if form.validate() and form.accepted(lambda: _move(number, form, now)):
        flash(_("Langkah “%(step)s” sudah tersimpan.", step=form.title), "success")
        _tell_new_due_day(number, now)
        return redirect(url_for("desk.case", number=number), HTTPStatus.SEE_OTHER)
    return show_case(number, Tried(move=form)), form.status


@desk_moves.post("/petugas/laporan/<number>/bukti/<uuid:photo_id>/lepas")
def remove_proof(number: str, photo_id: UUID) -> Response | tuple[str, int]:
    """Take away a proof that was attached by mistake; what else the settling's form holds stays in it."""
    form, now = _form(Move.SETTLE), clock.now()
    if form.is_fresh() and form.accepted(lambda: _remove(number, photo_id, now)):
        flash(_("Foto bukti sudah dilepas dan dihapus."), "success")
        desk_proofs.attach(number, form, now=now)
        form.photos.validate(form)
    elif not form.is_fresh():
        form.validate()
    return show_case(number, Tried(move=form)), form.status


def _form(step: Move) -> MoveForm:
    office_id = current_office().id
    choices = (desk_queries.assignable(reader(), office_id), queries.open_categories(reader(), office_id))
    return MoveForm(step, *choices)


def _remove(number: str, photo_id: UUID, now: datetime) -> None:
    officer = signed_in()
    proofs.remove(
        data_dir=current_app.config["SETTINGS"].data_dir,
        office_id=officer.office_id,
        number=number,
        photo_id=photo_id,
        role=acting_role(officer),
        actor_id=officer.id,
        now=now,
    )


def _move(number: str, form: MoveForm, now: datetime) -> None:
    officer = signed_in()
    moves.move(
        office_id=officer.office_id,
        number=number,
        version=form.seen(),
        move=form.move,
        role=acting_role(officer),
        actor_id=officer.id,
        details=form.details(),
        now=now,
    )


def _tell_new_due_day(number: str, now: datetime) -> None:
    """Say so when the move that was just made has moved the day on which the report is to be settled."""
    moved = case_queries.due_change_at(read_afresh(), current_office().id, number, now)
    if moved is not None:
        flash(desk_words.moved_due(moved), "info")
