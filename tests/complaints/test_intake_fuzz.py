"""Whatever is sent, nobody meets an error of the system."""

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from limits.storage import MemoryStorage

from core.guessing import Guessing
from tests import make

FIELDS = (
    "submission_id", "category", "description", "village", "place", "lat", "lng", "happened_at", "name", "phone",
    "email", "confidential", "urgent_seen", "edit", "point", "contact",
)  # fmt: skip
ODD = st.sampled_from(
    ["", "jalan", "bencana", "35.09.23.2005", "tidak-tahu", "-8.2", "NaN", "1e999", "-0", "\0", "a\0b", "\ud800",
     "\u202e", "0001-01-01", "9999-12-31T23:59:59-23:59", "2026-10-01T08:00", "🐓", "=cmd()", "<script>", "x" * 6000]
)  # fmt: skip
TEXT = ODD | st.text(max_size=60)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=6,
)
MANY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


@pytest.fixture(autouse=True)
def quick(app: Flask) -> None:
    app.extensions["guessing"] = Guessing(MemoryStorage(), lambda _: None)
    app.config["PROPAGATE_EXCEPTIONS"] = False


@MANY
@given(typed=st.lists(st.tuples(st.sampled_from(FIELDS), TEXT), max_size=12))
def test_any_form_is_answered(client: FlaskClient, typed: list[tuple[str, str]]) -> None:
    data = {"submission_id": [str(uuid4())], "category": ["jalan"], "description": ["x"], "village": ["35.09.23.2005"]}
    for name in dict(typed):
        data[name] = []
    for name, text in typed:
        data[name].append(text.encode("utf-8", "replace").decode())
    answer = client.post("/lapor", data=data | {"csrf_token": [make.token(client, "/lapor")]})
    assert answer.status_code in {200, 201, 422}


@MANY
@given(body=st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=14))
def test_any_object_is_answered(client: FlaskClient, body: dict[str, Any]) -> None:
    least = {
        "submission_id": str(uuid4()),
        "category": "jalan",
        "description": "x",
        "village": "tidak-tahu",
        "place": "y",
    }
    assert client.post("/api/v1/complaints", json=least | body).status_code in {200, 201, 409, 422}


@MANY
@given(typed=TEXT)
def test_any_receipt_is_answered(client: FlaskClient, typed: str) -> None:
    safe = typed.encode("utf-8", "replace").decode()
    assert client.post("/lacak", data={"receipt": safe}).status_code in {200, 303, 404}
    assert client.get("/lacak/" + safe).status_code in {200, 308, 404}
    assert client.get("/lapor/" + safe).status_code in {200, 308, 404}


@pytest.mark.parametrize(
    "field", ["description", "place", "name", "phone", "email", "happened_at", "lat", "submission_id"]
)
def test_a_field_of_a_megabyte_is_refused_and_the_rest_is_kept(client: FlaskClient, field: str) -> None:
    data = {"category": "jalan", "description": "Kata saya", "village": "35.09.23.2005", "lng": "1"}
    data |= {"submission_id": str(uuid4()), field: "9" * (1 << 20), "csrf_token": make.token(client, "/lapor")}
    page = client.post("/lapor", data=data)
    assert page.status_code == 422
    assert field == "description" or "Kata saya" in page.text
