"""Guessing at one account from everywhere: slowed, without shutting its owner out."""

from flask import Flask
from flask.testing import FlaskClient

from offices.brakes import OF_EVERYWHERE
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
