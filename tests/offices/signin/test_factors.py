"""Second factors in the database: no code twice, none but digests, nothing left after a reset."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask, current_app

from core import clock
from core.db import db
from core.errors import Missing, Refused
from offices import staff as accounts
from offices.audit_models import AuditEntry
from offices.models import Staff
from offices.signin import factors, recovery
from offices.signin.factors import Owner
from offices.signin.models import Passkey
from tests import make

NOW = make.START
KEY = {
    "name": "HP", "credential_id": b"id", "public_key": b"key", "sign_count": 0, "usage": "first",
    "device_type": "multi_device", "backup_state": True, "transports": ["internal"], "extensions": None,
}  # fmt: skip


def account(email: str) -> Staff:
    db.session.rollback()
    return db.session.scalars(sa.select(Staff).filter_by(email=email)).one()


def owner(found: Staff, *, needs_one: bool = True) -> Owner:
    return Owner(found.office_id, found.id, found.email, needs_one=needs_one)


def passkey_of(found: Staff) -> UUID:
    db.session.rollback()
    return db.session.scalars(sa.select(Passkey.id).filter_by(staff_id=found.id)).one()


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def verified(found: Staff, code: str) -> bool:
    library = current_app.extensions["security"]
    passed: bool = library.totp_factory.verify_totp(code, found.tf_totp_secret, found, window=30)
    return passed


def shown(moment: datetime) -> str:
    return str(make.APP.generate(moment.timestamp()).token)


@pytest.mark.parametrize(("late_s", "passes"), [(0, True), (-30, True), (30, True), (-90, False), (90, False)])
def test_a_code_counts_for_a_short_while(
    app: Flask, monkeypatch: pytest.MonkeyPatch, late_s: int, *, passes: bool
) -> None:
    found = account(make.staff())
    at(NOW, monkeypatch)
    assert verified(found, shown(NOW + timedelta(seconds=late_s))) is passes


def test_a_code_never_works_twice(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    email = make.staff()
    at(NOW, monkeypatch)
    assert verified(account(email), shown(NOW))
    assert not verified(account(email), shown(NOW))
    assert not verified(account(email), shown(NOW - timedelta(seconds=30)))  # nor an older one after it
    at(NOW + timedelta(seconds=30), monkeypatch)
    assert verified(account(email), shown(NOW + timedelta(seconds=30)))


def test_of_two_requests_with_one_code_the_first_wins(any_app: Flask) -> None:
    found = account(make.staff())
    tries = [factors.use_code(office_id=found.office_id, staff_id=found.id, counter=7, now=NOW) for _try in range(2)]
    assert tries == [True, False]


def test_the_secret_of_an_app_is_sealed(app: Flask) -> None:
    library = app.extensions["security"]
    secret = library.totp_factory.generate_totp_secret()
    key = library.totp_factory.get_totp_b32_key(secret)
    assert key not in secret
    assert '"enckey"' in secret


def test_a_recovery_code_opens_once_however_it_is_typed(any_app: Flask) -> None:
    email = make.staff()
    codes = any_app.extensions["security"].mf_recovery_codes_util.create_recovery_codes(account(email))
    check = any_app.extensions["security"].mf_recovery_codes_util.check_recovery_code
    assert check(account(email), codes[3].lower().replace("-", " "))
    assert not check(account(email), codes[3])
    assert not check(account(email), "")
    assert len(account(email).mf_recovery_codes or []) == recovery.HOW_MANY - 1


def test_recovery_codes_are_kept_as_digests_of_their_own_account(app: Flask) -> None:
    first, second = account(make.staff()), account(make.staff())
    code = recovery.made()
    assert code not in recovery.digest(code, first.id)
    assert recovery.digest(code, first.id) != recovery.digest(code, second.id)


def test_a_new_factor_ends_the_other_sessions(any_app: Flask) -> None:
    found = account(make.staff())
    before = found.fs_uniquifier
    after = factors.keep_passkey(owner=owner(found), values=KEY, now=NOW)
    assert before != after == account(found.email).fs_uniquifier


def test_the_last_factor_stays_where_one_is_needed(any_app: Flask) -> None:
    found = account(make.staff())
    with pytest.raises(Refused, match="satu-satunya"):
        factors.remove_app(owner=owner(found), now=NOW)
    factors.keep_passkey(owner=owner(found), values=KEY, now=NOW)
    factors.remove_app(owner=owner(found), now=NOW)
    passkey = passkey_of(found)
    with pytest.raises(Refused, match="satu-satunya"):
        factors.remove_passkey(owner=owner(found), passkey_id=passkey, now=NOW)
    factors.remove_passkey(owner=owner(found, needs_one=False), passkey_id=passkey, now=NOW)
    assert not factors.has_any(account(found.email))


def test_nobody_takes_away_anothers_passkey(any_app: Flask) -> None:
    mine, theirs = account(make.staff()), account(make.staff())
    factors.keep_passkey(owner=owner(theirs), values=KEY, now=NOW)
    passkey = passkey_of(theirs)
    with pytest.raises(Missing):
        factors.remove_passkey(owner=owner(account(mine.email)), passkey_id=passkey, now=NOW)


def test_a_lost_phone_leaves_nothing_behind(any_app: Flask) -> None:
    found = account(make.staff())
    factors.keep_passkey(owner=owner(found), values=KEY, now=NOW)
    accounts.reset_factors(office_id=found.office_id, staff_id=found.id, by="operator", now=NOW)
    left = account(found.email)
    assert not factors.has_any(left)
    assert (left.password, left.mf_recovery_codes, left.totp_counter) == (None, None, None)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Passkey)) == 0
    actions = db.session.scalars(sa.select(AuditEntry.action).filter_by(subject=found.email)).all()
    assert {"factor.passkey", "staff.reset_factors"} <= set(actions)


def test_a_forgotten_password_leaves_the_second_factor(any_app: Flask) -> None:
    found = account(make.staff())
    accounts.reset(office_id=found.office_id, staff_id=found.id, by="operator", now=NOW)
    assert factors.has_any(account(found.email))
