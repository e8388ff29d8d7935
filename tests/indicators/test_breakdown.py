"""The lower half of the monthly page: equal from the night and as of its moment, and adding up to the upper half."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from core.calendar import WIB
from core.db import db, reader
from core.periods import Period
from indicators import nightly, rows
from indicators.months import breakdown, open_cases, storing, whole
from indicators.months.breakdown_parts import Breakdown, Group, OpenCases
from indicators.months.open_cases import OpenReport, nearest_rank
from indicators.months.whole import Whole
from indicators.rows import Behind, Counted, Only
from offices import queries as offices
from tests import make
from tests.complaints import cases

PERIODS = ("2026-10", "2026-09", "2026-TW4", "2026-S2", "2026")
OCTOBER = Period.parse("2026-10")
FIRST = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)  # a Thursday
NIGHT = datetime(2026, 11, 10, 17, 30, tzinfo=UTC)
SUCO = "35.09.23.2005"


def handled(number: str, *steps: str, actor: object, at: datetime) -> None:
    for hours, step in enumerate(steps, 1):
        cases.act(number, step, actor=actor, now=at + timedelta(hours=hours))  # type: ignore[arg-type]


def lively() -> tuple[str, str]:
    """Two months of reports of every fate, handled by two officers, some of it after October; their ids."""
    budi, siti = cases.officer(), cases.officer()
    old = cases.case(now=FIRST - timedelta(days=20), village_code=SUCO)
    handled(old, "verify", "assign", actor=budi, at=FIRST - timedelta(days=18))
    for days, village in ((0, SUCO), (1, SUCO), (2, None)):
        case = cases.case(now=FIRST + timedelta(days=days), village_code=village, category_code="jalan")
        handled(case, "verify", "start", "settle", actor=siti, at=FIRST + timedelta(days=days))
    reopened = cases.case(now=FIRST)
    handled(reopened, "verify", "start", "settle", actor=budi, at=FIRST)
    handled(reopened, "reopen", actor=siti, at=FIRST + timedelta(days=3))
    handled(cases.case(now=FIRST, category_code="sungai"), "exclude", actor=budi, at=FIRST)
    asked = cases.case(now=FIRST + timedelta(days=20))
    handled(asked, "ask", actor=siti, at=FIRST + timedelta(days=21))
    cases.case(now=FIRST + timedelta(days=25))
    moved = cases.case(now=FIRST + timedelta(days=5))
    handled(moved, "verify", "start", "settle", actor=budi, at=datetime(2026, 11, 3, 3, 0, tzinfo=UTC))
    for answer, service, days in ((2, "ktp", 0), (3, "ktp", 1), (4, "trantib", -20), (3, "trantib", -21)):
        make.rating(answer=answer, service=service, suggestion="Antre lama", now=FIRST + timedelta(days=days))
    return str(budi), str(siti)


def night(at: datetime = NIGHT) -> None:
    nightly.run_now(lambda: at, nightly.recount_all)
    db.session.rollback()


def built(period: str = "2026-10", as_of: datetime | None = None) -> Whole:
    db.session.rollback()
    return whole.build(reader(), offices.office(reader(), make.OFFICE), Period.parse(period), as_of)


def test_the_night_and_a_count_as_of_it_say_the_same_and_it_adds_up(any_app: Flask) -> None:
    lively()
    night()
    cases.act(
        cases.case(now=NIGHT + timedelta(hours=1)), "exclude", now=NIGHT + timedelta(hours=2)
    )  # neither may see this
    for period in PERIODS:
        found = built(period)
        assert found.breakdown == built(period, NIGHT).breakdown
        order, below = found.summary.order, found.breakdown
        for parts in (below.categories, below.villages):
            assert sum(part.settlement.received for part in parts) == order.settlement.received
            assert sum(part.settlement.settled for part in parts) == order.settlement.settled
            assert sum(part.settlement.disputed for part in parts) == order.settlement.disputed
            assert sum(part.excluded for part in parts) == sum(order.excluded.values())
        assert sum(officer.settled for officer in below.officers) == order.settlement.settled
        assert sum(officer.open for officer in below.officers) == order.flow.closing == below.open.count


def test_what_stood_at_the_months_end_is_not_what_stands_now(any_app: Flask) -> None:
    budi, siti = lively()
    night()
    at_end = built(as_of=datetime(2026, 11, 1, tzinfo=WIB)).breakdown
    assert at_end == built().breakdown
    assert at_end.open == OpenCases(count=5, late=3, unanswered=2, waiting=1, p50=18, p90=35)
    assert {each.staff_id: (each.settled, each.open, each.late) for each in at_end.officers} == {
        siti: (3, 1, 0),
        budi: (0, 2, 2),
        "": (0, 2, 1),
    }


def test_every_part_opens_exactly_its_reports(any_app: Flask) -> None:
    lively()
    night()
    counted = Counted(make.OFFICE, NIGHT, patrol=False)
    for period in map(Period.parse, ("2026-10", "2026")):
        below = built(str(period)).breakdown

        def count(figure: Behind, only: Only, period: Period = period) -> int:
            return len(rows.behind(reader(), counted, period, figure, only))

        for part in below.categories:
            assert count(Behind.RECEIVED, Only(category=part.code)) == part.settlement.received
            assert count(Behind.SETTLED, Only(category=part.code)) == part.settlement.settled
            assert count(Behind.EXCLUDED, Only(category=part.code)) == part.excluded
        for part in below.villages:
            assert count(Behind.RECEIVED, Only(village=part.code)) == part.settlement.received
            assert count(Behind.UNSETTLED, Only(village=part.code)) == part.settlement.unsettled
        for each in below.officers:
            assert count(Behind.SETTLED, Only(settler=each.staff_id)) == each.settled


def test_a_category_is_the_one_that_the_report_had(any_app: Flask) -> None:
    number = cases.case(now=FIRST, category_code="jalan")
    night()
    cases.act(number, "recategorise", category="sungai", now=NIGHT + timedelta(hours=1))
    assert [part.code for part in built(as_of=NIGHT).breakdown.categories] == ["jalan"]
    night(NIGHT + timedelta(hours=2))
    assert [part.code for part in built().breakdown.categories] == ["sungai"]
    assert [part.code for part in built(as_of=NIGHT).breakdown.categories] == ["jalan"]


def test_waiting_for_the_resident_puts_off_what_is_late(any_app: Flask) -> None:
    for steps in (("verify",), ("ask",)):
        handled(cases.case(now=FIRST), *steps, actor=cases.officer(), at=FIRST)
    night()
    found = open_cases.open_reports(reader(), Counted(make.OFFICE, NIGHT, patrol=False), OCTOBER)
    assert sorted((each.due, each.is_late) for each in found) == [
        (date(2026, 10, 21), True),
        (date(2026, 11, 4), False),
    ]


def test_a_due_day_that_was_moved_later_was_not_moved_yet(any_app: Flask) -> None:
    number = cases.case(now=FIRST)
    handled(number, "ask", "resume", actor=cases.officer(), at=datetime(2026, 11, 2, 3, 0, tzinfo=UTC))
    night()
    (october,) = open_cases.open_reports(reader(), Counted(make.OFFICE, NIGHT, patrol=False), OCTOBER)
    assert (october.due, october.is_waiting) == (date(2026, 10, 21), False)


def test_sections_and_what_changed_for_certain(any_app: Flask) -> None:
    for month, answers in ((9, (1, 2, 1, 2)), (10, (3, 4, 3, 4))):
        for answer in answers:
            make.rating(answer=answer, service="ktp", now=FIRST.replace(month=month))
    make.rating(answer=3, service="trantib", now=FIRST)
    night()
    below = built().breakdown
    assert [(each.key, each.index.respondents) for each in below.sections] == [("pelayanan-umum", 4), ("trantib", 1)]
    proven = {(each.group, each.code) for each in below.changes.proven}
    assert {(Group.SERVICE, "ktp"), (Group.SECTION, "pelayanan-umum"), (Group.ELEMENT, "waktu")} <= proven
    assert all(each.change.direction.value == "naik" for each in below.changes.proven)
    assert below.changes.compared == 11


def test_suggestions_and_oversight_are_counted(any_app: Flask) -> None:
    lively()
    night()
    below = built("2026").breakdown
    assert below.suggestions == 4
    assert below.oversight.hasty == 0
    assert built("2026-10").breakdown.suggestions == 2


def test_a_whole_is_stored_and_read_again(app: Flask) -> None:
    lively()
    night()
    found = built()
    text = storing.text_of(found)
    assert storing.value_of(text, Whole) == found
    assert storing.text_of(storing.value_of(text, Whole)) == text


def test_nothing_is_told_before_the_first_night(app: Flask) -> None:
    lively()
    assert breakdown.build(reader(), offices.office(reader(), make.OFFICE), OCTOBER) == Breakdown()


def test_more_data_asks_no_more(any_app: Flask) -> None:
    asked = make.statements()
    lively()
    night()
    asked.clear()
    built("2026-10")
    few = len(asked)
    lively()
    night()
    asked.clear()
    built("2026")
    assert len(asked) == few <= 52


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [([], 50, None), ([7], 90, 7), ([1, 2], 50, 1), ([1, 2, 3], 50, 2), (list(range(1, 11)), 90, 9)],
)
def test_the_nearest_rank(values: list[int], percent: int, expected: int | None) -> None:
    assert nearest_rank(values, percent) == expected


def test_open_cases_are_summed() -> None:
    one = OpenReport("TRB-1", date(2026, 10, 1), "jalan", "", "", date(2026, 10, 21), 4, True, False, True)
    assert open_cases.summed([one]) == OpenCases(1, 1, 0, 1, 4, 4)
