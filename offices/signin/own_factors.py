"""Setting up and taking away one's own second factor: from what was typed to the services."""

from uuid import UUID

from flask import current_app, session
from flask_babel import gettext as _

from core import clock
from core.errors import Refused
from offices.models import Staff
from offices.signin import factors
from offices.signin.factors import Owner
from offices.signin.gate import is_required
from offices.signin.visits import renew

# In the session: whose app has not shown a code yet, and its sealed secret. The owner is named because a cookie
# outlives a sign-in: at a shared computer nobody must be shown a secret that a colleague has scanned before.
PENDING = "pending_app"


def pending_app(account: Staff) -> dict[str, str]:
    """What an app is shown: image, key and uri. The same until a code has proved that the app has it."""
    library = current_app.extensions["security"]
    secret = _pending_secret(account) or library.totp_factory.generate_totp_secret()
    session[PENDING] = [str(account.id), secret]
    shown: dict[str, str] = library.totp_factory.fetch_setup_values(secret, account)
    return shown


def finish_app(account: Staff, code: str) -> None:
    """Keep the app; raises Refused for a code that it would not show now."""
    library = current_app.extensions["security"]
    digits, secret = "".join(code.split()), _pending_secret(account)
    window = current_app.config["SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY"]
    if not secret or not library.totp_factory.verify_totp(digits, secret, account, window=window):
        raise Refused(_("keliru. Periksa jam HP, lalu ketik kode yang tampil sekarang."), "code")
    renew(account, factors.keep_app(owner=_owner(account), secret=secret, now=clock.now()))
    session.pop(PENDING)


def remove_app(account: Staff) -> None:
    """Take the app away; raises Refused for the last factor of an account that needs one."""
    renew(account, factors.remove_app(owner=_owner(account), now=clock.now()))


def remove_passkey(account: Staff, passkey_id: UUID) -> None:
    """Take a passkey away; likewise."""
    renew(account, factors.remove_passkey(owner=_owner(account), passkey_id=passkey_id, now=clock.now()))


def new_codes(account: Staff) -> list[str]:
    """New recovery codes, to be shown once."""
    codes: list[str] = current_app.extensions["security"].mf_recovery_codes_util.create_recovery_codes(account)
    return codes


def _pending_secret(account: Staff) -> str | None:
    """Of the app that this account is setting up; None when there is none, or another's."""
    owner, secret = session.get(PENDING) or (None, None)
    return secret if owner == str(account.id) else None


def _owner(account: Staff) -> Owner:
    return Owner(account.office_id, account.id, account.email, needs_one=is_required(account))
