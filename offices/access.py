"""Deny by default: every staff blueprint stands behind one hook."""

from collections.abc import Callable, Collection
from datetime import datetime
from http import HTTPStatus
from typing import TypedDict

from flask import Blueprint, abort, request
from flask_security import current_user
from flask_security.decorators import default_unauthn_handler
from werkzeug.wrappers import Response

from core import clock
from offices.models import Staff
from offices.roles import Role

STAFF_BLUEPRINTS: dict[str, frozenset[Role]] = {}


def staff_blueprint(name: str, import_name: str, roles: Collection[Role]) -> Blueprint:
    """A blueprint whose every page asks for sign-in and for one of `roles`."""
    STAFF_BLUEPRINTS[name] = frozenset(roles)
    blueprint = Blueprint(name, import_name)
    blueprint.before_request(_guard(frozenset(roles)))
    return blueprint


def signed_in() -> Staff:
    """The account of this request; only for pages behind the hook."""
    account = current_user._get_current_object()  # noqa: SLF001 (the proxy itself carries no type)
    if not isinstance(account, Staff):
        abort(403)
    return account


class Signature(TypedDict):
    """Who writes, for which office, and when: keywords of every service function of master data."""

    office_id: int
    by: str
    now: datetime


def signature() -> Signature:
    """This request's signature; only for pages behind the hook."""
    account = signed_in()
    return {"office_id": account.office_id, "by": account.email, "now": clock.now()}


def _guard(roles: frozenset[Role]) -> Callable[[], Response | None]:
    def check() -> Response | None:
        if not current_user.is_authenticated:
            if request.is_json or request.accept_mimetypes.best == "application/json":
                abort(HTTPStatus.UNAUTHORIZED)  # a program can't follow to a sign-in page
            answer: Response = default_unauthn_handler(request.headers)
            return answer
        if signed_in().staff_role not in roles:
            abort(403)
        return None

    return check
