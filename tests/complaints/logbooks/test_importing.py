"""Taking the log book in, once, and back whole."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from threading import Event as Signal
from threading import Thread
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from complaints import counters, queries, states
from complaints.logbooks import import_rows, importing
from complaints.logbooks.importing import Undone
from complaints.models import Complaint, Event
from complaints.terms import Response, Status
from core.db import transaction
from core.errors import Conflict, Missing, Refused
from offices import queries as office_queries
from offices.models import Import, Office
from tests import make
from tests.complaints import cases
from tests.complaints.submitting import KEYS, fresh, send
from tests.complaints.test_counters import counted

NOW = make.START
HEAD = "received_at,category,village,description,status,settled_at,source,exclusion,reason\n"
BOOK = (
    "2025-12-30 08:00,jalan,Suco,Parkir liar,selesai,2026-01-05 10:00,telepon,,\n"
    "2026-09-01 08:00,Kebisingan dan hiburan tanpa izin (sound horeg),suco,Sound horeg,,,,,\n"
    "2026-09-01 08:00,kebisingan,suco,Sound horeg,,,,,\n"
    "2026-09-02,lainnya,,Uji coba,,,,spam,Percobaan petugas\n"
)
BAD = "2026-09-03,perang,,Apa ini,,,,,\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "buku.csv"
    path.write_text(HEAD + BOOK + BAD)
    return path


def take(path: Path) -> int | None:
    ticks: list[int] = []
    office: Office = office_queries.office(fresh(), make.OFFICE)
    found = importing.read(path, office.id, now=NOW)
    taken = importing.take_in(found, office, keys=KEYS, by="tests", tick=ticks.append, now=NOW)
    assert sum(ticks) == (taken or 0)
    return taken


def imported() -> list[Complaint]:
    return list(fresh().scalars(sa.select(Complaint).order_by(Complaint.number)))


def import_id() -> UUID:
    return fresh().scalars(sa.select(Import.id).order_by(Import.at.desc(), Import.id.desc()).limit(1)).one()


def undo(key: UUID | None = None) -> Undone:
    return importing.undo(office_id=make.OFFICE, import_id=key or import_id(), by="tests", now=NOW + timedelta(hours=4))


@transaction
def answered(session: Session, /, **values: object) -> None:
    """As if residents had answered every report."""
    session.execute(sa.update(Complaint).values(**values))


def test_rows_become_reports_numbered_by_their_year(any_app: Flask, book: Path) -> None:
    assert take(book) == 4
    reports = imported()
    assert [report.number for report in reports] == [
        "TRB-2025-00001", "TRB-2026-00001", "TRB-2026-00002", "TRB-2026-00003",
    ]  # fmt: skip
    assert [report.status for report in reports] == ["settled", "received", "received", "excluded"]
    assert [report.is_unproven for report in reports] == [True, False, False, False]
    assert reports[0].received_on == date(2025, 12, 30)


def test_every_report_is_what_its_events_add_up_to(any_app: Flask, book: Path) -> None:
    take(book)
    for report in imported():
        steps = queries.events_of(fresh(), make.OFFICE, report.id)
        state = states.replay(step.fact for step in steps)
        assert (state.status, state.settled_at) == (report.status, report.settled_at)
        assert (state.received_at, state.exclusion) == (report.received_at, report.exclusion)
        assert report.version == len(steps)
    assert queries.verify_chain(fresh(), make.OFFICE) is None


def test_the_days_are_counted_again(any_app: Flask, book: Path) -> None:
    take(book)
    assert set(make.marks()) == {
        ("complaints", date(2025, 12, 30)), ("complaints", date(2026, 9, 1)), ("complaints", date(2026, 9, 2)),
    }  # fmt: skip


def test_the_rejected_row_is_named(any_app: Flask, book: Path) -> None:
    (rejected,) = importing.read(book, make.OFFICE, now=NOW).rejected
    assert (rejected.row, rejected.reason) == (6, "category: “perang” tidak dikenal.")


def test_the_same_file_again_adds_nothing(any_app: Flask, book: Path) -> None:
    take(book)
    assert take(book) is None
    assert len(imported()) == 4


def test_numbers_go_on_after_an_import(any_app: Flask, book: Path) -> None:
    send()
    take(book)
    assert send().number == "TRB-2026-00005"


def test_an_import_is_taken_back_whole(any_app: Flask, book: Path) -> None:
    take(book)
    assert undo() == Undone(reports=4, moved_since=0)
    assert {report.status for report in imported()} == {"withdrawn"}
    assert all(report.withdrawn_at and report.due_on is None for report in imported())
    assert fresh().scalar(sa.select(sa.func.count()).select_from(Event)) == 8 + 4
    assert queries.verify_chain(fresh(), make.OFFICE) is None


def test_while_it_holds_the_chain_it_waits_for_no_counter(
    any_app: Flask, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_rows, "BATCH", 2)
    asked = make.statements()
    take(book)
    last_counted = max(place for place, statement in enumerate(asked) if "INTO case_count" in statement)
    assert last_counted < min(place for place, statement in enumerate(asked) if "INTO chain" in statement)


def test_what_residents_said_of_it_is_taken_back_too(any_app: Flask, book: Path) -> None:
    take(book)
    answered(response=Response.HALF_FIXED.value, answer_by=NOW.date(), first_report="TRB-2026-00001", waiting_since=NOW)
    undo()
    for report in imported():
        assert (report.response, report.answer_by, report.first_report, report.waiting_since) == (None,) * 4


def test_a_move_made_while_it_is_taken_back_is_counted_once(
    postgres_app: Flask, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(book)
    who, taking_back, moved = cases.officer(), Signal(), Signal()
    real = counters.remove

    def slow(session: Session, office_id: int, places: Iterable[counters.Place]) -> None:
        found = list(places)
        taking_back.set()
        moved.wait(1)
        real(session, office_id, found)

    def officer() -> None:
        with postgres_app.app_context():
            taking_back.wait(10)
            with suppress(Conflict):
                cases.act("TRB-2026-00001", "verify", actor=who)
            moved.set()

    monkeypatch.setattr(counters, "remove", slow)
    meanwhile = Thread(target=officer)
    meanwhile.start()
    undo()
    meanwhile.join()
    assert {place.status: number for place, number in counted().items()} == {"withdrawn": 4}


def test_also_reports_that_staff_have_moved_since(any_app: Flask, book: Path) -> None:
    take(book)
    cases.act("TRB-2026-00001", "verify")
    assert undo() == Undone(reports=4, moved_since=1)
    steps = queries.events_of(fresh(), make.OFFICE, imported()[1].id)
    assert states.replay(step.fact for step in steps).status is Status.WITHDRAWN


def test_it_is_taken_back_once(any_app: Flask, book: Path) -> None:
    take(book)
    undo()
    with pytest.raises(Refused):
        undo()
    with pytest.raises(Missing):
        undo(UUID(int=1))


def test_after_that_the_file_may_come_again(any_app: Flask, book: Path) -> None:
    take(book)
    undo()
    assert take(book) == 4
    assert [report.status for report in imported()].count("withdrawn") == 4
    assert take(book) is None


def test_a_file_without_the_needed_columns_is_refused(any_app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "lain.csv"
    path.write_text("nama,tanggal\nSiti,2026-01-01\n")
    with pytest.raises(Refused, match="received_at"):
        importing.read(path, make.OFFICE, now=NOW)


@pytest.fixture
def command_book(tmp_path: Path) -> Path:
    path = tmp_path / "buku.csv"
    path.write_text(HEAD.replace("\n", ",petugas\n") + BOOK.replace("\n", ",Pak A\n") + BAD)
    return path


def test_the_command_says_what_it_did(app: Flask, command_book: Path) -> None:
    result = app.test_cli_runner().invoke(args=["complaints", "import", str(command_book)])
    assert result.exit_code == 0
    for told in ("4 imported, 1 rejected", "Baris 6: category", "petugas", "buku.csv.ditolak.csv"):
        assert told in result.output
    again = app.test_cli_runner().invoke(args=["complaints", "import", str(command_book)])
    assert "0 imported, 1 rejected" in again.output
    assert again.exit_code == 0


def test_the_rejected_rows_can_be_mended_and_taken_in_alone(app: Flask, command_book: Path) -> None:
    app.test_cli_runner().invoke(args=["complaints", "import", str(command_book)])
    rest = command_book.with_name("buku.csv.ditolak.csv")
    rest.write_text(rest.read_text(encoding="utf-8-sig").replace("perang", "lainnya"))
    assert "1 imported, 0 rejected" in app.test_cli_runner().invoke(args=["complaints", "import", str(rest)]).output
    assert len(imported()) == 5


def test_a_file_that_is_not_there_is_refused(app: Flask, tmp_path: Path) -> None:
    assert app.test_cli_runner().invoke(args=["complaints", "import", str(tmp_path / "tidak-ada.csv")]).exit_code == 1
