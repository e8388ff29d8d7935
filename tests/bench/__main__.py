"""Prints the benchmarks: `python -m tests.bench [--quick] [part …]`. Read the ratios: both sides are of this run."""

import argparse
import tempfile
from pathlib import Path

from tests.bench.desk import run as run_desk
from tests.bench.documents import run as run_documents
from tests.bench.intake import run as run_intake
from tests.bench.night import run as run_night
from tests.bench.pages import run as run_pages
from tests.bench.printing import say
from tests.bench.regency import run as run_regency
from tests.bench.slow import run as run_slow

PARTS = ("intake", "night", "pages", "slow", "desk", "documents", "regency")


def main() -> None:
    """Run the parts asked for, all if none."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="a tenth of the data and of the time")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}")
    asked = parser.parse_args()
    share = 10 if asked.quick else 1
    wanted = asked.parts or PARTS
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if "intake" in wanted:
            run_intake(folder / "intake", seconds=10 / share)
        if "night" in wanted:
            run_night(folder / "night", ratings=1_000_000 // share)
        if "pages" in wanted:
            run_pages(folder / "pages")
        if "slow" in wanted:
            run_slow(folder / "slow", seconds=10 / share)
        if "desk" in wanted:
            run_desk(folder / "desk", reports=100_000 // share)
        if "documents" in wanted:
            run_documents(folder / "documents", ratings=1_000_000 // share)
        if "regency" in wanted:
            run_regency(folder / "regency", offices=700 // share)
    say()


if __name__ == "__main__":
    main()
