"""The follow-up plan: written, changed, marked and told to residents."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from core.db import db, reader
from core.errors import Conflict, Missing, Refused
from core.periods import Period
from offices.audit_models import AuditEntry
from survey.review import plans, queries
from survey.review.models import FollowUp
from survey.review.terms import Status
from tests import make
from tests.survey.review.planning import SIGNED, VALUES, added

NOW = make.START
LATER = NOW + timedelta(hours=1)


def stored(follow_up_id: UUID) -> FollowUp:
    db.session.rollback()
    return queries.follow_up(reader(), make.OFFICE, follow_up_id)


def done(follow_up_id: UUID, **values: Any) -> None:
    given = {"seen": NOW, "status": Status.DONE, "result": "Antre jadi 9 menit", "done_on": None, "now": LATER}
    plans.mark(follow_up_id=follow_up_id, **SIGNED, **{**given, **values})


def test_a_line_is_planned_and_in_the_audit_trail(any_app: Flask) -> None:
    line = stored(added())
    assert (line.status, line.period, line.owner) == ("planned", "2026-S1", "Kepala Seksi Pelayanan")
    entry = reader().scalars(sa.select(AuditEntry).filter_by(action="follow_up.add")).one()
    assert (entry.subject, entry.detail["due"]) == ("2026-S1 waktu", "2026-TW4")


def test_a_change_records_old_and_new(any_app: Flask) -> None:
    line = added()
    plans.change(follow_up_id=line, seen=NOW, **SIGNED, **{**VALUES, "owner": "Sekcam"}, now=LATER)
    assert stored(line).owner == "Sekcam"
    entry = reader().scalars(sa.select(AuditEntry).filter_by(action="follow_up.edit")).one()
    assert entry.detail == {"owner": ["Kepala Seksi Pelayanan", "Sekcam"]}


def test_of_two_who_change_one_line_the_second_is_told(any_app: Flask) -> None:
    line = added()
    done(line)
    with pytest.raises(Conflict):
        done(line, result="Lain lagi", now=LATER + timedelta(minutes=1))
    assert stored(line).result == "Antre jadi 9 menit"


def test_another_offices_line_is_missing(any_app: Flask) -> None:
    with pytest.raises(Missing):
        plans.publish(
            follow_up_id=added(), seen=NOW, is_public=False, public_words="", now=LATER, **{**SIGNED, "office_id": 2}
        )


@pytest.mark.parametrize("due", ["2026-10", "2025-TW4", "2026"])
def test_it_is_due_in_a_quarter_not_before_its_period(any_app: Flask, due: str) -> None:
    with pytest.raises(Refused) as refusal:
        added(due=due)
    assert refusal.value.field == "due"


def test_an_end_needs_words_and_a_past_day(app: Flask) -> None:
    line = added()
    for wrong in ({"result": ""}, {"status": Status.DROPPED, "result": ""}, {"done_on": date(2026, 10, 2)}):
        with pytest.raises(Refused):
            done(line, **wrong)
    done(line)
    assert stored(line).done_on == date(2026, 10, 1)


def test_residents_read_what_was_begun_and_has_words(any_app: Flask) -> None:
    line = added()
    words: dict[str, Any] = {"is_public": True, "public_words": "Loket kedua sudah dibuka."}
    with pytest.raises(Refused):
        plans.publish(follow_up_id=line, seen=NOW, now=LATER, **words, **SIGNED)
    done(line)
    plans.publish(follow_up_id=line, seen=LATER, now=LATER, **words, **SIGNED)
    db.session.rollback()
    assert [each.public_words for each in queries.published(reader(), make.OFFICE)] == ["Loket kedua sudah dibuka."]
    plans.mark(follow_up_id=line, seen=LATER, status=Status.DROPPED, result="Batal", done_on=None, now=LATER, **SIGNED)
    db.session.rollback()
    assert not queries.published(reader(), make.OFFICE)
    assert [each.id for each in queries.of_period(reader(), make.OFFICE, "2026-S1")] == [line]
    assert queries.planned_periods(reader(), make.OFFICE) == [("2026-S1", 1)]


@pytest.mark.parametrize(
    ("period", "is_told"),
    [("2026-S1", True), ("2026-S2", True), ("2026-10", True), ("2026-11", True), ("2026-12", False), ("2025", False)],
)
def test_a_period_tells_of_what_was_done_about_it(app: Flask, period: str, is_told: bool) -> None:
    """Planned from the first half-year, done on 1 October."""
    line = added()
    done(line)
    plans.publish(follow_up_id=line, seen=LATER, now=LATER, is_public=True, public_words="Loket kedua.", **SIGNED)
    db.session.rollback()
    assert bool(queries.told_in(reader(), make.OFFICE, Period.parse(period), 3)) is is_told
