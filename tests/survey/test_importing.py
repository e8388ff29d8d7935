from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypedDict, Unpack
from uuid import UUID, uuid4

import pytest
from flask import Flask

from core.db import db, reader
from core.errors import Missing, Refused
from offices import queries as offices
from offices.models import Import
from offices.readings import Reading
from survey import importing
from survey.models import Rating
from survey.sheets import Entry
from tests import make
from tests.survey import given

HEADING = "u1,u2,u3,u4,u5,u6,u7,u8,u9,date\n"
DAY = date(2026, 9, 1)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Three respondents, two of whom say the same, and one row that can't count."""
    path = tmp_path / "lembar.csv"
    same = "4,4,4,4,4,4,4,4,4,2026-09-02\n"
    path.write_text(HEADING + same + same + "1,2,3,4,1,2,3,4,1,\n1,2,3,4,1,2,3,4,,\n")
    return path


class Options(TypedDict, total=False):
    service_code: str
    day: date


def read(path: Path, now: datetime = make.START, *, service_code: str = "ktp", day: date = DAY) -> Reading[Entry]:
    return importing.read(path, make.OFFICE, service_code=service_code, day=day, now=now)


def take_in(path: Path, now: datetime = make.START, **values: Unpack[Options]) -> int | None:
    ticks: list[int] = []
    found = read(path, now, **values)
    taken = importing.take_in(found, make.OFFICE, by="tests", tick=ticks.append, now=now)
    assert sum(ticks) == (taken or 0)
    return taken


def undo(import_id: UUID) -> int:
    return importing.undo(office_id=make.OFFICE, import_id=import_id, by="tests", now=make.START + timedelta(hours=1))


def last_import() -> Import:
    db.session.rollback()
    return offices.imports(reader(), make.OFFICE)[0]


def counted() -> list[Rating]:
    return [each for each in given.ratings() if each.withdrawn_at is None]


def test_rows_that_say_the_same_are_different_people(any_app: Flask, sheet: Path) -> None:
    assert take_in(sheet) == 3
    assert [each.row for each in read(sheet).rejected] == [5]
    assert sorted(each.day.day for each in given.ratings()) == [1, 2, 2]
    assert set(given.dirty_days()) == {date(2026, 9, 1), date(2026, 9, 2)}


def test_a_rating_of_a_sheet_has_its_own_day_and_was_recorded_now(any_app: Flask, sheet: Path) -> None:
    take_in(sheet)
    kept = next(each for each in given.ratings() if each.day == DAY)
    assert kept.rated_at.isoformat() == "2026-09-01T05:00:00+00:00"
    assert (kept.recorded_at, kept.source, kept.sarana) == (make.START, "import", 1)


def test_the_same_sheet_again_adds_nothing(any_app: Flask, sheet: Path) -> None:
    take_in(sheet)
    assert take_in(sheet, now=make.START + timedelta(days=1)) is None
    assert len(given.ratings()) == 3
    assert len(offices.imports(reader(), make.OFFICE)) == 1


@pytest.mark.parametrize("other", [{"service_code": "kk"}, {"day": date(2026, 9, 3)}])
def test_with_other_options_it_is_another_import(any_app: Flask, sheet: Path, other: Options) -> None:
    take_in(sheet)
    assert take_in(sheet, **other) == 3


def test_an_import_is_listed(any_app: Flask, sheet: Path) -> None:
    take_in(sheet)
    listed = last_import()
    assert (listed.kind, listed.file_name, listed.imported, listed.rejected) == ("ratings", "lembar.csv", 3, 1)


def test_an_import_is_undone_whole_and_its_days_counted_again(any_app: Flask, sheet: Path) -> None:
    given.rated()
    take_in(sheet)
    marks = len(given.dirty_days())
    assert undo(last_import().id) == 3
    assert len(counted()) == 1
    assert len(given.dirty_days()) == marks + 2
    assert last_import().undone_by == "tests"


def test_what_was_undone_can_be_imported_again_and_undone_again(any_app: Flask, sheet: Path) -> None:
    for hour in range(3):
        assert take_in(sheet, now=make.START + timedelta(hours=hour)) == 3
        assert len(counted()) == 3
        undo(last_import().id)
    assert counted() == []


def test_an_import_is_undone_once(any_app: Flask, sheet: Path) -> None:
    take_in(sheet)
    undo(last_import().id)
    with pytest.raises(Refused, match="sudah dibatalkan pada 1 Oktober 2026"):
        undo(last_import().id)


def test_an_unknown_import_cannot_be_undone(any_app: Flask) -> None:
    with pytest.raises(Missing):
        undo(uuid4())


def test_a_sheet_in_which_nothing_counts_leaves_no_import(any_app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "kosong.csv"
    path.write_text(HEADING + ",,,,,,,,,\n5,5,5,5,5,5,5,5,5,\n")
    assert take_in(path) == 0
    assert offices.imports(reader(), make.OFFICE) == []


def test_a_large_sheet_is_taken_in_whole(any_app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "besar.csv"
    path.write_text(HEADING + "3,3,3,3,3,3,3,3,3,\n" * 2500)
    assert take_in(path) == 2500
    assert len(given.ratings()) == 2500


@pytest.mark.parametrize(
    "wrong", [{"service_code": "tidak-ada"}, {"day": date(2026, 10, 2)}, {"day": date(1999, 1, 1)}]
)
def test_an_impossible_service_or_day_is_refused(app: Flask, sheet: Path, wrong: Options) -> None:
    with pytest.raises(Refused):
        take_in(sheet, **wrong)
    assert given.ratings() == []
