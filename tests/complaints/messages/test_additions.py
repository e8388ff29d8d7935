"""What residents add is told together; who is held, follows or has phones of their own is told as they should be."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from complaints.desk_models import PushSubscription
from complaints.messages import subscribing
from complaints.reporting import entrance
from complaints.terms import Exclusion
from core.db import db, writer_engine
from core.errors import Refused
from core.outbox_models import Message
from core.push import Subscription
from core.sealing import seal
from tests import make
from tests.complaints import cases
from tests.complaints.answering import answer, joined
from tests.complaints.messages.test_notices import Phone, received, subscribe, tell, webhook
from tests.receivers import MailBox, WebBox


@pytest.mark.parametrize("told_before_its_release", [True, False])
def test_a_report_that_was_held_is_told_once_when_it_is_released(
    any_app: Flask, box: MailBox, web: WebBox, told_before_its_release: bool
) -> None:
    make.staff("officer")
    webhook(f"{web.url}/hook")
    number = received(held_because="situs", category="tawuran").number
    answer(number, "add", "Tolong segera")
    if told_before_its_release:
        tell(any_app)
    assert (box.letters, web.posts) == ([], [])
    with writer_engine().begin() as connection:  # what was added while it was held is of no matter here
        connection.execute(sa.delete(Message).where(Message.sealed.is_(None)))
    cases.act(number, "release")
    tell(any_app)
    assert [path for path, _headers, body in web.posts if b"complaint.receive" in body] == []
    assert len([body for _path, _headers, body in web.posts if b"complaint.release" in body]) == 1
    assert [one for one in box.letters if "laporan baru" in one.get_content()] == []


def staff_letters(box: MailBox) -> list[str]:
    return [one.get_content() for one in box.letters if "menambah keterangan" in one.get_content()]


@pytest.mark.parametrize(("category", "minutes"), [("jalan", 60), ("tawuran", 10)])
def test_what_is_added_to_one_case_is_told_together(any_app: Flask, box: MailBox, category: str, minutes: int) -> None:
    make.staff("officer")
    numbers = [received(category=category).number for _report in range(2)]
    start = cases.LATER.replace(minute=0)
    for number, word in ((numbers[0], "Satu"), (numbers[0], "Dua"), (numbers[1], "Tiga")):
        answer(number, "add", word)
        tell(any_app, start + timedelta(minutes=minutes - 1))
    assert staff_letters(box) == []
    tell(any_app, start + timedelta(minutes=minutes))
    assert len(staff_letters(box)) == 2
    answer(numbers[0], "add", "Empat")
    tell(any_app, start + timedelta(minutes=minutes + 1))
    tell(any_app, start + timedelta(minutes=2 * minutes))
    assert len(staff_letters(box)) == 3


def test_what_is_added_at_night_is_told_together_in_the_morning(any_app: Flask, box: MailBox) -> None:
    make.staff("officer")
    number, night = received().number, datetime.fromisoformat("2026-10-02T02:00+07:00")
    for hour in range(3):
        answer(number, "add", f"Keterangan {hour}")
        tell(any_app, night + timedelta(hours=hour))
    assert staff_letters(box) == []
    tell(any_app, datetime.fromisoformat("2026-10-02T06:00+07:00"))
    assert len(staff_letters(box)) == 1


def test_who_joined_and_the_first_each_have_their_phones(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscribing, "MOST_PHONES", 1)
    report = cases.report(received().number).id
    joiner, keys = joined(report), entrance.kept_keys()

    def told(name: str, joiner_id: UUID | None = None, receipt: str = "MBS-1") -> None:
        subscribing.subscribe(
            office_id=make.OFFICE, complaint_id=report, joiner_id=joiner_id, receipt=receipt,
            subscription=Subscription(f"https://push.example/{name}", "", ""), keys=keys, now=make.START,
        )  # fmt: skip

    told("a", joiner)
    told("a")  # both have their receipt in one browser
    told("b", receipt="MBS-2")  # the first's code was replaced
    for more in (joiner, None):
        with pytest.raises(Refused, match="Sudah ada"):
            told("c", more)
    subscribing.unsubscribe(
        office_id=make.OFFICE,
        complaint_id=report,
        joiner_id=joiner,
        endpoint="https://push.example/a",
        keys=keys,
        now=make.START,
    )
    db.session.rollback()
    assert {row.joiner_id for row in db.session.scalars(sa.select(PushSubscription))} == {None}


def test_a_phone_sealed_with_a_lost_key_keeps_nobody_from_being_told(any_app: Flask, web: WebBox) -> None:
    handed = received()
    subscribe(Phone(web, "lost"), handed)
    with writer_engine().begin() as connection:
        connection.execute(sa.update(PushSubscription).values(sealed=seal("another key", "{}")))
    subscribe(Phone(web, "known"), handed)
    cases.act(handed.number, "verify")
    tell(any_app)
    assert [path for path, _headers, _body in web.posts] == ["/known"]


def test_who_follows_a_duplicate_of_a_duplicate_is_told_too(any_app: Flask, box: MailBox) -> None:
    second, first, other = received(email="siti@contoh.example"), received(), received()
    for mine, its in ((second, first), (first, other)):
        cases.act(mine.number, "exclude", exclusion=Exclusion.DUPLICATE, first_report=its.number)
    tell(any_app)
    box.letters.clear()
    cases.act(other.number, "verify")
    tell(any_app)
    assert [second.number in one["Subject"] for one in box.letters if one["To"].startswith("siti")] == [True]
