from io import BytesIO

import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from core.config import Settings
from tests import make
from tests.offices import houses

HERE = "/pengaturan/titik/MBS-TEST01"


@pytest.fixture
def operator(app: Flask) -> FlaskClient:
    houses.point("both")
    return make.signed_in(app, "operator")


def move_to(app: Flask, base_url: str) -> None:
    settings: Settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = Settings(**(vars(settings) | {"base_url": base_url}))


@pytest.mark.parametrize("name", ["qr.png", "qr-stiker.png"])
def test_a_drawn_code_leads_to_the_point(app: Flask, operator: FlaskClient, name: str) -> None:
    move_to(app, "https://sukma.example")
    answer = operator.get(f"{HERE}/{name}")
    assert answer.mimetype == "image/png"
    [found] = zxingcpp.read_barcodes(Image.open(BytesIO(answer.data)))
    assert found.text == "https://sukma.example/t/MBS-TEST01"


def test_a_code_is_drawn_for_any_size(app: Flask, operator: FlaskClient) -> None:
    move_to(app, "https://sukma.example")
    assert operator.get(f"{HERE}/qr.svg").mimetype == "image/svg+xml"


def test_no_dead_code_is_drawn(operator: FlaskClient) -> None:
    assert "Poster belum bisa dicetak" in operator.get(f"{HERE}/qr.png").text


def test_a_poster_says_what_to_do(app: Flask, operator: FlaskClient) -> None:
    move_to(app, "https://sukma.example")
    page = operator.get(f"{HERE}/poster?kertas=a5").text
    assert 'class="poster a5"' in page
    assert "Buka kamera HP." in page
    assert "sukma.example/t/MBS-TEST01" in page
    assert "Kecamatan Mumbulsari" in page


def test_a_poster_that_phones_cannot_follow_is_refused(operator: FlaskClient) -> None:
    page = operator.get(f"{HERE}/poster").text
    assert "Poster belum bisa dicetak" in page
    assert "BASE_URL=http://192.168.1.10:8000" in page
    assert "qr.svg" not in page


def test_the_refusal_offers_the_address_that_works_already(operator: FlaskClient) -> None:
    session = operator.get_cookie("session")
    assert session
    operator.set_cookie("session", session.value, domain="10.0.0.7")
    page = operator.get(f"{HERE}/poster", base_url="http://10.0.0.7:8000").text
    assert "BASE_URL=http://10.0.0.7:8000" in page


def test_a_new_address_waits_for_a_yes(app: Flask, operator: FlaskClient) -> None:
    move_to(app, "https://lama.example")
    operator.get(f"{HERE}/poster")
    move_to(app, "https://baru.example")
    page = operator.get(f"{HERE}/poster").text
    assert "Semua poster yang sudah terpasang akan mati" in page
    assert "https://lama.example" in page
    assert "https://baru.example" in page
    assert "qr.svg" not in page


def test_the_settings_warn_while_printed_codes_die(app: Flask, operator: FlaskClient) -> None:
    move_to(app, "https://lama.example")
    assert "tidak lagi sampai" not in operator.get("/pengaturan/").text
    operator.get(f"{HERE}/poster")
    move_to(app, "http://127.0.0.1:8000")
    assert "tidak lagi sampai" in operator.get("/pengaturan/").text


def test_a_yes_makes_the_new_address_the_printed_one(app: Flask, operator: FlaskClient) -> None:
    move_to(app, "https://lama.example")
    operator.get(f"{HERE}/poster")
    move_to(app, "https://baru.example")
    token = make.token(operator, f"{HERE}/poster")
    page = operator.post(f"{HERE}/poster", data={"csrf_token": token}, follow_redirects=True).text
    assert "baru.example/t/MBS-TEST01" in page
    assert "tidak lagi sampai" not in operator.get("/pengaturan/").text


def test_a_yes_without_its_token_changes_nothing(app: Flask, operator: FlaskClient) -> None:
    move_to(app, "https://lama.example")
    operator.get(f"{HERE}/poster")
    move_to(app, "https://baru.example")
    assert operator.post(f"{HERE}/poster").status_code == 400
    assert "akan mati" in operator.get(f"{HERE}/poster").text
