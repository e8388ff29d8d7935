"""A summary is stored and read again without losing anything."""

from decimal import Decimal

from flask import Flask

from core.db import reader
from core.periods import Period
from indicators import nightly
from indicators.months import storing, summary
from indicators.months.results import Summary
from offices import queries as offices
from tests import make
from tests.indicators.test_summary import MID, NIGHT, settled


def test_a_stored_summary_is_the_same_again(app: Flask) -> None:
    for answer in (1, 2, 4):
        make.rating(answer=answer, now=MID)
    settled(MID, MID)
    nightly.run_now(lambda: NIGHT, nightly.recount_marked)
    found = summary.build(reader(), offices.office(reader(), make.OFFICE), Period.parse("2026-10"))
    text = storing.text_of(found)
    again = storing.value_of(text, Summary)
    assert again == found
    assert storing.text_of(again) == text
    assert again.survey.index.value == Decimal("58.33")
