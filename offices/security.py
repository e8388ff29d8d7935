"""Sign-in with Flask-Security: its settings, and what stands before and after its pages (docs/adr/0006, 0034)."""

from datetime import timedelta
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import Any

from flask import Flask, Response, abort, current_app, g, request, session
from flask_security import Security, current_user
from flask_security.forms import LoginForm, TwoFactorRescueForm
from wtforms import RadioField

from core import clock
from core.db import db
from core.visitors import counters
from offices import sessions
from offices.access import DESK, may, own_room
from offices.brakes import Brakes
from offices.models import Staff, StaffRole
from offices.rights import Action
from offices.signin.addresses import spelled
from offices.signin.gate import FRESH, init_gate, setting_up, to_verify
from offices.signin.known_devices import WAYS_IN, init_known_devices, is_known
from offices.signin.links import LinkForm
from offices.signin.models import Passkey
from offices.signin.passkeys import Accounts, NewPasskeyForm, PasskeyForm, Passkeys, why_not
from offices.signin.passwords import Passwords
from offices.signin.recovery import RecoveryCodes, init_recovery
from offices.signin.totp import Codes
from offices.signin.visits import init_visits
from offices.signin.words import MESSAGES

LINK_VALID = timedelta(days=3)
LONGEST_FIELD = 1000  # far over any password, address or token
LONGEST_PROOF = 20_000  # of a passkey
# A password check takes a processor for a third of a second: others need one too.
_HASHING = BoundedSemaphore(2)
LONGEST_WAIT_S = 5.0
LOGIN = "security.login"
SECOND_STEPS = {"security.two_factor_token_validation", "security.mf_recovery"}
GUESSED = {LOGIN, "security.verify", "security.change_password", *SECOND_STEPS}
# What the library brings and we do not use answers like an address that is not there.
USED = GUESSED | WAYS_IN | {
    "security.logout", "security.forgot_password", "security.reset_password", "security.wan_signin",
    "security.wan_register", "security.wan_register_response", "security.wan_verify", "security.wan_verify_response",
}  # fmt: skip
PAGES = {
    "LOGIN": "/masuk",
    "LOGOUT": "/keluar",
    "RESET": "/masuk/kata-sandi",
    "VERIFY": "/masuk/pastikan",
    "CHANGE": "/akun/kata-sandi",
    "TWO_FACTOR_TOKEN_VALIDATION": "/masuk/kode",
    "MULTI_FACTOR_RECOVERY": "/masuk/kode-pemulihan",
    "WAN_SIGNIN": "/masuk/kunci-sandi",
    "WAN_VERIFY": "/masuk/pastikan/kunci-sandi",
    "WAN_REGISTER": "/akun/kunci-sandi",
    # Not used.
    "TWO_FACTOR_SETUP": "/masuk/tidak-ada/atur",
    "TWO_FACTOR_RESCUE": "/masuk/tidak-ada/bantuan",
    "TWO_FACTOR_SELECT": "/masuk/tidak-ada/pilih",
    "MULTI_FACTOR_RECOVERY_CODES": "/masuk/tidak-ada/kode",
    "WAN_DELETE": "/masuk/tidak-ada/hapus",
}


class SignInForm(LoginForm):
    """Without "remember me": the office's computers are shared."""

    remember = None  # type: ignore[assignment]  # so the library drops a field

    def validate(self, **kwargs: Any) -> bool:  # type: ignore[override]  # the library's, too
        """Who asked for no page begins at the desk."""
        passed = bool(super().validate(**kwargs))
        self.next.data = self.next.data or (DESK if passed else "")
        return passed


class NoRescueForm(TwoFactorRescueForm):
    """The library's page builds it; we offer no way around by mail."""

    help_setup = RadioField(choices=[])


def init_security(app: Flask) -> None:
    """Configure and register sign-in."""
    app.config.update(
        **_passwords(),
        **_second_factors(app),
        **{f"SECURITY_{key}_URL": address for key, address in PAGES.items()},
        **{f"SECURITY_MSG_{key}": message for key, message in MESSAGES.items()},
        PERMANENT_SESSION_LIFETIME=sessions.LONGEST,
    )
    app.extensions["brakes"] = Brakes(counters(app.config["SETTINGS"].redis_url))
    app.before_request(_leave_unused)
    app.before_request(_prepare_sign_in)
    init_gate(app)
    app.after_request(_count_wrong_guess)
    init_recovery(app)  # has the last word on where to go
    app.after_request(_lead_guest)
    app.teardown_request(_leave_room)
    app.context_processor(lambda: {"why_no_passkeys": why_not})
    _library(app)


def _passwords() -> dict[str, object]:
    return {
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
        # Links bear a digest of the argon2 hash: it needs no slow one of its own, made while nobody else can write.
        "SECURITY_HASHING_SCHEMES": ["hex_sha512", "sha256_crypt"],
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_POST_LOGIN_VIEW": DESK,
        "SECURITY_POST_LOGOUT_VIEW": "/masuk",
        "SECURITY_POST_CHANGE_VIEW": "/akun",
        "SECURITY_POST_VERIFY_VIEW": "/akun",
        "SECURITY_RECOVERABLE": True,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_RESET_PASSWORD_WITHIN": LINK_VALID,
        "SECURITY_SEND_PASSWORD_RESET_EMAIL": False,
        "SECURITY_SEND_PASSWORD_RESET_NOTICE_EMAIL": False,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_JOIN_USER_ROLES": False,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_CLI_USERS_NAME": False,  # accounts are made by `staff add`, with its rules
        "SECURITY_CLI_ROLES_NAME": False,
        "SECURITY_DATETIME_FACTORY": clock.now,
        "SECURITY_FRESHNESS": FRESH,
        "SECURITY_FRESHNESS_GRACE_PERIOD": FRESH,
    }


def _second_factors(app: Flask) -> dict[str, object]:
    return {
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,  # a phone's clock may be this wrong, in seconds
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_IMPLEMENTATIONS": {
            "code": "flask_security.twofactor.CodeTfPlugin",
            "webauthn": "offices.signin.passkeys.PasskeyFactor",
        },
        "SECURITY_TOTP_SECRETS": {"1": app.config["TOTP_KEY"]},
        "SECURITY_TOTP_ISSUER": "SUKMA",  # what apps and phones show is the office's name (Codes, Passkeys)
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_WEBAUTHN": True,
        "SECURITY_WAN_RP_NAME": "SUKMA",
        "SECURITY_WAN_ALLOW_USER_HINTS": False,
        "SECURITY_WAN_POST_REGISTER_VIEW": "/akun",
    }


def _library(app: Flask) -> None:
    """The library, speaking to our tables in our words. It answers browsers alone, never programs."""
    library = Security(
        app,
        Accounts(db, Staff, StaffRole, Passkey),
        login_form=SignInForm,
        reset_password_form=LinkForm,
        two_factor_rescue_form=NoRescueForm,
        wan_register_form=NewPasskeyForm,
        wan_signin_response_form=PasskeyForm,
        password_util_cls=Passwords,
        totp_cls=Codes,
        webauthn_util_cls=Passkeys,
        mf_recovery_codes_util_cls=RecoveryCodes,
    )
    library.want_json(lambda _request: False)
    library.reauthn_handler(to_verify)
    library.wan_register_context_processor(setting_up)
    init_visits(app)
    init_known_devices(app)


def _leave_unused() -> None:
    if request.blueprint == "security" and request.endpoint not in USED:
        abort(HTTPStatus.NOT_FOUND)


def _prepare_sign_in() -> None:
    """The library writes through the request's session, reads JSON loosely, and hashes whatever it is given."""
    if request.method != "POST" or request.blueprint != "security":
        return
    if request.is_json:
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if any(len(text) > (LONGEST_PROOF if key == "credential" else LONGEST_FIELD) for key, text in request.form.items()):
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if request.endpoint in GUESSED and _held():
        abort(HTTPStatus.TOO_MANY_REQUESTS)
    if not _HASHING.acquire(timeout=LONGEST_WAIT_S):
        abort(HTTPStatus.TOO_MANY_REQUESTS)
    g.hashing = True
    g.session_writes = True


def _held() -> bool:
    return _brakes().hold(_address(), _account(), is_known=_is_known(), is_step=_is_step())


def _count_wrong_guess(response: Response) -> Response:
    """The form that comes back says that the password or the code was wrong."""
    if request.method == "POST" and request.endpoint in GUESSED and response.status_code == HTTPStatus.OK:
        _brakes().wrong(_address(), _account(), is_known=_is_known(), is_step=_is_step())
    return response


def _lead_guest(response: Response) -> Response:
    """Who works at no desk has one room, whatever page led to the sign-in form."""
    is_in = request.method == "POST" and request.endpoint in WAYS_IN and response.status_code == HTTPStatus.FOUND
    if is_in and current_user.is_authenticated and not may(Action.OWN_DESK):
        wanted, room = response.location or "", own_room()
        response.location = wanted if wanted.startswith(room) else room
    return response


def _brakes() -> Brakes:
    found: Brakes = current_app.extensions["brakes"]
    return found


def _address() -> str:
    return request.remote_addr or ""


def _is_step() -> bool:
    return request.endpoint in SECOND_STEPS


def _account() -> str:
    """Whom the guess is about, as far as it is known before it is judged."""
    if _is_step():
        return str(session.get("tf_user_id", ""))
    return spelled(request.form.get("email", "")) if request.endpoint == LOGIN else current_user.get_id() or ""


def _is_known() -> bool:
    """Whether the device has signed in to the account before; who is signed in has."""
    if not _is_step():
        return request.endpoint != LOGIN or is_known(_account())
    found = current_app.extensions["security"].datastore.find_user(fs_uniquifier=_account())
    return found is not None and is_known(found.email)


def _leave_room(_error: BaseException | None) -> None:
    if g.pop("hashing", False):
        _HASHING.release()
