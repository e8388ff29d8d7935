"""Who reported is forgotten some months after the end; the report stays."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from complaints.case_models import Joiner, Photo
from complaints.desk_models import PushSubscription
from complaints.models import Complaint, Contact, EventWords
from complaints.terms import PhotoKind
from core.calendar import months_before, wib_day
from core.db import db, reader, transaction
from core.ids import uuid7
from indicators import nightly
from tests import make
from tests.complaints import answering
from tests.complaints.test_search import found

ENDED = datetime(2026, 5, 1, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due_on", "night", "kept"),
    [
        (None, ENDED + timedelta(days=180), 1),
        (None, ENDED + timedelta(days=190), 0),
        (wib_day(ENDED), ENDED + timedelta(days=900), 1),
    ],
)
def test_contacts_go_six_months_after_the_end(any_app: Flask, due_on: date | None, night: datetime, kept: int) -> None:
    make.contact(make.complaint(now=ENDED, due_on=due_on))
    nightly.run_now(lambda: night, nightly.recount_marked)
    db.session.rollback()
    assert reader().scalar(sa.select(sa.func.count()).select_from(Contact)) == kept
    assert reader().scalar(sa.select(sa.func.count()).select_from(Complaint)) == 1


def test_with_the_contact_go_those_who_joined_their_photos_and_phones(any_app: Flask) -> None:
    complaint_id = make.complaint(now=ENDED, due_on=None)
    joiner_id = answering.joined(complaint_id, said="Saya juga", sealed=b"sealed", now=ENDED)
    number = reader().scalars(sa.select(Complaint.number)).one()
    answering.answer(number, "add", "Kata warga pertama", now=ENDED)
    answering.answer(number, "add", "Rumah saya nomor tujuh", joiner=joiner_id, now=ENDED)
    proof, own = (photo(complaint_id, kind) for kind in (PhotoKind.PROOF, PhotoKind.RESIDENT))
    told(complaint_id)
    nightly.run_now(lambda: ENDED + timedelta(days=190), nightly.recount_marked)
    db.session.rollback()
    joiner = reader().scalars(sa.select(Joiner)).one()
    assert (joiner.sealed, joiner.said) == (None, "")
    assert list(reader().scalars(sa.select(EventWords.said))) == ["Kata warga pertama"]
    assert found("warga")
    assert not found("nomor")
    assert reader().scalar(sa.select(sa.func.count()).select_from(PushSubscription)) == 0
    erased = {row.id: row.erased_at is not None for row in reader().scalars(sa.select(Photo))}
    assert erased == {proof: False, own: True}


@transaction
def photo(session: Session, complaint_id: UUID, kind: PhotoKind, /) -> UUID:
    key = uuid7(ENDED)
    row = {
        "office_id": make.OFFICE, "id": key, "complaint_id": complaint_id, "kind": kind.value, "upload_id": key,
        "added_at": ENDED, "width": 1, "height": 1, "file_hash": "a", "look": "b",
    }  # fmt: skip
    session.execute(sa.insert(Photo).values(row))
    return key


@transaction
def told(session: Session, complaint_id: UUID, /) -> None:
    row = {"office_id": make.OFFICE, "id": uuid7(ENDED), "complaint_id": complaint_id, "endpoint_digest": "a"}
    session.execute(sa.insert(PushSubscription).values(row | {"sealed": b"x", "added_at": ENDED}))


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 22), 6, date(2026, 5, 22)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_months_are_counted_back_to_a_day_that_exists(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before
