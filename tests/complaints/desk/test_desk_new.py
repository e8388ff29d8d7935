"""Reports that staff put in: the written time, the slip, and what may not be."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from pypdf import PdfReader
from werkzeug.test import TestResponse

from complaints import queries
from complaints.models import Complaint
from core import clock
from core.calendar import WIB, wib_day
from core.db import db
from tests import make
from tests.complaints.drawn import jpeg, scene

SignIn = Callable[[str], FlaskClient]
PATH = "/petugas/laporan/baru"
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=WIB)


@pytest.fixture
def officer(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return sign_in("officer")


def send(client: FlaskClient, **fields: str) -> TestResponse:
    defaults = {
        "submission_id": str(uuid4()), "source": "paper", "category": "sungai", "description": "Sungai mampet",
        "village": "35.09.23.2005", "place": "Jembatan", "csrf_token": make.token(client, PATH),
    }  # fmt: skip
    return client.post(PATH, data=defaults | fields)


def newest() -> Complaint:
    db.session.rollback()
    return db.session.scalars(sa.select(Complaint).order_by(Complaint.id.desc()).limit(1)).one()


def test_a_letter_is_received_when_it_is_dated(officer: FlaskClient) -> None:
    answer = send(officer, received_at="2026-10-12T09:00")
    assert answer.status_code == 201
    report = newest()
    assert report.received_at == datetime(2026, 10, 12, 9, 0, tzinfo=WIB)
    assert str(report.received_on) == "2026-10-12"
    assert report.recorded_at == NOW
    assert str(report.answer_due) == "2026-10-15"
    assert report.source == "paper"
    [step] = queries.events_of(db.session(), make.OFFICE, report.id)
    assert (step.fact.at, step.fact.recorded_at) == (report.received_at, NOW)
    assert step.fact.actor is not None


def test_the_slip_has_the_code_and_opens_the_report(officer: FlaskClient, client: FlaskClient) -> None:
    page = send(officer).text
    code = page.split('class="code">')[1].split("<")[0]
    assert "data:image/svg+xml;base64," in page
    assert client.get(f"/lacak/{code}").status_code == 200


def test_sending_the_same_form_again_shows_the_same_slip(officer: FlaskClient) -> None:
    same = str(uuid4())
    first, second = send(officer, submission_id=same), send(officer, submission_id=same)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.text.split('class="code">')[1][:17] == second.text.split('class="code">')[1][:17]


def test_the_same_form_with_another_date_is_told_apart(officer: FlaskClient) -> None:
    same = str(uuid4())
    send(officer, submission_id=same, received_at="2026-11-12T09:00")
    answer = send(officer, submission_id=same, received_at="2026-11-13T09:00")
    assert answer.status_code == 409
    assert "Catat sebagai laporan baru" in answer.text


def test_a_patrol_gets_no_slip(officer: FlaskClient) -> None:
    answer = send(officer, source="patrol", received_at="2026-11-19T22:00")
    assert answer.status_code == 303
    assert answer.location == f"/petugas/laporan/{newest().number}"


@pytest.mark.parametrize("source", ["visit", "message"])
def test_who_stands_there_is_put_in_at_once(officer: FlaskClient, source: str) -> None:
    assert "Hanya surat, telepon" in send(officer, source=source, received_at="2026-11-19T22:00").text
    assert send(officer, source=source).status_code == 201
    assert newest().received_at == NOW


@pytest.mark.parametrize(
    ("received", "words"),
    [
        ("2026-11-21T09:00", "belum lewat"),
        ("2025-10-01T09:00", "impor buku laporan"),
        ("2026-09-30T09:00", "bulan lalu"),
    ],
)
def test_a_date_that_cannot_be_is_told_and_the_rest_kept(officer: FlaskClient, received: str, words: str) -> None:
    answer = send(officer, received_at=received)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Sungai mampet" in answer.text
    assert f'value="{received}"' in answer.text


def test_an_old_letter_needs_its_reason_which_is_kept(officer: FlaskClient) -> None:
    assert send(officer, received_at="2026-09-30T09:00", late_because="Terselip di map").status_code == 201
    [step] = queries.events_of(db.session(), make.OFFICE, newest().id)
    assert step.words.reason == "Terselip di map"


def test_the_number_follows_the_year_of_receipt(officer: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    january = datetime(2027, 1, 2, 9, 0, tzinfo=WIB)
    monkeypatch.setattr(clock, "now", lambda: january)
    send(officer, received_at="2026-12-31T23:59")
    assert newest().number.startswith("TRB-2026-")
    assert make.marks()[-1][1] == wib_day(january - timedelta(days=2))


def test_a_photo_comes_along_and_a_file_that_is_none_is_named(officer: FlaskClient) -> None:
    photo = (BytesIO(jpeg(scene(1))), "jalan.jpg")
    answer = send(officer, photos=[photo, (BytesIO(b"bukan foto"), "surat.jpg")])  # type: ignore[arg-type]
    assert answer.status_code == 201
    assert "surat.jpg" in answer.text
    number = newest().number
    assert officer.get(f"/petugas/laporan/{number}").text.count("/foto/") >= 1
    pictures = PdfReader(BytesIO(officer.get(f"/petugas/laporan/{number}.pdf").data)).pages[-1].images
    assert len(pictures) == 1


def test_the_inbox_leads_to_the_form(officer: FlaskClient) -> None:
    assert f'href="{PATH}"' in officer.get("/petugas").text


def test_only_handlers_put_reports_in(sign_in: SignIn) -> None:
    for role in ("operator", "head", "secretary"):
        assert sign_in(role).get(PATH).status_code == 403
