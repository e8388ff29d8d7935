"""What a case's page reads of a report and of the people who handle it."""

import pytest
from flask import Flask

from complaints.desk import desk_queries
from complaints.fetching import for_staff
from core.db import reader
from core.errors import Missing
from tests import make
from tests.complaints import cases


def test_a_number_is_found_in_any_case_in_its_office_alone(any_app: Flask) -> None:
    number = cases.case()
    assert for_staff(reader(), make.OFFICE, f" {number.lower()}").number == number
    with pytest.raises(Missing):
        for_staff(reader(), make.OFFICE + 1, number)


def test_reports_are_given_to_active_officers_alone(any_app: Flask) -> None:
    officer, _head = cases.officer(), cases.officer("head")
    assert [who.id for who in desk_queries.assignable(reader(), make.OFFICE)] == [officer]
