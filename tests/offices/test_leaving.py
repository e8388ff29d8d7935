"""Who leaves is out at once, everywhere; and whoever changes what they do signs in again."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from complaints.desk import desk_queries, saved_views
from complaints.desk.inbox import Filters
from complaints.desk_models import PushSubscription, Route, SavedView
from complaints.messages import notice_queries
from core.db import db, reader, transaction
from core.errors import Refused
from core.ids import uuid7
from indicators.documents import calendars
from offices import leaving
from offices import staff as accounts
from offices.audit_models import AuditEntry
from offices.models import Staff
from offices.roles import Role
from tests import make

KEY = "a key"
OWN: dict[str, Any] = {"office_id": make.OFFICE, "by": "tests", "now": make.START}


def account(email: str) -> Staff:
    db.session.rollback()
    return db.session.scalars(sa.select(Staff).filter_by(email=email)).one()


@transaction
def furnish(session: Session, staff_id: UUID, /) -> None:
    """A browser that is told, and a route that leads here."""
    row: dict[str, Any] = {"office_id": make.OFFICE, "id": uuid7(make.START), "staff_id": staff_id}
    session.add(PushSubscription(**row, endpoint_digest="x", sealed=b"x", added_at=make.START))
    session.add(Route(**row, position=1))


def leaver() -> Staff:
    """An officer with everything that an account can have."""
    who = account(make.staff())
    furnish(who.id)
    saved_views.save(office_id=1, staff_id=who.id, name="Saya", filters=Filters(), now=make.START)
    make.bare_report(assignee_id=who.id, due_on=make.START.date())
    make.bare_report(assignee_id=who.id, status="final")
    return account(who.email)


def close(who: Staff) -> Staff:
    accounts.set_active(staff_id=who.id, active=False, **OWN)
    return account(who.email)


def left_of(who: Staff, table: type[Any]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(table).filter_by(staff_id=who.id)) or 0


def test_what_must_not_outlast_an_account_goes_with_it(any_app: Flask) -> None:
    who, colleague = leaver(), leaver()
    close(who)
    assert [left_of(who, table) for table in (PushSubscription, SavedView)] == [0, 0]
    assert [left_of(colleague, table) for table in (PushSubscription, SavedView)] == [1, 1]


def test_nobody_tells_or_gives_anything_to_who_has_left(any_app: Flask) -> None:
    who = close(leaver())
    assert who.id not in {person.id for person in notice_queries.people(reader(), 1)}
    assert notice_queries.open_account(reader(), 1, who.id) is None
    assert who.id not in {officer.id for officer in desk_queries.assignable(reader(), 1)}


def test_nobody_tells_of_reports_who_may_read_them_no_more(any_app: Flask) -> None:
    who = leaver()
    assert who.id in {person.id for person in notice_queries.people(reader(), 1)}
    accounts.edit(staff_id=who.id, **values(who, role=Role.AUDITOR, section_key=None), **OWN)
    db.session.rollback()
    assert who.id not in {person.id for person in notice_queries.people(reader(), 1)}
    assert notice_queries.open_account(reader(), 1, who.id) is None


def test_the_calendar_address_dies_and_stays_dead(any_app: Flask) -> None:
    who = leaver()
    token = calendars.token_of(who, KEY)
    assert calendars.account_of(reader(), token, KEY)
    close(who)
    assert calendars.account_of(reader(), token, KEY) is None
    accounts.set_active(staff_id=who.id, active=True, **OWN)
    db.session.rollback()
    assert calendars.account_of(reader(), token, KEY) is None


def test_what_is_left_to_hand_over_is_told(any_app: Flask) -> None:
    who = close(leaver())
    with any_app.test_request_context():
        held = leaving.held(reader(), who)
    assert [(one.words, one.address) for one in held] == [
        ("1 laporan terbuka", f"/petugas?petugas={who.id}"),
        ("1 baris rute laporan", "/pengaturan/rute"),
    ]


def test_the_operator_reads_it_and_finds_the_reports(app: Flask) -> None:
    client, who = make.signed_in(app, "operator"), close(leaver())
    page = client.get(f"/pengaturan/petugas/{who.id}").text
    assert "Masih memegang pekerjaan" in page
    assert "1 laporan terbuka" in page
    assert who.name in client.get(f"/petugas?petugas={who.id}").text


@pytest.mark.parametrize("dies", [True, False], ids=["closed", "new-link"])
def test_a_link_dies(app: Flask, client: FlaskClient, dies: bool) -> None:
    email = make.staff(factor=False)
    who = account(email)
    token = accounts.reset(staff_id=who.id, **OWN).token
    assert client.get(f"/masuk/kata-sandi/{token}").status_code == 200
    if dies:
        close(who)
        accounts.set_active(staff_id=who.id, active=True, **OWN)
    else:
        accounts.reset(staff_id=who.id, **OWN)
    assert client.get(f"/masuk/kata-sandi/{token}").status_code == 302


def test_a_closed_account_gets_no_link(any_app: Flask) -> None:
    who = close(leaver())
    with pytest.raises(Refused):
        accounts.reset(staff_id=who.id, **OWN)


def test_a_link_works_once_and_leads_to_the_second_factor(client: FlaskClient) -> None:
    who = account(make.staff(factor=False))
    address = f"/masuk/kata-sandi/{accounts.reset(staff_id=who.id, **OWN).token}"
    words = "sampan kuda nila gerimis"
    data = {"password": words, "password_confirm": words, "csrf_token": make.token(client, address)}
    assert client.post(address, data=data).status_code == 302
    assert client.get(address).status_code == 302
    make.through_the_door(client, who.email, words)
    assert client.get("/petugas").location == "/akun/langkah-kedua"


def values(who: Staff, **changes: Any) -> dict[str, Any]:
    return {"name": who.name, "role": who.staff_role, "section_key": who.section_key} | changes


def test_another_role_ends_sessions_and_is_written_down(any_app: Flask) -> None:
    email = make.staff()
    client = any_app.test_client()
    make.enter(client, email)
    accounts.edit(staff_id=account(email).id, **values(account(email), role=Role.SECRETARY), **OWN)
    assert client.get("/petugas").status_code == 302
    assert account(email).staff_role is Role.SECRETARY
    entry = db.session.scalars(sa.select(AuditEntry).filter_by(action="staff.edit")).one()
    assert entry.detail == {"role": ["officer", "secretary"]}


def test_another_section_ends_sessions_another_name_does_not(any_app: Flask) -> None:
    email = make.staff("section_head")
    client = any_app.test_client()
    make.enter(client, email)
    accounts.edit(staff_id=account(email).id, **values(account(email), name="Bu Sri"), **OWN)
    assert "Bu Sri" in client.get("/akun").text
    accounts.edit(staff_id=account(email).id, **values(account(email), section_key="pmks"), **OWN)
    assert client.get("/akun").status_code == 302


def test_an_operator_is_left(any_app: Flask) -> None:
    only = account(make.staff("operator"))
    for other in db.session.scalars(sa.select(Staff).filter_by(role="operator", active=True)).all():
        if other.id != only.id:
            close(other)
    with pytest.raises(Refused, match="terakhir"):
        accounts.edit(staff_id=only.id, **values(only, role=Role.OFFICER), **OWN)
    with pytest.raises(Refused, match="Anda sendiri"):
        accounts.edit(staff_id=only.id, **values(only, role=Role.OFFICER), **OWN | {"by": only.email})


def test_an_operator_edits_an_account_on_its_page(app: Flask) -> None:
    client, who = make.signed_in(app, "operator"), account(make.staff())
    address = f"/pengaturan/petugas/{who.id}/ubah"
    data = {"name": "Bu Sri", "role": "section_head", "section_key": "", "csrf_token": make.token(client, address)}
    refused = client.post(address, data=data)
    assert "Pilih seksi" in refused.text
    assert "Bu Sri" in refused.text
    page = client.post(address, data=data | {"section_key": "pmks"}, follow_redirects=True).text
    assert "Akun disimpan" in page
    assert account(who.email).section_key == "pmks"


def test_of_two_operators_who_close_each_other_at_once_one_stays(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    operators = [account(make.staff("operator")).id for _each in range(2)]
    both = Barrier(2)

    def wait_for_the_other(*_asked: object) -> None:
        with suppress(BrokenBarrierError):
            both.wait(timeout=0.5)  # nobody comes where the other is held

    monkeypatch.setattr(leaving, "take_away", wait_for_the_other)

    def closed(staff_id: UUID) -> bool:
        with any_app.app_context(), suppress(Refused):
            accounts.set_active(staff_id=staff_id, active=False, **OWN)
            return True
        return False

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(closed, operators)) == [False, True]
