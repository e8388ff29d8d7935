"""Keeps a process of many threads small."""

import ctypes

M_ARENA_MAX = -8  # glibc's malloc.h; other C libraries know nothing of it
ARENAS = 2


def share_heaps() -> None:
    """Let all threads take memory from few heaps, from now on.

    glibc gives waiting threads heaps of their own, up to eight for each core, and each keeps what the largest photo
    that passed through it once took.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_ARENA_MAX, ARENAS)
