"""What waits in the outbox goes out once, whatever fails in between."""

from collections import Counter
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from core import delivery, mail, outbox, outgoing, push
from core.db import db, transaction
from core.delivery import Contents, Outcome, Ways
from core.mail import Mail, Server
from core.outbox import BACK_OFF, LEASE, Channel, Claimed
from core.outbox_models import Message
from tests import make
from tests.receivers import MailBox, mail_box

START = make.START
LOOSE = outgoing.Limits(schemes=frozenset({"http"}), private=True)


@pytest.fixture
def box() -> MailBox:
    return mail_box()


def ways(box: MailBox) -> Ways:
    return Ways(Server.parse(box.url, "http://localhost"), push.Sender.parse("7" * 64, "mailto:a@b.example"), LOOSE)


def letter(session: Session, message: Claimed) -> Mail | None:
    to = (message.payload or b"").decode()
    return Mail(to, "Kabar", "Isi surat – dengan tanda", f"{message.id}@localhost") if to else None


def spread(session: Session, message: Claimed, now: datetime) -> None:
    for name in ("a", "b"):
        put_in(session, f"{message.id}:{name}", now=now)


CONTENTS = Contents(spread, letter, lambda session, message: None)


def put_in(session: Session, /, once: str, channel: Channel = Channel.EMAIL, *, now: datetime, **values: Any) -> None:
    to = values.pop("to", "warga@contoh.example").encode()
    outbox.put(session, make.OFFICE, channel, once=once, about=None, sealed=to, now=now, **values)


put = transaction(put_in)


def run(box: MailBox, now: datetime = START) -> Counter[Outcome]:
    return delivery.run([make.OFFICE], CONTENTS, ways(box), lambda: now)


def messages() -> list[Message]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Message).order_by(Message.id)))


def test_a_message_goes_once_and_nothing_of_it_is_kept(any_app: Flask, box: MailBox) -> None:
    put("one", now=START)
    with box.open():
        assert run(box) == {Outcome.SENT: 1}
        assert run(box) == {}
    (kept,) = messages()
    assert (kept.sent_at, kept.sealed, kept.next_at, kept.claimed_until) == (START, None, None, None)
    (found,) = box.letters
    assert found["To"] == "warga@contoh.example"
    assert found["From"] == "kecamatan@mumbulsari.example"
    assert found["Message-ID"] == f"<{kept.id}@localhost>"
    assert found.get_content().strip() == "Isi surat – dengan tanda"


def test_the_same_cause_is_put_down_once(any_app: Flask) -> None:
    put("one", now=START)
    put("one", now=START)
    assert len(messages()) == 1


def test_a_server_that_is_down_is_tried_again_until_it_comes_back(any_app: Flask, box: MailBox) -> None:
    for number in range(30):
        put(str(number), now=START)
    assert run(box) == {Outcome.LATER: 1}  # one try tells that nothing goes; the others keep their turn
    with box.open():
        assert run(box, START + timedelta(seconds=30)) == {Outcome.SENT: 29}
        assert run(box, START + BACK_OFF[0]) == {Outcome.SENT: 1}
    assert len({found["Message-ID"] for found in box.letters}) == len(box.letters) == 30


def test_a_message_that_never_goes_is_given_up_after_three_days(any_app: Flask, box: MailBox) -> None:
    put("one", now=START)
    now, tries = START, 0
    while messages()[0].given_up_at is None:
        now = max(now, messages()[0].next_at or now)
        run(box, now)
        tries += 1
    assert tries == len(BACK_OFF) + 1
    assert timedelta(days=2) < now - START < timedelta(days=4)
    assert messages()[0].last_error == "ConnectionRefusedError"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [("450 busy <warga@contoh.example>", Outcome.LATER), ("550 no such <warga@contoh.example>", Outcome.GIVEN_UP)],
)
def test_a_refused_receiver_is_tried_again_only_where_that_may_help(
    app: Flask, box: MailBox, answer: str, outcome: Outcome
) -> None:
    put("one", now=START)
    box.answer = answer
    with box.open():
        assert run(box) == {outcome: 1}
    assert messages()[0].last_error == f"SMTP {answer[:3]}"  # and nobody's address


def test_a_letter_that_the_server_will_not_have_is_given_up(app: Flask, box: MailBox) -> None:
    put("one", now=START)
    box.answer_data = "554 spam"
    with box.open():
        assert run(box) == {Outcome.GIVEN_UP: 1}


def test_whoever_is_not_to_be_told_any_more_is_not_told(app: Flask, box: MailBox) -> None:
    put("one", to="", now=START)
    with box.open():
        assert run(box) == {Outcome.GIVEN_UP: 1}
    assert messages()[0].last_error == outbox.NOBODY


def test_a_notice_becomes_its_messages_in_the_same_run(any_app: Flask, box: MailBox) -> None:
    put("one", Channel.NOTICE, now=START)
    with box.open():
        assert run(box) == {Outcome.TOLD: 1, Outcome.SENT: 2}


def test_without_a_server_letters_wait_and_the_rest_goes(app: Flask, box: MailBox) -> None:
    put("mail", now=START)
    put("notice", Channel.NOTICE, now=START)
    none = Ways(None, push.Sender.parse("7" * 64, "mailto:a@b.example"), LOOSE)
    assert delivery.run([make.OFFICE], CONTENTS, none, lambda: START) == {Outcome.TOLD: 1}


def test_what_is_for_the_morning_waits_for_it(app: Flask, box: MailBox) -> None:
    put("one", not_before=START + timedelta(hours=1), now=START)
    with box.open():
        assert run(box) == {}
        assert run(box, START + timedelta(hours=1)) == {Outcome.SENT: 1}


def test_a_sender_that_died_leaves_its_messages_to_the_next(any_app: Flask, box: MailBox) -> None:
    put("one", now=START)
    claimed = outbox.claim(office_id=make.OFFICE, channels=list(Channel), now=START)
    assert len(claimed) == 1
    with box.open():
        assert run(box, START + LEASE - timedelta(seconds=1)) == {}
        assert run(box, START + LEASE) == {Outcome.SENT: 1}


def test_a_crash_between_sending_and_marking_repeats_a_letter_that_is_recognised(app: Flask, box: MailBox) -> None:
    put("one", now=START)
    (claimed,) = outbox.claim(office_id=make.OFFICE, channels=list(Channel), now=START)
    with box.open():
        ready, server = letter(db.session(), claimed), ways(box).server
        assert ready is not None
        assert server is not None
        with mail.Line(server) as line:
            line.send(ready, now=START)  # and then nothing more is heard of this sender
        assert run(box, START + LEASE) == {Outcome.SENT: 1}
    assert len({found["Message-ID"] for found in box.letters}) == 1
    assert len(box.letters) == 2


def test_a_sender_that_was_given_up_for_dead_marks_nothing(any_app: Flask) -> None:
    put("one", now=START)
    (slow,) = outbox.claim(office_id=make.OFFICE, channels=list(Channel), now=START)
    (quick,) = outbox.claim(office_id=make.OFFICE, channels=list(Channel), now=START + LEASE)
    assert not transaction(outbox.wait)(slow, "late", now=START + LEASE)
    assert transaction(outbox.finish)(quick, now=START + LEASE)
    assert messages()[0].sent_at == START + LEASE


def test_a_message_with_a_bug_does_not_stop_those_behind_it(
    app: Flask, box: MailBox, caplog: pytest.LogCaptureFixture
) -> None:
    def write(session: Session, message: Claimed) -> Mail | None:
        if message.payload == b"bug":
            raise KeyError("secret")
        return letter(session, message)

    put("one", to="bug", now=START)
    put("two", now=START)
    with box.open():
        found = delivery.run([make.OFFICE], Contents(spread, write, CONTENTS.forget), ways(box), lambda: START)
    assert found == {Outcome.LATER: 1, Outcome.SENT: 1}
    assert {message.last_error for message in messages()} == {None, "KeyError"}


def test_one_connection_serves_a_batch(app: Flask, box: MailBox) -> None:
    for number in range(outbox.BATCH):
        put(str(number), now=START)
    with box.open():
        assert run(box) == {Outcome.SENT: outbox.BATCH}
    assert len(box.callers) == outbox.BATCH
    assert len(set(box.callers)) == 1


def test_a_connection_that_dies_between_letters_is_opened_anew(any_app: Flask, box: MailBox) -> None:
    for number in range(10):
        put(str(number), now=START)
    box.hangs_up = ["RSET"] * 3
    with box.open():
        assert run(box) == {Outcome.SENT: 10}
    assert (len(box.letters), len(set(box.callers))) == (10, 4)
    assert len({found["Message-ID"] for found in box.letters}) == 10


def test_a_server_that_takes_one_letter_a_connection_gets_many_connections(app: Flask, box: MailBox) -> None:
    for number in range(5):
        put(str(number), now=START)
    box.hangs_up = ["421"]
    with box.open():
        assert run(box) == {Outcome.SENT: 5}
    assert len(box.letters) == len(set(box.callers)) == 5


def test_a_connection_that_dies_in_a_letter_loses_and_doubles_none(any_app: Flask, box: MailBox) -> None:
    for number in range(10):
        put(str(number), now=START)
    box.hangs_up = ["DATA"]
    with box.open():
        assert run(box) == {Outcome.LATER: 1}  # the others keep their turn
        assert run(box, START + timedelta(seconds=10)) == {Outcome.SENT: 9}
        assert run(box, START + BACK_OFF[0]) == {Outcome.SENT: 1}
    assert len({found["Message-ID"] for found in box.letters}) == len(box.letters) == 10


def test_a_letter_whose_taking_was_never_told_is_recognised_when_it_comes_again(app: Flask, box: MailBox) -> None:
    put("one", now=START)
    box.hangs_up = ["after DATA"]
    with box.open():
        assert run(box) == {Outcome.LATER: 1}
        assert run(box, START + BACK_OFF[0]) == {Outcome.SENT: 1}
    assert [len(box.letters), len({found["Message-ID"] for found in box.letters})] == [2, 1]


def test_two_senders_at_once_send_nothing_twice(any_app: Flask, box: MailBox) -> None:
    for number in range(60):
        put(str(number), now=START)
    start, tallies = Barrier(3), []

    def work() -> None:
        with any_app.app_context():
            start.wait()
            tallies.append(run(box))

    senders = [Thread(target=work) for _ in range(3)]
    with box.open():
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
    assert sum(tallies, Counter()) == {Outcome.SENT: 60}
    assert len({found["Message-ID"] for found in box.letters}) == len(box.letters) == 60
