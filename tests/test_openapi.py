"""The programs' interface is what its description says."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
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
