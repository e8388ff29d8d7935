"""Moves by staff: one transaction each, raced by version, never more than the table allows."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from complaints import queries, workflow
from complaints.desk import moves
from complaints.terms import Exclusion, Move
from complaints.workflow import Details, Rule
from core.db import reader
from core.errors import Missing, Refused
from offices.master import FIRST_OFFICE_ID
from tests import make
from tests.complaints import cases

Wanted = tuple[str, Move, UUID, Details]


def test_a_move_changes_the_report_and_adds_an_event(any_app: Flask) -> None:
    number, officer = cases.case(), cases.officer()
    cases.act(number, "verify", actor=officer)
    report, event = cases.report(number), cases.history(number)[-1]
    assert (report.status, report.version) == ("verified", 2)
    assert (event.move, event.at, event.actor_id) == ("verify", cases.LATER, officer)


def test_the_next_promise_becomes_the_due_day(any_app: Flask) -> None:
    number = cases.case()
    due = []
    for move in ("verify", "start", "settle"):
        due.append(cases.report(number).due_on)
        cases.act(number, move)
    report = cases.report(number)
    assert due == [report.answer_due, report.follow_up_due, report.settle_due]
    assert report.due_on is None
    assert report.settled_at == cases.LATER


def test_a_reopened_report_is_owed_its_settlement_again(any_app: Flask) -> None:
    number = cases.settled()
    cases.act(number, "reopen")
    report = cases.report(number)
    assert (report.status, report.settled_at, report.due_on) == ("in_progress", None, report.settle_due)


def test_each_move_marks_the_day_the_report_was_received(any_app: Flask) -> None:
    late_evening = datetime(2026, 9, 30, 23, 30, tzinfo=UTC)  # 1 October in WIB
    number = cases.case(now=late_evening)
    cases.act(number, "verify")
    assert make.marks() == [("complaints", cases.report(number).received_on)]
    assert str(make.marks()[0][1]) == "2026-10-01"


def test_words_are_kept_with_the_move_that_asked_for_them(any_app: Flask) -> None:
    number = cases.settled(description="PKL")
    report = cases.report(number)
    steps = queries.events_of(reader(), make.OFFICE, report.id)
    assert [step.words.action for step in steps] == ["", "", "", "Ditertibkan"]
    assert steps[-1].words.reason == ""


def test_a_person_who_moves_a_held_report_lets_it_go(any_app: Flask) -> None:
    number = cases.case(is_held=True)
    cases.act(number, "verify")
    assert not cases.report(number).is_held


def test_a_refused_move_leaves_nothing_behind(any_app: Flask) -> None:
    number = cases.case()
    with pytest.raises(Refused, match="baru diterima"):
        cases.act(number, "settle")
    assert cases.report(number).version == 1
    assert len(cases.history(number)) == 1
    assert make.marks() == []


def test_who_only_looks_cannot_move(any_app: Flask) -> None:
    number = cases.case()
    with pytest.raises(Refused, match="hanya untuk petugas"):
        moves.move(
            office_id=make.OFFICE, number=number, version=1, move=Move.VERIFY, role="secretary",
            actor_id=cases.officer("secretary"), details=Details(), now=cases.LATER,
        )  # fmt: skip


def test_another_offices_report_is_not_there(any_app: Flask) -> None:
    number = cases.case()
    with pytest.raises(Missing):
        moves.move(
            office_id=FIRST_OFFICE_ID + 1, number=number, version=1, move=Move.VERIFY, role="officer",
            actor_id=cases.officer(), details=Details(), now=cases.LATER,
        )  # fmt: skip


def test_a_report_is_given_only_to_an_officer_who_is_there(any_app: Flask) -> None:
    number = cases.case()
    cases.act(number, "verify")
    with pytest.raises(Refused, match="tidak aktif") as refusal:
        cases.act(number, "assign", assignee=cases.officer("operator"))
    assert refusal.value.field == "assignee"


def test_who_starts_an_unassigned_report_takes_it_on(any_app: Flask) -> None:
    number, officer = cases.case(), cases.officer()
    cases.act(number, "verify")
    cases.act(number, "start", actor=officer, assignee=cases.officer())
    assert cases.report(number).assignee_id == officer


def test_an_exclusion_keeps_its_kind_and_a_restoring_forgets_it(any_app: Flask) -> None:
    number, first = cases.case(), cases.case()
    cases.act(number, "exclude", exclusion=Exclusion.DUPLICATE, first_report=f" {first.lower()} ")
    report = cases.report(number)
    assert (report.exclusion, report.first_report, report.due_on) == ("duplicate", first, None)
    cases.act(number, "restore")
    report = cases.report(number)
    assert (report.status, report.exclusion, report.first_report) == ("received", None, None)


@pytest.mark.parametrize("first", ["TRB-2026-99999", "itself"])
def test_a_duplicate_needs_another_report_that_is_there(any_app: Flask, first: str) -> None:
    number = cases.case()
    with pytest.raises(Refused) as refusal:
        cases.act(number, "exclude", exclusion=Exclusion.DUPLICATE, first_report=number if first == "itself" else first)
    assert refusal.value.field == "first_report"


def test_two_reports_cannot_be_duplicates_of_each_other(any_app: Flask) -> None:
    one, other = cases.case(), cases.case()
    cases.act(one, "exclude", exclusion=Exclusion.DUPLICATE, first_report=other)
    with pytest.raises(Refused, match=f"sama dengan {other}"):
        cases.act(other, "exclude", exclusion=Exclusion.DUPLICATE, first_report=one)


def test_only_the_first_close_in_a_month_is_marked(any_app: Flask) -> None:
    number = cases.settled()
    november = datetime(2026, 10, 31, 17, 0, tzinfo=UTC)  # midnight in WIB
    for move, now in (("reopen", None), ("settle", None), ("reopen", None), ("settle", november)):
        cases.act(number, move, now=now or cases.LATER + timedelta(days=1))
    closes = [event.is_first_close for event in cases.history(number) if event.move == "settle"]
    assert closes == [True, False, True]


def test_of_two_officers_at_once_one_wins_and_the_other_is_told(any_app: Flask) -> None:
    number, officers = cases.case(), [cases.officer(), cases.officer()]
    answers = at_once(any_app, *((number, Move.VERIFY, who, Details()) for who in officers))
    assert sorted(answers) == sorted(["", moves.MOVED_MEANWHILE])
    assert [event.move for event in cases.history(number)] == ["receive", "verify"]


def test_a_second_tap_by_the_same_officer_changes_nothing(any_app: Flask) -> None:
    number, officer = cases.case(), cases.officer()
    assert at_once(any_app, *[(number, Move.VERIFY, officer, Details())] * 2) == ["", ""]
    assert [event.move for event in cases.history(number)] == ["receive", "verify"]


@pytest.mark.parametrize("same", [True, False])
def test_when_both_have_read_the_update_decides(
    postgres_app: Flask, monkeypatch: pytest.MonkeyPatch, same: bool
) -> None:
    number, officers, both_read = cases.case(), [cases.officer(), cases.officer()], Barrier(2)
    officers = officers[:1] * 2 if same else officers

    check = workflow.check

    def check_together(*args: Any, **kwargs: Any) -> Rule:
        both_read.wait()
        return check(*args, **kwargs)

    monkeypatch.setattr(workflow, "check", check_together)
    answers = at_once(postgres_app, *((number, Move.VERIFY, who, Details()) for who in officers))
    assert sorted(answers) == ["", "" if same else moves.MOVED_MEANWHILE]
    assert cases.report(number).version == 2


def test_other_words_are_no_second_tap(any_app: Flask) -> None:
    number, officer = cases.case(), cases.officer()
    spam = [(number, Move.EXCLUDE, officer, Details(reason, Exclusion.SPAM)) for reason in ("Uji coba", "Iklan")]
    assert sorted(at_once(any_app, *spam)) == ["", moves.MOVED_MEANWHILE]


def test_a_field_left_over_from_another_choice_makes_no_conflict(any_app: Flask) -> None:
    number, officer = cases.case(), cases.officer()
    spam = Details("Uji coba", Exclusion.SPAM, handed_over_to="PLN", answer="Hubungi PLN")
    assert at_once(any_app, *[(number, Move.EXCLUDE, officer, spam)] * 2) == ["", ""]


def test_at_once_too_no_two_reports_become_duplicates_of_each_other(any_app: Flask) -> None:
    pair, officer = [cases.case(), cases.case()], cases.officer()
    answers = at_once(
        any_app,
        *(
            (number, Move.EXCLUDE, officer, Details("Sama", Exclusion.DUPLICATE, first))
            for number, first in (pair, reversed(pair))
        ),
    )
    assert sorted(cases.report(number).status for number in pair) == ["excluded", "received"]
    assert sorted(map(bool, answers)) == [False, True]


def at_once(app: Flask, *wanted: Wanted) -> list[str]:
    """What each of these moves, made at the same moment, was answered; "" when it was made."""
    start, answers = Barrier(len(wanted)), list[str]()

    def make_move(number: str, move: Move, actor: UUID, details: Details) -> None:
        with app.app_context():
            start.wait()
            try:
                moves.move(
                    office_id=make.OFFICE, number=number, version=1, move=move, role="officer",
                    actor_id=actor, details=details, now=cases.LATER,
                )  # fmt: skip
                answers.append("")
            except Refused as refusal:
                answers.append(refusal.message)

    threads = [Thread(target=make_move, args=step) for step in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_the_chain_holds_after_the_moves(any_app: Flask) -> None:
    number = cases.settled()
    cases.act(number, "reopen")
    cases.act(cases.case(), "exclude")
    assert queries.verify_chain(reader(), make.OFFICE) is None
