"""(2) Power cuts, (3) a full disk and (4) one that turned read-only, on a disk of our own, under the same work."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.chaos.checks import Verdict, look
from tests.chaos.people import Crowd
from tests.chaos.sending import Answer, Browser, Kind, Sent
from tests.chaos.stage import end, prepared, signalled
from tests.chaos.volume import Volume, is_possible
from tests.server import Server

SMALL_MB = 96
# Room for all that is sent in a hundred lives: a disk that fills up too is another fault.
ROOMY_MB = 1024
LIFE_S = (0.5, 2.5)
BROKEN_S = 6.0
BACK_S = 60
NOT_POSSIBLE = "not run: needs root, a loop device and mkfs.ext4"


def power(folder: Path, *, cuts: int = 100) -> Verdict:
    """So many power cuts: nothing unflushed reaches the disk; then the disk comes back and the server with it."""
    verdict = Verdict(f"(2) {cuts} × power cut: unflushed writes dropped (ext4, FS_IOC_SHUTDOWN)")
    return _on_a_disk(verdict, folder, lambda volume: _cuts(verdict, volume, cuts), ROOMY_MB)


def full(folder: Path) -> Verdict:
    """No byte free for a while, then room again; the server is not restarted."""
    verdict = Verdict("(3) Full disk, then room again")

    def play(volume: Volume) -> None:
        _damaged(verdict, volume, volume.fill, lambda _server: volume.make_room())

    return _on_a_disk(verdict, folder, play)


def read_only(folder: Path) -> Verdict:
    """The disk turns read-only under the server; it is mounted again and the server started again."""
    verdict = Verdict("(4) Read-only disk, then back")

    def play(volume: Volume) -> None:
        _damaged(verdict, volume, volume.turn_read_only, lambda server: _plugged_in_again(server, volume))

    return _on_a_disk(verdict, folder, play)


def _on_a_disk(verdict: Verdict, folder: Path, play: Callable[[Volume], None], megabytes: int = SMALL_MB) -> Verdict:
    if not is_possible():
        verdict.note(NOT_POSSIBLE, "–")
        return verdict
    volume = Volume.make(folder, megabytes)
    try:
        play(volume)
    finally:
        volume.take_away()
    return verdict


def _cuts(verdict: Verdict, volume: Volume, cuts: int) -> None:
    stage = prepared(volume.path / "data")
    os.sync()
    careless, chance = Careless(volume.path / "careless.txt"), random.Random(cuts)
    with stage.serving() as server:
        crowd = Crowd(stage, server).start()
        for _cut in range(cuts):
            careless.start()
            time.sleep(chance.uniform(*LIFE_S))
            signalled(server, signal.SIGSTOP)  # a machine without power answers nobody
            volume.cut_power()
            careless.end()
            end(server)
            volume.plug_in_again()
            careless.count()
            server.start()
        crowd.stop()
        crowd.send_again()
        server.stop()
    control = f"{careless.lost} of {careless.acknowledged} lost"
    verdict.must("beside it: commits that are not flushed", is_so=careless.lost > 0, value=control)
    look(verdict, stage, crowd.sent)


class Careless:
    """A writer that acknowledges without flushing: what a power cut takes from it shows that it cuts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.acknowledged = self.lost = self._last = 0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Count up in the file, and say so."""
        words = [sys.executable, "-m", "tests.chaos.careless", str(self.path), str(self._last)]
        self._process = subprocess.Popen(words, stdout=subprocess.PIPE)

    def end(self) -> None:
        """Hear what it acknowledged."""
        if self._process is None:
            raise RuntimeError("not begun")
        self._process.kill()
        said = (self._process.communicate()[0] or b"").split()
        self._last += len(said)
        self.acknowledged += len(said)

    def count(self) -> None:
        """What is left of it."""
        with suppress(FileNotFoundError):
            kept = len(self.path.read_bytes().split())
            self.lost += max(0, self._last - kept)
            self._last = kept
            return
        self.lost, self._last = self.lost + self._last, 0


def _damaged(verdict: Verdict, volume: Volume, damage: Callable[[], None], repair: Callable[[Server], None]) -> None:
    """Work as ever, on a damaged disk for a while, and on the repaired one."""
    stage = prepared(volume.path / "data")
    with stage.serving() as server:
        crowd = Crowd(stage, server).start()
        time.sleep(BROKEN_S)
        verdict.note("damaged at", f"{time.monotonic():.3f}")
        damage()
        time.sleep(BROKEN_S)
        seen = _public_page(server)
        repair(server)
        _after(verdict, crowd, seen)
        crowd.stop()
        crowd.send_again()
        server.stop()
    look(verdict, stage, crowd.sent)


def _plugged_in_again(server: Server, volume: Volume) -> None:
    end(server)
    volume.plug_in_again()
    server.start()


def _public_page(server: Server) -> Answer:
    return Browser(server).ask("GET", "/lapor")


def _after(verdict: Verdict, crowd: Crowd, seen: Answer) -> None:
    """That pages were shown meanwhile, or said in Indonesian that they can't be; and that work goes on by itself."""
    verdict.must("the report page meanwhile", is_so=seems_told(seen), value=seen.status)
    taken_in_again(verdict, crowd)


def seems_told(seen: Answer) -> bool:
    """A page, or one in Indonesian that says that it can't be shown."""
    return seen.status == 200 or (seen.status == 503 and 'lang="id"' in seen.text)


def taken_in_again(verdict: Verdict, crowd: Crowd) -> None:
    """Wait until something of each kind was taken in since now."""
    before, deadline = _taken(crowd), time.monotonic() + BACK_S
    while (late := _late(crowd, before)) and time.monotonic() < deadline:
        time.sleep(0.2)
    verdict.must(f"taken in again within {BACK_S} s", is_so=not late, value=", ".join(late) or "all kinds")


def _late(crowd: Crowd, before: dict[Kind, int]) -> list[Kind]:
    now = _taken(crowd)
    return [kind for kind in Kind if now[kind] <= before[kind]]


def _taken(crowd: Crowd) -> dict[Kind, int]:
    sent: list[Sent] = crowd.sent
    return {kind: sum(each.kind is kind and each.is_taken for each in sent) for kind in Kind}
