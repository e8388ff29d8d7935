"""Any month as it stood at any moment: what was counted then comes out again, whatever was recorded since."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.indicators.locks.recorded import ACTS, Step, World

KINDS = sorted(ACTS)
# Most of what happens in an office is a rating, a report, or work on one.
OFTEN = ["rate", "rate", "report", "report", "move", "move", "work", "work", "answer"]
STEPS = st.lists(
    st.tuples(st.sampled_from([*KINDS, *OFTEN, "night"]), st.integers(0, 9), st.integers(0, 9)), min_size=8, max_size=40
)
IN_A_YEAR = [*(kind for kind in KINDS if kind != "lock"), *OFTEN]
QUARTERS: Iterator[int] = count()
LONG_AGO = datetime(2026, 1, 5, 2, tzinfo=UTC)
CALM = settings(
    max_examples=5,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@CALM
@given(steps=STEPS)
def test_as_of_any_moment_is_what_was_counted_then(any_app: Flask, tmp_path: Path, steps: list[Step]) -> None:
    world = World(any_app, tmp_path, LONG_AGO + timedelta(days=100) * next(QUARTERS))
    for number, (act, a, b) in enumerate(steps):
        world.later(5 + 17 * ((a + b) % 4))
        if act == "night" or number == len(steps) // 2:
            world.count(everything=b == 0)
        else:
            world.step(act, a, b)
    world.count()
    assert world.forgotten() == []


def test_every_month_end_of_a_year_comes_out_again(app: Flask, tmp_path: Path) -> None:
    """Day by day with its nights; the weather is the same each time."""
    chance = random.Random(35_09_23)
    world = World(app, tmp_path, datetime(2028, 1, 1, 1, tzinfo=UTC))
    while world.now.date() < date(2029, 1, 2):
        for _each in range(chance.randrange(2)):
            world.later(1)
            world.step(chance.choice(IN_A_YEAR), chance.randrange(10), chance.randrange(10))
        world.now = world.now.replace(hour=17, minute=30)  # 00.30 WIB
        night(world)
        world.now = world.now.replace(hour=1, minute=0) + timedelta(days=1)
    assert len(world.seen) == 12
    assert world.forgotten() == []


def night(world: World) -> None:
    """That of the first of a month counts what the month was."""
    is_first = (world.now + timedelta(hours=7)).day == 1
    if is_first:
        world.count(months=2)
        world.seen.pop(-2)  # the month that has just begun
    else:
        world.count(months=0)
