"""Every CSV opens in a spreadsheet with its letters whole, and runs nothing."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core.csv_files import AT_ONCE, csv_parts


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("", ""),
        ("Désa", "Désa"),
        ("=1+1", "'=1+1"),
        ("@a", "'@a"),
        ("a,b", '"a,b"'),
        (-3, "-3"),
        (True, "ya"),
        (False, "tidak"),
        (Decimal("1E+2"), "100"),
        (date(2026, 10, 1), "2026-10-01"),
        (datetime(2026, 10, 1, 1, 2, tzinfo=UTC), "2026-10-01T01:02:00+00:00"),
    ],
)
def test_a_cell_is_written_so_that_anybody_can_read_it(cell: object, text: str) -> None:
    assert "".join(csv_parts(["satu", "=dua"], [["x", cell]])) == f"\ufeffsatu,'=dua\r\nx,{text}\r\n"


def test_a_long_file_has_its_mark_once_and_comes_in_pieces() -> None:
    parts = list(csv_parts(["n"], ([n] for n in range(AT_ONCE))))
    assert len(parts) == 2
    assert "".join(parts).count("\ufeff") == 1
    assert "".join(parts).splitlines()[-1] == str(AT_ONCE - 1)
