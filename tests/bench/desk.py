"""(e) The desk's pages over many reports, beside the same pages over a hundred."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from flask import Flask
from flask.testing import FlaskClient

from tests import make
from tests.bench import cases
from tests.bench.house import house
from tests.bench.printing import heading, line, ratio

FEW = 100
LOOKS = 30
AIM = "1.5"
# All but the rare word show as many rows over a hundred reports as over many, so that both sides draw the same page.
PAGES = {
    "inbox": "/petugas",
    "inbox, one kind, not closed": f"/petugas?jenis={cases.COMMONEST}",
    "all, one kind, a period": f"/petugas?kelompok=semua&jenis={cases.COMMONEST}&dari=2025-01-01",
    "search, a word of most reports": "/petugas?kelompok=semua&cari=meresahkan",
    "search, three words, the last begun": "/petugas?kelompok=semua&cari=laporan+warga+meres",
    "search, a phrase, open ones": "/petugas?cari=%22laporan+warga%22",
    "search, a rare word": f"/petugas?kelompok=semua&cari={cases.RARE}",
    "search, nothing found": "/petugas?kelompok=semua&cari=tiada",
    "a case": "/petugas/laporan/TRB-2025-00001",
    "what is new": "/petugas/baru/ffffffff-ffff-7fff-bfff-ffffffffffff",
}


@dataclass
class Side:
    """One of the two houses, and how long its pages took."""

    app: Flask
    client: FlaskClient
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def look(self, name: str) -> None:
        """Open a page once more."""
        start = time.perf_counter()
        assert self.client.get(PAGES[name]).status_code == 200, name
        self.seconds.setdefault(name, []).append(time.perf_counter() - start)

    def usual(self, name: str) -> float:
        """The usual time of a page."""
        return median(self.seconds[name])

    def readings(self, name: str) -> int:
        """How often a page asks the database."""
        with self.app.app_context():
            asked = make.statements()
        self.look(name)
        return sum(text.startswith("SELECT") for text in asked)

    def rows(self, name: str) -> int:
        """How many reports a page lists."""
        return self.client.get(PAGES[name]).text.count('name="pilih"')


def run(folder: Path, *, reports: int) -> None:
    """Print each page's time, both sides, looked at in turns: other work on the machine slows both."""
    with filled(folder / "few", FEW) as few, filled(folder / "many", reports) as many:
        for name in PAGES:
            for side in (few, many) * LOOKS:
                side.look(name)
        heading(f"(e) The desk over {reports:,} reports, beside {FEW}")
        line("", f"{FEW}", f"{reports:,}", "", "rows", "readings")
        for name in PAGES:
            _print(name, few, many)


def _print(name: str, few: Side, many: Side) -> None:
    line(
        name,
        f"{1000 * few.usual(name):.1f} ms",
        f"{1000 * many.usual(name):.1f} ms",
        ratio(many.usual(name), few.usual(name), most=AIM),
        f"{few.rows(name)} and {many.rows(name)}",
        f"{few.readings(name)} and {many.readings(name)}",
    )


@contextmanager
def filled(folder: Path, reports: int) -> Iterator[Side]:
    """A house with so many reports, and an officer in it."""
    with house(folder) as app:
        for _n in range(5):
            make.staff()
        client = make.signed_in(app, "officer")
        cases.fill(reports)
        yield Side(app, client)
