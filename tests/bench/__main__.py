"""Prints the benchmarks: `python -m tests.bench [--quick] [part …]`. Read the ratios: both sides are of this run."""

import argparse
import tempfile
from pathlib import Path

from tests.bench import intake, night, pages, slow
from tests.bench.printing import say

PARTS = ("intake", "night", "pages", "slow")


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
            intake.run(folder / "intake", seconds=10 / share)
        if "night" in wanted:
            night.run(folder / "night", ratings=1_000_000 // share)
        if "pages" in wanted:
            pages.run(folder / "pages")
        if "slow" in wanted:
            slow.run(folder / "slow", seconds=10 / share)
    say()


if __name__ == "__main__":
    main()
