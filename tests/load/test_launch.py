"""The launch day in short: everybody is taken in, nothing is held, and the figures are printed."""

from pathlib import Path

import pytest

from tests.load.launch import run


def test_a_short_launch_day_refuses_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    verdict = run(tmp_path / "house", seconds=8, phones=12)
    verdict.show()
    assert verdict.faults == []
    assert "rating page" in capsys.readouterr().out
