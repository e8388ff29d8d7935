"""Whether a PDF that somebody sent can be opened at all, seen before it counts as evidence."""

import subprocess
import sys
import threading
from typing import Any

from core.config import ROOT
from core.errors import Refused
from core.pdf_opening import Found
from core.turns import a_turn

PATIENCE_S = 20.0
AT_ONCE = 2
APART: Any = {"cwd": ROOT, "capture_output": True, "timeout": PATIENCE_S}

BROKEN = "Berkas PDF ini tidak dapat dibuka. Simpan ulang atau pindai lagi."
LOCKED = "Berkas PDF ini terkunci dengan kata sandi. Simpan ulang tanpa kata sandi, lalu kirim lagi."

_turn = threading.BoundedSemaphore(AT_ONCE)


def check(content: bytes) -> None:
    """Raises Refused in words for the person; Busy when too many are being opened."""
    found = _opened(content)
    if found == Found.LOCKED:
        raise Refused(LOCKED)
    if found != Found.OPENED:
        raise Refused(BROKEN)


def _opened(content: bytes) -> int:
    command = [sys.executable, "-m", "core.pdf_opening"]
    with a_turn(_turn, PATIENCE_S):
        try:
            return subprocess.run(command, input=content, check=False, **APART).returncode  # noqa: S603 (our own)
        except subprocess.TimeoutExpired:
            return Found.BROKEN
