"""Who needs a second factor sets it up before anything else; and what is delicate asks for the password again."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from http import HTTPStatus
from typing import ParamSpec, TypeVar

from flask import Flask, abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required, current_user
from werkzeug.wrappers import Response

from core import clock
from core.calendar import wib_day
from core.db import reader
from offices import settings
from offices.access import actions_of, own_room, signed_in, way_back
from offices.models import Staff
from offices.signin import factors, required

P = ParamSpec("P")
R = TypeVar("R")
FRESH = timedelta(minutes=15)
OWN_PAGES = {"account", "account_factors"}
CODES = "security.two_factor_token_validation"


def is_required(account: Staff) -> bool:
    """Whether the office asks for a second factor of this account's role."""
    values = settings.in_force(reader(), account.office_id, wib_day(clock.now()))
    return account.staff_role in required.roles(values["second_factor_roles"])


def next_step(account: Staff) -> str | None:
    """The page where this account must set something up; None when nothing is missing."""
    if factors.has_any(account):
        return "account_factors.codes" if account.mf_recovery_codes is None else None
    return "account_factors.choose" if is_required(account) else None


@auth_required("session", within=lambda: FRESH, grace=lambda: FRESH)
def ask_again() -> None:
    """A hook before pages: whoever proved long ago who they are is asked once more."""


def delicate(view: Callable[P, R]) -> Callable[P, R | ResponseReturnValue]:
    """A page, or the press of a button, before which `ask_again` stands."""

    @wraps(view)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R | ResponseReturnValue:
        page: ResponseReturnValue | None = ask_again()
        return view(*args, **kwargs) if page is None else page

    return asked


def to_verify(_within: timedelta, _grace: timedelta) -> Response:
    """To the page that asks again, and from there back; to the form, where it was sent from."""
    flash(_("Halaman ini peka. Pastikan dahulu bahwa ini Anda."), "info")
    if request.method == "POST":
        flash(_("Yang baru saja Anda kirim belum tersimpan: kirim lagi sesudah ini."), "info")
    return redirect(url_for("security.verify", next=way_back()))


def init_gate(app: Flask) -> None:
    """Stand before every page of the staff."""
    app.before_request(_keep_signed_in)
    app.before_request(_lead_to_setup)


def setting_up() -> dict[str, bool]:
    """For pages of the library: whether this account must finish here before it goes on."""
    return {"setting_up": next_step(signed_in()) is not None}


def _keep_signed_in() -> Response | None:
    """The library's page for codes ends the visit of whoever is in already, and any link may lead there."""
    is_code_page = request.endpoint == CODES and request.method == "GET"
    return redirect(own_room()) if is_code_page and current_user.is_authenticated else None


def _lead_to_setup() -> Response | None:
    endpoint = request.endpoint or ""
    if endpoint not in current_app.view_functions or not actions_of(current_app, endpoint):
        return None
    if endpoint.partition(".")[0] in OWN_PAGES or not current_user.is_authenticated:
        return None
    step = next_step(signed_in())
    if step is None:
        return None
    if request.is_json or request.accept_mimetypes.best == "application/json":
        abort(HTTPStatus.UNAUTHORIZED)
    return redirect(url_for(step))
