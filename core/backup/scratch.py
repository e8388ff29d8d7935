"""A folder beside the data for work under way; what a killed process left is swept."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

BEGINS = "backup-scratch-"
ABANDONED_AFTER = timedelta(days=1)


@contextmanager
def folder(data_dir: Path, *, now: datetime) -> Iterator[Path]:
    """On the disk that holds the data, and for the owner alone: what lies in it is not encrypted."""
    sweep(data_dir, now=now)
    made = Path(tempfile.mkdtemp(prefix=BEGINS, dir=data_dir))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def sweep(data_dir: Path, *, now: datetime) -> None:
    """Remove what is a day old."""
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in data_dir.glob(f"{BEGINS}*"):
        if left.stat().st_mtime < (now - ABANDONED_AFTER).timestamp():
            shutil.rmtree(left, ignore_errors=True)
