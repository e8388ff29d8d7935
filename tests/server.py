"""A real server in a process of its own, as `make run` starts it; it can be killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

SERVE = (sys.executable, "-m", "flask", "--app", "wsgi", "serve")
START_TIMEOUT_S = 40
STOP_TIMEOUT_S = 15


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Server:
    """Serves `data_dir` on `port`, with whatever processes it makes in a group of their own."""

    data_dir: Path
    port: int = field(default_factory=free_port)
    command: Sequence[str] = SERVE
    environ: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Server":
        own = {"PORT": str(self.port), "DATA_DIR": str(self.data_dir), "BASE_URL": self.url}
        with (self.data_dir / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env={**os.environ, **own, **self.environ}, stdout=log, stderr=log, start_new_session=True
            )
        self._wait_until_it_answers()
        return self

    def stop(self) -> None:
        self._end(signal.SIGINT)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        if self.process.poll() is not None:
            raise RuntimeError(f"the server had ended by itself ({self.process.returncode}):\n{self._log()}")
        os.killpg(self.process.pid, how)
        try:
            self.process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(STOP_TIMEOUT_S)
        self.process = None

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._answers():
            ended = self.process is None or self.process.poll() is not None
            if ended or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start:\n{self._log()}")
            time.sleep(0.02)

    def _log(self) -> str:
        return (self.data_dir / "server.log").read_text(encoding="utf-8", errors="replace")[-3000:]

    def _answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status < 500
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()
