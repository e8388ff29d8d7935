"""The monthly letter, by a real server: on the first working day, once, to the Sekcam and the Camat."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from email.message import EmailMessage
from io import BytesIO

import pytest
import sqlalchemy as sa
from flask import Flask
from pypdf import PdfReader

from complaints.desk_models import NoticeChoice
from complaints.messages import sending, subscribing
from complaints.reporting import entrance
from core import outgoing
from core.calendar import WIB, Month
from core.db import db, reader, transaction
from core.mail import File, Line, Mail, Server
from core.outbox_models import Message
from indicators import nightly, scheduler, targets
from indicators.documents import letters
from indicators.registers.models import MonthNotice
from indicators.sheet import Indicator
from offices import service
from offices.models import Office, Staff
from tests import make
from tests.complaints.messages.test_notices import Phone
from tests.receivers import MailBox, WebBox, mail_box

NIGHT = datetime(2026, 11, 1, 17, 30, tzinfo=UTC)  # 00:30 on 2 November in WIB
OCTOBER = Month(2026, 10)


@pytest.fixture
def box(any_app: Flask) -> Iterator[MailBox]:
    """A mail server that takes everything."""
    found = mail_box()
    settings = any_app.config["SETTINGS"]
    any_app.config["SETTINGS"] = type(settings)(**vars(settings) | {"smtp_url": found.url})
    with found.open():
        yield found


@pytest.fixture
def web(any_app: Flask) -> Iterator[WebBox]:
    """A push service."""
    any_app.config["OUTGOING"] = outgoing.Limits(schemes=frozenset({"http"}), private=True)
    found = WebBox()
    with found.open():
        yield found


def morning(day: int, hour: int = 7) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=WIB)


def counted(at: datetime = NIGHT) -> None:
    nightly.run_now(lambda: at, nightly.recount_marked)


def tell(day: int = 2, hour: int = 7) -> int:
    return letters.tell(by_mail=True, now=morning(day, hour))


def send(app: Flask, day: int = 2, hour: int = 8) -> None:
    sending.send_due(app, lambda: morning(day, hour))


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body()
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_a_letter_brings_its_files(any_app: Flask, box: MailBox) -> None:
    server = Server.parse(box.url, "http://localhost")
    assert server
    mail = Mail("a@b.example", "Hal", "Isi é", "1@x", files=(File("a.pdf", "application/pdf", b"%PDF-\r\n\x00\xff"),))
    with Line(server) as line:
        line.send(mail, now=NIGHT)
    [letter] = box.letters
    assert text_of(letter) == "Isi é\n"
    [file] = letter.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("a.pdf", "application/pdf")
    assert file.get_content() == b"%PDF-\r\n\x00\xff"


def test_the_sekcam_and_the_camat_get_the_six_indicators(any_app: Flask, box: MailBox) -> None:
    told = {make.staff("secretary"), make.staff("head")}
    for role in ("officer", "operator", "section_head"):
        make.staff(role)
    for answer in (3, 4):
        make.rating(answer=answer, now=datetime(2026, 10, 20, tzinfo=UTC))
    targets.set_target(
        office_id=make.OFFICE, year=2026, indicator=Indicator.IKM, value=Decimal(82), by="x", now=make.START
    )
    counted()
    assert tell() == 2
    send(any_app)
    assert {letter["To"] for letter in box.letters} == told
    assert {letter["Subject"] for letter in box.letters} == {"Ringkasan Oktober 2026, Kecamatan Mumbulsari"}
    text = text_of(box.letters[0])
    assert "2. Indeks Kepuasan Masyarakat (IKM): 87,50 indeks (target 82,00, capaian 106,71 %, Sangat tinggi)" in text
    assert "1. Jumlah dokumen organisasi: –" in text
    assert "Keadaan: Sementara, belum dikunci. Masa ini sudah berakhir.\nRingkasan dua halaman" in text
    assert "/ringkasan/2026-10" in text
    [file] = box.letters[0].iter_attachments()
    assert file.get_filename() == "ringkasan-2026-10.pdf"
    assert "Oktober 2026" in PdfReader(BytesIO(file.get_content())).pages[0].extract_text()


def test_it_comes_once_and_makes_up_for_a_morning_that_was_missed(any_app: Flask, box: MailBox) -> None:
    make.staff("head")
    counted()
    assert tell(2, 6) == 0
    assert [tell(day) for day in (4, 4, 5, 30)] == [1, 0, 0, 0]
    send(any_app, 30)
    send(any_app, 30, 9)
    assert len(box.letters) == 1


def test_it_waits_for_the_first_working_day_and_for_the_count(app: Flask) -> None:
    make.staff("head")
    assert tell() == 0  # never counted
    counted(datetime(2026, 10, 30, 17, 30, tzinfo=UTC))
    assert tell() == 0  # not the whole month
    counted()
    assert tell(1) == 0  # a Sunday
    service.add_leave(office_id=make.OFFICE, day=date(2026, 11, 2), name="Libur", by="tests", now=make.START)
    assert tell(2) == 0
    assert tell(3) == 1


@transaction
def change(session: sa.orm.Session, statement: sa.Executable, /) -> None:
    session.execute(statement)


@pytest.mark.parametrize("why", ["no mail wanted", "came later", "closed", "invented"])
def test_who_gets_none(app: Flask, why: str) -> None:
    email = make.staff("head")
    counted()
    staff_id = reader().scalars(sa.select(Staff.id).filter_by(email=email)).one()
    mine = sa.update(Staff).where(Staff.id == staff_id)
    change(
        {
            "no mail wanted": sa.insert(NoticeChoice).values(office_id=make.OFFICE, staff_id=staff_id, by_mail=False),
            "came later": mine.values(created_at=morning(2, 8)),
            "closed": mine.values(active=False),
            "invented": sa.update(Office).values(invented=True),
        }[why]
    )
    assert tell(3) == 0
    assert letters.tell(by_mail=False, now=morning(3)) == 0


def test_whose_account_was_closed_meanwhile_gets_none(any_app: Flask, box: MailBox) -> None:
    make.staff("head")
    counted()
    tell()
    change(sa.update(Staff).values(active=False))
    send(any_app)
    assert box.letters == []


def test_the_scheduler_puts_down_letters_and_what_is_late(any_app: Flask, box: MailBox) -> None:
    make.staff("head")
    counted()
    scheduler.tell_month(any_app, lambda: morning(5))
    send(any_app, 5)
    subjects = sorted(str(letter["Subject"]) for letter in box.letters)
    assert subjects == ["Catatan IKU yang belum diisi Oktober 2026: 2", "Ringkasan Oktober 2026, Kecamatan Mumbulsari"]
    late = next(text_of(letter) for letter in box.letters if "Catatan" in str(letter["Subject"]))
    assert "Hari terakhirnya 4 November 2026:\n1. Jumlah dokumen organisasi\n5. Nilai SAKIP" in late
    db.session.rollback()
    assert len(db.session.scalars(sa.select(MonthNotice)).all()) == 3
    assert all(row.sent_at for row in db.session.scalars(sa.select(Message)))


def test_what_is_late_is_pushed_to_a_browser_that_asked(any_app: Flask, web: WebBox) -> None:
    email = make.staff("head")
    phone, staff_id = Phone(web), reader().scalars(sa.select(Staff.id).filter_by(email=email)).one()
    subscribing.subscribe(
        office_id=make.OFFICE,
        staff_id=staff_id,
        subscription=phone.subscription,
        keys=entrance.kept_keys(),
        now=make.START,
    )
    scheduler.tell_month(any_app, lambda: morning(5))
    send(any_app, 5)
    [(_path, _headers, body)] = web.posts  # no server for e-mail here
    shown = phone.open(body)
    assert shown["title"] == "Catatan IKU yang belum diisi Oktober 2026: 2"
    assert shown["url"].endswith("/ringkasan/2026-10/catatan")
