from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core import clock
from core.calendar import Month
from core.db import db
from core.errors import Refused
from offices import settings, tiles
from tests import make
from tests.offices import grounds

OSM = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"


def use(value: str) -> None:
    settings.set_value(
        office_id=make.OFFICE, key="tile_url", value=value, month=Month.of(clock.now()), by="tests", now=clock.now()
    )
    db.session.rollback()


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        (OSM, "https://tile.openstreetmap.org"),
        ("http://peta.kantor:8080/{z}/{x}/{y}.png?kunci=a%20b", "http://peta.kantor:8080"),
        ("tidak", ""),
    ],
)
def test_one_host_gives_the_tiles(address: str, origin: str) -> None:
    assert tiles.tiles({"tile_url": address, "tile_credit": "©"}).origin == origin


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://tile.example/",
        "https://{s}.tile.example/{z}/{x}/{y}.png",
        "ftp://tile.example/{z}/{x}/{y}.png",
        "https://tile.example/{z}/{x}/{y}/{z}.png",
        "https://a@tile.example/{z}/{x}/{y}.png",
        "https://tile.example; script-src *//{z}/{x}/{y}",
        "https://tile.example/{z}/{x}/{y}.png\nX: y",
        "https://*/{z}/{x}/{y}.png",
        "javascript:{z}{x}{y}",
    ],
)
def test_what_is_no_tile_server_is_refused(app: Flask, address: str) -> None:
    with pytest.raises(Refused, match="tidak dapat dipakai; yang diharapkan: alamat seperti"):
        settings.checked("tile_url", address)


def hosts(client: FlaskClient, path: str) -> list[str]:
    """Whose pictures a page may show, besides ours."""
    header = client.get(path).headers["Content-Security-Policy"]
    allowed = next(values for name, *values in map(str.split, header.split(";")) if name == "img-src")
    return [each for each in allowed if "." in each or "*" in each]


def test_only_a_page_with_a_map_may_show_tiles(client: FlaskClient) -> None:
    assert hosts(client, "/lapor") == []
    use(OSM)
    assert hosts(client, "/lapor") == ["https://tile.openstreetmap.org"]
    assert hosts(client, "/lacak") == []
    assert client.get("/peta/desa.json").get_json()["tiles"]["url"] == OSM
    use("tidak")
    assert hosts(client, "/lapor") == []
    assert client.get("/peta/desa.json").get_json()["tiles"] is None


def test_the_desk_s_map_may_show_tiles(sign_in: Callable[[str], FlaskClient]) -> None:
    use(OSM)
    assert hosts(sign_in("officer"), "/petugas/peta") == ["https://tile.openstreetmap.org"]


def test_a_map_is_offered_where_there_is_something_to_draw(client: FlaskClient) -> None:
    assert "Tunjuk di peta" not in client.get("/lapor").text
    grounds.put()
    db.session.rollback()
    assert "Tunjuk di peta" in client.get("/lapor").text


def test_an_operator_names_the_server(sign_in: Callable[[str], FlaskClient]) -> None:
    page = sign_in("operator").get("/pengaturan/kantor/tile_url")
    assert (page.status_code, "Alamat gambar peta" in page.text) == (200, True)
