"""The inbox: the nearest promise on top, groups that add up, pages that never skip or repeat."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from complaints import desk_queries
from complaints.desk_queries import Cursor, Group
from core.db import db, read_afresh, reader
from core.errors import Missing
from tests import make
from tests.complaints import cases

TODAY = date(2026, 10, 20)


def numbers(group: Group = Group.OPEN, today: date = TODAY) -> list[str]:
    return [row.number for row in desk_queries.inbox(read_afresh(), make.OFFICE, group, today=today).rows]


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of the readers' database meanwhile."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield asked
    sa.event.remove(db.engine, "before_cursor_execute", note)


def test_the_nearest_promise_is_on_top(any_app: Flask) -> None:
    days = [datetime(2026, 10, day, 3, tzinfo=make.START.tzinfo) for day in (7, 5, 6)]
    new, old, middle = (cases.case(now=day) for day in days)
    cases.act(old, "verify", now=days[0])  # its next promise is five working days away
    assert numbers() == [middle, new, old]


def test_each_report_is_in_its_groups(any_app: Flask) -> None:
    late = cases.case(now=make.START)
    on_time = cases.case(now=datetime(2026, 10, 19, tzinfo=make.START.tzinfo))
    held, settled, excluded = cases.case(is_held=True), cases.settled(), cases.case()
    cases.act(excluded, "exclude")
    assert numbers(Group.OPEN) == [late, on_time]
    assert numbers(Group.LATE) == [late]
    assert numbers(Group.HELD) == [held]
    assert numbers(Group.SETTLED) == [settled]
    assert numbers(Group.EXCLUDED) == [excluded]
    assert set(numbers(Group.ALL)) == {late, on_time, held, settled, excluded}


def test_the_counts_are_those_of_the_groups(any_app: Flask) -> None:
    cases.settled()
    cases.case()
    cases.case(is_held=True)
    counted = desk_queries.counts(read_afresh(), make.OFFICE, today=TODAY)
    assert counted == {group: len(numbers(group)) for group in Group}


def test_a_promise_is_late_only_after_its_day(any_app: Flask) -> None:
    due = cases.report(cases.case()).due_on
    assert due is not None
    assert numbers(Group.LATE, due) == []
    assert len(numbers(Group.LATE, due + timedelta(days=1))) == 1


@pytest.mark.parametrize("group", [Group.OPEN, Group.ALL])
def test_pages_neither_skip_nor_repeat(any_app: Flask, monkeypatch: pytest.MonkeyPatch, group: Group) -> None:
    monkeypatch.setattr(desk_queries, "PAGE", 2)
    expected = {cases.case(now=make.START + timedelta(days=n // 2)) for n in range(5)}
    seen: list[str] = []
    after: Cursor | None = None
    for _page in range(3):
        page = desk_queries.inbox(read_afresh(), make.OFFICE, group, after=after, today=TODAY)
        seen += [row.number for row in page.rows]
        after = Cursor.parse(str(page.after)) if page.after else None
    assert after is None
    assert len(seen) == 5
    assert set(seen) == expected


def test_reading_the_inbox_costs_the_same_for_any_number(any_app: Flask) -> None:
    costs = []
    for more in (1, 4):
        for _n in range(more):
            cases.settled()
        read_afresh()
        with statements() as asked:
            desk_queries.inbox(reader(), make.OFFICE, Group.ALL, today=TODAY)
            desk_queries.counts(reader(), make.OFFICE, today=TODAY)
        costs.append(len([text for text in asked if text.startswith("SELECT")]))
    assert costs == [2, 2]


def test_a_row_names_what_belongs_to_it(any_app: Flask) -> None:
    officer = cases.officer()
    number = cases.case(category_code="tawuran", village_code="35.09.23.2004", place="Perempatan")
    cases.act(number, "verify")
    cases.act(number, "start", actor=officer)
    row = desk_queries.inbox(read_afresh(), make.OFFICE, today=TODAY).rows[0]
    assert (row.category, row.village, row.is_urgent) == ("Tawuran dan konflik warga", "Mumbulsari", True)
    assert row.assignee == desk_queries.staff_names(reader(), make.OFFICE)[officer]


def test_a_number_is_found_in_any_case_in_its_office_alone(any_app: Flask) -> None:
    number = cases.case()
    assert desk_queries.for_staff(reader(), make.OFFICE, f" {number.lower()}").number == number
    with pytest.raises(Missing):
        desk_queries.for_staff(reader(), make.OFFICE + 1, number)


def test_reports_are_given_to_active_officers_alone(any_app: Flask) -> None:
    officer, _head = cases.officer(), cases.officer("head")
    assert [who.id for who in desk_queries.assignable(reader(), make.OFFICE)] == [officer]


@pytest.mark.parametrize("text", ["", "x", "2026-10-01_x", "31-12_01900000-0000-7000-8000-000000000000"])
def test_a_cursor_that_cannot_be_read_is_the_first_page(text: str) -> None:
    assert Cursor.parse(text) is None
