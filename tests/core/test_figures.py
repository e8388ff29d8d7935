"""Exact rounding and printing."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.figures import decimal_string, half_up, printed


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(625, 8), 2, "78.13"),
        (Decimal("88.305"), 2, "88.31"),
        (Decimal("76.605"), 2, "76.61"),
        (Decimal("64.995"), 2, "65.00"),
        (Decimal("64.99499"), 2, "64.99"),
        (Fraction(2, 3), 4, "0.6667"),
        (Fraction(5, 2), 0, "3"),
        (7, 2, "7.00"),
        (0, 2, "0.00"),
        (Decimal("-0.125"), 2, "-0.13"),
        (10**40 + 1, 1, f"{10**40 + 1}.0"),
    ],
)
def test_rounds_ties_away_from_zero_and_keeps_the_places(
    value: Fraction | Decimal | int, places: int, expected: str
) -> None:
    assert str(half_up(value, places)) == expected


@given(st.decimals("-1000", "1000", places=6), st.integers(0, 5))
def test_agrees_with_the_standard_library(value: Decimal, places: int) -> None:
    assert half_up(value, places) == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def test_a_binary_float_is_no_figure() -> None:
    with pytest.raises(TypeError):
        half_up(78.125, 2)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("78.74"), "78,74"),
        (Decimal("100.00"), "100,00"),
        (Decimal("1234567.50"), "1.234.567,50"),
        (1234, "1.234"),
        (999, "999"),
        (0, "0"),
        (-1234, "-1.234"),
        (10**18 + 1, "1.000.000.000.000.000.001"),
        (Decimal("1E+3"), "1.000"),
        (None, "–"),
    ],
)
def test_prints_as_indonesians_write(value: Decimal | int | None, expected: str) -> None:
    assert printed(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Decimal("78.74"), "78.74"), (Decimal("0.00"), "0.00"), (Decimal("1E+3"), "1000"), (None, None)],
)
def test_json_gets_a_plain_decimal_string(value: Decimal | None, expected: str | None) -> None:
    assert decimal_string(value) == expected
