"""Ends a process when the one that started it has ended, even by kill -9; and one that stands still."""

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress

LOOK_EVERY_S = 1.0
# A worker that has not stirred for so long is stuck: nothing that we do holds up all threads of a process for a second.
STILL_S = 30.0
WRITTEN = 4  # bytes of a process's id in the pipe


def end_with_parent(stop: Callable[[], object]) -> None:
    """Call `stop` once this process has lost its parent. An orphan would hold the port, or run old code at night."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_EVERY_S)
        stop()

    threading.Thread(target=watch, daemon=True).start()


class Pulse:
    """Made before the workers are forked, so that all share its pipe: each says every second that it stirs, and one
    that has stopped saying so is killed. A worker that never said anything is left alone.
    """

    def __init__(self, still_s: float = STILL_S) -> None:
        self._reads, self._writes = os.pipe()
        os.set_blocking(self._reads, False)
        os.set_blocking(self._writes, False)
        self._still_s = still_s
        self._stirred: dict[int, float] = {}

    def beat(self) -> None:
        """From now on, in a worker."""
        threading.Thread(target=self._beat, daemon=True).start()

    def watch(self) -> None:
        """From now on, in the process that starts the workers and replaces those that end."""
        threading.Thread(target=self._watch, daemon=True).start()

    def _beat(self) -> None:
        while True:
            with suppress(BlockingIOError):  # nobody reads just now
                os.write(self._writes, os.getpid().to_bytes(WRITTEN, "big"))
            time.sleep(LOOK_EVERY_S)

    def _watch(self) -> None:
        while True:
            self._listen()
            self._end_still()
            time.sleep(LOOK_EVERY_S)

    def _listen(self) -> None:
        with suppress(BlockingIOError):
            while said := os.read(self._reads, 1024 * WRITTEN):
                for at in range(0, len(said), WRITTEN):
                    self._stirred[int.from_bytes(said[at : at + WRITTEN], "big")] = time.monotonic()

    def _end_still(self) -> None:
        for process, moment in list(self._stirred.items()):
            if time.monotonic() - moment > self._still_s:
                del self._stirred[process]
                if _is_child(process):
                    os.kill(process, signal.SIGKILL)


def _is_child(process: int) -> bool:
    """Whether it is one of ours still: an id may be another's by now."""
    try:
        return os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
    except ChildProcessError:
        return False
