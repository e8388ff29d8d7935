"""(i) The regency's page at 31 and at 700 offices, a year of figures each: its time beside the rows it shows."""

import time
from pathlib import Path
from statistics import median

from flask import Flask

from tests import crowd, make
from tests.bench.house import house
from tests.bench.printing import heading, line, ratio

LOOKS = 10
YEAR = 2026
PATHS = {"a month": "/kabupaten/2026-10", "a year": "/kabupaten/2026", "a month as CSV": "/kabupaten/2026-10.csv"}


def run(folder: Path, *, offices: int, few: int = 31) -> None:
    """Print time and statements of each page, at few offices and at many."""
    measured = {}
    for number in (few, offices):
        with house(folder / str(number)) as app:
            others = tuple(range(2, number + 1))
            crowd.offices(others)
            crowd.year(others, YEAR, rich=True)
            measured[number] = {what: _look(app, path) for what, path in PATHS.items()}
    heading(f"(i) The regency's page, {few} and {offices} offices")
    for what in PATHS:
        (short, asked), (long, asked_more) = measured[few][what], measured[offices][what]
        growth = (long / short) / (offices / few)
        line(f"{what}, {few} offices", f"{1000 * short:.1f} ms", f"{asked} statements")
        line(f"{what}, {offices} offices", f"{1000 * long:.1f} ms", f"{asked_more} statements")
        line("growth of its time ÷ growth of its rows", ratio(growth, 1, most="1"))


def _look(app: Flask, path: str) -> tuple[float, int]:
    """The usual time of the page, signed in, and how many statements it takes."""
    client = make.signed_in(app, "regency")
    times = []
    client.get(path)
    asked = make.statements()
    for _time in range(LOOKS):
        asked.clear()
        start = time.perf_counter()
        assert client.get(path).status_code == 200
        times.append(time.perf_counter() - start)
    return median(times), len(asked)
