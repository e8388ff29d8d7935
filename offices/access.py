"""Deny by default: every staff blueprint stands behind one hook."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import TypedDict, TypeVar
from urllib.parse import SplitResult, urlsplit

from flask import Blueprint, Flask, abort, current_app, request, url_for
from flask_security import current_user
from flask_security.decorators import default_unauthn_handler
from werkzeug.wrappers import Response

from core import clock
from offices import rights
from offices.models import Staff
from offices.rights import Action

STAFF_BLUEPRINTS: dict[str, frozenset[Action]] = {}
_OF_VIEWS: dict[object, frozenset[Action]] = {}
DESK, OWN_PAGE = "/petugas", "/akun"
# Where those begin who work at no desk.
ROOMS = {Action.OVERSEE_REGENCY: "/kabupaten/", Action.READ_TRAIL: "/audit"}
View = TypeVar("View", bound=Callable[..., object])


def staff_blueprint(name: str, import_name: str, *actions: Action) -> Blueprint:
    """A blueprint whose every page asks for sign-in, and for the right to one of `actions`."""
    STAFF_BLUEPRINTS[name] = frozenset(actions)
    blueprint = Blueprint(name, import_name)
    blueprint.before_request(_guard)
    return blueprint


def asks_for(*actions: Action) -> Callable[[View], View]:
    """A page that asks for the right to one of these, not for what the rest of its blueprint asks for."""

    def named(view: View) -> View:
        _OF_VIEWS[view] = frozenset(actions)
        return view

    return named


def actions_of(app: Flask, endpoint: str) -> frozenset[Action]:
    """What a page of the staff is for: who may do one of these opens it. None of them: it is not the staff's."""
    of_view = _OF_VIEWS.get(app.view_functions[endpoint])
    return of_view or STAFF_BLUEPRINTS.get(endpoint.rpartition(".")[0], frozenset())


def may(*actions: Action) -> bool:
    """Whether who asks may do one of these: what pages and menus ask before they show a way."""
    return current_user.is_authenticated and account_may(signed_in(), *actions)


def account_may(account: Staff, *actions: Action) -> bool:
    """Whether this account may do one of these, its section considered."""
    return rights.may(account.staff_role, account.section_key, *actions)


def require(*actions: Action) -> None:
    """403 for who may do none of these; where a page asks for more than its blueprint does."""
    if not may(*actions):
        abort(HTTPStatus.FORBIDDEN)


def own_room() -> str:
    """Where the work of who is signed in begins."""
    return DESK if may(Action.OWN_DESK) else next(room for action, room in ROOMS.items() if may(action))


def init_access(app: Flask) -> None:
    """Let templates ask `may(Action.…)`, and lead people back to their work."""
    app.jinja_env.globals.update(may=may, Action=Action, own_room=own_room)


def signed_in() -> Staff:
    """The account of this request; only for pages behind the hook."""
    account = current_user._get_current_object()  # noqa: SLF001 (the proxy itself carries no type)
    if not isinstance(account, Staff):
        abort(HTTPStatus.FORBIDDEN)
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


def way_back() -> str:
    """Where to lead who must first prove who they are: to this page, or to that of the form that was sent, as far as
    it is a page of ours; whoever sent it from another house is not led with what stands in its address.
    """
    if request.method != "POST":
        return request.full_path.rstrip("?")
    sent_from, pages = _sent_from(), current_app.create_url_adapter(request)
    is_page = sent_from.path.startswith("/") and not sent_from.path.startswith("//")
    if not is_page or pages is None or not pages.test(sent_from.path, "GET"):
        return OWN_PAGE
    is_ours = sent_from.query and sent_from.netloc == request.host
    return f"{sent_from.path}?{sent_from.query}" if is_ours else sent_from.path


def _sent_from() -> SplitResult:
    """The page whose form was sent, empty where nobody says; anything may stand there."""
    try:
        return urlsplit(request.referrer or "")
    except ValueError:
        return urlsplit("")


def _guard() -> Response | None:
    if not current_user.is_authenticated:
        if request.is_json or request.accept_mimetypes.best == "application/json":
            abort(HTTPStatus.UNAUTHORIZED)  # a program can't follow to a sign-in page
        answer: Response = default_unauthn_handler(request.headers)
        if request.method == "POST":
            answer.location = url_for("security.login", next=way_back())
        return answer
    require(*actions_of(current_app, request.endpoint or ""))
    return None
