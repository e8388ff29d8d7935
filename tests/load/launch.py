"""Three hundred phones behind one address, officers at work, a night in the middle; what it took, and what came."""

import json
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import sqlalchemy as sa

from complaints.case_models import Photo
from complaints.models import Complaint
from core.db import reader
from survey.models import Rating
from tests.bench.printing import line
from tests.chaos.checks import Verdict, chains, figures
from tests.chaos.stage import Stage, prepared, processes
from tests.server import Server

OFFICERS = 4
MEGABYTE = 1024 * 1024
# Memory must have levelled off by the middle. Shorter runs end before that.
GROWS_MOST, JUDGED_FROM_S = 1.15, 240
LATER_S = 120  # after the end, for what was under way
TAKEN = {"rating": ("303", Rating), "report": ("201", Complaint), "photo": ("201", Photo)}


@dataclass
class Watch:
    """What the server's processes hold and use."""

    server: Server
    memory: list[dict[str, float]] = field(default_factory=list)

    def look(self) -> None:
        """Megabytes, by kind of process."""
        found = {kind: sum(map(_megabytes, each)) for kind, each in processes(self.server).items()}
        self.memory.append(found)

    def at(self, part: float) -> dict[str, float]:
        """The median of three looks."""
        middle = min(max(1, round(part * (len(self.memory) - 1))), len(self.memory) - 2)
        near = self.memory[middle - 1 : middle + 2]
        return {kind: sorted(look[kind] for look in near)[1] for kind in near[0]}

    def processor(self) -> float:
        """Seconds used by all that live now."""
        return sum(_seconds(process) for each in processes(self.server).values() for process in each)


def run(folder: Path, *, seconds: int = 600, phones: int = 300) -> Verdict:
    """The figures of so many seconds."""
    verdict = Verdict(f"Launch day: {phones} phones behind one address, {OFFICERS} officers, {seconds} s")
    stage = prepared(folder, officers=OFFICERS)
    with stage.serving() as server:
        watch = Watch(server)
        task = {"port": server.port, "point": stage.point, "seconds": seconds, "phones": phones}
        words = json.dumps(task | {"officers": " ".join(stage.officers)})
        command = [sys.executable, "-m", "tests.load.phones", words]
        with (folder / "came.json").open("wb") as said, subprocess.Popen(command, stdout=said) as client:
            night = _watched(watch, stage, client, seconds)
        came = json.loads((folder / "came.json").read_bytes())
        used = watch.processor()
        server.stop()
    _print(verdict, came, night, used)
    _memory(verdict, watch, seconds)
    _stored(verdict, stage, came["kinds"])
    return verdict


def _watched(watch: Watch, stage: Stage, client: "subprocess.Popen[bytes]", seconds: int) -> str:
    """Look every second; run the night in the middle: how long it took, or what it said."""
    began, night = time.monotonic(), ""
    while client.poll() is None:
        watch.look()
        time.sleep(1)
        if not night and time.monotonic() - began > seconds / 2:
            started = time.monotonic()
            status, said = stage.run("nightly")
            night = f"FAILED: {said}" if status else f"{time.monotonic() - started:.1f} s"
        if time.monotonic() - began > seconds + LATER_S:
            client.kill()
    return night


def _print(verdict: Verdict, came: Mapping[str, Any], night: str, used: float) -> None:
    line("kind of request", "requests", "p50 ms", "p95 ms", "p99 ms", "statuses")
    bad = 0
    for kind, seen in sorted(came["kinds"].items()):
        statuses = " ".join(f"{status}×{count}" for status, count in sorted(seen["statuses"].items()))
        shown = (f"{_percentile(seen['seconds'], part):.0f}" for part in (50, 95, 99))
        line(kind, str(len(seen["seconds"])), *shown, statuses)
        bad += sum(n for status, n in seen["statuses"].items() if status in {"202", "429"} or status >= "500")
    everything = [each for seen in came["kinds"].values() for each in seen["seconds"]]
    line("all", str(len(everything)), *(f"{_percentile(everything, part):.0f}" for part in (50, 95, 99)))
    verdict.note("requests a second", f"{len(everything) / came['took']:.1f}")
    verdict.must("held, refused for haste, or failed (202, 429, 5xx)", is_so=not bad, value=bad)
    verdict.must("lines cut, answers that never came", is_so=not came["cut"], value=came["cut"])
    verdict.must("the night in the middle took", is_so=not night.startswith("FAILED"), value=night)
    verdict.note("share of one core: server, this client", f"{used / came['took']:.2f}, {came['processor']:.2f}")


def _memory(verdict: Verdict, watch: Watch, seconds: int) -> None:
    """Resident megabytes early, in the middle and at the end."""
    early, middle, end = (watch.at(part) for part in (0.15, 0.5, 1.0))
    for kind in early:
        is_flat = end[kind] <= GROWS_MOST * middle[kind] or seconds < JUDGED_FROM_S
        value = f"{early[kind]:.0f} → {middle[kind]:.0f} → {end[kind]:.0f} MB"
        verdict.must(f"memory of {kind}: early, middle, end", is_so=is_flat, value=value)


def _stored(verdict: Verdict, stage: Stage, kinds: Mapping[str, Any]) -> None:
    """What was acknowledged beside what is there; what is held; what the next night makes of it."""
    with stage.opened() as app:
        for kind, (status, model) in TAKEN.items():
            acknowledged = kinds.get(kind, {"statuses": {}})["statuses"].get(status, 0)
            stored = reader().scalar(sa.select(sa.func.count()).select_from(model))
            verdict.must(
                f"{kind}: acknowledged, stored", is_so=acknowledged == stored, value=f"{acknowledged}, {stored}"
            )
        held = reader().scalar(sa.select(sa.func.count()).where(Complaint.held_because.is_not(None)))
        verdict.must("held for review", is_so=not held, value=held)
        chains(verdict, app)
        figures(verdict, app)


def _percentile(seconds: list[float], percent: int) -> float:
    """In milliseconds."""
    ordered = sorted(seconds)
    return 1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def _megabytes(process: psutil.Process) -> float:
    with suppress(psutil.Error):
        return float(process.memory_info().rss) / MEGABYTE
    return 0.0


def _seconds(process: psutil.Process) -> float:
    with suppress(psutil.Error):
        times = process.cpu_times()
        return float(times.user + times.system)
    return 0.0
