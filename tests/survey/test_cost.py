"""What a rating asks of the database: few questions, and the same few however many ratings there are."""

from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests import make
from tests.survey import given


@pytest.fixture
def asked(any_app: Flask) -> list[str]:
    """Reads and inserts in order, each as its verb and table."""
    statements: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        words = statement.replace('"', "").split()
        if words[0] == "SELECT":
            statements.append(f"SELECT {words[words.index('FROM') + 1]}")
        elif words[0] == "INSERT":
            statements.append(f"INSERT {words[2]}")

    for engine in make.engines():
        sa.event.listen(engine, "before_cursor_execute", hear)
    return statements


@pytest.fixture
def client(any_app: Flask) -> FlaskClient:
    return any_app.test_client()


def by_program(client: FlaskClient, point: str) -> None:
    body = {"submission_id": given.filled_in()["submission_id"], "point": point, "service": "ktp"}
    assert client.post("/api/v1/ratings", json=body | {"answers": given.all_answered(3)}).status_code == 201


def by_page(client: FlaskClient, point: str, token: str) -> None:
    assert client.post(f"/survei/{point}", data=given.filled_in(csrf_token=token)).status_code == 303


def test_the_first_rating_reads_what_it_needs(client: FlaskClient, asked: list[str]) -> None:
    point = given.point()
    asked.clear()
    by_program(client, point)
    assert asked[:-2] == ["SELECT office", "SELECT point", "SELECT edition_item", "SELECT service"]


def test_every_further_rating_asks_only_for_the_office(client: FlaskClient, asked: list[str]) -> None:
    point = given.point()
    token = make.token(client, f"/survei/{point}")
    for rate in (partial(by_page, client, point, token), partial(by_program, client, point)):
        asked.clear()
        rate()
        assert asked == [
            "SELECT office",
            "INSERT rating",
            "INSERT dirty_day",
        ]


def test_a_change_of_master_data_is_seen_at_once(client: FlaskClient) -> None:
    point = given.point("trantib", "both")
    assert '<select id="service"' not in client.get(f"/survei/{point}").text
    given.closed_service("trantib")
    assert '<select id="service"' in client.get(f"/survei/{point}").text
    given.closed_point(point)
    assert client.get(f"/survei/{point}").status_code == 404


def test_a_new_edition_is_seen_at_once(client: FlaskClient) -> None:
    point = given.point()
    assert "1 dari 9" in client.get(f"/survei/{point}").text
    given.edition("dua", given.TODAY, questions=(*given.OFFICIAL, given.WAITING))
    assert "1 dari 10" in client.get(f"/survei/{point}").text
