"""The Sekcam's pages: every figure leads to the rows behind it, and the rows are as many as the figure says."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote_plus

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core import clock
from core.calendar import Month
from core.db import db, reader
from core.periods import Period
from indicators import ledger, nightly, queries, rows
from indicators.months import summary
from indicators.pages import choropleth
from indicators.rows import Behind
from offices import boundaries, outlines, settings
from offices import queries as offices
from tests import expectations, make

MID = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
OCTOBER = Month(2026, 10)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def eventful_month() -> None:
    """Reports of every fate, some from the month before."""
    for days in (40, 30, 1):
        case = make.complaint(now=MID - timedelta(days=days))
        make.happened(case, "settle", now=MID, is_first_close=True)
    make.complaint(now=MID)
    make.complaint(now=MID - timedelta(days=40))
    spam = make.complaint(now=MID)
    make.happened(spam, "exclude", now=MID, exclusion="spam")
    again = make.complaint(now=MID)
    make.happened(again, "settle", now=MID, is_first_close=True)
    make.happened(again, "reopen", now=MID + timedelta(days=1))
    make.rating(now=MID)
    nightly.run_now(lambda: NOW, nightly.recount_marked)
    db.session.rollback()


def test_each_figure_of_the_month_counts_the_rows_it_leads_to(any_app: Flask) -> None:
    eventful_month()
    found = summary.build(reader(), offices.office(reader(), make.OFFICE), Period.of(OCTOBER))
    counts, flow = found.order.settlement, found.order.flow
    assert found.order.throughput is not None
    expected = {
        Behind.RECEIVED: counts.received,
        Behind.SETTLED: counts.settled,
        Behind.UNSETTLED: counts.received - counts.settled,
        Behind.CONFIRMED: counts.confirmed,
        Behind.SILENT: counts.silent,
        Behind.DISPUTED: counts.disputed,
        Behind.EXCLUDED: sum(found.order.excluded.values()),
        Behind.CLOSED: found.order.throughput.closed,
        Behind.OPENING: flow.opening,
        Behind.MOVED_IN: flow.received,
        Behind.REOPENED: flow.reopened,
        Behind.MOVED_SETTLED: flow.settled,
        Behind.MOVED_EXCLUDED: flow.excluded,
        Behind.CLOSING: flow.closing,
    }
    period = summary.periods(OCTOBER)[0]
    counted = summary.counted(reader(), make.OFFICE, Period.of(OCTOBER))
    assert counted is not None
    listed = {each: len(rows.behind(reader(), counted, period, each)) for each in Behind}
    assert listed == expected
    unanswered = {Behind.OPENING, Behind.CONFIRMED, Behind.DISPUTED}
    assert all(count or each in unanswered for each, count in listed.items())


def test_rows_are_those_that_were_counted_not_those_of_now(any_app: Flask) -> None:
    eventful_month()
    counted = summary.counted(reader(), make.OFFICE, Period.of(OCTOBER))
    assert counted is not None
    period = summary.periods(OCTOBER)[0]
    before = {each: rows.behind(reader(), counted, period, each) for each in Behind}
    later = make.complaint(now=NOW + timedelta(minutes=1), received_on=MID.date())
    make.happened(later, "exclude", now=NOW + timedelta(minutes=2), exclusion="spam")
    db.session.rollback()
    assert {each: rows.behind(reader(), counted, period, each) for each in Behind} == before


@pytest.mark.parametrize(("month", "received", "settled", "percent"), expectations.LEDGER_CASES)
def test_the_ledger_of_expectations_counts_the_same_in_the_database(
    any_app: Flask, month: str, received: int, settled: int, percent: str | None
) -> None:
    for report in expectations.LEDGER:
        case = make.complaint(now=report.received_at)
        for at, is_settle in report.moves:
            make.happened(case, "settle" if is_settle else "reopen", now=at)
    nightly.run_now(lambda: NOW, nightly.recount_marked)
    db.session.rollback()
    period = summary.periods(Month.parse(month))[0]
    counts = ledger.settlement(queries.move_rows(reader(), make.OFFICE, period, patrol=False), period)
    assert (counts.received, counts.settled, counts.percent) == (received, settled, expectations.figure(percent))


MOMENT = "?pada=2026-11-20T00:00%2B07:00"
DOCUMENTS = re.compile(r"\.(pdf|docx|xlsx)")
COUNTED = re.compile(r'<a href="([^"]+)">([\d.]+)<span class="hush"> [^<]*lihat daftarnya')


@pytest.mark.parametrize("start", ["2026-10", "2026-10?jangka=tahun", "2026-TW4", f"2026-10{MOMENT}"])
def test_every_figure_opens_as_many_rows_as_it_says(
    app: Flask, sign_in: Callable[[str], FlaskClient], start: str
) -> None:
    eventful_month()
    secretary, seen = sign_in("secretary"), set()
    for path in (start, start.replace("2026-10", "2026-10/penyelesaian"), start.replace("2026-10", "2026-10/ikm")):
        page = secretary.get(f"/ringkasan/{path}")
        assert page.status_code == 200
        for link, count in COUNTED.findall(page.text.replace("&amp;", "&")):
            rows_there = secretary.get(link).text.count('<td class="lead" data-label')
            assert rows_there == int(count), link
            seen.add(link)
    assert len(seen) > 20


def test_every_link_of_the_month_opens(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    eventful_month()
    secretary, seen, wanted = sign_in("secretary"), set(), ["/ringkasan/2026-10"]
    while wanted:
        path = wanted.pop()
        answer = secretary.get(path)
        assert answer.status_code == 200, path
        seen.add(path)
        links = set(re.findall(r'href="(/ringkasan/2026-10[^"#]*)', answer.text.replace("&amp;", "&")))
        wanted += {link for link in links if not DOCUMENTS.search(link)} - seen - set(wanted)
    assert len(seen) > 40


def test_the_month_shows_six_rows_and_says_what_is_missing(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    eventful_month()
    page = sign_in("secretary").get("/ringkasan/2026-10").text
    assert "Enam indikator: 6 belum ada predikatnya." in page
    assert "Belum ada kegiatan yang direncanakan." in page
    assert "1 orang menilai, mutu C (Kurang baik)." in page
    assert "1 laporan tidak dihitung." in page
    assert "laporan lewat tenggat." in page
    assert "Sementara, versi 1 (belum dikunci)." in page
    assert "*Kecamatan Mumbulsari*" in page


def test_an_index_of_sukma_e_that_is_missing_is_asked_for(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    eventful_month()
    settings.set_value(
        office_id=make.OFFICE, key="ikm_source", value="sukma-e", month=Month(2026, 1), by="x", now=make.START
    )
    page = sign_in("secretary").get("/ringkasan/2026-TW4").text
    assert "IKU 2 memakai indeks SUKMA-E, yang belum dicatat. Survei kantor: 75,00 (1 orang). Unsur terlemah: " in page
    assert "2. Indeks Kepuasan Masyarakat (IKM), SUKMA-E (belum dicatat): *–*" in page
    assert 'href="/register/sukma-e/baru?tahun=2026&amp;masa=2026-TW4"' in page
    assert "Sejak Januari: –" not in page
    assert "Catat indeks" not in sign_in("head").get("/ringkasan/2026-TW4").text


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("2026-10", "Ringkasan Oktober 2026"),
        ("2026-TW4", "Ringkasan Triwulan IV 2026"),
        ("2026-S2", "Ringkasan Semester II 2026"),
        ("2026", "Ringkasan Tahun 2026"),
        ("2026-10?jangka=tahun", "Ringkasan Januari–Oktober 2026"),
        (f"2026-10{MOMENT}", "Seperti tercatat 20 November 2026"),
    ],
)
def test_every_period_has_its_page(app: Flask, sign_in: Callable[[str], FlaskClient], path: str, title: str) -> None:
    eventful_month()
    assert title in sign_in("secretary").get(f"/ringkasan/{path}").text


def test_the_page_as_of_a_moment_knows_nothing_of_what_came_later(
    app: Flask, sign_in: Callable[[str], FlaskClient]
) -> None:
    eventful_month()
    secretary = sign_in("secretary")
    early = "/ringkasan/2026-10{}?pada=2026-10-15T09:00%2B07:00"
    assert "Tidak ada laporan sah yang diterima." not in secretary.get(early.format("")).text
    assert secretary.get(early.format(".json")).json["indicators"][3]["detail"]["month"]["received"] == 1  # type: ignore[index]
    assert secretary.get("/ringkasan/2026-10.json").json["indicators"][3]["detail"]["month"]["received"] == 3  # type: ignore[index]


def test_a_locked_month_keeps_its_figures_and_says_what_changed(
    app: Flask, sign_in: Callable[[str], FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    eventful_month()
    later = NOW + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    email = make.staff("secretary")
    locked = app.test_cli_runner().invoke(args=["month", "lock", "2026-10", "--by", email, "--anyway"])
    assert locked.exit_code == 0, locked.output
    secretary = sign_in("secretary")
    before = secretary.get("/ringkasan/2026-10").text
    assert "versi 1. Belum disetujui Camat." in before
    make.complaint(now=MID, recorded_at=later)  # on paper, written in only now
    nightly.run_now(lambda: later, nightly.recount_marked)
    after = secretary.get("/ringkasan/2026-10").text
    assert "Berubah sesudah dikunci" in after
    assert COUNTED.findall(after) == COUNTED.findall(before)
    for link, count in COUNTED.findall(after.replace("&amp;", "&")):
        assert secretary.get(link).text.count('<td class="lead" data-label') == int(count), link
    assert secretary.get("/ringkasan/2026-10?versi=2").status_code == 404
    assert secretary.get("/ringkasan/2026-10?versi=x").status_code == 404


@pytest.mark.parametrize(
    ("role", "may"),
    [("secretary", True), ("head", True), ("section_head", True), ("officer", False), ("operator", False)],
)
def test_what_an_officer_did_is_for_those_who_oversee(
    app: Flask, sign_in: Callable[[str], FlaskClient], role: str, may: bool
) -> None:
    eventful_month()
    client = sign_in(role)
    assert ("Menurut petugas" in client.get("/ringkasan/2026-10").text) is may
    assert client.get("/ringkasan/2026-10/penyelesaian/selesai?petugas=").status_code == (200 if may else 403)


def test_the_desa_are_drawn_once_their_outlines_are_known(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    eventful_month()
    secretary = sign_in("secretary")
    assert "settled-map" not in secretary.get("/ringkasan/2026-10").text
    square = b'{"type":"Polygon","coordinates":[[[113.7,-8.2],[113.8,-8.2],[113.8,-8.3],[113.7,-8.3],[113.7,-8.2]]]}'
    named = b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Suco"},"geometry":%b}]}'
    boundaries.put(office_id=make.OFFICE, found=outlines.read(named % square), by="tests", now=NOW)
    page = secretary.get("/ringkasan/2026-10").text
    assert "settled-map" in page
    assert ">Suco<tspan" in page


@pytest.mark.parametrize(
    ("percent", "expected"),
    [(None, 0), ("0", 1), ("49.99", 1), ("50", 2), ("75", 3), ("89.99", 3), ("90", 4), ("100", 4)],
)
def test_how_dense_a_desa_is_drawn(percent: str | None, expected: int) -> None:
    assert choropleth.step(expectations.figure(percent)) == expected


@pytest.mark.parametrize("after", ["9223372036854775808", "-1", "x", "²"])
def test_a_page_that_cannot_be_is_not_there(app: Flask, sign_in: Callable[[str], FlaskClient], after: str) -> None:
    secretary = sign_in("secretary")
    for path in ("penyelesaian/selesai", "ikm/penilaian"):
        assert secretary.get(f"/ringkasan/2026-10/{path}?sesudah={after}").status_code == 404


def test_a_month_that_has_not_begun_is_not_there(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    secretary = sign_in("secretary")
    assert secretary.get("/ringkasan/2026-12").status_code == 404
    assert secretary.get("/ringkasan/2026-13").status_code == 404
    assert secretary.get("/ringkasan/2026-11").status_code == 200


def test_operators_see_the_nightly_runs(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    eventful_month()
    page = sign_in("operator").get("/pengaturan/malam").text
    assert "22 November 2026" in page
    assert "Baik" in page


def test_the_command_prints_what_the_page_shows(app: Flask) -> None:
    eventful_month()
    runner = app.test_cli_runner()
    assert "33,33" in runner.invoke(args=["summary", "2026-10"]).output
    assert runner.invoke(args=["summary", "2026-99"]).exit_code == 1
    assert '"percent": "33.33"' in runner.invoke(args=["summary", "2026-10", "--format", "json"]).output


def test_the_link_to_be_shared_is_ours_whatever_name_the_page_was_asked_by(
    sign_in: Callable[[str], FlaskClient],
) -> None:
    client = sign_in("secretary")
    cookie = client.get_cookie("session")
    assert cookie
    client.set_cookie("session", cookie.value, domain="evil.example")
    page = client.get("/ringkasan/2026-10", base_url="http://evil.example")
    assert page.status_code == 200
    (shared,) = re.findall(r'href="https://wa\.me/\?text=([^"]+)"', page.text)
    assert re.findall(r"https?://\S+", unquote_plus(shared)) == ["http://127.0.0.1:8000/ringkasan/2026-10"]
    assert "evil.example" not in page.text
