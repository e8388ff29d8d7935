"""(j) The night of many offices with one changed day each, beside one plain SQL aggregate over those days' rows."""

import random
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core import clock
from core.calendar import wib_day
from core.db import db, transaction
from indicators import nightly
from offices import dirty, queries
from survey.elements import OFFICIAL_ORDER
from survey.models import Rating
from tests import crowd, make
from tests.bench.house import FIRST, house, rating_row
from tests.bench.night import seconds
from tests.bench.printing import heading, line, ratio

DAYS = 20
CHANGED = FIRST + timedelta(days=DAYS // 2)


def run(folder: Path, *, offices: int, each_day: int = 40) -> None:
    """Print it."""
    with house(folder):
        numbers = (make.OFFICE, *range(2, offices + 1))
        crowd.offices(numbers[1:])
        measure(numbers, each_day)


def measure(numbers: tuple[int, ...], each_day: int) -> None:
    """In whatever database is there."""
    for number in numbers:
        fill(number, each_day)
    whole = seconds(lambda: nightly.run_now(clock.now, nightly.recount_all))
    idle = seconds(lambda: nightly.run_now(clock.now, nightly.recount_marked))
    changed = min(_changed_days(numbers) for _time in range(3))
    plain = min(seconds(plain_aggregate) for _time in range(3))
    for number in numbers:
        fill(number, each_day, days=range(DAYS, DAYS + 1))
    whole_day = seconds(lambda: nightly.run_now(clock.now, nightly.recount_marked))
    heading(f"(j) The night of {len(numbers)} offices, {each_day} ratings a day each, one day changed each")
    line("one plain aggregate over the changed days", f"{1000 * plain:.1f} ms")
    line("the night that counts them", f"{1000 * changed:.1f} ms", ratio(changed, plain, most="3"))
    line("the night that counts a whole new day of each", f"{1000 * whole_day:.1f} ms", f"× {whole_day / plain:.3g}")
    line("a night with nothing to count", f"{1000 * idle:.1f} ms")
    line("--all", f"{whole:.2f} s")


@transaction
def fill(session: Session, /, office_id: int, each_day: int, days: range = range(DAYS)) -> None:
    """That many ratings on each of the days, which are marked."""
    chance = random.Random(office_id)
    services = [service.code for service in queries.services(session, make.OFFICE)]
    rows = [rating_row(day, services, chance, office_id) for day in days for _rating in range(each_day)]
    session.connection().execute(sa.insert(Rating), rows)
    dirty.mark(session, office_id, dirty.Figures.RATINGS, {row["day"] for row in rows}, now=FIRST)


def _changed_days(numbers: tuple[int, ...]) -> float:
    for number in numbers:
        make.rating(now=CHANGED, office_id=number)
    return seconds(lambda: nightly.run_now(clock.now, nightly.recount_marked))


def plain_aggregate() -> None:
    """Counts and sums of the changed days, by office and service."""
    sums = ", ".join(f"sum({key.value})" for key in OFFICIAL_ORDER)
    keys, those = "office_id, day, service_code, edition_code", "office_id IN (SELECT id FROM office) AND day = :day"
    statement = sa.text(f"SELECT {keys}, count(*), {sums} FROM rating WHERE {those} GROUP BY {keys}")
    day = sa.bindparam("day", wib_day(CHANGED), sa.Date)
    db.session.execute(statement.bindparams(day)).all()
    db.session.rollback()
