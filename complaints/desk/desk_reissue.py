"""Staff give a new receipt to a resident who lost theirs, after making sure who it is."""

from http import HTTPStatus

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from complaints import queries
from complaints.desk.acting import acting_role
from complaints.desk.reissue import Reissued, reissue
from complaints.desk.reissue_forms import ReissueForm
from complaints.fetching import for_staff
from complaints.models import Complaint
from complaints.reporting import entrance
from core import clock
from core.db import read_afresh, reader
from core.errors import Conflict, Refused
from offices.access import signed_in, staff_blueprint
from offices.current import current_office
from offices.rights import Action
from offices.signin.gate import delicate

desk = staff_blueprint("desk_reissue", __name__, Action.HANDLE_CASES)


@desk.get("/petugas/laporan/<number>/kode")
@delicate
def ask(number: str) -> ResponseReturnValue:
    """Whose code was lost, and how the officer knows."""
    report = for_staff(reader(), current_office().id, number)
    return _page(report, _form(report, formdata=None))


@desk.post("/petugas/laporan/<number>/kode")
@delicate
def give(number: str) -> ResponseReturnValue:
    """The new code, shown on this answer alone."""
    report = for_staff(reader(), current_office().id, number)
    form = _form(report)
    if not form.validate():
        return _page(report, form), form.status
    try:
        made = _reissue(number, form)
    except Conflict as refusal:
        return _again(number, form, refusal)
    except Refused as refusal:
        form.refuse(refusal)
        return _page(report, form), HTTPStatus.UNPROCESSABLE_ENTITY
    url = entrance.track_url(made.code)
    ask_url = f"{current_app.config['SETTINGS'].base_url}{url_for('complaints_public.ask')}"
    return render_template("complaints/desk/reissued.html", made=made, track_url=url, ask_url=ask_url)


def _reissue(number: str, form: ReissueForm) -> Reissued:
    officer, (joiner_id, issue) = signed_in(), form.chosen()
    return reissue(
        office_id=officer.office_id,
        prefix=current_office().prefix,
        number=number,
        joiner_id=joiner_id,
        issue=issue,
        role=acting_role(officer),
        actor_id=officer.id,
        reason=form.reason.data,
        keys=entrance.kept_keys(),
        now=clock.now(),
    )


def _again(number: str, sent: ReissueForm, refusal: Conflict) -> ResponseReturnValue:
    """Nothing is chosen any more, so that a second code is given knowingly."""
    read_afresh()
    report = for_staff(reader(), current_office().id, number)
    form = _form(report, formdata=None)
    form.reason.data = sent.reason.data
    form.refuse(refusal)
    return _page(report, form), HTTPStatus.CONFLICT


def _form(report: Complaint, **options: object) -> ReissueForm:
    return ReissueForm(report, queries.joiners(reader(), report.office_id, report.id), **options)


def _page(report: Complaint, form: ReissueForm) -> str:
    return render_template("complaints/desk/reissue.html", report=report, form=form)
