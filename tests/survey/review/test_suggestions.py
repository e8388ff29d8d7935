"""Suggestions: listed, searched, marked, and told in a report."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from core.calendar import Month
from core.db import db, reader
from core.errors import Missing, Refused
from core.periods import Period
from offices.audit_models import AuditEntry
from survey.models import Rating
from survey.review import queries, suggestion_queries, suggestions
from survey.review.asking import Cursor, Filters
from survey.review.suggestions import Marking
from survey.review.terms import State
from tests import make
from tests.survey.review import planning

NOW = make.START
MONTH = Month(2026, 10)
PERIOD = Period.parse("2026-S2")
SIGNED: dict[str, Any] = {"office_id": make.OFFICE, "by": "sekcam@mumbulsari.example", "now": NOW}


def said(*texts: str, **values: Any) -> list[UUID]:
    """Suggestions, a day apart; their ids in that order."""
    for n, text in enumerate(texts):
        make.rating(suggestion=text, now=NOW + timedelta(days=n), **values)
    db.session.rollback()
    ids = {row.suggestion: row.id for row in reader().scalars(sa.select(Rating))}
    return [ids[text] for text in texts]


def marked(rating_ids: list[UUID], **values: Any) -> int:
    return suggestions.mark(rating_ids=rating_ids, marking=Marking(**values), **SIGNED)


def listed(after: Any = None, **asked: str) -> list[str]:
    db.session.rollback()
    found = suggestion_queries.page(reader(), make.OFFICE, Filters.parse(asked, MONTH), after)
    return [row.words for row in found.rows]


def test_the_newest_is_on_top_and_every_page_is_whole(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestion_queries, "PAGE", 2)
    said("satu", "dua", "tiga", "empat", "lima")
    make.rating(now=NOW + timedelta(days=9))  # says nothing
    first = suggestion_queries.page(reader(), make.OFFICE, Filters.parse({}, MONTH))
    second = suggestion_queries.page(reader(), make.OFFICE, Filters.parse({}, MONTH), first.after)
    assert [row.words for row in (*first.rows, *second.rows)] == ["lima", "empat", "tiga", "dua"]
    assert Cursor.parse(str(second.after)) == second.after
    assert listed(second.after) == ["satu"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"cari": "ANTRE lama"}, ["Antrenya lama sekali"]),
        ({"cari": "100%"}, ["Puas 100% pokoknya"]),
        ({"cari": "10_%"}, []),
        ({"layanan": "kk"}, []),
        ({"periode": "2026-S1"}, []),
        ({"periode": "kapan?", "tema": "apa?", "keadaan": "?"}, ["Puas 100% pokoknya", "Antrenya lama sekali"]),
        ({"tema": "waktu"}, ["Antrenya lama sekali"]),
        ({"tema": "belum"}, ["Puas 100% pokoknya"]),
        ({"keadaan": "ditangani"}, ["Antrenya lama sekali"]),
    ],
)
def test_it_finds_what_is_asked_for(any_app: Flask, asked: dict[str, str], found: list[str]) -> None:
    first, _second = said("Antrenya lama sekali", "Puas 100% pokoknya")
    marked([first], theme="waktu", state=State.HANDLED)
    assert listed(**asked) == found


def test_a_mark_changes_only_what_it_names(any_app: Flask) -> None:
    (rating_id,) = said("Antrenya lama sekali")
    plan = planning.added(period="2026-S2")
    marked([rating_id], theme="waktu", follow_up_id=plan)
    assert marked([rating_id], state=State.HIDDEN, reason="Menyebut nama orang") == 1
    db.session.rollback()
    found = suggestion_queries.suggestion(reader(), make.OFFICE, rating_id)
    assert (found.theme, found.state, found.reason) == ("waktu", State.HIDDEN, "Menyebut nama orang")
    assert suggestion_queries.of_follow_ups(reader(), make.OFFICE, [plan]) == {plan: 1}
    assert (listed(), listed(keadaan="disembunyikan")) == ([], ["Antrenya lama sekali"])
    marked([rating_id], state=State.OPEN, unlink=True)
    db.session.rollback()
    found = suggestion_queries.suggestion(reader(), make.OFFICE, rating_id)
    assert (found.state, found.reason, found.follow_up_id) == (State.OPEN, "", None)
    details = reader().scalars(sa.select(AuditEntry.detail).filter_by(action="suggestion.mark"))
    assert [detail["suggestions"] for detail in details] == [1, 1, 1]


@pytest.mark.parametrize(
    "values", [{}, {"theme": "cuaca"}, {"state": State.HIDDEN}, {"state": State.HIDDEN, "reason": ""}]
)
def test_a_mark_must_say_what_and_why(app: Flask, values: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        marked([UUID(int=1)], **values)


def test_another_offices_suggestion_is_missing(any_app: Flask) -> None:
    (rating_id,) = said("Antrenya lama sekali")
    with pytest.raises(Missing):
        suggestion_queries.suggestion(reader(), 2, rating_id)
    marking = Marking(theme="waktu")
    assert suggestions.mark(rating_ids=[rating_id], marking=marking, **{**SIGNED, "office_id": 2}) == 0


def test_a_report_counts_themes_and_tells_of_each_in_turn(any_app: Flask) -> None:
    texts = (
        "Antre lama",
        "Lama menunggu",
        "Parkir sempit",
        "Petugas kasar bernama X",
        "-",
        "ANTRE LAMA",
        "Tambah kursi",
    )
    long, wait, park, rude, *_others = said(*texts)
    said("Titipan kawan sekantor", is_excluded=True)
    marked([long, wait], theme="waktu")
    marked([long], state=State.HANDLED)
    marked([park], theme="sarana")
    marked([rude], state=State.HIDDEN, reason="Menyebut nama")
    db.session.rollback()
    assert queries.themes(reader(), make.OFFICE, PERIOD) == [
        ("Waktu Penyelesaian", 2, 1), ("Sarana dan Prasarana", 1, 0), ("Belum dikelompokkan", 3, 0),
    ]  # fmt: skip
    assert queries.for_report(reader(), make.OFFICE, PERIOD, 4) == [
        "Parkir sempit", "Lama menunggu", "Antre lama", "Tambah kursi",
    ]  # fmt: skip
    assert suggestion_queries.tally(reader(), make.OFFICE, PERIOD).states == {
        State.OPEN: 6, State.HANDLED: 1, State.HIDDEN: 1,
    }  # fmt: skip
