from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask
from openpyxl import Workbook

from core.db import db
from survey.elements import OFFICIAL_ORDER
from survey.models import Rating
from tests import make
from tests.expectations import SEKADAU_FILE, SEKADAU_SUMS
from tests.survey import given

OPTIONS = ["--service", "ktp", "--date", "2026-09-01"]
HEADING = "resp,u1,u2,u3,u4,u5,u6,u7,u8,u9,suggestion\n"


class Run(Protocol):
    def __call__(self, path: Path, *more: str, options: Sequence[str] = OPTIONS) -> Result: ...


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    given.now_is(monkeypatch, make.START)


@pytest.fixture
def run(app: Flask) -> Run:
    def run(path: Path, *more: str, options: Sequence[str] = OPTIONS) -> Result:
        return app.test_cli_runner().invoke(args=["ratings", "import", str(path), *options, *more])

    return run


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "lembar.csv"
    path.write_text(HEADING + "1,4,4,4,4,4,4,4,4,1,Ya\n2,4,4,4,4,4,4,4,4,7,\n")
    return path


def sums() -> tuple[int, ...]:
    db.session.rollback()
    columns = [sa.func.sum(getattr(Rating, key.value)) for key in OFFICIAL_ORDER]
    return tuple(db.session.execute(sa.select(*columns)).one())


@pytest.mark.skipif(not SEKADAU_FILE.exists(), reason="the published sheet is not at hand")
def test_the_published_sheet_of_sekadau_has_its_published_sums(run: Run) -> None:
    result = run(SEKADAU_FILE, options=["--service", "ktp", "--date", "2019-06-30"])
    assert result.exit_code == 0
    assert "49 imported, 0 rejected" in result.output
    assert sums() == SEKADAU_SUMS


def test_it_says_what_it_did_with_every_row_and_column(run: Run, sheet: Path) -> None:
    result = run(sheet)
    assert result.exit_code == 0
    assert "1 imported, 1 rejected" in result.output
    assert "Baris 3: u9 “7”, seharusnya 1 sampai 4" in result.output
    assert "Urutan u1…u9: persyaratan, prosedur, waktu" in result.output
    assert "Kolom yang tidak dipakai: resp." in result.output


def test_the_order_may_be_said(run: Run, sheet: Path) -> None:
    order = [*OFFICIAL_ORDER[:7], "sarana", "pengaduan"]
    result = run(sheet, "--order", ",".join(order))
    assert "Urutan" not in result.output
    (kept,) = given.ratings()
    assert (kept.pengaduan, kept.sarana) == (1, 4)


def test_rejected_rows_are_written_beside_it_to_be_mended_and_imported_alone(run: Run, sheet: Path) -> None:
    run(sheet)
    rejects = sheet.with_name("lembar.csv.ditolak.csv")
    assert "alasan" in rejects.read_text(encoding="utf-8-sig")
    rejects.write_text(rejects.read_text().replace(",7,,", ",2,,"))
    result = run(rejects)
    assert "1 imported, 0 rejected" in result.output
    assert sorted(each.sarana for each in given.ratings()) == [1, 2]


def test_the_same_file_again_adds_nothing_and_spares_what_was_mended(run: Run, sheet: Path) -> None:
    run(sheet)
    rejects = sheet.with_name("lembar.csv.ditolak.csv")
    rejects.write_text("sedang diperbaiki")
    again = run(sheet)
    assert again.exit_code == 0
    assert "0 imported, 1 rejected" in again.output
    assert "tidak ada yang ditambahkan" in again.output
    assert rejects.read_text() == "sedang diperbaiki"


def test_a_spreadsheet_is_taken_in_too(run: Run, tmp_path: Path) -> None:
    book = Workbook()
    for row in ([*OFFICIAL_ORDER, "sex"], [4] * 9 + ["L"], [2] * 9 + [None]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "lembar.xlsx")
    assert "2 imported, 0 rejected" in run(tmp_path / "lembar.xlsx").output
    assert sums() == (6,) * 9


@pytest.mark.parametrize("name", ["tidak-ada.csv", "rusak.xlsx", "."])
def test_a_file_that_cannot_be_read_is_refused_in_one_line(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "rusak.xlsx").write_text("bukan lembar")
    result = run(tmp_path / name)
    assert result.exit_code == 1
    assert len(result.output.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (["--service", "x", "--date", "2026-09-01"], 1),
        (["--service", "ktp", "--date", "2026-10-02"], 1),
        (["--service", "ktp", "--date", "1900-01-01"], 1),
        (["--service", "ktp", "--date", "besok"], 2),
        (["--service", "ktp"], 2),
        ([*OPTIONS, "--order", "waktu,biaya"], 1),
    ],
)
def test_what_cannot_be_is_refused(run: Run, sheet: Path, options: Sequence[str], status: int) -> None:
    assert run(sheet, options=options).exit_code == status
    assert given.ratings() == []
