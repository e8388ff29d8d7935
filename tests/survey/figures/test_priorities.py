"""The three lowest elements, and what a better answer to each would make of the index."""

from decimal import Decimal

from survey.elements import ElementKey
from survey.figures.changes import Direction
from survey.figures.priorities import priorities
from survey.scores import Grade, Weight
from tests.survey.figures.figure_cases import Row, figures

#             U1 U2 U3 U4 U5 U6 U7 U8 U9
ROWS: list[Row] = [[2, 3, 3, 4, 3, 3, 4, 2, 3], [2, 2, 3, 4, 3, 3, 4, 3, 3]] * 6


def test_the_lowest_come_first_and_equals_in_official_order() -> None:
    found = priorities(figures(ROWS), None)
    assert [each.element for each in found] == [ElementKey.PERSYARATAN, ElementKey.PROSEDUR, ElementKey.PENGADUAN]
    assert [each.rank for each in found] == [9, 7, 7]
    assert [each.change for each in found] == [None] * 3


def test_an_element_says_what_it_lacks() -> None:
    first, second, _third = priorities(figures(ROWS), None)
    assert (first.index, first.grade, first.next_grade, first.gap) == (
        Decimal("50.00"), Grade.D, Grade.C, Decimal("15.00"),
    )  # fmt: skip
    assert (second.nrr, second.index, second.gap) == (Decimal("2.5000"), Decimal("62.50"), Decimal("2.50"))


def test_one_point_more_lifts_the_index_by_its_weight() -> None:
    now = figures(ROWS)
    assert now.whole.index == Decimal("75.00")
    assert (priorities(now, None)[0].raised.index, priorities(now, None)[0].raised.grade) == (
        Decimal("77.78"), Grade.B,
    )  # fmt: skip


def test_no_element_rises_above_four() -> None:
    found = priorities(figures([[4] * 9] * 3), None)
    assert {(each.raised.index, each.gap, each.next_grade) for each in found} == {(Decimal("100.00"), None, None)}


def test_another_weight_counts_there_too() -> None:
    assert priorities(figures(ROWS, Weight.parse("0.111")), None)[0].raised.index == Decimal("77.70")


def test_the_movement_is_that_of_the_element() -> None:
    better = [[4, *row[1:]] for row in ROWS]
    earlier = figures([[1 + n % 2, *row[1:]] for n, row in enumerate(ROWS)])
    found = priorities(figures(better), earlier)
    assert {each.element: each.change.direction for each in found if each.change} == {
        ElementKey.PROSEDUR: Direction.UNPROVEN,
        ElementKey.PENGADUAN: Direction.UNPROVEN,
        ElementKey.WAKTU: Direction.UNPROVEN,
    }
    worse = priorities(figures(ROWS), figures([[3 + n % 2, *row[1:]] for n, row in enumerate(ROWS)]))
    assert worse[0].change is not None
    assert worse[0].change.direction == Direction.DOWN
    assert worse[0].change.difference == Decimal("-37.50")


def test_nobody_asked_is_nothing_to_improve() -> None:
    assert priorities(figures([]), None) == []
