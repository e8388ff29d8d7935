"""Faults in short: killed, without power, with silent peers; and that the harness sees what is wrong."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.chaos import disk, kill, peers
from tests.chaos.checks import Verdict, slips
from tests.chaos.sending import Answer, Kind, Sent
from tests.chaos.volume import is_possible

HTML: Mapping[str, str] = {"content-type": "text/html; charset=utf-8"}


def _faults(verdict: Verdict) -> list[str]:
    """After printing all that was found."""
    verdict.show()
    return verdict.faults


def test_kills_under_work_lose_and_double_nothing(tmp_path: Path) -> None:
    assert _faults(kill.run(tmp_path / "house", kills=5)) == []


@pytest.mark.skipif(not is_possible(), reason="a disk of our own needs root and a loop device")
def test_power_cuts_take_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    assert _faults(disk.power(tmp_path / "house", cuts=2)) == []


def test_what_peers_refused_comes_once_when_they_are_back(tmp_path: Path) -> None:
    assert _faults(peers.run(tmp_path / "house", hours=4)) == []


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        (Answer(503, HTML, b'<html lang="id"><p>Sound horeg</p>'), 0),
        (Answer(503, HTML, b'<html lang="id"><p>Coba lagi</p>'), 1),
        (Answer(500, HTML, b"<html><p>Sound horeg</p>"), 1),
        (Answer(500, {}, b""), 1),
        (Answer(200, HTML, b"Traceback (most recent call last)"), 1),
        (Answer(0), 0),
    ],
)
def test_a_page_that_shows_too_much_or_loses_what_was_typed_is_seen(answer: Answer, wrong: int) -> None:
    sent = Sent(Kind.REPORT_FORM, "a", "/lapor", b"", {}, typed="Sound horeg")
    assert len(list(slips(sent, answer))) == wrong
