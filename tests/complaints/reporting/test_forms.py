"""What the report form takes, mends and refuses."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from complaints import queries
from complaints.reporting.forms import ReportForm, choices
from core.db import reader
from offices import queries as office_queries
from tests import make

SUBMISSION = UUID("0190a000-0000-7000-8000-000000000001")
SUCO = "35.09.23.2005"


@pytest.fixture(autouse=True)
def request_context(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def form(**typed: str) -> ReportForm:
    data = {"submission_id": str(SUBMISSION), "category": "jalan", "description": "Pasar tumpah", "village": SUCO}
    found = ReportForm(formdata=MultiDict(data | typed), meta={"csrf": False})
    found.now = make.START
    villages = office_queries.villages(reader(), make.OFFICE)
    found.offer(choices(queries.open_categories(reader(), make.OFFICE), villages))
    found.validate()
    return found


def test_the_least_that_can_be_said_is_a_report() -> None:
    assert form().errors == {}
    assert form().values() == {
        "submission_id": SUBMISSION, "category": "jalan", "description": "Pasar tumpah", "village": SUCO, "place": "",
        "lat": None, "lng": None, "happened_at": None, "name": "", "phone": "", "email": "", "confidential": False,
    }  # fmt: skip


def test_text_is_tidied() -> None:
    values = form(description="  satu\r\ndua \r\n", place="  Dusun \t Krajan ").values()
    assert (values["description"], values["place"]) == ("satu\ndua", "Dusun Krajan")


@pytest.mark.parametrize(
    "typed",
    [
        {"village": SUCO},
        {"village": "", "lat": "-8.25", "lng": "113.75"},
        {"village": "tidak-tahu", "place": "Dekat jembatan"},
        {"village": "tidak-tahu", "lat": "-8.25", "lng": "113.75"},
    ],
)
def test_a_place_is_named_by_desa_position_or_words(typed: dict[str, str]) -> None:
    assert form(**typed).errors == {}


def test_an_unknown_desa_is_stored_as_none() -> None:
    assert form(village="tidak-tahu", place="Dekat jembatan").values()["village"] is None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"village": ""}, "village"),
        ({"village": "", "place": "Dekat jembatan"}, "village"),
        ({"village": "tidak-tahu"}, "place"),
        ({"village": "99"}, "village"),
        ({"category": ""}, "category"),
        ({"category": "perang"}, "category"),
        ({"description": "  \n "}, "description"),
        ({"description": "a\0b"}, "description"),
        ({"description": "\ud800"}, "description"),
        ({"description": "x" * 5001}, "description"),
        ({"place": "x" * 201}, "place"),
        ({"lat": "-8.25"}, "lat"),
        ({"lng": "113.75"}, "lat"),
        ({"lat": "90.1", "lng": "0"}, "lat"),
        ({"lat": "0", "lng": "-180.0001"}, "lng"),
        ({"lat": "NaN", "lng": "0"}, "lat"),
        ({"lat": "sNaN", "lng": "0"}, "lat"),
        ({"lat": "Infinity", "lng": "0"}, "lat"),
        ({"lat": "1e400", "lng": "0"}, "lat"),
        ({"lat": "x", "lng": "0"}, "lat"),
        ({"happened_at": "kemarin"}, "happened_at"),
        ({"happened_at": "2026-02-30T10:00"}, "happened_at"),
        ({"happened_at": "0001-01-01T00:00+14:00"}, "happened_at"),
        ({"happened_at": "9999-12-31T23:59-14:00"}, "happened_at"),
        ({"happened_at": "2026-10-05T10:00"}, "happened_at"),
        ({"phone": "3509231234567890"}, "phone"),
        ({"phone": "tanya tetangga"}, "phone"),
        ({"email": "bukan email"}, "email"),
        ({"name": "x" * 101}, "name"),
        ({"submission_id": "1"}, "submission_id"),
    ],
)
def test_what_can_not_be_meant_is_refused_at_its_field(typed: dict[str, str], field: str) -> None:
    assert list(form(**typed).errors) == [field]


def test_a_position_is_kept_to_six_decimals() -> None:
    values = form(lat="-8,2512345678", lng="-0.0000001").values()
    assert (values["lat"], str(values["lng"])) == (Decimal("-8.251235"), "0.000000")


@pytest.mark.parametrize(
    "typed", ["2026-09-30T20:00", "2026-09-30 20:00", "2026-09-30T13:00Z", "2026-09-30T20:00+07:00"]
)
def test_a_time_without_zone_is_the_offices(typed: str) -> None:
    assert form(happened_at=typed).values()["happened_at"] == datetime(2026, 9, 30, 13, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["0812 3456 7890", "+62 812-3456-7890", "112", "(0331) 123456"])
def test_a_phone_is_written_in_many_ways(typed: str) -> None:
    assert form(phone=typed).errors == {}


def test_a_lost_submission_id_is_replaced() -> None:
    lost = form(submission_id="")
    assert isinstance(lost.submission_id.data, UUID)
    assert str(lost.submission_id.data) in lost.submission_id()
