"""The workflow table: every status, move and role, what each move needs, and what the moves add up to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest

from complaints.states import EventFact, ReportState, replay
from complaints.terms import (
    EXCLUSION_LABELS,
    MOVE_LABELS,
    NEED_WORDS,
    PUBLIC_EXCLUSION_WORDS,
    PUBLIC_WORDS,
    STATUS_LABELS,
    Exclusion,
    Move,
    Need,
    Status,
)
from complaints.workflow import OPEN, RULES, Details, check, diagram, is_open, missing, moves_from
from core.errors import Refused

BUDI, SITI = UUID(int=1), UUID(int=2)
START = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
ROLES = ("officer", "section_head", "secretary", "head", "operator", "system", "", "resident")
STATUSES: tuple[Status | None, ...] = (None, *Status)
FULL = Details(
    reason="salah pencet",
    exclusion=Exclusion.OUT_OF_AUTHORITY,
    first_report="TRB-2026-00001",
    handed_over_to="Dinas Perhubungan",
    assignee=BUDI,
    action="pedagang dipindah ke dalam pasar",
    answer="terima kasih, jalan sudah bersih",
)

# Written out by hand, so that a slip in the table of the code shows: source, moves of handlers.
EXPECTED = {
    Status.RECEIVED: {"verify": "verified", "exclude": "excluded"},
    Status.VERIFIED: {"start": "in_progress", "assign": "assigned", "exclude": "excluded", "take_back": "received"},
    Status.ASSIGNED: {"start": "in_progress", "assign": "assigned", "exclude": "excluded", "take_back": "verified"},
    Status.IN_PROGRESS: {"settle": "settled", "assign": "assigned", "exclude": "excluded", "take_back": "assigned"},
    Status.WAITING: {"exclude": "excluded"},
    Status.SETTLED: {"reopen": "in_progress"},
    Status.EXCLUDED: {"restore": "received"},
}


def expected(status: Status | None, move: Move, role: str) -> str | None:
    """Target status, or None where the move is forbidden."""
    if role == "system":
        if move is Move.RECEIVE:
            return "received" if status is None else None
        return "withdrawn" if move is Move.WITHDRAW and status not in {None, Status.WITHDRAWN} else None
    if status is None or role not in {"officer", "section_head"}:
        return None
    return EXPECTED.get(status, {}).get(move)


def events(*moves: Move | EventFact) -> list[EventFact]:
    """Moves as facts, one an hour from START, made by Budi and recorded when made."""
    whole = [Move.RECEIVE, *moves]
    made = [m if isinstance(m, EventFact) else fact(m) for m in whole]
    times = [START + timedelta(hours=i) for i in range(len(made))]
    return [replace(f, at=t, recorded_at=t) for f, t in zip(made, times, strict=True)]


def fact(move: Move, *, assignee: UUID | None = None, exclusion: Exclusion | None = None) -> EventFact:
    """One move by Budi; its time is set by events()."""
    return EventFact(move, START, START, BUDI, assignee, exclusion)


@pytest.mark.parametrize(("status", "move", "role"), list(product(STATUSES, Move, ROLES)))
def test_every_step_is_allowed_or_refused_as_the_table_says(status: Status | None, move: Move, role: str) -> None:
    target = expected(status, move, role)
    offered = {rule.move for rule in moves_from(status, role)}
    assert (move in offered) == (target is not None)
    if target is None:
        with pytest.raises(Refused):
            check(status, move, role, FULL)
    else:
        assert check(status, move, role, FULL).target == target


def test_no_step_stands_in_the_table_twice() -> None:
    assert len({(rule.source, rule.move) for rule in RULES}) == len(RULES)


def test_an_officer_sees_the_next_step_first() -> None:
    buttons = [rule.move for rule in moves_from(Status.IN_PROGRESS, "officer")]
    assert buttons == [Move.SETTLE, Move.ASSIGN, Move.EXCLUDE, Move.TAKE_BACK]
    assert moves_from(Status.IN_PROGRESS, "secretary") == ()


NEEDED = [
    (Status.IN_PROGRESS, Move.SETTLE, None, ["action", "answer"]),
    (Status.VERIFIED, Move.ASSIGN, None, ["assignee"]),
    (Status.VERIFIED, Move.START, None, []),
    (Status.SETTLED, Move.REOPEN, None, ["reason"]),
    (Status.EXCLUDED, Move.RESTORE, None, ["reason"]),
    (Status.ASSIGNED, Move.TAKE_BACK, None, ["reason"]),
    (Status.RECEIVED, Move.EXCLUDE, None, ["reason", "exclusion"]),
    (Status.RECEIVED, Move.EXCLUDE, Exclusion.SPAM, ["reason"]),
    (Status.RECEIVED, Move.EXCLUDE, Exclusion.DUPLICATE, ["reason", "first_report"]),
    (Status.RECEIVED, Move.EXCLUDE, Exclusion.OUT_OF_AUTHORITY, ["reason", "handed_over_to", "answer"]),
]


@pytest.mark.parametrize(("status", "move", "exclusion", "lacking"), NEEDED)
def test_a_bare_move_lacks_what_the_table_asks(
    status: Status, move: Move, exclusion: Exclusion | None, lacking: list[str]
) -> None:
    bare = Details(exclusion=exclusion)
    rule = check(status, move, "officer", replace(FULL, exclusion=exclusion or Exclusion.SPAM))
    assert missing(rule, bare) == tuple(Need(name) for name in lacking)
    if lacking:
        with pytest.raises(Refused) as refusal:
            check(status, move, "officer", bare)
        assert refusal.value.field == lacking[0]


@pytest.mark.parametrize("blank", ["", " ", "\n\t "])
def test_blank_words_are_no_words(blank: str) -> None:
    with pytest.raises(Refused, match="Tulis tindakan yang sudah dilakukan") as refusal:
        check(Status.IN_PROGRESS, Move.SETTLE, "officer", replace(FULL, action=blank))
    assert refusal.value.field == "action"


def test_a_refusal_says_what_to_do() -> None:
    with pytest.raises(Refused, match=r"sekarang: selesai\. Muat ulang halaman"):
        check(Status.SETTLED, Move.SETTLE, "officer", FULL)
    with pytest.raises(Refused, match="hanya untuk petugas dan kepala Seksi Trantib"):
        check(Status.RECEIVED, Move.VERIFY, "head", FULL)


def test_the_usual_life_ends_settled() -> None:
    state = replay(events(Move.VERIFY, fact(Move.ASSIGN, assignee=SITI), Move.START, Move.SETTLE))
    assert state == ReportState(Status.SETTLED, START, START + timedelta(hours=4), None, SITI)


def test_whoever_starts_an_unassigned_report_takes_it_on() -> None:
    assert replay(events(Move.VERIFY, Move.START)).assignee == BUDI


def test_a_reopened_report_is_no_longer_settled() -> None:
    state = replay(events(Move.VERIFY, Move.START, Move.SETTLE, Move.REOPEN))
    assert (state.status, state.settled_at, state.assignee) == (Status.IN_PROGRESS, None, BUDI)


def test_the_last_settling_counts() -> None:
    state = replay(events(Move.VERIFY, Move.START, Move.SETTLE, Move.REOPEN, Move.SETTLE))
    assert state.settled_at == START + timedelta(hours=5)


def test_an_undone_exclusion_leaves_no_trace_in_the_state() -> None:
    excluded = fact(Move.EXCLUDE, exclusion=Exclusion.SPAM)
    assert replay(events(excluded)).exclusion is Exclusion.SPAM
    state = replay(events(Move.VERIFY, Move.START, excluded, Move.RESTORE))
    assert state == ReportState(Status.RECEIVED, START)


def test_a_step_taken_back_to_the_desk_frees_the_report() -> None:
    assert replay(events(Move.VERIFY, fact(Move.ASSIGN, assignee=SITI), Move.TAKE_BACK)).assignee is None


def test_a_broken_record_is_a_bug() -> None:
    with pytest.raises(ValueError, match="no move settle from received"):
        replay(events(Move.SETTLE))


def test_open_reports_are_those_that_still_wait() -> None:
    assert [status for status in Status if is_open(status)] == list(OPEN)
    assert not is_open(Status.SETTLED)


def test_every_term_has_its_words() -> None:
    assert set(STATUS_LABELS) == set(Status)
    assert set(MOVE_LABELS) == set(PUBLIC_WORDS) == set(Move)
    assert set(EXCLUSION_LABELS) == set(PUBLIC_EXCLUSION_WORDS) == set(Exclusion)
    assert set(NEED_WORDS) == set(Need)


def test_details_have_a_field_for_every_need() -> None:
    assert set(Details.__dataclass_fields__) == set(Need)


def test_the_diagram_draws_the_table() -> None:
    lines = diagram().splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert "    [*] --> received: receive" in lines
    assert "    in_progress --> settled: settle" in lines
    assert sum(" --> " in line for line in lines) == sum(rule.move is not Move.WITHDRAW for rule in RULES)
