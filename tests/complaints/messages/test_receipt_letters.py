"""Who leaves an address gets one letter when their report has come in: as good as the receipt, without a word of it."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from complaints.contacts import Who
from complaints.logbooks import importing
from complaints.messages import sending
from complaints.reporting import entrance, joining
from complaints.reporting.intake import Entered, Handed, Report
from complaints.terms import Source
from core.calendar import long_date
from core.db import db, writer_engine
from core.outbox_models import Message
from offices import queries as office_queries
from offices.models import Office
from tests import make
from tests.complaints import cases
from tests.complaints.submitting import fresh, send
from tests.receivers import MailBox

SITI, BUDI = "siti@contoh.example", "budi@contoh.example"
PRIVATE = ("Siti", "horeg", "Krajan", "0812")
LATER = cases.LATER + timedelta(hours=1)


def received(**values: Any) -> Handed:
    return send(keys=entrance.kept_keys(), **values)


def joined(number: str, email: str) -> Handed:
    report = Report("jalan", "Sampai pagi", None, "Suco", None, None, None, False, None, Who("", "", email))
    handed = joining.join(
        office_id=make.OFFICE, prefix="MBS", complaint_id=cases.report(number).id, submission_id=uuid4(), report=report,
        keys=entrance.kept_keys(), now=make.START + timedelta(hours=1),
    )  # fmt: skip
    assert handed
    return handed


def letters(app: Flask, box: MailBox, to: str = SITI) -> list[str]:
    """What this address has got, after everything that is due was sent twice over."""
    for _twice in range(2):
        sending.send_due(app, lambda: LATER)
    return [one.get_content().replace("\n", " ") for one in box.letters if one["To"] == to]


def test_a_resident_gets_the_number_the_day_and_the_link(any_app: Flask, box: MailBox) -> None:
    handed = received(name="Bu Siti", phone="0812 3456 7890", email=SITI)
    (letter,) = letters(any_app, box)
    assert handed.number in letter
    assert "Setelah ini petugas memeriksa" in letter
    assert f"paling lambat {long_date(handed.settle_due)}." in letter
    assert f"/lacak/{handed.code}" in letter
    assert not [word for word in PRIVATE if word in str(box.letters[0])]


def test_who_joins_gets_their_own_and_the_first_hears_nothing_more(any_app: Flask, box: MailBox) -> None:
    first = received(email=SITI, category="jalan")
    mine = joined(first.number, BUDI)
    joined(first.number, "")
    (letter,) = letters(any_app, box, BUDI)
    assert f"/lacak/{mine.code}" in letter
    assert "ikut melaporkan" in letter
    assert str(first.code) not in letter
    assert len(letters(any_app, box)) == 1


def test_a_report_held_for_review_is_told_once_it_was_released(any_app: Flask, box: MailBox) -> None:
    handed = received(email=SITI, held_because="many")
    assert letters(any_app, box) == []
    cases.act(handed.number, "release")
    (letter,) = letters(any_app, box)
    assert f"/lacak/{handed.code}" in letter


def test_nothing_that_happens_to_a_held_report_is_told(any_app: Flask, box: MailBox) -> None:
    make.staff("officer")
    received(email=SITI, held_because="many")
    joined(cases.case(category_code="jalan"), "")
    with writer_engine().begin() as connection:
        connection.execute(sa.text("UPDATE complaint SET is_held = true"))
    letters(any_app, box)
    assert box.letters == []


def test_a_report_that_was_closed_before_the_letter_went_promises_no_day(any_app: Flask, box: MailBox) -> None:
    handed = received(email=SITI)
    cases.act(handed.number, "exclude")
    assert "paling lambat" not in letters(any_app, box)[0]


def test_who_came_to_the_office_gets_one_too(any_app: Flask, box: MailBox) -> None:
    received(email=SITI, source=Source.VISIT, entered=Entered(cases.officer()))
    assert len(letters(any_app, box)) == 1


def test_the_log_book_tells_nobody(any_app: Flask, box: MailBox, tmp_path: Path) -> None:
    make.staff("officer")
    book = tmp_path / "buku.csv"
    book.write_text("received_at,category,village,description\n2026-09-01 08:00,kebisingan,suco,Sound horeg\n")
    office: Office = office_queries.office(fresh(), make.OFFICE)
    found = importing.read(book, office.id, now=make.START)
    importing.take_in(found, office, keys=entrance.kept_keys(), by="tests", tick=lambda n: None, now=make.START)
    letters(any_app, box)
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Message)) == 0


@pytest.mark.parametrize(("email", "promised"), [(SITI, True), ("", False)])
def test_the_receipt_says_whether_a_letter_comes(app: Flask, client: FlaskClient, email: str, promised: bool) -> None:
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = type(settings)(**vars(settings) | {"smtp_url": "smtp://127.0.0.1:9"})
    page = client.get("/lapor").text
    assert "Tautan ke laporan ini dan kabar berikutnya kami kirim ke sini" in page
    typed = {
        "category": "kebisingan", "description": "Sound horeg", "village": "35.09.23.2005", "email": email,
        "submission_id": str(uuid4()), "csrf_token": make.token(client, "/lapor"),
        "made": (re.findall(r'name="made"[^>]*value="([^"]*)"', page) or [""])[0],
    }  # fmt: skip
    answer = client.post("/lapor", data=typed)
    assert answer.status_code == 201, answer.text
    assert ("kami kirim ke alamat email Anda" in answer.text) is promised


def test_an_office_of_invented_data_promises_no_letter(app: Flask, client: FlaskClient) -> None:
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = type(settings)(**vars(settings) | {"smtp_url": "smtp://127.0.0.1:9"})
    with writer_engine().begin() as connection:
        connection.execute(sa.update(Office).values(invented=True))
    assert "belum mengirim kabar lewat email" in client.get("/lapor").text
