"""(g) Figures, reports and posters over many ratings beside a thousand; a month's documents over years beside one."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from flask import Flask
from flask.testing import FlaskClient

from core import clock
from core.calendar import Month
from indicators import nightly
from tests import make
from tests.bench import month
from tests.bench.house import LOOKED_AT, fill, house
from tests.bench.printing import heading, line, ratio

FEW = 1_000
LOOKS = 7
AIM = "1.5"
YEAR = Month.parse(LOOKED_AT).year
DOCUMENTS: Mapping[str, str] = {
    "figures of a month": f"/survei-skm/{LOOKED_AT}",
    "figures of a quarter": f"/survei-skm/{YEAR}-TW4",
    "figures of a year": f"/survei-skm/{YEAR}",
    "calculation of a year": f"/survei-skm/{YEAR}/perhitungan/indeks",
    "report of a month, PDF": f"/survei-skm/{LOOKED_AT}.pdf",
    "report of a month, DOCX": f"/survei-skm/{LOOKED_AT}.docx",
    "report of a year, PDF": f"/survei-skm/{YEAR}.pdf",
    "poster of a month": f"/survei-skm/{LOOKED_AT}/poster.pdf",
    "poster of a year": f"/survei-skm/{YEAR}/poster.pdf",
    "square picture of a month": f"/survei-skm/{LOOKED_AT}/poster.png",
}
YEARS, EVERYTHING = 10, 1_000_000
# Two of them speak of two years, of which an office in its first month has only that: they may take longer.
MONTH_AIMS = {"month, PDF": "1.2", "month, XLSX": "1.2", "month, DOCX": "1.5", "IKU of the year, PDF": "2"}
MONTH_DOCUMENTS: Mapping[str, str] = {
    "month, PDF": f"/ringkasan/{month.LAST}.pdf",
    "month, XLSX": f"/ringkasan/{month.LAST}.xlsx",
    "month, DOCX": f"/ringkasan/{month.LAST}.docx",
    "IKU of the year, PDF": f"/ringkasan/{month.LAST.year}/iku.pdf",
}
ADDRESSES = {**DOCUMENTS, **MONTH_DOCUMENTS}


@dataclass
class Side:
    """One of the two houses, and how long its documents took."""

    app: Flask
    client: FlaskClient
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def make(self, name: str) -> None:
        """Have a document made once more."""
        start = time.perf_counter()
        answer = self.client.get(ADDRESSES[name])
        self.seconds.setdefault(name, []).append(time.perf_counter() - start)
        assert answer.status_code == 200, name
        answer.close()

    def usual(self, name: str) -> float:
        """The usual time of a document."""
        return median(self.seconds[name])

    def readings(self, name: str) -> int:
        """How often a document asks the database."""
        with self.app.app_context():
            asked = make.statements()
        self.make(name)
        return sum(text.lstrip().startswith(("SELECT", "WITH")) for text in asked)


def run(folder: Path, *, ratings: int) -> None:
    """Print each document's time, both sides, made in turns: other work on the machine slows both.

    A month of the few has so few respondents that its annex prints each of them; of the many it prints their sums.
    """
    with filled(folder / "few", FEW) as few, filled(folder / "many", ratings) as many:
        for name in DOCUMENTS:
            for side in (few, many) * LOOKS:
                side.make(name)
        heading(f"(g) The survey's documents over {ratings:,} ratings, beside {FEW:,}")
        line("", f"{FEW:,}", f"{ratings:,}", "", "readings")
        for name in DOCUMENTS:
            _print(name, few, many)
    run_month(folder / "month", years=YEARS if ratings >= EVERYTHING else 1)


def run_month(folder: Path, *, years: int) -> None:
    """The same of what is handed over of a month, beside an office whose first month it is."""
    with month.filled(folder / "one", 1) as first, month.filled(folder / "all", 12 * years) as whole:
        one, many = (Side(each.app, each.client) for each in (first, whole))
        for name in MONTH_DOCUMENTS:
            for side in (one, many) * LOOKS:
                side.make(name)
        heading(f"(g) What is handed over of a month, over {years} years of data, beside 1 month")
        line("", "1 month", f"{years} years", "", "readings")
        for name in MONTH_DOCUMENTS:
            _print(name, one, many, MONTH_AIMS[name])


def _print(name: str, few: Side, many: Side, most: str = AIM) -> None:
    line(
        name,
        f"{1000 * few.usual(name):.0f} ms",
        f"{1000 * many.usual(name):.0f} ms",
        ratio(many.usual(name), few.usual(name), most=most),
        f"{few.readings(name)} and {many.readings(name)}",
    )


@contextmanager
def filled(folder: Path, ratings: int) -> Iterator[Side]:
    """A house with so many ratings, counted, and its secretary."""
    with house(folder) as app:
        fill(ratings)
        nightly.run_now(clock.now, nightly.recount_all)
        yield Side(app, make.signed_in(app, "secretary"))
