"""Survey arithmetic on worked figures."""

import csv
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from core.errors import Refused
from survey.elements import OFFICIAL_ORDER, ElementKey
from survey.scores import (
    DEFAULT_WEIGHT,
    EMPTY,
    GRADE_BANDS,
    ElementScore,
    Grade,
    Tally,
    Weight,
    element_scores,
    grade,
    ikm,
    is_sample_enough,
    nrr,
    ranks,
    sample_needed,
    weakest,
)
from tests.expectations import (
    INDEX_CASES,
    POOL_CASES,
    ROW_CASES,
    SAMPLE_CASES,
    SEKADAU,
    SEKADAU_FILE,
    IndexCase,
    Row,
    figure,
    spread,
)
from tests.survey.given import counted


@pytest.mark.parametrize("case", INDEX_CASES, ids=lambda case: case.name)
def test_index_and_grade(case: IndexCase) -> None:
    index = ikm(case.tally)
    assert index == figure(case.ikm)
    assert (index is None) == (case.grade is None)
    assert index is None or grade(index) == case.grade


@pytest.mark.parametrize(("rows", "expected", "invalid"), ROW_CASES)
def test_an_incomplete_row_is_invalid_and_counted(rows: tuple[Row, ...], expected: str | None, invalid: int) -> None:
    tally, rejected = counted(rows)
    assert (ikm(tally), rejected) == (figure(expected), invalid)
    assert tally.respondents == len(rows) - invalid


@pytest.mark.parametrize(("parts", "expected"), POOL_CASES)
def test_a_longer_period_pools_its_respondents(parts: tuple[Tally, ...], expected: str | None) -> None:
    assert ikm(sum(parts, EMPTY)) == figure(expected)


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        ("100.00", Grade.A),
        ("88.31", Grade.A),
        ("88.305", Grade.A),
        ("88.30", Grade.B),
        ("76.61", Grade.B),
        ("76.605", Grade.B),
        ("76.60", Grade.C),
        ("65.00", Grade.C),
        ("64.995", Grade.C),
        ("64.99", Grade.D),
        ("25.00", Grade.D),
        ("24.98", Grade.D),  # an old sheet's weight 0.111 goes under 25
    ],
)
def test_grade_thresholds(index: str, expected: Grade) -> None:
    assert grade(Decimal(index)) == expected


@pytest.mark.parametrize(
    ("mean", "expected"),
    [("2.5996", "D"), ("2.60", "C"), ("3.064", "C"), ("3.0644", "B"), ("3.532", "B"), ("3.5324", "A")],
)
def test_an_element_is_graded_by_the_same_scale(mean: str, expected: str) -> None:
    assert grade(Fraction(mean) * 25) == expected


def test_the_grade_intervals_leave_no_gap() -> None:
    for higher, lower in pairwise(GRADE_BANDS):
        assert higher.lowest - lower.highest == Decimal("0.01")
    assert [grade(band.highest) for band in GRADE_BANDS] == [band.grade for band in GRADE_BANDS]


def test_grades_have_their_words() -> None:
    assert [each.label for each in Grade] == ["Sangat baik", "Baik", "Kurang baik", "Tidak baik"]


@pytest.mark.parametrize(
    ("text", "value", "name"),
    [
        ("1/9", Fraction(1, 9), "1/9"),
        (" 2/18 ", Fraction(1, 9), "1/9"),
        ("0.111", Fraction(111, 1000), "0.111"),
        ("0,11", Fraction(11, 100), "0.11"),
        ("1/10", Fraction(1, 10), "0.1"),
    ],
)
def test_a_weight_is_exact_and_names_itself(text: str, value: Fraction, name: str) -> None:
    weight = Weight.parse(text)
    assert (weight.value, str(weight)) == (value, name)


@pytest.mark.parametrize(
    "text",
    ["", "x", "1/0", "0", "0.0", "1", "0.112", "-1/9", "1e-1", "1/9/9", "0.1.1", "nan", "٠.١", "0.\x001", "1" * 10**6],
)
def test_any_other_weight_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        Weight.parse(text)


def test_an_old_sheet_can_be_matched_by_its_weight() -> None:
    assert ikm(SEKADAU, Weight.parse("0.111")) == Decimal("78.66")
    assert str(DEFAULT_WEIGHT) == "1/9"


def test_the_element_table_of_a_published_sheet() -> None:
    first, *_, last = element_scores(SEKADAU)
    expected = (138, Decimal("2.8163"), Decimal("0.3129"), Decimal("70.41"), Grade.C, 9)
    assert first == ElementScore(ElementKey.PERSYARATAN, *expected)
    assert (last.key, last.sum, last.rank) == (ElementKey.SARANA, 159, 4)


def test_equal_elements_share_the_better_rank() -> None:
    assert [score.rank for score in element_scores(SEKADAU)] == [9, 8, 6, 1, 4, 2, 3, 7, 4]
    assert ranks([Fraction(3), Fraction(1), Fraction(3), Fraction(2)]) == (1, 4, 1, 3)


def test_the_three_weakest_come_lowest_first() -> None:
    keys = [score.key for score in weakest(element_scores(SEKADAU))]
    assert keys == [ElementKey.PERSYARATAN, ElementKey.PROSEDUR, ElementKey.PENGADUAN]
    assert [score.key for score in weakest(element_scores(spread(2, 36)), 2)] == list(OFFICIAL_ORDER[:2])


def test_without_respondents_there_is_nothing_to_print() -> None:
    assert nrr(EMPTY) is None
    assert {(line.sum, line.nrr, line.weighted, line.grade, line.rank) for line in element_scores(EMPTY)} == {
        (0, None, None, None, None)
    }
    assert weakest(element_scores(EMPTY)) == ()


def test_several_items_of_an_element_are_averaged_inside_it() -> None:
    one_item = dict.fromkeys(OFFICIAL_ORDER, 1)
    sums = dict.fromkeys(OFFICIAL_ORDER, 6) | {ElementKey.WAKTU: 20}
    tally = Tally.from_items(2, sums, one_item | {ElementKey.WAKTU: 3})
    assert ikm(tally) == Decimal("75.93")  # (8 × 3 + 10/3) ÷ 9 × 25
    assert element_scores(tally)[2].sum == Decimal("6.67")


@pytest.mark.parametrize(("respondents", "sums"), [(1, (5,) * 9), (2, (1,) * 9), (0, (1,) * 9), (1, (1,) * 8)])
def test_impossible_sums_are_a_bug(respondents: int, sums: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="sum"):
        Tally(respondents, tuple(map(Fraction, sums)))


@pytest.mark.parametrize(("service_users", "needed"), SAMPLE_CASES)
def test_sample_size_needed(service_users: int, needed: int) -> None:
    assert sample_needed(service_users) == needed


def test_a_sample_is_enough_from_the_size_needed() -> None:
    assert is_sample_enough(80, 80) is True
    assert is_sample_enough(79, 80) is False
    assert is_sample_enough(79, None) is None


@pytest.mark.skipif(not SEKADAU_FILE.exists(), reason="the published sheet is kept beside the project")
@pytest.mark.parametrize(("respondents", "expected"), [(10, "78.89"), (30, "78.24"), (49, "78.74")])
def test_a_published_sheet_row_by_row(respondents: int, expected: str) -> None:
    with SEKADAU_FILE.open(newline="") as sheet:
        rows = [[int(line[f"u{place}"]) for place in range(1, 10)] for line in csv.DictReader(sheet)]
    tally, invalid = counted(rows[:respondents])
    assert (ikm(tally), invalid) == (Decimal(expected), 0)
    assert respondents < 49 or tally == SEKADAU
