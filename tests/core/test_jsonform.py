import json

import pytest
from flask import Flask, request
from werkzeug.exceptions import HTTPException

from core.jsonform import JsonObject, as_form, merged, read_object


def body_of(app: Flask, body: bytes, kind: str = "application/json") -> JsonObject:
    with app.test_request_context("/api/v1/x", method="POST", data=body, content_type=kind):
        return read_object(request)


def refusal(app: Flask, body: bytes, kind: str = "application/json") -> int:
    with pytest.raises(HTTPException) as refused:
        body_of(app, body, kind)
    answer = refused.value.get_response()
    assert answer.mimetype == "application/problem+json"
    return answer.status_code


def test_an_object_is_read(app: Flask) -> None:
    assert body_of(app, b'{"a": "b"}') == {"a": "b"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1, "a": 2}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"\x00",
    ],
)
def test_what_is_not_json_is_refused(app: Flask, body: bytes) -> None:
    assert refusal(app, body) == 400


@pytest.mark.parametrize("body", [b"[]", b"null", b"3", b'"text"', b"true"])
def test_only_an_object_will_do(app: Flask, body: bytes) -> None:
    assert refusal(app, body) == 422


def test_a_foreign_form_is_not_json(app: Flask) -> None:
    assert refusal(app, b"a=b", "application/x-www-form-urlencoded") == 415
    assert refusal(app, b'{"a": "b"}', "text/plain") == 415


def test_a_huge_body_is_refused(app: Flask) -> None:
    assert refusal(app, b'{"a": "' + b"x" * (3 << 20) + b'"}') == 413


def test_members_become_form_data(app: Flask) -> None:
    data = body_of(app, json.dumps({"t": "kata", "n": -8.25, "yes": True, "no": False, "nil": None, "x": []}).encode())
    form, errors = as_form(data, texts=["t", "nil", "absent"], numbers=["n"], flags=["yes", "no"])
    assert dict(form) == {"t": "kata", "n": "-8.25", "yes": "1"}
    assert not errors


@pytest.mark.parametrize("value", ["3", True, [3], {"a": 3}])
def test_a_number_must_be_a_number(app: Flask, value: object) -> None:
    with app.test_request_context():
        form, errors = as_form({"n": value}, numbers=["n"])
    assert list(errors) == ["n"]
    assert not form


@pytest.mark.parametrize("value", [3, True, ["a"], {"a": "b"}])
def test_a_text_must_be_a_text(app: Flask, value: object) -> None:
    with app.test_request_context():
        assert list(as_form({"t": value}, texts=["t"])[1]) == ["t"]


@pytest.mark.parametrize("value", [1, "true", []])
def test_a_flag_must_be_true_or_false(app: Flask, value: object) -> None:
    with app.test_request_context():
        assert list(as_form({"f": value}, flags=["f"])[1]) == ["f"]


def test_a_group_is_flattened(app: Flask) -> None:
    with app.test_request_context():
        inner = as_form({"answers": {"waktu": 3}}, numbers=["waktu"], group="answers")
        outer = as_form({"service": "ktp"}, texts=["service"])
        form, errors = merged([outer, inner])
    assert dict(form) == {"service": "ktp", "waktu": "3"}
    assert not errors


@pytest.mark.parametrize("group", ["text", 3, [1]])
def test_a_group_must_be_an_object(app: Flask, group: object) -> None:
    with app.test_request_context():
        assert list(as_form({"answers": group}, numbers=["waktu"], group="answers")[1]) == ["answers"]
