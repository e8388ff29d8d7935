"""Who is told what, by which way, when something happens to a report."""

import base64
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import http_ece
import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from py_vapid import Vapid02

from complaints.desk_models import PushSubscription
from complaints.messages import sending, subscribing
from complaints.models import Complaint
from complaints.reporting import entrance
from complaints.reporting.intake import Handed
from complaints.terms import Exclusion
from core import delivery
from core.db import db, transaction, writer_engine
from core.outbox_models import Message
from core.push import Subscription
from core.sealing import seal
from core.webhooks import new_secret, signature
from offices.models import Office, Webhook
from tests import make
from tests.complaints import cases
from tests.complaints.submitting import send
from tests.receivers import MailBox, WebBox

SECRET = new_secret()
WORDS = "Sound horeg di rumah Pak Budi"


def tell(app: Flask, now: datetime = cases.LATER + timedelta(hours=1)) -> None:
    sending.send_due(app, lambda: now)


def received(**values: Any) -> Handed:
    return send(keys=entrance.kept_keys(), description=WORDS, **values)


class Phone:
    """A browser: what it tells of itself, and what it can open."""

    def __init__(self, web: WebBox, name: str = "a") -> None:
        self.key, self.auth = ec.generate_private_key(ec.SECP256R1()), b"0123456789abcdef"
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        encoded = [base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (point, self.auth)]
        self.subscription = Subscription(f"{web.url}/{name}", *encoded)

    @property
    def told(self) -> dict[str, Any]:
        """What its browser says of it."""
        keys = {"p256dh": self.subscription.p256dh, "auth": self.subscription.auth}
        return {"endpoint": self.subscription.endpoint, "keys": keys}

    def open(self, body: bytes) -> dict[str, str]:
        text = http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")
        found: dict[str, str] = json.loads(text)
        return found


def subscribe(phone: Phone, handed: Handed) -> None:
    subscribing.subscribe(
        office_id=make.OFFICE, complaint_id=cases.report(handed.number).id, receipt=str(handed.code),
        subscription=phone.subscription, keys=entrance.kept_keys(), now=make.START,
    )  # fmt: skip


@transaction
def webhook(session: Any, /, url: str) -> None:
    sealed = seal(entrance.kept_keys().identity, SECRET)
    row = {"office_id": make.OFFICE, "id": UUID(int=7), "name": "Aplikasi kabupaten", "url": url, "is_active": True}
    session.execute(sa.insert(Webhook).values(row | {"sealed_secret": sealed, "added_at": make.START}))


def waiting() -> list[Message]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Message)))


def test_a_resident_is_told_by_mail_without_a_word_of_the_report(any_app: Flask, box: MailBox) -> None:
    handed = received(name="Bu Siti", email="siti@contoh.example")
    cases.act(handed.number, "verify")
    tell(any_app)
    sent = [one for one in box.letters if one["To"] == "siti@contoh.example"]
    (text,) = [text for one in sent if "sudah kami periksa" in (text := one.get_content())]
    assert handed.number in text
    assert f"/lacak/{handed.code}" in text
    assert not [word for word in ("Siti", "horeg", "Budi") for letter in sent if word in str(letter)]


def test_nothing_personal_waits_in_the_outbox(any_app: Flask, box: MailBox) -> None:
    handed = received(name="Bu Siti", email="siti@contoh.example")
    cases.act(handed.number, "verify")
    for message in waiting():
        assert b"siti" not in (message.sealed or b"").lower()
        assert str(handed.code) not in str(message.sealed)


def test_whoever_erased_their_data_meanwhile_is_not_told(any_app: Flask, box: MailBox) -> None:
    handed = received(email="siti@contoh.example")
    cases.act(handed.number, "verify")
    with writer_engine().begin() as connection:
        connection.execute(sa.text("DELETE FROM contact"))
    tell(any_app)
    assert [one["To"] for one in box.letters if one["To"].startswith("siti")] == []


@pytest.mark.parametrize(
    ("moves", "told"),
    [(["verify"], 2), (["verify", "assign"], 2), (["verify", "start", "settle"], 3), (["exclude", "restore"], 3)],
)
def test_a_resident_is_told_of_what_concerns_them(any_app: Flask, box: MailBox, moves: list[str], told: int) -> None:
    handed = received(email="siti@contoh.example")
    for move in moves:
        cases.act(handed.number, move)
    tell(any_app)
    assert [one["To"] for one in box.letters].count("siti@contoh.example") == told


def test_every_officer_hears_of_a_new_report_and_the_new_officer_of_an_assignment(any_app: Flask, box: MailBox) -> None:
    officers = {make.staff("officer") for _ in range(2)}
    make.staff("head")
    handed = received()
    tell(any_app)
    assert {one["To"] for one in box.letters} == officers
    assert all(handed.number in one["Subject"] for one in box.letters)
    box.letters.clear()
    email = make.staff("officer")
    chosen = db.session.scalar(sa.text("SELECT id FROM staff WHERE email = :email"), {"email": email})
    cases.act(handed.number, "verify")
    cases.act(handed.number, "assign", assignee=UUID(str(chosen)))
    tell(any_app)
    assert [one["To"] for one in box.letters] == [email]


def test_a_phone_is_told_in_words_that_it_alone_can_read(any_app: Flask, web: WebBox) -> None:
    any_app.config["PUSH_SERVICES"] = frozenset({"127.0.0.1"})
    handed, phone = received(), Phone(web)
    subscribe(phone, handed)
    cases.act(handed.number, "verify")
    tell(any_app)
    ((path, headers, body),) = web.posts
    assert path == "/a"
    shown = phone.open(body)
    assert shown["url"].endswith(f"/lacak/{handed.code}")
    assert handed.number in shown["title"]
    assert "horeg" not in json.dumps(shown)
    assert delivery.push_sender(any_app).public_key in headers["authorization"]
    assert Vapid02.verify(headers["authorization"])


def test_a_phone_that_left_is_forgotten(any_app: Flask, web: WebBox) -> None:
    handed = received()
    subscribe(Phone(web), handed)
    cases.act(handed.number, "verify")
    web.status = 410
    tell(any_app)
    assert db.session.scalars(sa.select(PushSubscription)).all() == []
    assert len(web.posts) == 1


def test_a_push_service_that_fails_is_tried_again(any_app: Flask, web: WebBox) -> None:
    handed = received()
    subscribe(Phone(web), handed)
    cases.act(handed.number, "verify")
    web.status = 503
    tell(any_app)
    web.status = 201
    tell(any_app, cases.LATER + timedelta(hours=2))
    tell(any_app, cases.LATER + timedelta(hours=3))
    assert len(web.posts) == 2


def test_whoever_holds_a_replaced_receipt_is_told_no_more(any_app: Flask, web: WebBox) -> None:
    handed = received()
    subscribe(Phone(web), handed)
    with writer_engine().begin() as connection:
        connection.execute(sa.update(Complaint).values(receipt_digest="another", receipt_issue=2))
    cases.act(handed.number, "verify")
    tell(any_app)
    assert web.posts == []


def test_another_system_is_told_signed_and_without_words(any_app: Flask, web: WebBox) -> None:
    webhook(f"{web.url}/hook")
    handed = received(name="Bu Siti", category="jalan")
    cases.act(handed.number, "verify")
    cases.act(handed.number, "start")
    tell(any_app)
    told = {json.loads(body)["type"]: (headers, body) for _path, headers, body in web.posts}
    assert set(told) == {"complaint.receive", "complaint.verify", "complaint.start"}
    headers, body = told["complaint.verify"]
    assert json.loads(body) == {
        "type": "complaint.verify",
        "timestamp": "2026-10-01T03:00:00Z",
        "data": {
            "number": handed.number, "category": "jalan", "village": "35.09.23.2005", "status": "verified",
            "at": "2026-10-01T03:00:00Z",
        },
    }  # fmt: skip
    made = signature(SECRET, headers["webhook-id"], headers["webhook-timestamp"], body)
    assert headers["webhook-signature"] == made
    assert len({one[1]["webhook-id"] for one in web.posts}) == 3


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"category": "jalan"}, {"category", "village"}),
        ({"category": "jalan", "confidential": True}, set()),
        ({"category": "asusila-miras-judi"}, set()),  # whose reports are not shown to all
    ],
)
def test_another_system_learns_no_more_than_all_may_know(
    any_app: Flask, web: WebBox, values: dict[str, Any], told: set[str]
) -> None:
    webhook(f"{web.url}/hook")
    received(**values)
    tell(any_app)
    ((_path, _headers, body),) = web.posts
    assert json.loads(body)["data"].keys() == {"number", "status", "at"} | told


def test_a_redirect_is_not_followed(any_app: Flask, web: WebBox) -> None:
    webhook(f"{web.url}/hook")
    web.status, web.location = 307, f"{web.url}/elsewhere"
    received()
    tell(any_app)
    assert [path for path, _headers, _body in web.posts] == ["/hook"]


def test_what_came_in_at_night_waits_for_the_morning_unless_it_is_urgent(any_app: Flask, box: MailBox) -> None:
    make.staff("officer")
    night = datetime.fromisoformat("2026-10-01T23:00+07:00")
    received(now=night, category="kebisingan")
    urgent = received(now=night, category="tawuran")
    tell(any_app, night + timedelta(minutes=1))
    assert [urgent.number in one["Subject"] for one in box.letters] == [True]
    assert box.letters[0]["Subject"].startswith("MENDESAK")
    tell(any_app, datetime.fromisoformat("2026-10-02T06:00+07:00"))
    assert len(box.letters) == 2


def test_a_report_held_for_review_is_told_to_nobody(any_app: Flask, box: MailBox) -> None:
    make.staff("officer")
    number = received().number
    with writer_engine().begin() as connection:
        connection.execute(sa.update(Complaint).where(Complaint.number == number).values(is_held=True))
    tell(any_app)
    assert box.letters == []


def test_an_office_whose_data_is_invented_tells_nobody(any_app: Flask, box: MailBox) -> None:
    make.staff("officer")
    with writer_engine().begin() as connection:
        connection.execute(sa.update(Office).values(invented=True))
    received(email="siti@contoh.example")
    tell(any_app)
    assert box.letters == []


def test_without_a_mail_server_no_letter_is_put_down(any_app: Flask) -> None:
    make.staff("officer")
    received(email="siti@contoh.example")
    tell(any_app)
    assert {message.channel for message in waiting()} == {"notice"}


def test_who_reported_the_same_is_told_of_the_report_that_is_handled(any_app: Flask, box: MailBox) -> None:
    first, second = received(), received(email="siti@contoh.example")
    cases.act(second.number, "exclude", exclusion=Exclusion.DUPLICATE, first_report=first.number)
    for move in ("verify", "start", "settle"):
        cases.act(first.number, move)
    tell(any_app)
    letters = [one.get_content() for one in box.letters if one["To"].startswith("siti")]
    assert len(letters) == 4  # theirs came in and goes no further; the other is verified, and settled
    assert all(second.number in letter and f"/lacak/{second.code}" in letter for letter in letters)
