"""Passkeys as the server sees them, on both databases: proved by a phone that is all software."""

import hashlib
import html
import json
import re
import secrets
from base64 import urlsafe_b64encode

import sqlalchemy as sa
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from flask.testing import FlaskClient
from webauthn.helpers import encode_cbor

from core.db import db, read_afresh
from offices.audit_models import AuditEntry
from offices.current import current_office
from offices.models import Staff
from offices.signin.models import Passkey
from tests import make

ORIGIN, NAME = "http://localhost", b"localhost"
# What the phone says of itself: somebody is there, was recognised, and (the first time) here is the new key.
THERE, RECOGNISED, NEW = 1, 4, 64
ASKED = re.compile(r'action="([^"]+)" data-passkey="\w+" data-options="([^"]+)"')


class Phone:
    """One passkey, whose owner's finger it knows or not."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._id = secrets.token_bytes(16)

    def register(self, challenge: str) -> str:
        """What a browser sends for a new passkey."""
        point = self._key.public_key().public_numbers()
        public = encode_cbor({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})
        proof = self._told(THERE | RECOGNISED | NEW) + bytes(16) + len(self._id).to_bytes(2, "big") + self._id + public
        attested = encode_cbor({"fmt": "none", "attStmt": {}, "authData": proof})
        said = said_by_browser("webauthn.create", challenge)
        return self._answer(clientDataJSON=text(said), attestationObject=text(attested))

    def prove(self, challenge: str, *, finger: bool = True) -> str:
        """What it sends to sign in."""
        told = self._told(THERE | RECOGNISED if finger else THERE)
        said = said_by_browser("webauthn.get", challenge)
        signature = self._key.sign(told + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=text(said), authenticatorData=text(told), signature=text(signature))

    def _told(self, flags: int) -> bytes:
        return hashlib.sha256(NAME).digest() + bytes([flags]) + bytes(4)

    def _answer(self, **response: str) -> str:
        known = {"id": text(self._id), "rawId": text(self._id), "type": "public-key"}
        return json.dumps({**known, "response": response, "clientExtensionResults": {"credProps": {"rk": True}}})


def text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def said_by_browser(kind: str, challenge: str) -> bytes:
    return json.dumps({"type": kind, "challenge": challenge, "origin": ORIGIN}).encode()


def asked(client: FlaskClient, path: str, **typed: str) -> tuple[str, str]:
    """Where the answer goes, and the challenge that it is to."""
    page = client.post(path, data={**typed, "csrf_token": make.token(client, path)}).text
    found = ASKED.search(page)
    assert found, page
    return html.unescape(found[1]), json.loads(html.unescape(found[2]))["challenge"]


def has_passkey(app: Flask) -> tuple[Phone, str]:
    """A phone, and the address of the account that it opens."""
    client, phone, email = app.test_client(), Phone(), make.staff(factor=False)
    make.through_the_door(client, email)
    action, challenge = asked(client, "/akun/kunci-sandi", name="HP saya")
    data = {"credential": phone.register(challenge), "csrf_token": make.token(client, "/akun/kunci-sandi")}
    assert client.post(action, data=data).location == "/akun"
    client.post("/akun/kode-pemulihan", data={"csrf_token": make.token(client, "/akun/kode-pemulihan")})
    return phone, email


def signs_in(client: FlaskClient, phone: Phone, *, finger: bool = True) -> bool:
    action, challenge = asked(client, "/masuk/kunci-sandi")
    data = {"credential": phone.prove(challenge, finger=finger), "csrf_token": make.token(client, "/masuk")}
    client.post(action, data=data)
    return client.get("/petugas").status_code == 200


def test_a_passkey_alone_opens_the_desk(any_app: Flask) -> None:
    phone, email = has_passkey(any_app)
    assert signs_in(any_app.test_client(), phone)
    kept = db.session.scalars(sa.select(Passkey)).one()
    assert (kept.name, kept.usage) == ("HP saya", "first")
    noted = db.session.scalars(sa.select(AuditEntry.action).filter_by(subject=email)).all()
    assert "factor.passkey" in noted


def test_phones_list_it_under_the_offices_name(app: Flask, client: FlaskClient) -> None:
    make.through_the_door(client, make.staff(factor=False))
    data = {"name": "HP saya", "csrf_token": make.token(client, "/akun/kunci-sandi")}
    found = ASKED.search(client.post("/akun/kunci-sandi", data=data).text)
    assert found
    with app.test_request_context():
        assert json.loads(html.unescape(found[2]))["rp"] == {"name": current_office().name, "id": "localhost"}


def test_a_phone_that_knows_no_finger_opens_nothing(any_app: Flask) -> None:
    phone, _email = has_passkey(any_app)
    assert not signs_in(any_app.test_client(), phone, finger=False)
    assert not signs_in(any_app.test_client(), Phone())


def test_a_proof_lets_in_once_from_wherever_it_is_sent(any_app: Flask) -> None:
    """Such a phone counts nothing: the bytes alone are as good the second time."""
    phone, _email = has_passkey(any_app)
    first, second = any_app.test_client(), any_app.test_client()
    action, challenge = asked(first, "/masuk/kunci-sandi")
    proof = phone.prove(challenge)
    for client, opened in ((first, 200), (second, 302)):
        client.post(action, data={"credential": proof, "csrf_token": make.token(client, "/masuk")})
        assert client.get("/petugas").status_code == opened


def refused() -> list[tuple[str, str]]:
    """(who, why) of every refusal in the trail."""
    found = read_afresh().scalars(sa.select(AuditEntry).filter_by(action="signin.refused").order_by(AuditEntry.seq))
    return [(each.actor, each.detail["why"]) for each in found]


def test_a_refused_passkey_stands_in_the_trail(any_app: Flask) -> None:
    phone, email = has_passkey(any_app)
    signs_in(any_app.test_client(), phone, finger=False)
    signs_in(any_app.test_client(), Phone())
    assert refused() == [(email, "wrong_passkey"), ("", "wrong_passkey")]


def test_a_closed_account_opens_with_no_passkey(any_app: Flask) -> None:
    phone, email = has_passkey(any_app)
    with db.engines["writer"].begin() as connection:
        connection.execute(sa.update(Staff).filter_by(email=email).values(active=False))
    assert not signs_in(any_app.test_client(), phone)
    assert refused() == [(email, "closed")]
    let_in = read_afresh().scalars(sa.select(AuditEntry).filter_by(action="signin.ok"))
    assert not [each for each in let_in if each.detail.get("how") == "by_passkey"]
