"""Builders with defaults: make.staff(role="officer"), make.signed_in(app, "operator")."""

import re
import secrets
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from complaints.models import Complaint
from core.calendar import wib_day
from core.db import db, transaction, writer_engine
from core.ids import uuid7
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


@transaction
def bare_report(session: Session, /, **values: Any) -> UUID:
    """A report's row without any event; `complaint` makes a whole one."""
    complaint_id = uuid7(START)
    row = {
        "office_id": OFFICE, "id": complaint_id, "number": f"TRB-2026-{word()}", "submission_id": uuid4(),
        "digest": "", "receipt_digest": word(), "category_code": "kebisingan", "description": "Sound horeg",
        "source": "web", "received_at": START, "received_on": wib_day(START), "recorded_at": START,
        "status": "received", "answer_due": wib_day(START), "follow_up_due": wib_day(START),
        "settle_due": wib_day(START),
    }  # fmt: skip
    session.execute(sa.insert(Complaint).values(row | values))
    return complaint_id


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
