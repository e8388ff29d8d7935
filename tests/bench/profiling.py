"""Where the time of one request goes, by the library that spends it: said when an aim is missed."""

import cProfile
import pstats
from collections import Counter
from collections.abc import Callable

from core.config import ROOT
from tests.bench.printing import line

REPEATS = 300
SHOWN = 10


def print_shares(work: Callable[[], object]) -> None:
    """Print each library's share of the time of `work`, the largest first."""
    work()
    profile = cProfile.Profile()
    profile.enable()
    for _time in range(REPEATS):
        work()
    profile.disable()
    spent = _by_library(profile)
    whole = sum(spent.values())
    for library, seconds in spent.most_common(SHOWN):
        line(f"  {library}", f"{100 * seconds / whole:.0f} %")


def _by_library(profile: cProfile.Profile) -> Counter[str]:
    spent: Counter[str] = Counter()
    for (file, _line, name), (_calls, _all_calls, own, _whole, _callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        spent[_library(file, name)] += own
    return spent


def _library(file: str, name: str) -> str:
    """A built-in has no file: the database driver is told apart, the rest belongs to Python."""
    if "pysqlite3" in name:
        return "SQLite itself, waiting for the disk included"
    if "site-packages/" in file:
        return file.split("site-packages/", maxsplit=1)[1].split("/", maxsplit=1)[0].removesuffix(".py")
    return "ours" if file.startswith(str(ROOT)) else "Python"
