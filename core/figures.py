"""Exact rounding, and the two ways a figure is written: for people and for JSON."""

from decimal import Decimal
from fractions import Fraction
from math import floor

NO_FIGURE = "–"
_INDONESIAN = str.maketrans(",.", ".,")


def half_up(value: Fraction | Decimal | int, places: int) -> Decimal:
    """Round once, ties away from zero, to exactly `places` decimals.

    A binary float raises TypeError: 78.125 and its like are decided by luck there.
    """
    if isinstance(value, float):
        raise TypeError("a published figure is never a binary float")
    scaled = Fraction(value) * 10**places
    nearest = floor(abs(scaled) + Fraction(1, 2))
    # Built from text because Decimal arithmetic would cut at 28 digits.
    return Decimal(f"{nearest if scaled >= 0 else -nearest}E-{places}")


def printed(value: Decimal | int | None) -> str:
    """Indonesian figures: 78,74 and 1.234; "–" where there is none."""
    if value is None:
        return NO_FIGURE
    return f"{Decimal(value):,f}".translate(_INDONESIAN)


def decimal_string(value: Decimal | None) -> str | None:
    """Figures for programs: "78.74", never an exponent; None stays None."""
    return None if value is None else f"{value:f}"
