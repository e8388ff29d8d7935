"""Deny by default: every address is either staff's or named here as open to all."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, BaseConverter, Rule

from core.db import db
from offices import staff as accounts
from offices.access import STAFF_BLUEPRINTS
from offices.models import Staff
from offices.roles import Role
from tests import make

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
    "/fs-static/<path:filename>",  # the sign-in library's own
    "/verify",  # asks for the password once more
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


def is_staff(rule: Rule) -> bool:
    return rule.endpoint.split(".", maxsplit=1)[0] in STAFF_BLUEPRINTS


def staff_rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if is_staff(rule)]


def sample(gap: BaseConverter) -> object:
    """Something that the gap takes."""
    return min(gap.items) if isinstance(gap, AnyConverter) else SAMPLES.get(type(gap).__name__, "2026-10")


def address(app: Flask, rule: Rule) -> str:
    """The rule's address, with something believable in each of its gaps."""
    gaps = {name: sample(gap) for name, gap in rule._converters.items()}
    built: str = app.url_map.bind("localhost").build(rule.endpoint, gaps, method=next(iter(rule.methods or {"GET"})))
    return built


def test_every_address_is_classified(app: Flask) -> None:
    unknown = {rule.rule for rule in app.url_map.iter_rules() if not is_staff(rule)} - OPEN_TO_ALL
    assert unknown == set()


def test_every_address_named_open_is_there(app: Flask) -> None:
    assert {rule.rule for rule in app.url_map.iter_rules()} >= OPEN_TO_ALL


def test_there_are_staff_pages(app: Flask) -> None:
    assert "/petugas" in {rule.rule.rstrip("/") for rule in staff_rules(app)}


def test_a_stranger_is_sent_to_sign_in(app: Flask, client: FlaskClient) -> None:
    for rule in staff_rules(app):
        for method in (rule.methods or set()) - {"OPTIONS"}:
            answer = client.open(address(app, rule), method=method)
            assert answer.status_code == 302, f"{method} {rule.rule}"
            assert answer.location.startswith("/masuk?"), f"{method} {rule.rule}"


def test_a_program_without_a_session_is_told_so(client: FlaskClient) -> None:
    assert client.post("/petugas/langganan", json={}).status_code == 401


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_only_its_own_pages(app: Flask, sign_in: Callable[[str], FlaskClient], role: Role) -> None:
    client = sign_in(role.value)
    for rule in staff_rules(app):
        allowed = role in STAFF_BLUEPRINTS[rule.endpoint.split(".", maxsplit=1)[0]]
        if not allowed:
            for method in (rule.methods or set()) - {"OPTIONS"}:
                assert client.open(address(app, rule), method=method).status_code == 403, f"{method} {rule.rule}"


def test_who_looks_after_a_regency_has_one_room(app: Flask) -> None:
    rooms = {rule.rule for rule in staff_rules(app) if Role.REGENCY in STAFF_BLUEPRINTS[rule.endpoint.split(".")[0]]}
    assert rooms
    assert all(room.startswith("/kabupaten/") for room in rooms)


@pytest.mark.parametrize("wanted", ["", "?next=/petugas", "?next=/pengaturan/"])
def test_who_looks_after_a_regency_is_led_there(client: FlaskClient, wanted: str) -> None:
    data = {"email": make.staff("regency"), "password": make.PASSWORD, "csrf_token": make.token(client, "/masuk")}
    assert client.post(f"/masuk{wanted}", data=data).location == "/kabupaten/"


def test_the_menu_of_who_looks_after_a_regency_leads_nowhere_else(sign_in: Callable[[str], FlaskClient]) -> None:
    page = sign_in("regency").get("/kabupaten/", follow_redirects=True).text
    head = page[page.index("<header") : page.index("</header>")]
    assert set(re.findall(r'(?:href|action)="([^"]+)"', head)) == {"/kabupaten/", "/keluar"}


def test_a_closed_account_opens_nothing(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in(Role.OFFICER.value)
    account = db.session.scalars(sa.select(Staff)).one()
    accounts.set_active(office_id=make.OFFICE, staff_id=account.id, active=False, by="tests", now=make.START)
    assert client.get("/petugas").status_code == 302
