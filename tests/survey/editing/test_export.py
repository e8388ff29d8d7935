"""Ratings one by one in files: opened again by a library, and their sums compared with the summary."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pyreadstat
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from core.calendar import ONE_DAY, Month
from core.db import db, reader, transaction
from core.periods import Period
from indicators import nightly
from offices import queries as offices
from survey import importing, queries
from survey.editing import export, respondents, sav_making
from survey.elements import OFFICIAL_ORDER, AgeBand, Education, Occupation, Sex
from survey.figures import building
from survey.models import Rating
from survey.review.models import SuggestionMark
from tests import make
from tests.survey import given

SignIn = Callable[[str], FlaskClient]
OCTOBER = Period.of(Month(2026, 10))
LATER = datetime(2026, 10, 20, 3, tzinfo=UTC)
HERE = "/survei-skm/2026-10/responden"
FORMULA = '=HYPERLINK("http://jahat.example")'


@transaction
def hidden(session: Session, rating_id: UUID) -> None:
    mark = {"office_id": make.OFFICE, "id": rating_id, "state": "hidden", "changed_at": LATER, "changed_by": "tests"}
    session.execute(sa.insert(SuggestionMark).values(mark))


@transaction
def excluded(session: Session, rating_id: UUID) -> None:
    session.execute(sa.update(Rating).where(Rating.id == rating_id).values(is_excluded=True))


@pytest.fixture
def october(app: Flask) -> None:
    """Four ratings: one of an edition with two questions about time (1 and 4), one excluded, one with a hidden
    suggestion, one that would run as a formula.
    """
    given.edition("skm-baru", date(2026, 10, 5), questions=[*given.OFFICIAL, given.WAITING])
    given.rated(
        sex=Sex.FEMALE, age_band=AgeBand.FORTIES, education=Education.S1, occupation=Occupation.FARMER,
        suggestion=FORMULA, answers=given.all_answered(3) | {"sarana": 1},
    )  # fmt: skip
    given.rated(suggestion="Nama petugasnya Budi", answers=given.all_answered(4))
    given.rated(answers=given.all_answered(1), suggestion="iseng")
    found = queries.questionnaire(reader(), make.OFFICE, "skm-baru")
    assert found is not None
    given.rated(
        questionnaire=found, answers=given.all_answered(4, found) | {"waktu": 1}, now=make.START + 6 * ONE_DAY
    )  # fmt: skip
    rows = given.ratings()
    hidden(next(row.id for row in rows if row.suggestion.startswith("Nama")))
    excluded(next(row.id for row in rows if row.suggestion == "iseng"))
    nightly.run_now(lambda: LATER, nightly.recount_all)
    db.session.rollback()


@pytest.fixture
def head(sign_in: SignIn, october: None, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    client = sign_in("head")
    given.now_is(monkeypatch, LATER)
    return client


def sums_of(rows: Sequence[Mapping[str, Any]], out: object) -> list[Decimal]:
    counted = [row for row in rows if row["excluded"] != out]
    return [sum((Decimal(str(row[key.value])) for key in OFFICIAL_ORDER), Decimal(0)) for row in counted]


def index_of(rows: Sequence[Mapping[str, Any]], out: object = "ya") -> Decimal:
    found = sums_of(rows, out)
    return (sum(found, Decimal(0)) / len(found) / 9 * 25).quantize(Decimal("0.01"))


def summary_index() -> Decimal | None:
    office = offices.default_office(reader())
    assert office is not None
    return building.build(reader(), office, OCTOBER).whole.index


def downloaded(client: FlaskClient, form: str, path: str = HERE) -> tuple[int, bytes, str]:
    """Status, content and file name."""
    with client.get(f"{path}.{form}") as answer:
        return answer.status_code, answer.data, answer.headers.get("Content-Disposition", "")


def as_csv(client: FlaskClient) -> list[dict[str, str]]:
    answer = client.get(f"{HERE}.csv")
    assert answer.text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(answer.text[1:])))


def test_a_csv_adds_up_to_the_published_index(head: FlaskClient) -> None:
    rows = as_csv(head)
    assert index_of(rows) == summary_index() == Decimal("88.43")
    assert [row["number"] for row in rows] == ["1", "2", "3", "4"]
    assert sorted(row["waktu"] for row in rows) == ["1", "2.5000", "3", "4"]
    farmer = next(row for row in rows if row["occupation"])
    assert (farmer["sex"], farmer["age_band"], farmer["occupation"]) == ("Perempuan", "40–49 tahun", "Petani")
    assert (farmer["date"], farmer["service"], farmer["source"]) == ("2026-10-01", "ktp", "di HP sendiri")


def test_a_hidden_suggestion_stays_hidden_and_none_runs(head: FlaskClient) -> None:
    suggestions = {row["suggestion"] for row in as_csv(head)}
    assert suggestions == {"", "iseng", "'" + FORMULA}


def test_a_workbook_says_the_same_and_what_its_columns_mean(head: FlaskClient) -> None:
    book = load_workbook(io.BytesIO(downloaded(head, "xlsx")[1]))
    names, *rows = book.worksheets[0].iter_rows(values_only=True)
    named = [dict(zip(map(str, names), row, strict=True)) for row in rows]
    assert index_of(named) == summary_index()
    assert named[0]["date"] == datetime(2026, 10, 1)  # noqa: DTZ001 (a spreadsheet knows no zone)
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    told = {row[0]: row for row in book.worksheets[1].iter_rows(values_only=True)}
    assert "rahasia" in str(told["Rahasia"][1])
    assert "female = Perempuan" in str(told["sex"][2])
    book.close()


def test_an_spss_file_has_labels_and_levels(head: FlaskClient, tmp_path: Path) -> None:
    path = tmp_path / "responden.sav"
    path.write_bytes(downloaded(head, "sav")[1])
    columns, about = pyreadstat.read_sav(path, output_format="dict")
    words: dict[str, Any] = about.variable_value_labels
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    assert index_of(rows, out=1.0) == summary_index()
    assert about.column_names_to_labels["waktu"] == "U3 Waktu Penyelesaian"
    assert words["sex"] == {1.0: "Laki-laki", 2.0: "Perempuan"}
    assert words["service"]["ktp"] == "KTP elektronik"
    assert (about.variable_measure["education"], about.variable_measure["sex"]) == ("ordinal", "nominal")
    assert "rahasia" in " ".join(about.notes)


def test_who_took_it_out_is_on_record(head: FlaskClient) -> None:
    for form in ("csv", "xlsx", "sav"):
        assert f"responden-rahasia-2026-10.{form}" in downloaded(head, form)[2]
    noted = [row for row in offices.audit_trail(reader(), make.OFFICE) if row.action == "ratings.export"]
    assert {row.detail["file"] for row in noted} == {"CSV", "XLSX", "SPSS"}
    assert {row.subject for row in noted} == {"2026-10"}
    assert all("head." in row.actor for row in noted)


def test_the_page_says_that_it_is_confidential(head: FlaskClient) -> None:
    page = head.get(HERE).text
    assert "Simpan sebagai rahasia" in page
    assert head.get("/survei-skm/2027-01/responden.csv").status_code == 404
    assert head.get("/survei-skm/lain/responden").status_code == 404


def test_an_officer_opens_none_of_it(sign_in: SignIn) -> None:
    assert sign_in("officer").get(f"{HERE}.csv").status_code == 403


def test_our_own_export_comes_back_the_same(head: FlaskClient, app: Flask, tmp_path: Path) -> None:
    """By the command; but for the one taken out of the index, and for a suggestion that stays hidden."""
    before = summary_index()
    files = {form: tmp_path / f"responden.{form}" for form in ("csv", "xlsx")}
    for form, path in files.items():
        path.write_bytes(downloaded(head, form)[1])
    for path in files.values():
        make.withdraw_ratings(now=LATER)
        found = importing.read(path, make.OFFICE, service_code="ktp", day=date(2026, 10, 1), now=LATER)
        assert [row.reason for row in found.rejected] == ["sudah dikeluarkan dari indeks (kolom excluded)"]
        importing.take_in(found, make.OFFICE, by="tests", tick=lambda _rows: None, now=LATER)
        nightly.run_now(lambda: LATER + timedelta(hours=1), nightly.recount_all)
        db.session.rollback()
        assert summary_index() == before
        back = [row for row in given.ratings() if row.withdrawn_at is None]
        assert FORMULA in {row.suggestion for row in back}
        assert {(row.edition_code, row.waktu) for row in back} == {("skm-2017", 3), ("skm-2017", 4), ("skm-baru", 5)}


def test_an_empty_period_gives_empty_files(sign_in: SignIn, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = sign_in("operator")
    given.now_is(monkeypatch, LATER)
    for form in ("csv", "xlsx", "sav"):
        assert downloaded(client, form, "/survei-skm/2025/responden")[0] == 200


def test_many_are_read_part_by_part_each_once(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(respondents, "AT_ONCE", 2)
    for day in (0, 0, 0, 1, 1):
        given.rated(now=make.START + day * ONE_DAY)
    parts = list(respondents.parts(reader(), make.OFFICE, OCTOBER))
    assert [len(part) for part in parts] == [2, 2, 1]
    assert len({row["id"] for part in parts for row in part}) == 5


def test_what_is_too_long_for_a_sheet_is_refused_in_words(
    sign_in: SignIn, october: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "MOST_ROWS", 3)
    monkeypatch.setattr(sav_making, "MOST", 3)
    client = sign_in("operator")
    given.now_is(monkeypatch, LATER)
    for form in ("xlsx", "sav"):
        assert re.search("unduh CSV", downloaded(client, form)[1].decode())
