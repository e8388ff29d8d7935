"""The benchmarks still run, on a few rows."""

from pathlib import Path

import pytest

from tests.bench import desk, documents, many_nights, month, night, regency, trail


@pytest.fixture(autouse=True)
def _one_look(monkeypatch: pytest.MonkeyPatch) -> None:
    for part in (desk, documents, month, night, regency, trail):
        monkeypatch.setattr(part, "LOOKS", 1)


def test_the_night_and_the_summary_are_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    night.run(tmp_path, ratings=700)
    printed = capsys.readouterr().out
    assert "(b) The nightly run over 700 ratings" in printed
    assert "(c) The summary page" in printed


def test_the_desk_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk.run(tmp_path, reports=200)
    printed = capsys.readouterr().out
    assert "(e) The desk over 200 reports, beside 100" in printed
    assert "50 and 50" in printed


def test_the_trail_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "FEW", 50)
    trail.run(tmp_path, entries=100)
    printed = capsys.readouterr().out
    assert "(k) The audit trail over 100 entries, beside 50" in printed
    assert "5 and 5" in printed


def test_the_surveys_documents_are_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "FEW", 50)
    monkeypatch.setattr(month, "RATINGS", 2)
    monkeypatch.setattr(month, "REPORTS", 2)
    documents.run(tmp_path, ratings=200)
    printed = capsys.readouterr().out
    assert "(g) The survey's documents over 200 ratings, beside 50" in printed
    assert "(g) What is handed over of a month, over 1 years of data, beside 1 month" in printed


def test_the_monthly_page_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(month, "RATINGS", 5)
    monkeypatch.setattr(month, "REPORTS", 2)
    monkeypatch.setattr(month, "PAGES", {"month": month.PAGES["month"]})
    month.run(tmp_path, years=1)
    assert "(h) The monthly page over 1 years" in capsys.readouterr().out


def test_a_regency_and_its_night_are_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many_nights, "DAYS", 2)
    regency.run(tmp_path / "page", offices=4, few=2)
    many_nights.run(tmp_path / "night", offices=2, each_day=2)
    printed = capsys.readouterr().out
    assert "(i) The regency's page, 2 and 4 offices" in printed
    assert "(j) The night of 2 offices, 2 ratings a day each" in printed
