"""Devices that signed in to an account before: guesses from elsewhere never shut its owner out of these."""

import hashlib
import hmac
from datetime import timedelta
from http import HTTPStatus

from flask import Flask, Response, current_app, request
from flask_security import current_user

from offices.access import signed_in

KEPT = timedelta(days=365)
MOST = 10  # accounts on one device; the office's computers are shared
WAYS_IN = {
    "security.login", "security.two_factor_token_validation", "security.mf_recovery", "security.wan_signin_response",
}  # fmt: skip


def init_known_devices(app: Flask) -> None:
    """Mark a device once it has signed in."""
    app.after_request(_remember)


def is_known(email: str) -> bool:
    """Whether this device signed in to the account with this address before."""
    return any(hmac.compare_digest(_mark(email), mark) for mark in _marks())


def _marks() -> list[str]:
    text = request.cookies.get(_name(), "")
    return [mark for mark in text.split(".") if mark.isascii()][:MOST]


def _mark(email: str) -> str:
    """Only we can make it, and it tells nobody whose it is."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, b"known device\0" + email.strip().lower().encode(), hashlib.sha256).hexdigest()[:32]


def _name() -> str:
    return "__Host-known" if current_app.config["SETTINGS"].is_https else "known"


def _remember(response: Response) -> Response:
    came_in = request.method == "POST" and request.endpoint in WAYS_IN and response.status_code == HTTPStatus.FOUND
    if came_in and current_user.is_authenticated:
        mark = _mark(signed_in().email)
        marks = [mark, *(other for other in _marks() if other != mark)][:MOST]
        secure: bool = current_app.config["SETTINGS"].is_https
        response.set_cookie(
            _name(), ".".join(marks), max_age=KEPT, secure=secure, httponly=True, samesite="Lax", path="/"
        )
    return response
