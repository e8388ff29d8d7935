"""Printed documents: what they say, what they never say, and that words are never markup."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from complaints.pictures import photos
from complaints.queries import Opened
from core import clock, pdf
from tests import make
from tests.complaints import cases, drawn, submitting

SignIn = Callable[[str], FlaskClient]
HOSTILE = '#import "x": * $y$ \\ <script>alert(1)</script> *tebal* _miring_ @ref `kode` #{1+1} // lalu /* dan */ ~ ] )'


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: cases.LATER)


@pytest.fixture
def officer(sign_in: SignIn) -> FlaskClient:
    return sign_in("officer")


def read(client: FlaskClient, path: str) -> PdfReader:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    return PdfReader(BytesIO(answer.data))


def text_of(found: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in found.pages)


def is_tagged(found: PdfReader) -> bool:
    root: Any = found.trailer["/Root"]
    return bool(root["/MarkInfo"]["/Marked"]) and "/StructTreeRoot" in root and root["/Lang"] == "id"


def says_ua(found: PdfReader) -> bool:
    root: Any = found.trailer["/Root"]
    return b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_the_case_file_tells_the_case_and_never_who_reported(officer: FlaskClient) -> None:
    number = submitting.send(name="Bu Siti Aminah", phone="0812 3456 7890", description="Sound horeg").number
    cases.act(number, "verify")
    cases.act(number, "note", note="Pemilik minta waktu")
    found = read(officer, f"/petugas/laporan/{number}.pdf")
    text = text_of(found)
    for words in (number, "Sound horeg", "Diperiksa", "Pemilik minta waktu", "KECAMATAN MUMBULSARI"):
        assert words in text
    assert "Siti" not in text
    assert "3456" not in text
    assert is_tagged(found)
    assert says_ua(found)


def test_what_people_wrote_is_never_markup(officer: FlaskClient) -> None:
    number = cases.case(description=HOSTILE, place=HOSTILE[:150])
    cases.act(number, "verify")
    cases.act(number, "note", note=HOSTILE)
    found = read(officer, f"/petugas/laporan/{number}.pdf")
    assert text_of(found).replace(" ", "").count(HOSTILE.replace(" ", "")) == 3
    assert says_ua(found)


def test_arabic_is_printed(officer: FlaskClient) -> None:
    found = read(officer, f"/petugas/laporan/{cases.case(description='مرحبا')}.pdf")
    assert says_ua(found)


@pytest.mark.parametrize("words", ["Tolong 😀", "汉字", "ꦗꦮ"])
def test_letters_that_no_font_has_do_not_stop_the_printing(officer: FlaskClient, words: str) -> None:
    found = read(officer, f"/petugas/laporan/{cases.case(description=f'Awal {words} akhir')}.pdf")
    assert "Awal" in text_of(found)
    assert "akhir" in text_of(found)
    assert is_tagged(found)


def test_a_long_report_takes_several_pages(officer: FlaskClient) -> None:
    found = read(
        officer,
        f"/petugas/laporan/{cases.case(description='kata ' * 1000, lat=Decimal('-8.2'), lng=Decimal('113.7'))}.pdf",
    )
    assert len(found.pages) > 1


def test_the_minutes_of_a_settled_report_are_filled_in(officer: FlaskClient) -> None:
    number = cases.settled(description="Rahasia warga")
    text = text_of(read(officer, f"/petugas/laporan/{number}/berita-acara.pdf"))
    assert "Kamis tanggal satu bulan Oktober tahun dua ribu dua puluh enam" in text
    assert "Ditertibkan" in text
    assert "Mumbulsari, 1 Oktober 2026" in text
    assert "Rahasia warga" not in text


def test_an_officer_writes_the_minutes(officer: FlaskClient) -> None:
    path = f"/petugas/laporan/{cases.case()}/berita-acara"
    fields = {
        "csrf_token": make.token(officer, path), "record_number": "300/12/2026", "day": "2026-09-30",
        "place": "Balai desa",        "officers": "Budi\n\n Sari ", "found": HOSTILE, "done": "Ditegur",
    }  # fmt: skip
    found = PdfReader(BytesIO(officer.post(path, data=fields).data))
    text = text_of(found)
    for words in ("300/12/2026", "Rabu tanggal tiga puluh bulan September", "Balai desa", "Budi", "Sari", "Ditegur"):
        assert words in text
    assert HOSTILE.replace(" ", "") in text.replace(" ", "")
    assert is_tagged(found)


def test_minutes_without_a_day_come_back_filled(officer: FlaskClient) -> None:
    path = f"/petugas/laporan/{cases.case()}/berita-acara"
    answer = officer.post(path, data={"csrf_token": make.token(officer, path), "day": "kemarin", "found": "Sepi"})
    assert answer.status_code == 422
    assert "Sepi" in answer.text


def test_a_fault_of_the_template_is_not_hidden(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Exception, match=r"number|key"):
        pdf.compile("berkas", {"office": {"name": "x", "demo": ""}})


def test_the_minutes_have_the_photos_annexed(app: Flask, officer: FlaskClient) -> None:
    number = cases.case()
    bare = read(officer, f"/petugas/laporan/{number}/berita-acara.pdf")
    report = cases.report(number)
    photos.add(
        data_dir=app.config["SETTINGS"].data_dir, opened=Opened(make.OFFICE, report.id, None), upload_id=uuid4(),
        source=drawn.jpeg(drawn.scene(1)), now=cases.LATER,
    )  # fmt: skip
    found = read(officer, f"/petugas/laporan/{number}/berita-acara.pdf")
    assert len(found.pages) == len(bare.pages) + 1
    assert "Lampiran" in text_of(found)
    assert len(found.pages[-1].images) == 1
    assert says_ua(found)


def test_the_minutes_begin_with_the_settling_that_stands(officer: FlaskClient) -> None:
    number = cases.settled()
    cases.act(number, "reopen")
    assert "Ditertibkan" not in text_of(read(officer, f"/petugas/laporan/{number}/berita-acara.pdf"))
    cases.act(number, "settle", action="Dipindahkan")
    assert "Dipindahkan" in text_of(read(officer, f"/petugas/laporan/{number}/berita-acara.pdf"))
