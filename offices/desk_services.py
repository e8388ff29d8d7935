"""Settings pages: the services that residents rate."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.db import reader
from offices import queries, service
from offices.access import signature, signed_in, staff_blueprint
from offices.forms import NewServiceForm, ServiceForm
from offices.rights import Action

desk = staff_blueprint("offices_services", __name__, Action.MANAGE_MASTER_DATA)


@desk.get("/pengaturan/layanan")
def services() -> ResponseReturnValue:
    """All services."""
    office_id = signed_in().office_id
    sections = {section.key: section.name for section in queries.sections(reader(), office_id)}
    found = queries.services(reader(), office_id)
    return render_template("offices/services.html", services=found, sections=sections)


@desk.route("/pengaturan/layanan/baru", methods=["GET", "POST"])
def new_service() -> ResponseReturnValue:
    """A new service."""
    office_id = signed_in().office_id
    form = NewServiceForm(position=len(queries.services(reader(), office_id)) + 1)
    form.offer(queries.sections(reader(), office_id))
    if form.validate_on_submit() and form.accepted(
        lambda: service.add_service(code=form.code.data or "", **form.values(), **signature())
    ):
        flash(_("Layanan ditambahkan."), "success")
        return redirect(url_for(".services"))
    return render_template("offices/service.html", form=form, service=None), form.status


@desk.route("/pengaturan/layanan/<code>", methods=["GET", "POST"])
def edit_service(code: str) -> ResponseReturnValue:
    """One service."""
    office_id = signed_in().office_id
    found = queries.service(reader(), office_id, code)
    form = ServiceForm(obj=found)
    form.offer(queries.sections(reader(), office_id))
    if form.validate_on_submit() and form.accepted(
        lambda: service.edit_service(code=code, is_open=form.is_open.data, **form.values(), **signature())
    ):
        flash(_("Layanan disimpan."), "success")
        return redirect(url_for(".services"))
    return render_template("offices/service.html", form=form, service=found), form.status
