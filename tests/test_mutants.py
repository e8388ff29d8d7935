"""Common mistakes of other systems in the survey index: each fails a row of the table that the real function passes."""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pytest

from core.figures import half_up
from indicators.formulas import percent
from survey.scores import DEFAULT_WEIGHT, EMPTY, Tally, Weight, grade, ikm
from tests.expectations import INDEX_CASES, POOL_CASES, ROW_CASES, Row, figure
from tests.survey.given import counted

Figure = Decimal | None
Published = tuple[Figure, str | None]
Judge = Callable[[Tally], Published]


def total(tally: Tally) -> Fraction:
    """The mean of the nine element means."""
    return sum(tally.sums, Fraction(0)) / 9 / tally.respondents


# --- the index and its grade -------------------------------------------------------------


def publish(tally: Tally, weight: Weight = DEFAULT_WEIGHT, judge: Callable[[Decimal], str] = grade) -> Published:
    index = ikm(tally, weight)
    return index, None if index is None else judge(index)


def weighing(text: str) -> Judge:
    return lambda tally: publish(tally, Weight.parse(text))


def grading(judge: Callable[[Decimal], str]) -> Judge:
    return lambda tally: publish(tally, judge=judge)


def computing(index: Callable[[Tally], Decimal]) -> Judge:
    def judge(tally: Tally) -> Published:
        if not tally.respondents:
            return None, None
        value = index(tally)
        return value, grade(value)

    return judge


def rounding_means(places: int) -> Judge:
    def index(tally: Tally) -> Decimal:
        means = (Fraction(half_up(each / tally.respondents, places)) for each in tally.sums)
        return half_up(sum(means, Fraction(0)) / 9 * 25, 2)

    return computing(index)


def rounding_weighted(places: int) -> Judge:
    def index(tally: Tally) -> Decimal:
        weighted = (Fraction(half_up(each / tally.respondents / 9, places)) for each in tally.sums)
        return half_up(sum(weighted, Fraction(0)) * 25, 2)

    return computing(index)


def in_binary(tally: Tally) -> Decimal:
    return Decimal(f"{round(float(total(tally)) * 25, 2):.2f}")


def half_even(tally: Tally) -> Decimal:
    exact = Decimal((total(tally) * 25).numerator) / (total(tally) * 25).denominator
    return exact.quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def cut_off(tally: Tally) -> Decimal:
    return Decimal(int(total(tally) * 2500)) / 100


def steps(a: str, b: str, c: str) -> Callable[[Decimal], str]:
    def judge(index: Decimal) -> str:
        reached = (letter for least, letter in ((a, "A"), (b, "B"), (c, "C")) if index >= Decimal(least))
        return next(reached, "D")

    return judge


def none_as_zero(tally: Tally) -> Published:
    return publish(tally) if tally.respondents else (Decimal("0.00"), "D")


INDEX_MUTANTS: dict[str, Judge] = {
    "weight 0.11": weighing("0.11"),
    "weight 0.111 by default": weighing("0.111"),
    "NRR rounded to 2 before summing": rounding_means(2),
    "NRR rounded to 4 before summing": rounding_means(4),
    "weighted NRR rounded to 2 before summing": rounding_weighted(2),
    "weighted NRR rounded to 3 before summing": rounding_weighted(3),
    "weighted NRR rounded to 4 before summing": rounding_weighted(4),
    "binary floats": computing(in_binary),
    "ties to even": computing(half_even),
    "decimals cut off": computing(cut_off),
    "graded by the whole number": grading(lambda index: grade(Decimal(int(index)))),
    "graded by the nearest whole number": grading(lambda index: grade(half_up(index, 0))),
    "A from 83.3": grading(steps("83.3", "76.61", "65.00")),
    "B from 76.00": grading(steps("88.31", "76.00", "65.00")),
    "C from above 65": grading(steps("88.31", "76.61", "65.01")),
    "nobody asked is 0": none_as_zero,
}


def index_failures(judge: Judge) -> list[str]:
    return [case.name for case in INDEX_CASES if judge(case.tally) != (figure(case.ikm), case.grade)]


INDEX_CONTROLS: dict[str, Judge] = {
    "the real function": publish,
    "weight 1/9": weighing("1/9"),
    "the real thresholds": grading(steps("88.31", "76.61", "65.00")),
    "rounded at the end": computing(lambda tally: half_up(total(tally) * 25, 2)),
}


@pytest.mark.parametrize("control", INDEX_CONTROLS.values(), ids=INDEX_CONTROLS)
def test_the_index_is_right_in_every_row(control: Judge) -> None:
    assert index_failures(control) == []


@pytest.mark.parametrize("mutant", INDEX_MUTANTS.values(), ids=INDEX_MUTANTS)
def test_a_wrong_index_is_noticed(mutant: Judge) -> None:
    assert index_failures(mutant)


# --- missing answers ---------------------------------------------------------------------

Reader = Callable[[Sequence[Row]], Figure]


def missing_as(guess: int) -> Reader:
    def read(rows: Sequence[Row]) -> Figure:
        filled = [[each or guess for each in (*row, *(None,) * (9 - len(row)))] for row in rows]
        return percent(sum(map(sum, filled)), 36 * len(filled))

    return read


def missing_skipped(rows: Sequence[Row]) -> Figure:
    given = [each for row in rows for each in row if each]
    return percent(sum(given), 4 * len(given))


ROW_MUTANTS: dict[str, Reader] = {
    "missing answers as 0": missing_as(0),
    "missing answers as 1": missing_as(1),
    "missing answers as 3": missing_as(3),
    "missing answers left out one by one": missing_skipped,
}


def row_failures(read: Reader) -> list[object]:
    return [rows for rows, expected, _ in ROW_CASES if read(rows) != figure(expected)]


def test_invalid_rows_are_left_out_whole() -> None:
    assert row_failures(lambda rows: ikm(counted(rows)[0])) == []


@pytest.mark.parametrize("mutant", ROW_MUTANTS.values(), ids=ROW_MUTANTS)
def test_a_guessed_answer_is_noticed(mutant: Reader) -> None:
    assert row_failures(mutant)


# --- months and services -----------------------------------------------------------------

Pooler = Callable[[Sequence[Tally]], Figure]


def mean_of_months(parts: Sequence[Tally]) -> Figure:
    indexes = [index for index in map(ikm, parts) if index is not None]
    return half_up(sum(map(Fraction, indexes), Fraction(0)) / len(indexes), 2) if indexes else None


def last_month_only(parts: Sequence[Tally]) -> Figure:
    return ikm(parts[-1])


def pool_failures(pool: Pooler) -> list[object]:
    return [parts for parts, expected in POOL_CASES if pool(parts) != figure(expected)]


def test_a_period_is_right_in_every_row() -> None:
    assert pool_failures(lambda parts: ikm(sum(parts, EMPTY))) == []


@pytest.mark.parametrize("mutant", [mean_of_months, last_month_only])
def test_a_mean_of_months_is_noticed(mutant: Pooler) -> None:
    assert pool_failures(mutant)
