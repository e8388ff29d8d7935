"""A sheet from the operator's computer to the index, and back."""

import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from core.db import db
from survey.editing import uploads
from survey.elements import OFFICIAL_ORDER
from survey.models import Rating
from tests import make
from tests.expectations import SEKADAU_FILE, SEKADAU_SUMS
from tests.survey import given
from tests.survey.editing import sheets_made

SignIn = Callable[[str], FlaskClient]
HERE = "/pengaturan/impor"
CSV = """\
Rekap survei;;;;;;;;;;
;;;;;;;;;;
Tanggal;Jenis kelamin;U1;U2;U3;U4;U5;U6;U7;U8;U9
02/09/2026;L;Sangat sesuai;3;3;Gratis;3;3;3;1;4
;P;4;4;4;4;4;4;4;4;4
;P;4;4;4;4;4;9;4;4;
"""
SMALL = 50_000  # bytes
SWAPPED = {"kolom_pengaduan": "10", "kolom_sarana": "9"}  # this office asked U8 and U9 the other way round


@pytest.fixture
def operator(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    client = sign_in("operator")
    given.now_is(monkeypatch, make.START)
    return client


def sent(client: FlaskClient, content: str | bytes, name: str = "rekap.csv") -> str:
    """The page after sending a file."""
    raw = content.encode() if isinstance(content, str) else content
    data = {"csrf_token": make.token(client, HERE), "sheet": (io.BytesIO(raw), name)}
    answer = client.post(HERE, data=data)
    return answer.location if answer.status_code == 302 else answer.text


def matched(client: FlaskClient, at: str, **typed: str) -> str:
    """The page after matching, whatever the guess has not filled in."""
    page = client.get(at).text
    chosen = re.findall(
        r'<select[^>]*name="(\w+)"[^>]*>(?:(?!</select>).)*?<option selected value="(\w*)"', page, re.DOTALL
    )
    hidden = re.findall(r'<input type="hidden" name="(lembar|judul)" value="([^"]*)"', page)
    data = dict(chosen) | dict(hidden) | {"service": "ktp", "day": "2026-09-01"} | typed
    answer = client.post(at, data=data | {"csrf_token": make.token(client, at)})
    return client.get(answer.location).text if answer.status_code == 302 else answer.text


def pressed(client: FlaskClient, at: str, act: str) -> str:
    page = client.post(f"{at}/{act}", data={"csrf_token": make.token(client, at)}, follow_redirects=True)
    return page.text


def sums() -> tuple[int, ...]:
    db.session.rollback()
    columns = [sa.func.sum(getattr(Rating, key.value)) for key in OFFICIAL_ORDER]
    return tuple(db.session.execute(sa.select(*columns).where(Rating.withdrawn_at.is_(None))).one())


@pytest.mark.skipif(not SEKADAU_FILE.exists(), reason="the published sheet is not at hand")
def test_the_published_sheet_has_its_published_sums(operator: FlaskClient) -> None:
    at = sent(operator, SEKADAU_FILE.read_bytes(), "sekadau.csv")
    page = matched(operator, at, day="2019-06-30", kolom_pengaduan="8", kolom_sarana="9")
    assert "49 baris dapat dimasukkan, 0 tidak." in page
    assert "49 penilaian dimasukkan" in pressed(operator, at, "masukkan")
    assert sums() == SEKADAU_SUMS


def test_a_sheet_is_seen_as_it_will_be_read_before_anything_is_taken_in(operator: FlaskClient) -> None:
    at = sent(operator, CSV)
    page = matched(operator, at, **SWAPPED)
    assert "2 baris dapat dimasukkan, 1 tidak." in page
    assert "2 September 2026" in page
    assert "1 September 2026" in page
    assert "Laki-laki" in page
    assert "U6 Kompetensi Pelaksana “9”, seharusnya 1 sampai 4" in page
    assert given.ratings() == []


def test_what_was_seen_is_taken_in_once_and_the_file_is_gone(operator: FlaskClient, app: Flask) -> None:
    at = sent(operator, CSV)
    matched(operator, at, **SWAPPED)
    assert "2 penilaian dimasukkan, 1 baris tidak." in pressed(operator, at, "masukkan")
    first, second = sorted(given.ratings(), key=lambda row: row.sarana)
    assert (first.persyaratan, first.biaya, first.pengaduan, first.sarana, first.sex) == (4, 4, 4, 1, "male")
    assert (second.day, second.sex, second.sarana) == (date(2026, 9, 1), "female", 4)
    assert operator.get(at).status_code == 404
    assert list((app.config["SETTINGS"].data_dir / uploads.FOLDER).glob("*/*")) == []


def test_nothing_is_taken_in_before_the_columns_are_matched(operator: FlaskClient) -> None:
    at = sent(operator, CSV)
    answer = operator.post(f"{at}/masukkan", data={"csrf_token": make.token(operator, at)})
    assert (answer.status_code, answer.location) == (303, at)
    assert "cocokkan dulu kolomnya" in operator.get(at).text
    assert given.ratings() == []


def test_the_same_sheet_again_adds_nothing(operator: FlaskClient) -> None:
    for _turn in range(2):
        at = sent(operator, CSV)
        page = matched(operator, at, **SWAPPED)
        said = pressed(operator, at, "masukkan")
    assert "Berkas yang sama sudah pernah dimasukkan" in page
    assert "tidak ada yang ditambahkan" in said
    assert len(given.ratings()) == 2


def test_an_import_is_undone_whole_after_asking(operator: FlaskClient) -> None:
    at = sent(operator, CSV)
    matched(operator, at, **SWAPPED)
    link = re.search(rf"{HERE}/riwayat/[0-9a-f-]+/batal", pressed(operator, at, "masukkan"))
    assert link
    assert "2 penilaian dari berkas ini" in operator.get(link[0]).text
    assert (
        "dibatalkan."
        in operator.post(link[0], data={"csrf_token": make.token(operator, link[0])}, follow_redirects=True).text
    )
    assert all(row.withdrawn_at for row in given.ratings())


def test_rejected_rows_come_back_with_their_reasons_and_can_be_sent_again(operator: FlaskClient) -> None:
    at = sent(operator, CSV)
    matched(operator, at, **SWAPPED)
    back = operator.get(f"{at}/ditolak.csv")
    assert back.headers["Content-Disposition"].endswith("rekap.ditolak.csv")
    lines = back.text.splitlines()
    assert len(lines) == 2
    assert "seharusnya 1 sampai 4" in lines[1]
    mended = back.text.replace("4,9,4", "4,3,4").replace('4,,"', '4,2,"')
    assert "1 baris dapat dimasukkan, 0 tidak." in matched(operator, sent(operator, mended), **SWAPPED)


def test_eighth_and_ninth_are_asked_for_and_everything_chosen_stays(operator: FlaskClient) -> None:
    page = matched(operator, sent(operator, CSV), service="kk", day="2026-09-09")
    assert page.count("U8 dan U9 tertukar") == 4  # at both fields, and over the form
    assert '<option selected value="kk">' in page
    assert 'value="2026-09-09"' in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"kolom_sarana": "2"}, "Kolom ini sudah dipilih"),
        ({"service": ""}, "belum diisi, dan tidak ada kolomnya"),
        ({"day": "2027-01-01"}, "belum tiba"),
        ({"day": "2010-01-01"}, "terlalu lama"),
        ({"kolom_sarana": "99"}, "Pilih salah satu dari daftar"),
    ],
)
def test_a_matching_that_cannot_be_is_sent_back(operator: FlaskClient, typed: dict[str, str], words: str) -> None:
    assert words in matched(operator, sent(operator, CSV), **SWAPPED | typed)


def test_a_column_without_a_name_can_be_matched(operator: FlaskClient) -> None:
    content = sheets_made.workbook(rekap=[[*sheets_made.NUMBERS[:8]], [3] * 9])
    page = matched(operator, sent(operator, content, "rekap.xlsx"), kolom_pengaduan="8", kolom_sarana="7")
    assert "1 baris dapat dimasukkan, 0 tidak." in page


def test_a_workbook_is_read_from_the_sheet_that_was_chosen(operator: FlaskClient) -> None:
    rows: list[list[Any]] = [
        ["Judul"],
        sheets_made.NUMBERS,
        [3, 3, 3, 3.0, 3, "=1+2", 3, 3, 3],
        [2, 2, 2, 2, 2, 2, 2, 2, 2],
    ]
    at = sent(operator, sheets_made.workbook(Isi=[["kosong", "saja"]], Data=rows), "rekap.xlsx")
    chosen = operator.get(f"{at}?lembar=Data").text
    assert "Baris 2 dipakai sebagai nama kolom" in chosen
    data = {f"kolom_{key.value}": str(place) for place, key in enumerate(OFFICIAL_ORDER)}
    page = matched(operator, at, lembar="Data", judul="2", **data)
    assert "1 baris dapat dimasukkan, 1 tidak." in page
    assert "U6 Kompetensi Pelaksana kosong" in page  # a formula nobody has computed yet


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "kosong.csv", "kosong"),
        (b"   \n", "kosong.csv", "kosong"),
        (b"\xd0\xcf\x11\xe0lama", "lama.xls", "bukan lembar kerja yang utuh"),
        (b"PK\x03\x04rusak", "rusak.xlsx", "utuh"),
        (b"x" * (SMALL + 1), "besar.csv", "lebih dari 10 MB"),
        (sheets_made.bomb(2**22), "bom.xlsx", "terlalu besar untuk dibuka"),
        (b"a," * 300 + b"b", "lebar.csv", "lebih dari 250 kolom"),
    ],
    ids=["empty", "blank", "old", "broken", "large", "bomb", "wide"],
)
def test_what_is_no_sheet_is_refused_in_words(
    operator: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch, content: bytes, name: str, words: str
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", SMALL)
    monkeypatch.setattr(uploads, "MOST_UNPACKED", 2**21)
    assert words in sent(operator, content, name)
    assert list((app.config["SETTINGS"].data_dir / uploads.FOLDER).glob("*/*")) == []


def test_without_a_file_the_page_says_so(operator: FlaskClient) -> None:
    answer = operator.post(HERE, data={"csrf_token": make.token(operator, HERE)})
    assert answer.status_code == 422
    assert "belum dipilih" in answer.text


def test_a_sheet_of_windows_is_read_too(operator: FlaskClient) -> None:
    text = CSV.replace("Tanggal", "Saran").replace("02/09/2026", "“Baik” – cepat")
    assert "“Baik” – cepat" in matched(operator, sent(operator, text.encode("cp1252")), **SWAPPED)


def test_a_sheet_that_nobody_wants_is_thrown_away(operator: FlaskClient) -> None:
    at = sent(operator, CSV)
    late = operator.post(f"{at}/buang", data={"csrf_token": "x"}, follow_redirects=True)
    assert "Berkas belum dihapus" in late.text
    assert "tidak ada yang dimasukkan" in pressed(operator, at, "buang")
    assert operator.get(at).status_code == 404


def test_another_offices_sheet_is_not_found(operator: FlaskClient, app: Flask) -> None:
    kept = uploads.keep(app.config["SETTINGS"].data_dir, 2, io.BytesIO(CSV.encode()), "lain.csv")
    assert operator.get(f"{HERE}/{kept.id}").status_code == 404


def test_a_sheet_waits_for_a_day(tmp_path: Path) -> None:
    uploads.keep(tmp_path, 1, io.BytesIO(b"a,b\n1,2\n"), "../../rekap\x00.csv")
    now = datetime.now(UTC)
    assert uploads.remove_old(tmp_path, now=now + timedelta(hours=23)) == 0
    assert uploads.remove_old(tmp_path, now=now + timedelta(hours=25)) == 2
    assert list((tmp_path / uploads.FOLDER).glob("*/*")) == []


def test_service_and_day_are_asked_for_only_where_no_column_tells_them(operator: FlaskClient) -> None:
    at = sent(operator, CSV)
    page = matched(operator, at, service="", day="", **SWAPPED)
    assert page.count("belum diisi, dan tidak ada kolomnya.") == 2  # the service: in the summary and at its field
    page = matched(operator, at, day="", **SWAPPED)
    assert "1 baris dapat dimasukkan, 2 tidak." in page
    assert "tanggal kosong: isi tanggalnya" in page
    assert "1 penilaian dimasukkan" in pressed(operator, at, "masukkan")


def test_words_and_names_as_other_forms_have_them_are_read(operator: FlaskClient) -> None:
    """A common sheet: one scale for every element, services by name, short headings."""
    scale = "Baik;Sangat baik;Kurang baik;Tidak baik;Baik;Baik;Baik;Baik;Sangat baik"
    heading = "Tgl isi;Layanan;JK (L/P);Syarat;Prosedurnya;Waktu;Biaya;Produk;Kompetensi;Sopan;Aduan;Fasilitas"
    rows = [f"02/09/2026;{service};L;{scale}" for service in ("KTP-Elektronik", "e-KTP", "kartu keluarga", "Gaib")]
    at = sent(operator, "\n".join([heading, *rows]))
    page = matched(operator, at, service="", day="", kolom_pengaduan="10", kolom_sarana="11")
    assert "3 baris dapat dimasukkan, 1 tidak." in page
    assert page.count("layanan “Gaib” tidak dikenal") == 1
    assert "<td>KTP elektronik</td>" in page
    said = pressed(operator, at, "masukkan")
    assert (sorted(row.service_code for row in given.ratings()), given.ratings()[0].biaya) == (["kk", "ktp", "ktp"], 1)
    assert "operator@" not in said.split("Yang sudah dimasukkan")[1]
