"""Settings pages: which officer or section gets which reports."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from complaints import queries
from complaints.desk.buttons import pressed
from complaints.desk_models import Route
from complaints.messages import notice_queries, routes
from complaints.messages.routes import RouteValues
from core.db import reader
from core.forms import HouseForm
from offices import queries as office_queries
from offices import rights
from offices.access import signature, signed_in, staff_blueprint
from offices.forms import ButtonForm
from offices.rights import Action

desk = staff_blueprint("complaints_routes", __name__, Action.MANAGE_MASTER_DATA)
LAST_POSITION = 999
PERSON, SECTION = "petugas:", "seksi:"
Choice = tuple[str, str]


class RouteForm(HouseForm):
    """A row of the routing."""

    category_code = SelectField(_l("Jenis laporan"))
    village_code = SelectField(_l("Desa"))
    target = SelectField(_l("Diberitahukan kepada"), validators=[InputRequired(_l("belum dipilih."))])
    position = IntegerField(
        _l("Urutan"),
        validators=[InputRequired(_l("belum diisi.")), NumberRange(1, LAST_POSITION, _l("Isi angka 1 sampai 999."))],
    )

    def offer(self, categories: Sequence[Choice], villages: Sequence[Choice], targets: Sequence[Choice]) -> None:
        """Set what can be chosen."""
        self.category_code.choices = [("", _("Semua jenis")), *categories]
        self.village_code.choices = [("", _("Semua desa")), *villages]
        self.target.choices = [("", _("Pilih…")), *targets]

    def values(self) -> RouteValues:
        """The row as the service takes it."""
        target = self.target.data or ""
        return {
            "position": self.position.data or LAST_POSITION,
            "category_code": self.category_code.data or None,
            "village_code": self.village_code.data or None,
            "staff_id": UUID(target.removeprefix(PERSON)) if target.startswith(PERSON) else None,
            "section_key": target.removeprefix(SECTION) if target.startswith(SECTION) else None,
        }


@desk.get("/pengaturan/rute")
def listed() -> ResponseReturnValue:
    """All rows, in the order in which they are read."""
    rows = notice_queries.routes(reader(), signed_in().office_id)
    categories, villages, targets = (dict(choices) for choices in _choices())
    return render_template(
        "complaints/desk/routes.html",
        rows=rows,
        categories=categories,
        villages=villages,
        targets=targets,
        target_of=_target,
        button=ButtonForm(formdata=None),
    )


@desk.route("/pengaturan/rute/baru", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """One more row."""
    form = RouteForm(position=len(notice_queries.routes(reader(), signed_in().office_id)) + 1)
    form.offer(*_choices())
    if form.validate_on_submit() and form.accepted(lambda: routes.add(values=form.values(), **signature())):
        flash(_("Baris ditambahkan."), "success")
        return redirect(url_for(".listed"))
    return render_template("complaints/desk/route.html", form=form, row=None), form.status


@desk.route("/pengaturan/rute/<uuid:route_id>", methods=["GET", "POST"])
def edit(route_id: UUID) -> ResponseReturnValue:
    """One row."""
    row = routes.find(reader(), signed_in().office_id, route_id)
    form = RouteForm(
        category_code=row.category_code or "", village_code=row.village_code or "", target=_target(row),
        position=row.position,
    )  # fmt: skip
    form.offer(*_choices())
    if form.validate_on_submit() and form.accepted(
        lambda: routes.edit(route_id=route_id, values=form.values(), **signature())
    ):
        flash(_("Baris disimpan."), "success")
        return redirect(url_for(".listed"))
    return render_template("complaints/desk/route.html", form=form, row=row), form.status


@desk.post("/pengaturan/rute/<uuid:route_id>/hapus")
def remove(route_id: UUID) -> ResponseReturnValue:
    """Take a row away."""
    if pressed():
        routes.remove(route_id=route_id, **signature())
        flash(_("Baris dihapus."), "success")
    return redirect(url_for(".listed"))


def _choices() -> tuple[list[Choice], list[Choice], list[Choice]]:
    office_id = signed_in().office_id
    categories = [(row.code, row.name) for row in queries.categories(reader(), office_id)]
    villages = [(row.code, row.name) for row in office_queries.villages(reader(), office_id)]
    targets = [
        (f"{PERSON}{row.id}", row.name)
        for row in office_queries.staff(reader(), office_id)
        if row.active and rights.allowed(row.staff_role, Action.HANDLE_CASES)
    ]
    targets += [
        (f"{SECTION}{row.key}", _("Kepala %(section)s", section=row.name))
        for row in office_queries.sections(reader(), office_id)
    ]
    return categories, villages, targets


def _target(row: Route) -> str:
    return f"{PERSON}{row.staff_id}" if row.staff_id else f"{SECTION}{row.section_key}"
