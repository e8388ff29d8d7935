"""Three times 24 hours, in words."""

from datetime import UTC, datetime, timedelta

import pytest

from offices.law.terms import STEPS, Step, clock, hours

DUE = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "done", "state", "words"),
    [
        (DUE - 72 * HOUR, None, "ok", "Sisa 3 hari"),
        (DUE - 51 * HOUR, None, "ok", "Sisa 2 hari 3 jam"),
        (DUE - 24 * HOUR, None, "soon", "Sisa 1 hari"),
        (DUE - HOUR / 2, None, "soon", "Sisa 30 menit"),
        (DUE, None, "soon", "Sisa 0 menit"),
        (DUE + HOUR, None, "late", "TERLAMBAT 1 jam"),
        (DUE + 99 * HOUR, DUE - HOUR, "none", "Tepat waktu"),
        (DUE + 99 * HOUR, DUE + 25 * HOUR, "late", "Terlambat 1 hari 1 jam"),
    ],
)
def test_the_clock_in_words(now: datetime, done: datetime | None, state: str, words: str) -> None:
    found = clock(DUE, done, now)
    assert (found.state, found.words) == (state, words)


def test_whole_days_are_not_told_with_no_hours() -> None:
    assert hours(timedelta(days=2, minutes=59)) == "2 hari"


def test_every_step_has_words() -> None:
    assert STEPS.keys() == set(Step)
