from io import BytesIO

import pytest
from flask.testing import FlaskClient

from wsgi import LARGEST_FORM


def test_an_address_with_a_nul_is_not_found(client: FlaskClient) -> None:
    assert client.get("/t/%00").status_code == 404
    assert client.get("/pengaturan/titik/MBS%00").status_code == 404


def test_an_error_page_names_the_office(client: FlaskClient) -> None:
    assert "Kecamatan Mumbulsari" in client.get("/tidak-ada").text


KINDS = (
    "application/octet-stream", "application/json", "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
)  # fmt: skip


class Untouched(BytesIO):
    """A body that nobody may read."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise AssertionError("the body was read")


def send(client: FlaskClient, path: str, length: int, kind: str) -> int:
    told = {"CONTENT_LENGTH": str(length), "CONTENT_TYPE": kind, "wsgi.input": Untouched()}
    return client.post(path, environ_overrides=told).status_code


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_sent_to_no_address_of_ours_is_not_read(client: FlaskClient, kind: str) -> None:
    for path, status in (("/tidak-ada", 404), ("/lapor/a/b/c", 404), ("/healthz", 405)):
        assert send(client, path, 1_000_000, kind) == status


@pytest.mark.parametrize("kind", KINDS[:3])
def test_a_body_that_is_held_in_memory_whole_ends_with_the_largest_form(client: FlaskClient, kind: str) -> None:
    assert send(client, "/lapor", LARGEST_FORM + 1, kind) == 413


def test_a_page_that_is_only_asked_for_takes_no_body(client: FlaskClient) -> None:
    told = {"CONTENT_LENGTH": "1000000", "CONTENT_TYPE": "application/json", "wsgi.input": Untouched()}
    assert client.get("/lapor", environ_overrides=told).status_code == 200
