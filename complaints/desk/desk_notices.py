"""What a member of staff is told of: by e-mail, and in this browser."""

from http import HTTPStatus

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from complaints.messages import notice_queries, subscribing
from complaints.messages.subscribe_public import asked_endpoint, asked_for
from complaints.reporting import entrance
from core import clock
from core.db import reader
from core.errors import Refused
from core.forms import HouseForm
from core.problems import problem
from offices.access import signed_in, staff_blueprint
from offices.rights import Action

desk = staff_blueprint("complaints_notices", __name__, Action.OWN_DESK)


class ChoiceForm(HouseForm):
    """By which ways somebody wants to be told."""

    by_mail = BooleanField(_l("Kirimi saya email"))


@desk.route("/petugas/kabar", methods=["GET", "POST"])
def choose() -> ResponseReturnValue:
    """What comes by which way, and the choice."""
    account = signed_in()
    wanted = notice_queries.wants_mail(reader(), account.office_id, account.id)
    form = ChoiceForm(by_mail=wanted)
    if form.validate_on_submit():
        subscribing.choose(office_id=account.office_id, staff_id=account.id, by_mail=form.by_mail.data)
        flash(_("Pilihan disimpan."), "success")
        return redirect(url_for(".choose"))
    has_mail = bool(current_app.config["SETTINGS"].smtp_url)
    page = render_template("complaints/desk/notices.html", form=form, email=account.email, has_mail=has_mail)
    return page, form.status


@desk.post("/petugas/langganan")
def subscribe() -> Response:
    """Tell this browser from now on: 204. A body that is JSON can't be sent by a foreign page."""
    account, found = signed_in(), asked_for()
    try:
        subscribing.subscribe(
            office_id=account.office_id,
            staff_id=account.id,
            subscription=found,
            keys=entrance.kept_keys(),
            now=clock.now(),
        )
    except Refused as refusal:
        return problem(HTTPStatus.CONFLICT, refusal.message)
    return Response(status=HTTPStatus.NO_CONTENT)


@desk.delete("/petugas/langganan")
def unsubscribe() -> Response:
    """Tell this browser no longer: 204."""
    account, keys = signed_in(), entrance.kept_keys()
    subscribing.unsubscribe(
        office_id=account.office_id, staff_id=account.id, endpoint=asked_endpoint(), keys=keys, now=clock.now()
    )
    return Response(status=HTTPStatus.NO_CONTENT)
