"""What an upgrade makes of reports that were there before."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import flask_migrate
import sqlalchemy as sa
from flask import Flask
from pysqlite3 import dbapi2
from sqlalchemy.orm import Session

from complaints.models import Complaint
from core import clock
from core.calendar import wib_day
from core.db import Base, db, reader, transaction
from core.ids import uuid7
from indicators import nightly
from offices.models import Import
from survey.figures.models import RatingAnswerMonth, RatingGroupMonth, RatingMonth
from survey.models import Rating, RatingReview
from tests import make
from wsgi import create_app

DAY = wib_day(clock.now()) + timedelta(days=14)
HELD: tuple[type[Base], ...] = (RatingMonth, RatingGroupMonth, RatingAnswerMonth)

OFFICE = """
    INSERT INTO office (id, code, prefix, name, regency, province, postcode, is_default, invented, revision)
    VALUES (:office, 'a', 'TRB', 'a', 'a', 'a', '1', 1, 0, 0)
"""


@transaction
def logbook(session: Session) -> UUID:
    key = uuid7(make.START)
    row = {"office_id": make.OFFICE, "id": key, "kind": "logbook", "file_name": "a.csv", "digest": "", "options": {}}
    session.execute(sa.insert(Import).values(row | {"imported": 1, "rejected": 0, "at": make.START, "by": "tests"}))
    return key


def is_two_weeks_away(day: date | None) -> bool:
    return day in {DAY, wib_day(clock.now()) + timedelta(days=14)}  # midnight may come in between


def test_what_stood_settled_may_be_answered_for_two_weeks_and_is_final_then(postgres_app: Flask) -> None:
    settled = make.bare_report(status="settled", settled_at=make.START)
    others = [make.bare_report(), make.bare_report(status="settled", settled_at=make.START, import_id=logbook())]
    db.session.rollback()
    make.downgrade("0001")
    flask_migrate.upgrade()
    found = {row.id: row.answer_by for row in db.session.scalars(sa.select(Complaint))}
    assert is_two_weeks_away(found[settled])
    assert [found[key] for key in others] == [None, None]


def test_the_same_in_a_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/old.db"
    app = create_app({"DATA_DIR": str(tmp_path), "DATABASE_URL": url}, TESTING=True)
    with app.app_context():
        flask_migrate.upgrade(revision="0001")
        old = sa.create_engine(url, module=dbapi2)  # it minds no foreign keys, so the reports need nothing around them
        with old.begin() as connection:
            connection.execute(sa.text(OFFICE), {"office": make.OFFICE})
            table = sa.Table("complaint", sa.MetaData(), autoload_with=connection)
            connection.execute(
                table.insert(), [_old("settled", None), _old("settled", uuid4()), _old("received", None)]
            )
        old.dispose()
        flask_migrate.upgrade()
        found = {(row.status, row.import_id is None): row.answer_by for row in reader().scalars(sa.select(Complaint))}
        for engine in make.engines():
            engine.dispose()
    assert is_two_weeks_away(found.pop(("settled", True)))
    assert found == {("settled", False): None, ("received", True): None}


def _old(status: str, import_id: UUID | None) -> dict[str, object]:
    """A report's row as the first release wrote it."""
    moment, day = make.START.replace(tzinfo=None), wib_day(make.START)
    return {
        "office_id": make.OFFICE, "id": uuid4().hex, "number": make.number(), "submission_id": uuid4().hex,
        "digest": "", "receipt_digest": make.word(), "receipt_issue": 1, "category_code": "jalan",
        "description": "Lubang", "place": "", "is_confidential": 0, "is_held": 0, "is_unproven": 0, "source": "web",
        "received_at": moment, "received_on": day, "recorded_at": moment, "status": status, "version": 1,
        "answer_due": day, "follow_up_due": day, "settle_due": day, "import_id": import_id.hex if import_id else None,
    }  # fmt: skip


def test_what_the_last_night_counted_is_held_after_the_upgrade_and_the_next_counts_the_rest(any_app: Flask) -> None:
    night = make.START + timedelta(days=3)
    make.rating(now=make.START, sex="male", answer=4)
    make.rating(now=make.START, service="kk")
    make.review_ratings(service="kk", now=make.START)
    for office, rating in reader().execute(sa.select(Rating.office_id, Rating.id).filter_by(is_excluded=True)):
        _reviewed(office, rating)
    nightly.run_now(lambda: night, nightly.recount_marked)
    before = held()
    make.rating(now=night + timedelta(hours=1))
    db.session.rollback()
    make.downgrade("0005")
    flask_migrate.upgrade()
    assert held() == before
    nightly.run_now(lambda: night, nightly.recount_marked)
    after = held()
    nightly.run_now(lambda: night, nightly.recount_all)
    assert held() == after != before


@transaction
def _reviewed(session: Session, office_id: int, rating_id: UUID) -> None:
    said = {"is_excluded": True, "reason": "a", "reviewed_at": make.START, "reviewed_by": "tests"}
    row = {"office_id": office_id, "id": uuid7(make.START), "rating_id": rating_id, **said}
    session.execute(sa.insert(RatingReview).values(row))


def held() -> list[str]:
    db.session.rollback()
    return sorted(str(row) for model in HELD for row in reader().execute(sa.select(*sa.inspect(model).columns)))
