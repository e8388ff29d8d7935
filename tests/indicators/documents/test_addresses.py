"""The addresses of what is handed over."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from indicators.documents import desk
from tests import make
from tests.indicators.documents import document_cases as cases
from tests.indicators.locks import given_locks as given

SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def sekcam(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    make.rating()
    cases.night(monkeypatch)
    return sign_in("secretary")


@pytest.mark.parametrize(
    ("address", "begins"),
    [
        ("2026-10.pdf", b"%PDF"), ("2026-TW4.xlsx", b"PK"), ("2026.docx", b"PK"), ("2026-10.pdf?jangka=tahun", b"%PDF"),
        ("2026-10.docx?pada=2026-11-05", b"PK"), ("2026/iku.pdf", b"%PDF"), ("2026/iku.docx", b"PK"),
        ("2026/iku.xlsx", b"PK"), ("2026/iku", b"<!doctype html>"),
    ],
)  # fmt: skip
def test_staff_get_each_document(sekcam: FlaskClient, address: str, begins: bytes) -> None:
    answer = sekcam.get(f"/ringkasan/{address}")
    assert answer.status_code == 200
    assert answer.data.lower().startswith(begins.lower())
    answer.close()


@pytest.mark.parametrize(
    "address",
    ["2026-10.pdf", "2026-TW4.xlsx", "2026.docx", "2026/iku.pdf", "2026/iku.docx", "2026/iku.xlsx"],
)
def test_one_document_is_made_at_a_time(sekcam: FlaskClient, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(desk, "PATIENCE_S", 0.01)
    with desk.MAKING:
        answer = sekcam.get(f"/ringkasan/{address}")
        assert sekcam.get("/ringkasan/2026/iku").status_code == 200
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "15")


@pytest.mark.parametrize(
    "address",
    [
        "2026-13.pdf", "2027-01.docx", "2030/iku", "2026-10.pdf?versi=1", "2026-10.xlsx?versi=x", "26/iku.pdf",
        "2026-TW4.pdf?versi=1", "2026-10.pdf?pada=besok", "2026-10.pdf?pada=0001-01-01", "2026-10/iku",
    ],
)  # fmt: skip
def test_what_there_is_not_has_no_document(sekcam: FlaskClient, address: str) -> None:
    assert sekcam.get(f"/ringkasan/{address}").status_code == 404


def test_a_locked_version_keeps_its_address(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    given.locked()
    given.late_rating()
    given.lock(given.AT + 10 * given.MINUTE, reason="Satu kertas menyusul")
    monkeypatch.setattr("core.clock.now", lambda: given.AT + 20 * given.MINUTE)
    client = sign_in("officer")
    first, second = (cases.text_of(client.get(f"/ringkasan/2026-10.pdf?versi={n}").data) for n in (1, 2))
    assert "Versi : 1 " in first
    assert "Alasan versi ini: Satu kertas menyusul." in second
    assert "75,00" in first
    assert "75,00" not in second.split("D. Laporan")[0].split("Realisasi")[1].split("Dua belas")[0]


def test_the_years_table_on_a_screen_names_goal_and_unit(sekcam: FlaskClient) -> None:
    page = sekcam.get("/ringkasan/2026/iku").text
    assert "2. Indeks Kepuasan Masyarakat" in page
    assert page.count("Sasaran: ") == page.count("Satuan: ") == 6


def test_the_month_links_to_its_documents(sekcam: FlaskClient) -> None:
    page = sekcam.get("/ringkasan/2026-10?jangka=tahun").text
    for ending in ("pdf", "xlsx", "docx"):
        assert f'href="/ringkasan/2026-10.{ending}?jangka=tahun"' in page
    assert 'href="/ringkasan/2026/iku"' in page
