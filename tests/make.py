"""Builders with defaults: make.staff(role="officer"), make.signed_in(app, "operator")."""

import re
import secrets
import time
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from complaints import counters, events, search
from complaints.models import Complaint, Contact
from complaints.terms import Exclusion, Move
from core import clock, outbox, schema
from core.calendar import wib_day
from core.db import db, transaction, writer_engine
from core.ids import uuid7
from core.outbox import Channel
from core.outbox_models import Message
from offices import dirty, sessions
from offices import staff as accounts
from offices.models import DirtyDay, Staff
from offices.roles import Role
from offices.session_models import StaffSession
from survey.elements import OFFICIAL_ORDER
from survey.models import Rating

START = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
FAR = datetime(2200, 1, 1, tzinfo=UTC)
OFFICE = 1
PASSWORD = "kata sandi ujian"
APP = TOTP.new()  # the app of every account made here
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def word() -> str:
    return secrets.token_hex(4)


class Visitor(FlaskClient):
    """Each request in a context of its own, as a server gives it: nothing is left over from the one before."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        with self.application.app_context():
            return super().open(*args, **kwargs)


def number() -> str:
    """A public number that is hardly taken."""
    return f"TRB-2026-{10**6 + secrets.randbelow(10**7)}"


def statements() -> list[str]:
    """From now on, everything the database is asked."""
    asked: list[str] = []
    for engine in engines():
        sa.event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    return asked


def engines() -> list[Engine]:
    return [db.engine, writer_engine()]


def staff(
    role: str = "officer",
    email: str | None = None,
    section: str | None = None,
    *,
    office: int = OFFICE,
    factor: bool = True,
) -> str:
    """A staff account with a known password and an app; returns its e-mail address. A section head's section is
    Trantib.
    """
    email = email or f"{role}.{word()}@mumbulsari.example"
    accounts.add(
        office_id=office,
        email=email,
        name=f"Petugas {word()}",
        role=Role(role),
        section_key=section or ("trantib" if role == Role.SECTION_HEAD else None),
        password=PASSWORD,
        by="tests",
        now=START,
    )
    if factor:
        bare_factor(email)
    return email


@transaction
def bare_report(session: Session, /, **values: Any) -> UUID:
    """A report's row, counted and found by its words, without any event; `complaint` makes a whole one."""
    complaint_id = uuid7(values.get("received_at", START))
    row: dict[str, Any] = {
        "office_id": OFFICE, "id": complaint_id, "number": number(), "submission_id": uuid4(),
        "digest": "", "receipt_digest": word(), "category_code": "kebisingan", "description": "Sound horeg",
        "source": "web", "received_at": START, "received_on": wib_day(START), "recorded_at": START,
        "status": "received", "answer_due": wib_day(START), "follow_up_due": wib_day(START),
        "settle_due": wib_day(START),
    }  # fmt: skip
    row |= values
    office_id: int = row["office_id"]
    session.execute(sa.insert(Complaint).values(row))
    counters.add(session, office_id, [counters.place_of(row)])
    words = search.entry(session, office_id, row.get("village_code"), row["description"], row.get("place", ""))
    search.write(session, office_id, [search.Entry(complaint_id, row["number"], words)])
    return complaint_id


def downgrade(revision: str) -> None:
    """Back to what an earlier release had, which people are told no to while there is data."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(schema, "refuse_going_back", lambda *_: None)
        flask_migrate.downgrade(revision=revision)


def signed_in(app: Flask, role: str, section: str | None = None, *, office: int = OFFICE) -> FlaskClient:
    """A client whose session has passed its second factor; tests/offices/signin/ goes through the doors."""
    client = app.test_client()
    enter(client, staff(role, section=section, office=office))
    return client


def enter(client: FlaskClient, email: str) -> None:
    """Give the client the session that signing in makes."""
    db.session.rollback()
    account = db.session.scalars(sa.select(Staff).filter_by(email=email)).one()
    uniquifier, token = account.fs_uniquifier, lasting_session(account)
    db.session.rollback()  # the test's reads begin after it
    with client.session_transaction() as session:
        session.update({"_user_id": uniquifier, "staff_session": token, "_fresh": True})
        session.update({"fs_cc": "set", "fs_paa": time.time()})


@transaction
def lasting_session(session: Session, account: Staff, /) -> str:
    """A session that no clock of a test ends; the token of its cookie."""
    token = word()
    row = {"office_id": account.office_id, "id": uuid7(FAR), "staff_id": account.id, "digest": sessions.digest(token)}
    row |= {"uniquifier": account.fs_uniquifier, "home": "127.0.0.1", "device": "", "started_at": FAR, "seen_at": FAR}
    session.execute(sa.insert(StaffSession).values(row))
    return token


@transaction
def bare_factor(session: Session, email: str, /) -> None:
    """An app as the account's second factor, its secret unsealed: sealing takes time that no test has."""
    values = {"tf_primary_method": "authenticator", "tf_totp_secret": APP.to_json(), "mf_recovery_codes": []}
    session.execute(sa.update(Staff).filter_by(email=email).values(values))


@transaction
def code(session: Session, email: str, /) -> str:
    """What the account's app shows now, as if it had not been used yet."""
    session.execute(sa.update(Staff).filter_by(email=email).values(totp_counter=None))
    return str(APP.generate(clock.now().timestamp()).token)


def through_the_door(client: FlaskClient, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
    """Sign in as a person does, with password and code; the answer to the last step that was reached."""
    data = {"email": email, "password": password, "csrf_token": token(client, "/masuk")} | more
    answer = client.post("/masuk", data=data)
    if not (answer.location or "").startswith("/masuk/kode"):
        return answer
    data = {"code": code(email), "csrf_token": token(client, answer.location)}
    return client.post(answer.location, data=data)


def token(client: FlaskClient, path: str) -> str:
    """The CSRF token of the form at `path`."""
    found = TOKEN.search(client.get(path).text)
    assert found, f"no form at {path}"
    return found[1]


@transaction
def rating(
    session: Session,
    /,
    *,
    answer: int = 3,
    service: str = "ktp",
    now: datetime = START,
    office_id: int = OFFICE,
    **values: Any,
) -> None:
    """One respondent who gave the same answer to every element."""
    row = {
        "office_id": office_id, "id": uuid7(now), "submission_id": uuid4(), "digest": "", "edition_code": "skm-2017",
        "service_code": service, "source": "web", "rated_at": now, "day": wib_day(now), "recorded_at": now,
    } | dict.fromkeys((key.value for key in OFFICIAL_ORDER), answer)  # fmt: skip
    row |= values
    points = 60 * sum(int(str(row[key.value])) for key in OFFICIAL_ORDER)
    session.execute(sa.insert(Rating).values(row | {"points": points}))
    dirty.mark(session, office_id, dirty.Figures.RATINGS, {wib_day(now)}, now=now)


@transaction
def review_ratings(session: Session, /, *, service: str, now: datetime) -> None:
    """Take a service's ratings out of the index."""
    out = sa.update(Rating).where(Rating.service_code == service).values(is_excluded=True)
    days = session.scalars(out.returning(Rating.day)).all()
    dirty.mark(session, OFFICE, dirty.Figures.RATINGS, days, now=now)


@transaction
def withdraw_ratings(session: Session, /, *, now: datetime) -> None:
    """Take all ratings back, as undoing their import does."""
    days = session.scalars(sa.update(Rating).values(withdrawn_at=now).returning(Rating.day)).all()
    dirty.mark(session, OFFICE, dirty.Figures.RATINGS, days, now=now)


@transaction
def happened(
    session: Session, complaint_id: UUID, /, move: str, *, now: datetime, office_id: int = OFFICE, **values: Any
) -> None:
    """A move of a report, without asking the rules; `values` become the report's."""
    event_keys = {key: values.pop(key) for key in ("is_first_close",) if key in values}
    exclusion = Exclusion(values["exclusion"]) if values.get("exclusion") else None
    session.execute(sa.update(Complaint).where(Complaint.id == complaint_id).values(exclusion=exclusion))
    event = events.NewEvent(complaint_id, Move(move), now, exclusion=exclusion, **event_keys)
    events.append(session, office_id, event, now=now)
    received_on = session.scalars(sa.select(Complaint.received_on).filter_by(id=complaint_id)).one()
    dirty.mark(session, office_id, dirty.Figures.COMPLAINTS, {received_on}, now=now)


def complaint(*, now: datetime = START, **values: Any) -> UUID:
    """A report received at `now`."""
    times = {"received_at": now, "received_on": wib_day(now), "recorded_at": now}
    complaint_id = bare_report(**times | values)
    happened(complaint_id, "receive", now=now, office_id=values.get("office_id", OFFICE))
    return complaint_id


def marks() -> list[tuple[str, date]]:
    """The days that wait for the night."""
    db.session.rollback()
    return [(row.kind, row.day) for row in db.session.execute(sa.select(DirtyDay.kind, DirtyDay.day))]


@transaction
def contact(session: Session, complaint_id: UUID, /, *, office_id: int = OFFICE) -> None:
    """Somebody's sealed name beside a report."""
    session.execute(sa.insert(Contact).values(office_id=office_id, complaint_id=complaint_id, sealed=b"sealed"))


@transaction
def given_up_message(session: Session, /, *, now: datetime = START) -> None:
    """An e-mail that was tried in vain."""
    outbox.put(session, OFFICE, Channel.EMAIL, once=f"gone:{word()}", about=None, sealed=b"{}", now=now)
    lost = sa.update(Message).where(Message.once.startswith("gone:"))
    session.execute(lost.values(given_up_at=now, next_at=None, tries=9, last_error="SMTP 550"))
