"""The screen at the desk: the same questionnaire, and nothing on its pages that leads elsewhere or tells of others."""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import make
from tests.survey import given

WORDS = "Tulisan orang sebelumnya"


@pytest.fixture
def point(app: Flask) -> str:
    return given.point()


def sent(client: FlaskClient, point: str, **values: Any) -> str:
    path = f"/survei/{point}/kios/isi"
    data = given.filled_in(csrf_token=make.token(client, path), **values)
    return client.post(path, data=data, follow_redirects=True).text


def links(page: str) -> set[str]:
    return set(re.findall(r'<(?:a|form)\b[^>]* (?:href|action)="([^"#]+)"', page))


def test_each_page_leads_only_to_the_others(client: FlaskClient, point: str) -> None:
    home = f"/survei/{point}/kios"
    pages = [client.get(home + path) for path in ("", "/isi", "/terima-kasih")]
    assert [page.status_code for page in pages] == [200, 200, 200]
    for page in pages:
        assert {urlsplit(urljoin(page.request.path, link)).path for link in links(page.text)} <= {home, f"{home}/isi"}
        assert page.headers["Cache-Control"] == "no-store"
        assert "sw.js" not in page.text
        assert "antrean" not in page.text


def test_a_rating_from_the_screen_says_that_it_came_from_there(client: FlaskClient, point: str) -> None:
    page = sent(client, point, suggestion=WORDS)
    assert "Terima kasih" in page
    (kept,) = given.ratings()
    assert (kept.source, kept.point_code, kept.suggestion) == ("kiosk", point, WORDS)


def test_thanks_tell_nothing_of_the_rating(client: FlaskClient, point: str) -> None:
    page = sent(client, point, suggestion=WORDS, waktu="1")
    assert WORDS not in page
    assert "mengecewakan" not in page
    assert "penilaian=" not in page
    assert WORDS not in client.get(f"/survei/{point}/kios/isi").text


def test_without_a_script_thanks_return_to_the_start(client: FlaskClient, point: str) -> None:
    answer = client.get(f"/survei/{point}/kios/terima-kasih")
    assert answer.headers["Refresh"] == f"10; url=/survei/{point}/kios"


def test_what_is_missing_is_told_and_the_rest_kept(client: FlaskClient, point: str) -> None:
    page = sent(client, point, waktu="", suggestion=WORDS)
    assert '<a href="#waktu">' in page
    assert WORDS in page
    assert 'id="kios"' in page
    assert given.ratings() == []


def test_other_answers_under_a_used_number_can_go_as_another(client: FlaskClient, point: str) -> None:
    number = "0192f0c0-0000-4000-8000-000000000001"
    sent(client, point, submission_id=number)
    page = sent(client, point, submission_id=number, waktu="1")
    assert "Kirim sebagai yang baru" in page
    assert number not in page


def test_a_point_that_was_closed_says_so_in_its_own_way(client: FlaskClient, point: str) -> None:
    path = f"/survei/{point}/kios/isi"
    token = make.token(client, path)
    given.closed_point(point)
    for answer in (client.get(path), client.post(path, data=given.filled_in(csrf_token=token))):
        assert answer.status_code == 404
        assert "sedang tidak menerima penilaian" in answer.text
        assert links(answer.text) == {f"/survei/{point}/kios"}
    assert client.get(f"/survei/{point}/kios").status_code == 404
