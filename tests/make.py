"""Builders with defaults: make.staff(role="officer"), make.signed_in(app, "operator")."""

import re
import secrets
from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from core.db import db, writer_engine
from offices import staff as accounts
from offices.roles import Role

START = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
OFFICE = 1
PASSWORD = "kata sandi ujian"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def word() -> str:
    return secrets.token_hex(4)


def engines() -> list[Engine]:
    return [db.engine, writer_engine()]


def staff(role: str = "officer", email: str | None = None, **values: object) -> str:
    """A staff account with a known password; returns its e-mail address."""
    email = email or f"{role}.{word()}@mumbulsari.example"
    accounts.add(
        office_id=OFFICE,
        email=email,
        name=f"Petugas {word()}",
        role=Role(role),
        password=PASSWORD,
        by="tests",
        now=START,
    )
    return email


def signed_in(app: Flask, role: str) -> FlaskClient:
    email = staff(role)
    client = app.test_client()
    answer = client.post("/masuk", data={"email": email, "password": PASSWORD, "csrf_token": token(client, "/masuk")})
    assert answer.status_code == 302, answer.text
    return client


def token(client: FlaskClient, path: str) -> str:
    """The CSRF token of the form at `path`."""
    found = TOKEN.search(client.get(path).text)
    assert found, f"no form at {path}"
    return found[1]
