"""docs/asvs.md, docs/threat-model.md and docs/cryptography.md name what is there, and leave nothing out."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TABLE = (ROOT / "docs/asvs.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`([\w./-]+(?:/|\.\w+))`")
PACKAGES = ("core", "offices", "complaints", "survey", "indicators")
CRYPTOGRAPHY = re.compile(
    r"^(?:import|from) (?:hashlib|hmac|cryptography|itsdangerous|passlib|pyrage|pywebpush)\b", re.MULTILINE
)
# How many of levels 1 and 2 each chapter of ASVS 5.0 has, but for OAuth and WebRTC, which are named as a whole.
CHAPTERS = Counter(
    {1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16}
)


@pytest.mark.parametrize("name", ["docs/asvs.md", "docs/threat-model.md", "docs/cryptography.md"])
def test_whatever_is_named_is_there(name: str) -> None:
    named = set(NAMED.findall((ROOT / name).read_text(encoding="utf-8")))
    assert len(named) > 20
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


def test_every_use_of_cryptography_is_listed() -> None:
    listed = (ROOT / "docs/cryptography.md").read_text(encoding="utf-8")
    sources = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    using = [str(path.relative_to(ROOT)) for path in sources if CRYPTOGRAPHY.search(path.read_text(encoding="utf-8"))]
    assert len(using) > 20
    assert [name for name in using if f"`{name}`" not in listed] == []


def test_every_requirement_is_judged_once() -> None:
    numbers = re.findall(r"(?<![\d.])(\d+)\.(\d+)\.(\d+)(?![\d.])", re.sub(r"1[07]\.\d\.\d to .*", "", TABLE))
    assert [number for number, times in Counter(numbers).items() if times > 1] == []
    assert Counter(int(chapter) for chapter, *_rest in numbers) == CHAPTERS


def test_every_line_says_met_or_left_and_what_is_met_is_shown() -> None:
    lines = [line.split(" | ") for line in TABLE.splitlines() if re.match(r"\| \d", line)]
    assert {state for _numbers, _about, state, _shown in lines} == {"met", "left"}
    assert [line for line in lines if line[2] == "met" and not NAMED.search(line[3])] == []
