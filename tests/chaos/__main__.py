"""Breaks things and prints what was lost: `python -m tests.chaos [--quick] [part …]`. Exit status 1 on any fault.

Everything happens on this machine, in a folder of its own, with invented data.
"""

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.bench.printing import line, say
from tests.chaos import clocks, database, disk, kill, migration, peers, stuck
from tests.chaos.checks import Verdict

PARTS: Mapping[str, Callable[[Path, bool], Verdict]] = {
    "kill": lambda folder, quick: kill.run(folder, kills=20 if quick else 200),
    "power": lambda folder, quick: disk.power(folder, cuts=10 if quick else 100),
    "full": lambda folder, _quick: disk.full(folder),
    "read-only": lambda folder, _quick: disk.read_only(folder),
    "database": lambda folder, quick: database.run(folder, rounds=1 if quick else 5),
    "clock": lambda folder, _quick: clocks.jumps(folder),
    "schedulers": lambda folder, _quick: clocks.two(folder),
    "migration": lambda folder, quick: migration.run(folder, kills=4 if quick else 20),
    "stuck": lambda folder, quick: stuck.run(folder, rounds=1 if quick else 3),
    "peers": lambda folder, quick: peers.run(folder, hours=8 if quick else 24),
}


def main() -> None:
    """Run the parts asked for, all if none."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="a tenth of the faults")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}")
    asked = parser.parse_args()
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))  # so that what was begun is ended
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="sukma-chaos-") as place:
        for name, run in PARTS.items():
            if name in (asked.parts or PARTS):
                began = time.monotonic()
                verdict = run(Path(place) / name, asked.quick)
                verdict.show()
                line("took", f"{time.monotonic() - began:.0f} s")
                faults += verdict.faults
    say(f"\n{len(faults)} faults" if faults else "\nno fault")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
