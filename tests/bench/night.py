"""(b) The nightly run over many ratings, beside one plain aggregate over the same rows.
(c) The summary page over them, beside the same page of an empty database.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median

import sqlalchemy as sa
from flask import Flask

from core import clock
from core.db import db
from indicators import nightly
from survey.elements import OFFICIAL_ORDER
from tests import make
from tests.bench.house import DAYS, FIRST, LOOKED_AT, fill, house
from tests.bench.printing import heading, line, ratio

LOOKS = 30
FEW = 10_000  # enough for a rating of each service in each month


def run(folder: Path, *, ratings: int) -> None:
    """Print both."""
    with house(folder / "empty") as app:
        empty = summary_seconds(app)
    with house(folder / "few") as app:
        fill(min(FEW, ratings))
        nightly.run_now(clock.now, nightly.recount_all)
        few = summary_seconds(app)
    with house(folder / "full") as app:
        fill(ratings)
        _night(ratings)
        full = summary_seconds(app)
    heading("(c) The summary page")
    line("empty database: no figure to show", f"{1000 * empty:.1f} ms")
    line(f"{FEW:,} ratings: every figure there", f"{1000 * few:.1f} ms")
    line(f"{ratings:,} ratings", f"{1000 * full:.1f} ms", ratio(full, empty, most="1.2"), f"× {full / few:.3g} of few")


def _night(ratings: int) -> None:
    heading(f"(b) The nightly run over {ratings:,} ratings")
    whole = seconds(lambda: nightly.run_now(clock.now, nightly.recount_all))
    plain = plain_seconds("office_id, day, service_code, edition_code")
    whole = min(whole, seconds(lambda: nightly.run_now(clock.now, nightly.recount_all)))
    one_day = max(_changed_day() for _time in range(5))
    line("one plain aggregate, by day and service", f"{plain:.2f} s")
    line("the same without groups: a bare scan", f"{plain_seconds(''):.2f} s")
    line("one changed day", f"{1000 * one_day:.1f} ms", ratio(one_day, plain, most="0.02"))
    line("--all", f"{whole:.2f} s", ratio(whole, plain, most="1.5"))
    line("nothing changed", f"{1000 * seconds(lambda: nightly.run_now(clock.now, nightly.recount_marked)):.1f} ms")


def _changed_day() -> float:
    """The night after one more rating on a day in the middle, which has as many as any other."""
    make.rating(now=FIRST + timedelta(days=DAYS // 2))
    return seconds(lambda: nightly.run_now(clock.now, nightly.recount_marked))


def plain_seconds(keys: str) -> float:
    """The best time of one statement in plain SQL: counts and sums of all ratings, by `keys` if any."""
    sums = ", ".join(f"sum({key.value})" for key in OFFICIAL_ORDER)
    group = f"GROUP BY {keys}" if keys else ""
    statement = sa.text(f"SELECT {keys or 1}, count(*), {sums} FROM rating WHERE withdrawn_at IS NULL {group}")
    db.session.rollback()
    return min(seconds(lambda: db.session.execute(statement).all()) for _time in range(3))


def summary_seconds(app: Flask) -> float:
    """The usual time of the page, signed in."""
    client = make.signed_in(app, "secretary")
    times = []
    for _look in range(LOOKS):
        start = time.perf_counter()
        assert client.get(f"/ringkasan/{LOOKED_AT}").status_code == 200
        times.append(time.perf_counter() - start)
    return median(times)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
