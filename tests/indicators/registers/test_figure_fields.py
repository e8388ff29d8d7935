"""Figures as people type them."""

from decimal import Decimal

import pytest
from flask import Flask

from indicators.registers.figure_fields import read_figure
from indicators.registers.naming import trimmed, typed

READ = {
    "12,5": "12.5", "12.5": "12.5", "0": "0", "78,50": "78.50", "0.125": "0.125", "-2,5": "-2.5", "1,2505": "1.2505",
    "1.250,5": "1250.5", "1.250.000": "1250000", "12.500.000,75": "12500000.75", "1250": "1250",
    "2," + "0" * 40: "2",
}  # fmt: skip
UNREAD = [
    "",
    "abc",
    "1.250",
    "12.500",
    "1,2,3",
    "1.25.0",
    "1e3",
    "NaN",
    "٣",
    "1,23456",
    "9" * 13,
    "1" * 40,
    "0," + "1" * 40,
    "--1",
    ",5",
]


@pytest.mark.parametrize(("text", "figure"), READ.items())
def test_a_figure_is_read_exactly(app: Flask, text: str, figure: str) -> None:
    assert read_figure(text, 4) == Decimal(figure)


@pytest.mark.parametrize("text", UNREAD)
def test_what_is_no_clear_figure_is_refused(app: Flask, text: str) -> None:
    with app.test_request_context(), pytest.raises(ValueError, match=r"angka|ribuan|besar"):
        read_figure(text, 4)


@pytest.mark.parametrize(
    ("figure", "shown", "again"),
    [("12.5000", "12,5", "12,5"), ("100.0000", "100", "100"), ("1250.5", "1.250,5", "1250,5"), ("0.00", "0", "0")],
)
def test_a_figure_is_shown_without_noughts_and_typed_without_dots(figure: str, shown: str, again: str) -> None:
    assert trimmed(Decimal(figure)) == shown
    assert typed(Decimal(figure)) == again
