"""A breach: its three days, its steps, its letters; and the other pages about personal data."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from core.db import db, reader
from core.errors import Refused
from offices.law import breaches
from offices.law.models import Breach
from offices.law.terms import REQUIRED, Step
from tests import make

SIGNED: dict[str, Any] = {"office_id": make.OFFICE, "by": "tests"}


def test_the_clock_runs_from_when_it_was_found(any_app: Flask) -> None:
    found_at = make.START - timedelta(hours=60)
    key = breaches.add(title="Kertas hilang", found_at=found_at, now=make.START, **SIGNED)
    later = make.START + timedelta(hours=13)
    assert breaches.case(reader(), make.OFFICE, key, later).is_overdue
    for step in REQUIRED:
        breaches.take(breach_id=key, step=step, note="", now=make.START, **SIGNED)
    db.session.rollback()
    case = breaches.case(reader(), make.OFFICE, key, later)
    assert (case.is_overdue, case.clock.words) == (False, "Tepat waktu")


def test_a_step_is_ticked_once_and_a_notice_keeps_its_versions(any_app: Flask) -> None:
    key = breaches.add(title="Kertas hilang", found_at=make.START, now=make.START, **SIGNED)
    breaches.take(breach_id=key, step=Step.CONTAINED, note="", now=make.START, **SIGNED)
    with pytest.raises(Refused):
        breaches.take(breach_id=key, step=Step.CONTAINED, note="", now=make.START, **SIGNED)
    for text in ("satu", "dua"):
        breaches.write_notice(breach_id=key, disclosed=text, how="x", remedy="y", now=make.START, **SIGNED)
    db.session.rollback()
    notices = breaches.case(reader(), make.OFFICE, key, make.START).notices
    assert [(each.version, each.disclosed) for each in notices] == [(2, "dua"), (1, "satu")]


def test_nobody_finds_a_breach_before_it_happened(any_app: Flask) -> None:
    with pytest.raises(Refused):
        breaches.add(title="x", found_at=make.START + timedelta(hours=1), now=make.START, **SIGNED)


def test_a_breach_from_the_form_to_the_letter(sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in("operator")
    token = {"csrf_token": make.token(client, "/pengaturan/kebocoran")}
    assert client.post("/pengaturan/kebocoran", data=token).status_code == 422
    page = client.post("/pengaturan/kebocoran", data=token | {"title": "HP hilang", "found_at": "2026-01-05T08:00"})
    path = page.location
    assert "TERLAMBAT" in client.get(path).text
    client.post(f"{path}/langkah/contained", data=token | {"note": "Akun ditutup"})
    assert "Akun ditutup" in client.get(path).text
    assert "1 dari 9" in client.get("/pengaturan/kebocoran").text
    words = {"disclosed": "Nama 12 pelapor", "how": "HP hilang", "remedy": "Akun ditutup"}
    client.post(f"{path}/surat", data=token | words)
    letter = client.get(f"{path}/surat/1").text
    assert letter.count("Nama 12 pelapor") == 2
    assert "Kementerian Komunikasi dan Digital" in letter
    assert client.get(f"{path}/surat/2").status_code == 404


def test_the_register_says_how_long_and_takes_what_the_office_adds(sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in("secretary")
    assert "24 bulan" in client.get("/pengaturan/pemrosesan").text
    fields = ("name", "purpose", "basis", "kinds", "whose", "recipients", "how_long", "protection")
    data = {name: f"isian {name}" for name in fields} | {"csrf_token": make.token(client, "/pengaturan/pemrosesan")}
    page = client.post("/pengaturan/pemrosesan", data=data, follow_redirects=True).text
    assert "isian whose" in page
    path = page[: page.index("/hapus")].rsplit('action="', 1)[1] + "/hapus"
    client.post(path, data=data)
    assert "isian whose" not in client.get("/pengaturan/pemrosesan").text


def test_the_log_begins_empty(sign_in: Callable[[str], FlaskClient]) -> None:
    assert "Belum ada yang dihapus" in sign_in("operator").get("/pengaturan/penghapusan").text


def test_a_time_that_nobody_typed_is_asked_for(sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in("operator")
    data = {"csrf_token": make.token(client, "/pengaturan/kebocoran"), "title": "x", "found_at": "kemarin"}
    assert client.post("/pengaturan/kebocoran", data=data).status_code == 422
    db.session.rollback()
    assert db.session.scalars(sa.select(Breach)).all() == []
