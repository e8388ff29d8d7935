"""Deny by default: every address is either staff's or named here as open to all."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from core.db import db
from offices import staff as accounts
from offices.access import actions_of
from offices.models import Staff
from offices.roles import Role
from tests import make

# What the sign-in library brings and nobody can reach (see tests/offices/signin/).
UNUSED = {
    "/masuk/tidak-ada/atur",
    "/masuk/tidak-ada/atur/<token>",
    "/masuk/tidak-ada/bantuan",
    "/masuk/tidak-ada/pilih",
    "/masuk/tidak-ada/kode",
    "/masuk/tidak-ada/hapus",
}
OPEN_TO_ALL = {
    "/",
    "/static/<path:filename>",
    "/t/<code>",
    "/survei/<point>",
    "/survei/<point>/terima-kasih",
    "/survei/<point>/kios",
    "/survei/<point>/kios/isi",
    "/survei/<point>/kios/terima-kasih",
    "/lapor",
    "/lapor/<code>",
    "/lacak",
    "/lacak/<code>",
    "/lacak/<code>/foto",
    "/lacak/<code>/foto/<uuid:photo_id>",
    "/api/v1/complaints/<code>/photos",
    "/lacak/<code>/jawab",
    "/lacak/<code>/tambah",
    "/lacak/<code>/beres",
    "/lacak/<code>/sebagian",
    "/lacak/<code>/belum",
    "/lacak/<code>/data",
    "/lacak/<code>/data.zip",
    "/lacak/<code>/data/kontak",
    "/lacak/<code>/data/isi",
    "/lacak/<code>/data/persetujuan/<any(push, email):purpose>/<any(tarik, beri):act>",
    "/lacak/gambar",
    "/survei/penanganan/<token>",
    "/tenggat/<token>.ics",
    "/k/",
    "/k/<code>",
    "/lacak/<code>/langganan",
    "/langganan/kunci",
    "/langganan",
    "/hasil",
    "/hasil.csv",
    "/hasil.json",
    "/hasil/<period>",
    "/hasil/<period>.csv",
    "/hasil/<period>.json",
    "/hasil/<period>.png",
    "/hasil/<period>/poster.pdf",
    "/hasil/<period>/rincian.csv",
    "/hasil/<period>/sematan",
    "/hasil/kamus-data",
    "/hasil/kamus-data.json",
    "/hasil/perubahan",
    "/hasil/perubahan.json",
    "/layar",
    "/privasi",
    "/masuk",
    "/keluar",
    "/masuk/kata-sandi",
    "/masuk/kata-sandi/<token>",
    "/masuk/kode",  # what follows the password: each asks for its own proof
    "/masuk/kode-pemulihan",
    "/masuk/kunci-sandi",
    "/masuk/kunci-sandi/<token>",
    "/masuk/pastikan",  # the sign-in library's own pages ask for an account themselves
    "/masuk/pastikan/kunci-sandi",
    "/masuk/pastikan/kunci-sandi/<token>",
    "/akun/kata-sandi",
    "/akun/kunci-sandi",
    "/akun/kunci-sandi/<token>",
    *UNUSED,
    "/healthz",
    "/sw.js",
    "/readyz",
    "/metrics",
    "/open311/discovery.<any(json, xml):form>",
    "/open311/v2/services.<any(json, xml):form>",
    "/open311/v2/services/<code>.<any(json, xml):form>",
    "/open311/v2/requests.<any(json, xml):form>",
    "/open311/v2/requests/<number>.<any(json, xml):form>",
    "/open311/v2/tokens/<token>.<any(json, xml):form>",
    "/api/v1/openapi.json",
    "/api/v1/ratings",
    "/api/v1/complaints",
    "/api/v1/complaints/similar",
    "/api/v1/complaints/<code>",
    "/api/v1/categories",
    "/api/v1/services",
    "/api/v1/villages",
    "/api/v1/villages/at",
    "/peta/desa.json",
    "/api/v1/points/<code>",
}
SAMPLES = {
    "IntegerConverter": 1,
    "FloatConverter": 1.5,
    "UUIDConverter": "01900000-0000-7000-8000-000000000000",
}


def staff_rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if actions_of(app, rule.endpoint)]


def test_every_address_is_classified(app: Flask) -> None:
    unknown = {rule.rule for rule in app.url_map.iter_rules() if not actions_of(app, rule.endpoint)} - OPEN_TO_ALL
    assert unknown == set()


def test_every_address_named_open_is_there(app: Flask) -> None:
    assert {rule.rule for rule in app.url_map.iter_rules()} >= OPEN_TO_ALL


def test_there_are_staff_pages(app: Flask) -> None:
    assert "/petugas" in {rule.rule.rstrip("/") for rule in staff_rules(app)}


def test_a_program_without_a_session_is_told_so(client: FlaskClient) -> None:
    assert client.post("/petugas/langganan", json={}).status_code == 401


@pytest.mark.parametrize(("role", "room"), [("regency", "/kabupaten/"), ("auditor", "/audit")])
@pytest.mark.parametrize("wanted", ["", "/petugas", "/pengaturan/"])
def test_who_works_at_no_desk_is_led_to_their_room(client: FlaskClient, wanted: str, role: str, room: str) -> None:
    more = {"next": wanted} if wanted else {}
    assert make.through_the_door(client, make.staff(role), **more).location == room


@pytest.mark.parametrize(("role", "room"), [("regency", "/kabupaten/"), ("auditor", "/audit")])
def test_their_menu_leads_nowhere_else(sign_in: Callable[[str], FlaskClient], role: str, room: str) -> None:
    page = sign_in(role).get(room, follow_redirects=True).text
    head = page[page.index("<header") : page.index("</header>")]
    assert set(re.findall(r'(?:href|action)="([^"]+)"', head)) == {room, "/akun", "/keluar"}


def test_a_closed_account_opens_nothing(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in(Role.OFFICER.value)
    account = db.session.scalars(sa.select(Staff)).one()
    accounts.set_active(office_id=make.OFFICE, staff_id=account.id, active=False, by="tests", now=make.START)
    assert client.get("/petugas").status_code == 302
