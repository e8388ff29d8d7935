"""Builders of visits: given_visits.issued(app) gives a visit and its code."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from flask import Flask

from core.db import db, reader
from survey.visits import codes, service
from survey.visits.models import VisitCode
from tests import make

PREFIX = "MBS"
OFFICER = UUID(int=7)


def key(app: Flask) -> bytes:
    return str(app.config["RECEIPT_KEY"]).encode()


def issued(app: Flask, *, now: datetime = make.START, **values: Any) -> tuple[VisitCode, str]:
    """A visit that a code was given out for, and the code."""
    asked: dict[str, Any] = {"service_code": "ktp", "count": 1, "by": OFFICER}
    visit_id = service.issue(office_id=make.OFFICE, prefix=PREFIX, key=key(app), now=now, **asked | values)
    return visit(visit_id), str(codes.make(key(app), PREFIX, visit_id))


def visit(visit_id: UUID) -> VisitCode:
    """As it is stored now."""
    db.session.rollback()
    db.session.expire_all()
    found = reader().get(VisitCode, (make.OFFICE, visit_id))
    assert found is not None
    return found


def counted(visits: dict[str, int | None], *, now: datetime = make.START, **values: Any) -> list[str]:
    """What was written down of a day; returns the services of the rows added."""
    asked: dict[str, Any] = {"day": make.START.date(), "by": "bu.ani@mumbulsari.example"}
    return list(service.count(office_id=make.OFFICE, visits=visits, now=now, **asked | values))


def unknown_code(app: Flask) -> str:
    """One that passes its check and that nobody was given."""
    return str(codes.make(key(app), PREFIX, uuid4()))
