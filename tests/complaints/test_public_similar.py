"""The question whether it is the same, on the page and for programs."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from complaints.case_models import Joiner
from complaints.models import Complaint
from complaints.reporting.intake import Handed, Keys
from core import clock
from tests import make
from tests.complaints import cases, submitting
from tests.complaints.pages import fields_of
from tests.complaints.submitting import fresh
from tests.offices import grounds

SUCO = "35.09.23.2005"
TOKEN = re.compile(r'name="join" value="([^"]+)"')
CODE = re.compile(r"MBS-\w{5}-\w{5}-\w")
SECRET_WORDS = "Pasar tumpah setiap Minggu"


@pytest.fixture
def first(app: Flask) -> Handed:
    """Somebody's report of a road in Suco, yesterday."""
    keys = Keys(app.config["RECEIPT_KEY"], app.config["IDENTITY_KEY"])
    yesterday = clock.now() - timedelta(days=1)
    return submitting.send(
        category="jalan", village=SUCO, description=SECRET_WORDS, name="Bu Siti", keys=keys, now=yesterday
    )


def typed(client: FlaskClient, **values: Any) -> dict[str, Any]:
    fields = {"submission_id": str(uuid4()), "csrf_token": make.token(client, "/lapor"), "category": "jalan"}
    return fields | {"description": "Jalan berlubang dalam", "village": SUCO, "place": "Krajan"} | values


def count(model: type[Complaint | Joiner]) -> int:
    return fresh().scalar(sa.select(sa.func.count()).select_from(model)) or 0


def asks(answer: TestResponse) -> bool:
    return answer.status_code == 200 and "Apakah ini sama?" in answer.text


def again(client: FlaskClient, page: TestResponse, **pressed: str) -> TestResponse:
    """Press one of the page's buttons."""
    return client.post("/lapor", data=fields_of(page.text) | pressed)


def test_without_a_position_nothing_is_said_to_be_near(client: FlaskClient, first: Handed) -> None:
    page = client.post("/lapor", data=typed(client)).text
    assert "di desa yang sama; tempat persisnya bisa lain" in page
    assert "di dekat sana" not in page


def test_what_is_similar_is_shown_before_anything_is_sent(client: FlaskClient, first: Handed) -> None:
    page = client.post("/lapor", data=typed(client))
    assert asks(page)
    assert "Desa Suco" in page.text
    assert count(Complaint) == 1
    for kept_back in (first.number, first.code, SECRET_WORDS, "Siti", str(cases.report(first.number).id)):
        assert str(kept_back) not in page.text


def test_joining_gives_a_receipt_on_the_same_case(client: FlaskClient, first: Handed) -> None:
    page = client.post("/lapor", data=typed(client))
    answer = again(client, page, join=TOKEN.findall(page.text)[0])
    assert answer.status_code == 201
    assert "Anda sudah ikut melapor" in answer.text
    assert (count(Complaint), count(Joiner)) == (1, 1)
    [code] = set(CODE.findall(answer.text))
    assert code != first.code
    track = client.get(f"/lacak/{code}").text
    assert first.number in track
    assert SECRET_WORDS not in track


def test_what_is_another_matter_is_sent_as_typed(client: FlaskClient, first: Handed) -> None:
    page = client.post("/lapor", data=typed(client, name="Pak Budi", place="Depan <b>musala</b>"))
    answer = again(client, page, similar_seen="1")
    assert answer.status_code == 201
    assert (count(Complaint), count(Joiner)) == (2, 0)
    report = fresh().scalars(sa.select(Complaint).where(Complaint.number != first.number)).one()
    assert (report.place, report.description) == ("Depan <b>musala</b>", "Jalan berlubang dalam")


def test_one_may_go_back_to_the_form(client: FlaskClient, first: Handed) -> None:
    page = client.post("/lapor", data=typed(client))
    form = again(client, page, edit="1")
    assert fields_of(form.text)["description"] == "Jalan berlubang dalam"
    assert count(Complaint) == 1


def test_a_report_sent_twice_is_not_asked_about_itself(client: FlaskClient, app: Flask) -> None:
    data = typed(client)
    assert client.post("/lapor", data=data).status_code == 201
    assert client.post("/lapor", data=data).status_code == 200
    assert count(Complaint) == 1


def test_a_report_sent_twice_is_not_asked_about_others(client: FlaskClient, first: Handed) -> None:
    data = typed(client, similar_seen="1")
    client.post("/lapor", data=data)
    repeated = client.post("/lapor", data=data | {"similar_seen": ""})
    assert not asks(repeated)
    assert CODE.search(repeated.text)


def test_a_case_closed_meanwhile_turns_nobody_away(client: FlaskClient, first: Handed) -> None:
    page = client.post("/lapor", data=typed(client))
    cases.act(first.number, "exclude")
    answer = again(client, page, join=TOKEN.findall(page.text)[0])
    assert answer.status_code == 201
    assert "sebagai laporan baru" in answer.text
    assert (count(Complaint), count(Joiner)) == (2, 0)


def test_an_old_or_invented_token_asks_again(client: FlaskClient, first: Handed) -> None:
    for token in ("x", first.number, str(cases.report(first.number).id)):
        assert asks(client.post("/lapor", data=typed(client, join=token)))
    assert (count(Complaint), count(Joiner)) == (1, 0)


def test_photos_are_not_lost_to_the_question(client: FlaskClient, first: Handed) -> None:
    data = typed(client) | {"photos": (BytesIO(b"not a photo"), "foto.jpg")}
    answer = client.post("/lapor", data=data, content_type="multipart/form-data")
    assert not asks(answer)


def test_what_looks_doubtful_joins_nobody(client: FlaskClient, first: Handed) -> None:
    page = client.post("/lapor", data=typed(client))
    again(client, page, join=TOKEN.findall(page.text)[0], situs="http://spam.example")
    assert (count(Complaint), count(Joiner)) == (2, 0)


def test_what_is_not_for_all_is_never_asked_about(client: FlaskClient, app: Flask) -> None:
    make.complaint(now=clock.now(), category_code="kebisingan", village_code=SUCO)
    assert not asks(client.post("/lapor", data=typed(client, category="kebisingan")))


def test_a_position_alone_is_enough(client: FlaskClient) -> None:
    grounds.put()
    make.complaint(now=clock.now(), category_code="jalan", village_code=grounds.LENGKONG)
    lat, lng = grounds.MIDDLE
    assert asks(client.post("/lapor", data=typed(client, village="", lat=lat, lng=lng)))


def test_the_desa_is_found_from_the_position(client: FlaskClient) -> None:
    grounds.put()
    lat, lng = grounds.MIDDLE
    data = typed(client, village="", lat=lat, lng=lng)
    first, second = (client.post("/lapor", data=data) for _time in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert fresh().scalars(sa.select(Complaint.village_code)).all() == [grounds.LENGKONG]


@pytest.mark.parametrize(
    ("village", "place", "stored"),
    [(SUCO, grounds.MIDDLE, SUCO), ("tidak-tahu", grounds.EAST, grounds.TAMANSARI), ("", grounds.NOWHERE, None)],
)
def test_who_chose_a_desa_knows_best(
    client: FlaskClient, village: str, place: tuple[float, float], stored: str | None
) -> None:
    grounds.put()
    answer = client.post("/lapor", data=typed(client, village=village, lat=place[0], lng=place[1]))
    assert answer.status_code == 201
    assert fresh().scalars(sa.select(Complaint.village_code)).all() == [stored]


def offered(client: FlaskClient, **query: object) -> list[dict[str, str]]:
    found: list[dict[str, str]] = client.get("/api/v1/complaints/similar", query_string=query).get_json()
    return found


def test_programs_join_too(client: FlaskClient, first: Handed) -> None:
    [offer] = offered(client, category="jalan", village=SUCO)
    assert set(offer) == {"token", "category", "village", "received_on"}
    body = {"submission_id": str(uuid4()), "category": "jalan", "description": "Sama", "village": SUCO}
    answer = client.post("/api/v1/complaints", json=body | {"join": offer["token"]})
    assert (answer.status_code, answer.get_json()["number"]) == (201, first.number)
    assert (count(Complaint), count(Joiner)) == (1, 1)
    wrong = client.post("/api/v1/complaints", json=body | {"submission_id": str(uuid4()), "join": "x"})
    assert (wrong.status_code, list(wrong.get_json()["errors"])) == (422, ["join"])


def test_programs_learn_no_more_than_people(client: FlaskClient, first: Handed) -> None:
    make.complaint(now=clock.now(), category_code="kebisingan", village_code=SUCO)
    assert offered(client, category="kebisingan", village=SUCO) == []
    assert offered(client, category="sungai", village=SUCO) == []
    for query in ({}, {"category": "jalan"}, {"category": "x", "village": SUCO}, {"category": "jalan", "lat": "1"}):
        assert client.get("/api/v1/complaints/similar", query_string=query).status_code == 422
