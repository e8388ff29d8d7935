"""Anchors: what the chain was at a moment, printed, and found again later."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from complaints.models import Event
from complaints.oversight import anchors
from complaints.oversight.anchors import NO_EVENTS, Anchor, anchor_at
from core.calendar import A_MOMENT
from core.db import db, reader, transaction
from core.errors import Refused
from tests import make
from tests.complaints import cases
from tests.complaints.submitting import fresh

LONG_AFTER = make.START + timedelta(days=40)


def anchor(before: object = LONG_AFTER) -> Anchor:
    db.session.rollback()
    return anchor_at(reader(), make.OFFICE, before)  # type: ignore[arg-type]  # always a moment


def verify(app: Flask, kept: str) -> tuple[int, str]:
    fresh()
    result = app.test_cli_runner().invoke(args=["complaints", "verify-chain", "--anchor", kept])
    return result.exit_code, result.output.strip()


@transaction
def forge(session: Session, /, seq: int) -> None:
    session.execute(sa.update(Event).where(Event.seq == seq).values(hash="f" * 64))


def test_an_empty_chain_has_an_anchor_too(any_app: Flask) -> None:
    assert anchor() == NO_EVENTS


def test_an_anchor_is_the_last_event_before_its_moment(any_app: Flask) -> None:
    number = cases.case()
    cases.act(number, "verify", now=cases.LATER)
    first, last = cases.history(number)
    assert anchor(make.START) == NO_EVENTS
    assert anchor(cases.LATER) == Anchor(1, first.hash)
    assert anchor() == Anchor(2, last.hash)


@pytest.mark.parametrize("microseconds", [0, 123_000, 123_456, 999_999])
def test_an_anchor_is_as_exact_as_moments_are_kept(any_app: Flask, microseconds: int) -> None:
    """The second event has an id of the same millisecond, or of the next."""
    moment = make.START.replace(microsecond=microseconds)
    first, _second = (cases.case(now=at) for at in (moment, moment + A_MOMENT))
    assert anchor(moment) == NO_EVENTS
    assert anchor(moment + A_MOMENT) == Anchor(1, cases.history(first)[0].hash)
    assert anchor(moment + 2 * A_MOMENT).events == 2


def test_what_comes_later_never_changes_an_anchor(any_app: Flask) -> None:
    number = cases.case()
    kept = anchor(cases.LATER)
    for step in ("verify", "start"):
        cases.act(number, step, now=LONG_AFTER)
    assert anchor(cases.LATER) == kept


def test_of_events_recorded_at_once_the_last_numbered_is_the_anchor(any_app: Flask) -> None:
    for _ in range(20):
        cases.case()
    assert anchor().events == 20


def test_the_end_says_when_it_was_recorded(any_app: Flask) -> None:
    assert anchors.end(reader(), make.OFFICE).recorded_at is None
    number = cases.case()
    db.session.rollback()
    end = anchors.end(reader(), make.OFFICE)
    assert (end.anchor.hash, end.recorded_at) == (cases.history(number)[0].hash, make.START)


def test_a_printed_anchor_is_found_again(app: Flask) -> None:
    number = cases.case()
    kept = anchor()
    cases.act(number, "verify")
    assert verify(app, str(kept)) == (0, "Rantai utuh: 2 kejadian.\nJangkar ada di rantai: kejadian 1.")
    assert verify(app, str(NO_EVENTS))[0] == 0


def test_a_chain_made_anew_does_not_hold_the_old_anchor(app: Flask) -> None:
    cases.case()
    status, said = verify(app, f"1:{'a' * 64}")
    assert (status, said.splitlines()[-1]) == (1, "Jangkar tidak ada di rantai: kejadian 1 sudah diganti atau hilang.")
    assert verify(app, f"7:{'a' * 64}")[0] == 1


@pytest.mark.parametrize("text", ["", "12", "12:abc", "x:" + "a" * 64, "-1:" + "a" * 64, "1" * 19 + ":" + "a" * 64])
def test_what_is_no_anchor_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        Anchor.parse(text)
    assert Anchor.parse(f" 12:{'A' * 64} ") == Anchor(12, "a" * 64)
