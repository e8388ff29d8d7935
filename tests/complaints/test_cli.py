"""The command that checks the chain of events."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from complaints import queries
from complaints.models import Event
from core.db import reader, transaction
from core.ids import uuid7
from tests import make
from tests.complaints import cases
from tests.complaints.submitting import fresh


def verify_chain(app: Flask) -> tuple[int, str]:
    """Exit status and what was said."""
    fresh()
    result = app.test_cli_runner().invoke(args=["complaints", "verify-chain"])
    return result.exit_code, result.output.strip()


@transaction
def forge(session: Session, /) -> None:
    """An event beyond the chain's end: a settling that nobody made."""
    last = session.execute(sa.select(Event.__table__).order_by(Event.seq.desc())).mappings().first()
    session.execute(sa.insert(Event).values(dict(last or {}) | {"seq": 5, "id": uuid7(make.START)}))


@transaction
def tamper(session: Session, /) -> None:
    session.execute(sa.update(Event).where(Event.seq == 3).values(at=make.START - timedelta(days=1)))


def test_a_whole_chain_is_counted(app: Flask) -> None:
    assert verify_chain(app) == (0, "Rantai utuh: 0 kejadian.")
    cases.settled()
    assert verify_chain(app) == (0, "Rantai utuh: 4 kejadian.")


def test_a_broken_one_is_named_where_it_broke(app: Flask) -> None:
    cases.settled()
    tamper()
    assert verify_chain(app) == (1, "Rantai putus pada kejadian 3.")


def test_an_event_added_past_the_end_is_noticed(app: Flask) -> None:
    cases.settled()
    forge()
    assert verify_chain(app) == (1, "Rantai putus pada kejadian 5.")


def test_an_event_recorded_meanwhile_breaks_nothing(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    number, chain_end = cases.case(), queries.chain_end

    def and_then_a_move(session: Session, office_id: int) -> tuple[int, str]:
        end = chain_end(session, office_id)
        cases.act(number, "verify")
        return end

    monkeypatch.setattr(queries, "chain_end", and_then_a_move)
    assert queries.verify_chain(reader(), make.OFFICE) is None
