"""Ratings taken out of the index by a named person, and put back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from core import clock
from core.calendar import Month
from core.db import db, reader
from core.errors import Refused
from core.periods import Period
from indicators import nightly
from offices import queries as offices
from offices.audit_models import AuditEntry
from survey.figures import building
from survey.figures.results import Figures
from survey.models import Rating
from survey.review import excluding, rating_queries
from tests import make

NOW = make.START
LATER = NOW + timedelta(days=1)
SIGNED: dict[str, Any] = {"office_id": make.OFFICE, "by": "sekcam@mumbulsari.example"}
OCTOBER = Month(2026, 10)


def rated(*answers: int) -> list[UUID]:
    for n, answer in enumerate(answers):
        make.rating(answer=answer, now=NOW + timedelta(seconds=n))
    db.session.rollback()
    return list(reader().scalars(sa.select(Rating.id).order_by(Rating.id)))


def excluded(rating_ids: list[UUID], **values: Any) -> int:
    return excluding.exclude(
        rating_ids=rating_ids, **{"reason": "Diisi petugas sendiri", "now": LATER, **SIGNED, **values}
    )


def figures(**values: Any) -> Figures:
    db.session.rollback()
    return building.build(reader(), offices.office(reader(), make.OFFICE), Period.of(OCTOBER), **values)


def test_the_index_is_without_it_and_the_other_with_it(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *_others = rated(1, 4, 4)
    assert excluded([first]) == 1
    monkeypatch.setattr(clock, "now", lambda: LATER)
    nightly.run_now(clock.now, nightly.recount_marked)
    found = figures()
    assert (str(found.whole.index), str(found.everything.index), found.excluded) == ("100.00", "75.00", 1)
    sums = {out: rating_queries.sums_now(reader(), make.OFFICE, OCTOBER, excluded=out) for out in (False, True)}
    assert {out: (rows[0][1][0], rows[0][1][2]) for out, rows in sums.items()} == {False: (2, 8), True: (1, 1)}


def test_what_stood_at_a_moment_still_stands_there(any_app: Flask) -> None:
    rating_ids = rated(1, 4)
    excluded(rating_ids[:1])
    excluding.restore(rating_ids=rating_ids, reason="Ternyata warga", **SIGNED, now=LATER + timedelta(hours=2))
    moments = (NOW + timedelta(hours=1), LATER, LATER + timedelta(hours=3))
    assert [figures(as_of=moment).excluded for moment in moments] == [0, 1, 0]


def test_who_read_the_clock_first_and_wrote_last_has_the_last_word(any_app: Flask) -> None:
    rating_ids = rated(1, 4)
    excluded(rating_ids[:1])
    excluding.restore(rating_ids=rating_ids, reason="Ternyata warga", **SIGNED, now=LATER - timedelta(seconds=1))
    assert (figures(as_of=LATER).excluded, figures(as_of=LATER + timedelta(seconds=1)).excluded) == (1, 0)
    assert not any(reader().scalars(sa.select(Rating.is_excluded)))
    assert not rating_queries.last_said(reader(), make.OFFICE, rating_ids)[rating_ids[0]].is_excluded


def test_the_second_of_two_changes_nothing(any_app: Flask) -> None:
    rating_ids = rated(1, 2)
    assert (excluded(rating_ids), excluded(rating_ids), excluded(rating_ids, office_id=2)) == (2, 0, 0)
    db.session.rollback()
    history = rating_queries.history(reader(), make.OFFICE, OCTOBER, 10)
    assert [(each.ratings, each.reason, each.is_excluded) for each in history] == [(2, "Diisi petugas sendiri", True)]
    assert rating_queries.last_said(reader(), make.OFFICE, rating_ids)[rating_ids[0]].by == SIGNED["by"]
    entry = reader().scalars(sa.select(AuditEntry).filter_by(action="rating.exclude")).one()
    assert (entry.subject, entry.detail["ratings"]) == ("2026-10", 2)


@pytest.mark.parametrize(("count", "reason"), [(0, "ya"), (1, "")])
def test_it_needs_ratings_and_a_reason(app: Flask, count: int, reason: str) -> None:
    with pytest.raises(Refused):
        excluded([UUID(int=n) for n in range(count)], reason=reason)
    assert make.marks() == []


def test_thousands_are_taken_out_at_one_stroke_and_written_down_once(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excluding, "AT_ONCE", 2)
    chosen = rated(1, 2, 3, 4, 1)
    assert excluded(chosen) == 5
    db.session.rollback()
    assert all(reader().scalars(sa.select(Rating.is_excluded)))
    entries = [row for row in offices.audit_trail(reader(), make.OFFICE) if row.action == "rating.exclude"]
    assert [row.detail["ratings"] for row in entries] == [5]


def test_a_stroke_has_its_ratings(any_app: Flask) -> None:
    first, *others = rated(1, 2, 3)
    excluded([first])
    excluded(others, now=LATER + timedelta(hours=1))
    db.session.rollback()
    newest, oldest = rating_queries.history(reader(), make.OFFICE, OCTOBER, 10)
    of = [rating_queries.of_stroke(reader(), make.OFFICE, OCTOBER, said.at) for said in (newest, oldest)]
    assert of == [set(others), {first}]


def test_statements_follow_the_ratings_by_five_hundreds(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excluding, "AT_ONCE", 4)
    counts = []
    for many in (4, 12):
        chosen = rated(*[1] * many)[-many:]
        asked = make.statements()
        excluded(chosen)
        counts.append(len(asked))
    assert counts[1] - counts[0] == 2
