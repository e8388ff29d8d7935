"""The chain of events: any change to what was written shows, and erasing words doesn't."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.chain import GENESIS, ChainedEvent, Facts, event_hash, salted_digest, verify

SALT = b"s" * 16
FACTS = st.dictionaries(st.text(max_size=8), st.none() | st.integers() | st.text(max_size=12), max_size=5)


def chained(all_facts: Sequence[Facts]) -> list[ChainedEvent]:
    """A sound chain of these facts."""
    events: list[ChainedEvent] = []
    previous = GENESIS
    for seq, facts in enumerate(all_facts, start=1):
        events.append(ChainedEvent(seq, previous, event_hash(previous, facts), facts))
        previous = events[-1].hash
    return events


FIVE = chained([{"complaint": f"c{n}", "move": "verify", "actor": n} for n in range(5)])


@given(st.lists(FACTS, max_size=6))
def test_a_sound_chain_holds(all_facts: list[dict[str, str | int | None]]) -> None:
    events = chained(all_facts)
    assert verify(events, end=events[-1].hash if events else GENESIS) is None


@given(FACTS)
def test_the_order_of_the_facts_does_not_matter(facts: dict[str, str | int | None]) -> None:
    assert event_hash(GENESIS, facts) == event_hash(GENESIS, dict(reversed(facts.items())))


def test_hashes_written_once_stay_valid() -> None:
    facts = {"move": "receive", "at": "2026-10-31T23:30:00+00:00", "actor": None, "seq": 1, "desa": "Sucó"}
    assert event_hash(GENESIS, facts) == "256032889300ef9fd66ab66e5c4b99a556d68556639024ac264b02d095f16730"


@pytest.mark.parametrize(
    ("one", "other"),
    [({"a": "1"}, {"a": 1}), ({"a": None}, {}), ({"a": ""}, {"a": None}), ({"a": "b", "c": ""}, {"a": "bc"})],
)
def test_facts_that_differ_hash_differently(one: Facts, other: Facts) -> None:
    assert event_hash(GENESIS, one) != event_hash(GENESIS, other)


@pytest.mark.parametrize("place", range(5))
def test_a_changed_event_is_named(place: int) -> None:
    events = list(FIVE)
    events[place] = replace(events[place], facts={**events[place].facts, "move": "settle"})
    assert verify(events) == place + 1


@pytest.mark.parametrize("place", range(4))
def test_a_change_hashed_anew_breaks_the_next_event(place: int) -> None:
    events = list(FIVE)
    facts = {**events[place].facts, "move": "settle"}
    events[place] = replace(events[place], facts=facts, hash=event_hash(events[place].previous_hash, facts))
    assert verify(events) == place + 2


@pytest.mark.parametrize("place", range(4))
def test_a_missing_event_is_named(place: int) -> None:
    assert verify(FIVE[:place] + FIVE[place + 1 :]) == place + 1


@pytest.mark.parametrize("place", range(4))
def test_two_events_exchanged_are_named(place: int) -> None:
    events = list(FIVE)
    events[place], events[place + 1] = events[place + 1], events[place]
    assert verify(events) == place + 1


def test_an_event_numbered_anew_is_named() -> None:
    assert verify([*FIVE[:2], replace(FIVE[2], seq=7), *FIVE[3:]]) == 3


def test_events_cut_off_at_the_end_show_against_the_kept_end() -> None:
    assert verify(FIVE[:3]) is None
    assert verify(FIVE[:3], end=FIVE[-1].hash) == 4
    assert verify([], end=FIVE[-1].hash) == 1


def test_a_part_of_the_chain_can_be_checked_alone() -> None:
    assert verify(FIVE[2:], first=3, previous=FIVE[1].hash) is None
    assert verify(FIVE[2:]) == 1


def test_a_digest_stands_for_words_without_telling_them() -> None:
    assert salted_digest(SALT, "pedagang dipindah") == salted_digest(SALT, "pedagang dipindah")
    assert salted_digest(SALT, "pedagang dipindah") != salted_digest(b"t" * 16, "pedagang dipindah")
    assert salted_digest(SALT, "pedagang dipindah") != salted_digest(SALT, "pedagang pindah")
    assert len(salted_digest(SALT, "")) == 64


def test_a_short_salt_is_a_bug() -> None:
    with pytest.raises(ValueError, match="at least 16 bytes"):
        salted_digest(b"", "pedagang dipindah")
