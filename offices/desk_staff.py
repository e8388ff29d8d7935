"""Settings pages: staff accounts, each opened by a one-time link shown once on screen."""

from uuid import UUID

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core import clock
from core.db import reader
from offices import leaving, queries, staff
from offices.access import signature, signed_in, staff_blueprint
from offices.addresses import reachable_by_phones
from offices.forms import ButtonForm, EditStaffForm, StaffForm
from offices.rights import Action
from offices.roles import LABELS
from offices.security import LINK_VALID
from offices.signin.gate import ask_again

desk = staff_blueprint("offices_staff", __name__, Action.MANAGE_ACCOUNTS)
desk.before_request(ask_again)


@desk.get("/pengaturan/petugas")
def accounts() -> ResponseReturnValue:
    """All accounts."""
    office_id = signed_in().office_id
    sections = {section.key: section.name for section in queries.sections(reader(), office_id)}
    found = queries.staff(reader(), office_id)
    return render_template("offices/accounts.html", accounts=found, sections=sections, roles=LABELS)


@desk.route("/pengaturan/petugas/baru", methods=["GET", "POST"])
def new_account() -> ResponseReturnValue:
    """A new account; the answer shows its link."""
    form = StaffForm()
    form.offer(queries.sections(reader(), signed_in().office_id))
    made: list[staff.NewLink] = []
    if form.validate_on_submit() and form.accepted(lambda: made.append(staff.add(**form.values(), **signature()))):
        return _link_page(made[0])
    return render_template("offices/account_new.html", form=form), form.status


@desk.get("/pengaturan/petugas/<uuid:staff_id>")
def account(staff_id: UUID) -> ResponseReturnValue:
    """One account, with what can be done to it."""
    return _account_page(staff_id, ButtonForm())


@desk.route("/pengaturan/petugas/<uuid:staff_id>/ubah", methods=["GET", "POST"])
def edit(staff_id: UUID) -> ResponseReturnValue:
    """Another name, role or section."""
    office_id = signed_in().office_id
    found = queries.staff_member(reader(), office_id, staff_id)
    form = EditStaffForm(name=found.name, role=found.role, section_key=found.section_key or "")
    form.offer(queries.sections(reader(), office_id))
    if form.validate_on_submit() and form.accepted(
        lambda: staff.edit(staff_id=staff_id, **form.changed(), **signature())
    ):
        flash(_("Akun disimpan."), "success")
        return redirect(url_for(".account", staff_id=staff_id))
    return render_template("offices/account_edit.html", form=form, account=found), form.status


@desk.post("/pengaturan/petugas/<uuid:staff_id>/tautan")
def reset(staff_id: UUID) -> ResponseReturnValue:
    """Forget the password; the answer shows a new link."""
    button = ButtonForm()
    made: list[staff.NewLink] = []
    if button.validate() and button.accepted(lambda: made.append(staff.reset(staff_id=staff_id, **signature()))):
        return _link_page(made[0])
    return _account_page(staff_id, button)


@desk.post("/pengaturan/petugas/<uuid:staff_id>/langkah-kedua")
def reset_factors(staff_id: UUID) -> ResponseReturnValue:
    """Forget password and second factors; the answer shows a new link."""
    button = ButtonForm()
    made: list[staff.NewLink] = []
    if button.validate() and button.accepted(
        lambda: made.append(staff.reset_factors(staff_id=staff_id, **signature())),
    ):
        return _link_page(made[0])
    return _account_page(staff_id, button)


@desk.post("/pengaturan/petugas/<uuid:staff_id>/tutup")
def deactivate(staff_id: UUID) -> ResponseReturnValue:
    """Close the account and end its sessions."""
    return _set_active(staff_id, active=False)


@desk.post("/pengaturan/petugas/<uuid:staff_id>/buka")
def activate(staff_id: UUID) -> ResponseReturnValue:
    """Open the account again."""
    return _set_active(staff_id, active=True)


def _set_active(staff_id: UUID, *, active: bool) -> ResponseReturnValue:
    button = ButtonForm()
    if button.validate() and button.accepted(lambda: staff.set_active(staff_id=staff_id, active=active, **signature())):
        flash(_("Akun dibuka.") if active else _("Akun ditutup."), "success")
        return redirect(url_for(".account", staff_id=staff_id))
    return _account_page(staff_id, button)


def _account_page(staff_id: UUID, button: ButtonForm) -> ResponseReturnValue:
    office_id = signed_in().office_id
    found = queries.staff_member(reader(), office_id, staff_id)
    sections = {section.key: section.name for section in queries.sections(reader(), office_id)}
    page = render_template(
        "offices/account.html",
        account=found,
        sections=sections,
        roles=LABELS,
        button=button,
        me=signed_in(),
        held=leaving.held(reader(), found),
    )
    return page, button.status


def _link_page(link: staff.NewLink) -> ResponseReturnValue:
    """The one time this link is shown."""
    base_url = str(current_app.config["SETTINGS"].base_url)
    address = base_url + url_for("security.reset_password", token=link.token)
    until = clock.now() + LINK_VALID
    only_here = not reachable_by_phones(base_url)
    return render_template("offices/link.html", email=link.email, address=address, until=until, only_here=only_here)
