"""Signing in, one-time links, and how sessions end."""

import re
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.db import db, reader
from offices import queries
from offices import staff as accounts
from offices.roles import Role
from tests import make
from tests.offices import houses

NEW_PASSWORD = "kata sandi yang lain"
OPERATOR_PAGE = "/pengaturan/"
LINK = re.compile(r"http://127\.0\.0\.1:8000(/masuk/kata-sandi/[\w.-]+)")


@pytest.fixture
def operator(app: Flask) -> FlaskClient:
    return make.signed_in(app, "operator")


def attempt(client: FlaskClient, email: str, password: str, **more: str) -> str:
    return make.through_the_door(client, email, password, **more).text


def account_path(email: str) -> str:
    db.session.rollback()
    [found] = [account for account in queries.staff(reader(), 1) if account.email == email]
    return f"/pengaturan/petugas/{found.id}"


def press(client: FlaskClient, email: str, what: str) -> str:
    path = account_path(email)
    data = {"csrf_token": make.token(client, path)}
    return client.post(f"{path}/{what}", data=data, follow_redirects=True).text


def new_link(client: FlaskClient, email: str) -> str:
    found = LINK.search(press(client, email, "tautan"))
    assert found
    return found[1]


def choose_password(client: FlaskClient, link: str, password: str = NEW_PASSWORD) -> str:
    data = {"password": password, "password_confirm": password, "csrf_token": make.token(client, link)}
    return client.post(link, data=data, follow_redirects=True).text


def opens_settings(client: FlaskClient) -> bool:
    return client.get(OPERATOR_PAGE).status_code == 200


def test_the_way_in_speaks_indonesian(client: FlaskClient) -> None:
    page = client.get("/masuk").text
    assert "Alamat surel" in page
    assert "Kata sandi" in page
    assert "Password" not in page


@pytest.mark.parametrize("email", ["operator", "siapa@mumbulsari.example", ""])
def test_a_wrong_password_and_an_unknown_account_look_alike(client: FlaskClient, email: str) -> None:
    known = make.staff("operator")
    wanted = email if email != "operator" else known
    page = attempt(client, wanted, "bukan kata sandinya")
    assert "Alamat surel atau kata sandi keliru." in page
    assert not opens_settings(client)


def test_an_old_form_asks_for_one_more_tap(client: FlaskClient) -> None:
    email = make.staff("operator")
    page = client.post("/masuk", data={"email": email, "password": make.PASSWORD, "csrf_token": "lama"}).text
    assert "Tekan tombolnya sekali lagi." in page
    assert f'value="{email}"' in page


def test_signing_out_ends_the_session(operator: FlaskClient) -> None:
    assert opens_settings(operator)
    assert operator.post("/keluar").location == "/masuk"
    assert not opens_settings(operator)


def test_a_new_account_gets_a_link_shown_once(operator: FlaskClient) -> None:
    path = "/pengaturan/petugas/baru"
    typed = {"name": "Budi", "email": "budi@kantor.go.id", "role": "officer", "section_key": "trantib"}
    page = operator.post(path, data=typed | {"csrf_token": make.token(operator, path)}).text
    assert LINK.search(page)
    assert "Berlaku sampai" in page
    assert not LINK.search(operator.get(account_path("budi@kantor.go.id")).text)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("email", "budi", "Alamat surel ini keliru."),
        ("email", "", "belum diisi."),
        ("name", "", "belum diisi."),
        ("role", "raja", "Pilih salah satu dari daftar."),
        ("section_key", "lain", "Pilih salah satu dari daftar."),
    ],
)
def test_what_cannot_be_an_account_comes_back(operator: FlaskClient, field: str, value: str, words: str) -> None:
    path = "/pengaturan/petugas/baru"
    typed = {"name": "Budi", "email": "budi@kantor.go.id", "role": "officer", "section_key": "trantib", field: value}
    answer = operator.post(path, data=typed | {"csrf_token": make.token(operator, path)})
    assert answer.status_code == 422
    assert words in answer.text


def test_a_head_of_section_needs_a_section(operator: FlaskClient) -> None:
    path = "/pengaturan/petugas/baru"
    typed = {"name": "Budi", "email": "budi@kantor.go.id", "role": "section_head", "section_key": ""}
    answer = operator.post(path, data=typed | {"csrf_token": make.token(operator, path)})
    assert "Pilih seksi yang dipimpin." in answer.text


def test_a_link_sets_the_password_once(app: Flask, operator: FlaskClient, client: FlaskClient) -> None:
    email = make.staff("operator")
    link = new_link(operator, email)
    assert email in client.get(link).text
    assert "Kata sandi sudah disimpan." in choose_password(client, link)
    attempt(client, email, NEW_PASSWORD)
    assert opens_settings(client)
    assert "Tautan ini sudah dipakai atau keliru." in app.test_client().get(link, follow_redirects=True).text


def test_a_newer_link_kills_the_older(operator: FlaskClient, client: FlaskClient) -> None:
    email = make.staff("operator")
    older = new_link(operator, email)
    new_link(operator, email)
    assert "sudah dipakai atau keliru" in client.get(older, follow_redirects=True).text


def test_an_expired_link_says_so(app: Flask, operator: FlaskClient, client: FlaskClient) -> None:
    link = new_link(operator, make.staff("operator"))
    app.config["SECURITY_RESET_PASSWORD_WITHIN"] = timedelta(seconds=-1)
    assert "sudah lewat masanya" in client.get(link, follow_redirects=True).text


@pytest.mark.parametrize("token", ["apa-saja", "a.b.c", "%20", "WyJ4Il0.x.y"])
def test_an_invented_link_leads_to_the_operator(client: FlaskClient, token: str) -> None:
    page = client.get(f"/masuk/kata-sandi/{token}", follow_redirects=True).text
    assert "Mintalah tautan baru kepada operator" in page


def test_a_short_password_is_refused(operator: FlaskClient, client: FlaskClient) -> None:
    link = new_link(operator, make.staff("operator"))
    assert "Kata sandi sedikitnya 12" in choose_password(client, link, "pendek")


def test_a_reset_ends_all_sessions_and_the_password(app: Flask, operator: FlaskClient, client: FlaskClient) -> None:
    email = make.staff("operator")
    attempt(client, email, make.PASSWORD)
    assert opens_settings(client)
    new_link(operator, email)
    assert not opens_settings(client)
    assert "keliru" in attempt(app.test_client(), email, make.PASSWORD)


def test_a_closed_account_loses_its_session_and_its_way_in(operator: FlaskClient, client: FlaskClient) -> None:
    email = make.staff("operator")
    attempt(client, email, make.PASSWORD)
    assert "Akun ditutup." in press(operator, email, "tutup")
    assert not opens_settings(client)
    assert "Alamat surel atau kata sandi keliru." in attempt(client, email, make.PASSWORD)
    assert "Akun dibuka." in press(operator, email, "buka")
    attempt(client, email, make.PASSWORD)
    assert opens_settings(client)


def test_nobody_closes_their_own_account(app: Flask) -> None:
    email = make.staff("operator")
    client = app.test_client()
    attempt(client, email, make.PASSWORD)
    assert "Ini akun Anda sendiri." in press(client, email, "tutup")
    assert opens_settings(client)


def test_forgetting_a_password_leads_to_the_operator(client: FlaskClient) -> None:
    page = client.get("/masuk/kata-sandi").text
    assert "Mintalah tautan baru kepada operator kantor." in page
    assert "<form" not in page


def test_after_signing_in_the_page_asked_for_opens(client: FlaskClient) -> None:
    email = make.staff("operator")
    asked = client.get(OPERATOR_PAGE).location
    assert asked == "/masuk?next=/pengaturan/"
    assert 'name="next" value="/pengaturan/"' in client.get(asked).text
    assert make.through_the_door(client, email, next=OPERATOR_PAGE).location == OPERATOR_PAGE


@pytest.mark.parametrize(
    "elsewhere",
    ["https://jahat.example", "//jahat.example", "///jahat.example", "/\\jahat.example", "\\\\jahat.example",
     "javascript:alert(1)", " //jahat.example", "https:jahat.example", "http://localhost@jahat.example"],
)  # fmt: skip
def test_signing_in_never_leads_to_another_site(client: FlaskClient, elsewhere: str) -> None:
    email = make.staff("operator")
    answer = make.through_the_door(client, email, next=elsewhere)
    if answer.status_code == HTTPStatus.FOUND:
        reached = urljoin("http://localhost/masuk", answer.location.replace("\\", "/"))
        assert urlsplit(reached).netloc == "localhost"
    else:
        assert "bukan halaman kami" in answer.text
        assert 'name="next" value=""' in answer.text


def test_another_offices_account_is_not_found(app: Flask, operator: FlaskClient) -> None:
    other = other_account()
    assert operator.get(f"/pengaturan/petugas/{other}").status_code == 404
    data = {"csrf_token": make.token(operator, "/pengaturan/petugas/baru")}
    assert operator.post(f"/pengaturan/petugas/{other}/tautan", data=data).status_code == 404
    assert operator.post(f"/pengaturan/petugas/{other}/tutup", data=data).status_code == 404


def other_account() -> str:
    houses.other_office()
    email = "jiran@sebelah.example"
    accounts.add(office_id=houses.OTHER, email=email, name="Jiran", role=Role.OPERATOR, by="tests", now=make.START)
    db.session.rollback()
    return str(queries.staff(reader(), houses.OTHER)[0].id)
