"""A client that costs little: processes of threads, each sending ready-made requests over one open connection."""

import multiprocessing
import os
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

Maker = Callable[[random.Random], bytes]
PROCESSES = 2


@dataclass
class Outcome:
    """What came back: how long each answer took (seconds), and how often each status."""

    seconds: float
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def accepted(self) -> int:
        return sum(count for status, count in self.statuses.items() if 200 <= status < 400)

    @property
    def rate(self) -> float:
        return self.accepted / self.seconds

    def percentile(self, percent: float) -> float:
        """In milliseconds."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def drive(port: int, make: Maker, *, connections: int, seconds: float, pause: float = 0.0) -> Outcome:
    """Keep `connections` busy for `seconds`, each asking again `pause` seconds after it is answered."""
    context = multiprocessing.get_context("fork")
    queue: multiprocessing.Queue[Outcome] = context.Queue()
    task = (queue, port, make, connections // PROCESSES, seconds, pause)
    workers = [context.Process(target=_work, args=task) for _number in range(PROCESSES)]
    for worker in workers:
        worker.start()
    parts = [queue.get() for _worker in workers]
    for worker in workers:
        worker.join()
    whole = Outcome(seconds)
    for part in parts:
        whole.latencies += part.latencies
        whole.statuses += part.statuses
    return whole


def _work(
    queue: "multiprocessing.Queue[Outcome]", port: int, make: Maker, connections: int, seconds: float, pause: float
) -> None:
    outcome = Outcome(seconds)
    stop = time.perf_counter() + seconds
    threads = [threading.Thread(target=_ask, args=(outcome, port, make, stop, pause)) for _line in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    queue.put(outcome)


def _ask(outcome: Outcome, port: int, make: Maker, stop: float, pause: float) -> None:
    chance = random.Random(os.urandom(16))  # no two ever send the same number
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while (start := time.perf_counter()) < stop:
            line.sendall(make(chance))
            status = read_answer(line)
            outcome.latencies.append(time.perf_counter() - start)
            outcome.statuses[status] += 1
            time.sleep(pause)


def read_answer(line: socket.socket) -> int:
    """The status of one whole answer of known length."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += _some(line)
    head, _, body = got.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += _some(line)
    return int(head.split(b" ", 2)[1])


def _some(line: socket.socket) -> bytes:
    part = line.recv(65536)
    if not part:
        raise ConnectionError("the server closed the line")
    return part


def post(path: str, body: bytes, kind: str, *headers: str) -> bytes:
    """A POST as it goes over the line."""
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        *headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body
