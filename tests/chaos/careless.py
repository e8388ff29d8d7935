"""Writes lines to a file and acknowledges each without flushing it: `python -m tests.chaos.careless FILE FIRST`."""

import sys
import time
from contextlib import suppress
from pathlib import Path

PAUSE_S = 0.002


def main(path: Path, first: int) -> None:
    """Until killed, or until the disk is gone."""
    number = first
    with suppress(OSError), path.open("a", encoding="ascii", buffering=1) as file:
        while True:
            file.write(f"{number}\n")
            sys.stdout.write(".\n")
            sys.stdout.flush()
            number += 1
            time.sleep(PAUSE_S)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
