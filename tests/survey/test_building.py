"""The survey's figures of a period, built from the nightly sums or from the ratings themselves."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask

from core import clock
from core.db import reader
from core.periods import Period
from indicators import nightly
from offices import queries as offices
from survey.figures import building
from survey.figures.groups import Dimension
from survey.figures.results import Figures
from tests import make

NIGHT = make.START + timedelta(days=40)


def built(period: str, as_of: datetime | None = None) -> Figures:
    office = offices.office(reader(), make.OFFICE)
    return building.build(reader(), office, Period.parse(period), as_of)


def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    nightly.run_now(clock.now, nightly.recount_marked)


def test_months_are_pooled_by_respondents(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for answer, days in [(4, 0), (4, 1), (2, 32)]:
        make.rating(answer=answer, now=make.START + timedelta(days=days))
    counted(monkeypatch)
    assert [built(each).whole.index for each in ("2026-10", "2026-11", "2026-TW4", "2026")] == [
        Decimal("100.00"),
        Decimal("50.00"),
        Decimal("83.33"),
        Decimal("83.33"),
    ]


def test_groups_add_up_to_the_whole(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(30):
        make.rating(answer=1 + n % 4, sex=("male", "female")[n % 2], visit="code" if n < 12 else "")
    counted(monkeypatch)
    found = built("2026-10")
    groups = [group.scored.respondents for group in found.groups[Dimension.SEX] if group.scored]
    assert (found.whole.respondents, groups, found.verified.respondents) == (30, [15, 15], 12)
    assert all(sum(counts.values()) == 30 for counts in found.answers.values())


def test_what_was_taken_out_is_beside_the_index_not_in_it(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    make.rating(answer=4)
    make.rating(answer=1, is_excluded=True)
    counted(monkeypatch)
    found = built("2026-10")
    assert (found.whole.index, found.everything.index, found.excluded) == (Decimal("100.00"), Decimal("62.50"), 1)


def test_counting_the_ratings_themselves_gives_the_same(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(25):
        make.rating(answer=1 + n % 4, sex=("male", None)[n % 2], service=("ktp", "kk")[n % 2])
    counted(monkeypatch)
    nightly_figures, from_ratings = built("2026-10"), built("2026-10", NIGHT)
    assert nightly_figures.whole == from_ratings.whole
    assert nightly_figures.groups == from_ratings.groups
    assert nightly_figures.services == from_ratings.services
    assert nightly_figures.answers == from_ratings.answers
