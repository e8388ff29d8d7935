"""The settings pages as an operator meets them."""

import csv
import io
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.calendar import Month
from core.errors import Refused
from offices import settings
from tests import make
from tests.offices import houses

SignIn = Callable[[str], FlaskClient]
PAGES = [
    "/pengaturan/", "/pengaturan/layanan", "/pengaturan/layanan/baru", "/pengaturan/layanan/ktp", "/pengaturan/titik",
    "/pengaturan/titik/baru", "/pengaturan/hari-libur", "/pengaturan/petugas", "/pengaturan/petugas/baru",
    "/pengaturan/kantor", "/pengaturan/kantor/weight", "/audit",
]  # fmt: skip


@pytest.fixture
def operator(sign_in: SignIn) -> FlaskClient:
    return sign_in("operator")


def send(client: FlaskClient, path: str, *, form_at: str = "", **typed: object) -> tuple[int, str]:
    data = typed | {"csrf_token": make.token(client, form_at or path)}
    answer = client.post(path, data=data, follow_redirects=True)
    return answer.status_code, answer.text


@pytest.mark.parametrize("path", PAGES)
def test_an_operator_opens_every_settings_page(operator: FlaskClient, path: str) -> None:
    assert operator.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_nobody_else_does(sign_in: SignIn, path: str) -> None:
    assert sign_in("officer").get(path).status_code == 403


def test_a_service_is_added_and_closed(operator: FlaskClient) -> None:
    new = {"name": "Izin usaha", "code": "izin-usaha", "section_key": "pmks", "position": "3"}
    assert "Layanan ditambahkan." in send(operator, "/pengaturan/layanan/baru", **new)[1]
    del new["code"]
    assert "Layanan disimpan." in send(operator, "/pengaturan/layanan/izin-usaha", **new)[1]
    assert "izin-usaha" not in str(operator.get("/api/v1/services").get_json())


def test_what_was_typed_stays_when_the_code_is_taken(operator: FlaskClient) -> None:
    typed = {"name": "Kartu kedua", "code": "ktp", "section_key": "pmks", "position": "3"}
    status, page = send(operator, "/pengaturan/layanan/baru", **typed)
    assert status == 422
    assert "Kode ktp sudah dipakai layanan lain." in page
    assert 'value="Kartu kedua"' in page
    assert 'href="#code"' in page


def test_a_form_left_open_too_long_asks_for_one_more_tap(operator: FlaskClient) -> None:
    answer = operator.post("/pengaturan/layanan/ktp", data={"name": "KTP baru", "csrf_token": "lama"})
    assert answer.status_code == 400
    assert "tekan tombolnya sekali lagi" in answer.text
    assert 'value="KTP baru"' in answer.text


def test_nonsense_is_answered_field_by_field(operator: FlaskClient) -> None:
    typed = {"name": "a\0b", "section_key": "lain", "position": "9" * 5000, "code": "x" * 200}
    status, page = send(operator, "/pengaturan/layanan/baru", **typed)
    assert status == 422
    assert page.count('class="error"') == 4


def test_a_point_is_added_and_its_poster_comes_next(operator: FlaskClient) -> None:
    typed = {"name": "Loket 7", "purpose": "rate", "service_code": "ktp", "village_code": "", "place": ""}
    _status, page = send(operator, "/pengaturan/titik/baru", **typed)
    assert "Titik ditambahkan." in page
    assert "Poster belum bisa dicetak" in page
    assert "Loket 7" in operator.get("/pengaturan/titik").text


def test_a_closed_point_is_no_longer_found_by_its_code(operator: FlaskClient) -> None:
    houses.point("rate")
    typed = {"name": "Loket uji", "purpose": "rate", "service_code": "", "village_code": "", "place": ""}
    assert "Titik disimpan." in send(operator, "/pengaturan/titik/MBS-TEST01", **typed)[1]
    assert operator.get("/t/MBS-TEST01").status_code == 404


def test_without_points_the_list_says_what_to_do(operator: FlaskClient) -> None:
    houses.no_points()
    assert "Belum ada titik" in operator.get("/pengaturan/titik").text


def test_collective_leave_is_added_taken_back_and_restored(operator: FlaskClient) -> None:
    here = "/pengaturan/hari-libur"
    _status, page = send(operator, here, day="2026-12-28", name="Cuti bersama akhir tahun")
    assert "28 Desember 2026" in page
    _status, page = send(operator, f"{here}/2026-12-28/batal", form_at=f"{here}?tahun=2026")
    assert "Masuk kerja" in page
    _status, page = send(operator, f"{here}/2026-12-28/pulihkan", form_at=f"{here}?tahun=2026")
    assert "Masuk kerja" not in page


def test_an_empty_year_is_filled_from_the_national_calendar(operator: FlaskClient) -> None:
    here = "/pengaturan/hari-libur"
    assert "masih kosong" in operator.get(f"{here}?tahun=2029").text
    assert "17 Agustus 2029" in send(operator, f"{here}/2029", form_at=f"{here}?tahun=2029")[1]


@pytest.mark.parametrize("year", ["kemarin", "0", "99999", "9" * 5000, "-1"])
def test_a_year_out_of_reach_shows_this_one(operator: FlaskClient, year: str) -> None:
    assert operator.get("/pengaturan/hari-libur", query_string={"tahun": year}).status_code == 200


@pytest.mark.parametrize("day", ["2026-02-30", "kemarin", "2026-08-18"])
def test_a_day_that_is_no_holiday_is_not_found(operator: FlaskClient, day: str) -> None:
    path = f"/pengaturan/hari-libur/{day}/batal"
    assert send(operator, path, form_at="/pengaturan/hari-libur")[0] == 404


def test_a_setting_holds_from_its_month(operator: FlaskClient) -> None:
    path = "/pengaturan/kantor/weight"
    assert "Pengaturan disimpan." in send(operator, path, value="0.111", month="2026-01")[1]
    page = operator.get(path).text
    assert "Berlaku hari ini: <b>0.111</b>" in page
    assert "1 Januari 2026" in page


@pytest.mark.parametrize(("value", "month"), [("0.11", "2026-01"), ("0.111", "Januari"), ("", "2026-01")])
def test_a_setting_that_cannot_be_read_is_refused(operator: FlaskClient, value: str, month: str) -> None:
    assert send(operator, "/pengaturan/kantor/weight", value=value, month=month)[0] == 422


def test_a_refused_setting_says_what_to_write_in_words_of_the_screen(operator: FlaskClient) -> None:
    page = send(operator, "/pengaturan/kantor/ikm_source", value="foo", month="2026-01")[1]
    assert "<b>Isi baru</b> “foo” tidak dapat dipakai; yang diharapkan: kami atau sukma-e." in page


@pytest.mark.parametrize("key", sorted(settings.KNOWN.keys() - {"tile_credit"}))
def test_no_refusal_names_a_setting_by_its_key(key: str) -> None:
    with pytest.raises(Refused) as refusal:
        settings.checked(key, "?" * 101)
    assert "yang diharapkan: " in refusal.value.message
    assert key not in refusal.value.message


def test_an_unknown_setting_is_not_found(operator: FlaskClient) -> None:
    assert operator.get("/pengaturan/kantor/lain").status_code == 404


def test_the_trail_tells_what_changed_in_words(operator: FlaskClient) -> None:
    typed = {"name": "KTP", "section_key": "pelayanan-umum", "position": "1", "is_open": "y"}
    send(operator, "/pengaturan/layanan/ktp", **typed)
    page = operator.get("/audit").text
    assert "Layanan diubah" in page
    assert "nama: KTP elektronik → KTP" in page


@pytest.mark.parametrize(
    "path", ["layanan/surat", "titik/JBR-TEST02", "titik/JBR-TEST02/poster", "titik/JBR-TEST02/qr.svg"]
)
def test_another_offices_things_are_not_found(operator: FlaskClient, path: str) -> None:
    houses.other_office()
    assert operator.get(f"/pengaturan/{path}").status_code == 404


def test_all_settings_are_a_file_in_which_nothing_runs(app: Flask, operator: FlaskClient) -> None:
    for value, month in (("=1+1", Month(2026, 9)), ("Jalan Raya 1", Month(2026, 10))):
        settings.set_value(
            office_id=make.OFFICE, key="office_address", value=value, month=month, by="ani@mbs.example", now=make.START
        )
    text = operator.get("/pengaturan/kantor.csv").data.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["key"] == "office_address"]
    assert [(row["value"], row["valid_from"]) for row in rows] == [
        ("tidak", ""),
        ("'=1+1", "2026-09"),
        ("Jalan Raya 1", "2026-10"),
    ]
    assert (rows[1]["set_by"], rows[1]["set_at"]) == ("ani@mbs.example", make.START.isoformat())
    assert 'href="/pengaturan/kantor.csv"' in operator.get("/pengaturan/kantor").text


def test_who_may_read_the_trail_may_take_its_files(sign_in: SignIn) -> None:
    auditor = sign_in("auditor")
    trail = auditor.get("/audit").text
    for path in ("/pengaturan/kantor.csv", "/pengaturan/target.csv"):
        assert f'href="{path}"' in trail
        assert auditor.get(path).mimetype == "text/csv"
    assert auditor.get("/pengaturan/kantor").status_code == 403
    officer = sign_in("officer")
    assert {officer.get(f"/pengaturan/{name}.csv").status_code for name in ("kantor", "target")} == {403}
