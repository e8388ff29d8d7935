"""Proof photos: attached once, compared with all earlier ones, explained, and closed with the settling."""

from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from sqlalchemy.orm import Session

from complaints.case_models import Finding, Photo
from complaints.models import EventWords
from complaints.pictures import photos, proof_queries, proofs
from complaints.queries import Opened
from core.calendar import WIB
from core.db import db, read_afresh, reader, transaction, writer_engine
from core.errors import Refused
from tests import make
from tests.complaints import cases, drawn

HERE = (Decimal("-8.25"), Decimal("113.75"))
HALF_AN_HOUR_ON = cases.LATER + timedelta(minutes=30)
ONE, OTHER = drawn.scene(1), drawn.scene(2)


def handled(**values: Any) -> str:
    """A report being handled since LATER."""
    number = cases.case(**values)
    for step in ("verify", "start"):
        cases.act(number, step)
    return number


def attach(app: Flask, number: str, raw: bytes, *, version: int = 3, now: datetime = cases.LATER) -> None:
    proofs.add(
        data_dir=app.config["SETTINGS"].data_dir, office_id=make.OFFICE, number=number, version=version,
        role="officer", actor_id=cases.officer(), source=raw, now=now,
    )  # fmt: skip


def resident_sends(app: Flask, number: str, raw: bytes) -> UUID:
    opened = Opened(make.OFFICE, cases.report(number).id, None)
    data_dir = app.config["SETTINGS"].data_dir
    return photos.add(data_dir=data_dir, opened=opened, upload_id=UUID(int=7), source=raw, now=make.START).id


def taken(picture: Image.Image, *, at: datetime | None = None, lat: float | None = None) -> bytes:
    """As a phone keeps it that writes down the time, and the latitude on the meridian of HERE."""
    exif = Image.Exif()
    if at:
        exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = at.astimezone(WIB).strftime("%Y:%m:%d %H:%M:%S")
    if lat:
        exif.get_ifd(IFD.GPSInfo).update({
            GPS.GPSLatitudeRef: "S", GPS.GPSLatitude: (-lat, 0.0, 0.0),
            GPS.GPSLongitudeRef: "E", GPS.GPSLongitude: (113.75, 0.0, 0.0),
        })  # fmt: skip
    kept = BytesIO()
    picture.save(kept, "JPEG", exif=exif)
    return kept.getvalue()


def found() -> list[tuple[str, int]]:
    db.session.rollback()
    rows = db.session.scalars(sa.select(Finding).order_by(Finding.found_at, Finding.id))
    return [(row.kind, row.distance or 0) for row in rows]


def kinds() -> list[str]:
    return [kind for kind, _distance in found()]


def waiting(number: str) -> list[Photo]:
    return list(proof_queries.pending(read_afresh(), make.OFFICE, cases.report(number).id))


def files(app: Flask) -> list[Path]:
    return list(Path(app.config["SETTINGS"].data_dir, "media").rglob("*.jpg"))


def test_an_honest_photo_settles_a_report_without_a_question(any_app: Flask) -> None:
    number = handled()
    attach(any_app, number, taken(ONE, at=cases.LATER))
    assert found() == []
    cases.act(number, "settle", record_number="", is_shown=True, now=HALF_AN_HOUR_ON)
    photo = db.session.scalars(sa.select(Photo)).one()
    assert cases.report(number).status == "settled"
    assert (photo.event_id, photo.is_shown) == (cases.history(number)[-1].id, True)
    assert waiting(number) == []


def test_without_photo_or_record_nothing_is_settled(any_app: Flask) -> None:
    number = handled()
    with pytest.raises(Refused, match="Lampirkan foto bukti, atau tulis nomor berita acara"):
        cases.act(number, "settle", record_number=" ")
    cases.act(number, "settle", record_number="BA-17/2026")
    written = db.session.get(EventWords, (make.OFFICE, cases.history(number)[-1].id))
    assert written is not None
    assert written.record_number == "BA-17/2026"


def test_a_settling_from_the_log_book_is_proven_once_it_is_settled_anew(any_app: Flask) -> None:
    number = handled(is_unproven=True)
    cases.act(number, "settle")
    assert not cases.report(number).is_unproven


@pytest.mark.parametrize(
    ("again", "kind"),
    [(drawn.jpeg(ONE), "same_file"), (drawn.jpeg(drawn.brightened(drawn.cropped(ONE))), "similar")],
    ids=["the same file", "an edited copy"],
)
def test_a_photo_that_proved_another_report_is_found_even_once_erased(any_app: Flask, again: bytes, kind: str) -> None:
    first, second = handled(), handled()
    attach(any_app, first, drawn.jpeg(ONE))
    cases.act(first, "settle", record_number="")
    erase_all()
    attach(any_app, second, again)
    assert kinds() == [kind]
    line = proof_queries.findings(read_afresh(), make.OFFICE, [waiting(second)[0].id])[0]
    assert (line.number, line.other_number, line.other_is_erased) == (second, first, True)


@transaction
def erase_all(session: Session, /) -> None:
    session.execute(sa.update(Photo).values(erased_at=cases.LATER))


def test_the_residents_own_photo_is_no_proof(any_app: Flask) -> None:
    number = handled()
    resident_sends(any_app, number, drawn.jpeg(ONE))
    attach(any_app, number, drawn.jpeg(drawn.pressed(ONE)))
    assert kinds() == ["residents_own"]


def test_a_photo_from_before_the_visit_is_found(any_app: Flask) -> None:
    attach(any_app, handled(), taken(ONE, at=make.START - timedelta(days=2)))
    assert found() == [("time_off", 2 * 24 * 60 + 120)]


def test_a_photo_from_elsewhere_is_found_where_both_say_where(any_app: Flask) -> None:
    here = handled(lat=HERE[0], lng=HERE[1])
    attach(any_app, here, taken(ONE, lat=-8.26))
    assert found() == [("place_off", 1112)]
    attach(any_app, handled(), taken(OTHER, lat=-8.26))
    attach(any_app, here, taken(drawn.scene(3), lat=-8.2501))
    assert len(found()) == 1


def test_all_earlier_photos_are_read_before_the_lock_is_taken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[bool, bool]] = []
    read = proof_queries.earlier

    def watched(session: Session, *rest: Any) -> Any:
        asked.append((session.get_bind() is writer_engine(), len(rest) > 2))
        return read(session, *rest)

    monkeypatch.setattr(proof_queries, "earlier", watched)
    attach(app, handled(), drawn.jpeg(ONE))
    assert asked == [(False, False), (True, True)]


def test_several_photos_of_one_visit_are_not_held_against_each_other(any_app: Flask) -> None:
    number = handled()
    attach(any_app, number, drawn.jpeg(ONE))
    attach(any_app, number, drawn.jpeg(drawn.cropped(ONE)))
    assert (len(waiting(number)), found()) == (2, [])


def test_the_same_photo_sent_again_is_attached_once(any_app: Flask) -> None:
    number = handled()
    for version in (3, 3, 4):
        attach(any_app, number, drawn.jpeg(ONE), version=version)
    assert (len(waiting(number)), len(files(any_app)), found()) == (1, 1, [])


def test_a_retry_after_the_settling_changes_nothing(any_app: Flask) -> None:
    number = handled()
    attach(any_app, number, drawn.jpeg(ONE))
    cases.act(number, "settle", record_number="")
    attach(any_app, number, drawn.jpeg(ONE))
    assert (len(files(any_app)), found()) == (1, [])


def test_the_proof_of_an_earlier_settling_does_not_prove_the_next(any_app: Flask) -> None:
    number = handled()
    attach(any_app, number, drawn.jpeg(ONE))
    cases.act(number, "settle", record_number="")
    cases.act(number, "reopen")
    with pytest.raises(Refused, match="Lampirkan foto bukti"):
        cases.act(number, "settle", record_number="")
    attach(any_app, number, drawn.jpeg(ONE), version=cases.report(number).version)
    assert kinds() == ["same_file"]


def test_a_finding_is_explained_before_the_report_is_settled_and_the_reason_stays(any_app: Flask) -> None:
    number, officer = handled(), cases.officer()
    attach(any_app, number, taken(ONE, at=make.START - timedelta(days=2)))
    with pytest.raises(Refused, match="Tulis penjelasan"):
        cases.act(number, "settle")
    finding = db.session.scalars(sa.select(Finding)).one().id
    cases.act(number, "settle", explanations={finding: " Jam HP saya salah. "}, actor=officer)
    db.session.rollback()
    kept = db.session.scalars(sa.select(Finding)).one()
    assert (kept.explanation, kept.explained_by, kept.explained_at) == ("Jam HP saya salah.", officer, cases.LATER)


def test_a_forged_explanation_reaches_no_other_finding(any_app: Flask) -> None:
    doubted, other = handled(), handled()
    attach(any_app, doubted, taken(ONE, at=make.START - timedelta(days=2)))
    finding = db.session.scalars(sa.select(Finding)).one().id
    cases.act(other, "settle", explanations={finding: "Bukan urusan saya"})
    db.session.rollback()
    assert db.session.scalars(sa.select(Finding)).one().explanation is None


def test_proofs_are_taken_only_while_a_report_is_handled_and_three_at_most(any_app: Flask) -> None:
    with pytest.raises(Refused, match="selama laporan sedang ditangani"):
        attach(any_app, cases.case(), drawn.jpeg(ONE))
    number = handled()
    for seed in range(3):
        attach(any_app, number, drawn.jpeg(drawn.scene(seed)))
    with pytest.raises(Refused, match="Sudah ada 3 foto bukti"):
        attach(any_app, number, drawn.jpeg(drawn.scene(9)))
    assert len(files(any_app)) == 3


def test_what_is_no_photo_leaves_nothing_behind(any_app: Flask) -> None:
    number = handled()
    with pytest.raises(Refused, match="bukan foto"):
        attach(any_app, number, b"<html>not a photo</html>")
    assert (waiting(number), files(any_app)) == ([], [])
    assert proof_queries.evidence(reader(), cases.report(number)).photos == 0
