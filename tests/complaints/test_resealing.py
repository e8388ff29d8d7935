"""A new key for names: people are read as before, and the old key opens nothing any more."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from cryptography.fernet import InvalidToken
from flask import Flask

from complaints import resealing
from complaints.contacts import Who, open_who, seal_who
from complaints.desk_models import PushSubscription
from complaints.messages import subscribing
from complaints.models import Contact
from complaints.reporting.intake import Keys
from core import sealing
from core.db import db, reader
from core.push import Subscription
from offices.models import Staff
from tests import make
from tests.complaints import submitting

OLD, NEW = "a key of last year's", "a key of this year's"
BOTH = f"{NEW}\n{OLD}"
SITI = Who("Siti", "081234567890", "siti@contoh.example")
NAMED: dict[str, Any] = {"name": SITI.name, "phone": SITI.phone, "email": SITI.email}


def test_the_newest_seals_and_all_open() -> None:
    old = seal_who(OLD, SITI)
    assert open_who(BOTH, old) == SITI
    with pytest.raises(InvalidToken):
        open_who(OLD, seal_who(BOTH, SITI))


def test_only_what_an_older_key_sealed_is_sealed_anew() -> None:
    anew = sealing.resealed(BOTH, seal_who(OLD, SITI))
    assert anew is not None
    assert open_who(NEW, anew) == SITI
    assert sealing.resealed(BOTH, anew) is None
    with pytest.raises(InvalidToken):
        sealing.resealed(BOTH, b"sealed by nobody")


def sealed() -> list[bytes]:
    db.session.rollback()
    return list(reader().scalars(sa.select(Contact.sealed)))


def keys_of(identity: str) -> Keys:
    return replace(submitting.KEYS, identity=identity)


def subscriptions() -> int:
    db.session.rollback()
    return reader().scalar(sa.select(sa.func.count()).select_from(PushSubscription)) or 0


def test_everything_is_sealed_anew_and_nothing_is_left(any_app: Flask) -> None:
    for _report in range(3):
        submitting.send(**NAMED, keys=replace(submitting.KEYS, identity=OLD))
    assert resealing.left(BOTH) == 3
    assert (resealing.reseal(BOTH), resealing.left(BOTH)) == (3, 0)
    assert {open_who(NEW, each) for each in sealed()} == {SITI}
    assert resealing.reseal(BOTH) == 0


def test_a_browser_is_told_once_and_no_longer_when_it_says_so_under_any_key(any_app: Flask) -> None:
    browser = Subscription("https://push.example/1", "p256dh", "auth")
    staff_id = reader().scalars(sa.select(Staff.id).filter_by(email=make.staff())).one()
    officer: dict[str, Any] = {"office_id": make.OFFICE, "staff_id": staff_id, "now": make.START}
    for key in (OLD, BOTH):
        subscribing.subscribe(**officer, subscription=browser, keys=keys_of(key))
        assert subscriptions() == 1
    subscribing.subscribe(**officer, subscription=browser, keys=keys_of(OLD))
    resealing.reseal(BOTH)
    subscribing.unsubscribe(**officer, endpoint=browser.endpoint, keys=keys_of(NEW))
    assert subscriptions() == 0


def test_what_is_sent_again_after_the_change_is_known(any_app: Flask) -> None:
    known, keys = uuid4(), replace(submitting.KEYS, identity=OLD)
    first = submitting.send(**NAMED, submission_id=known, keys=keys)
    again = submitting.send(**NAMED, submission_id=known, keys=replace(keys, identity=BOTH))
    assert again.code == first.code


def test_what_no_key_opens_is_told_and_forgotten_only_by_a_word(app: Flask) -> None:
    run = app.test_cli_runner()
    submitting.send(**NAMED, keys=Keys(submitting.KEYS.receipt, "ab" * 32))
    assert run.invoke(args=["keys", "rotate"]).exit_code == 0
    answer = run.invoke(args=["keys", "reseal"])
    assert (answer.exit_code, "1 isian tidak terbuka" in answer.output) == (0, True)
    refused = run.invoke(args=["keys", "forget"])
    assert (refused.exit_code, "keys forget --lost" in refused.output) == (1, True)
    assert "1 kunci lama dihapus" in run.invoke(args=["keys", "forget", "--lost"]).output


def test_by_command(app: Flask) -> None:
    run = app.test_cli_runner()
    key = app.config["IDENTITY_KEY"]
    submitting.send(**NAMED, keys=Keys(submitting.KEYS.receipt, key))
    assert "keys reseal" in run.invoke(args=["keys", "rotate"]).output
    assert "masih disandi dengan kunci lama" in run.invoke(args=["keys", "forget"]).output
    assert "1 isian disandi ulang" in run.invoke(args=["keys", "reseal"]).output
    assert "1 kunci lama dihapus" in run.invoke(args=["keys", "forget"]).output
    file = app.config["SETTINGS"].data_dir / "identity.key"
    newest = file.read_text()
    assert newest != key
    assert file.stat().st_mode & 0o777 == 0o600
    assert open_who(newest, sealed()[0]) == SITI
