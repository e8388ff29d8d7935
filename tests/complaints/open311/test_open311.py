"""Open311 GeoReport v2, as clients written for other cities use it."""

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from complaints.models import Category, Complaint
from complaints.pictures import photos
from complaints.terms import Exclusion
from core import clock
from core.db import read_afresh, transaction
from core.errors import Busy
from offices.models import Office
from tests import make
from tests.complaints import cases

V2 = "/open311/v2"
NOW = make.START + timedelta(days=3)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def post(client: FlaskClient, form: str = "json", **fields: Any) -> TestResponse:
    least = {"service_code": "jalan", "description": "Lubang di tengah jalan", "lat": "-8.25", "long": "113.75"}
    return client.post(f"{V2}/requests.{form}", data=least | fields)


def xml(answer: TestResponse) -> Element:
    assert answer.content_type == "text/xml; charset=utf-8"
    return fromstring(answer.data)


@transaction
def ask(session: Session, code: str, questions: str) -> None:
    session.execute(sa.update(Category).filter_by(code=code).values(questions=questions))


def test_discovery_leads_to_the_service(client: FlaskClient) -> None:
    found = client.get("/open311/discovery.json").get_json()
    assert found["endpoints"][0]["url"].endswith("/open311/v2")
    assert found["endpoints"][0]["formats"] == ["text/xml", "application/json"]
    root = xml(client.get("/open311/discovery.xml"))
    assert root.tag == "discovery"
    assert [form.text for form in root.findall("endpoints/endpoint/formats/format")] == ["text/xml", "application/json"]


def test_public_kinds_alone_are_services(client: FlaskClient) -> None:
    codes = {service["service_code"] for service in client.get(f"{V2}/services.json").get_json()}
    assert codes == {"jalan", "bangunan-reklame", "sampah-ternak", "sungai", "bencana"}
    assert {e.findtext("service_code") for e in xml(client.get(f"{V2}/services.xml")).findall("service")} == codes


def test_a_definition_asks_what_the_office_wants_to_know(client: FlaskClient) -> None:
    ask("jalan", "Sejak kapan?\nMasih ada? | ya; tidak")
    found = client.get(f"{V2}/services/jalan.json").get_json()
    assert [(a["code"], a["datatype"], a["required"]) for a in found["attributes"]] == [
        ("q1", "text", False), ("q2", "singlevaluelist", False),
    ]  # fmt: skip
    root = xml(client.get(f"{V2}/services/jalan.xml"))
    assert root.tag == "service_definition"
    assert [v.findtext("key") for v in root.findall("attributes/attribute/values/value")] == ["ya", "tidak"]
    assert client.get(f"{V2}/services/kebisingan.json").status_code == 404


def test_a_request_is_taken_in_and_its_token_opens_it(client: FlaskClient) -> None:
    ask("jalan", "Sejak kapan?")
    answer = post(client, **{"attribute[q1]": "Kemarin", "first_name": "Siti", "email": "siti@example.com"})
    assert answer.status_code == 201
    given = answer.get_json()[0]
    report = read_afresh().scalars(sa.select(Complaint)).one()
    assert (given["service_request_id"], report.source) == (report.number, "api")
    assert report.description == "Lubang di tengah jalan\n\nSejak kapan? Kemarin"
    found = client.get(f"{V2}/tokens/{given['token']}.json").get_json()
    assert found == [{"service_request_id": report.number, "token": given["token"]}]
    assert client.get(f"/lacak/{given['token']}").status_code == 200


def test_an_address_in_words_will_do(client: FlaskClient) -> None:
    assert post(client, lat="", long="", address_string="Krajan").status_code == 201
    root = xml(post(client, "xml", lat="", long="", address_id="35.09.23.2005"))
    assert root.tag == "service_requests"
    assert root.findtext("request/service_request_id", "").startswith("TRB-")


def test_what_is_missing_is_named_as_its_program_knows_it(client: FlaskClient) -> None:
    answer = post(client, service_code="x", description="", lat="", long="")
    assert answer.status_code == 400
    assert {fault["description"].split(":")[0] for fault in answer.get_json()} == {
        "service_code", "description", "address_string",
    }  # fmt: skip
    root = xml(post(client, "xml", lat="91"))
    assert root.tag == "errors"
    assert root.findtext("error/code") == "400"


def test_a_picture_elsewhere_is_not_fetched_and_that_is_said(client: FlaskClient) -> None:
    assert "media_url" in post(client, media_url="http://127.0.0.1/x.jpg").get_json()[0]["service_notice"]


def test_what_is_no_photo_is_refused_and_the_words_are_kept(client: FlaskClient) -> None:
    answer = post(client, media=(io.BytesIO(b"<html>"), "foto.jpg"))
    assert answer.status_code == 201
    assert answer.get_json()[0]["service_notice"]


@pytest.mark.parametrize("fault", [Busy("two are read"), OSError("No space left on device")])
def test_a_photo_that_cannot_be_kept_does_not_cost_the_token(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def fail(**_given: object) -> None:
        raise fault

    monkeypatch.setattr(photos, "add", fail)
    answer = post(client, media=(io.BytesIO(b"\xff\xd8"), "foto.jpg"))
    assert answer.status_code == 201
    given = answer.get_json()[0]
    assert given["token"]
    assert "foto.jpg: " in given["service_notice"]


def listed(client: FlaskClient, query: str = "") -> list[str]:
    answer = client.get(f"{V2}/requests.json{query}")
    assert answer.status_code == 200, answer.text
    return [request["service_request_id"] for request in answer.get_json()]


def test_neither_words_nor_the_exact_place_are_listed(any_app: Flask) -> None:
    client = any_app.test_client()
    number = cases.case(category_code="jalan", description="Pak Anu", lat=Decimal("-8.251234"), village_code=None)
    answer = client.get(f"{V2}/requests/{number}.json")
    request = answer.get_json()[0]
    assert "Pak Anu" not in answer.text
    assert (request["description"], request["lat"], request["status"]) == (None, -8.251, "open")
    assert request["requested_datetime"] == "2026-10-01T01:00:00Z"
    assert request["expected_datetime"].endswith("T16:59:59Z")
    assert xml(client.get(f"{V2}/requests.xml")).findtext("request/service_request_id") == number


def test_the_expected_day_moves_on_while_the_reporter_is_waited_for(any_app: Flask) -> None:
    number = cases.case(category_code="jalan", now=NOW - timedelta(days=10))
    cases.act(number, "ask", now=NOW - timedelta(days=7))
    request = any_app.test_client().get(f"{V2}/requests/{number}.json").get_json()[0]
    cases.act(number, "resume", now=NOW)
    assert request["expected_datetime"] == f"{cases.report(number).settle_due}T16:59:59Z"


def test_other_kinds_held_reports_and_spam_are_not_listed(any_app: Flask) -> None:
    client, shown = any_app.test_client(), cases.case(category_code="sungai")
    hidden = [cases.case(category_code="kebisingan"), cases.case(category_code="jalan", is_held=True)]
    hidden.append(cases.case(category_code="jalan", is_confidential=True))
    spam = cases.case(category_code="jalan")
    cases.act(spam, "exclude", exclusion=Exclusion.SPAM)
    assert listed(client) == [shown]
    for number in [*hidden, spam, "TRB-2026-99999"]:
        assert client.get(f"{V2}/requests/{number}.json").status_code == 404


def test_requests_are_filtered_and_paged(any_app: Flask) -> None:
    client = any_app.test_client()
    old = cases.case(category_code="sungai", now=make.START - timedelta(days=200))
    first = cases.case(category_code="sungai")
    second = cases.case(category_code="jalan", now=make.START + timedelta(hours=1))
    settled = cases.settled(category_code="jalan", now=make.START + timedelta(hours=2))
    assert listed(client) == [settled, second, first]
    assert listed(client, "?status=closed") == [settled]
    assert listed(client, "?status=open,closed&service_code=sungai,jalan&page_size=1&page=2") == [second]
    assert listed(client, "?start_date=2026-10-01T08:30:00%2B07:00&end_date=2026-10-01T02:30:00Z") == [second]
    assert listed(client, "?start_date=2026-03-01T00:00:00Z") == [old]
    assert listed(client, f"?service_request_id={first},{settled}") == [settled, first]
    assert listed(client, "?updated_after=2026-10-01T02:30:00Z") == [settled]


@pytest.mark.parametrize(
    "query",
    ["start_date=kemarin", "start_date=2026-01-01&end_date=2026-09-01", "page=0", "page_size=9999", "status=baru"],
)
def test_a_filter_that_cannot_be_read_is_named(client: FlaskClient, query: str) -> None:
    answer = client.get(f"{V2}/requests.json?{query}")
    assert answer.status_code == 400
    assert query.split("=", maxsplit=1)[0] in answer.get_json()[0]["description"]


def test_another_office_is_another_jurisdiction(client: FlaskClient) -> None:
    code = read_afresh().scalars(sa.select(Office.code)).one()
    assert client.get(f"{V2}/services.json?jurisdiction_id={code}").status_code == 200
    assert client.get(f"{V2}/services.xml?jurisdiction_id=city.gov").status_code == 404


def test_the_list_asks_the_database_little(client: FlaskClient) -> None:
    cases.case(category_code="jalan")
    cases.case(category_code="jalan")
    asked = make.statements()
    listed(client)
    assert sum(statement.startswith("SELECT") for statement in asked) <= 2
