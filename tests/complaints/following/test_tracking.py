"""What residents read of their report."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from complaints.events import WrittenWords
from complaints.following.tracking import tracked
from complaints.following.tracking_queries import Traced
from complaints.queries import Step
from complaints.states import EventFact
from complaints.terms import PUBLIC_STATUS_LABELS, PUBLIC_WORDS, Exclusion, Move, Status
from tests.make import START

EVERYTHING = WrittenWords(reason="alasan", action="tindakan", answer="jawaban", handed_over_to="Dinas PU")


def report(status: Status = Status.RECEIVED) -> Traced:
    return Traced(uuid4(), "TRB-2026-00001", "Sungai", "Suco", START, status, date(2026, 10, 21))


def step(move: Move, words: WrittenWords = EVERYTHING, exclusion: Exclusion | None = None) -> Step:
    return Step(EventFact(move, START + timedelta(hours=1), START, exclusion=exclusion), words)


def notes(move: Move, exclusion: Exclusion | None = None) -> str:
    return " ".join(tracked(report(), [step(move, exclusion=exclusion)]).entries[0].notes)


def test_moves_are_told_in_plain_words() -> None:
    entries = tracked(report(), [step(Move.RECEIVE, WrittenWords()), step(Move.START, WrittenWords())]).entries
    assert [entry.text for entry in entries] == [
        "Laporan Anda sudah kami terima.",
        "Petugas mulai menangani laporan Anda.",
    ]


@pytest.mark.parametrize("move", sorted(set(PUBLIC_WORDS) - {Move.EXCLUDE}))
def test_reasons_and_actions_stay_in_the_office(move: Move) -> None:
    assert "alasan" not in notes(move)
    assert "tindakan" not in notes(move)
    assert "jawaban" in notes(move)


def test_a_note_of_the_staff_is_not_shown() -> None:
    assert tracked(report(), [step(Move.NOTE)]).entries == ()


def test_why_a_report_goes_no_further_is_said() -> None:
    told = notes(Move.EXCLUDE, Exclusion.OUT_OF_AUTHORITY)
    for word in ("bukan wewenang kecamatan", "alasan", "Dinas PU", "jawaban"):
        assert word in told


def test_every_status_has_a_word_for_residents() -> None:
    assert set(PUBLIC_STATUS_LABELS) == set(Status)
