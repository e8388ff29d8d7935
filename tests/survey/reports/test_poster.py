"""The poster and the square picture."""

from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from pypdf import PdfReader

from core.errors import Refused
from survey.reports import poster
from tests.survey.reports import report_cases as cases


@pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("a3", 842)])
def test_the_poster_says_the_index_large_on_one_page(
    app: Flask, monkeypatch: pytest.MonkeyPatch, paper: str, width: int
) -> None:
    cases.answered(24, sex="male", education="slta")
    cases.answered(11, sex="female", education="sd")
    cases.night(monkeypatch)
    figures = cases.material().figures
    found = PdfReader(BytesIO(poster.pdf(figures, cases.office(), paper)))
    assert round(found.pages[0].mediabox.width) == width
    words = cases.text_of(found)
    for said in (f"{figures.whole.index}".replace(".", ","), "Oktober 2026", "35 responden", "Perempuan 11", "SLTA 24"):
        assert said in words
    assert len(found.pages) == 1
    assert cases.is_accessible(found)


def test_it_hides_small_groups(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.answered(24, sex="male", education="slta")
    cases.answered(3, sex="female", education="s2")
    cases.night(monkeypatch)
    figures = cases.material().figures
    words = cases.text_of(PdfReader(BytesIO(poster.pdf(figures, cases.office()))))
    assert "Laki-laki *" in words
    assert "Perempuan *" in words
    assert "S2 ke atas *" in words
    assert "Perempuan" not in poster.alt(figures, cases.office())


def test_who_is_hidden_is_told_together(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.answered(24, sex="male", education="slta")
    cases.answered(22, sex="female", education="slta")
    cases.answered(3, sex=None, education="slta")
    cases.night(monkeypatch)
    figures = cases.material().figures
    words = cases.text_of(PdfReader(BytesIO(poster.pdf(figures, cases.office()))))
    assert "Laki-laki 24 Perempuan + tidak diisi 25" in words
    assert "*" not in words
    assert "Laki-laki 24, Perempuan + tidak diisi 25" in poster.alt(figures, cases.office())


def test_a_period_without_ratings_has_a_poster(app: Flask) -> None:
    figures = cases.material("2026-09").figures
    assert "Belum ada penilaian" in cases.text_of(PdfReader(BytesIO(poster.pdf(figures, cases.office()))))
    assert poster.alt(figures, cases.office()).endswith("September 2026: belum ada penilaian.")


def test_another_paper_is_refused(app: Flask) -> None:
    with pytest.raises(Refused, match="a4 atau a3"):
        poster.pdf(cases.material().figures, cases.office(), "a5")


def test_the_picture_is_square(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.answered(12)
    cases.night(monkeypatch)
    with Image.open(BytesIO(poster.png(cases.material().figures, cases.office()))) as picture:
        assert (picture.format, picture.size) == ("PNG", (1080, 1080))
