"""(e) The wait of those who rate while slow phones upload or hold connections open, beside the same without them."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.bench.intake import rating_json, servers
from tests.bench.load import Outcome, drive
from tests.bench.printing import heading, line, ratio
from tests.server import Server

PHONES = 60
ROUNDS = 3
CONNECTIONS = 8
PAUSE_S = 0.04  # people think between two taps: the server is busy, not drowned
KINDS = ("upload", "idle")
SETTLE_S = 1.5


def run(folder: Path, *, seconds: float) -> None:
    """Print the 95th percentiles."""
    server, bare, _point = servers(folder)
    bare.stop()
    alone: list[Outcome] = []
    beside: dict[str, list[Outcome]] = {kind: [] for kind in KINDS}
    try:
        _rate(server, 1)
        for _round in range(ROUNDS):
            for kind in KINDS:
                alone.append(_rate(server, seconds))
                with phones(server, kind):
                    beside[kind].append(_rate(server, seconds))
    finally:
        server.stop()
    heading(f"(e) 95th percentile of ratings, {CONNECTIONS} people rating, median of {ROUNDS} rounds")
    line("alone", f"{_wait(alone):.1f} ms", f"{_pace(alone):.0f}/s")
    for kind, outcomes in beside.items():
        words = {"upload": f"{PHONES} phones upload at 20 kB/s", "idle": f"{PHONES} connections sit idle"}[kind]
        found = _wait(outcomes)
        line(words, f"{found:.1f} ms", f"{_pace(outcomes):.0f}/s", ratio(found, _wait(alone), most="1.5"))


def _rate(server: Server, seconds: float) -> Outcome:
    return drive(server.port, rating_json, connections=CONNECTIONS, seconds=seconds, pause=PAUSE_S)


@contextmanager
def phones(server: Server, kind: str) -> Iterator[None]:
    """Slow phones in a process of their own."""
    command = [sys.executable, "-m", "tests.bench.phones", str(server.port), "/lapor", str(PHONES), kind]
    with subprocess.Popen(command) as process:
        time.sleep(SETTLE_S)
        yield
        process.kill()


def _wait(outcomes: list[Outcome]) -> float:
    return median(outcome.percentile(95) for outcome in outcomes)


def _pace(outcomes: list[Outcome]) -> float:
    return median(outcome.rate for outcome in outcomes)
