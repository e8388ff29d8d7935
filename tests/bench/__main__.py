"""Prints the benchmarks: `python -m tests.bench [--quick] [part …]`. Read the ratios: both sides are of this run."""

import argparse
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.bench.desk import run as run_desk
from tests.bench.documents import run as run_documents
from tests.bench.intake import run as run_intake
from tests.bench.many_nights import run as run_many
from tests.bench.month import run as run_month
from tests.bench.night import run as run_night
from tests.bench.pages import run as run_pages
from tests.bench.printing import say
from tests.bench.regency import run as run_regency
from tests.bench.slow import run as run_slow
from tests.bench.trail import run as run_trail

PARTS: Mapping[str, Callable[[Path, int], None]] = {
    "intake": lambda folder, share: run_intake(folder, seconds=10 / share),
    "night": lambda folder, share: run_night(folder, ratings=1_000_000 // share),
    "pages": lambda folder, _share: run_pages(folder),
    "slow": lambda folder, share: run_slow(folder, seconds=10 / share),
    "desk": lambda folder, share: run_desk(folder, reports=100_000 // share),
    "documents": lambda folder, share: run_documents(folder, ratings=1_000_000 // share),
    "regency": lambda folder, share: run_regency(folder, offices=700 // share),
    "many": lambda folder, share: run_many(folder, offices=700 // share),
    "trail": lambda folder, share: run_trail(folder, entries=1_000_000 // share),
    "month": lambda folder, share: run_month(folder, years=10 if share == 1 else 2),
}


def main() -> None:
    """Run the parts asked for, all if none."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="a tenth of the data and of the time")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}")
    asked = parser.parse_args()
    share = 10 if asked.quick else 1
    with tempfile.TemporaryDirectory() as place:
        for name, run in PARTS.items():
            if name in (asked.parts or PARTS):
                run(Path(place) / name, share)
    say()


if __name__ == "__main__":
    main()
