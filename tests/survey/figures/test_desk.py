"""The pages of the survey's figures."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from core import clock
from core.calendar import Month
from indicators import nightly
from offices import settings
from survey.review import excluding
from tests import make
from tests.survey import given

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
# Their ratings could be told by those who know who said, or was given, what.
UNLISTED = ("kelamin", "petugas", "kunjungan", "terverifikasi")
MID = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def counted() -> None:
    nightly.run_now(lambda: NOW, nightly.recount_marked)


@pytest.fixture
def staff(app: Flask, sign_in: Callable[[str], FlaskClient]) -> FlaskClient:
    return sign_in("officer")


def many() -> None:
    """Twelve women and fifteen men in October, five and fifteen in November; two services."""
    for n in range(27):
        make.rating(answer=3 + n % 2, sex="female" if n < 12 else "male", service=("ktp", "kk")[n % 2], now=MID)
    for n in range(20):
        make.rating(answer=2 + n % 2, sex="female" if n < 5 else "male", now=MID + timedelta(days=30))


def test_the_newest_ended_month_comes_first(staff: FlaskClient) -> None:
    assert staff.get("/survei-skm/").location == "/survei-skm/2026-10"
    make.rating(now=MID - timedelta(days=60))
    make.rating(now=NOW)
    counted()
    assert staff.get("/survei-skm/").location == "/survei-skm/2026-08"


def test_nobody_asked_is_said_with_what_to_do(staff: FlaskClient) -> None:
    assert "Belum ada penilaian pada masa ini." in staff.get("/survei-skm/2026-10").text


@pytest.mark.parametrize("period", ["2026-12", "2027", "2026-TW5", "kemarin", "2026-13"])
def test_what_is_no_period_or_has_not_begun_is_not_there(staff: FlaskClient, period: str) -> None:
    assert staff.get(f"/survei-skm/{period}").status_code == 404
    assert staff.get(f"/survei-skm/{period}/perhitungan/indeks").status_code == 404


def test_a_month_shows_its_figures_in_words(staff: FlaskClient) -> None:
    many()
    settings.set_value(
        office_id=make.OFFICE, key="service_users", value="100", month=Month(2026, 10), by="tests", now=MID
    )
    counted()
    text = staff.get("/survei-skm/2026-10").text
    assert "87,04" in text  # 13 × 4 and 14 × 3
    assert "27 dari 80 yang diperlukan" in text
    assert "Tidak ada penilaian pada September 2026 untuk dibandingkan." in text
    assert "disembunyikan</td>" not in text
    november = staff.get("/survei-skm/2026-11").text
    assert "Dibanding Oktober 2026 (87,04): turun, selisih −24,54" in november
    assert november.count("disembunyikan</td>") >= 2


def test_a_longer_period_shows_its_months_and_pools_them(staff: FlaskClient) -> None:
    many()
    counted()
    text = staff.get("/survei-skm/2026-TW4").text
    assert "Bulan di dalamnya" in text
    assert "76,60" in text  # (27 × 87.037… + 20 × 62.5) ÷ 47
    assert 'href="/survei-skm/2026-S2"' in text


def test_both_indexes_and_both_weights_are_printed(staff: FlaskClient) -> None:
    given.rated(answers=given.all_answered(1), now=MID)
    given.rated(answers=given.all_answered(4), now=MID + timedelta(seconds=1))
    first = given.ratings()[0]
    excluding.exclude(office_id=make.OFFICE, rating_ids=[first.id], reason="Coba-coba saja", by="tests", now=NOW)
    settings.set_value(office_id=make.OFFICE, key="weight", value="0.111", month=Month(2026, 10), by="tests", now=MID)
    counted()
    text = staff.get("/survei-skm/2026-10").text
    assert all(
        figure in text for figure in ("99,90", "62,44", "1 penilaian dikeluarkan dari indeks", "100,00", "0,111")
    )


def test_two_services_are_compared(staff: FlaskClient) -> None:
    many()
    counted()
    text = staff.get("/survei-skm/2026-10?layanan=ktp&dengan=kk").text
    assert "KTP elektronik (75,00) dan Kartu Keluarga (100,00) belum terbukti berbeda" in text
    assert "semua responden menjawab sama" in text
    assert "Pilih dua layanan yang berbeda." in staff.get("/survei-skm/2026-10?layanan=ktp&dengan=ktp").text


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("indeks", "Σ (jumlah nilai ÷ 27 × 1/9) × 25 = 87,04"),
        ("semua", "Σ (jumlah nilai ÷ 27 × 1/9) × 25 = 87,04"),
        ("layanan-ktp", "Σ (jumlah nilai ÷ 14 × 1/9) × 25 = 75,00"),
        ("seksi-pelayanan-umum", "Σ (jumlah nilai ÷ 27 × 1/9) × 25 = 87,04"),
        ("unsur-waktu", "94 ÷ 27 = 3,4815"),
        ("kelamin-female", "Σ (jumlah nilai ÷ 12 × 1/9) × 25 = 87,50"),
        ("titik-", "tanpa titik QR"),
        ("asal-web", "di HP sendiri"),
        ("kunjungan-", "tanpa kode"),
        ("petugas-", "tanpa kode kunjungan"),
        ("terverifikasi", "Belum ada penilaian untuk angka ini."),
    ],
)
def test_each_figure_leads_to_its_formula(staff: FlaskClient, what: str, words: str) -> None:
    many()
    counted()
    assert words in staff.get(f"/survei-skm/2026-10/perhitungan/{what}").text
    answer = staff.get(f"/survei-skm/2026-10/perhitungan/{what}.xlsx")
    assert answer.status_code == 200
    made = load_workbook(BytesIO(answer.data))
    listed = "Penilaian" in made.sheetnames
    made.close()
    rows = staff.get(f"/survei-skm/2026-10/perhitungan/{what}/penilaian").status_code
    assert (listed, rows) == ((False, 404) if what.startswith(UNLISTED) else (True, 200))


@pytest.mark.parametrize(
    "what", ["kelamin-female", "kelamin-male", "umur-20s", "layanan-tiada", "unsur-x", "x", "indeks-"]
)
def test_what_is_hidden_or_unknown_has_no_calculation(staff: FlaskClient, what: str) -> None:
    many()
    counted()
    assert staff.get(f"/survei-skm/2026-11/perhitungan/{what}").status_code == 404
    assert staff.get(f"/survei-skm/2026-11/perhitungan/{what}.xlsx").status_code == 404


def test_a_list_of_ratings_tells_no_attributes(staff: FlaskClient) -> None:
    many()
    counted()
    text = staff.get("/survei-skm/2026-10/perhitungan/indeks/penilaian").text
    assert text.count("<tr>") == 28
    assert " Oktober 2026</td>" not in text
    assert not any(word in text.lower() for word in ("perempuan", "female", "laki"))
    assert staff.get("/survei-skm/2026-10/perhitungan/indeks/penilaian?sesudah=x").status_code == 404


@pytest.mark.parametrize("what", ["terverifikasi", "kunjungan-code", "asal-paper"])
def test_who_gave_out_a_code_finds_no_rating_by_it(staff: FlaskClient, what: str) -> None:
    many()
    for _one in range(9):
        make.rating(answer=1, visit="code", source="paper", now=MID)
    counted()
    base = f"/survei-skm/2026-10/perhitungan/{what}"
    assert "penilaian kelompok ini tidak didaftar" in staff.get(base).text
    assert staff.get(f"{base}/penilaian").status_code == 404
    made = load_workbook(BytesIO(staff.get(f"{base}.xlsx").data))
    assert made.sheetnames == ["Perhitungan"]
    made.close()


def test_the_page_asks_the_same_number_of_queries_for_any_number_of_ratings(staff: FlaskClient, app: Flask) -> None:
    def asked(path: str) -> int:
        counted()
        with app.app_context():
            seen = make.statements()
        assert staff.get(path).status_code == 200
        return sum(text.startswith("SELECT") for text in seen)

    make.rating(now=MID)
    paths = ("/survei-skm/2026-10", "/survei-skm/2026")
    few = [asked(path) for path in paths]
    many()
    assert [asked(path) for path in paths] == few


def test_what_was_reviewed_after_the_night_is_said_until_it_is_counted(
    staff: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    many()
    counted()
    two, later = [row.id for row in given.ratings()[:2]], NOW + timedelta(hours=1)
    excluding.exclude(office_id=make.OFFICE, rating_ids=two, reason="Coba-coba saja", by="tests", now=later)
    page = "/survei-skm/2026-TW4"
    assert "2 penilaian ditinjau sesudah dihitung" in staff.get(page).text
    assert "sesudah dihitung" not in staff.get("/survei-skm/2026-09").text
    night = NOW + timedelta(hours=20)
    monkeypatch.setattr(clock, "now", lambda: night)
    nightly.run_now(lambda: night, nightly.recount_marked)
    assert "ditinjau sesudah dihitung" not in staff.get(page).text
