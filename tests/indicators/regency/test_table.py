"""The regency's table agrees with each office's own summary, and is read in a fixed number of statements."""

import json
import random
from typing import Any

import pytest
from flask import Flask

from core.db import db, reader
from core.periods import Period
from indicators.locks import queries as locks
from indicators.months import storing, summary
from indicators.months.open_row import OpenRow
from indicators.regency import building
from indicators.registers import entry_queries, outside
from indicators.registers.terms import Register
from indicators.sheet import Indicator
from offices import queries, settings
from tests import crowd, make
from tests.indicators.locks import given_locks as given
from tests.indicators.registers import entries
from tests.indicators.test_summary import MID, OCTOBER

NUMBERS = tuple(range(2, 14))


@pytest.mark.parametrize("period", ["2026-10", "2026-TW4", "2026"])
def test_it_says_what_each_office_says_itself(any_app: Flask, period: str) -> None:
    crowd.offices(NUMBERS)
    crowd.year(NUMBERS, 2026)
    db.session.rollback()
    asked = Period.parse(period)
    lines = {line.office_id: line for line in building.build(reader(), crowd.REGENCY, asked).lines}
    assert len(lines) == 1 + len(NUMBERS)
    for office_id in (make.OFFICE, *random.Random(1).sample(NUMBERS, 6)):
        own, found = summary.build(reader(), queries.office(reader(), office_id), asked), lines[office_id]
        for key in Indicator:
            line = own.line(key)
            assert (found.cells[key].target, found.cells[key].result) == (line.target, line.result), (office_id, key)
        assert found.received == own.order.settlement.received
        if not own.is_outside:
            assert found.respondents == own.survey.index.respondents


def test_the_number_of_statements_does_not_grow_with_the_offices(any_app: Flask) -> None:
    def statements() -> int:
        db.session.rollback()
        asked = make.statements()
        building.build(reader(), crowd.REGENCY, Period.parse("2026-10"))
        count = len(asked)
        asked.clear()
        return count

    crowd.offices(NUMBERS[:1])
    crowd.year(NUMBERS[:1], 2026)
    few = statements()
    crowd.offices(NUMBERS[1:])
    crowd.year(NUMBERS[1:], 2026)
    assert statements() == few <= 20


def test_offices_of_another_regency_are_not_in_it(app: Flask) -> None:
    crowd.offices([2])
    crowd.offices([3], "Kabupaten Bondowoso")
    crowd.year([2, 3], 2026)
    db.session.rollback()
    found = building.build(reader(), crowd.REGENCY, Period.parse("2026-10"))
    assert [line.office_id for line in found.lines] == [make.OFFICE, 2]


def locked_respondents() -> int | None:
    db.session.rollback()
    return building.build(reader(), crowd.REGENCY, given.PERIOD).lines[0].respondents


def test_a_locked_month_keeps_how_many_answered_on_sukma_e(app: Flask) -> None:
    settings.set_value(key="ikm_source", value="sukma-e", month=OCTOBER, now=MID, **entries.SIGNED)
    values: dict[str, Any] = {**entries.OUTSIDE, "period": "2026-10", "respondents": 148, "seen_on": MID.date()}
    filed = entries.kept(app.config["SETTINGS"], MID)
    shown = entries.added(outside.add, values, filed, now=MID)
    given.locked()
    (row,) = entry_queries.versions(reader(), Register.OUTSIDE, make.OFFICE, shown)
    change: dict[str, Any] = {**values, "respondents": 3, "now": given.AT + given.MINUTE}
    outside.edit(entry_id=shown, seen=row.id, filed=None, **change, **entries.SIGNED)
    assert locked_respondents() == 148


def test_a_row_locked_before_that_was_kept_is_read_still(app: Flask) -> None:
    given.locked()
    db.session.rollback()
    (lock,) = locks.versions(reader(), make.OFFICE, OCTOBER)
    old = json.loads(lock.published)
    del old["outside_respondents"]
    assert storing.value_of(json.dumps(old), OpenRow) == storing.value_of(lock.published, OpenRow)
