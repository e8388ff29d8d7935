"""Taking a report in, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from complaints import queries, receipts
from complaints.contacts import Who, open_who
from complaints.models import Complaint, Contact, Event, YearNumber
from complaints.reporting.intake import Handed
from complaints.terms import Move, Status
from core.db import writer_engine
from core.errors import Conflict
from tests import make
from tests.complaints.submitting import KEYS, fresh, send


def stored() -> Complaint:
    return fresh().scalars(sa.select(Complaint)).one()


def test_a_report_gets_a_number_a_receipt_and_a_day(any_app: Flask) -> None:
    handed = send()
    assert handed.number == "TRB-2026-00001"
    assert handed.code is not None
    assert receipts.parse(handed.code)
    assert handed.settle_due == date(2026, 10, 21)
    assert handed.created


def test_what_was_reported_is_kept(any_app: Flask) -> None:
    send(lat=Decimal("-8.25"), lng=Decimal("113.75"), happened_at=make.START - timedelta(hours=2))
    report = stored()
    assert (report.description, report.place, report.village_code) == (
        "Sound horeg sampai pagi", "Dusun Krajan", "35.09.23.2005",
    )  # fmt: skip
    assert (report.lat, report.lng) == (Decimal("-8.25"), Decimal("113.75"))
    assert (report.status, report.version, report.due_on) == (Status.RECEIVED, 1, date(2026, 10, 6))


def test_receiving_is_the_first_event_and_marks_the_day(any_app: Flask) -> None:
    send()
    steps = queries.events_of(fresh(), make.OFFICE, stored().id)
    assert [(step.fact.move, step.fact.at) for step in steps] == [(Move.RECEIVE, make.START)]
    assert queries.verify_chain(fresh(), make.OFFICE) is None
    assert make.marks() == [("complaints", date(2026, 10, 1))]


def test_numbers_begin_anew_with_the_year_of_the_office(any_app: Flask) -> None:
    before_midnight = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)
    assert send(now=before_midnight).number == "TRB-2026-00001"
    assert send(now=before_midnight + timedelta(minutes=1)).number == "TRB-2027-00001"
    assert send(now=before_midnight + timedelta(minutes=2)).number == "TRB-2027-00002"


def test_an_inspection_takes_longer(any_app: Flask) -> None:
    assert send(category="bangunan-reklame").settle_due > send(category="jalan").settle_due


def test_the_same_submission_gets_the_same_answer(any_app: Flask) -> None:
    same = uuid4()
    first, again = send(submission_id=same), send(submission_id=same, now=make.START + timedelta(days=1))
    assert again == Handed(first.number, first.code, first.settle_due, created=False)
    assert stored().received_at == make.START


@pytest.mark.parametrize(
    "change",
    [{"description": "lain"}, {"phone": "0812"}, {"village": None}, {"lat": Decimal(1)}, {"confidential": True}],
)
def test_the_same_id_with_other_content_is_a_conflict(any_app: Flask, change: dict[str, Any]) -> None:
    same = uuid4()
    send(submission_id=same)
    with pytest.raises(Conflict):
        send(submission_id=same, **change)


def test_a_repetition_after_a_new_receipt_was_issued_shows_none(any_app: Flask) -> None:
    same = uuid4()
    send(submission_id=same)
    with writer_engine().begin() as connection:
        connection.execute(sa.update(Complaint).values(receipt_digest="another", receipt_issue=2))
    assert send(submission_id=same).code is None


def test_a_receipt_that_is_taken_gives_way_to_the_next(any_app: Flask) -> None:
    same = uuid4()
    first = send(submission_id=same)
    with writer_engine().begin() as connection:
        connection.execute(sa.update(Complaint).values(submission_id=uuid4()))
    second = send(submission_id=same)
    assert second.created
    assert second.code != first.code


def test_two_hundred_at_once_are_one_report(any_app: Flask) -> None:
    same = uuid4()

    def press(_: int) -> Handed:
        with any_app.app_context():
            return send(submission_id=same)

    with ThreadPoolExecutor(16) as phones:
        answers = list(phones.map(press, range(200)))
    assert len({(answer.number, answer.code) for answer in answers}) == 1
    assert [answer.created for answer in answers].count(True) == 1
    assert fresh().scalar(sa.select(sa.func.count()).select_from(Event)) == 1
    assert fresh().scalar(sa.select(YearNumber.last)) == 1


def test_different_reports_at_once_are_numbered_without_gaps(any_app: Flask) -> None:
    def press(_: int) -> str:
        with any_app.app_context():
            return send().number

    with ThreadPoolExecutor(8) as phones:
        numbers = sorted(phones.map(press, range(40)))
    assert numbers == [f"TRB-2026-{n:05d}" for n in range(1, 41)]
    assert queries.verify_chain(fresh(), make.OFFICE) is None


def test_a_nameless_report_keeps_nobody(any_app: Flask) -> None:
    send()
    assert fresh().scalar(sa.select(sa.func.count()).select_from(Contact)) == 0


def test_a_name_is_sealed(any_app: Flask) -> None:
    send(name="Bu Siti", phone="0812 3456 7890")
    sealed = fresh().scalars(sa.select(Contact.sealed)).one()
    assert b"Siti" not in sealed
    assert open_who(KEYS.identity, sealed) == Who("Bu Siti", "0812 3456 7890")


def everything() -> str:
    with writer_engine().begin() as connection:
        tables = sa.inspect(connection).get_table_names()
        return " ".join(str(connection.execute(sa.text(f'SELECT * FROM "{name}"')).all()) for name in tables)


def test_the_receipt_and_the_person_are_nowhere_in_the_database(
    any_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    code = send(name="Bu Siti", phone="081234567890").code
    assert code
    everywhere = everything() + caplog.text
    for secret in (code, code.replace("-", ""), code[4:].replace("-", ""), "Siti", "081234567890"):
        assert secret not in everywhere


def test_a_report_takes_few_statements(any_app: Flask) -> None:
    asked = make.statements()
    send()
    assert sum(statement.startswith("SELECT") for statement in asked) <= 4
    assert sum(not statement.startswith(("SELECT", "BEGIN")) for statement in asked) <= 9, asked
