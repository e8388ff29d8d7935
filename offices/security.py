"""Sign-in with Flask-Security: argon2, one-time links shown on screen, words in plain Indonesian."""

from datetime import timedelta
from http import HTTPStatus
from threading import BoundedSemaphore

from flask import Flask, Response, abort, current_app, g, request
from flask_babel import lazy_gettext as _l
from flask_security import Security, SQLAlchemyUserDatastore, current_user
from flask_security.forms import LoginForm

from core.db import db
from core.visitors import counters
from offices.access import may
from offices.brakes import Brakes
from offices.models import Staff, StaffRole
from offices.rights import Action

LINK_VALID = timedelta(days=3)
SHORTEST_PASSWORD = 10
SESSION_VALID = timedelta(hours=12)
LONGEST_FIELD = 1000  # far over any password, address or token
# A password check takes a processor for a third of a second: others need one too.
_HASHING = BoundedSemaphore(2)
LONGEST_WAIT_S = 5.0
LOGIN = "security.login"
# Where those begin who work at no desk.
ROOMS = {Action.OVERSEE_REGENCY: "/kabupaten/", Action.READ_TRAIL: "/pengaturan/jejak"}
datastore = SQLAlchemyUserDatastore(db, Staff, StaffRole)
security = Security()

_MESSAGES = {
    "GENERIC_AUTHN_FAILED": (_l("Alamat surel atau kata sandi keliru."), "error"),
    "UNAUTHENTICATED": (_l("Silakan masuk untuk membuka halaman ini."), "info"),
    "UNAUTHORIZED": (_l("Akun Anda tidak berhak membuka halaman ini."), "error"),
    "LOGIN": (_l("Silakan masuk untuk membuka halaman ini."), "info"),
    "PASSWORD_RESET_EXPIRED": (_l("Tautan ini sudah lewat masanya. Mintalah tautan baru kepada operator."), "error"),
    "INVALID_RESET_PASSWORD_TOKEN": (
        _l("Tautan ini sudah dipakai atau keliru. Mintalah tautan baru kepada operator."),
        "error",
    ),
    "PASSWORD_RESET_NO_LOGIN": (_l("Kata sandi sudah disimpan. Silakan masuk."), "success"),
    "PASSWORD_NOT_PROVIDED": (_l("Isi kata sandi."), "error"),
    "PASSWORD_INVALID_LENGTH": (_l("Kata sandi sedikitnya %(length)s huruf."), "error"),
    "PASSWORD_IS_THE_SAME": (_l("Kata sandi baru harus lain dari yang lama."), "error"),
    "RETYPE_PASSWORD_MISMATCH": (_l("Kedua kata sandi tidak sama."), "error"),
    "EMAIL_NOT_PROVIDED": (_l("Isi alamat surel."), "error"),
    "INVALID_EMAIL_ADDRESS": (_l("Alamat surel keliru."), "error"),
    "DISABLED_ACCOUNT": (_l("Akun ini tidak aktif. Hubungi operator."), "error"),
}


class SignInForm(LoginForm):
    """Without "remember me": the office's computers are shared."""

    remember = None  # type: ignore[assignment]  # so the library drops a field


def init_security(app: Flask) -> None:
    """Configure and register sign-in."""
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 (the name of a method)
        SECURITY_PASSWORD_SINGLE_HASH=["argon2"],
        # Links bear a digest of the argon2 hash: it needs no slow one of its own, made while nobody else can write.
        SECURITY_HASHING_SCHEMES=["hex_sha512", "sha256_crypt"],
        SECURITY_PASSWORD_LENGTH_MIN=SHORTEST_PASSWORD,
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        SECURITY_LOGIN_URL="/masuk",
        SECURITY_LOGOUT_URL="/keluar",
        SECURITY_RESET_URL="/masuk/kata-sandi",
        SECURITY_POST_LOGIN_VIEW="/petugas",
        SECURITY_POST_LOGOUT_VIEW="/masuk",
        SECURITY_RECOVERABLE=True,
        SECURITY_RESET_PASSWORD_WITHIN=LINK_VALID,
        SECURITY_SEND_PASSWORD_RESET_EMAIL=False,
        SECURITY_SEND_PASSWORD_RESET_NOTICE_EMAIL=False,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_JOIN_USER_ROLES=False,
        SECURITY_API_ENABLED_METHODS=["session"],
        SECURITY_CLI_USERS_NAME=False,  # accounts are made by `staff add`, with its rules
        SECURITY_CLI_ROLES_NAME=False,
        SECURITY_LOGIN_FORM=SignInForm,
        PERMANENT_SESSION_LIFETIME=SESSION_VALID,
        **{f"SECURITY_MSG_{key}": message for key, message in _MESSAGES.items()},
    )
    app.extensions["brakes"] = Brakes(counters(app.config["SETTINGS"].redis_url))
    app.before_request(_prepare_sign_in)
    app.after_request(_count_wrong_password)
    app.after_request(_lead_guest)
    app.teardown_request(_leave_room)
    security.init_app(app, datastore)


def _prepare_sign_in() -> None:
    """The library writes through the request's session, reads JSON loosely, and hashes whatever it is given."""
    if request.method != "POST" or request.blueprint != "security":
        return
    if request.is_json:
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if any(len(text) > LONGEST_FIELD for text in request.form.values()):
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if request.endpoint == LOGIN and _brakes().hold(_address(), _email()):
        abort(HTTPStatus.TOO_MANY_REQUESTS)
    if not _HASHING.acquire(timeout=LONGEST_WAIT_S):
        abort(HTTPStatus.TOO_MANY_REQUESTS)
    g.hashing = True
    g.session_writes = True


def _count_wrong_password(response: Response) -> Response:
    """The sign-in form that comes back says that the password was wrong."""
    if request.method == "POST" and request.endpoint == LOGIN and response.status_code == HTTPStatus.OK:
        _brakes().wrong(_address(), _email())
    return response


def _lead_guest(response: Response) -> Response:
    """Who works at no desk has one room, whatever page led to the sign-in form."""
    is_in = request.endpoint == LOGIN and response.status_code == HTTPStatus.FOUND
    if is_in and current_user.is_authenticated and not may(Action.OWN_DESK):
        wanted, room = response.location or "", next(room for action, room in ROOMS.items() if may(action))
        response.location = wanted if wanted.startswith(room) else room
    return response


def _brakes() -> Brakes:
    found: Brakes = current_app.extensions["brakes"]
    return found


def _address() -> str:
    return request.remote_addr or ""


def _email() -> str:
    return request.form.get("email", "")


def _leave_room(_error: BaseException | None) -> None:
    if g.pop("hashing", False):
        _HASHING.release()
