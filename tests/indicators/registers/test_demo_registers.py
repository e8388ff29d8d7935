"""The invented year's registers: something of everything, none of it in the future, the same for the same seed."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from core.calendar import Month
from core.db import db, reader
from core.periods import Period
from indicators import demo_registers
from indicators.registers import queries
from indicators.registers.values import Registered, registered
from tests import make

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
YEAR = Period.parse("2026")


def year() -> Registered:
    db.session.rollback()
    return registered(queries.entries(reader(), make.OFFICE, YEAR), YEAR)


def test_an_invented_year_fills_every_register(app: Flask) -> None:
    months = [Month(2026, 10), Month(2026, 11)]
    data_dir = app.config["SETTINGS"].data_dir
    demo_registers.add_registers(data_dir, make.OFFICE, months, "mumbulsari", "perintah demo", now=NOW)
    found = year()
    assert (found.documents, found.activities.whole) == (3, 4)
    assert found.review
    assert found.programme
    assert found.programme.whole == 12
    entries = queries.entries(reader(), make.OFFICE, YEAR)
    assert [row.period for row in entries.outside] == ["2026-10"]
    everything = [row for rows in vars(entries).values() for row in rows]
    assert max(row.recorded_at for row in everything) <= NOW
    assert NOW - min(row.recorded_at for row in everything) > timedelta(days=200)
