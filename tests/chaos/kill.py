"""(1) Kill -9 again and again, of everything or of one process, while people rate, report, photograph and move."""

import random
import time
from contextlib import suppress
from pathlib import Path

import psutil

from tests.chaos.checks import Verdict, look
from tests.chaos.people import Crowd
from tests.chaos.stage import prepared, processes
from tests.server import Server

# Whom a kill hits, and how often of ten.
TARGETS = {"group": 4, "worker": 4, "scheduler": 2}
LIFE_S = (0.05, 2.0)


def run(folder: Path, *, kills: int = 200) -> Verdict:
    """Figures of so many kills."""
    stage = prepared(folder)
    chance, hit = random.Random(kills), dict.fromkeys(TARGETS, 0)
    with stage.serving() as server:
        crowd = Crowd(stage, server).start()
        while sum(hit.values()) < kills:
            time.sleep(chance.uniform(*LIFE_S))
            target = chance.choices(list(TARGETS), list(TARGETS.values()))[0]
            hit[target] += _kill(server, target, chance)
        crowd.stop()
        crowd.send_again()
        server.stop()
    verdict = Verdict(f"(1) {kills} × kill -9 of web and scheduler processes")
    verdict.note("kills", ", ".join(f"{count} {target}" for target, count in hit.items()))
    cut = sum(answer.status == 0 for sent in crowd.sent for answer in sent.answers)
    verdict.must("kills hit people in the middle", is_so=cut >= kills // 4, value=f"{cut} lines cut")
    return look(verdict, stage, crowd.sent)


def _kill(server: Server, target: str, chance: random.Random) -> bool:
    """Whether there was one to hit; the group is started again, a single process comes back by itself."""
    if target == "group":
        server.kill()
        server.start()
        return True
    victims = processes(server)[target]
    if not victims:
        return False
    with suppress(psutil.NoSuchProcess):
        chance.choice(victims).kill()
    return True
