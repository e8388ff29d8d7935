"""Everybody's own account page: password, second factor, passkeys, recovery codes."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core import clock
from core.db import reader
from offices import sessions
from offices.access import signed_in, staff_blueprint
from offices.forms import ButtonForm
from offices.rights import Action
from offices.roles import LABELS
from offices.signin.devices import shortened
from offices.signin.gate import next_step
from offices.signin.visits import this_session

desk = staff_blueprint("account", __name__, Action.OWN_ACCOUNT)


@desk.get("/akun")
def index() -> ResponseReturnValue:
    """How its owner gets in; what is missing is set up first."""
    account = signed_in()
    step = next_step(account)
    if step is not None:
        return redirect(url_for(step))
    return render_template(
        "account/index.html",
        account=account,
        roles=LABELS,
        button=ButtonForm(),
        sessions=sessions.listed(reader(), account, now=clock.now()),
        this_session=this_session(),
        shortened=shortened,
    )
