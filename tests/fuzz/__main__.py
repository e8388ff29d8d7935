"""Sends whatever there is to every form and address: `python -m tests.fuzz [--inputs N] [part …]`."""

import argparse
import tempfile
import time
from pathlib import Path

from tests.bench.house import house
from tests.bench.printing import heading, line, say
from tests.fuzz.trying import PARTS, prepare

EACH = 6000  # of four parts: over 20,000 in all


def main() -> None:
    """Run the parts asked for, all if none; ends with a traceback at the first error of the system."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--inputs", type=int, default=EACH, metavar="N", help=f"for each part; {EACH} unless told")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}")
    asked = parser.parse_args()
    total = 0
    with tempfile.TemporaryDirectory() as place, house(Path(place)) as app:
        gaps = prepare(app)
        for name in asked.parts or PARTS:
            began = time.monotonic()
            tally = PARTS[name](app, gaps, asked.inputs)
            total += tally.inputs
            heading(name)
            line("inputs", str(tally.inputs), f"{time.monotonic() - began:.0f} s")
            for status, count in sorted(tally.items()):
                line(f"answered {status}", str(count))
    say(f"\n{total} inputs, no error of the system")


if __name__ == "__main__":
    main()
