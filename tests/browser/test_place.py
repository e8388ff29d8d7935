"""A resident shows where it is on a map, and joins what others reported; with JavaScript and without."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, Route, expect

from complaints.case_models import Joiner
from complaints.models import Complaint
from complaints.reporting.intake import Keys
from complaints.reporting.suspicion import QUICKEST
from core import clock
from core.calendar import Month
from core.db import db
from offices import settings
from tests import make
from tests.browser.test_reporting import fill, newest, receipt, send
from tests.complaints import submitting
from tests.offices import grounds
from tests.server import Server

SUCO = "35.09.23.2005"
TILES = "https://ubin.example/{z}/{x}/{y}.png"


@pytest.fixture
def outlined(house: Flask) -> Flask:
    """Two invented desa with outlines, and no tiles."""
    grounds.put()
    return house


def open_map(page: Page) -> tuple[float, float]:
    """The map's width and height, once it is drawn. The two desa side by side fill it: their border is its middle."""
    page.goto("/lapor")
    page.get_by_role("button", name="Tunjuk di peta").click()
    expect(page.locator(".leaflet-container path")).to_have_count(2)
    expect(page.get_by_text("Ketuk tempat kejadiannya")).to_be_visible()
    box = page.locator("#peta").bounding_box()
    assert box
    return box["width"], box["height"]


def tap(page: Page, across: float, down: float) -> None:
    page.locator("#peta").click(position={"x": across, "y": down})


def village(page: Page) -> str:
    return page.locator("select[name=village]").input_value()


def test_nothing_of_the_map_is_loaded_until_it_is_wanted(phone: Page, outlined: Flask) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto("/lapor")
    phone.wait_for_load_state("networkidle")
    assert not [url for url in asked if "peta" in url or "leaflet" in url]


def test_a_tap_on_the_map_finds_the_desa(phone: Page, outlined: Flask) -> None:
    width, height = open_map(phone)
    tap(phone, width * 0.3, height / 2)
    expect(phone.get_by_text("Desa Lengkong.")).to_be_visible()
    assert village(phone) == grounds.LENGKONG
    tap(phone, width * 0.7, height / 2)
    expect(phone.get_by_text("Desa Tamansari.")).to_be_visible()
    assert village(phone) == grounds.TAMANSARI
    fill(phone)
    send(phone)
    receipt(phone)
    west, east = 113.71, 113.72
    assert west < float(newest().lng or 0) < east
    assert newest().village_code == grounds.TAMANSARI


def test_outside_is_said_kindly_and_accepted(phone: Page, outlined: Flask) -> None:
    width, _height = open_map(phone)
    tap(phone, width * 0.3, 100)
    tap(phone, width - 10, 10)
    expect(phone.get_by_text("Laporan Anda tetap kami terima.")).to_be_visible()
    assert village(phone) == ""
    fill(phone)
    send(phone)
    receipt(phone)
    assert (newest().village_code, newest().lat is None) == (None, False)


def test_a_pin_can_be_dragged_and_taken_away(phone: Page, outlined: Flask) -> None:
    width, height = open_map(phone)
    tap(phone, width * 0.3, height / 2)
    expect(phone.get_by_text("Desa Lengkong.")).to_be_visible()
    pin = phone.locator(".leaflet-marker-icon").bounding_box()
    assert pin
    phone.mouse.move(pin["x"] + 12, pin["y"] + 20)
    phone.mouse.down()
    phone.mouse.move(pin["x"] + 12 + width * 0.4, pin["y"] + 20, steps=8)
    phone.mouse.up()
    expect(phone.get_by_text("Desa Tamansari.")).to_be_visible()
    phone.get_by_role("button", name="Hapus posisi").click()
    expect(phone.locator(".leaflet-marker-icon")).to_have_count(0)
    expect(phone.locator("input[name=lat]")).to_have_value("")


def test_a_desa_chosen_by_hand_stays(phone: Page, outlined: Flask) -> None:
    width, height = open_map(phone)
    phone.locator("select[name=village]").select_option(SUCO)
    tap(phone, width * 0.3, height / 2)
    expect(phone.get_by_text("Desa Lengkong.")).to_be_visible()
    assert village(phone) == SUCO


def test_the_phone_s_position_finds_the_desa(phone: Page, server: Server, outlined: Flask) -> None:
    phone.context.grant_permissions(["geolocation"], origin=server.url)
    phone.context.set_geolocation({"latitude": grounds.EAST[0], "longitude": grounds.EAST[1]})
    phone.goto("/lapor")
    phone.get_by_role("button", name="Pakai posisi").click()
    expect(phone.get_by_text("Desa Tamansari.")).to_be_visible()
    assert village(phone) == grounds.TAMANSARI


def test_tiles_come_from_the_one_server_that_the_office_named(phone: Page, outlined: Flask) -> None:
    settings.set_value(
        office_id=make.OFFICE, key="tile_url", value=TILES, month=Month.of(clock.now()), by="tests", now=clock.now()
    )
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    phone.route("https://ubin.example/**", refuse)
    open_map(phone)
    phone.wait_for_timeout(300)
    assert asked
    expect(phone.get_by_text("© OpenStreetMap")).to_be_visible()
    settings.set_value(
        office_id=make.OFFICE, key="tile_url", value="tidak", month=Month.of(clock.now()), by="tests", now=clock.now()
    )


def test_a_map_that_does_not_come_leaves_the_list(phone: Page, outlined: Flask) -> None:
    phone.route("**/peta/desa.json*", lambda route: route.abort())
    phone.goto("/lapor")
    phone.get_by_role("button", name="Tunjuk di peta").click()
    expect(phone.get_by_text("Peta tidak dapat dibuka")).to_be_visible()
    expect(phone.get_by_role("button", name="Tunjuk di peta")).to_be_enabled()


@pytest.fixture
def neighbour(house: Flask) -> str:
    """Somebody's report of a road in Suco; its number."""
    db.session.rollback()
    keys = Keys(house.config["RECEIPT_KEY"], house.config["IDENTITY_KEY"])
    now = clock.now() - timedelta(days=1)
    return submitting.send(category="sungai", village=SUCO, description="Sungai tersumbat", keys=keys, now=now).number


def report_the_river(page: Page) -> None:
    """Without the list on the form: it does not come everywhere."""
    page.route("**/complaints/similar*", lambda route: route.abort())
    page.goto("/lapor")
    fill(page, "sungai", "Airnya meluap")
    page.locator("select[name=village]").select_option(SUCO)
    send(page)
    expect(page.get_by_role("heading", name="Apakah ini sama?")).to_be_visible()


def counts() -> tuple[int, int]:
    db.session.rollback()
    report, joiner = (db.session.scalar(sa.select(sa.func.count()).select_from(m)) or 0 for m in (Complaint, Joiner))
    return report, joiner


def test_joining_what_is_there(any_phone: Page, neighbour: str) -> None:
    reports, joiners = counts()
    report_the_river(any_phone)
    any_phone.wait_for_timeout(QUICKEST.total_seconds() * 1000)  # who is quicker than people joins nobody
    any_phone.get_by_role("button", name="Ikut melapor").first.click()
    code = receipt(any_phone)
    assert counts() == (reports, joiners + 1)
    any_phone.goto(f"/lacak/{code}")
    expect(any_phone.get_by_role("heading", name="TRB-")).to_be_visible()


def test_saying_that_it_is_another_matter(any_phone: Page, neighbour: str) -> None:
    reports, joiners = counts()
    report_the_river(any_phone)
    any_phone.get_by_role("button", name="Bukan, kirim laporan saya").click()
    receipt(any_phone)
    assert counts() == (reports + 1, joiners)


def test_going_back_keeps_what_was_typed(any_phone: Page, neighbour: str) -> None:
    report_the_river(any_phone)
    any_phone.get_by_role("button", name="Kembali ke isian").click()
    expect(any_phone.locator("textarea[name=description]")).to_have_value("Airnya meluap")
    expect(any_phone.locator("select[name=village]")).to_have_value(SUCO)
