"""The doors: what stands between a password and the desk, for whom, and what they give away."""

import re
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP

from core.calendar import Month
from core.clock import now
from core.db import db
from offices import settings
from offices import staff as accounts
from offices.audit_models import AuditEntry
from offices.current import current_office
from offices.models import Staff
from offices.roles import Role
from offices.security import USED
from offices.signin import passkeys, recovery
from tests import make

URI = re.compile(r'href="(otpauth://[^"]+)"')
SHOWN = re.compile(r"<code>([0-9A-Z-]{14})</code>")
ALIKE = 1.5  # generous: the machine has other things to do


def newcomer(role: str = "officer") -> str:
    return make.staff(role, factor=False)


def asks_for_nobody() -> None:
    settings.set_value(
        office_id=make.OFFICE, key="second_factor_roles", value="tidak", month=Month.of(now()), by="tests", now=now()
    )


def app_in(page: str) -> TOTP:
    found = URI.search(page)
    assert found
    return TOTP.from_uri(found[1].replace("&amp;", "&"))  # type: ignore[no-any-return]


def press(client: FlaskClient, path: str, **typed: str) -> str:
    data = {**typed, "csrf_token": make.token(client, path)}
    return client.post(path, data=data, follow_redirects=True).text


def account(email: str) -> Staff:
    db.session.rollback()
    return db.session.scalars(sa.select(Staff).filter_by(email=email)).one()


@pytest.mark.parametrize("role", Role)
def test_whoever_has_no_second_factor_is_led_to_set_one_up(client: FlaskClient, role: Role) -> None:
    make.through_the_door(client, newcomer(role.value))
    for page in ("/petugas", "/ringkasan/", "/pengaturan/", "/kabupaten/", "/audit", "/akun"):
        assert client.get(page).location == "/akun/langkah-kedua", page
    assert client.get("/akun/langkah-kedua").status_code == 200


def test_nothing_is_done_for_who_has_none(client: FlaskClient) -> None:
    make.through_the_door(client, newcomer("operator"))
    answer = client.post("/pengaturan/petugas/baru", data={"csrf_token": "x"})
    assert answer.location == "/akun/langkah-kedua"
    assert client.post("/petugas/langganan", json={}).status_code == 401


def test_an_office_may_do_without(client: FlaskClient) -> None:
    asks_for_nobody()
    assert make.through_the_door(client, newcomer()).location == "/petugas"
    assert client.get("/petugas").status_code == 200


def test_who_has_one_is_asked_for_it_all_the_same(client: FlaskClient) -> None:
    asks_for_nobody()
    data = {"email": make.staff(), "password": make.PASSWORD, "csrf_token": make.token(client, "/masuk")}
    assert client.post("/masuk", data=data).location.startswith("/masuk/kode?")
    assert client.get("/petugas").status_code == 302


def test_from_the_first_sign_in_to_the_desk(any_app: Flask) -> None:
    client, email = any_app.test_client(), newcomer()
    make.through_the_door(client, email)
    page = client.get("/akun/aplikasi").text
    assert "data:image/svg+xml" in page
    assert app_in(page).issuer == current_office().name
    assert "keliru" in press(client, "/akun/aplikasi", code="000000")
    assert app_in(client.get("/akun/aplikasi").text).key == app_in(page).key
    assert "Buat dan tampilkan kode" in press(client, "/akun/aplikasi", code=str(app_in(page).generate().token))
    assert client.get("/petugas").location == "/akun/kode-pemulihan"
    codes = SHOWN.findall(press(client, "/akun/kode-pemulihan"))
    assert len(codes) == recovery.HOW_MANY
    assert client.get("/petugas").status_code == 200
    assert not SHOWN.search(client.get("/akun/kode-pemulihan").text)
    opens_by_paper(any_app, email, codes[0])


def opens_by_paper(app: Flask, email: str, code: str) -> None:
    """Once, and not again."""
    for words in ("<title>Redirecting", "sudah pernah dipakai"):
        client = app.test_client()
        data = {"email": email, "password": make.PASSWORD, "csrf_token": make.token(client, "/masuk")}
        client.post("/masuk", data=data)
        data = {"code": code, "csrf_token": make.token(client, "/masuk/kode-pemulihan")}
        answer = client.post("/masuk/kode-pemulihan", data=data)
        assert words.lower() in answer.text.lower()
        if answer.location:
            assert answer.location == "/akun"
            assert f"tinggal {recovery.HOW_MANY - 1} kode. HP hilang?" in client.get("/akun").text


def test_the_next_at_a_shared_computer_gets_an_app_of_their_own(client: FlaskClient) -> None:
    make.through_the_door(client, newcomer())
    seen = app_in(client.get("/akun/aplikasi").text).key
    client.post("/keluar", data={"csrf_token": make.token(client, "/akun/aplikasi")})
    make.through_the_door(client, newcomer())
    assert app_in(client.get("/akun/aplikasi").text).key != seen


def test_setting_up_ends_sessions_that_had_only_a_password(app: Flask) -> None:
    thief, client, email = app.test_client(), app.test_client(), newcomer()
    for each in (thief, client):
        make.through_the_door(each, email)
    key = app_in(client.get("/akun/aplikasi").text)
    press(client, "/akun/aplikasi", code=str(key.generate().token))
    assert thief.get("/akun/langkah-kedua").location.startswith("/masuk?")


def test_a_code_without_a_password_opens_nothing(client: FlaskClient) -> None:
    for page in ("/masuk/kode", "/masuk/kode-pemulihan"):
        assert client.get(page).location == "/masuk"
        assert client.post(page, data={"code": "123456"}).location == "/masuk"


@pytest.mark.parametrize(("page", "tries"), [("/masuk/kode", 10), ("/masuk/kode-pemulihan", 10)])
def test_wrong_codes_are_braked(client: FlaskClient, page: str, tries: int) -> None:
    email = make.staff()
    data = {"email": email, "password": make.PASSWORD, "csrf_token": make.token(client, "/masuk")}
    client.post("/masuk", data=data)
    data = {"code": "AAAA00", "csrf_token": make.token(client, page)}
    assert {client.post(page, data=data).status_code for _try in range(tries)} == {200}
    assert client.post(page, data=data).status_code == 429


def test_many_addresses_guess_no_more_codes_than_one(app: Flask) -> None:
    email = make.staff()
    statuses = [guess(app.test_client(), email, f"203.0.113.{number}") for number in range(16)]
    assert (statuses[:15], statuses[15]) == ([200] * 15, 429)
    assert guess(app.test_client(), make.staff(), "203.0.113.1") == 200  # a colleague goes on


def guess(client: FlaskClient, email: str, address: str) -> int:
    origin = {"REMOTE_ADDR": address}
    data = {"email": email, "password": make.PASSWORD, "csrf_token": make.token(client, "/masuk")}
    client.post("/masuk", data=data, environ_base=origin)
    data = {"code": "AAAA00", "csrf_token": make.token(client, "/masuk/kode")}
    return client.post("/masuk/kode", data=data, environ_base=origin).status_code


def test_a_stolen_session_cannot_guess_the_password(sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in("officer")
    data = {"password": "bukan ini sandinya", "csrf_token": make.token(client, "/masuk/pastikan")}
    assert {client.post("/masuk/pastikan", data=data).status_code for _try in range(10)} == {200}
    assert client.post("/masuk/pastikan", data=data).status_code == 429


def test_a_link_to_the_page_for_codes_signs_nobody_out(sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in("officer")
    assert client.get("/masuk/kode").location == "/petugas"
    assert client.get("/petugas").status_code == 200


DELICATE = [
    "/pengaturan/petugas", "/pengaturan/kantor/second_factor_roles", "/akun/aplikasi", "/akun/kode-pemulihan",
    "/akun/kunci-sandi", "/audit.csv", "/survei-skm/2026-TW3/responden.csv",
]  # fmt: skip


@pytest.mark.parametrize(
    ("role", "method", "page"),
    [
        ("operator", "POST", "/pengaturan/cadangan"),
        ("officer", "GET", "/petugas/laporan/TRB-2026-00001/kode"),
        ("officer", "POST", "/petugas/laporan/TRB-2026-00001/kode"),
    ],
)
def test_buttons_that_are_delicate_ask_again(
    sign_in: Callable[[str], FlaskClient], role: str, method: str, page: str
) -> None:
    client = sign_in(role)
    with client.session_transaction() as session:
        session["fs_paa"] -= 3600
    answer = client.open(page, method=method, headers={"Referer": f"http://localhost{page}"})
    assert answer.location == f"/masuk/pastikan?next={page}"


@pytest.mark.parametrize("page", DELICATE)
def test_after_a_while_delicate_pages_ask_again(sign_in: Callable[[str], FlaskClient], page: str) -> None:
    client = sign_in("operator")
    with client.session_transaction() as session:
        session["fs_paa"] -= 3600
    asked = client.get(page).location
    assert asked.startswith("/masuk/pastikan?next=")
    data = {"password": make.PASSWORD, "csrf_token": make.token(client, asked)}
    assert client.post(asked, data=data).location == page
    assert client.get(page).status_code == 200


def test_only_the_account_page_lists_what_is_left(sign_in: Callable[[str], FlaskClient]) -> None:
    page = sign_in("auditor").get("/akun").text
    assert "Terpasang." in page
    assert "Tidak ada kode yang tersisa." in page


def test_changing_the_password_needs_the_old_one_and_a_good_new_one(client: FlaskClient) -> None:
    email = make.staff()
    make.enter(client, email)
    new = {"new_password": "kerbau ungu makan teh", "new_password_confirm": "kerbau ungu makan teh"}
    assert "Kata sandi keliru." in press(client, "/akun/kata-sandi", password="bukan ini", **new)
    weak = dict.fromkeys(new, "mumbulsari2026")
    assert "mudah ditebak" in press(client, "/akun/kata-sandi", password=make.PASSWORD, **weak)
    assert "Kata sandi diganti." in press(client, "/akun/kata-sandi", password=make.PASSWORD, **new)


def test_the_operator_helps_who_has_lost_the_phone(client: FlaskClient, sign_in: Callable[[str], FlaskClient]) -> None:
    email = make.staff()
    path = f"/pengaturan/petugas/{account(email).id}"
    operator = sign_in("operator")
    assert "Aplikasi kode" in operator.get(path).text
    data = {"csrf_token": make.token(operator, path)}
    assert "/masuk/kata-sandi/" in operator.post(f"{path}/langkah-kedua", data=data).text
    assert "Belum dipasang" in operator.get(path).text
    db.session.rollback()
    trail = db.session.scalars(sa.select(AuditEntry.action).filter_by(subject=email)).all()
    assert "staff.reset_factors" in trail


def test_the_command_helps_the_operator(app: Flask) -> None:
    email = make.staff("operator")
    for option, left in (([], True), (["--lost-phone"], False)):
        said = app.test_cli_runner().invoke(args=["staff", "link", email, *option]).output
        assert "/masuk/kata-sandi/" in said
        assert bool(account(email).tf_primary_method) is left


def test_what_the_library_brings_and_nobody_uses_is_not_there(app: Flask, client: FlaskClient) -> None:
    brought = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("security.")]
    unused = [rule for rule in brought if rule.endpoint not in USED]
    assert {rule.endpoint for rule in brought} >= USED
    assert unused
    for rule in unused:
        address = rule.build({"token": "x"})
        assert address
        for method in ("GET", "POST"):
            assert client.open(address[1], method=method).status_code in {404, 405}, rule.rule


def test_passkeys_are_not_offered_where_browsers_keep_none(client: FlaskClient) -> None:
    make.through_the_door(client, newcomer())
    page = client.get("/akun/langkah-kedua", base_url="http://192.168.1.10:8000").text
    assert "Pasang kunci sandi" not in page
    assert "kunci sandi" not in client.get("/masuk", base_url="http://192.168.1.10:8000").text.lower()
    assert "Masuk dengan kunci sandi" in app_page(client, "http://localhost")


def test_a_passkey_is_asked_for_without_any_name(client: FlaskClient) -> None:
    local = {"base_url": "http://localhost"}
    found = make.TOKEN.search(client.get("/masuk", **local).text)
    assert found
    data = {"identity": make.staff(), "csrf_token": found[1]}
    page = client.post("/masuk/kunci-sandi", data=data, **local).text
    assert "data-options" in page
    assert "allowCredentials&#34;: []" in page


@pytest.mark.parametrize(
    ("ours", "asked", "origin"),
    [
        ("https://sukma.go.id", "https://sukma.go.id", "https://sukma.go.id"),
        ("https://sukma.go.id:8443", "https://sukma.go.id:8443", "https://sukma.go.id:8443"),
        ("https://sukma.go.id", "https://lain.example", ""),
        ("https://sukma.go.id", "http://127.0.0.1:8000", ""),
        ("https://sukma.go.id", "https://sukma.go.id.lain.example", ""),
        ("http://192.168.1.10:8000", "http://192.168.1.10:8000", ""),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000", ""),
        ("http://127.0.0.1:8000", "http://localhost:8000", "http://localhost:8000"),
    ],
)
def test_passkeys_belong_to_one_address(app: Flask, ours: str, asked: str, origin: str) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], base_url=ours)
    with app.test_request_context("/masuk", base_url=asked):
        words = passkeys.why_not()
        assert bool(words) is not bool(origin)
        assert "http://localhost" not in words
        if origin:
            assert passkeys.Passkeys(app).origin() == origin


def test_asked_again_in_the_middle_it_leads_back_to_the_form(sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in("officer")
    with client.session_transaction() as session:
        session["fs_paa"] -= 3600
    answer = client.post("/akun/aplikasi/lepas", headers={"Referer": "http://localhost/akun"})
    assert answer.location == "/masuk/pastikan?next=/akun"


def test_the_last_factor_is_not_taken_away(sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in("officer")
    data = {"csrf_token": make.token(client, "/akun")}
    page = client.post("/akun/aplikasi/lepas", data=data, follow_redirects=True).text
    assert "satu-satunya langkah kedua" in page
    assert "Terpasang." in page


def app_page(client: FlaskClient, base_url: str) -> str:
    return client.application.test_client().get("/masuk", base_url=base_url).text


def ratio(first: Callable[[], object], second: Callable[[], object], turns: int = 15) -> float:
    """How much longer the slower of two takes, at its best of turns taken in between each other: noise only adds."""
    times: tuple[list[float], list[float]] = ([], [])
    for _turn in range(turns):
        for kept, work in zip(times, (first, second), strict=True):
            started = perf_counter()
            work()
            kept.append(perf_counter() - started)
    low, high = sorted(map(min, times))
    return high / low


def test_an_unknown_account_takes_as_long_as_a_known_one(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    app.extensions["security"].pwd_context.update(argon2__rounds=3, argon2__memory_cost=16384)
    monkeypatch.setattr("offices.brakes.Brakes.hold", lambda *_asked, **_more: False)
    client = app.test_client()
    token = make.token(client, "/masuk")
    known = make.staff(email="ada@kantor.go.id")
    no_password, closed = make.staff(email="baru@kantor.go.id"), make.staff(email="pergi@kantor.go.id")
    change(no_password, password=None)
    change(closed, active=False)

    def attempt(email: str) -> Callable[[], object]:
        data = {"email": email, "password": "bukan kata sandinya", "csrf_token": token}
        return lambda: client.post("/masuk", data=data)

    for other in ("tiada@kantor.go.id", no_password, closed):
        assert ratio(attempt(known), attempt(other)) < ALIKE, other


def change(email: str, **values: object) -> None:
    db.session.rollback()
    with db.engines["writer"].begin() as connection:
        connection.execute(sa.update(Staff).filter_by(email=email).values(values))


def test_links_tell_nothing_of_accounts(app: Flask) -> None:
    client, link = app.test_client(), "/masuk/kata-sandi/"
    email = make.staff()
    used = accounts.reset_of(email=email, by="tests", now=make.START).token
    accounts.reset_of(email=email, by="tests", now=make.START)
    of_nobody = app.extensions["security"].reset_serializer.dumps(["0" * 64, "0" * 128])
    pages = {client.get(link + token, follow_redirects=True).request.path for token in (used, of_nobody)}
    assert pages == {"/masuk/kata-sandi"}
    assert ratio(lambda: client.get(link + used), lambda: client.get(link + of_nobody), 40) < ALIKE


def test_a_wrong_code_names_the_clock_and_leaves_the_field_empty(client: FlaskClient) -> None:
    data = {"email": make.staff(), "password": make.PASSWORD, "csrf_token": make.token(client, "/masuk")}
    client.post("/masuk", data=data)
    page = press(client, "/masuk/kode", code="123123")
    assert "Periksa jam HP" in page
    assert "123123" not in page
