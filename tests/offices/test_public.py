import pytest
from flask.testing import FlaskClient

from tests.offices import houses


def test_the_front_page_leads_to_every_place_that_can_be_rated(client: FlaskClient) -> None:
    houses.point("rate", code="MBS-RATE01", name="Loket satu")
    houses.point("both", code="MBS-BOTH01", name="Loket dua")
    page = client.get("/").text
    assert 'href="/survei/MBS-RATE01"' in page
    assert 'href="/survei/MBS-BOTH01"' in page
    assert page.index("Loket dua") < page.index("Loket satu")


def test_the_front_page_leaves_out_closed_places_and_those_for_reports(client: FlaskClient) -> None:
    houses.point("report", code="MBS-REPT01")
    houses.point("rate", code="MBS-SHUT01", is_open=False)
    page = client.get("/").text
    assert "MBS-REPT01" not in page
    assert "MBS-SHUT01" not in page


@pytest.mark.parametrize("path", ["/lapor", "/lacak", "/hasil", "/privasi"])
def test_the_front_page_leads_on(client: FlaskClient, path: str) -> None:
    assert f'href="{path}"' in client.get("/").text


@pytest.mark.parametrize(("purpose", "path"), [("rate", "/survei/MBS-TEST01"), ("report", "/lapor/MBS-TEST01")])
def test_a_scan_leads_to_the_form(client: FlaskClient, purpose: str, path: str) -> None:
    houses.point(purpose)
    answer = client.get("/t/mbs-test0l")
    assert (answer.status_code, answer.location) == (302, path)


def test_a_scan_leads_to_a_choice_where_both_can_be_done(client: FlaskClient) -> None:
    houses.point("both")
    page = client.get("/t/MBS-TEST01").text
    assert 'href="/survei/MBS-TEST01"' in page
    assert 'href="/lapor/MBS-TEST01"' in page


@pytest.mark.parametrize("code", ["MBS-NONE00", "XYZ-NONE00", "apa-saja", "%20", "%F0%9F%98%80", "a" * 500])
def test_an_unknown_code_still_leads_on(client: FlaskClient, code: str) -> None:
    houses.point("rate")
    answer = client.get(f"/t/{code}")
    assert answer.status_code == 404
    assert 'href="/survei/MBS-TEST01"' in answer.text
    assert 'href="/lapor"' in answer.text


def test_a_closed_point_is_unknown(client: FlaskClient) -> None:
    houses.point("rate", is_open=False)
    assert client.get("/t/MBS-TEST01").status_code == 404


def test_a_scan_shows_the_office_whose_code_it_is(client: FlaskClient) -> None:
    houses.other_office()
    page = client.get("/t/jbr-test02").text
    assert "Kecamatan Sebelah" in page
    assert "Kecamatan Mumbulsari" not in page


def test_the_privacy_page_says_how_long_a_name_is_kept(client: FlaskClient) -> None:
    page = client.get("/privasi").text
    assert "6 bulan sesudah laporan selesai" in page
    assert "NIK" in page


def test_an_unknown_code_leads_to_the_service_that_was_given(client: FlaskClient) -> None:
    houses.no_points()
    houses.point("rate")
    page = client.get("/t/MBS-NONE00").text
    assert 'href="/survei/MBS-TEST01?service=kk"' in page
    assert '<option selected value="kk">' in client.get("/survei/MBS-TEST01?service=kk").text
