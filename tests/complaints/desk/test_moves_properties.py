"""After any sequence of moves the stored report is what its events add up to."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaints import queries
from complaints.states import replay
from complaints.terms import QUIET, Exclusion, Move, Status
from complaints.workflow import moves_from
from core.db import reader
from core.errors import Refused
from offices.roles import Role
from tests import make
from tests.complaints import cases

Steps = list[tuple[Move, int, Exclusion]]
STEPS = st.lists(st.tuples(st.sampled_from(Move), st.integers(0, 200), st.sampled_from(Exclusion)), max_size=12)
QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def people(app: Flask) -> list[UUID]:
    return [cases.officer(), cases.officer()]


@QUICK
@given(steps=STEPS)
def test_replaying_the_events_gives_the_stored_report(people: list[UUID], steps: Steps) -> None:
    number, first, now = cases.case(), cases.case(), cases.LATER
    for n, (move, hours, exclusion) in enumerate(steps):
        now += timedelta(hours=hours)
        try:
            cases.act(
                number, move, now=now, actor=people[n % 2], assignee=people[0], exclusion=exclusion,
                first_report=first, handed_over_to="Satpol PP",
            )  # fmt: skip
        except Refused:
            continue
    report = cases.report(number)
    taken = [event for event in cases.history(number) if event.move not in QUIET]
    state = replay(step.fact for step in queries.events_of(reader(), make.OFFICE, report.id))
    stored = (report.status, report.received_at, report.settled_at, report.exclusion, report.assignee_id)
    assert stored == (state.status, state.received_at, state.settled_at, state.exclusion, state.assignee)
    assert report.version == len(taken)


@QUICK
@given(choices=st.lists(st.integers(0, 10), min_size=3, max_size=12))
def test_every_offered_move_can_be_made(people: list[UUID], choices: list[int]) -> None:
    number = cases.case()
    for choice in choices:
        offered = moves_from(Status(cases.report(number).status), Role.OFFICER)
        cases.act(number, offered[choice % len(offered)].move, actor=people[0])
    assert queries.verify_chain(reader(), make.OFFICE) is None
