"""Numbers and days in official words."""

from datetime import date

import pytest

from core.spelling import spelled, spelled_day


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"), (10, "sepuluh"), (11, "sebelas"), (12, "dua belas"), (20, "dua puluh"), (31, "tiga puluh satu"),
        (100, "seratus"), (111, "seratus sebelas"), (1000, "seribu"), (2026, "dua ribu dua puluh enam"),
        (9999, "sembilan ribu sembilan ratus sembilan puluh sembilan"),
    ],
)  # fmt: skip
def test_a_number_is_spelled(number: int, words: str) -> None:
    assert spelled(number) == words


@pytest.mark.parametrize("number", [-1, 10_000])
def test_other_numbers_are_not(number: int) -> None:
    with pytest.raises(ValueError, match="0 to 9999"):
        spelled(number)


def test_a_day_is_spelled() -> None:
    day = date(2026, 11, 22)
    assert spelled_day(day) == "Minggu tanggal dua puluh dua bulan November tahun dua ribu dua puluh enam"
