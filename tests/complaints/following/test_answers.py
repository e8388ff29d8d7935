"""Residents answer: the question, whether it is settled, what they add; each tap counts once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask

from complaints import queries
from complaints.following import answers
from complaints.terms import Move, Status
from core.errors import Conflict, Refused
from indicators import nightly
from tests import make
from tests.complaints import cases
from tests.complaints.answering import answer, joined, seen, waiting
from tests.complaints.submitting import fresh

LATER = cases.LATER + timedelta(hours=1)


def moves(number: str) -> list[str]:
    return [event.move for event in cases.history(number)]


def said(number: str) -> list[tuple[str, UUID | None]]:
    steps = queries.events_of(fresh(), make.OFFICE, cases.report(number).id)
    return [(step.words.said, step.fact.joiner) for step in steps if step.words.said]


def joined_and_settled() -> tuple[str, UUID]:
    number = cases.case()
    joiner = joined(cases.report(number).id)
    for step in ("verify", "start", "settle"):
        cases.act(number, step)
    return number, joiner


@pytest.mark.parametrize("move", ["add", "dispute"])
def test_nobody_buries_a_case_under_words(any_app: Flask, monkeypatch: pytest.MonkeyPatch, move: str) -> None:
    monkeypatch.setattr(answers, "MOST_A_DAY", 2)
    number, joiner = joined_and_settled()
    for word in ("Satu", "Dua"):
        answer(number, move, word, joiner=joiner)
    answer(number, move, "Dua", joiner=joiner, seen=seen(number) - 1)  # tapped twice
    with pytest.raises(Refused, match="Kirim lagi besok, atau sampaikan langsung"):
        answer(number, "add", "Tiga", joiner=joiner)
    answer(number, "add", "Pelapor pertama")
    answer(number, "add", "Besok", joiner=joiner, now=cases.LATER + timedelta(days=1))
    assert [word for word, _who in said(number) if word != "Tiga"][-4:] == ["Satu", "Dua", "Pelapor pertama", "Besok"]


def test_an_answer_sets_the_report_going_again(any_app: Flask) -> None:
    number = waiting()
    answer(number, "reply", "RT 2")
    assert cases.report(number).status == Status.IN_PROGRESS
    assert said(number) == [("RT 2", None)]


def test_an_answer_puts_the_due_day_off_by_the_days_waited(any_app: Flask) -> None:
    number = waiting()
    before = cases.report(number).settle_due
    answer(number, "reply", "RT 2", now=cases.LATER + timedelta(days=7))
    assert cases.report(number).settle_due > before


@pytest.mark.parametrize(
    ("move", "status", "response"),
    [
        ("confirm", Status.FINAL, "confirmed"),
        ("half_fixed", Status.SETTLED, "half_fixed"),
        ("deny", Status.IN_PROGRESS, None),
    ],
)
def test_the_first_reporter_judges(any_app: Flask, move: str, status: Status, response: str | None) -> None:
    number = cases.settled()
    answer(number, move, "" if move == "confirm" else "Masih bocor")
    report = cases.report(number)
    assert (report.status, report.response) == (status, response)


def test_a_joiner_may_dispute_and_not_reopen_or_confirm(any_app: Flask) -> None:
    number, joiner = joined_and_settled()
    for move in ("confirm", "deny"):
        with pytest.raises(Refused):
            answer(number, move, "Masih ada", joiner=joiner)
    answer(number, "dispute", "Masih ada", joiner=joiner)
    report = cases.report(number)
    assert (report.status, report.response) == (Status.SETTLED, "disputed")
    assert said(number) == [("Masih ada", joiner)]


def test_the_first_reporter_does_not_dispute_but_deny(any_app: Flask) -> None:
    with pytest.raises(Refused):
        answer(cases.settled(), "dispute", "Masih ada")


@pytest.mark.parametrize("move", ["confirm", "half_fixed", "deny", "add"])
def test_the_same_tap_twice_counts_once(any_app: Flask, move: str) -> None:
    number = cases.settled()
    before, words = seen(number), "" if move == "confirm" else "Masih bocor"
    for _tap in range(2):
        answer(number, move, words, seen=before)
    assert moves(number).count(move) == 1


def test_two_taps_at_once_count_once(any_app: Flask) -> None:
    number = cases.settled()
    before = seen(number)

    def tap(_turn: int) -> None:
        with any_app.app_context():
            answer(number, "half_fixed", "Masih bocor", seen=before)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(tap, range(2)))
    assert moves(number).count("half_fixed") == 1


def test_the_same_words_later_are_said_again(any_app: Flask) -> None:
    number = cases.case()
    answer(number, "add", "Masih terjadi")
    answer(number, "add", "Masih terjadi", now=LATER)
    assert moves(number).count("add") == 2


def test_two_residents_may_say_the_same(any_app: Flask) -> None:
    number, joiner = joined_and_settled()
    before = seen(number)
    answer(number, "add", "Masih ada", seen=before)
    answer(number, "add", "Masih ada", seen=before, joiner=joiner)
    assert said(number) == [("Masih ada", None), ("Masih ada", joiner)]


def test_what_moved_meanwhile_is_to_be_looked_at_first(any_app: Flask) -> None:
    number = cases.settled()
    before = seen(number)
    cases.act(number, "reopen")
    with pytest.raises(Conflict, match="baru saja berubah"):
        answer(number, "confirm", seen=before)
    assert cases.report(number).status == Status.IN_PROGRESS


@pytest.mark.parametrize("move", ["reply", "half_fixed", "deny", "add"])
def test_words_are_asked_for(any_app: Flask, move: str) -> None:
    number = waiting() if move == "reply" else cases.settled()
    with pytest.raises(Refused) as refusal:
        answer(number, move, "")
    assert refusal.value.field == "said"


def test_a_photo_alone_is_an_addition(any_app: Flask) -> None:
    number = cases.case()
    answer(number, "add", with_photos=True)
    assert moves(number)[-1] == "add"


def test_only_answers_are_for_residents(any_app: Flask) -> None:
    number = cases.case()
    with pytest.raises(ValueError, match="not for residents"):
        answer(number, "verify")


def test_silence_makes_a_settling_final(any_app: Flask) -> None:
    number = cases.settled()
    last = cases.report(number).answer_by
    assert last is not None
    for day, status in ((0, Status.SETTLED), (1, Status.FINAL)):
        night = datetime.combine(last + timedelta(days=day), make.START.time(), UTC)
        nightly.run_now(lambda night=night: night, nightly.recount_marked)  # type: ignore[misc]
        assert cases.report(number).status == status
    assert moves(number)[-1] == Move.FINALISE
    assert cases.report(number).response is None
    assert make.marks() == []


def test_holidays_are_no_silence(any_app: Flask) -> None:
    """Settled the day before Christmas Eve 2026: Christmas, its collective leave and New Year don't count."""
    number = cases.settled(now=make.START)
    plain = cases.report(number).answer_by
    busy = cases.case()
    near_christmas = make.START.replace(month=12, day=23)
    for step in ("verify", "start", "settle"):
        cases.act(busy, step, now=near_christmas)
    late = cases.report(busy).answer_by
    assert plain is not None
    assert late is not None
    assert (late - near_christmas.date()).days > (plain - make.START.date()).days
