"""The audit trail: chained whoever writes, searched, and broken by whoever changes it afterwards."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.db import db, read_afresh, transaction
from offices import audit, trail
from offices.audit_models import AuditChain, AuditEntry
from offices.models import Office
from offices.trail import Checked, Wanted
from tests import make
from tests.complaints.pages import fields_of


@transaction
def written(session: Session, /, *subjects: str, office: int = make.OFFICE, **values: Any) -> None:
    for subject in subjects:
        asked: dict[str, Any] = {
            "actor": "a@b.example",
            "action": "service.edit",
            "detail": {"name": "x"},
            "now": make.START,
        } | values
        audit.record(session, office, subject=subject, **asked)


@transaction
def changed(session: Session, statement: sa.UpdateBase, /) -> None:
    session.execute(statement)


def broken(*, lately: bool = False) -> int | None:
    return trail.broken_at(read_afresh(), make.OFFICE, lately=lately)


def length() -> int:
    return trail.end(read_afresh(), make.OFFICE).seq


def of(seq: int) -> Any:
    return sa.and_(AuditEntry.office_id == make.OFFICE, AuditEntry.seq == seq)


def test_entries_are_numbered_and_chained(any_app: Flask) -> None:
    before = length()
    written("a", "b")
    written("c")
    assert length() == before + 3
    assert broken() is None
    assert broken(lately=True) is None


CHANGES: dict[str, Callable[[int], sa.UpdateBase]] = {
    "subject": lambda seq: sa.update(AuditEntry).where(of(seq)).values(subject="z"),
    "actor": lambda seq: sa.update(AuditEntry).where(of(seq)).values(actor="z"),
    "action": lambda seq: sa.update(AuditEntry).where(of(seq)).values(action="service.add"),
    "detail": lambda seq: sa.update(AuditEntry).where(of(seq)).values(detail={}),
    "time": lambda seq: sa.update(AuditEntry).where(of(seq)).values(at=make.START + timedelta(seconds=1)),
    "salt": lambda seq: sa.update(AuditEntry).where(of(seq)).values(salt=None),
    "removed": lambda seq: sa.delete(AuditEntry).where(of(seq)),
}


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_changed_entry_breaks_the_chain_where_it_stands(any_app: Flask, name: str) -> None:
    written("a", "b", "c")
    seq = length() - 1
    changed(CHANGES[name](seq))
    assert (broken(), broken(lately=True)) == (seq, seq)


def test_entries_cut_off_at_the_end_are_missed(any_app: Flask) -> None:
    written("a", "b")
    seq = length()
    changed(sa.delete(AuditEntry).where(of(seq)))
    assert broken() == seq


def test_an_entry_added_behind_the_chain_is_found(any_app: Flask) -> None:
    written("a")
    seq = length()
    changed(sa.update(AuditChain).values(seq=seq - 1, hash=str(hash_of(seq - 1))))
    assert broken() == seq


def part(before: int | None = None, most: int = 2) -> Checked:
    return trail.check_part(read_afresh(), make.OFFICE, before=before, most=most)


def test_it_is_checked_part_by_part_from_its_end(any_app: Flask) -> None:
    written(*"abcde")
    seq = length()
    assert part() == Checked(seq - 1, seq, None)
    assert part(before=seq - 1) == Checked(seq - 3, seq - 2, None)
    assert part(before=3, most=9) == Checked(1, 2, None)
    assert part(before=seq + 5) == part(before=0) == part()


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_change_is_found_in_the_part_where_it_stands(any_app: Flask, name: str) -> None:
    written(*"abcdef")
    seq = length() - 3
    changed(CHANGES[name](seq))
    assert part() == Checked(length() - 1, length(), None)
    assert part(before=seq + 2).broken == part(before=seq + 1).broken == seq


def test_whoever_checks_a_long_trail_goes_on_where_it_ended(
    app: Flask, sign_in: Callable[[str], FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "AT_A_PRESS", 3)
    written(*"abcdef")
    auditor, last = sign_in("auditor"), length()
    data = fields_of(auditor.get("/audit").text)
    page = auditor.post("/audit/periksa", data=data).text
    last = length()
    assert f"Catatan {last - 2} sampai {last} utuh" in page
    while "sebelum" in (data := fields_of(page)):
        page = auditor.post("/audit/periksa", data=data).text
    assert "Catatan 1 sampai" in page
    assert f"sampai {last} utuh" not in page


def asked_at(client: FlaskClient) -> int:
    asked = make.statements()
    assert client.get("/audit").status_code == 200
    return len(asked)


def test_the_page_asks_as_much_however_many_stand_in_it(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    auditor = sign_in("auditor")
    few = asked_at(auditor)
    for number in range(60):
        written(f"s{number}", actor=f"petugas.{number}@contoh.example")
    assert asked_at(auditor) == few


def hash_of(seq: int) -> str | None:
    return read_afresh().scalar(sa.select(AuditEntry.hash).where(of(seq)))


def test_erased_words_leave_the_chain_whole(any_app: Flask) -> None:
    written("a", "b")
    gone: dict[str, Any] = {"actor": "(sudah dihapus)", "subject": "", "detail": {}, "salt": None}
    changed(sa.update(AuditEntry).where(of(length() - 1)).values(gone))
    assert broken() is None


def test_verifying_says_from_where_the_words_still_stand(any_app: Flask) -> None:
    verify = any_app.test_cli_runner().invoke
    written("a", "b", "c")
    assert "dihapus" not in verify(args=["audit", "verify"]).output
    gone: dict[str, Any] = {"actor": "(sudah dihapus)", "subject": "", "detail": {}, "salt": None}
    last = length()
    changed(sa.update(AuditEntry).where(AuditEntry.seq < last).values(gone))
    answer = verify(args=["audit", "verify"])
    assert (answer.exit_code, f"sebelum catatan {last}." in answer.output) == (0, True)
    changed(sa.update(AuditEntry).values(gone))
    assert "semuanya" in verify(args=["audit", "verify"]).output


def test_only_changes_of_master_data_are_revisions(any_app: Flask) -> None:
    def revision() -> int | None:
        return read_afresh().scalar(sa.select(Office.revision).filter_by(id=make.OFFICE))

    first = revision() or 0
    written("a", "b")
    noted()
    assert revision() == first + 2


@transaction
def noted(session: Session) -> None:
    audit.note(session, make.OFFICE, "a@b.example", "look.trail", "x", {}, now=make.START)


def test_what_is_undone_leaves_nothing(any_app: Flask) -> None:
    @transaction
    def undone(session: Session) -> None:
        audit.record(session, make.OFFICE, "a", "service.edit", "x", {}, now=make.START)
        raise ZeroDivisionError

    before = length()
    with pytest.raises(ZeroDivisionError):
        undone()
    written("a")
    assert (length(), broken()) == (before + 1, None)


def test_writers_beside_one_another_queue(any_app: Flask) -> None:
    """Some hold the office's row before, some only note: none waits for another in a circle."""

    @transaction
    def opens(session: Session, number: int) -> None:
        if number % 3 == 0:
            session.execute(
                sa.update(Office).where(Office.id == make.OFFICE).values(printed_base_url=f"https://{number}")
            )
        write = audit.note if number % 3 == 1 else audit.record
        write(session, make.OFFICE, "a", "service.edit", str(number), {}, now=make.START)
        session.flush()

    def work(number: int) -> None:
        with any_app.app_context():
            opens(number)

    before = length()
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(60)))
    assert (length(), broken()) == (before + 60, None)


def test_what_was_written_before_there_was_a_chain_is_chained(any_app: Flask) -> None:
    written(*map(str, range(1005)))
    before = length()
    db.session.rollback()
    make.downgrade("0006")
    flask_migrate.upgrade()
    assert (length(), broken()) == (before, None)
    written("later")
    assert broken() is None


def found(**wanted: Any) -> list[str]:
    return [entry.subject for entry in trail.page(read_afresh(), make.OFFICE, Wanted(**wanted))]


def test_the_trail_is_searched(any_app: Flask) -> None:
    written("satu", actor="x@b.example", action="service.add")
    written("dua", detail={"name": "Pelayanan Kilat"}, now=make.START + timedelta(days=3))
    assert found(actor="x@b.example") == found(subject="satu") == ["satu"]
    assert found(text="kilat", action="service.edit") == ["dua"]
    assert found(text="100%") == []
    day = date(2026, 10, 4)
    assert found(first=day, last=day) == ["dua"]
    assert "satu" in found(last=date(2026, 10, 3), actor="x@b.example")


def test_pages_follow_one_another(any_app: Flask) -> None:
    written(*map(str, range(7)), actor="x")
    wanted, seen, before = Wanted(actor="x"), [], None
    while rows := trail.page(read_afresh(), make.OFFICE, wanted, before=before, most=3)[:3]:
        seen += [row.subject for row in rows]
        before = rows[-1].id
    assert sorted(seen) == sorted(map(str, range(7)))
    assert {entry.subject for entry in trail.everything(read_afresh(), make.OFFICE, wanted)} == set(seen)


def test_everybody_in_it_is_named_once(any_app: Flask) -> None:
    written("a", "b", actor="x")
    written("a", actor="y")
    assert {"x", "y"} <= set(people := trail.actors(read_afresh(), make.OFFICE))
    assert len(people) == len(set(people))


def test_everybody_is_found_by_one_question(any_app: Flask) -> None:
    for name in "abcde":
        written("a", actor=name)
    session, asked = read_afresh(), make.statements()
    assert set("abcde") <= set(trail.actors(session, make.OFFICE))
    assert len([each for each in asked if each != "BEGIN"]) == 1


@pytest.mark.parametrize("asked", ["dari=0001-01-01", "sampai=9999-12-31", "dari=kemarin", "dari=2026-10-01"])
def test_any_day_may_be_asked_for(sign_in: Callable[[str], FlaskClient], asked: str) -> None:
    auditor = sign_in("auditor")
    assert auditor.get(f"/audit?{asked}").status_code == 200
    assert auditor.get(f"/audit.csv?{asked}").data
