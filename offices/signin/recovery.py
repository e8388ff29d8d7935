"""Recovery codes: for who has lost the phone. Kept as slow digests; each opens once."""

import hashlib
import hmac
import secrets
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Flask, Response, flash, request, url_for
from flask_babel import gettext as _
from flask_security import MfRecoveryCodesUtil, current_user
from sqlalchemy.orm import Session

from core import clock
from core.codes import ALPHABET, LOOKALIKES, plain
from core.db import transaction
from offices import audit
from offices.access import signed_in
from offices.signin.factors import held

HOW_MANY = 10
LETTERS, GROUP = 12, 4  # 60 bits


def made() -> str:
    """A new code, as it is printed."""
    letters = "".join(secrets.choice(ALPHABET) for _letter in range(LETTERS))
    return "-".join(letters[start : start + GROUP] for start in range(0, LETTERS, GROUP))


def digest(code: str, staff_id: UUID) -> str:
    """What is kept of a code, however it was typed; takes a twentieth of a second."""
    typed = (plain(code) or "").translate(LOOKALIKES)
    return hashlib.scrypt(typed.encode(), salt=staff_id.bytes, n=2**14, r=8, p=1, dklen=32).hex()


@transaction
def replace(session: Session, *, office_id: int, staff_id: UUID, digests: list[str], by: str, now: datetime) -> None:
    """Let these be the account's codes; the older ones open nothing any more."""
    account = held(session, office_id, staff_id)
    account.mf_recovery_codes = digests
    audit.record(session, office_id, by, "factor.codes", account.email, {}, now=now)


@transaction
def use(session: Session, *, office_id: int, staff_id: UUID, digest: str, now: datetime) -> bool:
    """Whether this is one of the codes that are left; it is used from now on."""
    account = held(session, office_id, staff_id)
    left = account.mf_recovery_codes or []
    kept = [each for each in left if not hmac.compare_digest(each, digest)]
    if len(kept) == len(left):
        return False
    account.mf_recovery_codes = kept
    audit.record(session, office_id, account.email, "factor.code_used", account.email, {"left": len(kept)}, now=now)
    return True


class RecoveryCodes(MfRecoveryCodesUtil):
    """The sign-in library's way to ask."""

    def create_recovery_codes(self, user: Any) -> list[str]:
        """New codes, to be shown once."""
        codes = [made() for _code in range(HOW_MANY)]
        digests = [digest(code, user.id) for code in codes]
        replace(office_id=user.office_id, staff_id=user.id, digests=digests, by=user.email, now=clock.now())
        return codes

    def check_recovery_code(self, user: Any, code: str) -> bool:
        """Whether the code opens; checked and used in one step, so that it never opens twice."""
        found = digest(code, user.id)
        return use(office_id=user.office_id, staff_id=user.id, digest=found, now=clock.now())

    def delete_recovery_code(self, user: Any, code: str) -> bool:
        """Done already."""
        return True


def init_recovery(app: Flask) -> None:
    """Lead who came in with such a code to the page where a new phone is set up."""
    app.after_request(_lead_to_account)


def _lead_to_account(response: Response) -> Response:
    came_in = request.method == "POST" and response.status_code == HTTPStatus.FOUND
    if came_in and request.endpoint == "security.mf_recovery" and current_user.is_authenticated:
        left = len(signed_in().mf_recovery_codes or [])
        said = _("Anda masuk dengan kode pemulihan; tinggal %(left)s kode.", left=left)
        advice = _("HP hilang? Pasang HP baru di sini, lalu lepas yang lama dan keluarkan perangkat lama.")
        flash(f"{said} {advice}", "warning")
        response.location = url_for("account.index")
    return response
