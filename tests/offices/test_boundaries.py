from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient

from core.db import db, reader
from core.errors import Refused
from offices import boundaries, outlines, queries
from offices.current import current_office
from tests import make
from tests.offices import grounds

REAL = Path(__file__).parents[3] / "shared" / "data" / "mumbulsari_desa.geojson"


def bring_in(app: Flask, file: Path) -> Result:
    result = app.test_cli_runner().invoke(args=["boundaries", "import", str(file)])
    db.session.rollback()
    return result


def known() -> list[str]:
    db.session.rollback()
    return [name for _code, name, _geometry in queries.outlines(reader(), make.OFFICE)]


def test_outlines_come_in_by_code_or_name(app: Flask, tmp_path: Path) -> None:
    result = bring_in(app, grounds.file(tmp_path, grounds.two_desa()))
    assert result.exit_code == 0
    assert "Batas 2 desa dipasang: Lengkong, Tamansari." in result.output
    assert "Belum ada batas: Kawangrejo" in result.output
    assert known() == ["Lengkong", "Tamansari"]


def test_a_code_may_come_without_dots(any_app: Flask) -> None:
    found = outlines.read(grounds.collection(grounds.feature(grounds.square(113, -8), code="3509232001")))
    boundaries.put(office_id=make.OFFICE, found=found, by="tests", now=make.START)
    assert known() == ["Lengkong"]


def test_repeating_replaces_and_says_so_in_the_trail(any_app: Flask, tmp_path: Path) -> None:
    grounds.put()
    assert boundaries.village_at(current_office(), *map(grounds.degrees, grounds.NOWHERE)) is None
    lat, lng = grounds.NOWHERE
    moved = grounds.collection(grounds.feature(grounds.square(lng - 0.005, lat - 0.005), name="Lengkong"))
    boundaries.put(office_id=make.OFFICE, found=outlines.read(moved), by="tests", now=make.START)
    db.session.rollback()
    found = boundaries.village_at(current_office(), *map(grounds.degrees, grounds.NOWHERE))
    assert found  # the kept outlines were renewed
    assert found.name == "Lengkong"
    assert known() == ["Lengkong", "Tamansari"]
    assert [entry.action for entry in queries.audit_trail(reader(), make.OFFICE)[:2]] == ["outline.put"] * 2


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ([{"name": "Antah"}], "Antah: tidak ada desa"),
        ([{"code": "35.09.23.2001"}, {"name": "Lengkong"}], "dua batas"),
        ([{"code": "35.09.23.9999", "name": "Lengkong"}], "tidak ada desa"),
    ],
)
def test_outlines_of_nobody_change_nothing(any_app: Flask, properties: list[dict[str, str]], words: str) -> None:
    found = outlines.read(
        grounds.collection(*(grounds.feature(grounds.square(113, -8), **each) for each in properties))
    )
    with pytest.raises(Refused, match=words):
        boundaries.put(office_id=make.OFFICE, found=found, by="tests", now=make.START)
    assert known() == []


def test_a_file_that_is_not_there_is_one_line(app: Flask, tmp_path: Path) -> None:
    result = bring_in(app, tmp_path / "tidak-ada.geojson")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


@pytest.mark.skipif(not REAL.exists(), reason="the open data is not kept here")
def test_the_real_outlines_come_in_whole(app: Flask) -> None:
    result = bring_in(app, REAL)
    assert (result.exit_code, "Belum ada" in result.output) == (0, False), result.output
    assert len(known()) == 7


def at(client: FlaskClient, lat: object, lng: object) -> dict[str, object]:
    found: dict[str, object] = client.get("/api/v1/villages/at", query_string={"lat": lat, "lng": lng}).get_json()
    return found


def test_programs_ask_for_the_desa_at_a_place(client: FlaskClient) -> None:
    assert "belum ada" in str(at(client, *grounds.MIDDLE)["text"])
    grounds.put()
    assert at(client, *grounds.MIDDLE) == {"code": grounds.LENGKONG, "name": "Lengkong", "text": "Desa Lengkong."}
    outside = at(client, *grounds.NOWHERE)
    assert (outside["code"], outside["name"]) == (None, None)
    assert "tetap kami terima" in str(outside["text"])


@pytest.mark.parametrize("query", ["", "lat=1", "lat=x&lng=y", "lat=91&lng=0", "lat=NaN&lng=0", "lat=1e999&lng=0"])
def test_a_place_that_is_none_is_a_problem(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/v1/villages/at?{query}")
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")


def test_outlines_to_draw_are_fetched_once(client: FlaskClient) -> None:
    empty = client.get("/peta/desa.json")
    assert (empty.status_code, empty.get_json()["features"], empty.mimetype) == (200, [], "application/geo+json")
    grounds.put()
    fresh = client.get("/peta/desa.json", headers={"If-None-Match": empty.headers["ETag"]})
    assert [feature["properties"]["name"] for feature in fresh.get_json()["features"]] == ["Lengkong", "Tamansari"]
    again = client.get("/peta/desa.json", headers={"If-None-Match": fresh.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "no-store" not in again.headers["Cache-Control"]


def test_the_trail_names_it(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    grounds.put()
    assert "Batas desa dipasang" in sign_in("operator").get("/audit").text
