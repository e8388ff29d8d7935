import gzip
import re
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core import sqlite
from survey.elements import ELEMENTS
from survey.questionnaire import Questionnaire
from tests import make
from tests.survey import given
from tests.turns import others_turn

MOST_BYTES = 8 * 1024
SUBMISSION = re.compile(r'name="submission_id" value="([^"]+)"')


def found_in(page: str, pattern: re.Pattern[str]) -> str:
    found = pattern.search(page)
    assert found, f"no {pattern.pattern} on the page"
    return found[1]


def is_chosen(page: str, name: str, value: int) -> bool:
    return re.search(rf'name="{name}" value="{value}"[^>]* checked', page) is not None


@pytest.fixture
def point(app: Flask) -> str:
    return given.point()


def test_the_page_asks_the_nine_official_questions_in_words(client: FlaskClient, point: str) -> None:
    page = client.get(f"/survei/{point}").text
    for element in ELEMENTS:
        assert element.question in page
        assert all(f">{label}<" in page for label in element.labels)
    assert page.count('type="radio"') == 36


def test_the_page_is_small_and_whole(client: FlaskClient, point: str) -> None:
    answer = client.get(f"/survei/{point}")
    assert len(gzip.compress(answer.data)) <= MOST_BYTES
    assert not re.findall(r'<script[^>]* src|<img|rel="stylesheet"', answer.text)


def test_the_page_asks_for_no_name_phone_or_identity_number(client: FlaskClient, point: str) -> None:
    names = set(re.findall(r' name="([^"]+)"', client.get(f"/survei/{point}").text))
    about = {"sex", "age_band", "education", "occupation", "suggestion"}
    own = {"submission_id", "edition", "csrf_token", "service", "visit", "opened", "viewport"}
    assert names == own | about | set(given.official().keys)


def test_a_rating_is_kept_and_thanked_for(client: FlaskClient, point: str) -> None:
    answer = given.sent(client, point, suggestion=" Kursi\r\nditambah ", sex="female")
    assert answer.status_code == 303
    assert answer.location.startswith(f"/survei/{point}/terima-kasih?penilaian=")
    (kept,) = given.ratings()
    assert (kept.suggestion, kept.sex, kept.service_code, kept.source) == ("Kursi\nditambah", "female", "ktp", "web")
    assert kept.point_code == point


def test_thanks_lead_to_a_fresh_form_and_to_reporting(client: FlaskClient, point: str) -> None:
    page = client.get(f"/survei/{point}/terima-kasih").text
    assert f'href="/survei/{point}">Isi lagi untuk orang lain' in page
    assert 'href="/lapor"' in page


def test_two_residents_rate_on_one_phone_one_after_the_other(client: FlaskClient, point: str) -> None:
    numbers = set()
    for _ in range(2):
        number = found_in(client.get(f"/survei/{point}").text, SUBMISSION)
        assert given.sent(client, point, submission_id=number).status_code == 303
        numbers.add(number)
    assert len(numbers) == len(given.ratings()) == 2


def test_a_second_tap_on_send_counts_once(client: FlaskClient, point: str) -> None:
    number = str(uuid4())
    answers = [given.sent(client, point, submission_id=number).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert len(given.ratings()) == 1


def test_other_answers_from_the_same_page_can_go_as_a_rating_of_their_own(client: FlaskClient, point: str) -> None:
    number = str(uuid4())
    given.sent(client, point, submission_id=number)
    answer = given.sent(client, point, submission_id=number, waktu="1", suggestion="Lambat")
    assert answer.status_code == 409
    assert "Kirim sebagai yang baru" in answer.text
    assert is_chosen(answer.text, "waktu", 1)
    assert "Lambat" in answer.text
    fresh = found_in(answer.text, SUBMISSION)
    assert given.sent(client, point, submission_id=fresh, waktu="1", suggestion="Lambat").status_code == 303
    assert len(given.ratings()) == 2


def test_what_is_missing_is_listed_on_top_and_the_rest_kept(client: FlaskClient, point: str) -> None:
    answer = given.sent(client, point, waktu="", biaya="4", suggestion="<b>tebal</b>", education="s1")
    assert answer.status_code == 422
    assert '<a href="#waktu">' in answer.text
    assert is_chosen(answer.text, "biaya", 4)
    assert "&lt;b&gt;tebal&lt;/b&gt;" in answer.text
    assert '<option selected value="s1">' in answer.text
    assert given.ratings() == []


@pytest.mark.parametrize("token", ["", "keliru", None])
def test_an_expired_form_comes_back_filled_and_needs_one_tap(
    client: FlaskClient, point: str, token: str | None
) -> None:
    data = given.filled_in(csrf_token=token, suggestion="Tetap ada")
    answer = client.post(f"/survei/{point}", data={key: value for key, value in data.items() if value is not None})
    assert answer.status_code == 400
    assert "Tetap ada" in answer.text
    assert is_chosen(answer.text, "waktu", 3)
    data |= {"csrf_token": found_in(answer.text, make.TOKEN)}
    assert client.post(f"/survei/{point}", data=data).status_code == 303


def test_a_point_for_one_service_does_not_ask_which(client: FlaskClient) -> None:
    code = given.point("trantib", "both")
    page = client.get(f"/survei/{code}").text
    assert '<input type="hidden" name="service" value="trantib">' in page
    assert '<select id="service"' not in page
    assert given.sent(client, code, service="trantib").status_code == 303
    assert f'href="/lapor/{code}"' in client.get(f"/survei/{code}/terima-kasih").text


def test_a_point_whose_service_was_closed_asks_which(client: FlaskClient) -> None:
    code = given.point("trantib", "both")
    given.closed_service("trantib")
    assert '<select id="service"' in client.get(f"/survei/{code}").text
    answer = given.sent(client, code, service="trantib")
    assert answer.status_code == 422
    assert '<a href="#service">' in answer.text


@pytest.mark.parametrize("code", ["MBS-000000", "QQQ-123456", "x", "MBS-" + "9" * 300])
def test_an_unknown_point_offers_the_others(client: FlaskClient, point: str, code: str) -> None:
    for path in (f"/survei/{code}", f"/survei/{code}/terima-kasih"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert f"/survei/{point}" in answer.text


def test_a_point_is_found_in_any_writing(client: FlaskClient, point: str) -> None:
    assert client.get(f"/survei/{point.lower()}").status_code == 200


def test_what_was_filled_in_for_a_point_closed_meanwhile_goes_by_way_of_another(
    client: FlaskClient, point: str
) -> None:
    token = make.token(client, f"/survei/{point}")
    given.closed_point(point)
    other = given.point(None, "both")
    data = given.filled_in(csrf_token=token, suggestion="Tetap ada")
    answer = client.post(f"/survei/{point}", data=data)
    assert answer.status_code == 404
    assert f'formaction="/survei/{other}"' in answer.text
    assert "Tetap ada" in answer.text
    assert client.post(f"/survei/{other}", data=data).status_code == 303


def test_a_new_edition_keeps_the_answers_to_what_it_asks_alike(
    client: FlaskClient, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reworded = given.reworded("biaya")
    given.edition("skm-baru", date(2026, 11, 1), questions=reworded.questions)
    given.now_is(monkeypatch, datetime(2026, 10, 31, 17, 0, tzinfo=UTC))
    answer = given.sent(client, point, edition="skm-2017")
    assert answer.status_code == 422
    assert "baru saja diganti" in answer.text
    assert is_chosen(answer.text, "waktu", 3)
    assert not is_chosen(answer.text, "biaya", 3)
    assert 'name="edition" value="skm-baru"' in answer.text
    assert given.sent(client, point, edition="skm-baru").status_code == 303
    assert given.ratings()[0].edition_code == "skm-baru"


def test_an_edition_with_two_questions_about_an_element_sums_them(
    client: FlaskClient, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    longer = Questionnaire("dua", (*given.OFFICIAL, given.WAITING))
    given.edition("dua", date(2026, 10, 1), questions=longer.questions)
    assert "10 dari 10" in client.get(f"/survei/{point}").text
    given.sent(client, point, waktu="4", waktu_antre="1")
    assert given.ratings()[0].waktu == 5


def test_while_nothing_can_be_written_the_words_are_shown_and_can_be_sent_again(
    client: FlaskClient, app: Flask, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "TURN_TIMEOUT_S", 0.05)
    with others_turn():
        answer = given.sent(client, point, suggestion="Tulisan saya")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "15")
    assert '<p class="box said">Tulisan saya</p>' in answer.text
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.text))
    assert client.post(f"/survei/{point}", data=fields).status_code == 303
    assert given.ratings()[0].suggestion == "Tulisan saya"
