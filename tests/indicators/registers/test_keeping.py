"""Writing in the registers: versions are added, nobody is overwritten, and only those who may do write."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from core.db import db, reader
from core.errors import Conflict, Missing, Refused
from core.periods import Period
from indicators.registers import (
    activities,
    documents,
    entry_queries,
    keeping,
    outside,
    programme,
    queries,
    reviews,
)
from indicators.registers.models import Version
from indicators.registers.terms import Register
from indicators.registers.values import registered
from offices.attachments import Kept
from offices.audit_models import AuditEntry
from offices.models import Attachment
from tests import make
from tests.indicators.registers import entries
from tests.indicators.registers.entries import ACTIVITY, DOCUMENT, INDICATOR, NOW, OUTSIDE, REVIEW, SIGNED, added

LATER = NOW + timedelta(hours=1)
ADDERS: dict[Register, tuple[Callable[..., Any], Callable[..., Any], dict[str, Any]]] = {
    Register.DOCUMENTS: (documents.add, documents.edit, DOCUMENT),
    Register.ACTIVITIES: (activities.add, activities.edit, ACTIVITY),
    Register.REVIEWS: (reviews.add, reviews.edit, REVIEW),
    Register.PROGRAMME: (programme.add, programme.edit, INDICATOR),
    Register.OUTSIDE: (outside.add, outside.edit, OUTSIDE),
}
WRITABLE = pytest.mark.parametrize("register", ADDERS, ids=str)


def versions(register: Register, entry_id: UUID) -> list[Version]:
    db.session.rollback()
    return list(entry_queries.versions(reader(), register, make.OFFICE, entry_id))


def entry(app: Flask, register: Register, **more: Any) -> UUID:
    """An entry with its file."""
    service, _edit, values = ADDERS[register]
    return added(service, values, entries.kept(app.config["SETTINGS"]), **more)


def newest(register: Register, entry_id: UUID) -> UUID:
    return versions(register, entry_id)[-1].id


def counted(period: str) -> Any:
    db.session.rollback()
    asked = Period.parse(period)
    return registered(queries.entries(reader(), make.OFFICE, asked), asked)


@WRITABLE
def test_an_entry_is_added_changed_and_taken_out_by_versions(any_app: Flask, register: Register) -> None:
    _add, edit, values = ADDERS[register]
    found = entry(any_app, register)
    key, value = next((key, value) for key, value in values.items() if isinstance(value, date | Decimal))
    other = {**values, key: value - timedelta(days=1) if isinstance(value, date) else value - 1}
    edit(entry_id=found, seen=newest(register, found), filed=None, now=LATER, **SIGNED, **other)
    last: dict[str, Any] = {
        "seen": newest(register, found),
        "reason": "Tercatat dua kali",
        "now": LATER + timedelta(hours=1),
    }
    keeping.remove(register=register, entry_id=found, **SIGNED, **last)
    rows = versions(register, found)
    assert [getattr(row, key) for row in rows] == [value, other[key], other[key]]
    assert [row.is_removed for row in rows] == [False, False, True]
    assert len({row.file_id for row in rows}) == 1
    assert rows[-1].reason == "Tercatat dua kali"
    acts = reader().scalars(sa.select(AuditEntry.action).where(AuditEntry.action.startswith("register"))).all()
    assert set(acts) == {"register.add", "register.edit", "register.remove"}
    assert [row.entry_id for row in entry_queries.removed(reader(), register, make.OFFICE, 2026)] == [found]


def test_the_file_is_recorded_beside_its_entry(any_app: Flask) -> None:
    found = entry(any_app, Register.DOCUMENTS)
    file = reader().scalars(sa.select(Attachment)).one()
    assert (file.about, file.file_name) == (f"register:{found}", "bukti.pdf")
    assert versions(Register.DOCUMENTS, found)[0].file_id == file.id


def test_a_new_file_is_a_new_version(any_app: Flask) -> None:
    found = entry(any_app, Register.DOCUMENTS)
    again = entries.kept(any_app.config["SETTINGS"], LATER)
    documents.edit(entry_id=found, seen=newest(Register.DOCUMENTS, found), filed=again, now=LATER, **SIGNED, **DOCUMENT)
    rows = versions(Register.DOCUMENTS, found)
    assert [row.file_id == again.id for row in rows] == [False, True]


def test_what_is_sent_twice_is_added_once(any_app: Flask) -> None:
    found = entry(any_app, Register.ACTIVITIES)
    entry(any_app, Register.ACTIVITIES, entry_id=found, now=LATER)
    assert len(versions(Register.ACTIVITIES, found)) == 1
    with pytest.raises(Conflict):
        entry(any_app, Register.ACTIVITIES, entry_id=found, name="Lain", now=LATER)


def test_evidence_that_comes_with_the_second_sending_is_not_passed_over(app: Flask) -> None:
    found = added(documents.add, DOCUMENT, None)
    with pytest.raises(Conflict):
        entry(app, Register.DOCUMENTS, entry_id=found, now=LATER)


def test_an_entry_that_was_removed_does_not_come_back_by_its_old_form(app: Flask) -> None:
    found = entry(app, Register.ACTIVITIES)
    seen = newest(Register.ACTIVITIES, found)
    keeping.remove(register=Register.ACTIVITIES, entry_id=found, seen=seen, reason="Salah", now=LATER, **SIGNED)
    with pytest.raises(Conflict):
        entry(app, Register.ACTIVITIES, entry_id=found, now=LATER)


def test_a_change_that_changes_nothing_is_no_version(app: Flask) -> None:
    found = entry(app, Register.DOCUMENTS)
    documents.edit(entry_id=found, seen=newest(Register.DOCUMENTS, found), filed=None, now=LATER, **SIGNED, **DOCUMENT)
    assert len(versions(Register.DOCUMENTS, found)) == 1


def test_of_two_who_change_one_entry_the_second_is_told(any_app: Flask) -> None:
    found = entry(any_app, Register.DOCUMENTS)
    seen = newest(Register.DOCUMENTS, found)
    change: dict[str, Any] = {"entry_id": found, "seen": seen, "filed": None, "now": LATER, **SIGNED}
    documents.edit(**change, **{**DOCUMENT, "title": "Yang pertama"})
    with pytest.raises(Conflict):
        documents.edit(**change, **{**DOCUMENT, "title": "Yang kedua"})
    with pytest.raises(Conflict):
        keeping.remove(register=Register.DOCUMENTS, entry_id=found, seen=seen, reason="Salah", now=LATER, **SIGNED)


def test_of_many_at_the_same_moment_one_changes_it(any_app: Flask) -> None:
    found = entry(any_app, Register.DOCUMENTS)
    seen = newest(Register.DOCUMENTS, found)

    def change(title: str) -> bool:
        values = {**DOCUMENT, "title": title}
        with any_app.app_context():
            try:
                documents.edit(entry_id=found, seen=seen, filed=None, now=LATER, **SIGNED, **values)
            except Conflict:
                return False
            return True

    with ThreadPoolExecutor(4) as people:
        assert sum(people.map(change, ("A", "B", "C", "D"))) == 1
    assert len(versions(Register.DOCUMENTS, found)) == 2


def test_versions_follow_each_other_though_the_clock_stands_still(app: Flask) -> None:
    found = entry(app, Register.DOCUMENTS)
    for title in ("Dua", "Tiga"):
        seen = newest(Register.DOCUMENTS, found)
        documents.edit(entry_id=found, seen=seen, filed=None, now=NOW, **SIGNED, **{**DOCUMENT, "title": title})
    assert [row.title for row in versions(Register.DOCUMENTS, found)] == ["LAKIP 2026", "Dua", "Tiga"]  # type: ignore[attr-defined]


def test_another_offices_entry_is_missing(any_app: Flask) -> None:
    found = entry(any_app, Register.DOCUMENTS)
    elsewhere: dict[str, Any] = {**SIGNED, "office_id": 2}
    with pytest.raises(Missing):
        documents.edit(entry_id=found, seen=None, filed=None, now=LATER, **elsewhere, **DOCUMENT)


def test_an_entry_moved_to_another_year_counts_there(any_app: Flask) -> None:
    found = entry(any_app, Register.DOCUMENTS)
    assert (counted("2026").documents, counted("2027").documents) == (1, None)
    moved = {**DOCUMENT, "year": 2027}
    documents.edit(entry_id=found, seen=newest(Register.DOCUMENTS, found), filed=None, now=LATER, **SIGNED, **moved)
    assert (counted("2026").documents, counted("2027").documents) == (None, 1)


def test_what_was_taken_out_does_not_count_until_it_is_put_back(any_app: Flask) -> None:
    found = entry(any_app, Register.REVIEWS)
    seen = newest(Register.REVIEWS, found)
    keeping.remove(register=Register.REVIEWS, entry_id=found, seen=seen, reason="Salah", now=LATER, **SIGNED)
    assert counted("2026").review is None
    back: dict[str, Any] = {"seen": newest(Register.REVIEWS, found), "filed": None, "now": LATER + timedelta(hours=1)}
    reviews.edit(entry_id=found, **back, **SIGNED, **REVIEW)
    assert counted("2026").review.score == Decimal("78.50")


TOMORROW = date(2026, 10, 2)  # in WIB it is 1 October
REFUSED: dict[str, tuple[Register, dict[str, Any], str | None]] = {
    "approved tomorrow": (Register.DOCUMENTS, {"approved_on": TOMORROW}, "approved_on"),
    "approved before it was written": (Register.DOCUMENTS, {"approved_on": date(2026, 1, 19)}, "approved_on"),
    "a year like 206": (Register.DOCUMENTS, {"dated": date(206, 1, 20)}, "dated"),
    "held tomorrow": (Register.ACTIVITIES, {"held_on": TOMORROW}, "held_on"),
    "unknown desa": (Register.ACTIVITIES, {"village_code": "1"}, "village_code"),
    "fewer than nobody": (Register.ACTIVITIES, {"participants": -1}, "participants"),
    "reviewed tomorrow": (Register.REVIEWS, {"reviewed_on": TOMORROW}, "reviewed_on"),
    "more than all points": (Register.REVIEWS, {"score": Decimal("100.01")}, "score"),
    "no index": (Register.OUTSIDE, {"value": Decimal("24.99")}, "value"),
    "a month to come": (Register.OUTSIDE, {"period": "2026-11"}, "period"),
    "seen before its month": (Register.OUTSIDE, {"seen_on": date(2026, 4, 30)}, "seen_on"),
    "seen tomorrow": (Register.OUTSIDE, {"seen_on": TOMORROW}, "seen_on"),
}


@pytest.mark.parametrize(("register", "values", "field"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_at_its_field(
    app: Flask, register: Register, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        entry(app, register, **values)
    assert refusal.value.field == field


@pytest.mark.parametrize("register", [Register.REVIEWS, Register.OUTSIDE], ids=str)
def test_what_is_written_down_by_hand_needs_its_proof(app: Flask, register: Register) -> None:
    service, _edit, values = ADDERS[register]
    with pytest.raises(Refused) as refusal:
        added(service, values)
    assert refusal.value.field == "evidence"


def test_sukma_e_shows_one_index_for_a_period(any_app: Flask) -> None:
    entry(any_app, Register.OUTSIDE)
    with pytest.raises(Refused):
        entry(any_app, Register.OUTSIDE, now=LATER)


def test_of_many_who_write_it_down_at_the_same_moment_one_does(any_app: Flask) -> None:
    files = [entries.kept(any_app.config["SETTINGS"]) for _ in range(4)]

    def written(filed: Kept) -> bool:
        with any_app.app_context():
            try:
                added(outside.add, OUTSIDE, filed)
            except Refused:
                return False
            return True

    with ThreadPoolExecutor(4) as people:
        assert sum(people.map(written, files)) == 1


def test_taking_out_needs_a_reason(app: Flask) -> None:
    found = entry(app, Register.DOCUMENTS)
    seen = newest(Register.DOCUMENTS, found)
    with pytest.raises(Refused) as refusal:
        keeping.remove(register=Register.DOCUMENTS, entry_id=found, seen=seen, reason="", now=LATER, **SIGNED)
    assert refusal.value.field == "reason"


def test_a_measure_is_of_its_indicators_year(any_app: Flask) -> None:
    found = added(programme.add, INDICATOR)
    measure: dict[str, Any] = {"indicator_id": found, "measured_on": date(2026, 9, 30), "value": Decimal("95.0001")}
    added(programme.measure, measure, entries.kept(any_app.config["SETTINGS"]))
    assert counted("2026-TW3").programme.percent == Decimal("100.00")
    for wrong in (date(2025, 12, 31), TOMORROW):
        with pytest.raises(Refused):
            added(programme.measure, {**measure, "measured_on": wrong})
    with pytest.raises(Missing):
        added(programme.measure, {**measure, "indicator_id": uuid4()})
    with pytest.raises(Refused):
        programme.edit(
            entry_id=found, seen=newest(Register.PROGRAMME, found), filed=None, now=LATER, **SIGNED,
            **{**INDICATOR, "year": 2027},
        )  # fmt: skip


RIGHTS = [
    ("officer", None, set()),
    ("section_head", "trantib", set()),
    ("section_head", "pmks", {Register.ACTIVITIES}),
    ("head", None, {Register.DOCUMENTS, Register.REVIEWS}),
    ("secretary", None, set(ADDERS)),
    ("operator", None, set(ADDERS)),
]


@pytest.mark.parametrize(("role", "section", "allowed"), RIGHTS, ids=range(len(RIGHTS)))
def test_who_may_write(app: Flask, role: str, section: str | None, allowed: set[Register]) -> None:
    email = make.staff(role, section=section)
    assert {register for register in ADDERS if is_accepted(app, register, email)} == allowed


def is_accepted(app: Flask, register: Register, email: str) -> bool:
    service, _edit, values = ADDERS[register]
    filed = entries.kept(app.config["SETTINGS"])
    try:
        service(office_id=make.OFFICE, entry_id=uuid4(), filed=filed, by=email, now=NOW, **values)
    except Refused as refusal:
        return not refusal.message.startswith("Register ini diisi oleh")
    return True


def test_a_reading_of_all_registers_is_six_statements(app: Flask) -> None:
    entry(app, Register.DOCUMENTS)
    asked = make.statements()
    queries.entries(reader(), make.OFFICE, Period.parse("2026"), datetime.now(NOW.tzinfo))
    assert len([each for each in asked if each.startswith("SELECT")]) == 6
