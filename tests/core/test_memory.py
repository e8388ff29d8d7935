"""Few heaps, however many threads wait."""

import subprocess
import sys

import pytest

COUNT = """
import ctypes, sys, threading
from core import memory
if sys.argv[1] == "few":
    memory.share_heaps()
meet = threading.Barrier(12)
def take():
    meet.wait()
    kept = [bytes(5000) for _ in range(200)]
    meet.wait()
threads = [threading.Thread(target=take) for _ in range(12)]
[each.start() for each in threads], [each.join() for each in threads]
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
out = libc.fdopen(1, b"w")
libc.malloc_info(0, ctypes.c_void_p(out))
libc.fflush(ctypes.c_void_p(out))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="heaps are counted as glibc does")
def test_threads_share_two_heaps() -> None:
    few, many = (
        subprocess.run([sys.executable, "-c", COUNT, kind], capture_output=True, text=True, check=True).stdout
        for kind in ("few", "many")
    )
    assert few.count("<heap ") <= 2 < many.count("<heap ")
