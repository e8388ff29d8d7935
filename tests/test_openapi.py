"""The programs' interface is what its description says."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, assume, given, settings
from hypothesis.errors import Unsatisfiable
from limits.storage import MemoryStorage
from openapi_spec_validator import validate
from schemathesis import APIOperation, BaseSchema, Case, GenerationMode
from schemathesis.core.result import Ok

from core import clock
from core.guessing import Guessing

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
EXAMPLES = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
GAP = re.compile(r"<(?:\w+:)?(\w+)>")


@pytest.fixture
def described(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/openapi.json").get_json()
    return found


def shape(path: str) -> str:
    """An address whatever its gaps are called."""
    return re.sub(r"\{\w+\}", "{}", GAP.sub("{}", path))


def test_the_description_is_valid(described: dict[str, Any]) -> None:
    validate(described)
    assert described["openapi"].startswith("3.1")


def test_every_address_for_programs_is_described(app: Flask, described: dict[str, Any]) -> None:
    there = {
        (shape(rule.rule), method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and not rule.rule.endswith("openapi.json")
        for method in (rule.methods or set()) & METHODS
    }
    told = {
        (shape(path), method.upper())
        for path, operations in described["paths"].items()
        for method in operations
        if method.upper() in METHODS
    }
    assert told == there


def test_it_says_where_this_installation_is(app: Flask, described: dict[str, Any]) -> None:
    assert described["servers"] == [{"url": app.config["SETTINGS"].base_url}]


@pytest.fixture
def schema(app: Flask, monkeypatch: pytest.MonkeyPatch) -> BaseSchema:
    """Late in the century: the description can't say that what happened is not to come."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2099, 12, 31, 23, 0, tzinfo=UTC))
    app.extensions["guessing"] = Guessing(MemoryStorage(), sleep=lambda _seconds: None)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_what_programs_may_send_and_may_not_is_answered_as_described(schema: BaseSchema, mode: GenerationMode) -> None:
    for operation in schema.get_all_operations():
        assert isinstance(operation, Ok)
        with suppress(Unsatisfiable):  # a bare list takes nothing that could be wrong
            exercise(operation.ok(), mode)


def has_a_place(case: Case[Any]) -> bool:
    """What the description can say in words alone: a desa, or both halves of a position."""
    given = set(case.query or {}) & {"village", "lat", "lng"}
    return not case.path.endswith("/similar") or given in ({"village"}, {"lat", "lng"}, {"village", "lat", "lng"})


def exercise(operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode) -> None:
    @EXAMPLES
    @given(case=operation.as_strategy(generation_mode=mode))
    def answer(case: Case[Any]) -> None:
        assume(mode is GenerationMode.NEGATIVE or has_a_place(case))
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    answer()
