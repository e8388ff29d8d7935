"""Residents who join a report: a receipt each, one case, nobody turned away."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from complaints import contacts, queries, receipts
from complaints.case_models import Joiner
from complaints.contacts import Who
from complaints.models import Complaint
from complaints.reporting import joining
from complaints.reporting.intake import Handed, Report, stored_receipt
from complaints.terms import Move
from core.calendar import wib_day
from core.db import db, transaction
from core.errors import Conflict
from tests import make
from tests.complaints import cases, submitting
from tests.complaints.submitting import KEYS

NOW = make.START + timedelta(hours=1)
SECRET = "a secret for the tests"


def content(**values: Any) -> Report:
    chosen: dict[str, Any] = {
        "category": "jalan", "description": "Lubangnya dalam", "village": "35.09.23.2005", "place": "", "lat": None,
        "lng": None, "happened_at": None, "confidential": False, "point": None, "who": Who(),
    }  # fmt: skip
    return Report(**chosen | values)


def join(number: str, submission_id: UUID | None = None, **values: Any) -> Handed | None:
    return joining.join(
        office_id=make.OFFICE, prefix="MBS", complaint_id=cases.report(number).id,
        submission_id=submission_id or uuid4(), report=content(**values), keys=KEYS, now=NOW,
    )  # fmt: skip


def joiners() -> list[Joiner]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Joiner).order_by(Joiner.id)))


@transaction
def give_to_all_joiners(session: Session, receipt_digest: str) -> None:
    session.execute(sa.update(Joiner).values(receipt_digest=receipt_digest))


def test_a_joiner_reads_the_day_as_it_stands_while_the_first_reporter_is_asked(any_app: Flask) -> None:
    first, submission_id = submitting.send(category="jalan", now=NOW - timedelta(days=9)), uuid4()
    cases.act(first.number, "ask", now=NOW - timedelta(days=7))
    told = [handed.settle_due for _tap in range(2) if (handed := join(first.number, submission_id))]
    cases.act(first.number, "resume", now=NOW)
    assert told == [cases.report(first.number).settle_due] * 2
    assert told[0] > first.settle_due


def test_a_joiner_has_a_receipt_that_opens_the_same_case(any_app: Flask) -> None:
    first = submitting.send(category="jalan")
    mine = join(first.number)
    assert mine
    assert mine.code
    assert mine.code != first.code
    assert (mine.number, mine.joined, mine.created) == (first.number, True, True)
    receipt = receipts.parse(mine.code)
    assert receipt
    opened = queries.opened_by(submitting.fresh(), make.OFFICE, receipts.digest(KEYS.receipt.encode(), receipt))
    assert opened
    assert (opened.complaint_id, opened.joiner_id) == (cases.report(first.number).id, joiners()[0].id)


def test_joining_is_counted_on_the_case_and_makes_no_report(any_app: Flask) -> None:
    number = cases.case(category_code="jalan")
    before = cases.report(number)
    version, due_on = before.version, before.due_on
    join(number)
    join(number)
    after = cases.report(number)
    assert (after.joined, after.version, after.due_on) == (2, version, due_on)
    assert [event.move for event in cases.history(number)] == [Move.RECEIVE, Move.JOIN, Move.JOIN]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Complaint)) == 1
    assert ("complaints", wib_day(make.START)) in make.marks()
    assert queries.verify_chain(db.session(), make.OFFICE) is None


def test_what_a_joiner_wrote_stays_theirs(any_app: Flask) -> None:
    number = cases.case(category_code="jalan")
    join(number, place="Depan musala", confidential=True, who=Who("Bu Siti", "0812", ""))
    [joiner] = joiners()
    assert joiner.said == "Lubangnya dalam\nTempat: Depan musala\nMinta dirahasiakan dari pihak yang dilaporkan."
    assert joiner.sealed
    assert b"Siti" not in joiner.sealed
    assert contacts.open_who(KEYS.identity, joiner.sealed).name == "Bu Siti"
    steps = queries.events_of(db.session(), make.OFFICE, joiner.complaint_id)
    assert not any("Lubang" in str(step.words) for step in steps)


@pytest.mark.parametrize(
    "changed",
    [{"is_held": True}, {"is_confidential": True}, {"category_code": "sungai"}, {"status": "settled"}],
)
def test_what_was_true_when_the_token_was_given_must_still_be(any_app: Flask, changed: dict[str, Any]) -> None:
    number = cases.case(**{"category_code": "jalan"} | changed)
    assert join(number) is None
    assert (cases.report(number).joined, joiners()) == (0, [])


def test_nobody_joins_what_is_not_shown_to_all(any_app: Flask) -> None:
    number = cases.case(category_code="asusila-miras-judi")
    assert join(number, category="asusila-miras-judi") is None


def test_the_same_again_is_the_same_answer(any_app: Flask) -> None:
    number, mine = cases.case(category_code="jalan"), uuid4()
    first, again = join(number, mine), join(number, mine)
    assert first
    assert again
    assert (again.code, again.number, again.created, again.joined) == (first.code, first.number, False, True)
    assert cases.report(number).joined == 1


def test_the_same_id_with_other_content_is_refused(any_app: Flask) -> None:
    number, mine = cases.case(category_code="jalan"), uuid4()
    join(number, mine)
    with pytest.raises(Conflict):
        join(number, mine, description="Lain sama sekali")
    assert cases.report(number).joined == 1


def test_one_id_is_a_report_or_a_joining_never_both(any_app: Flask) -> None:
    number, reported, joined = cases.case(category_code="jalan"), uuid4(), uuid4()
    same: dict[str, Any] = {
        "category": "jalan",
        "description": "Lubangnya dalam",
        "village": "35.09.23.2005",
        "place": "",
    }
    first = submitting.send(submission_id=reported, **same)
    as_joining = join(number, reported)
    assert as_joining
    assert (as_joining.number, as_joining.code, as_joining.created) == (first.number, first.code, False)
    mine = join(number, joined)
    assert mine
    as_report = submitting.send(submission_id=joined, **same)
    assert (as_report.number, as_report.code, as_report.created) == (number, mine.code, False)
    assert cases.report(number).joined == 1


def test_two_at_once_under_one_id_are_one(any_app: Flask) -> None:
    """A report and a joining with the same id in the same moment: one of them, and both get its receipt."""
    number = cases.case(category_code="jalan")
    case, same = cases.report(number).id, content(description="Sama")
    typed: dict[str, Any] = {"category": "jalan", "description": "Sama", "village": same.village, "place": ""}

    def run(way: tuple[UUID, bool]) -> str | None:
        mine, joins = way
        with any_app.app_context():
            if not joins:
                return submitting.send(submission_id=mine, now=NOW, **typed).code
            handed = joining.join(
                office_id=make.OFFICE, prefix="MBS", complaint_id=case, submission_id=mine, report=same, keys=KEYS,
                now=NOW,
            )  # fmt: skip
            return handed.code if handed else None

    ids = [uuid4() for _each in range(8)]
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(run, [(mine, joins) for mine in ids for joins in (True, False)]))
    assert codes[::2] == codes[1::2]
    reports = submitting.fresh().scalar(sa.select(sa.func.count()).where(Complaint.submission_id.in_(ids))) or 0
    assert reports + len(joiners()) == len(ids)
    assert cases.report(number).joined == len(joiners())


def test_a_case_that_was_closed_is_joined_no_more(any_app: Flask) -> None:
    number, mine = cases.case(category_code="jalan"), uuid4()
    cases.act(number, "exclude")
    assert join(number, mine) is None
    assert joiners() == []
    assert cases.report(number).joined == 0


def test_a_joining_answers_the_same_after_the_case_was_closed(any_app: Flask) -> None:
    number, mine = cases.case(category_code="jalan"), uuid4()
    first = join(number, mine)
    cases.act(number, "exclude")
    again = join(number, mine)
    assert first
    assert again
    assert again.code == first.code


@pytest.mark.parametrize("side", [Complaint, Joiner])
def test_a_receipt_that_the_other_side_holds_is_not_given_twice(any_app: Flask, side: type[Complaint | Joiner]) -> None:
    """The first receipt of an id is another's, once in 10^15 submissions: the second is given."""
    mine, number = uuid4(), cases.case(category_code="jalan")
    taken = stored_receipt(KEYS, receipts.make(KEYS.receipt.encode(), "MBS", mine, 1))
    if side is Complaint:
        make.bare_report(receipt_digest=taken)
        handed = join(number, mine)
    else:
        join(number)
        give_to_all_joiners(taken)
        handed = submitting.send(submission_id=mine)
    assert handed
    assert handed.code == receipts.make(KEYS.receipt.encode(), "MBS", mine, 2)


def test_a_token_names_one_case_of_one_office_for_a_while() -> None:
    case = uuid4()
    token = joining.token(SECRET, 1, case, now=NOW)
    assert str(case) not in token
    assert joining.case_of(SECRET, 1, token, now=NOW) == case
    assert joining.case_of(SECRET, 1, token, now=NOW + timedelta(seconds=joining.TOKEN_LASTS_S)) == case
    assert joining.case_of(SECRET, 1, token, now=NOW + timedelta(seconds=joining.TOKEN_LASTS_S + 2)) is None
    assert joining.case_of(SECRET, 2, token, now=NOW) is None
    assert joining.case_of("another secret", 1, token, now=NOW) is None
    for wrong in ("", "x", "TRB-2026-00001", str(case), token[:-1], "é" * 50):
        assert joining.case_of(SECRET, 1, wrong, now=NOW) is None
