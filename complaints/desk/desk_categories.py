"""Settings pages: the categories of reports, how fast each is to be settled and what its form shows."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from complaints import queries
from complaints.desk import categories, desk_queries
from complaints.desk.desk_category_forms import CategoryForm, NewCategoryForm
from core.db import reader
from offices.access import signature, signed_in, staff_blueprint
from offices.rights import Action

desk = staff_blueprint("complaints_categories", __name__, Action.MANAGE_MASTER_DATA)


@desk.get("/pengaturan/kategori")
def listed() -> ResponseReturnValue:
    """All categories."""
    found = queries.categories(reader(), signed_in().office_id)
    return render_template("complaints/desk/categories.html", categories=found)


@desk.route("/pengaturan/kategori/baru", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """A new category."""
    form = NewCategoryForm(position=len(queries.categories(reader(), signed_in().office_id)) + 1)
    form.offer()
    if form.validate_on_submit() and form.accepted(
        lambda: categories.add(code=form.code.data or "", **form.values(), **signature())
    ):
        flash(_("Jenis laporan ditambahkan."), "success")
        return redirect(url_for(".listed"))
    return render_template("complaints/desk/category.html", form=form, category=None), form.status


@desk.route("/pengaturan/kategori/<code>", methods=["GET", "POST"])
def edit(code: str) -> ResponseReturnValue:
    """One category."""
    found = desk_queries.category(reader(), signed_in().office_id, code)
    form = CategoryForm(obj=found)
    form.offer()
    if form.validate_on_submit() and form.accepted(
        lambda: categories.edit(code=code, is_open=form.is_open.data, **form.values(), **signature())
    ):
        flash(_("Jenis laporan disimpan."), "success")
        return redirect(url_for(".listed"))
    return render_template("complaints/desk/category.html", form=form, category=found), form.status
