"""Every form of the staff asks for its token: a foreign page can press no button."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf import csrf
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from complaints.desk_models import ReadyAnswer, Route
from core.calendar import wib_day
from core.db import db, transaction
from core.ids import uuid7
from indicators.registers.terms import Register
from offices import rights
from offices.access import actions_of
from offices.law.terms import Step
from offices.models import Point, Service, Staff
from tests import doors, make
from tests.browser import places
from tests.complaints import cases
from tests.indicators.registers import entries
from tests.survey.editing import on_the_way
from tests.survey.entry import papers
from tests.survey.review import planning
from tests.test_access import SAMPLES, staff_rules

JSON_ALONE = {"complaints_notices.subscribe"}  # a body that is JSON can't be sent by a foreign page


@transaction
def a_route(session: Session) -> UUID:
    key = uuid7(make.START)
    session.execute(sa.insert(Route).values(office_id=make.OFFICE, id=key, position=1, section_key="trantib"))
    return key


@pytest.fixture
def gaps(app: Flask) -> dict[str, Any]:
    """Something that is there, for each gap of an address."""
    number, route, officer = cases.case(), a_route(), make.staff()
    pile = papers.differing()
    plan = planning.added()
    registers = entries.one_of_each(app.config["SETTINGS"], wib_day(make.START))
    law, wish = places.of_the_law(), transaction(doors.correction)(cases.report(number).id)
    db.session.rollback()
    return {
        "number": number, "follow_up_id": plan, "step": "verify", "route_id": route, "day": "2026-12-25", "year": 2027,
        "key": "emergency_numbers", "batch_id": pile,
        "staff_id": db.session.scalars(sa.select(Staff.id).filter_by(email=officer)).one(),
        "answer_id": db.session.scalars(sa.select(ReadyAnswer.id)).first(),
        "offices_points": db.session.scalars(sa.select(Point.code)).first(), "complaints_categories": "jalan",
        "offices_posters": db.session.scalars(sa.select(Point.code)).first(),
        "offices_services": db.session.scalars(sa.select(Service.code)).first(),
        "act": "naik", "indicator": "documents", **law, "correction_id": wish, "law step": Step.CONTAINED.value,
        **{f"register_{register.key}": entry_id for register, entry_id in registers.items()},
        "indicator_id": registers[Register.PROGRAMME],
        **on_the_way.edition(), **on_the_way.sheet(app.config["SETTINGS"].data_dir),
    }  # fmt: skip


def posts(app: Flask) -> list[Rule]:
    return [rule for rule in staff_rules(app) if "POST" in (rule.methods or set())]


def test_every_button_asks_for_its_token(
    app: Flask, sign_in: Callable[[str], FlaskClient], gaps: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask: Callable[..., None] = csrf.validate_csrf

    def noting(*args: Any, **kwargs: Any) -> None:
        asked.append("asked")
        ask(*args, **kwargs)

    monkeypatch.setattr(csrf, "validate_csrf", noting)
    clients: dict[str, FlaskClient] = {}
    careless = []
    for rule in posts(app):
        role = min(rights.holders(*actions_of(app, rule.endpoint)))
        if role not in clients:
            clients[role] = sign_in(role)
        client = clients[role]
        asked.clear()
        answer = client.post(address(app, rule, gaps), data={"langkah": "assign"})
        if (not asked and rule.endpoint not in JSON_ALONE) or answer.status_code >= 500:
            careless.append(f"{rule.endpoint} {answer.status_code}")
    assert " ".join(careless) == ""


def address(app: Flask, rule: Rule, gaps: dict[str, Any]) -> str:
    room = rule.endpoint.split(".", maxsplit=1)[0]
    of_its_room = gaps.get(room)
    step = gaps.get(f"{room} step", gaps["step"])
    here = gaps | {"code": of_its_room, "entry_id": of_its_room, "step": step}
    empty = {name: SAMPLES.get(type(gap).__name__, "2026-10") for name, gap in rule._converters.items()}
    filled = {name: here.get(name) or sample for name, sample in empty.items()}
    built: str = app.url_map.bind("localhost").build(rule.endpoint, filled, method="POST")
    return built
