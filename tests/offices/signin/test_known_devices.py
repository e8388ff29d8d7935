"""Guessing at one account from everywhere: slowed, without shutting its owner out."""

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from core.db import db, read_afresh
from offices.audit_models import AuditEntry
from offices.brakes import OF_ADDRESS, OF_EVERYWHERE, OF_KNOWN, OF_STEP
from offices.models import Staff
from offices.signin.known_devices import MOST
from tests import make


def guess(client: FlaskClient, email: str, turn: int) -> int:
    """A wrong password, from an address of its own."""
    client.environ_base["REMOTE_ADDR"] = f"198.51.100.{turn + 1}"
    data = {"email": email, "password": "salah", "csrf_token": make.token(client, "/masuk")}
    return client.post("/masuk", data=data).status_code


def test_many_addresses_are_held_and_the_owner_is_not(app: Flask) -> None:
    owner, thief, email = app.test_client(), app.test_client(), make.staff()
    make.through_the_door(owner, email)
    owner.post("/keluar", data={"csrf_token": make.token(owner, "/akun")})
    for turn in range(OF_EVERYWHERE.amount - 1):
        app.extensions["brakes"].wrong(f"203.0.113.{turn}", email, is_known=False)
    assert [guess(thief, email, turn) for turn in range(2)] == [200, 429]
    assert guess(thief, make.staff(), 2) == 200
    make.through_the_door(owner, email)
    assert owner.get("/petugas").status_code == 200


def test_another_spelling_of_the_address_is_the_same_account(app: Flask) -> None:
    email, thief = make.staff(), app.test_client()
    wide = email.replace(".example", "\uff0eｅxample")  # a full-width stop and letter
    for turn in range(OF_EVERYWHERE.amount - 1):
        app.extensions["brakes"].wrong(f"203.0.113.{turn}", email, is_known=False)
    assert [guess(thief, wide, turn) for turn in range(2)] == [200, 429]
    refused = read_afresh().scalars(sa.select(AuditEntry).filter_by(action="signin.refused")).one()
    assert refused.actor == email


def uniquifier_of(email: str) -> str:
    return db.session.scalars(sa.select(Staff.fs_uniquifier).filter_by(email=email)).one()


def leaves(client: FlaskClient, email: str) -> FlaskClient:
    """A device on which this account has been signed in."""
    make.through_the_door(client, email)
    client.post("/keluar", data={"csrf_token": make.token(client, "/akun")})
    return client


def test_guesses_behind_the_same_address_shut_nobody_out_of_their_own_device(app: Flask) -> None:
    email = make.staff()
    owner = leaves(app.test_client(), email)
    for turn in range(OF_ADDRESS.amount):
        app.extensions["brakes"].wrong("127.0.0.1", email if turn < 10 else f"{turn}@x.example", is_known=False)
    data = {"email": email, "password": make.PASSWORD}
    elsewhere = app.test_client()
    assert elsewhere.post("/masuk", data={**data, "csrf_token": make.token(elsewhere, "/masuk")}).status_code == 429
    make.through_the_door(owner, email)
    assert owner.get("/petugas").status_code == 200


def test_wrong_codes_from_elsewhere_shut_nobody_out_of_their_own_device(app: Flask) -> None:
    email = make.staff()
    owner, uniquifier = leaves(app.test_client(), email), uniquifier_of(email)
    for turn in range(OF_STEP.amount):
        app.extensions["brakes"].wrong(f"203.0.113.{turn}", uniquifier, is_known=False, is_step=True)
    assert make.through_the_door(app.test_client(), email).status_code == 429
    make.through_the_door(owner, email)
    assert owner.get("/petugas").status_code == 200


def test_a_known_device_may_not_guess_for_ever(app: Flask) -> None:
    email = make.staff()
    stolen = leaves(app.test_client(), email)
    statuses = [guess(stolen, email, turn) for turn in range(OF_KNOWN.amount + 1)]
    assert statuses == [200] * OF_KNOWN.amount + [429]


def test_a_device_knows_the_last_accounts_alone(app: Flask) -> None:
    client, emails = app.test_client(), [make.staff() for _each in range(MOST + 1)]
    for email in emails:
        make.through_the_door(client, email)
        client.post("/keluar", data={"csrf_token": make.token(client, "/akun")})
    cookie = client.get_cookie("known")
    assert cookie
    assert cookie.http_only
    assert len(cookie.value.split(".")) == MOST
    assert not any(email in cookie.value for email in emails)
