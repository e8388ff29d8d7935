"""Pages where people set up and take away their own second factors; each asks again who they are."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.forms import HouseForm, line
from offices.access import signed_in, staff_blueprint
from offices.forms import ButtonForm
from offices.rights import Action
from offices.signin import own_factors
from offices.signin.gate import ask_again, next_step

LONGEST_CODE = 20
desk = staff_blueprint("account_factors", __name__, Action.OWN_ACCOUNT)
desk.before_request(ask_again)


class CodeForm(HouseForm):
    """The code that an app shows."""

    code = line(_l("Kode enam angka"), LONGEST_CODE, _l("belum diisi."))


@desk.get("/akun/langkah-kedua")
def choose() -> ResponseReturnValue:
    """The first second factor: an app or a passkey."""
    if next_step(signed_in()) is None:
        return redirect(url_for("account.index"))
    return render_template("account/choose.html", button=ButtonForm(), setting_up=True)


@desk.route("/akun/aplikasi", methods=["GET", "POST"])
def app() -> ResponseReturnValue:
    """An app that shows codes: scanned or typed in, then proved by a code."""
    account, form = signed_in(), CodeForm()
    if form.validate_on_submit() and form.accepted(lambda: own_factors.finish_app(account, form.code.data or "")):
        flash(_("Aplikasi terpasang. Mulai sekarang, saat masuk Anda diminta kodenya."), "success")
        return redirect(url_for("account.index"))
    shown = own_factors.pending_app(account)
    about = {"account": account, "shown": shown, "setting_up": next_step(account) is not None}
    return render_template("account/app.html", form=form, **about), form.status


@desk.route("/akun/kode-pemulihan", methods=["GET", "POST"])
def codes() -> ResponseReturnValue:
    """Recovery codes: new ones replace the older, and are shown this once."""
    account, button = signed_in(), ButtonForm()
    setting_up = next_step(account) is not None
    made = own_factors.new_codes(account) if button.validate_on_submit() else []
    page = render_template("account/codes.html", button=button, codes=made, account=account, setting_up=setting_up)
    return page, button.status


@desk.post("/akun/aplikasi/lepas")
def remove_app() -> ResponseReturnValue:
    """Take the app away."""
    return _removed(lambda: own_factors.remove_app(signed_in()), _("Aplikasi dilepas."))


@desk.post("/akun/kunci-sandi/<uuid:passkey_id>/lepas")
def remove_passkey(passkey_id: UUID) -> ResponseReturnValue:
    """Take a passkey away."""
    return _removed(lambda: own_factors.remove_passkey(signed_in(), passkey_id), _("Kunci sandi dilepas."))


def _removed(work: Callable[[], None], said: str) -> ResponseReturnValue:
    button = ButtonForm()
    if button.validate_on_submit() and button.accepted(work):
        flash(said, "success")
    for message in (*button.form_errors, *button.errors.get("csrf_token", [])):
        flash(message, "error")
    return redirect(url_for("account.index"))
