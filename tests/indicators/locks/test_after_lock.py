"""A locked month shows what was locked, whatever happens later; the later change shows beside it."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from complaints.models import Category, Contact
from complaints.terms import Source
from core.db import db, reader, transaction
from indicators import nightly, targets
from indicators.locks import differences, queries, verifying
from indicators.months import storing, whole
from indicators.months.whole import Whole
from indicators.sheet import Indicator
from offices import queries as offices
from offices import service as house
from offices import settings
from offices import staff as accounts
from survey import importing
from survey.models import Rating
from survey.review import excluding
from tests import make
from tests.complaints import cases, submitting
from tests.indicators.locks import given_locks as given
from tests.indicators.locks.given_locks import AT, MINUTE, NIGHT
from tests.indicators.locks.recorded import World
from tests.indicators.test_summary import MID, OCTOBER

LATER = AT + timedelta(hours=1)
SIGNED: dict[str, Any] = {"office_id": make.OFFICE, "by": "tests", "now": LATER}


class October:
    """A month in which something of everything had happened when it was locked."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.world = World(app, folder, MID)
        given.october()
        self.world.step("sheet", 1, 1)
        self.settled, self.open, self.other, _patrol = (
            submitting.send(now=MID, name="Bu Ani", source=source).number
            for source in (Source.WEB, Source.WEB, Source.WEB, Source.PATROL)
        )
        for step in ("verify", "start", "settle"):
            cases.act(self.settled, step, now=MID + MINUTE, actor=self.world.officers[0])
        given.night(NIGHT)
        given.lock()
        self.world.now = LATER


def excluded_rating(_of: October) -> None:
    rating = reader().scalars(sa.select(Rating.id).where(Rating.import_id.is_(None)).limit(1)).one()
    excluding.exclude(rating_ids=[rating], reason="Ragu", **SIGNED)


def undone_import(_of: October) -> None:
    importing.undo(import_id=offices.imports(reader(), make.OFFICE)[0].id, **SIGNED)


def late_sheet(of: October) -> None:
    of.world.step("sheet", 9, 2)
    make.rating(answer=1, now=LATER, day=MID.date())
    given.mark(LATER)


def excluded_report(of: October) -> None:
    cases.act(of.open, "exclude", now=LATER, actor=of.world.officers[0])


def recategorised(of: October) -> None:
    cases.act(of.other, "recategorise", now=LATER, actor=of.world.officers[0])


def reopened(of: October) -> None:
    cases.act(of.settled, "reopen", now=LATER, actor=of.world.officers[0])


def registers(of: October) -> None:
    for kind in range(6):
        of.world.step("register", kind, 1)


def target(_of: October) -> None:
    targets.set_target(year=2026, indicator=Indicator.IKM, value=Decimal(99), **SIGNED)


def setting(key: str, value: str) -> Callable[[October], None]:
    def change(_of: October) -> None:
        settings.set_value(key=key, value=value, month=OCTOBER, **SIGNED)

    return change


def holiday(_of: October) -> None:
    house.add_leave(day=date(2026, 10, 20), name="Cuti", **SIGNED)


def renamed_category(_of: October) -> None:
    row = reader().get(Category, (make.OFFICE, "kebisingan"))
    assert row is not None
    renamed(code=row.code)


@transaction
def renamed(session: Any, /, code: str) -> None:
    session.execute(sa.update(Category).where(Category.code == code).values(name="Ribut"))


def moved_and_closed_service(_of: October) -> None:
    values: dict[str, Any] = {"name": "KTP", "section_key": "trantib", "position": 99}
    house.edit_service(code="ktp", is_open=False, **values, **SIGNED)


def closed_account(of: October) -> None:
    accounts.set_active(staff_id=of.world.officers[0], active=False, **SIGNED)


# What happens, and whether it changes a figure of October as it is counted now.
CHANGES: tuple[tuple[Callable[[October], None], bool], ...] = (
    (excluded_rating, True),
    (undone_import, True),
    (late_sheet, True),
    (excluded_report, True),
    (recategorised, True),
    (reopened, False),
    (holiday, True),
    (registers, True),
    (target, True),
    (setting("weight", "0.111"), True),
    (setting("predicate_thresholds", "99,98,97,96"), True),
    (setting("count_patrol", "ya"), True),
    (setting("ikm_source", "sukma-e"), True),
    (setting("identity_months", "0"), False),
    (renamed_category, False),
    (moved_and_closed_service, True),
    (closed_account, False),
)


def test_a_locked_month_stays_whatever_happens_later(any_app: Flask, tmp_path: Path) -> None:
    october = October(any_app, tmp_path)
    locked, before = content(), given.seen().whole
    for number, (change, is_figure) in enumerate(CHANGES, 1):
        change(october)
        given.night(LATER + number * timedelta(minutes=2))
        now = counted_now()
        name = getattr(change, "__name__", str(number))
        assert storing.text_of(given.seen().whole) == locked, name
        assert differences.is_changed(before, now) == is_figure, f"{number} {name}"
        before = now
    nightly.run_all(lambda: LATER + timedelta(days=3))
    shown = given.seen()
    assert (storing.text_of(shown.whole), shown.version.is_changed) == (locked, True)
    assert {each.indicator for each in shown.differences} >= {Indicator.IKM, Indicator.SETTLEMENT, Indicator.DOCUMENTS}
    assert [proof.holds for proof in verifying.verify(reader(), given.office(), OCTOBER)] == [True]
    assert len(reader().scalars(sa.select(Contact.complaint_id)).all()) == 3, "that of the excluded report is erased"


def content() -> str:
    db.session.rollback()
    found = queries.newest(reader(), make.OFFICE, OCTOBER)
    assert found is not None
    return found.content


def counted_now() -> Whole:
    db.session.rollback()
    return whole.build(reader(), given.office(), given.PERIOD)
