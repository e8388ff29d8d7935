"""Ends a process when the one that started it has ended, even by kill -9."""

import os
import threading
import time
from collections.abc import Callable

LOOK_EVERY_S = 1.0


def end_with_parent(stop: Callable[[], object]) -> None:
    """Call `stop` once this process has lost its parent. An orphan would hold the port, or run old code at night."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_EVERY_S)
        stop()

    threading.Thread(target=watch, daemon=True).start()
