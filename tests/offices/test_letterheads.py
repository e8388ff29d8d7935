"""Who writes, and who signs, as the office has set it."""

from datetime import timedelta

import pytest
from flask import Flask

from core.calendar import Month, wib_day
from core.db import read_afresh
from core.errors import Refused
from offices import queries, settings
from offices.letterheads import letterhead
from tests import make

LATER = make.START + timedelta(days=5)


def put(key: str, value: str) -> None:
    settings.set_value(
        office_id=make.OFFICE, key=key, value=value, month=Month.of(make.START), by="tests", now=make.START
    )


def test_a_letterhead_says_where_the_office_is_found(app: Flask) -> None:
    put("office_address", "Jalan Raya Mumbulsari 1")
    put("office_phone", "(0331) 123456")
    session = read_afresh()
    office = queries.office(session, make.OFFICE)
    assert letterhead(session, office, LATER).contact == "Jalan Raya Mumbulsari 1 · Telepon (0331) 123456"
    assert letterhead(session, office, make.START - timedelta(days=1)).contact == ""


def test_a_letterhead_ends_with_the_postcode(app: Flask) -> None:
    put("office_email", "surel@mumbulsari.example")
    session = read_afresh()
    office = queries.office(session, make.OFFICE)
    found = letterhead(session, office, LATER)
    assert found.lines == ["surel@mumbulsari.example", f"Provinsi {office.province} · Kode Pos {office.postcode}"]
    assert letterhead(session, office, make.START - timedelta(days=1)).lines == [found.address]


def test_who_signs_has_a_rank(app: Flask) -> None:
    put("secretary_name", "Siti Aminah, S.Sos.")
    put("secretary_rank", "Penata Tingkat I (III/d)")
    values = settings.in_force(read_afresh(), make.OFFICE, wib_day(LATER))
    assert settings.signer(values, "secretary") == settings.Signer(
        "Siti Aminah, S.Sos.", "", "Penata Tingkat I (III/d)"
    )
    assert settings.signer(values) == settings.Signer("", "", "")


@pytest.mark.parametrize("text", ["", " ", "x" * 101])
def test_what_a_letterhead_has_no_room_for_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="paling banyak 100 huruf"):
        settings.checked("office_address", text)
