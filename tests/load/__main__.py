"""A launch day: `python -m tests.load`, shorter by LOAD_SECONDS (600) and LOAD_PHONES (300). Status 1 on a fault."""

import os
import sys
import tempfile
from pathlib import Path

from tests.bench.printing import say
from tests.load.launch import run


def main() -> None:
    """Print the figures."""
    seconds, phones = (
        int(os.environ.get(name, usual)) for name, usual in (("LOAD_SECONDS", 600), ("LOAD_PHONES", 300))
    )
    with tempfile.TemporaryDirectory(prefix="sukma-load-") as place:
        verdict = run(Path(place), seconds=seconds, phones=phones)
    verdict.show()
    say(f"\n{len(verdict.faults)} faults" if verdict.faults else "\nno fault")
    sys.exit(bool(verdict.faults))


if __name__ == "__main__":
    main()
