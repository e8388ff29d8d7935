"""(k) The audit trail's page and file over many entries, beside the same over a twentieth of them."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import median

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.db import read_afresh, transaction
from offices import audit, trail
from offices.audit_words import ACTIONS
from tests import make
from tests.bench.house import FIRST, house
from tests.bench.printing import heading, line, ratio

FEW = 50_000  # as many as a text is looked for in
LOOKS = 10
AIM = "8"  # of one person, or of a month, there are twenty times as many to look through
BATCH = 10_000
YEARS_S = 700 * 24 * 3600
PEOPLE = [f"petugas.{n}@mumbulsari.example" for n in range(40)]
ALL = "/audit"
# Both sides show a whole page, but for what is not there.
PAGES = {
    "newest": ALL,
    "one person": f"/audit?oleh={PEOPLE[7]}",
    "one kind of act": "/audit?apa=look.identity",
    "one person, one kind": f"/audit?oleh={PEOPLE[7]}&apa=look.identity",
    "one person, what nobody did": f"/audit?oleh={PEOPLE[7]}&apa=tiada",
    "one report": "/audit?mana=TRB-2026-00007",
    "a month in the middle": "/audit?dari=2025-12-01&sampai=2025-12-31",
    "a person who did nothing": "/audit?oleh=tiada@mumbulsari.example",
    "a word of most entries": "/audit?cari=kecamatan",
    "a word that is nowhere": "/audit?cari=tiada",
    "that word, of one person": f"/audit?cari=tiada&oleh={PEOPLE[7]}",
    "a word that is nowhere, in a month": "/audit?cari=tiada&dari=2025-12-01&sampai=2025-12-31",
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
        return sum(text.startswith(("SELECT", "WITH")) for text in asked)


def run(folder: Path, *, entries: int) -> None:
    """Print each page's time, both sides, looked at in turns; then what reads all of it, by the entry."""
    with filled(folder / "few", FEW) as few, filled(folder / "many", entries) as many:
        for name in PAGES:
            for side in (few, many) * LOOKS:
                side.look(name)
        heading(f"(k) The audit trail over {entries:,} entries, beside {FEW:,}")
        line("", f"{FEW:,}", f"{entries:,}", "", "readings")
        for name in PAGES:
            _print(name, few, many)
        _print_whole(few, many, entries)


def _print(name: str, few: Side, many: Side) -> None:
    line(
        name,
        f"{1000 * few.usual(name):.1f} ms",
        f"{1000 * many.usual(name):.1f} ms",
        ratio(many.usual(name), few.usual(name), most=AIM),
        f"{few.readings(name)} and {many.readings(name)}",
    )


def _print_whole(few: Side, many: Side, entries: int) -> None:
    for name, work in {"the file (CSV), an entry": _file, "verifying all, an entry": _verify}.items():
        small = median(work(few) for _look in range(3)) / FEW
        large = work(many) / entries
        line(name, f"{1e6 * small:.1f} µs", f"{1e6 * large:.1f} µs", ratio(large, small, most=AIM))
    begun = time.perf_counter()
    with many.app.app_context():
        found = trail.check_part(read_afresh(), make.OFFICE, before=None, most=trail.AT_A_PRESS)
    line(f"the button that checks {found.last - found.first + 1:,}", "", f"{time.perf_counter() - begun:.2f} s")


def _file(side: Side) -> float:
    start = time.perf_counter()
    answer = side.client.get("/audit.csv", buffered=False)
    assert answer.status_code == 200
    assert sum(1 for _part in answer.response) > 0
    answer.close()
    return time.perf_counter() - start


def _verify(side: Side) -> float:
    with side.app.app_context():
        start = time.perf_counter()
        assert trail.broken_at(read_afresh(), make.OFFICE) is None
        return time.perf_counter() - start


@contextmanager
def filled(folder: Path, entries: int) -> Iterator[Side]:
    """A house with so many entries, and an auditor in it."""
    with house(folder) as app:
        client, chance = make.signed_in(app, "auditor"), random.Random(entries)
        for start in range(0, entries, BATCH):
            _put_in(range(start, min(start + BATCH, entries)), YEARS_S / entries, chance)
        yield Side(app, client)


@transaction
def _put_in(session: Session, /, numbers: range, apart_s: float, chance: random.Random) -> None:
    actions = list(ACTIONS)
    for number in numbers:
        detail = {"reason": "atas permintaan kecamatan", "day": str(number % 365)}
        acted = chance.choice(PEOPLE), chance.choice(actions), f"TRB-2026-{chance.randrange(500):05}"
        audit.note(session, make.OFFICE, *acted, detail, now=FIRST + timedelta(seconds=number * apart_s))
