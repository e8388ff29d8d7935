"""docs/asvs.md and docs/threat-model.md name what is there, and every requirement once."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TABLE = (ROOT / "docs/asvs.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`([\w./-]+(?:/|\.\w+))`")
# How many of levels 1 and 2 each chapter of ASVS 5.0 has, but for OAuth and WebRTC, which are named as a whole.
CHAPTERS = Counter(
    {1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16}
)


@pytest.mark.parametrize("name", ["docs/asvs.md", "docs/threat-model.md"])
def test_whatever_is_named_is_there(name: str) -> None:
    named = set(NAMED.findall((ROOT / name).read_text(encoding="utf-8")))
    assert len(named) > 20
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


def test_every_requirement_is_judged_once() -> None:
    numbers = re.findall(r"(?<![\d.])(\d+)\.(\d+)\.(\d+)(?![\d.])", re.sub(r"1[07]\.\d\.\d to .*", "", TABLE))
    assert [number for number, times in Counter(numbers).items() if times > 1] == []
    assert Counter(int(chapter) for chapter, *_rest in numbers) == CHAPTERS


def test_every_line_says_met_or_left_and_what_is_met_is_shown() -> None:
    lines = [line.split(" | ") for line in TABLE.splitlines() if re.match(r"\| \d", line)]
    assert {state for _numbers, _about, state, _shown in lines} == {"met", "left"}
    assert [line for line in lines if line[2] == "met" and not NAMED.search(line[3])] == []
