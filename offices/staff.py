"""Staff accounts: made, reset and deactivated, each with a one-time link instead of a password."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from uuid import UUID

import sqlalchemy as sa
from email_validator import EmailNotValidError
from flask_security import hash_password
from flask_security.recoverable import generate_reset_password_token
from sqlalchemy.orm import Session

from core.db import transaction
from core.errors import Refused
from core.ids import uuid7
from offices import audit, leaving, queries, rights
from offices.models import Section, Staff
from offices.rights import Action
from offices.roles import Role
from offices.signin import factors, passwords
from offices.signin.addresses import normal


@dataclass(frozen=True)
class NewLink:
    """A one-time token to set the password of `email`; it dies with its use or with the next one."""

    email: str
    token: str


@transaction
def add(
    session: Session,
    *,
    office_id: int,
    email: str,
    name: str,
    role: Role,
    section_key: str | None = None,
    password: str | None = None,
    by: str,
    now: datetime,
) -> NewLink:
    """Make an account; raises Refused for an address that is taken or can't sign in, an unknown section, and a
    given password that is too short or easily guessed.
    """
    email = _checked_address(email)
    if session.scalar(sa.select(Staff.id).where(Staff.email == email)):
        raise Refused(f"Sudah ada akun dengan alamat {email}.", "email")
    _check_section(session, office_id, role, section_key)
    fault = passwords.fault(password, email, name) if password is not None else None
    if fault:
        raise Refused(fault, "password")
    account = Staff(
        office_id=office_id,
        id=uuid7(now),
        email=email,
        name=name.strip(),
        role=role.value,
        section_key=section_key,
        password=hash_password(password) if password else None,
        fs_uniquifier=token_hex(32),
        created_at=now,
    )
    session.add(account)
    audit.record(session, office_id, by, "staff.add", email, {"name": name, "role": role.value}, now=now)
    return NewLink(email, generate_reset_password_token(account))


@transaction
def edit(
    session: Session,
    *,
    office_id: int,
    staff_id: UUID,
    name: str,
    role: Role,
    section_key: str | None,
    by: str,
    now: datetime,
) -> None:
    """Change what somebody is called and does; another role or section ends all their sessions. Raises Refused for
    one's own role, for the last open operator's, and for a section that is missing.
    """
    account = queries.staff_member(session, office_id, staff_id)
    values = {"name": name.strip(), "role": role.value, "section_key": section_key}
    changes = {key: [getattr(account, key), new] for key, new in values.items() if getattr(account, key) != new}
    if "role" in changes and account.email == by:
        raise Refused("Ini akun Anda sendiri. Mintalah operator lain mengganti tugasnya.", "role")
    if "role" in changes and account.active and _is_last_operator(session, account):
        raise Refused("Ini operator terakhir yang aktif. Buat operator lain dahulu.", "role")
    _check_section(session, office_id, role, section_key)
    for key, new in values.items():
        setattr(account, key, new)
    if changes.keys() & {"role", "section_key"}:
        account.fs_uniquifier = token_hex(32)
    if changes:
        audit.record(session, office_id, by, "staff.edit", account.email, changes, now=now)


@transaction
def reset(session: Session, *, office_id: int, staff_id: UUID, by: str, now: datetime) -> NewLink:
    """Forget the password, end all sessions, and make a new one-time link."""
    return _reset(session, queries.staff_member(session, office_id, staff_id), by, now=now)


@transaction
def reset_factors(session: Session, *, office_id: int, staff_id: UUID, by: str, now: datetime) -> NewLink:
    """The same for who has lost the phone: the second factors are forgotten, too."""
    return _reset(session, queries.staff_member(session, office_id, staff_id), by, factors_too=True, now=now)


@transaction
def reset_of(session: Session, *, email: str, by: str, factors_too: bool = False, now: datetime) -> NewLink:
    """Either, for any account, by its address."""
    return _reset(session, queries.account(session, email), by, factors_too=factors_too, now=now)


@transaction
def set_active(session: Session, *, office_id: int, staff_id: UUID, active: bool, by: str, now: datetime) -> None:
    """Open or close an account; closing ends its sessions and takes away what must not outlast it. Raises Refused for
    the last open operator.
    """
    _set_active(session, queries.staff_member(session, office_id, staff_id), by, active=active, now=now)


@transaction
def close(session: Session, *, email: str, by: str, now: datetime) -> None:
    """Close any account, by its address; likewise."""
    _set_active(session, queries.account(session, email), by, active=False, now=now)


def _reset(session: Session, account: Staff, by: str, *, factors_too: bool = False, now: datetime) -> NewLink:
    if not account.active:
        raise Refused("Akun ini ditutup. Buka dahulu, baru buat tautan.")
    account.password = None
    account.fs_uniquifier = token_hex(32)
    if factors_too:
        factors.forget_all(session, account)
    action = "staff.reset_factors" if factors_too else "staff.reset"
    audit.record(session, account.office_id, by, action, account.email, {}, now=now)
    return NewLink(account.email, generate_reset_password_token(account))


def _set_active(session: Session, account: Staff, by: str, *, active: bool, now: datetime) -> None:
    if not active and account.email == by:
        raise Refused("Ini akun Anda sendiri. Mintalah operator lain menutupnya.")
    if not active and _is_last_operator(session, account):
        raise Refused("Ini operator terakhir yang aktif. Buat operator lain dahulu.")
    account.active = active
    account.fs_uniquifier = token_hex(32)
    if not active:
        leaving.take_away(session, account)
    audit.record(session, account.office_id, by, "staff.active", account.email, {"active": active}, now=now)


def _check_section(session: Session, office_id: int, role: Role, section_key: str | None) -> None:
    if role is Role.SECTION_HEAD and not section_key:
        raise Refused("Pilih seksi yang dipimpin.", "section_key")
    if section_key is not None and session.get(Section, (office_id, section_key)) is None:
        raise Refused(f"Seksi {section_key} tidak ada.", "section_key")


def _checked_address(email: str) -> str:
    """As the sign-in library will look for it: an address it can't read could never sign in."""
    try:
        return normal(email)
    except EmailNotValidError:
        raise Refused("Alamat surel ini keliru. Contoh: nama@kantor.go.id", "email") from None


def _is_last_operator(session: Session, account: Staff) -> bool:
    """Whether nobody else could open accounts. All who can are held till the transaction ends, or two operators who
    close each other at once would leave none.
    """
    chosen = sa.select(Staff.id).where(
        Staff.office_id == account.office_id,
        Staff.role.in_([role.value for role in rights.holders(Action.MANAGE_ACCOUNTS)]),
        Staff.active,
    )
    return set(session.scalars(chosen.order_by(Staff.id).with_for_update())) == {account.id}
