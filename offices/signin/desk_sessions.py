"""Ending one's own sessions: on one device, or on all others."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from offices import sessions
from offices.access import signature, signed_in, staff_blueprint
from offices.forms import ButtonForm
from offices.rights import Action
from offices.signin.gate import ask_again
from offices.signin.visits import this_session

desk = staff_blueprint("account_sessions", __name__, Action.OWN_ACCOUNT)
desk.before_request(ask_again)


@desk.post("/akun/perangkat/<uuid:session_id>/keluar")
def end(session_id: UUID) -> ResponseReturnValue:
    """Sign out on one device."""
    button = ButtonForm()
    if button.validate_on_submit() and button.accepted(
        lambda: sessions.end(staff_id=signed_in().id, session_id=session_id, **signature())
    ):
        flash(_("Perangkat itu sudah dikeluarkan."), "success")
    return _back(button)


@desk.post("/akun/perangkat/lain/keluar")
def end_others() -> ResponseReturnValue:
    """Sign out on every device but this one."""
    button, keep = ButtonForm(), this_session()
    if keep is not None and button.validate_on_submit():
        count = sessions.end_others(staff_id=signed_in().id, keep=keep, **signature())
        flash(ngettext("%(num)s perangkat dikeluarkan.", "%(num)s perangkat dikeluarkan.", count), "success")
    return _back(button)


def _back(button: ButtonForm) -> ResponseReturnValue:
    for message in (*button.form_errors, *button.errors.get("csrf_token", [])):
        flash(message, "error")
    return redirect(url_for("account.index"))
