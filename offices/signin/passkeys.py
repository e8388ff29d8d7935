"""Passkeys: always with the device's lock, so each is two factors at once; offered where browsers can keep them."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app, g, request
from flask_babel import gettext as _
from flask_security import (
    SQLAlchemyUserDatastore,
    WebAuthnRegisterForm,
    WebAuthnSigninResponseForm,
    WebauthnUtil,
)
from flask_security.webauthn import WebAuthnTfPlugin
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from wtforms import HiddenField

from core import clock
from offices.current import current_office
from offices.signin import challenges, factors
from offices.signin.factors import Owner
from offices.signin.visits import renew

# The library tells keys that sign in alone from keys that only come second. All of ours sign in alone.
USAGE = "first"
LOCAL = "localhost"
LOOPBACK = "127.0.0.1"  # browsers keep passkeys for names alone


def why_not() -> str:
    """Why a browser would keep no passkey for the address in use; "" where it would."""
    ours = urlsplit(str(current_app.config["SETTINGS"].base_url))
    asked = urlsplit(request.host_url)
    if asked.hostname == LOCAL or (ours.scheme == "https" and asked.netloc == ours.netloc):
        return ""
    if ours.scheme == "https":
        return _("Kunci sandi hanya bisa dipakai di alamat %(address)s.", address=ours.geturl())
    if asked.hostname == LOOPBACK:
        return _("Peramban tidak menyimpan kunci sandi untuk alamat 127.0.0.1. Di komputer ini, pakai nama localhost.")
    return _("Kunci sandi hanya bisa dipakai di alamat https://, dan layanan ini belum memakainya.")


class Passkeys(WebauthnUtil):
    """What the sign-in library asks of browsers."""

    def origin(self) -> str:
        """The address that a passkey must have been used at; nobody is asked for one where `why_not` has a reason."""
        if urlsplit(request.host_url).hostname == LOCAL:
            return request.host_url.rstrip("/")
        ours = urlsplit(str(current_app.config["SETTINGS"].base_url))
        return f"{ours.scheme}://{ours.netloc}"

    def registration_options(self, user: Any, usage: str, existing_options: dict[str, Any]) -> dict[str, Any]:
        """Named for the office, as the phone lists it."""
        return super().registration_options(user, usage, {**existing_options, "rp_name": current_office().name})

    def authenticator_selection(self, user: Any, usage: str) -> AuthenticatorSelectionCriteria:
        """One that needs no name to be typed, and asks for finger, face or PIN."""
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        )

    def user_verification(self, user: Any, usage: list[str]) -> UserVerificationRequirement:
        """Always: whoever finds the phone must not get in."""
        return UserVerificationRequirement.REQUIRED


class NewPasskeyForm(WebAuthnRegisterForm):
    """A new passkey's name."""

    usage = HiddenField(default=USAGE)  # type: ignore[assignment]  # the library would offer a choice

    def validate(self, **kwargs: Any) -> bool:  # type: ignore[override]  # the library's, too
        """Whatever was sent, it will sign in alone."""
        passed = bool(super().validate(**kwargs))
        self.usage.data = USAGE
        return passed


class PasskeyForm(WebAuthnSigninResponseForm):
    """A passkey's proof. It signs in alone, even when a password was typed before it."""

    @property
    def is_secondary(self) -> bool:
        """Never."""
        return False

    @is_secondary.setter
    def is_secondary(self, _asked: bool) -> None:
        """What the library's page sets."""

    def validate(self, **more: Any) -> bool:  # type: ignore[override]  # the library's, too
        """A proof that doesn't hold is kept for the audit trail: whose it was, if anybody's (`offices/looking.py`)."""
        passed: bool = super().validate(**more)
        if passed and not challenges.spend(challenge=self.challenge, now=clock.now()):
            passed = False
            self.credential.errors = (_("Bukti ini sudah dipakai. Coba masuk sekali lagi."),)
        account = getattr(self, "user", None)
        if not passed or not getattr(account, "active", False):  # the library refuses closed accounts after this
            g.passkey_refused = account
        return passed


class PasskeyFactor(WebAuthnTfPlugin):
    """Who has a passkey and no app is led from the password to the passkey."""

    def get_setup_methods(self, user: Any) -> list[tuple[str, str]]:
        """The library's (method, words); an app, where there is one, comes first and its page names the passkey."""
        return [("webauthn", "")] if user.webauthn and user.tf_primary_method is None else []


class Accounts(SQLAlchemyUserDatastore):
    """The library's accounts. A new passkey is written by our own service, audit trail included."""

    def create_webauthn(self, user: Any, **values: Any) -> None:  # type: ignore[override]
        """Keep it; this visit goes on."""
        owner = Owner(user.office_id, user.id, user.email)
        renew(user, factors.keep_passkey(owner=owner, values=values, now=clock.now()))
