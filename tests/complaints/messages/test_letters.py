"""The words of notices."""

from datetime import date

import pytest

from complaints.messages import letters
from complaints.messages.letters import Happened
from complaints.terms import Move

DAY = date(2026, 11, 5)


@pytest.mark.parametrize(("settle_due", "told"), [(DAY, True), (None, False)])
def test_a_moved_day_is_told_of_a_report_that_is_still_open(settle_due: date | None, told: bool) -> None:
    what = Happened("TRB-2026-00001", Move.RESUME, "Jalan", None, False, None, new_due=DAY, settle_due=settle_due)
    assert ("5 November 2026" in letters.for_resident(what, "http://x").body) is told
