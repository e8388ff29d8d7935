"""Photos of a report: once for each upload, three at most, seen by those who may, and never in the way of the text."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from complaints.case_models import Joiner, Photo
from complaints.following import my_data
from complaints.models import Complaint, Event
from complaints.pictures import photo_intake, photo_queries, photos
from complaints.pictures.photos import Added
from complaints.queries import Opened
from complaints.terms import Move, PhotoKind, Status
from core import db as core_db
from core import media
from core.db import db, transaction
from core.errors import Conflict, Refused
from core.ids import uuid7
from core.imaging import Unreadable
from indicators import nightly
from tests import make
from tests.complaints import photo_suite as suite
from tests.complaints.submitting import fresh, send

CODE = re.compile(r"MBS-\w{5}-\w{5}-\w")
LATER = make.START + timedelta(hours=5)
Report = Callable[..., TestResponse]


def opened() -> Opened:
    handed = send()
    complaint_id = fresh().scalars(sa.select(Complaint.id).filter_by(number=handed.number)).one()
    return Opened(make.OFFICE, complaint_id, None)


def data_dir(app: Flask) -> Path:
    folder: Path = app.config["SETTINGS"].data_dir
    return folder


def add(app: Flask, report: Opened, upload_id: UUID | None = None, raw: bytes = b"", **when: Any) -> Added:
    given: dict[str, Any] = {"now": make.START} | when
    return photos.add(
        data_dir=data_dir(app), opened=report, upload_id=upload_id or uuid4(), source=raw or suite.jpeg(), **given
    )


def rows() -> list[Photo]:
    return list(fresh().scalars(sa.select(Photo).order_by(Photo.id)))


def files(app: Flask) -> list[Path]:
    return list((data_dir(app) / "media").rglob("*.jpg"))


def moves() -> list[str]:
    return list(fresh().scalars(sa.select(Event.move).order_by(Event.seq)))


def test_a_photo_is_kept_clean_beside_its_row(any_app: Flask) -> None:
    report, raw = opened(), suite.laden()
    added = add(any_app, report, raw=raw)
    row = rows()[0]
    kept = media.read(data_dir(any_app), make.OFFICE, added.id)
    assert kept is not None
    assert [secret for secret in suite.SECRETS if secret in kept] == []
    assert (row.id, row.kind, row.complaint_id) == (added.id, "resident", report.complaint_id)
    assert (row.taken_at, row.metres_off, row.event_id) == (None, None, None)
    assert len(row.file_hash) == 64


def test_the_same_upload_again_gets_the_same_answer(any_app: Flask) -> None:
    report, upload_id = opened(), uuid4()
    first, second = add(any_app, report, upload_id), add(any_app, report, upload_id)
    assert (first.created, second.created, first.id) == (True, False, second.id)
    assert len(rows()) == len(files(any_app)) == 1


def test_an_upload_id_belongs_to_one_photo_of_one_report(any_app: Flask) -> None:
    report, upload_id = opened(), uuid4()
    add(any_app, report, upload_id)
    for other, raw in ((report, suite.heic()), (opened(), suite.jpeg())):
        with pytest.raises(Conflict):
            add(any_app, other, upload_id, raw)
    assert len(rows()) == len(files(any_app)) == 1


def test_three_are_enough_from_each_resident(any_app: Flask) -> None:
    report = opened()
    for _ in range(3):
        add(any_app, report)
    with pytest.raises(Refused, match="paling banyak"):
        add(any_app, report)
    joiner = Opened(make.OFFICE, report.complaint_id, joined(report.complaint_id))
    assert add(any_app, joiner).created
    assert len(files(any_app)) == 4


@transaction
def joined(session: Any, complaint_id: UUID, /) -> UUID:
    joiner_id = uuid7(make.START)
    row = {
        "office_id": make.OFFICE, "id": joiner_id, "complaint_id": complaint_id, "submission_id": uuid4(),
        "digest": "", "receipt_digest": make.word(), "joined_at": make.START,
    }  # fmt: skip
    session.execute(sa.insert(Joiner).values(row))
    return joiner_id


def test_what_is_no_photo_leaves_nothing(any_app: Flask) -> None:
    with pytest.raises(Unreadable):
        add(any_app, opened(), raw=b"<html>")
    assert (rows(), files(any_app)) == ([], [])


def test_a_photo_that_is_refused_leaves_no_file(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    report = opened()

    def full(*_args: object, **_kwargs: object) -> None:
        raise Refused("enough")

    monkeypatch.setattr(photos, "store", full)
    with pytest.raises(Refused):
        add(app, report)
    assert (rows(), files(app)) == ([], [])


@pytest.mark.parametrize("losses", [1, 3])
def test_a_row_committed_while_the_connection_died_keeps_its_file(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch, losses: int
) -> None:
    report, real, lost = opened(), core_db._once, list[bool]()

    def committed(*args: Any, **kwargs: Any) -> object:
        done = real(*args, **kwargs)
        if len(lost) < losses:
            lost.append(True)
            raise OperationalError("COMMIT", {}, OSError("server closed"), connection_invalidated=True)
        return done

    monkeypatch.setattr(core_db, "_once", committed)
    try:
        assert add(any_app, report).created
    except OperationalError:
        assert losses == 3
    assert [file.stem for file in files(any_app)] == [str(row.id) for row in rows()]
    assert len(rows()) == 1


def test_photos_that_come_with_the_text_are_no_move_and_later_ones_are(any_app: Flask) -> None:
    report = opened()
    add(any_app, report, now=make.START + timedelta(minutes=29))
    assert moves() == ["receive"]
    add(any_app, report, now=LATER)
    assert moves() == ["receive", "add"]
    assert [photo.event_id is not None for photo in rows()] == [False, True]


def test_a_closed_report_takes_no_more(app: Flask) -> None:
    report = opened()
    _close(report)
    assert photos.room(fresh(), report, now=LATER) == 0
    with pytest.raises(Refused):
        add(app, report, now=LATER)
    assert files(app) == []


@transaction
def _close(session: Any, report: Opened, /) -> None:
    session.execute(sa.update(Complaint).filter_by(id=report.complaint_id).values(status=Status.FINAL.value))


def test_erased_photos_are_gone_and_their_hashes_stay(any_app: Flask) -> None:
    report = opened()
    added = add(any_app, report)
    assert list(my_data.erase(opened=report, now=LATER)) == [added.id]
    assert photo_queries.own(fresh(), report) == []
    assert rows()[0].file_hash
    assert photos.room(fresh(), report, now=LATER) == 2


def test_the_night_removes_what_no_row_names(app: Flask) -> None:
    report = opened()
    add(app, report)
    media.write(data_dir(app), make.OFFICE, uuid4(), b"yatim")
    erased = add(app, report)
    my_data.erase(opened=report, now=LATER)
    tomorrow = make.START + timedelta(days=20_000)
    kept = add(app, report)
    nightly.run_now(lambda: tomorrow, nightly.recount_marked)
    assert {UUID(path.stem) for path in files(app)} == {kept.id}
    assert erased.id != kept.id


def form(client: FlaskClient, *uploads: tuple[bytes, str], **typed: Any) -> TestResponse:
    page: dict[str, Any] = {"submission_id": str(uuid4()), "csrf_token": make.token(client, "/lapor")}
    page |= {"category": "kebisingan", "description": "Sound horeg", "village": "35.09.23.2005"} | typed
    page["photos"] = [FileStorage(BytesIO(raw), name) for raw, name in uploads]
    return posted(client, "/lapor", page)


def posted(client: FlaskClient, path: str, fields: dict[str, Any]) -> TestResponse:
    """In memory: the client's own way leaves temporary files open."""
    boundary, body = encode_multipart(fields)
    return client.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def code_in(answer: TestResponse) -> str:
    found = CODE.search(answer.text)
    assert found, answer.text
    return found[0]


def test_the_text_is_taken_whatever_becomes_of_the_photos(client: FlaskClient, app: Flask) -> None:
    page, huge = b"<html>", b"\xff\xd8" + b"\0" * (10 * 1024 * 1024)
    answer = form(
        client, (suite.laden(), "baik.jpg"), (page, "<b>halaman.jpg"), (huge, "besar.jpg"), (b"", "kosong.jpg")
    )
    assert answer.status_code == 201
    code = code_in(answer)
    for words in (
        "1 foto ikut kami terima",
        "&lt;b&gt;halaman.jpg",
        "lebih dari 10 MB",
        "kosong",
        f"/lacak/{code}/foto",
    ):
        assert words in answer.text
    assert len(files(app)) == 1


def test_a_full_disk_costs_nobody_the_receipt(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(media, "write", full)
    answer = form(client, (suite.jpeg(), "baik.jpg"))
    assert answer.status_code == 201
    assert "gangguan di sistem kami" in answer.text


def test_pressing_twice_adds_no_photo_twice(client: FlaskClient) -> None:
    same = {"submission_id": str(uuid4())}
    first, second = (form(client, (suite.jpeg(), "a.jpg"), (suite.heic(), "b.heic"), **same) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert len(rows()) == 2


def test_who_comes_back_for_one_that_was_refused_may_pick_the_others_again(client: FlaskClient) -> None:
    good, broken, other = (suite.jpeg(), "a.jpg"), (b"GIF89a", "b.gif"), (suite.heic(), "c.heic")
    path = f"/lacak/{code_in(form(client, good, broken))}/foto"
    fields = {"submission_id": str(uuid4()), "csrf_token": make.token(client, path)}
    files = [FileStorage(BytesIO(raw), name) for raw, name in (good, other)]
    answer = posted(client, path, fields | {"photos": files})
    assert (answer.status_code, len(rows())) == (200, 2)


def test_more_than_three_in_one_form_are_told_so(client: FlaskClient) -> None:
    answer = form(client, *((suite.jpeg(suite.scene(100 + n, 100)), f"{n}.jpg") for n in range(5)))
    assert answer.text.count("Paling banyak 3 foto.") == 2
    assert len(rows()) == 3


def test_the_third_photo_is_thanked_for_and_no_fourth_is_asked_for(client: FlaskClient) -> None:
    code = code_in(form(client, (suite.jpeg(), "a.jpg"), (suite.heic(), "b.heic")))
    assert f'href="/lacak/{code}/foto"' in client.get(f"/lacak/{code}").text
    fields = {"submission_id": str(uuid4()), "csrf_token": make.token(client, "/lapor")}
    last = posted(client, f"/lacak/{code}/foto", fields | {"photos": [FileStorage(BytesIO(suite.laden()), "c.jpg")]})
    assert "1 foto sudah kami terima. Terima kasih." in last.text
    assert "Ketiga foto Anda sudah kami terima" in client.get(f"/lacak/{code}/foto").text
    page = client.get(f"/lacak/{code}").text
    assert f'href="/lacak/{code}/foto"' not in page
    assert "Anda sudah mengirim 3 foto" in page


def test_photos_lost_on_the_way_back_are_said(client: FlaskClient) -> None:
    assert "Foto yang tadi Anda pilih" in form(client, (suite.jpeg(), "a.jpg"), category="").text
    assert "Foto yang tadi Anda pilih" in form(client, (suite.jpeg(), "a.jpg"), category="bencana").text
    assert "Foto yang tadi Anda pilih" not in form(client, category="").text


def test_three_of_the_largest_fit_in_one_request(client: FlaskClient) -> None:
    largest = suite.jpeg() + b"\0" * (10 * 1024 * 1024 - len(suite.jpeg()))
    answer = form(client, *((largest[: len(largest) - n], f"{n}.jpg") for n in range(3)))
    assert answer.status_code == 201
    assert len(rows()) == 3


def test_too_much_at_once_leads_back_to_the_form(client: FlaskClient) -> None:
    answer = form(client, *((b"\0" * (10 * 1024 * 1024), f"{n}.jpg") for n in range(4)))
    assert answer.status_code == 413
    assert "kurangi fotonya" in answer.text


def test_photos_are_added_later_and_seen(client: FlaskClient) -> None:
    path = f"/lacak/{code_in(form(client))}/foto"
    token = make.token(client, path)
    data = {"csrf_token": token, "submission_id": str(uuid4()), "photos": [(BytesIO(suite.jpeg()), "a.jpg")]}
    answer = client.post(path, data=data)
    assert "1 foto sudah kami terima" in answer.text
    assert f"{path}/{rows()[0].id}" in answer.text


@pytest.mark.parametrize("left_out", ["csrf_token", "photos"])
def test_a_form_that_lacks_something_says_so(client: FlaskClient, left_out: str) -> None:
    path = f"/lacak/{code_in(form(client))}/foto"
    data = {"csrf_token": make.token(client, path), "submission_id": str(uuid4())}
    data |= {"photos": (BytesIO(suite.jpeg()), "a.jpg")}  # type: ignore[dict-item]
    data.pop(left_out)
    answer = client.post(path, data=data)
    assert answer.status_code in {400, 422}
    assert "Ada yang perlu dilengkapi" in answer.text
    assert rows() == []


def test_a_photo_is_sent_as_a_picture_and_nothing_else(client: FlaskClient) -> None:
    code = code_in(form(client, (suite.polyglot_html(), "halaman.html")))
    answer = client.get(f"/lacak/{code}/foto/{rows()[0].id}")
    assert answer.status_code == 200
    assert answer.content_type == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == "inline; filename=foto.jpg"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_nobody_sees_the_photo_of_another(client: FlaskClient, app: Flask) -> None:
    form(client, (suite.jpeg(), "a.jpg"))
    photo, other = rows()[0], code_in(form(client))
    assert client.get(f"/lacak/{other}/foto/{photo.id}").status_code == 404
    assert client.get(f"/petugas/laporan/TRB-2026-00001/foto/{photo.id}").status_code == 302
    joiner = Opened(make.OFFICE, photo.complaint_id, joined(photo.complaint_id))
    assert not photo_queries.may_see(fresh(), joiner, photo.id)


@pytest.mark.parametrize("is_shown", [True, False])
def test_residents_see_only_the_proofs_that_are_shown(app: Flask, is_shown: bool) -> None:
    report = opened()
    filed = photos.file(data_dir(app), make.OFFICE, suite.laden(), now=make.START)
    transaction(photos.store)(
        report, filed, upload_id=uuid4(), kind=PhotoKind.PROOF, is_shown=is_shown, metres_off=12, now=make.START
    )
    assert photo_queries.may_see(fresh(), report, filed.id) is is_shown
    assert (rows()[0].taken_at is not None, rows()[0].metres_off) == (True, 12)


def test_staff_see_photos_of_the_case_they_look_at(client: FlaskClient, sign_in: Callable[[str], FlaskClient]) -> None:
    form(client, (suite.jpeg(), "a.jpg"))
    form(client)
    photo, officer = rows()[0], sign_in("officer")
    first, second = fresh().scalars(sa.select(Complaint.number).order_by(Complaint.number)).all()
    assert officer.get(f"/petugas/laporan/{first}/foto/{photo.id}").content_type == "image/jpeg"
    assert officer.get(f"/petugas/laporan/{second}/foto/{photo.id}").status_code == 404
    assert f"/foto/{photo.id}" in officer.get(f"/petugas/laporan/{first}").text
    db.session.rollback()
    my_data.erase(opened=Opened(make.OFFICE, photo.complaint_id, None), now=make.START)
    assert officer.get(f"/petugas/laporan/{first}/foto/{photo.id}").status_code == 404


def upload(client: FlaskClient, code: str, raw: bytes = b"", **fields: Any) -> TestResponse:
    data = {"upload_id": str(uuid4()), "photo": FileStorage(BytesIO(raw or suite.jpeg()), "a.jpg")} | fields
    kept = {name: value for name, value in data.items() if value is not None}
    return posted(client, f"/api/v1/complaints/{code}/photos", kept)


def test_a_program_adds_a_photo_once(client: FlaskClient) -> None:
    code, upload_id = code_in(form(client)), str(uuid4())
    first, second = (upload(client, code, upload_id=upload_id) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json == second.json
    assert client.get((first.json or {})["url"]).content_type == "image/jpeg"


REFUSALS: dict[str, tuple[int, dict[str, Any]]] = {
    "no id": (422, {"upload_id": None}),
    "no uuid": (422, {"upload_id": "satu"}),
    "no photo": (422, {"photo": None}),
    "no picture": (422, {"raw": b"<html>"}),
    "too heavy": (413, {"raw": b"\0" * (10 * 1024 * 1024 + 1)}),
}


@pytest.mark.parametrize("fault", REFUSALS)
def test_a_program_is_told_what_is_wrong(client: FlaskClient, fault: str) -> None:
    status, fields = REFUSALS[fault]
    answer = upload(client, code_in(form(client)), **fields)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert (answer.json or {})["errors"]
    assert rows() == []


def test_an_unknown_receipt_takes_no_photo(client: FlaskClient) -> None:
    assert upload(client, "MBS-00000-00000-0").status_code == 404


def test_another_photo_under_the_same_id_is_a_conflict(client: FlaskClient) -> None:
    code, upload_id = code_in(form(client)), str(uuid4())
    upload(client, code, upload_id=upload_id)
    assert upload(client, code, suite.heic(), upload_id=upload_id).status_code == 409


def test_a_nameless_field_is_no_photo(client: FlaskClient) -> None:
    assert form(client, (b"", "")).status_code == 201
    assert photo_intake.NONE.taken == 0
    assert Move.ADD.value not in moves()
