"""What a resident is shown of others' reports before sending one, and what never."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from flask import Flask

from complaints import queries
from complaints.reporting import similar
from complaints.reporting.similar import Candidate, Place, Similar, near
from complaints.terms import Status
from complaints.workflow import OPEN
from core.calendar import wib_day
from core.ids import uuid7
from tests import make
from tests.complaints import submitting

LENGKONG, SUCO = "35.09.23.2001", "35.09.23.2005"
NOW = make.START + timedelta(days=40)
LAT, LNG = Decimal("-8.25"), Decimal("113.75")
STEP = Decimal("0.000001")
CORNERS = ("-0.000499", "0", "0.000499")
PUBLIC = {"jalan", "bangunan-reklame", "sampah-ternak", "sungai", "bencana"}


def place(village: str | None = None, south_m: int | None = None) -> Place:
    """Somewhere so many metres south of here."""
    if south_m is None:
        return Place(village, None, None)
    return Place(village, LAT - Decimal(south_m * 10 + 5) * Decimal("0.0000008993"), LNG)


@pytest.mark.parametrize(
    ("mine", "other", "expected"),
    [
        (place(LENGKONG), place(LENGKONG), True),
        (place(LENGKONG), place(SUCO), False),
        (place(), place(), False),  # two who know nothing are not in the same place
        (place(LENGKONG), place(LENGKONG, 9000), True),  # a desa is all that one of them knows
        (Place(LENGKONG, LAT, LNG), place(LENGKONG, 277), True),
        (Place(LENGKONG, LAT, LNG), place(LENGKONG, 279), False),
        (Place(LENGKONG, LAT, LNG), place(SUCO, 200), True),  # across the border
        (Place(None, LAT, LNG), place(None, 10), True),
        (Place(None, LAT, LNG), place(SUCO), False),
    ],
)
def test_near(mine: Place, other: Place, expected: bool) -> None:
    assert near(mine, other) is near(other, mine) is expected


def test_nobody_can_tell_where_in_its_square_of_110_metres_a_report_lies() -> None:
    corners = [Place(None, LAT + Decimal(up), LNG + Decimal(across)) for up in CORNERS for across in CORNERS]
    for step in range(-4000, 4001, 7):  # from 440 m away to 440 m beyond
        for asked in (Place(None, LAT + step * STEP, LNG), Place(None, LAT, LNG + step * STEP)):
            assert len({near(asked, corner) for corner in corners}) == 1


def test_the_nearest_five_come_first() -> None:
    def candidate(metres: int | None, days: int) -> Candidate:
        known = Similar(uuid7(NOW), str(metres), wib_day(NOW) - timedelta(days=days))
        return Candidate(known, place(LENGKONG, metres))

    some = [candidate(*each) for each in [(None, 1), (200, 0), (None, 0), (10, 9), (100, 3), (600, 0), (150, 1)]]
    found = similar.chosen(Place(LENGKONG, LAT, LNG), some)  # 100 m and 150 m are rounded to the same
    assert [each.village for each in found] == [
        "10",
        "150",
        "100",
        "200",
        "None",
    ]  # 100 m and 150 m are rounded to the same
    assert found[-1].received_on == wib_day(NOW)


def reported(*, days_ago: float = 1, **values: object) -> None:
    """A report of a broken road in Lengkong."""
    now = NOW - timedelta(days=days_ago)
    chosen = {"category_code": "jalan", "village_code": LENGKONG, "received_at": now, "received_on": wib_day(now)}
    make.bare_report(**chosen | {"recorded_at": now} | values)


def found(category: str = "jalan", where: Place | None = None, **values: object) -> list[Similar]:
    session = submitting.fresh()
    return similar.similar(session, make.OFFICE, category, where or place(LENGKONG), now=NOW, **values)  # type: ignore[arg-type]


def test_what_is_shown(any_app: Flask) -> None:
    reported()
    [one] = found()
    assert (one.village, one.received_on) == ("Lengkong", wib_day(NOW) - timedelta(days=1))


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({"days_ago": 29.99}, True),
        ({"days_ago": 30}, True),
        ({"days_ago": 30.01}, False),
        ({"category_code": "sungai"}, False),
        ({"village_code": SUCO}, False),
        ({"village_code": None}, False),
        ({"is_held": True}, False),
        ({"is_confidential": True}, False),
        *(({"status": status.value}, status in OPEN) for status in Status),
    ],
)
def test_which_are_shown(any_app: Flask, values: dict[str, object], shown: bool) -> None:
    reported(**values)  # type: ignore[arg-type]
    assert bool(found()) is shown


@pytest.mark.parametrize(("metres", "shown"), [(0, True), (248, True), (277, True), (279, False)])
def test_within_250_metres(any_app: Flask, metres: int, shown: bool) -> None:
    other = place(LENGKONG, metres)
    reported(lat=other.lat and other.lat.quantize(Decimal("0.000001")), lng=other.lng)
    assert bool(found(where=Place(SUCO, LAT, LNG))) is shown
    corner = Place(SUCO, LAT + Decimal("0.0022"), LNG + Decimal("0.0022"))  # in the box, and yet 340 m away
    assert found(where=corner) == []


def test_a_report_is_not_like_itself(any_app: Flask) -> None:
    mine = uuid4()
    reported(submission_id=mine)
    assert found(but=mine) == []
    assert len(found(but=uuid4())) == 1


def test_nobody_finds_out_whether_they_were_reported(any_app: Flask) -> None:
    for category in categories():
        reported(category_code=category, lat=LAT, lng=LNG)
    ways = (place(LENGKONG), Place(None, LAT, LNG), Place(LENGKONG, LAT, LNG))
    shown = {category for category in categories() if any(found(category, where=way) for way in ways)}
    assert shown == PUBLIC


def categories() -> Iterable[str]:
    return [row.code for row in queries.categories(submitting.fresh(), make.OFFICE)]


def test_a_list_of_thousands_reads_an_index(app: Flask) -> None:
    asked = make.statements()
    found(where=Place(LENGKONG, LAT, LNG))
    [statement] = [each for each in asked if each.startswith("SELECT")]
    blanks = (1,) * statement.count("?")
    plan = submitting.fresh().connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", blanks)
    steps = " ".join(str(row) for row in plan)
    assert "ix_complaint_office_id_category_code_id" in steps
    assert "SCAN complaint" not in steps
