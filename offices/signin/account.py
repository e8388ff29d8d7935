"""Everybody's own account page: password, second factor, passkeys, recovery codes."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from offices.access import signed_in, staff_blueprint
from offices.forms import ButtonForm
from offices.rights import Action
from offices.roles import LABELS
from offices.signin.gate import next_step

desk = staff_blueprint("account", __name__, Action.OWN_ACCOUNT)


@desk.get("/akun")
def index() -> ResponseReturnValue:
    """How its owner gets in; what is missing is set up first."""
    account = signed_in()
    step = next_step(account)
    if step is not None:
        return redirect(url_for(step))
    return render_template("account/index.html", account=account, roles=LABELS, button=ButtonForm())
