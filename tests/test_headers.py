"""Every answer carries the same strict headers, whatever it is."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

ANSWERS = ("/", "/masuk", "/tidak-ada", "/static/app.css", "/api/v1/services", "/api/v1/tidak-ada", "/healthz")
NONCE = re.compile(r"'nonce-([\w-]{20,})'")

answers = pytest.mark.parametrize("path", ANSWERS)


def headers_of(client: FlaskClient, path: str) -> Headers:
    with client.get(path) as answer:
        return answer.headers


def policy(client: FlaskClient, path: str) -> dict[str, list[str]]:
    header = headers_of(client, path)["Content-Security-Policy"]
    return {name: values for name, *values in map(str.split, header.split(";"))}


@answers
def test_nothing_runs_that_we_did_not_send(client: FlaskClient, path: str) -> None:
    rules = policy(client, path)
    assert rules["default-src"] == ["'none'"]
    assert all(value == "'self'" or NONCE.fullmatch(value) for value in rules["script-src"] + rules["style-src"])
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:"} & {v for values in rules.values() for v in values}


@answers
def test_no_other_site_may_frame_or_rebase_us(client: FlaskClient, path: str) -> None:
    rules = policy(client, path)
    assert rules["frame-ancestors"] == rules["base-uri"] == ["'none'"]
    assert rules["form-action"] == ["'self'"]


@answers
def test_the_lesser_headers_are_there(client: FlaskClient, path: str) -> None:
    headers = headers_of(client, path)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_nonce_is_new_each_time_and_the_one_in_the_page(client: FlaskClient) -> None:
    first, second = client.get("/masuk"), client.get("/masuk")
    nonces = [NONCE.findall(answer.headers["Content-Security-Policy"])[0] for answer in (first, second)]
    assert nonces[0] != nonces[1]
    assert f'nonce="{nonces[0]}"' in first.text


def test_a_bug_is_answered_with_the_same_headers(app: Flask) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.add_url_rule("/rusak", view_func=lambda: str(1 / 0))
    answer = app.test_client().get("/rusak")
    assert answer.status_code == 500
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]


def test_pages_stay_out_of_caches_and_static_files_in(client: FlaskClient) -> None:
    assert "no-store" in headers_of(client, "/masuk")["Cache-Control"]
    assert "no-store" not in headers_of(client, "/static/app.css")["Cache-Control"]
