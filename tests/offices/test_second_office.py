"""Public pages of an office that is not the installation's own: every link on them stays with it."""

import re
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import make
from tests.offices import houses

ADDRESS = re.compile(r'\b(?:href|action|formaction|src|data-keep|data-url)="([^"]*)"')
BEGINNINGS = (
    "/?office=JBR",
    "/lapor?office=JBR",
    "/lacak?office=JBR",
    "/lacak/JBR-00000-00000-00000",
    "/hasil?office=JBR",
    "/privasi?office=JBR",
    "/layar?office=JBR",
    "/k/?office=JBR",
    "/k/JBR-0000-0000",
    "/t/JBR-TEST02",
    "/t/JBR-NOSUCH",
    "/survei/JBR-TEST02/kios",
    "/survei/JBR-TEST02/terima-kasih",
    "/masuk?office=JBR",
    "/tidak-ada?office=JBR",
)


def names(address: str) -> bool:
    """Whether the address says by itself whose it is."""
    parts = urlsplit(address)
    return parse_qs(parts.query).get("office") == ["JBR"] or "/JBR-" in parts.path


def ways(page: str, text: str) -> set[str]:
    """The addresses of ours on a page, without what is the same for all offices."""
    found = {urljoin(page, unescape(one).split("#")[0]) for each in ADDRESS.findall(text) for one in each.split()}
    return {one for one in found if one.startswith("/") and not one.startswith("/static/")}


def test_no_way_leads_to_another_office(app: Flask, client: FlaskClient) -> None:
    houses.other_office()
    astray, seen, ahead = [], set(), list(BEGINNINGS)
    while ahead:
        if (page := ahead.pop()) in seen:
            continue
        seen.add(page)
        answer = client.get(page)
        further = {answer.location} if answer.location else ways(page, answer.text)
        astray += [(page, way) for way in further if not names(way)]
        astray += [(page, "Mumbulsari")] if "Mumbulsari" in answer.text else []
        ahead += [way for way in further if names(way)]
    assert not astray
    assert len(seen) > 25


@pytest.mark.parametrize(("office", "own"), [("JBR", False), ("MBS", True), ("XYZ", True), ("", True)])
def test_letters_name_an_office_and_the_first_needs_none(
    app: Flask, client: FlaskClient, office: str, *, own: bool
) -> None:
    houses.other_office()
    text = client.get(f"/privasi?office={office}").text
    assert ("Kecamatan Mumbulsari" in text) is own
    assert ('href="/hasil"' in text) is own


def test_letters_change_nothing_on_pages_of_the_staff(app: Flask) -> None:
    houses.other_office()
    text = make.signed_in(app, "operator").get("/pengaturan/titik?office=JBR").text
    assert "JBR-TEST02" not in text
    assert "Kecamatan Mumbulsari" in text


def test_who_works_in_the_second_office_leads_to_its_pages(app: Flask) -> None:
    houses.other_office()
    text = make.signed_in(app, "operator", office=houses.OTHER).get("/pengaturan/titik").text
    assert "MBS-" not in text
    assert 'href="/layar?office=JBR"' in text


def test_a_screen_without_a_point_leads_to_its_own_office(app: Flask, client: FlaskClient) -> None:
    houses.other_office()
    houses.no_points()
    text = client.get("/layar?office=JBR").text
    assert "/?office=JBR" in text
    assert "/hasil?office=JBR" in text


@pytest.mark.parametrize(("role", "section"), [("section_head", "umum"), ("operator", None), ("secretary", None)])
def test_the_desk_of_the_second_office_shows_nothing_of_the_first(app: Flask, role: str, section: str | None) -> None:
    houses.other_office()
    make.complaint(description="Rahasia kantor pertama")
    make.rating(suggestion="Rahasia kantor pertama")
    client = make.signed_in(app, role, section, office=houses.OTHER)
    for path in ("/petugas", "/petugas?kelompok=semua", "/ringkasan/2026-10", "/register/", "/survei-skm/2026-10"):
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code == 200, path
        assert not re.search(r"Mumbulsari|MBS-|Rahasia|TRB-2026", answer.text), path
