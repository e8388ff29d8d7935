"""The inbox: the nearest promise on top, filters that add up, pages that never skip or repeat, a fixed cost."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from complaints.desk import inbox_queries
from complaints.desk.inbox import Cursor, Filters, Group, Order
from complaints.desk.inbox_queries import Asked
from complaints.terms import Source, Status
from core.db import read_afresh
from core.ids import first_id
from tests import make
from tests.complaints import cases
from tests.complaints.submitting import send

TODAY = date(2026, 10, 20)
ME = UUID("01900000-0000-7000-8000-000000000001")


def asked(today: date = TODAY, me: UUID = ME) -> Asked:
    return Asked(make.OFFICE, me, today)


def numbers(group: Group = Group.OPEN, *, today: date = TODAY, me: UUID = ME, **filters: Any) -> list[str]:
    found = inbox_queries.page(read_afresh(), asked(today, me), Filters(group, **filters))
    return [row.number for row in found.rows]


def test_the_nearest_promise_is_on_top(any_app: Flask) -> None:
    days = [datetime(2026, 10, day, 3, tzinfo=make.START.tzinfo) for day in (7, 5, 6)]
    new, old, middle = (cases.case(now=day) for day in days)
    cases.act(old, "verify", now=days[0])  # its next promise is five working days away
    assert numbers() == [middle, new, old]


def test_each_report_is_in_its_groups_and_counted_there(any_app: Flask) -> None:
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
    counted = inbox_queries.counts(read_afresh(), make.OFFICE, today=TODAY)
    assert counted == {group: len(numbers(group)) for group in Group}


def test_a_promise_is_late_only_after_its_day(any_app: Flask) -> None:
    due = cases.report(cases.case()).due_on
    assert due is not None
    assert numbers(Group.LATE, today=due) == []
    assert len(numbers(Group.LATE, today=due + timedelta(days=1))) == 1


def test_every_filter_chooses_what_it_says(any_app: Flask) -> None:
    officer = cases.officer()
    plain = cases.case(village_code="35.09.23.2005")
    other = cases.case(
        now=make.START + timedelta(days=3), category_code="tawuran", village_code=None, source="patrol",
        description="Anak muda membawa parang",
    )  # fmt: skip
    cases.act(other, "verify")
    cases.act(other, "start", actor=officer)
    received = date(2026, 10, 4)
    for filters in (
        {"status": Status.IN_PROGRESS}, {"category": "tawuran"}, {"village": "belum-diketahui"},
        {"officer": str(officer)}, {"officer": "saya", "me": officer}, {"first": received}, {"source": Source.PATROL},
        {"urgent": True}, {"text": "membawa"}, {"text": "paran", "urgent": True},
    ):  # fmt: skip
        assert numbers(**filters) == [other], filters
    for filters in (
        {"status": Status.RECEIVED}, {"category": "kebisingan"}, {"village": "35.09.23.2005"},
        {"officer": "belum-ada"}, {"last": date(2026, 10, 3)}, {"source": Source.WEB}, {"text": "suco"},
    ):  # fmt: skip
        assert numbers(**filters) == [plain], filters
    assert numbers(village="tidak ada") == numbers(text="parang", category="jalan") == numbers(text="?") == []


@pytest.mark.parametrize("filters", [Filters(), Filters(Group.ALL), Filters(text="horeg"), Filters(urgent=False)])
def test_pages_neither_skip_nor_repeat(any_app: Flask, filters: Filters) -> None:
    expected = {cases.case(now=make.START + timedelta(days=n // 2)) for n in range(5)}
    seen: list[str] = []
    after: Cursor | None = None
    for _page in range(3):
        page = inbox_queries.page(read_afresh(), asked(), filters, after, most=2)
        seen += [row.number for row in page.rows]
        after = Cursor.parse(str(page.after), filters.order) if page.after else None
    assert after is None
    assert len(seen) == 5
    assert set(seen) == expected
    parts = inbox_queries.pages(read_afresh(), asked(), filters, most=2)
    assert [row.number for part in parts for row in part] == seen


def test_a_row_names_what_belongs_to_it(any_app: Flask) -> None:
    officer = cases.officer()
    number = cases.case(category_code="tawuran", village_code="35.09.23.2004", place="Perempatan")
    cases.act(number, "verify")
    cases.act(number, "start", actor=officer)
    row = inbox_queries.page(read_afresh(), asked(), Filters()).rows[0]
    assert (row.category, row.village, row.is_urgent) == ("Tawuran dan konflik warga", "Mumbulsari", True)
    assert row.assignee is not None
    assert row.version == 3


def test_what_is_new_is_counted_and_what_is_held_is_not(any_app: Flask) -> None:
    send()
    later = make.START + timedelta(minutes=5)
    send(now=later)
    send(now=later, category="tawuran")
    send(now=later, held_because="trap")
    assert inbox_queries.new_since(read_afresh(), make.OFFICE, first_id(later)) == (2, 1)


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize(
    "text",
    ["", "x", "2026-10-01_x", "31-12_01900000-0000-7000-8000-000000000000", "_", "9" * 30 + f"_{ME}", f"\u0663_{ME}"],
)
def test_a_cursor_that_cannot_be_read_is_the_first_page(text: str, order: Order) -> None:
    assert Cursor.parse(text, order) is None


def test_a_cursor_of_another_order_is_the_first_page() -> None:
    assert Cursor.parse(f"2026-10-01_{ME}", Order.NEWEST) is None
    assert Cursor.parse(f"_{ME}", Order.DUE) is None
