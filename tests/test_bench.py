"""The benchmarks still run, on a few rows."""

from pathlib import Path

import pytest

from tests.bench import desk, documents, month, night


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


def test_the_surveys_documents_are_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "LOOKS", 1)
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
    monkeypatch.setattr(month, "LOOKS", 1)
    monkeypatch.setattr(month, "RATINGS", 5)
    monkeypatch.setattr(month, "REPORTS", 2)
    monkeypatch.setattr(month, "PAGES", {"month": month.PAGES["month"]})
    month.run(tmp_path, years=1)
    assert "(h) The monthly page over 1 years" in capsys.readouterr().out
