"""Settings pages about personal data: what was erased, the register of processing, breaches and their clock."""

from http import HTTPStatus
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core import clock
from core.calendar import wib_day
from core.db import reader
from offices import settings
from offices.access import signature, signed_in, staff_blueprint
from offices.current import current_office
from offices.forms import ButtonForm
from offices.law import breaches, keeping, register
from offices.law.forms import BreachForm, NoticeForm, ProcessingForm, StepForm
from offices.law.terms import STEPS, Step
from offices.rights import Action

desk = staff_blueprint("law", __name__, Action.KEEP_PRIVACY)


@desk.get("/pengaturan/penghapusan")
def erasures() -> str:
    """How long each kind is kept, and what was erased when."""
    rows = keeping.erasures(reader(), signed_in().office_id)
    return render_template("law/erasures.html", rows=rows, keeping=keeping.KEEPING, values=_settings())


@desk.route("/pengaturan/pemrosesan", methods=["GET", "POST"])
def processing() -> ResponseReturnValue:
    """The register, to print, and a form for what the office does besides."""
    form = ProcessingForm()
    if form.validate_on_submit() and form.accepted(lambda: register.add(values=form.values(), **signature())):
        flash(_("Kegiatan ditambahkan."), "success")
        return redirect(url_for(".processing"))
    values = _settings()
    page = render_template(
        "law/processing.html",
        rows=[(each, register.how_long(each, values)) for each in register.ACTIVITIES],
        own=register.own(reader(), signed_in().office_id),
        form=form,
        button=ButtonForm(formdata=None),
        values=values,
        today=wib_day(clock.now()),
    )
    return page, form.status


@desk.post("/pengaturan/pemrosesan/<uuid:activity_id>/hapus")
def remove_processing(activity_id: UUID) -> ResponseReturnValue:
    """Take an activity of the office's own off the register."""
    if ButtonForm().validate():
        register.remove(activity_id=activity_id, **signature())
        flash(_("Kegiatan dihapus dari daftar."), "success")
    else:
        flash(_("Tombol ini terlalu lama terbuka. Tekan sekali lagi."), "warning")
    return redirect(url_for(".processing"))


@desk.route("/pengaturan/kebocoran", methods=["GET", "POST"])
def listed() -> ResponseReturnValue:
    """All breaches with their clocks, and a form to put one down."""
    form = BreachForm()
    if form.validate_on_submit():
        made: list[UUID] = []
        title, found_at = form.title.data or "", form.moment
        if form.accepted(lambda: made.append(breaches.add(title=title, found_at=found_at, **signature()))):
            return redirect(url_for(".breach", breach_id=made[0]))
    found = breaches.cases(reader(), signed_in().office_id, clock.now())
    return render_template("law/breaches.html", cases=found, steps=STEPS, form=form), form.status


@desk.get("/pengaturan/kebocoran/<uuid:breach_id>")
def breach(breach_id: UUID) -> ResponseReturnValue:
    """One breach: its clock, its steps, its notices."""
    return _page(breach_id, StepForm(formdata=None), None)


@desk.post("/pengaturan/kebocoran/<uuid:breach_id>/langkah/<step>")
def take(breach_id: UUID, step: str) -> ResponseReturnValue:
    """Tick a step off."""
    if step not in set(Step):
        abort(HTTPStatus.NOT_FOUND)
    form = StepForm()
    if form.validate() and form.accepted(
        lambda: breaches.take(breach_id=breach_id, step=Step(step), note=form.note.data or "", **signature())
    ):
        return redirect(url_for(".breach", breach_id=breach_id, _anchor=step))
    return _page(breach_id, form, None)


@desk.post("/pengaturan/kebocoran/<uuid:breach_id>/surat")
def write_notice(breach_id: UUID) -> ResponseReturnValue:
    """Keep the words of the notice as a new version."""
    form = NoticeForm()
    texts = {name: form[name].data or "" for name in ("disclosed", "how", "remedy")}
    if form.validate() and form.accepted(lambda: breaches.write_notice(breach_id=breach_id, **texts, **signature())):
        flash(_("Surat disimpan sebagai versi baru."), "success")
        return redirect(url_for(".breach", breach_id=breach_id, _anchor="surat"))
    return _page(breach_id, StepForm(formdata=None), form)


@desk.get("/pengaturan/kebocoran/<uuid:breach_id>/surat/<int:version>")
def notice(breach_id: UUID, version: int) -> str:
    """A version of the notice, to print: one letter to those concerned, one to the authority."""
    found = breaches.case(reader(), signed_in().office_id, breach_id, clock.now())
    wanted = [each for each in found.notices if each.version == version]
    if not wanted:
        abort(HTTPStatus.NOT_FOUND)
    day = wib_day(wanted[0].made_at)
    return render_template("law/notice.html", case=found, notice=wanted[0], day=day, values=_settings())


def _page(breach_id: UUID, step_form: StepForm, form: NoticeForm | None) -> ResponseReturnValue:
    found = breaches.case(reader(), signed_in().office_id, breach_id, clock.now())
    newest = found.notices[0] if found.notices else None  # its words are what the next version begins with
    form = form or NoticeForm(formdata=None, obj=newest)
    page = render_template("law/breach.html", case=found, steps=STEPS, step_form=step_form, form=form)
    return page, max(step_form.status, form.status)


def _settings() -> dict[str, str]:
    return settings.in_force(reader(), current_office().id, wib_day(clock.now()))
