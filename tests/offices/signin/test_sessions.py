"""Sessions: short, renewed, listed and ended by their owner."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from core import clock
from core.db import db, transaction
from core.errors import Missing
from core.ids import uuid7
from offices import sessions
from offices import staff as accounts
from offices.models import Staff
from offices.session_models import StaffSession
from offices.sessions import Ending
from offices.signin.devices import device, shortened
from tests import make

MINUTE = timedelta(minutes=1)
PHONE = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"


def account(email: str) -> Staff:
    db.session.rollback()
    return db.session.scalars(sa.select(Staff).filter_by(email=email)).one()


def entry(who: Staff) -> sessions.Entry:
    return sessions.Entry(who.office_id, who.id, who.fs_uniquifier, "10.0.0.1", "Chrome, Android")


def rows() -> list[StaffSession]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(StaffSession).order_by(StaffSession.id)))


def opens(who: Staff, token: str, when: timedelta) -> bool:
    db.session.rollback()
    return sessions.current(db.session(), who.fs_uniquifier, token, now=make.START + when) is not None


def test_a_session_ends_by_itself(any_app: Flask) -> None:
    who = account(make.staff())
    token = sessions.begin(entry=entry(who), now=make.START)
    assert opens(who, token, 59 * MINUTE)
    assert not opens(who, token, 60 * MINUTE)
    for minutes in range(55, 15 * 60, 55):
        sessions.seen(office_id=1, session_id=rows()[0].id, now=make.START + minutes * MINUTE)
    assert opens(who, token, 12 * 60 * MINUTE - MINUTE)
    assert not opens(who, token, 12 * 60 * MINUTE)


def test_a_new_sign_in_ends_the_one_before_on_that_device_alone(any_app: Flask) -> None:
    who = account(make.staff())
    first, other = (sessions.begin(entry=entry(who), now=make.START) for _each in range(2))
    second = sessions.begin(entry=entry(who), instead_of=first, now=make.START)
    assert [opens(who, token, MINUTE) for token in (first, second, other)] == [False, True, True]


def test_nobody_ends_a_colleagues_session(any_app: Flask) -> None:
    who, other = account(make.staff()), account(make.staff())
    token = sessions.begin(entry=entry(who), now=make.START)
    with pytest.raises(Missing):
        sessions.end(office_id=1, staff_id=other.id, session_id=rows()[0].id, by="x", now=make.START)
    assert sessions.end_others(office_id=1, staff_id=other.id, keep=uuid7(make.START), by="x", now=make.START) == 0
    assert opens(who, token, MINUTE)


def test_one_and_all_others_are_ended(any_app: Flask) -> None:
    who = account(make.staff())
    mine, lost, old = (sessions.begin(entry=entry(who), now=make.START) for _each in range(3))
    ids = {row.digest: row.id for row in rows()}
    own: dict[str, Any] = {"office_id": 1, "staff_id": who.id, "by": who.email, "now": make.START + MINUTE}
    sessions.end(session_id=ids[sessions.digest(lost)], **own)
    with pytest.raises(Missing):
        sessions.end(session_id=ids[sessions.digest(lost)], **own)
    assert sessions.end_others(keep=ids[sessions.digest(mine)], **own) == 1
    assert [opens(who, token, 2 * MINUTE) for token in (mine, lost, old)] == [True, False, False]


@pytest.mark.parametrize("work", [accounts.reset, accounts.reset_factors, accounts.set_active])
def test_what_an_operator_does_ends_all_sessions(any_app: Flask, work: Callable[..., object]) -> None:
    who, more = account(make.staff()), {"active": False} if work is accounts.set_active else {}
    make.staff("operator")
    token = sessions.begin(entry=entry(who), now=make.START)
    work(office_id=1, staff_id=who.id, by="operator", now=make.START, **more)
    who = account(who.email)
    assert not opens(who, token, MINUTE)
    assert not sessions.listed(db.session(), who, now=make.START)


def test_the_night_forgets_what_has_ended(any_app: Flask) -> None:
    who = account(make.staff())
    kept = sessions.begin(entry=entry(who), now=make.START)
    sessions.begin(entry=entry(who), now=make.START - 13 * 60 * MINUTE)
    first = sessions.begin(entry=entry(who), now=make.START)
    sessions.leave(office_id=1, staff_id=who.id, token=first, now=make.START)
    forget = transaction(sessions.forget_ended)
    forget(now=make.START)
    assert [row.digest for row in rows()] == [sessions.digest(kept)]


def test_signing_in_and_out_at_the_door(client: FlaskClient) -> None:
    email = make.staff()
    client.environ_base["HTTP_USER_AGENT"] = PHONE
    make.through_the_door(client, email)
    with client.session_transaction() as kept:
        cookie = dict(kept)
    page = client.get("/akun").text
    assert "Chrome, Android" in page
    assert "127.0.0.x" in page
    assert "Perangkat ini" in page
    client.post("/keluar", data={"csrf_token": make.token(client, "/akun")})
    with client.session_transaction() as kept:
        kept.update(cookie)
    assert client.get("/petugas").location.startswith("/masuk?")


def test_the_password_asked_again_renews_the_session(client: FlaskClient) -> None:
    make.through_the_door(client, make.staff())
    before = cookie(client)
    data = {"password": make.PASSWORD, "csrf_token": make.token(client, "/masuk/pastikan")}
    assert client.post("/masuk/pastikan", data=data).status_code == 302
    assert cookie(client) != before
    assert client.get("/petugas").status_code == 200
    assert len([row for row in rows() if row.ended_at is None]) == 1


def test_a_new_password_leaves_this_device_alone(app: Flask) -> None:
    client, other, email = app.test_client(), app.test_client(), make.staff()
    for each in (client, other):
        make.through_the_door(each, email)
    before = cookie(client)
    data = {
        "password": make.PASSWORD,
        "new_password": "sampan kuda nila gerimis",
        "csrf_token": make.token(client, "/akun/kata-sandi"),
    }
    data["new_password_confirm"] = data["new_password"]
    client.post("/akun/kata-sandi", data=data)
    assert client.get("/petugas").status_code == 200
    assert cookie(client) != before
    assert other.get("/petugas").location.startswith("/masuk?")


def test_other_devices_are_ended_on_the_account_page(app: Flask) -> None:
    client, other, email = app.test_client(), app.test_client(), make.staff()
    for each in (client, other):
        make.through_the_door(each, email)
    address = re.search(r'action="(/akun/perangkat/[0-9a-f-]{36}/keluar)"', client.get("/akun").text)
    assert address
    data = {"csrf_token": make.token(client, "/akun")}
    assert "sudah dikeluarkan" in client.post(address[1], data=data, follow_redirects=True).text
    assert "sudah keluar" in client.post(address[1], data=data, follow_redirects=True).text
    assert other.get("/petugas").status_code == 302
    make.through_the_door(other, email)
    page = client.post("/akun/perangkat/lain/keluar", data=data, follow_redirects=True).text
    assert "1 perangkat dikeluarkan" in page
    assert other.get("/petugas").status_code == 302
    assert client.get("/petugas").status_code == 200


def test_work_is_written_down_now_and_then(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    make.through_the_door(client, make.staff())
    start = rows()[0].seen_at
    for minutes, moved in ((4, 0), (6, 6), (10, 6), (65, 65)):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: start + minutes * MINUTE)
        assert client.get("/petugas").status_code == 200
        assert rows()[0].seen_at == start + moved * MINUTE
    monkeypatch.setattr(clock, "now", lambda: start + 126 * MINUTE)
    assert client.get("/petugas").status_code == 302


def test_a_cookie_without_a_session_opens_nothing(app: Flask, client: FlaskClient) -> None:
    make.enter(client, make.staff())
    with client.session_transaction() as kept:
        kept.pop("staff_session")
    assert client.get("/petugas").status_code == 302


def cookie(client: FlaskClient) -> str:
    with client.session_transaction() as kept:
        return str(kept["staff_session"])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (PHONE, "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari, iPhone"),
        ("curl/8", ""),
    ],
    ids=["phone", "firefox", "edge", "iphone", "curl"],
)
def test_devices_in_words(line: str, words: str) -> None:
    assert device(line) == words


@pytest.mark.parametrize(
    ("home", "words"),
    [("103.10.66.7", "103.10.66.x"), ("2001:db8:1:2::/64", "2001:0db8:…"), ("unknown", "–")],
    ids=["v4", "v6", "none"],
)
def test_addresses_are_shortened(home: str, words: str) -> None:
    assert shortened(home) == words


def test_who_stands_at_the_form_again_is_told_why_and_led_back(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(email: str, end: Callable[[Staff], object]) -> str:
        client = app.test_client()
        make.through_the_door(client, email)
        end(account(email))
        answer = client.get("/pengaturan/petugas?x=1")
        assert answer.location.endswith("/masuk?next=/pengaturan/petugas?x%3D1")
        said = re.search(r'<div class="box info" role="status"><p>(.*?)</p>', client.get(answer.location).text)
        return said[1] if said else ""

    def by_operator(work: Callable[..., object], **more: object) -> Callable[[Staff], object]:
        return lambda who: work(office_id=1, staff_id=who.id, by="operator", now=clock.now(), **more)

    def from_elsewhere(who: Staff) -> object:
        own: dict[str, Any] = {"office_id": 1, "staff_id": who.id, "by": who.email}
        return sessions.end_others(**own, keep=uuid7(make.START), now=clock.now())

    def forgotten(_who: Staff) -> object:
        return transaction(lambda session: session.execute(sa.delete(StaffSession)))()

    def passed(time: timedelta) -> Callable[[Staff], object]:
        start = clock.now()
        return lambda _who: monkeypatch.setattr(clock, "now", lambda: start + time)

    for end, words in (
        (from_elsewhere, "dari perangkat Anda yang lain"),
        (by_operator(accounts.reset_factors), "langkah kedua, atau tugas akun Anda diganti"),
        (by_operator(accounts.set_active, active=False), "akun Anda ditutup"),
        (forgotten, "Sesi Anda sudah berakhir. Silakan masuk lagi."),
        (passed(61 * MINUTE), "sejam tidak dipakai"),
    ):
        assert words in told(make.staff("operator"), end)


@pytest.mark.parametrize(
    ("sent_from", "back"),
    [
        ("http://localhost/pengaturan/petugas/baru", "/pengaturan/petugas/baru"),
        ("http://localhost/petugas/survei/tinjauan?bulan=2026-09", "/petugas/survei/tinjauan?bulan%3D2026-09"),
        ("https://evil.example/petugas/survei/tinjauan?bulan=2026-09", "/petugas/survei/tinjauan"),
        ("http://localhost/akun/aplikasi/lepas", "/akun"),
        ("http://localhost//petugas", "/akun"),
        ("http://[", "/akun"),
        ("", "/akun"),
    ],
)
def test_who_sent_a_form_is_led_back_to_its_page_and_told_that_it_is_lost(
    client: FlaskClient, sent_from: str, back: str
) -> None:
    email = make.staff("operator")
    make.through_the_door(client, email)
    data = {"csrf_token": make.token(client, "/akun")}
    own: dict[str, Any] = {"office_id": 1, "staff_id": account(email).id, "by": email}
    sessions.end_others(**own, keep=uuid7(make.START), now=clock.now())
    referrer = {"Referer": sent_from} if sent_from else {}
    answer = client.post("/akun/aplikasi/lepas", data=data, headers=referrer)
    assert answer.location == f"/masuk?next={back}"
    page = client.get(answer.location).text
    assert "Sesi Anda sudah diakhiri" in page
    assert "belum tersimpan" in page


def test_strangers_are_told_nothing_of_any_session(app: Flask, client: FlaskClient) -> None:
    email = make.staff()
    make.through_the_door(app.test_client(), email)
    with client.session_transaction() as kept:
        kept["_user_id"] = account(email).fs_uniquifier
    page = client.get("/petugas", follow_redirects=True).text
    assert "Silakan masuk untuk membuka halaman ini." in page
    assert "Sesi Anda" not in page


def test_a_session_that_is_open_has_no_ending(any_app: Flask) -> None:
    who = account(make.staff())
    token = sessions.begin(entry=entry(who), now=make.START)
    db.session.rollback()
    assert sessions.ending(db.session(), token, now=make.START + 59 * MINUTE) is None
    assert sessions.ending(db.session(), token, now=make.START + 12 * 60 * MINUTE) == Ending.LONG
    assert sessions.ending(db.session(), "another", now=make.START) == Ending.FORGOTTEN
