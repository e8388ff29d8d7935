"""The follow-up plan: what is to be done about the lowest elements, by whom and when, and what became of it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from core import clock
from core.calendar import Month
from core.db import read_afresh, reader
from core.forms import HouseForm
from core.periods import Period
from offices import attachments
from offices import queries as offices
from offices.access import signature, signed_in, staff_blueprint
from offices.attachments import Kept
from offices.current import current_office
from offices.rights import Action
from survey.review import planning, plans
from survey.review.forms import PlanForm, ProgressForm, PublicForm, moment
from survey.review.planning import LinePage
from survey.review.queries import TOLD

desk = staff_blueprint("survey_plans", __name__, Action.KEEP_PLANS)


@desk.get("/petugas/survei/tindak-lanjut")
def listed() -> str:
    """The plan of a period, and its three lowest elements."""
    page = planning.plan_page(reader(), current_office(), _period(), _this_month())
    return render_template("survey/follow_up_list.html", page=page, names=planning.NAMES, words=planning.measured_words)


@desk.route("/petugas/survei/tindak-lanjut/baru", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """One more line, of the element that was pressed."""
    period = _period()
    asked = {"element": request.args.get("unsur", "")} if request.method == "GET" else {}
    form = PlanForm(period, offices.services(reader(), current_office().id), data=asked)
    if form.validate_on_submit() and form.accepted(
        lambda: plans.add(period=str(period), **form.values(), **signature())
    ):
        flash(_("Rencana tersimpan."), "success")
        return redirect(url_for(".listed", periode=period), HTTPStatus.SEE_OTHER)
    return render_template("survey/follow_up_new.html", form=form, period=period), form.status


@desk.get("/petugas/survei/tindak-lanjut/<uuid:follow_up_id>")
def line(follow_up_id: UUID) -> str:
    """One line: what became of it, and what can be written."""
    return _page(_read(follow_up_id))


@desk.post("/petugas/survei/tindak-lanjut/<uuid:follow_up_id>")
def change(follow_up_id: UUID) -> ResponseReturnValue:
    """Say it otherwise."""
    page = _read(follow_up_id)
    form = _plan_form(page, sent=True)
    seen = moment(form.seen.data)
    if form.validate() and form.accepted(
        lambda: plans.change(follow_up_id=follow_up_id, seen=seen, **form.values(), **signature())
    ):
        return _saved(follow_up_id)
    return _page(_read(follow_up_id, afresh=True), plan=form), form.status


@desk.post("/petugas/survei/tindak-lanjut/<uuid:follow_up_id>/kemajuan")
def progress(follow_up_id: UUID) -> ResponseReturnValue:
    """How far it is, with what came of it and the evidence."""
    form = ProgressForm()
    if form.validate() and form.accepted(lambda: _marked(follow_up_id, form)):
        return _saved(follow_up_id)
    return _page(_read(follow_up_id, afresh=True), progress=form), form.status


@desk.post("/petugas/survei/tindak-lanjut/<uuid:follow_up_id>/warga")
def tell(follow_up_id: UUID) -> ResponseReturnValue:
    """Tell residents, or no longer."""
    form = PublicForm()
    shown = {"is_public": form.is_public.data, "public_words": form.public_words.data or ""}
    seen = moment(form.seen.data)
    if form.validate() and form.accepted(
        lambda: plans.publish(follow_up_id=follow_up_id, seen=seen, **shown, **signature())
    ):
        return _saved(follow_up_id)
    return _page(_read(follow_up_id, afresh=True), public=form), form.status


def _marked(follow_up_id: UUID, form: ProgressForm) -> None:
    plans.mark(
        follow_up_id=follow_up_id,
        seen=moment(form.seen.data),
        status=form.chosen,
        result=form.result.data or "",
        done_on=form.done_on.data,
        evidence=_evidence(form.evidence.data),
        **signature(),
    )


def _evidence(file: FileStorage | None) -> Kept | None:
    """The file that was sent, cleaned and kept; None where none was."""
    if not file or not file.filename:
        return None
    data_dir = current_app.config["SETTINGS"].data_dir
    return attachments.kept(data_dir, signed_in().office_id, file.stream, file.filename, now=clock.now())


def _page(page: LinePage, **tried: HouseForm) -> str:
    """The line's page; a form that was tried is shown as it was filled in."""
    row = page.line.row
    seen = row.changed_at.isoformat()
    forms: dict[str, Any] = {
        "plan": _plan_form(page, sent=False),
        "progress": ProgressForm(
            formdata=None, data={"seen": seen, "stage": row.status, "result": row.result, "done_on": row.done_on}
        ),
        "public": PublicForm(
            formdata=None, data={"seen": seen, "is_public": row.is_public, "public_words": row.public_words}
        ),
    }
    for form in tried.values():
        form["seen"].data = seen
    return render_template(
        "survey/follow_up.html", page=page, words=planning.measured_words, told=TOLD, **forms | tried, tried=[*tried]
    )


def _plan_form(page: LinePage, *, sent: bool) -> PlanForm:
    row = page.line.row
    values = {"seen": row.changed_at.isoformat(), "service": row.service_code or ""}
    kept = {"element": row.element, "action": row.action, "due": row.due, "owner": row.owner, **values}
    given: dict[str, Any] = {} if sent else {"formdata": None, "data": kept}
    return PlanForm(page.period, page.services, row.due, **given)


def _saved(follow_up_id: UUID) -> ResponseReturnValue:
    flash(_("Perubahan tersimpan."), "success")
    return redirect(url_for(".line", follow_up_id=follow_up_id), HTTPStatus.SEE_OTHER)


def _read(follow_up_id: UUID, *, afresh: bool = False) -> LinePage:
    session = read_afresh() if afresh else reader()
    return planning.line_page(session, current_office().id, follow_up_id, _this_month())


def _period() -> Period:
    return planning.period_asked(reader(), current_office().id, request.args.get("periode", ""), _this_month())


def _this_month() -> Month:
    return Month.of(clock.now())
