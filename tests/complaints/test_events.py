"""The chain of events as it is stored."""

from dataclasses import fields
from datetime import timedelta
from threading import Thread
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from complaints import events, queries
from complaints.models import Event, EventWords
from complaints.terms import Exclusion, Move
from core.calendar import wib_day
from core.chain import GENESIS, event_hash
from core.db import reader, transaction
from tests import make

NOW = make.START


@transaction
def record(session: Session, complaint_id: UUID, *moves: Move, words: events.WrittenWords | None = None) -> None:
    for move in moves:
        events.append(session, make.OFFICE, events.NewEvent(complaint_id, move, NOW, words=words), now=NOW)


@transaction
def tamper(session: Session, statement: sa.Executable) -> None:
    session.execute(statement)


def broken() -> int | None:
    return queries.verify_chain(reader(), make.OFFICE)


@pytest.fixture
def report(any_app: Flask) -> UUID:
    return make.bare_report()


def test_an_empty_chain_holds(any_app: Flask) -> None:
    assert broken() is None


def test_a_chain_of_moves_holds_and_reads_back_in_order(report: UUID) -> None:
    record(report, Move.RECEIVE, Move.VERIFY)
    steps = queries.events_of(reader(), make.OFFICE, report)
    assert [step.fact.move for step in steps] == [Move.RECEIVE, Move.VERIFY]
    assert steps[0].fact.at == NOW
    assert broken() is None


def test_two_reports_share_one_chain(report: UUID) -> None:
    record(report, Move.RECEIVE)
    record(make.bare_report(), Move.RECEIVE)
    assert reader().scalars(sa.select(Event.seq).order_by(Event.seq)).all() == [1, 2]
    assert broken() is None


def test_every_kind_of_word_holds_and_breaks_the_chain(report: UUID) -> None:
    written = {field.name: f"tulisan {n}" for n, field in enumerate(fields(events.WrittenWords))}
    record(report, Move.RECEIVE, words=events.WrittenWords(**written))
    assert broken() is None
    for name, text in written.items():
        tamper(sa.update(EventWords).values({name: "diganti"}))
        reader().rollback()
        assert broken() == 1, name
        tamper(sa.update(EventWords).values({name: text}))
    reader().rollback()
    assert broken() is None


def test_words_are_kept_apart_and_may_be_erased(report: UUID) -> None:
    record(report, Move.RECEIVE)
    record(report, Move.EXCLUDE, words=events.WrittenWords(reason="uji coba", answer="terima kasih"))
    assert queries.events_of(reader(), make.OFFICE, report)[1].words.answer == "terima kasih"
    tamper(sa.delete(EventWords))
    reader().rollback()
    assert queries.events_of(reader(), make.OFFICE, report)[1].words == events.WrittenWords()
    assert broken() is None


@pytest.mark.parametrize(
    "change",
    [
        sa.update(Event).where(Event.seq == 2).values(at=NOW + timedelta(days=1)),
        sa.update(Event).where(Event.seq == 2).values(exclusion=Exclusion.SPAM),
        sa.update(Event).where(Event.seq == 2).values(is_first_close=True),
        sa.update(EventWords).values(reason="lain"),
    ],
)
def test_a_change_breaks_the_chain_where_it_was_made(report: UUID, change: sa.Executable) -> None:
    record(report, Move.RECEIVE)
    record(report, Move.VERIFY, words=events.WrittenWords(reason="asli"))
    record(report, Move.ASSIGN)
    tamper(change)
    assert broken() == 2


def test_events_cut_off_at_the_end_are_missed(report: UUID) -> None:
    record(report, Move.RECEIVE, Move.VERIFY)
    tamper(sa.delete(Event).where(Event.seq == 2))
    assert broken() == 2


def test_moves_recorded_at_once_queue_for_the_chain(any_app: Flask) -> None:
    reports = [make.bare_report() for _ in range(8)]

    def work(complaint_id: UUID) -> None:
        with any_app.app_context():
            record(complaint_id, Move.RECEIVE, Move.VERIFY)

    threads = [Thread(target=work, args=[complaint_id]) for complaint_id in reports]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken() is None
    assert reader().scalar(sa.select(sa.func.max(Event.seq))) == 16


def test_events_from_before_residents_could_answer_keep_their_hashes() -> None:
    """These two were computed before the later words and changes existed."""
    written = events.words_digest(b"0123456789abcdef", events.WrittenWords("alasan", "tindakan", "jawaban", "Dinas PU"))
    row = {
        "office_id": 1, "id": UUID(int=1), "complaint_id": UUID(int=2), "move": "settle", "at": make.START,
        "day": wib_day(make.START), "recorded_at": make.START, "actor_id": UUID(int=3), "assignee_id": None,
        "exclusion": None, "is_first_close": True, "words_digest": written, "confirmed_change": 0,
        "disputed_change": 0, "joiner_id": None,
    }  # fmt: skip
    assert written == "22633e40eb7805e4f8e316e78e3370e3a311ff63b5e14f3f955cd2646600191f"
    assert event_hash(GENESIS, events.facts(row)) == "6cbb687eda9c9114ee8e2ea31c1682ece2c73c4c89f10b11fb3e4b3a08c8cf96"
