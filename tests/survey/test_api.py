import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from core.db import db
from survey import opened
from survey.models import Rating
from tests import make
from tests.survey import given
from tests.survey.visits import given_visits

PATH = "/api/v1/ratings"


def body(**values: Any) -> dict[str, Any]:
    return {
        "submission_id": str(uuid4()),
        "service": "ktp",
        "answers": given.all_answered(3),
        "respondent": {"sex": "male", "age_band": "60plus"},
        "suggestion": "Bagus",
    } | values


def errors_of(client: FlaskClient, **values: object) -> dict[str, str]:
    answer = client.post(PATH, json=body(**values))
    assert answer.status_code == 422, answer.text
    assert answer.mimetype == "application/problem+json"
    assert given.ratings() == []
    errors: dict[str, str] = answer.get_json()["errors"]
    return errors


def test_a_rating_is_received(client: FlaskClient) -> None:
    answer = client.post(PATH, json=body())
    assert (answer.status_code, answer.json) == (201, {"status": "received"})
    (kept,) = given.ratings()
    assert (kept.source, kept.sex, kept.age_band, kept.education) == ("api", "male", "60plus", None)
    assert (kept.suggestion, kept.point_code) == ("Bagus", None)


def test_a_point_may_say_which_service(client: FlaskClient) -> None:
    code = given.point("trantib", "both")
    assert client.post(PATH, json=body(point=code.lower(), service=None)).status_code == 201
    (kept,) = given.ratings()
    assert (kept.point_code, kept.service_code) == (code, "trantib")


def test_no_cookie_is_set(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.post(PATH, json=body()).headers
    assert "Set-Cookie" not in client.post(PATH, json={}).headers


def test_a_repetition_gets_the_same_answer_and_other_content_a_conflict(client: FlaskClient) -> None:
    sent = body()
    assert client.post(PATH, json=sent).status_code == 201
    # Written in another way, it is still the same: order, white space, an answer named null.
    again = dict(reversed(sent.items())) | {"suggestion": " Bagus\n", "point": None}
    again["respondent"] = sent["respondent"] | {"occupation": None}
    answer = client.post(PATH, json=again)
    assert (answer.status_code, answer.json) == (200, {"status": "received"})
    other = client.post(PATH, json=sent | {"suggestion": "Buruk"})
    assert (other.status_code, other.mimetype) == (409, "application/problem+json")
    assert len(given.ratings()) == 1


def test_the_page_and_the_program_count_as_one_submission(client: FlaskClient) -> None:
    number, code = str(uuid4()), given.point()
    given.sent(client, code, submission_id=number)
    same = {"submission_id": number, "point": code, "service": "ktp", "answers": given.all_answered(3)}
    assert client.post(PATH, json=same).status_code == 200


def test_every_error_is_named_at_once(client: FlaskClient) -> None:
    wrong = errors_of(client, submission_id="x", service="y", answers={"waktu": 5}, respondent={"sex": "z"}, point="q")
    assert wrong.keys() == {"submission_id", "service", "sex", "point", *given.official().keys}


@pytest.mark.parametrize("answer", ["3", True, False, 3.5, 0, 5, -1, [3], {"a": 3}, None, 10**30, "", "tiga"])
def test_an_answer_is_a_number_from_1_to_4(client: FlaskClient, answer: object) -> None:
    assert errors_of(client, answers=given.all_answered(3) | {"biaya": answer}).keys() == {"biaya"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("submission_id", 7),
        ("submission_id", "not-a-uuid"),
        ("submission_id", None),
        ("service", ["ktp"]),
        ("service", ""),
        ("service", "tidak-ada"),
        ("suggestion", {"a": 1}),
        ("suggestion", "x" * 2001),
        ("suggestion", "x" * 1_000_000),
        ("suggestion", "nol\x00"),
        ("suggestion", "\ud800"),
        ("point", 5),
        ("point", "MBS-000000"),
        ("point", ""),
        ("point", "\x00"),
        ("point", "\udfff"),
    ],
)
def test_a_faulty_field_is_named(client: FlaskClient, field: str, value: object) -> None:
    assert errors_of(client, **{field: value}).keys() == {field}


@pytest.mark.parametrize("field", ["sex", "age_band", "education", "occupation"])
@pytest.mark.parametrize("value", [1, True, ["male"], "lain", "MALE", "\x00"])
def test_an_attribute_is_one_of_its_codes(client: FlaskClient, field: str, value: object) -> None:
    assert errors_of(client, respondent={field: value}).keys() == {field}


@pytest.mark.parametrize("group", ["answers", "respondent"])
@pytest.mark.parametrize("value", ["x", 3, [], True])
def test_a_group_is_an_object(client: FlaskClient, group: str, value: object) -> None:
    assert group in errors_of(client, **{group: value})


def test_what_is_not_known_is_passed_over(client: FlaskClient) -> None:
    answers = given.all_answered(3) | {"edition": 4, "csrf_token": 2}
    assert client.post(PATH, json=body(answers=answers, edition="lama", lain=[1])).status_code == 201


@pytest.mark.parametrize("data", [b"", b"[", b"\xff", b'"x"', b"[]", b"null", b"[" * 50_000, b'{"a":NaN}'])
def test_what_is_no_object_is_a_problem(client: FlaskClient, data: bytes) -> None:
    answer = client.post(PATH, data=data, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert answer.mimetype == "application/problem+json"


def test_the_whole_table_stays_as_it_was_after_nothing_but_faults(client: FlaskClient) -> None:
    faults: tuple[dict[str, object], ...] = ({}, {"answers": {}}, {"submission_id": None})
    for junk in faults:
        assert client.post(PATH, data=json.dumps(junk), content_type="application/json").status_code == 422
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Rating)) == 0


def test_a_form_that_a_phone_kept_counts_for_the_edition_it_was_of(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    given.edition("skm-baru", date(2026, 11, 1), questions=given.reworded("biaya").questions)
    given.now_is(monkeypatch, datetime(2026, 11, 2, tzinfo=UTC))
    sent = body(edition="skm-2017", opened=opened.stamp())
    assert client.post(PATH, json=sent, headers={"X-Requested-With": "antrean"}).status_code == 201
    assert client.post(PATH, json=sent).status_code == 200
    assert client.post(PATH, json=body()).status_code == 201
    kept = {(row.edition_code, row.source) for row in given.ratings()}
    assert kept == {("skm-2017", "web"), ("skm-baru", "api")}


@pytest.mark.parametrize("stamp", [None, "1", "1790000000.x"])
def test_a_program_is_no_page_whatever_it_calls_itself(client: FlaskClient, stamp: str | None) -> None:
    client.post(PATH, json=body(opened=stamp), headers={"X-Requested-With": "antrean"})
    assert [row.source for row in given.ratings()] == ["api"]


@pytest.mark.parametrize("edition", ["skm-baru", "apa", 3, ["skm-2017"]], ids=["to come", "unknown", "number", "list"])
def test_an_edition_that_was_never_in_force_is_passed_over(client: FlaskClient, edition: object) -> None:
    given.edition("skm-baru", date(2999, 1, 1))
    assert client.post(PATH, json=body(edition=edition)).status_code == 201
    assert given.ratings()[0].edition_code == "skm-2017"


@pytest.mark.parametrize(
    ("days", "service", "statuses", "kept"),
    [(0, "ktp", (201, 409), ["code"]), (0, "kk", (422, 422), []), (8, "ktp", (410, 410), [])],
    ids=["once", "another service", "too late"],
)
def test_a_code_of_a_visit(
    app: Flask,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    days: int,
    service: str,
    statuses: tuple[int, int],
    kept: list[str],
) -> None:
    _visit, code = given_visits.issued(app)
    given.now_is(monkeypatch, make.START + timedelta(days=days))
    answers = [client.post(PATH, json=body(visit=code.lower(), service=service)) for _visitor in range(2)]
    assert tuple(answer.status_code for answer in answers) == statuses
    assert [row.visit for row in given.ratings()] == kept


def test_a_code_that_nobody_has_is_not_found(app: Flask, client: FlaskClient) -> None:
    answer = client.post(PATH, json=body(visit=given_visits.unknown_code(app)))
    assert (answer.status_code, answer.mimetype, given.ratings()) == (404, "application/problem+json", [])
    assert "visit" in answer.get_json()["errors"]
