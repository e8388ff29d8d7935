"""The addresses of the report and the poster."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.survey.reports import report_cases as cases


@pytest.fixture
def officer(sign_in: Callable[[str], FlaskClient], monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    cases.answered(3)
    cases.night(monkeypatch)
    return sign_in("officer")


@pytest.mark.parametrize(
    ("address", "begins"),
    [
        ("2026-10.pdf", b"%PDF"),
        ("2026-TW4.pdf", b"%PDF"),
        ("2026-S2.docx", b"PK"),
        ("2026.xlsx", b"PK"),
        ("2026-10/poster.pdf", b"%PDF"),
        ("2026-10/poster.pdf?kertas=a3", b"%PDF"),
        ("2026-10/poster.png", b"\x89PNG"),
    ],
)
def test_staff_get_each_document(officer: FlaskClient, address: str, begins: bytes) -> None:
    answer = officer.get(f"/survei-skm/{address}")
    assert answer.status_code == 200
    assert answer.data.startswith(begins)
    answer.close()


@pytest.mark.parametrize(
    "address",
    [
        "2026-13.pdf", "2027-01.docx", "2026-TW9.xlsx", "2030/poster.pdf", "2026-10%0A.pdf", "%0A2026-10.docx",
        "2026-10%20.xlsx", "2026-10%0A/poster.png", "2026-10%0A/perhitungan/indeks.xlsx",
    ],
)  # fmt: skip
def test_a_period_that_is_none_or_has_not_begun_has_no_document(officer: FlaskClient, address: str) -> None:
    assert officer.get(f"/survei-skm/{address}").status_code == 404


def test_another_paper_is_refused_in_words(officer: FlaskClient) -> None:
    answer = officer.get("/survei-skm/2026-10/poster.pdf?kertas=a5")
    assert answer.status_code == 400
    assert "a4 atau a3" in answer.text
