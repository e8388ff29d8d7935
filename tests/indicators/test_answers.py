"""What residents say of a settling splits the settled reports, at every cut-off, and behind every figure."""

from datetime import UTC, datetime
from itertools import chain
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from complaints.case_models import Joiner
from complaints.following import answers
from complaints.models import Complaint
from complaints.queries import Opened
from complaints.terms import Move
from core.calendar import Month
from core.db import db, read_afresh, reader, transaction
from core.ids import uuid7
from indicators import ledger, nightly, queries, rows
from indicators.formulas import Settlement
from indicators.months import summary
from indicators.rows import Behind, Counted
from tests import make
from tests.complaints import cases

OCTOBER, NOVEMBER = datetime(2026, 10, 12, 3, tzinfo=UTC), datetime(2026, 11, 2, 3, tzinfo=UTC)
NIGHT = datetime(2026, 11, 9, 17, 30, tzinfo=UTC)


@transaction
def joined(session: Session, complaint_id: UUID) -> UUID:
    joiner_id = uuid7(make.START)
    row = {"submission_id": uuid4(), "digest": "", "receipt_digest": make.word(), "joined_at": make.START, "said": ""}
    session.execute(sa.insert(Joiner).values(office_id=make.OFFICE, id=joiner_id, complaint_id=complaint_id, **row))
    return joiner_id


def settled() -> str:
    """Received and settled in October."""
    number = cases.case(now=make.START)
    for step in ("verify", "start", "settle"):
        cases.act(number, step, now=OCTOBER)
    return number


def say(number: str, move: Move, now: datetime = OCTOBER, *, joiner: bool = False) -> None:
    report = cases.report(number)
    opened = Opened(make.OFFICE, report.id, joined(report.id) if joiner else None)
    answers.answer(opened=opened, move=move, said="Kata warga", seen=len(cases.history(number)), now=now)


@pytest.fixture
def split(any_app: Flask) -> None:
    """Six reports settled in October: confirmed, half fixed, denied, disputed, silent, half fixed then confirmed."""
    confirmed, half, denied, disputed, _silent, mended = (settled() for _ in range(6))
    say(confirmed, Move.CONFIRM)
    say(half, Move.HALF_FIXED)
    say(denied, Move.DENY)
    say(disputed, Move.DISPUTE, joiner=True)
    say(mended, Move.HALF_FIXED)
    say(mended, Move.CONFIRM, NOVEMBER)
    nightly.run_now(lambda: NIGHT, nightly.recount_marked)


def settlement(month: int) -> Settlement:
    period = summary.periods(Month(2026, month))[1]
    found = queries.move_rows(read_afresh(), make.OFFICE, period, patrol=False)
    return ledger.settlement(found, period)


@pytest.mark.usefixtures("split")
def test_a_later_answer_never_alters_an_earlier_month() -> None:
    assert settlement(10) == Settlement(received=6, settled=5, confirmed=1, disputed=3)
    assert settlement(11) == Settlement(received=6, settled=5, confirmed=2, disputed=2)
    assert (settlement(10).silent, settlement(11).silent) == (1, 1)


@pytest.mark.usefixtures("split")
def test_counting_everything_anew_gives_the_same() -> None:
    before = settlement(11)
    nightly.run_now(lambda: NIGHT, nightly.recount_all)
    assert settlement(11) == before


@pytest.mark.usefixtures("split")
def test_the_reports_behind_the_split_are_those_counted() -> None:
    period, counted = summary.periods(Month(2026, 10))[1], Counted(make.OFFICE, NIGHT, patrol=False)
    parts = [
        {row.number for row in rows.behind(reader(), counted, period, figure)}
        for figure in (Behind.CONFIRMED, Behind.SILENT, Behind.DISPUTED)
    ]
    assert [len(part) for part in parts] == [1, 1, 3]
    whole = {row.number for row in rows.behind(reader(), counted, period, Behind.SETTLED)}
    assert whole == set(chain(*parts))


@pytest.mark.usefixtures("split")
def test_a_denial_opens_the_report_again_in_the_flow() -> None:
    period = summary.periods(Month(2026, 10))[0]
    found = queries.move_rows(read_afresh(), make.OFFICE, period, patrol=False)
    moved = ledger.flow(found, period, opening=0)
    assert (moved.received, moved.reopened, moved.settled, moved.closing) == (6, 1, 6, 1)
    assert db.session.scalar(sa.select(sa.func.count()).where(Complaint.status == "in_progress")) == 1
