"""Every file that staff take along, and every way in or back, stands in the audit trail."""

from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from core.db import read_afresh
from offices.audit_models import AuditEntry
from offices.looking import FOR_THE_WALL, NAMED, PAGES
from tests import doors, make


def newest() -> AuditEntry:
    return read_afresh().scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).one()


def count() -> int:
    return read_afresh().scalar(sa.select(sa.func.count()).select_from(AuditEntry)) or 0


def test_every_file_of_the_staff_leaves_an_entry(lasting_app: Flask) -> None:
    """However it is asked for: in parts, too."""
    house, silent, files, parts = doors.furnish(lasting_app), [], 0, 0
    for rule in house.rules():
        person = next((each for each in doors.OWN if house.may(each, rule)), None)
        if person is None or "GET" not in (rule.methods or ()) or rule.endpoint.partition(".")[0] in FOR_THE_WALL:
            continue
        before = count()
        answer = house.clients[person].get(house.address(rule), headers={"Range": "bytes=0-"})
        if answer.status_code in {200, 206} and answer.mimetype not in {"text/html", "application/json"}:
            files += 1
            parts += answer.status_code == 206
            silent += [rule.rule] if count() != before + 1 else []
        answer.close()
    assert silent == []
    assert files > 20
    assert parts > 5


def test_what_people_type_into_addresses_is_not_noted(sign_in: Callable[[str], FlaskClient]) -> None:
    officer = sign_in("officer")
    planted = {
        "cari": "Siti", "nama": "0812-3456-7890", "mana": "MBS-ABCDE-FGHJK-1", "x": "siti@contoh.example",
        "bulan": "081234567890", "hari": "MBS-ABCDE-FGHJK-2", "titik": "Bu Siti", "masa": "0857-1111-2222",
        "Pak Budi": "",
    }  # fmt: skip
    officer.get("/petugas/unduh.csv", query_string={**planted, "kelompok": "semua"}).close()
    entry = newest()
    assert "kelompok=semua" in str(entry.detail)
    assert [text for text in [*planted.values(), "Budi"] if text and text in str(vars(entry))] == []


def test_what_is_named_is_there(app: Flask) -> None:
    assert {*NAMED, *PAGES} <= app.view_functions.keys()


def test_ways_in_are_noted(app: Flask, client: FlaskClient) -> None:
    email = make.staff("operator")
    make.through_the_door(client, email)
    entry = newest()
    assert (entry.action, entry.actor, entry.detail) == ("signin.ok", email, {"how": "by_code", "from": "127.0.0.1"})
    client.post("/keluar", data={"csrf_token": make.token(client, "/audit")})
    assert (newest().action, newest().actor) == ("signin.out", email)


def test_refusals_are_noted_without_what_was_typed(app: Flask, client: FlaskClient) -> None:
    make.through_the_door(client, "rahasia-saya@contoh.example", "salah sekali ini")
    assert (newest().actor, newest().subject, newest().detail["why"]) == ("", "", "unknown")
    email = make.staff("officer")
    make.through_the_door(client, email, "salah sekali ini")
    assert (newest().actor, newest().detail["why"]) == (email, "wrong_password")
    assert "rahasia" not in make.signed_in(app, "auditor").get("/audit").text


def test_looking_at_the_trail_is_noted(app: Flask) -> None:
    auditor = make.signed_in(app, "auditor")
    assert "Segel" in auditor.get("/audit?cari=rahasia&apa=staff.add").text
    assert (newest().action, newest().detail["page"]) == ("look.trail", "/audit")
    assert "rahasia" not in str(newest().detail)
    assert auditor.get("/audit.csv").text.count("\n") > 2
    assert newest().subject == "jejak.csv"
    data = {"csrf_token": make.token(auditor, "/audit")}
    assert "Rantai utuh" in auditor.post("/audit/periksa", data=data).text


def test_the_command_checks_the_chain(app: Flask) -> None:
    run = app.test_cli_runner().invoke
    make.staff("operator")
    assert "utuh" in run(args=["audit", "verify"]).output
    gone = run(args=["audit", "verify", "--anchor", f"1:{'a' * 64}"])
    assert (gone.exit_code, "tidak ada di rantai" in gone.output) == (1, True)
