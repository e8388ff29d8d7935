"""Who gets no turn may come again."""

from threading import BoundedSemaphore

import pytest

from core.errors import Busy
from core.turns import a_turn


def test_a_second_one_waits_no_longer_than_its_patience() -> None:
    turns = BoundedSemaphore(1)
    with a_turn(turns, 0.01), pytest.raises(Busy), a_turn(turns, 0.01):
        pytest.fail("two at a time")


def test_a_turn_is_given_back_by_whoever_fails() -> None:
    turns = BoundedSemaphore(1)
    with pytest.raises(ValueError, match="broken"), a_turn(turns, 0.01):
        raise ValueError("broken")
    with a_turn(turns, 0.01):
        assert not turns.acquire(blocking=False)
