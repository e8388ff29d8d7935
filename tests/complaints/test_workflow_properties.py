"""Whatever moves are made: replay gives the stored state, and every month's carry-over adds up."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from complaints.states import EventFact, changes, replay
from complaints.terms import Exclusion, Move, Status
from complaints.workflow import RULES, Rule, is_open
from core.calendar import Month

STAFF = [UUID(int=n) for n in range(1, 4)]
START = datetime(2026, 1, 30, 23, 30, tzinfo=UTC)
MONTHS = [Month(2026, n) for n in range(1, 13)]
SETTLE_OR_REOPEN = {Move.SETTLE, Move.REOPEN, Move.DENY}


@dataclass
class Report:
    """One report as a service would keep it: its status, moved by the table, and its events."""

    status: Status | None = None
    events: list[EventFact] = field(default_factory=list)

    def make(self, rule: Rule, at: datetime, draw: st.DrawFn) -> None:
        """Make one allowed move."""
        assignee = draw(st.sampled_from(STAFF)) if rule.move is Move.ASSIGN else None
        exclusion = draw(st.sampled_from(Exclusion)) if rule.move is Move.EXCLUDE else None
        self.events.append(EventFact(rule.move, at, at, draw(st.sampled_from(STAFF)), assignee, exclusion))
        self.status = rule.target


@st.composite
def offices(draw: st.DrawFn) -> list[Report]:
    """A few reports after any sequence of allowed moves over some months."""
    reports = [Report() for _ in range(draw(st.integers(1, 4)))]
    now = START
    for _ in range(draw(st.integers(0, 40))):
        now += timedelta(hours=draw(st.integers(0, 200)))
        report = draw(st.sampled_from(reports))
        allowed = [rule for rule in RULES if rule.source == report.status]
        if allowed:
            report.make(draw(st.sampled_from(allowed)), now, draw)
    return reports


def before(report: Report, cut_off: datetime) -> list[EventFact]:
    """What had happened to a report by a cut-off."""
    return [fact for fact in report.events if fact.at < cut_off]


def open_at(reports: list[Report], cut_off: datetime) -> int:
    """How many reports were open at a cut-off."""
    states = (replay(before(report, cut_off)) for report in reports)
    return sum(state.status is not None and is_open(state.status) for state in states)


def counted(reports: list[Report]) -> list[Report]:
    """Without those whose import was undone: they are as if they had never come."""
    return [report for report in reports if report.status is not Status.WITHDRAWN]


def moves_in(reports: list[Report], month: Month) -> Counter[Move]:
    """Moves made in a month, by the move's own time."""
    return Counter(fact.move for report in reports for fact in report.events if month.contains(fact.at))


@given(offices())
def test_replay_gives_the_stored_state(reports: list[Report]) -> None:
    for report in reports:
        assert replay(report.events).status == report.status


@given(offices())
def test_the_parts_of_a_state_agree(reports: list[Report]) -> None:
    for report in reports:
        state = replay(report.events)
        assert (state.received_at is None) == (state.status is None)
        assert (state.settled_at is not None) == (state.status in {Status.SETTLED, Status.FINAL})
        assert (state.exclusion is not None) == (state.status is Status.EXCLUDED)
        if state.status in {Status.ASSIGNED, Status.IN_PROGRESS, Status.SETTLED}:
            assert state.assignee in STAFF


@given(offices())
def test_the_carry_over_adds_up_in_every_month(reports: list[Report]) -> None:
    reports = counted(reports)
    for month in MONTHS:
        start, end = month.range
        moves = moves_in(reports, month)
        came = moves[Move.RECEIVE] + moves[Move.REOPEN] + moves[Move.DENY] + moves[Move.RESTORE]
        went = moves[Move.SETTLE] + moves[Move.EXCLUDE]
        assert open_at(reports, start) + came == went + open_at(reports, end)


@given(offices(), st.sampled_from(MONTHS))
def test_a_report_is_settled_when_its_last_settle_or_reopen_is_a_settle(reports: list[Report], month: Month) -> None:
    cut_off = month.range[1]
    for report in counted(reports):
        known = before(report, cut_off)
        turns = [fact for fact in known if fact.move in SETTLE_OR_REOPEN]
        settled = bool(turns) and turns[-1].move is Move.SETTLE
        assert (replay(known).status in {Status.SETTLED, Status.FINAL}) == settled


@given(offices(), st.sampled_from(MONTHS))
def test_the_changes_add_up_to_the_split_at_every_cut_off(reports: list[Report], month: Month) -> None:
    cut_off = month.range[1]
    for report in reports:
        known = before(report, cut_off)
        states = [replay(known[:n]) for n in range(len(known) + 1)]
        steps = [changes(old, new) for old, new in pairwise(states)]
        assert sum(step.confirmed for step in steps) == states[-1].confirmed
        assert sum(step.disputed for step in steps) == states[-1].disputed
