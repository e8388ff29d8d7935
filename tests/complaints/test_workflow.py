"""The workflow table: every status, move and role, what each move needs, and what the moves add up to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest

from complaints.desk.desk_words import HAPPENED
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
from complaints.workflow import OPEN, RULES, Details, Evidence, check, diagram, is_open, missing, moves_from
from core.errors import Refused

BUDI, SITI = UUID(int=1), UUID(int=2)
START = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
ROLES = ("officer", "section_head", "secretary", "head", "operator", "system", "", "resident", "joiner")
STATUSES: tuple[Status | None, ...] = (None, *Status)
FULL = Details(
    reason="salah pencet",
    exclusion=Exclusion.OUT_OF_AUTHORITY,
    first_report="TRB-2026-00001",
    handed_over_to="Dinas Perhubungan",
    assignee=BUDI,
    action="pedagang dipindah ke dalam pasar",
    answer="terima kasih, jalan sudah bersih",
    question="di dekat musala yang mana?",
    said="belum bersih",
    note="temui RT dahulu",
    category="jalan",
    record_number="BA-17/2026",
)

# Written out by hand, so that a slip in the table of the code shows: source, moves of handlers.
STAYS = {"note", "reissue"}
OPEN_STAYS = STAYS | {"recategorise"}
EXPECTED: dict[Status, dict[str, str]] = {
    Status.RECEIVED: {"verify": "verified", "exclude": "excluded", "ask": "waiting"},
    Status.VERIFIED: {
        "start": "in_progress", "assign": "assigned", "exclude": "excluded", "take_back": "received", "ask": "waiting",
    },
    Status.ASSIGNED: {
        "start": "in_progress", "assign": "assigned", "exclude": "excluded", "take_back": "verified", "ask": "waiting",
    },
    Status.IN_PROGRESS: {
        "settle": "settled", "assign": "assigned", "exclude": "excluded", "take_back": "assigned", "ask": "waiting",
    },
    Status.WAITING: {"exclude": "excluded", "resume": "in_progress"},
    Status.SETTLED: {"reopen": "in_progress"},
    Status.FINAL: {"reopen": "in_progress"},
    Status.EXCLUDED: {"restore": "received"},
    Status.WITHDRAWN: {},
}  # fmt: skip
OF_REPORTER = {
    Status.WAITING: {"reply": "in_progress"},
    Status.SETTLED: {"confirm": "final", "half_fixed": "settled", "deny": "in_progress"},
}
OF_JOINER = {Status.SETTLED: {"half_fixed": "settled", "dispute": "settled"}}


def of_staff(status: Status) -> dict[str, str]:
    stays = OPEN_STAYS if is_open(status) else STAYS
    return EXPECTED[status] | ({} if status is Status.WITHDRAWN else dict.fromkeys(stays, status.value))


def of_resident(status: Status, turns: dict[Status, dict[str, str]]) -> dict[str, str]:
    adds = {"add": status.value} if is_open(status) or status is Status.SETTLED else {}
    erases = {} if status is Status.WITHDRAWN else {"erase": status.value}
    return turns.get(status, {}) | adds | erases


def of_system(status: Status | None) -> dict[str, str]:
    if status is None:
        return {"receive": "received"}
    joins = {"join": status.value} if is_open(status) else {}
    final = {"finalise": "final"} if status is Status.SETTLED else {}
    return joins | final | ({} if status is Status.WITHDRAWN else {"withdraw": "withdrawn"})


def expected(status: Status | None, move: Move, role: str) -> str | None:
    """Target status, or None where the move is forbidden."""
    if role == "system":
        return of_system(status).get(move)
    if status is None:
        return None
    if role in {"resident", "joiner"}:
        return of_resident(status, OF_REPORTER if role == "resident" else OF_JOINER).get(move)
    return of_staff(status).get(move) if role in {"officer", "section_head"} else None


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
    assert buttons[:3] == [Move.SETTLE, Move.ASSIGN, Move.ASK]
    assert moves_from(Status.IN_PROGRESS, "secretary") == ()


NEEDED = [
    (Status.IN_PROGRESS, Move.SETTLE, None, ["action", "answer", "record_number"]),
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
    assert set(MOVE_LABELS) == set(HAPPENED) == set(Move)
    assert set(Move) - set(PUBLIC_WORDS) == {Move.NOTE}
    assert set(EXCLUSION_LABELS) == set(PUBLIC_EXCLUSION_WORDS) == set(Exclusion)
    assert set(NEED_WORDS) == set(Need)


def test_details_have_a_field_for_every_need() -> None:
    assert set(Details.__dataclass_fields__) == {*Need, "evidence", "is_shown"}


def test_a_photo_proves_a_settling_as_well_as_a_written_record() -> None:
    with_photo = replace(FULL, record_number=" ", evidence=Evidence(photos=1))
    assert check(Status.IN_PROGRESS, Move.SETTLE, "officer", with_photo).target is Status.SETTLED


@pytest.mark.parametrize("reason", [None, "", " \n"])
def test_every_finding_in_a_proof_is_explained_before_a_report_is_settled(reason: str | None) -> None:
    explained = {} if reason is None else {SITI: reason}
    doubted = replace(FULL, evidence=Evidence(1, frozenset({BUDI, SITI})), explanations={BUDI: "pos yang sama"})
    doubted = replace(doubted, explanations={**doubted.explanations, **explained})
    with pytest.raises(Refused, match="Tulis penjelasan") as refusal:
        check(Status.IN_PROGRESS, Move.SETTLE, "officer", doubted)
    assert refusal.value.field == "explanations"
    answered = replace(doubted, explanations={BUDI: "pos yang sama", SITI: "jam HP salah"})
    assert check(Status.IN_PROGRESS, Move.SETTLE, "officer", answered).target is Status.SETTLED


def test_the_diagram_draws_the_table() -> None:
    lines = diagram().splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert "    [*] --> received: receive" in lines
    assert "    in_progress --> settled: settle" in lines
    drawn = [rule for rule in RULES if rule.move is not Move.WITHDRAW and rule.source is not rule.target]
    assert sum(" --> " in line for line in lines) == len(drawn)


def test_only_a_held_report_is_released() -> None:
    assert check(Status.RECEIVED, Move.RELEASE, "officer", FULL, held=True).target is Status.RECEIVED
    with pytest.raises(Refused):
        check(Status.RECEIVED, Move.RELEASE, "officer", FULL)
    assert Move.RELEASE not in {rule.move for rule in moves_from(Status.RECEIVED, "officer")}
    assert Move.RELEASE in {rule.move for rule in moves_from(Status.RECEIVED, "officer", held=True)}


SETTLED = (Move.VERIFY, Move.START, Move.SETTLE)


def test_a_confirmed_settling_is_final() -> None:
    state = replay(events(*SETTLED, Move.CONFIRM))
    assert (state.status, state.confirmed, state.disputed) == (Status.FINAL, True, False)
    assert state.settled_at == START + timedelta(hours=3)


def test_silence_makes_a_settling_final_and_nothing_more() -> None:
    state = replay(events(*SETTLED, Move.FINALISE))
    assert (state.status, state.confirmed, state.disputed) == (Status.FINAL, False, False)


def test_half_fixed_is_disputed_until_the_reporter_says_otherwise() -> None:
    half = replay(events(*SETTLED, Move.HALF_FIXED))
    assert (half.status, half.disputed) == (Status.SETTLED, True)
    mended = replay(events(*SETTLED, Move.HALF_FIXED, Move.CONFIRM))
    assert (mended.confirmed, mended.disputed) == (True, False)


def test_a_dispute_by_somebody_who_joined_outlasts_the_reporters_confirmation() -> None:
    state = replay(events(*SETTLED, Move.DISPUTE, Move.CONFIRM))
    assert (state.confirmed, state.disputed) == (False, True)


def test_a_denial_opens_the_report_and_a_new_settling_begins_anew() -> None:
    denied = replay(events(*SETTLED, Move.HALF_FIXED, Move.DENY))
    assert (denied.status, denied.settled_at, denied.disputed) == (Status.IN_PROGRESS, None, False)
    assert replay(events(*SETTLED, Move.HALF_FIXED, Move.DENY, Move.SETTLE)).response is None


def test_a_question_makes_its_asker_the_handler_and_stops_the_clock() -> None:
    state = replay(events(Move.ASK))
    assert (state.status, state.assignee, state.waiting_since) == (Status.WAITING, BUDI, START + timedelta(hours=1))
    assert replay(events(Move.ASK, Move.REPLY)).waiting_since is None


def test_what_is_only_added_changes_nothing() -> None:
    settled = replay(events(*SETTLED))
    assert replay(events(*SETTLED, Move.NOTE, Move.ADD, Move.ERASE, Move.REISSUE)) == settled


def test_a_patrol_has_nobody_to_ask() -> None:
    assert Move.ASK in {rule.move for rule in moves_from(Status.RECEIVED, "officer")}
    assert Move.ASK not in {rule.move for rule in moves_from(Status.RECEIVED, "officer", reported=False)}
    with pytest.raises(Refused):
        check(Status.RECEIVED, Move.ASK, "officer", FULL, reported=False)
