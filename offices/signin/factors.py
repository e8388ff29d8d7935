"""Second factors of an account: kept, used and taken away, each change in the audit trail and ending other sessions."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.db import transaction
from core.errors import Missing, Refused
from core.ids import uuid7
from offices import audit
from offices.models import Staff
from offices.signin.models import Passkey

APP = "authenticator"  # the library's word for an app that shows codes


@dataclass(frozen=True)
class Owner:
    """Whose factor it is, who changes it, and whether one must be left."""

    office_id: int
    staff_id: UUID
    by: str
    needs_one: bool = False


@transaction
def use_code(session: Session, *, office_id: int, staff_id: UUID, counter: int, now: datetime) -> bool:
    """Whether this code (by its place in time) is newer than every one that was used; it is used from now on."""
    unused = sa.or_(Staff.totp_counter.is_(None), Staff.totp_counter < counter)
    taken = (
        sa.update(Staff)
        .where(Staff.office_id == office_id, Staff.id == staff_id, unused)
        .values(totp_counter=counter)
        .returning(Staff.id)
    )
    return session.scalar(taken) is not None


@transaction
def keep_app(session: Session, *, owner: Owner, secret: str, now: datetime) -> str:
    """Let an app's codes be the second factor, in the place of an older app; returns the new name of the sessions."""
    account = held(session, owner.office_id, owner.staff_id)
    account.tf_primary_method, account.tf_totp_secret = APP, secret
    return _changed(session, account, owner, "factor.app", now=now)


@transaction
def remove_app(session: Session, *, owner: Owner, now: datetime) -> str:
    """Take the app away; raises Refused where it is the last factor of an account that needs one."""
    account = held(session, owner.office_id, owner.staff_id)
    if owner.needs_one and not account.webauthn:
        raise Refused(_("Ini satu-satunya langkah kedua Anda. Pasang kunci sandi dahulu."))
    account.tf_primary_method = account.tf_totp_secret = account.totp_counter = None
    return _changed(session, account, owner, "factor.app_removed", now=now)


@transaction
def keep_passkey(session: Session, *, owner: Owner, values: dict[str, Any], now: datetime) -> str:
    """Add a passkey that has just proved itself."""
    account = held(session, owner.office_id, owner.staff_id)
    times = {"added_at": now, "lastuse_datetime": now}
    session.add(Passkey(office_id=owner.office_id, id=uuid7(now), staff_id=account.id, **times, **values))
    return _changed(session, account, owner, "factor.passkey", {"name": values["name"]}, now=now)


@transaction
def remove_passkey(session: Session, *, owner: Owner, passkey_id: UUID, now: datetime) -> str:
    """Take a passkey away; raises Missing, and Refused as `remove_app` does."""
    account = held(session, owner.office_id, owner.staff_id)
    found = next((each for each in account.webauthn if each.id == passkey_id), None)
    if found is None:
        raise Missing("Kunci sandi ini tidak ada.")
    if owner.needs_one and account.tf_primary_method is None and len(account.webauthn) == 1:
        raise Refused(_("Ini satu-satunya langkah kedua Anda. Pasang aplikasi atau kunci sandi lain dahulu."))
    session.delete(found)
    return _changed(session, account, owner, "factor.passkey_removed", {"name": found.name}, now=now)


def forget_all(session: Session, account: Staff) -> None:
    """Take every second factor away: its owner sets one up again at the next sign-in."""
    account.tf_primary_method = account.tf_totp_secret = account.totp_counter = account.mf_recovery_codes = None
    session.execute(sa.delete(Passkey).where(Passkey.office_id == account.office_id, Passkey.staff_id == account.id))


def held(session: Session, office_id: int, staff_id: UUID) -> Staff:
    """The account; nobody else changes it until the transaction ends."""
    chosen = sa.select(Staff).where(Staff.office_id == office_id, Staff.id == staff_id)
    return session.scalars(chosen.with_for_update()).one()


def has_any(account: Staff) -> bool:
    """Whether the account has a second factor."""
    return account.tf_primary_method is not None or bool(account.webauthn)


def _changed(
    session: Session,
    account: Staff,
    owner: Owner,
    action: str,
    detail: dict[str, Any] | None = None,
    *,
    now: datetime,
) -> str:
    """Every other session ends: it may have begun without this factor, or with one that is gone."""
    account.fs_uniquifier = token_hex(32)
    audit.record(session, account.office_id, owner.by, action, account.email, detail or {}, now=now)
    return account.fs_uniquifier
