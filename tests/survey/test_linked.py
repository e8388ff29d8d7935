"""Rating how one report was handled: by a signed link, once, until its last day."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from complaints.following.rating_links import rating_link
from core import clock, links
from core.db import db, reader
from survey.elements import OFFICIAL_ORDER
from survey.models import Rating
from tests import make
from tests.complaints.pages import fields_of

CASE = uuid4()


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: make.START)


def address(app: Flask, *, case: object = CASE, until: date = date(2026, 10, 2), key: str = "") -> str:
    token = rating_link(
        signing_key=key or app.config["SECRET_KEY"],
        receipt_key=app.config["RECEIPT_KEY"],
        office_id=make.OFFICE,
        complaint_id=case,  # type: ignore[arg-type]
        until=until,
    )
    return f"/survei/penanganan/{token}"


def filled(client: FlaskClient, path: str, **typed: Any) -> dict[str, Any]:
    return fields_of(client.get(path).text) | {key.value: "4" for key in OFFICIAL_ORDER} | typed


def ratings() -> list[Rating]:
    db.session.rollback()
    return list(reader().scalars(sa.select(Rating)))


def test_the_handling_is_rated(app: Flask, client: FlaskClient) -> None:
    path = address(app)
    answer = client.post(path, data=filled(client, path))
    assert answer.status_code == 200
    assert "Terima kasih" in answer.text
    [rating] = ratings()
    assert (rating.service_code, rating.point_code) == ("trantib", None)
    assert rating.once
    assert CASE.hex not in rating.once


def test_the_service_is_the_links(app: Flask, client: FlaskClient) -> None:
    path = address(app)
    client.post(path, data=filled(client, path, service="ktp"))
    assert [rating.service_code for rating in ratings()] == ["trantib"]


def test_a_second_use_is_told_kindly_and_counts_nothing(app: Flask, client: FlaskClient) -> None:
    path = address(app)
    data = filled(client, path)
    client.post(path, data=data)
    again = client.post(path, data=data | {"submission_id": str(uuid4()), "suggestion": "lain"})
    assert "sudah dinilai" in again.text
    assert "sudah dinilai" in client.get(path).text
    assert len(ratings()) == 1


def test_the_same_tap_twice_is_thanked_twice(app: Flask, client: FlaskClient) -> None:
    path = address(app)
    data = filled(client, path)
    for _tap in range(2):
        assert "Terima kasih" in client.post(path, data=data).text
    assert len(ratings()) == 1


def test_a_new_link_for_the_same_report_gives_no_second_rating(app: Flask, client: FlaskClient) -> None:
    client.post(address(app), data=filled(client, address(app)))
    assert "sudah dinilai" in client.get(address(app, until=date(2026, 11, 1))).text


def test_another_report_can_be_rated(app: Flask, client: FlaskClient) -> None:
    for path in (address(app), address(app, case=uuid4())):
        client.post(path, data=filled(client, path))
    assert len(ratings()) == 2


def test_a_link_ends(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    path = address(app)
    data = filled(client, path)
    monkeypatch.setattr(clock, "now", lambda: make.START + timedelta(days=2))
    for answer in (client.get(path), client.post(path, data=data)):
        assert answer.status_code == 410
        assert "2 Oktober 2026" in answer.text
    assert ratings() == []


def test_nobody_else_makes_links(app: Flask, client: FlaskClient) -> None:
    for path in (address(app, key="another key"), "/survei/penanganan/rubbish", address(app) + "x"):
        assert client.get(path).status_code == 404
        assert client.post(path, data={}).status_code == 404


def test_a_link_for_one_purpose_opens_no_other() -> None:
    text = links.sign("key", links.Purpose.RATING, {"a": 1})
    assert links.read("key", links.Purpose.RATING, text) == {"a": 1}
    assert links.read("other", links.Purpose.RATING, text) is None


def test_what_is_missing_is_asked_for_and_the_rest_kept(app: Flask, client: FlaskClient) -> None:
    path = address(app)
    answer = client.post(path, data=filled(client, path, waktu="", suggestion="Cepat"))
    assert answer.status_code == 422
    assert "Cepat" in answer.text


def test_looking_rates_nothing(app: Flask, client: FlaskClient) -> None:
    client.get(address(app) + "?waktu=4")
    assert ratings() == []
