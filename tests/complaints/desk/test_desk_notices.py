"""The pages about who is told what."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from complaints.desk_models import PushSubscription
from complaints.messages import notice_queries, routing, sending, subscribing
from complaints.messages.routing import Person, Rule
from complaints.reporting import entrance
from core import delivery, outgoing
from core.db import db, reader
from offices.audit_models import AuditEntry
from offices.models import Staff, Webhook
from offices.roles import Role
from tests import make
from tests.complaints.messages.test_notices import Phone
from tests.complaints.submitting import send
from tests.receivers import WebBox

SignIn = Callable[[str], FlaskClient]
LOOSE = outgoing.Limits(schemes=frozenset({"http"}), private=True)


@pytest.fixture
def operator(sign_in: SignIn) -> FlaskClient:
    return sign_in("operator")


def post(client: FlaskClient, path: str, form_at: str = "", **typed: object) -> tuple[int, str]:
    data = typed | {"csrf_token": make.token(client, form_at or path)}
    answer = client.post(path, data=data, follow_redirects=True)
    return answer.status_code, answer.text


@pytest.mark.parametrize(
    "path",
    ["/pengaturan/rute", "/pengaturan/rute/baru", "/pengaturan/webhook", "/pengaturan/kiriman", "/petugas/kabar"],
)
def test_the_pages_open(operator: FlaskClient, path: str) -> None:
    assert operator.get(path).status_code == 200


def test_a_route_is_added_changed_and_taken_away(operator: FlaskClient) -> None:
    make.staff("officer", "rina@mumbulsari.example")
    rina = db.session.scalars(sa.select(Staff).filter_by(email="rina@mumbulsari.example")).one()
    row = {"category_code": "jalan", "village_code": "", "target": f"petugas:{rina.id}", "position": "1"}
    status, page = post(operator, "/pengaturan/rute/baru", **row)
    assert (status, rina.name in page, "Semua desa" in page) == (200, True, True)
    link = page.split('href="/pengaturan/rute/')[2].split('"')[0]
    status, page = post(operator, f"/pengaturan/rute/{link}", **row | {"target": "seksi:trantib"})
    assert "Baris disimpan." in page
    assert "Kepala Seksi" in page
    status, page = post(operator, f"/pengaturan/rute/{link}/hapus", "/pengaturan/rute")
    assert "Belum ada baris" in page
    db.session.rollback()
    actions = set(db.session.scalars(sa.select(AuditEntry.action)))
    assert actions >= {"route.add", "route.edit", "route.remove"}


def test_a_route_to_nobody_is_refused(operator: FlaskClient) -> None:
    row = {"category_code": "jalan", "village_code": "", "target": "", "position": "1"}
    assert post(operator, "/pengaturan/rute/baru", **row)[0] == 422


@pytest.mark.parametrize(
    "url",
    ["http://contoh.go.id/", "https://127.0.0.1/", "https://10.1.2.3/x", "https://[::1]/", "https://a:b@contoh.id/"],
)
def test_an_address_that_is_not_on_the_internet_is_refused(operator: FlaskClient, url: str) -> None:
    status, page = post(operator, "/pengaturan/webhook", name="Aplikasi", url=url)
    assert status == 422
    assert "Tulis alamat https di internet" in page


def test_a_webhook_is_added_tried_and_switched_off(app: Flask, operator: FlaskClient) -> None:
    app.config["OUTGOING"] = LOOSE
    web = WebBox()
    with web.open():
        _status, page = post(operator, "/pengaturan/webhook", name="Aplikasi", url=f"{web.url}/x")
        assert "whsec_" in page
        assert "whsec_" not in operator.get("/pengaturan/webhook").text
        db.session.rollback()
        hook = db.session.scalars(sa.select(Webhook)).one()
        post(operator, f"/pengaturan/webhook/{hook.id}/uji", "/pengaturan/webhook")
        sending.send_due(app, lambda: make.START + timedelta(days=900))
        post(operator, f"/pengaturan/webhook/{hook.id}/mati", "/pengaturan/webhook")
        send()
        sending.send_due(app, lambda: make.START + timedelta(days=900))
    assert [body for _path, _headers, body in web.posts] == [b'{"type":"webhook.test","data":{}}']


def test_a_button_on_a_page_left_open_too_long_says_so(operator: FlaskClient) -> None:
    answer = operator.post("/pengaturan/kiriman/ulang", data={"csrf_token": "lama"}, follow_redirects=True)
    assert "Tekan tombolnya sekali lagi" in answer.text


def test_what_was_given_up_is_shown_and_tried_again(operator: FlaskClient) -> None:
    make.given_up_message()
    page = operator.get("/pengaturan/kiriman").text
    assert "SMTP 550" in page
    assert "Server email belum diatur" in page
    _status, page = post(operator, "/pengaturan/kiriman/ulang", "/pengaturan/kiriman")
    assert "1 kiriman segera dicoba lagi." in page
    assert "Tidak ada yang gagal" in page
    db.session.rollback()
    entry = db.session.scalars(sa.select(AuditEntry).filter_by(action="outbox.retry")).one()
    assert ("@" in entry.actor, entry.detail) == (True, {"messages": 1})


def test_a_phone_asks_to_be_told_and_no_longer(app: Flask, client: FlaskClient) -> None:
    app.config["OUTGOING"], app.config["PUSH_SERVICES"] = LOOSE, frozenset({"127.0.0.1"})
    handed, phone = send(keys=entrance.kept_keys()), Phone(WebBox(port=9))
    told = {
        "endpoint": phone.subscription.endpoint,
        "keys": {"p256dh": phone.subscription.p256dh, "auth": phone.subscription.auth},
    }
    path = f"/lacak/{handed.code}/langganan"
    assert [client.post(path, json=told).status_code for _ in range(2)] == [204, 204]
    db.session.rollback()
    (kept,) = db.session.scalars(sa.select(PushSubscription))
    assert phone.subscription.endpoint.encode() not in kept.sealed
    assert client.delete(path, json={"endpoint": phone.subscription.endpoint}).status_code == 204
    db.session.rollback()
    assert db.session.scalars(sa.select(PushSubscription)).all() == []


@pytest.mark.parametrize(
    "told",
    [{}, {"endpoint": "https://evil.example/x", "keys": {"p256dh": "a", "auth": "b"}}, {"endpoint": 5}, {"keys": []}],
)
def test_a_phone_that_names_no_push_service_is_refused(client: FlaskClient, told: dict[str, object]) -> None:
    handed = send(keys=entrance.kept_keys())
    assert client.post(f"/lacak/{handed.code}/langganan", json=told).status_code == 422


@pytest.mark.parametrize("knows", [True, False])
def test_a_phone_that_was_moved_is_told_by_its_new_way_when_it_knows_the_old_secret(
    app: Flask, client: FlaskClient, knows: bool
) -> None:
    app.config["OUTGOING"], app.config["PUSH_SERVICES"] = LOOSE, frozenset({"127.0.0.1"})
    first, second = send(keys=entrance.kept_keys()), send(keys=entrance.kept_keys())
    old, new = Phone(WebBox(port=9)).told, Phone(WebBox(port=9), "b").told
    for handed in (first, second):
        client.post(f"/lacak/{handed.code}/langganan", json=old)
    client.post(f"/lacak/{first.code}/langganan", json=new)  # told twice, unless the old one goes
    guessed = old | {"keys": old["keys"] | ({} if knows else {"auth": "AAAAAAAAAAAAAAAAAAAAAA"})}
    assert client.put("/langganan", json={"old": guessed, "new": new}).status_code == 204
    db.session.rollback()
    kept = [subscribing.opened(entrance.kept_keys(), row) for row in db.session.scalars(sa.select(PushSubscription))]
    reached = sorted((one.receipt, one.subscription.endpoint[-1]) for one in kept if one)
    wanted = [(str(first.code), "b"), (str(second.code), "b")]
    assert reached == sorted(wanted if knows else [(first.code, "a"), (first.code, "b"), (second.code, "a")])


@pytest.mark.parametrize("told", [{}, {"old": {}, "new": {}}, {"old": 5, "new": None}])
def test_a_move_that_names_no_push_service_is_refused(client: FlaskClient, told: dict[str, object]) -> None:
    assert client.put("/langganan", json=told).status_code == 422


def test_without_a_receipt_nobody_subscribes(client: FlaskClient) -> None:
    assert client.post("/lacak/MBS-00000-00000-0/langganan", json={}).status_code == 404


def test_the_key_for_browsers_is_told_and_stays(app: Flask, client: FlaskClient) -> None:
    key = client.get("/langganan/kunci").get_json()["key"]
    assert key == delivery.push_sender(app).public_key
    assert len(key) == 87


def test_staff_choose_their_ways(app: Flask, sign_in: SignIn) -> None:
    app.config["OUTGOING"], app.config["PUSH_SERVICES"] = LOOSE, frozenset({"127.0.0.1"})
    officer, phone = sign_in("officer"), Phone(WebBox(port=9))
    assert "Pilihan disimpan." in post(officer, "/petugas/kabar")[1]
    account = db.session.scalars(sa.select(Staff).filter_by(role="officer")).one()
    assert not notice_queries.wants_mail(reader(), make.OFFICE, account.id)  # the box was left empty
    told = {
        "endpoint": phone.subscription.endpoint,
        "keys": {"p256dh": phone.subscription.p256dh, "auth": phone.subscription.auth},
    }
    assert officer.post("/petugas/langganan", json=told).status_code == 204
    assert officer.delete("/petugas/langganan", json=told).status_code == 204


def test_the_form_says_whether_mail_is_sent(client: FlaskClient) -> None:
    assert "belum mengirim kabar lewat email" in client.get("/lapor").text


OFFICER = [Person(UUID(int=n), Role.OFFICER, None) for n in range(3)]
HEAD = Person(UUID(int=9), Role.SECTION_HEAD, "trantib")
PEOPLE = [*OFFICER, HEAD]


def rule(position: int, to: Person | str, category: str | None = None, village: str | None = None) -> Rule:
    section = to if isinstance(to, str) else None
    return Rule(position, category, village, None if isinstance(to, str) else to.id, section)


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ([], OFFICER),
        ([rule(1, OFFICER[0])], OFFICER[:1]),
        ([rule(2, OFFICER[0]), rule(1, OFFICER[1], "jalan")], OFFICER[1:2]),
        ([rule(1, OFFICER[0]), rule(1, OFFICER[1], "jalan")], OFFICER[1:2]),
        ([rule(1, OFFICER[0], "sungai"), rule(2, OFFICER[1], None, "desa")], OFFICER[1:2]),
        ([rule(1, "trantib", "jalan")], [HEAD]),
        ([rule(1, Person(UUID(int=77), Role.OFFICER, None)), rule(2, OFFICER[2])], OFFICER[2:]),
    ],
)
def test_the_first_fitting_row_says_who_is_told(rules: list[Rule], told: list[Person]) -> None:
    assert routing.looks_after(rules, PEOPLE, "jalan", "desa") == {person.id for person in told}
