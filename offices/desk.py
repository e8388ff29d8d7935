"""Settings pages: what can be edited, the office's own settings."""

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core import clock
from core.calendar import Month, wib_day
from core.csv_files import csv_answer
from core.db import reader
from offices import queries, settings, settings_export
from offices.access import asks_for, signature, signed_in, staff_blueprint
from offices.addresses import printed_codes_die
from offices.current import current_office
from offices.forms import SettingForm
from offices.rights import Action
from offices.signin.gate import ask_again

desk = staff_blueprint("offices_desk", __name__, Action.MANAGE_OFFICE)
DELICATE = {"second_factor_roles"}  # whoever finds a desk unattended must not open it to guesses


@desk.before_request
def prove_again() -> ResponseReturnValue | None:
    """Before a delicate setting."""
    return ask_again() if (request.view_args or {}).get("key") in DELICATE else None


@desk.get("/pengaturan/")
@asks_for(Action.MANAGE_OFFICE, Action.READ_RIGHTS)
def index() -> ResponseReturnValue:
    """What can be edited."""
    base_url = current_app.config["SETTINGS"].base_url
    dying = printed_codes_die(base_url, current_office().printed_base_url)
    return render_template("offices/index.html", dying=dying, base_url=base_url)


@desk.get("/pengaturan/kantor")
def office_settings() -> ResponseReturnValue:
    """Every setting of the office with its value today."""
    values = settings.in_force(reader(), signed_in().office_id, wib_day(clock.now()))
    return render_template("offices/settings.html", known=settings.KNOWN, values=values)


@desk.get("/pengaturan/kantor.csv")
@asks_for(Action.MANAGE_OFFICE, Action.READ_TRAIL)
def settings_csv() -> Response:
    """Every value that was ever set, for auditors."""
    rows = settings_export.rows(reader(), signed_in().office_id)
    return csv_answer("aturan-kantor.csv", settings_export.COLUMNS, rows)


@desk.route("/pengaturan/kantor/<key>", methods=["GET", "POST"])
def office_setting(key: str) -> ResponseReturnValue:
    """One setting: its value, what it was before, and a new value from a month on."""
    if key not in settings.KNOWN:
        abort(404)
    office_id, now = signed_in().office_id, clock.now()
    value = settings.in_force(reader(), office_id, wib_day(now))[key]
    form = SettingForm(value=value, month=str(Month.of(now)))
    if form.validate_on_submit() and form.accepted(
        lambda: settings.set_value(key=key, **form.values(), **signature()),
    ):
        flash(_("Pengaturan disimpan."), "success")
        return redirect(url_for(".office_settings"))
    history = queries.setting_history(reader(), office_id, key)
    known = settings.KNOWN[key]
    page = render_template("offices/setting.html", form=form, known=known, value=value, history=history)
    return page, form.status


@desk.get("/pengaturan/jejak")
@asks_for(Action.READ_TRAIL)
def trail() -> ResponseReturnValue:
    """Where the audit trail used to stand."""
    return redirect(url_for("audit.show"))
