"""Where staff put in reports that came another way than by the form, and the slip for the resident."""

from http import HTTPStatus
from uuid import uuid4

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from complaints.desk.desk_new_forms import StaffReportForm
from complaints.pictures import photo_intake
from complaints.pictures.photo_intake import Brought
from complaints.reporting import entrance, intake
from complaints.reporting.intake import Handed
from complaints.terms import Source
from core import clock
from core.errors import Conflict
from offices.access import signed_in, staff_blueprint
from offices.current import current_office
from offices.qr import svg_address
from offices.rights import Action

desk = staff_blueprint("desk_new", __name__, Action.HANDLE_CASES)


@desk.get("/petugas/laporan/baru")
def new() -> ResponseReturnValue:
    """The form, empty."""
    return _page(_form())


@desk.post("/petugas/laporan/baru")
def send() -> ResponseReturnValue:
    """Take the report in; the resident gets a slip, a patrol needs none."""
    form = _form()
    if not form.validate():
        return _page(form), form.status
    try:
        handed = _take(form)
    except Conflict as refusal:
        form.refuse(refusal)
        form.submission_id.data = uuid4()
        return _page(form, as_new=True), HTTPStatus.CONFLICT
    brought = photo_intake.take_with(handed, form.submission_id.data, now=form.now)
    if form.source.data == Source.PATROL:
        for photo in brought.refused:
            flash(f"{photo.name}: {photo.words}", "warning")
        flash(_("Temuan patroli %(number)s sudah tercatat.", number=handed.number), "success")
        return redirect(url_for("desk.case", number=handed.number), HTTPStatus.SEE_OTHER)
    return _slip(handed, brought), HTTPStatus.CREATED if handed.created else HTTPStatus.OK


def _form() -> StaffReportForm:
    form = StaffReportForm()
    form.now = clock.now()
    form.offer(entrance.report_choices())
    return form


def _take(form: StaffReportForm) -> Handed:
    office = current_office()
    return intake.submit(
        office_id=office.id,
        prefix=office.prefix,
        **form.values(),
        point=None,
        source=Source(form.source.data),
        keys=entrance.kept_keys(),
        entered=form.entered(signed_in().id),
        now=form.now,
    )


def _page(form: StaffReportForm, *, as_new: bool = False) -> str:
    lost = bool(photo_intake.chosen())
    return render_template("complaints/desk/new.html", form=form, as_new=as_new, photos_lost=lost)


def _slip(handed: Handed, brought: Brought) -> str:
    """The receipt slip, shown once: the office keeps no copy of the code."""
    url = entrance.track_url(handed.code) if handed.code else ""
    return render_template(
        "complaints/desk/slip.html", handed=handed, url=url, code_image=svg_address(url), brought=brought
    )
