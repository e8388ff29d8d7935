"""A worker that stands still is ended, so that it is replaced; one that stirs is left alone."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.lifeline import Pulse


@pytest.fixture
def pulse() -> Pulse:
    return Pulse(still_s=0.5)


@pytest.fixture
def worker(pulse: Pulse) -> Iterator[int]:
    """A copy of this process that stirs every second, as a web worker does."""
    child = os.fork()
    if not child:
        pulse.beat()
        time.sleep(60)
        os._exit(0)
    yield child
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _is_alive(child: int) -> bool:
    return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None


def heard(pulse: Pulse) -> None:
    deadline = time.monotonic() + 10
    while not pulse._stirred and time.monotonic() < deadline:
        pulse._listen()
        time.sleep(0.01)


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_worker_that_stirs_is_left_alone_and_one_that_stands_still_is_killed(pulse: Pulse, worker: int) -> None:
    heard(pulse)
    pulse._end_still()
    assert _is_alive(worker)
    os.kill(worker, signal.SIGSTOP)
    time.sleep(0.6)
    pulse._end_still()
    deadline = time.monotonic() + 10
    while _is_alive(worker) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not _is_alive(worker)


def test_an_id_that_is_no_childs_any_more_is_not_killed(pulse: Pulse) -> None:
    pulse._stirred[os.getppid()] = time.monotonic() - 1
    pulse._end_still()
    assert Path(f"/proc/{os.getppid()}").exists()
