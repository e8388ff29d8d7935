"""Settings pages: the points where a QR code hangs."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.db import reader
from offices import queries, service
from offices.access import signature, signed_in, staff_blueprint
from offices.forms import PURPOSES, PointForm
from offices.rights import Action

desk = staff_blueprint("offices_points", __name__, Action.MANAGE_MASTER_DATA)


@desk.get("/pengaturan/titik")
def points() -> ResponseReturnValue:
    """All points."""
    office_id = signed_in().office_id
    return render_template(
        "offices/points.html",
        points=queries.points(reader(), office_id),
        services={row.code: row.name for row in queries.services(reader(), office_id)},
        villages={row.code: row.name for row in queries.villages(reader(), office_id)},
        purposes=PURPOSES,
    )


@desk.route("/pengaturan/titik/baru", methods=["GET", "POST"])
def new_point() -> ResponseReturnValue:
    """A new point; its code is made here, and its poster is the next thing to see."""
    form = _offered(PointForm())
    made: list[str] = []
    if form.validate_on_submit() and form.accepted(
        lambda: made.append(service.add_point(**form.values(), **signature()))
    ):
        flash(_("Titik ditambahkan."), "success")
        return redirect(url_for("offices_posters.poster", code=made[0]))
    return render_template("offices/point.html", form=form, point=None), form.status


@desk.route("/pengaturan/titik/<code>", methods=["GET", "POST"])
def edit_point(code: str) -> ResponseReturnValue:
    """One point."""
    found = queries.point(reader(), signed_in().office_id, code)
    form = _offered(PointForm(obj=found))
    if form.validate_on_submit() and form.accepted(
        lambda: service.edit_point(code=code, is_open=form.is_open.data, **form.values(), **signature())
    ):
        flash(_("Titik disimpan."), "success")
        return redirect(url_for(".points"))
    return render_template("offices/point.html", form=form, point=found), form.status


def _offered(form: PointForm) -> PointForm:
    office_id = signed_in().office_id
    form.offer(queries.services(reader(), office_id), queries.villages(reader(), office_id))
    return form
