"""Another process's turn to write."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core import sqlite
from core.db import writer_engine


@contextmanager
def others_turn() -> Iterator[None]:
    with sqlite.lock_file(Path(writer_engine().url.database or "")).open("a") as line:
        sqlite.take_turn(line.fileno())
        yield
