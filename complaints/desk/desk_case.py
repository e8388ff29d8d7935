"""What is done beside a case's moves: tasks, and looking at who reported."""

from http import HTTPStatus
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from complaints.carrying import tidy_number
from complaints.desk import case_queries, desk_queries, identity, tasks
from complaints.desk.acting import acting_role
from complaints.desk.desk_case_forms import LookForm, TaskForm
from complaints.desk.desk_show import show_case
from complaints.desk.desk_steps import Tried
from core import clock
from core.db import reader
from core.forms import HouseForm
from core.identity_key import identity_key
from offices.access import asks_for, signed_in, staff_blueprint
from offices.current import current_office
from offices.rights import Action

desk = staff_blueprint("desk_case", __name__, Action.HANDLE_CASES)
looks = staff_blueprint("desk_looks", __name__, Action.OVERSEE_CASES)


@desk.post("/petugas/laporan/<number>/tugas")
def add_task(number: str) -> ResponseReturnValue:
    """Something to do for this report."""
    officer = signed_in()
    form = TaskForm(desk_queries.assignable(reader(), officer.office_id))
    if form.validate() and form.accepted(
        lambda: tasks.add(
            office_id=officer.office_id,
            number=number,
            **form.values(),
            role=acting_role(officer),
            actor_id=officer.id,
            now=clock.now(),
        )
    ):
        flash(_("Tugas ditambahkan."), "success")
        return _back(number)
    return show_case(number, Tried(task=form)), form.status


@desk.post("/petugas/laporan/<number>/tugas/<uuid:task_id>/selesai")
def finish_task(number: str, task_id: UUID) -> ResponseReturnValue:
    """Tick a task off."""
    officer, form = signed_in(), HouseForm()  # for its token alone
    if not form.validate():
        flash(form.errors["csrf_token"][0], "warning")
        return show_case(number), form.status
    tasks.finish(
        office_id=officer.office_id,
        number=number,
        task_id=task_id,
        role=acting_role(officer),
        actor_id=officer.id,
        now=clock.now(),
    )
    flash(_("Tugas selesai."), "success")
    return _back(number)


@desk.post("/petugas/laporan/<number>/identitas")
@asks_for(Action.SEE_IDENTITY)
def look(number: str) -> ResponseReturnValue:
    """Who reported, shown on this answer alone."""
    officer, form = signed_in(), LookForm()
    found: list[identity.Identities] = []
    if form.validate() and form.accepted(
        lambda: found.append(
            identity.look(
                office_id=officer.office_id,
                number=number,
                staff_id=officer.id,
                role=acting_role(officer, Action.SEE_IDENTITY),
                reason=form.reason.data or "",
                key=identity_key(),
                now=clock.now(),
            )
        )
    ):
        return render_template("complaints/desk/identity.html", number=tidy_number(number), who=found[0])
    return show_case(number, Tried(look=form)), form.status


@looks.get("/petugas/identitas")
def looked() -> ResponseReturnValue:
    """Who looked at whose identity, when and why."""
    found = case_queries.looks(reader(), current_office().id, before=_before())
    rows = found[: case_queries.PAGE]
    older = rows[-1].id if len(found) > len(rows) else None
    return render_template("complaints/desk/looks.html", rows=rows, older=older)


def _before() -> UUID | None:
    try:
        return UUID(request.args.get("sebelum", ""))
    except ValueError:
        return None


def _back(number: str) -> ResponseReturnValue:
    return redirect(url_for("desk.case", number=number), HTTPStatus.SEE_OTHER)
