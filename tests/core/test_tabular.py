from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from core.csv_files import write_rows
from core.errors import Refused
from core.tabular import MOST_EMPTY, plain_rows, read_rows


def file(tmp_path: Path, content: str | bytes, name: str = "lembar.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_sheet_is_read_whatever_separates_its_cells(tmp_path: Path, mark: str) -> None:
    path = file(tmp_path, f"\ufeff U1 {mark}u2\r\n1{mark} 2 \r\n{mark}\r\n3{mark}4\r\n")
    assert list(read_rows(path)) == [(2, {"u1": "1", "u2": "2"}), (4, {"u1": "3", "u2": "4"})]


def test_text_under_no_name_is_not_lost(tmp_path: Path) -> None:
    path = file(tmp_path, "a,,b\n1,2,3,4\n5\n")
    assert list(read_rows(path)) == [
        (2, {"a": "1", "b": "3", "kolom 2": "2", "kolom 4": "4"}),
        (3, {"a": "5", "b": ""}),
    ]


def test_a_spreadsheet_gives_numbers_and_days_as_text(tmp_path: Path) -> None:
    book = Workbook()
    half_past_nine = datetime.fromisoformat("2026-03-02T09:30")
    for row in (["u1", "tanggal"], [3, date(2026, 3, 1)], [4.0, half_past_nine], [2.5, None]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "lembar.xlsx")
    rows = [row for _number, row in read_rows(tmp_path / "lembar.xlsx")]
    assert [row["u1"] for row in rows] == ["3", "4", "2.5"]
    assert [row["tanggal"] for row in rows] == ["2026-03-01", "2026-03-02T09:30:00", ""]


def test_a_workbook_is_not_read_to_its_far_end(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["u1", "u2"], [3, 4]):
        sheet.append(row)
    for number in range(3, MOST_EMPTY + 500):
        sheet.cell(number, 2).fill = PatternFill("solid", fgColor="FFFF00")
    sheet["XFD2"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["A1048570"] = "jauh di bawah"
    sheet["XFC1"] = "jauh di kanan"
    path = tmp_path / "lembar.xlsx"
    book.save(path)
    visited = list(plain_rows(path))
    assert visited[:2] == [["u1", "u2"], ["3", "4"]]
    assert len(visited) == 2 + MOST_EMPTY
    assert list(read_rows(path)) == [(2, {"u1": "3", "u2": "4"})]


@pytest.mark.parametrize("claimed", [b"A1", b"A1:XFD1048576"])
def test_what_a_workbook_says_of_its_own_size_is_not_believed(tmp_path: Path, claimed: bytes) -> None:
    told, path = tmp_path / "asli.xlsx", tmp_path / "lembar.xlsx"
    book = Workbook()
    book.worksheets[0].append(["u1", "u2"])
    book.save(told)
    with ZipFile(told) as made, ZipFile(path, "w") as packed:
        for name in made.namelist():
            packed.writestr(name, made.read(name).replace(b'<dimension ref="A1:B1"', b'<dimension ref="%b"' % claimed))
    assert list(plain_rows(path)) == [["u1", "u2"]]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        ("", "kosong.csv", "kosong"),
        ("\n\n", "kosong.csv", "kosong"),
        ("u1,U1\n1,2\n", "dua.csv", "“u1” ada dua kali"),
        (b"u1\n\xff\xfe\n", "lain.csv", "UTF-8"),
        ("bukan zip", "rusak.xlsx", "utuh"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, content: str | bytes, name: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        list(read_rows(file(tmp_path, content, name)))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        list(read_rows(tmp_path / "tidak-ada.csv"))


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    rows = [{"u1": "1", "saran": 'a, "b"\nc'}, {"u1": "2", "saran": ""}]
    write_rows(tmp_path / "x.csv", rows)
    assert [row for _number, row in read_rows(tmp_path / "x.csv")] == rows


def test_a_sheet_that_declares_entities_is_refused(tmp_path: Path) -> None:
    path, evil = tmp_path / "lembar.xlsx", tmp_path / "jahat.xlsx"
    book = Workbook()
    book.active.append(["u1"])  # type: ignore[union-attr]  # a new book has a sheet
    book.save(path)
    with ZipFile(path) as good, ZipFile(evil, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            if name == "xl/worksheets/sheet1.xml":
                head, _sign, rest = content.partition(b"<worksheet")
                content = head + b'<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet' + rest
            bad.writestr(name, content)
    with pytest.raises(Refused):
        list(read_rows(evil))
