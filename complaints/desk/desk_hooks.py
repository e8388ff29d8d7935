"""Settings pages: the other systems that are told when something happens to a report."""

from uuid import UUID

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from complaints.desk.buttons import pressed
from complaints.messages import hooks, notice_queries
from core import outgoing
from core.db import reader
from core.errors import Refused
from core.forms import HouseForm, line
from core.identity_key import identity_key
from offices.access import signature, signed_in, staff_blueprint
from offices.forms import ButtonForm
from offices.rights import Action
from offices.signin.gate import delicate

desk = staff_blueprint("complaints_hooks", __name__, Action.MANAGE_SYSTEMS)
LONGEST_NAME, LONGEST_URL = 80, 500


class HookForm(HouseForm):
    """A system to be told."""

    name = line(_l("Nama sistem"), LONGEST_NAME, _l("belum diisi."))
    url = line(_l("Alamat"), LONGEST_URL, _l("belum diisi."))


@desk.get("/pengaturan/webhook")
@delicate
def listed() -> ResponseReturnValue:
    """All systems, and what became of what they were sent last."""
    office_id = signed_in().office_id
    return render_template(
        "complaints/desk/hooks.html",
        hooks=notice_queries.all_webhooks(reader(), office_id),
        form=HookForm(formdata=None),
        button=ButtonForm(formdata=None),
    )


@desk.post("/pengaturan/webhook")
@delicate
def add() -> ResponseReturnValue:
    """One more: its secret is shown on this answer, and never again."""
    form, account = HookForm(), signed_in()
    if form.validate():
        try:
            return _added(form)
        except Refused as refusal:
            form.refuse(refusal)
    found = notice_queries.all_webhooks(reader(), account.office_id)
    page = render_template("complaints/desk/hooks.html", hooks=found, form=form, button=ButtonForm(formdata=None))
    return page, form.status


@desk.post("/pengaturan/webhook/<uuid:hook_id>/mati", defaults={"active": False})
@desk.post("/pengaturan/webhook/<uuid:hook_id>/nyala", defaults={"active": True})
def set_active(hook_id: UUID, *, active: bool) -> ResponseReturnValue:
    """Off, or on again."""
    if pressed():
        hooks.set_active(hook_id=hook_id, active=active, **signature())
        flash(_("Sistem ini diberi tahu lagi.") if active else _("Sistem ini tidak diberi tahu lagi."), "success")
    return redirect(url_for(".listed"))


@desk.post("/pengaturan/webhook/<uuid:hook_id>/uji")
def test(hook_id: UUID) -> ResponseReturnValue:
    """Send a message that says nothing but that it came."""
    if pressed():
        hooks.test(hook_id=hook_id, **signature())
        flash(
            _("Kiriman uji menunggu dikirim. Hasilnya tampak di halaman Kiriman dalam sekitar sepuluh detik."),
            "success",
        )
    return redirect(url_for(".listed"))


def _added(form: HookForm) -> str:
    url = form.url.data or ""
    hooks.check_address(url, current_app.config.get("OUTGOING", outgoing.STRICT))
    key = identity_key()
    secret = hooks.add(name=form.name.data or "", url=url, identity_key=key, **signature())
    return render_template("complaints/desk/hook_secret.html", name=form.name.data, secret=secret)
