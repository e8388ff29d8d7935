"""(9) A web worker stands still (SIGSTOP): does the other go on, is it replaced, is anything lost."""

import signal
import time
from contextlib import suppress
from pathlib import Path

import psutil

from core.lifeline import STILL_S
from tests.chaos.checks import Verdict, look
from tests.chaos.people import Crowd
from tests.chaos.sending import Browser
from tests.chaos.stage import prepared, processes
from tests.server import Server

ASKED = 40
SHORT_S = 3.0
REPLACED_WITHIN_S = STILL_S + 30


def run(folder: Path, *, rounds: int = 3) -> Verdict:
    """So many times, one worker each."""
    verdict = Verdict(f"(9) {rounds} × a web worker that stands still")
    stage = prepared(folder)
    with stage.serving() as server:
        crowd = Crowd(stage, server, pause_s=0.1).start()
        time.sleep(3)
        for number in range(1, rounds + 1):
            _play(verdict, server, number)
        crowd.stop()
        crowd.send_again()
        server.stop()
    return look(verdict, stage, crowd.sent)


def _play(verdict: Verdict, server: Server, number: int) -> None:
    victim = processes(server)["worker"][0]
    victim.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    answered = sum(Browser(server, SHORT_S).ask("GET", "/healthz").status == 200 for _ask in range(ASKED))
    verdict.note(f"{number}: of {ASKED} asked meanwhile, answered", answered)
    verdict.must(f"{number}: the other goes on", is_so=answered >= ASKED // 4)
    while _stands(victim) and time.monotonic() - began < REPLACED_WITHIN_S:
        time.sleep(0.2)
    verdict.must(f"{number}: replaced", is_so=not _stands(victim), value=f"after {time.monotonic() - began:.0f} s")
    _wait_for(server, workers=2)


def _stands(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return bool(process.status() == psutil.STATUS_STOPPED)
    return False


def _wait_for(server: Server, workers: int) -> None:
    deadline = time.monotonic() + 30
    while len(processes(server)["worker"]) < workers and time.monotonic() < deadline:
        time.sleep(0.2)
    time.sleep(3)
