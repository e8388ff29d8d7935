"""Reports from programs."""

from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from limits.storage import MemoryStorage
from werkzeug.test import TestResponse

from complaints.models import Complaint, Contact
from core.guessing import Guessing
from offices.models import Point
from tests.complaints.submitting import fresh

URL = "/api/v1/complaints"


def body(**members: Any) -> dict[str, Any]:
    least = {"submission_id": str(uuid4()), "category": "jalan", "description": "Pasar tumpah"}
    return least | {"village": "35.09.23.2005"} | members


def post(client: FlaskClient, **members: Any) -> TestResponse:
    return client.post(URL, json=body(**members))


def test_a_report_gets_its_number_receipt_and_address(client: FlaskClient) -> None:
    answer = post(client)
    assert answer.status_code == 201
    given = answer.get_json()
    assert given["number"].startswith("TRB-")
    assert given["track_url"].endswith(f"/lacak/{given['receipt']}")
    assert client.get(given["track_url"]).status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_everything_that_can_be_said_is_taken(client: FlaskClient) -> None:
    contact = {"name": "Bu Siti", "phone": "0812 3456 7890", "email": "siti@example.com"}
    point = fresh().scalars(sa.select(Point.code)).first()
    answer = post(
        client, village=None, lat=-8.2512, lng=113.75, place="Krajan", happened_at="2026-10-01T08:00:00+07:00",
        contact=contact, confidential=True, point=point,
    )  # fmt: skip
    assert answer.status_code == 201
    report = fresh().scalars(sa.select(Complaint)).one()
    assert (str(report.lat), report.is_confidential, report.point_code, report.source) == (
        "-8.251200", True, point, "api",
    )  # fmt: skip
    assert fresh().scalars(sa.select(Contact)).one()


def test_sent_again_it_is_the_same_answer(client: FlaskClient) -> None:
    same = body()
    first, second = client.post(URL, json=same), client.post(URL, json=same)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.get_json() == second.get_json()


def test_other_content_under_the_same_id_is_a_conflict(client: FlaskClient) -> None:
    same = body()
    client.post(URL, json=same)
    answer = client.post(URL, json=same | {"description": "lain"})
    assert answer.status_code == 409
    assert answer.mimetype == "application/problem+json"


def test_every_error_stands_at_its_field(client: FlaskClient) -> None:
    answer = post(
        client, category="perang", description=5, lat=100, lng="113", point="MBS-000000", contact={"phone": []}
    )
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert set(answer.get_json()["errors"]) == {"category", "description", "lat", "lng", "point", "phone"}


@pytest.mark.parametrize("missing", ["submission_id", "category", "description", "village"])
def test_what_is_needed_is_named(client: FlaskClient, missing: str) -> None:
    answer = post(client, **{missing: None})
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == [missing]


def test_following_a_report(client: FlaskClient) -> None:
    receipt = post(client).get_json()["receipt"]
    found = client.get(f"{URL}/{receipt.lower()}").get_json()
    assert found["status"] == "received"
    assert found["due_on"]
    assert [entry["text"] for entry in found["timeline"]] == ["Laporan Anda sudah kami terima."]


def test_an_unknown_receipt_is_a_problem_document_and_slower(client: FlaskClient, app: Flask) -> None:
    slept: list[float] = []
    app.extensions["guessing"] = Guessing(MemoryStorage(), slept.append)
    answers = [client.get(f"{URL}/MBS-00000-00000-0") for _ in range(6)]
    assert {(answer.status_code, answer.mimetype) for answer in answers} == {(404, "application/problem+json")}
    assert slept == [0.5]


def test_categories_name_what_is_urgent(client: FlaskClient) -> None:
    rows = client.get("/api/v1/categories").get_json()
    assert [row["code"] for row in rows][:2] == ["jalan", "kebisingan"]
    assert {row["code"] for row in rows if row["urgent"]} == {"tawuran", "bencana"}
