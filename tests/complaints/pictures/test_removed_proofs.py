"""Proof photos taken away again: attached by mistake, and no settling rests on them."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from complaints.case_models import Photo
from complaints.models import Complaint, EventWords
from complaints.pictures import proof_queries, proofs
from complaints.workflow import Details, Evidence
from core.db import db, read_afresh, transaction
from core.errors import Conflict, Missing, Refused
from tests import make
from tests.complaints import cases, drawn
from tests.complaints.pictures.test_proofs import (
    HALF_AN_HOUR_ON,
    ONE,
    OTHER,
    attach,
    files,
    found,
    handled,
    kinds,
    resident_sends,
    taken,
    waiting,
)


def remove(app: Flask, number: str, photo_id: UUID, *, role: str = "officer", office_id: int = make.OFFICE) -> None:
    proofs.remove(
        data_dir=app.config["SETTINGS"].data_dir, office_id=office_id, number=number, photo_id=photo_id,
        role=role, actor_id=cases.officer(), now=HALF_AN_HOUR_ON,
    )  # fmt: skip


def test_a_proof_attached_by_mistake_is_taken_away_and_the_history_says_so(any_app: Flask) -> None:
    number = handled()
    attach(any_app, number, taken(ONE, at=make.START - timedelta(days=2)))
    photo = waiting(number)[0]
    for _tap in range(2):
        remove(any_app, number, photo.id)
    assert (waiting(number), files(any_app), kinds()) == ([], [], ["time_off"])
    assert proof_queries.evidence(read_afresh(), cases.report(number)).findings == frozenset()
    kept = db.session.get_one(Photo, (make.OFFICE, photo.id))
    assert (kept.erased_at, kept.event_id, len(kept.file_hash), len(kept.look)) == (HALF_AN_HOUR_ON, None, 64, 32)
    assert [event.move for event in cases.history(number)] == ["receive", "verify", "start", "note"]
    written = db.session.get_one(EventWords, (make.OFFICE, cases.history(number)[-1].id))
    assert kept.file_hash[:16] in written.note
    cases.act(number, "settle", now=HALF_AN_HOUR_ON)


def test_what_was_taken_away_proves_nothing_here_and_is_held_against_nobody_elsewhere(any_app: Flask) -> None:
    wrong, right = handled(), handled()
    attach(any_app, wrong, drawn.jpeg(ONE))
    remove(any_app, wrong, waiting(wrong)[0].id)
    with pytest.raises(Refused, match="Lampirkan foto bukti"):
        cases.act(wrong, "settle", record_number="")
    attach(any_app, right, drawn.jpeg(ONE))
    assert found() == []


def test_what_was_taken_away_can_be_attached_again(any_app: Flask) -> None:
    number = handled()
    for _time in range(2):
        attach(any_app, number, drawn.jpeg(ONE))
        assert len(waiting(number)) == 1
        remove(any_app, number, waiting(number)[0].id)
    attach(any_app, number, drawn.jpeg(ONE))
    assert (len(waiting(number)), found()) == (1, [])


def test_a_proof_that_a_settling_rests_on_stays(any_app: Flask) -> None:
    number = handled()
    attach(any_app, number, drawn.jpeg(ONE))
    photo = waiting(number)[0].id
    cases.act(number, "settle", record_number="")
    with pytest.raises(Refused, match="sudah diselesaikan dengan foto ini"):
        remove(any_app, number, photo)
    cases.act(number, "reopen")
    with pytest.raises(Refused, match="sudah diselesaikan dengan foto ini"):
        remove(any_app, number, photo)
    assert len(files(any_app)) == 1


def test_only_a_proof_of_this_report_is_taken_away_and_by_handlers_of_the_office_alone(any_app: Flask) -> None:
    number, other = handled(), handled()
    of_resident = resident_sends(any_app, number, drawn.jpeg(OTHER))
    attach(any_app, number, drawn.jpeg(ONE))
    photo = waiting(number)[0].id
    for where, which, office_id in ((number, of_resident, 1), (other, photo, 1), (number, photo, 2)):
        with pytest.raises(Missing):
            remove(any_app, where, which, office_id=office_id)
    for role in ("head", "secretary", "onlooker"):
        with pytest.raises(Refused, match="hanya untuk petugas"):
            remove(any_app, number, photo, role=role)
    assert (len(waiting(number)), len(files(any_app))) == (1, 2)


def test_a_settling_does_not_rest_on_what_was_taken_away_meanwhile(any_app: Flask) -> None:
    number = handled()

    @transaction
    def close(session: Session, /) -> None:
        report = session.get_one(Complaint, (make.OFFICE, cases.report(number).id))
        proofs.close(
            session, report, UUID(int=1), Details(evidence=Evidence(photos=1)), by=UUID(int=2), now=cases.LATER
        )

    with pytest.raises(Conflict, match="baru saja ditambah atau dilepas"):
        close()
