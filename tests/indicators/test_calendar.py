"""The calendar feed: due days and nothing else, by a link that dies with the account's password."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar, Event

from core.calendar import WIB, Month
from core.db import db, reader
from indicators.documents import calendar_queries, calendars
from indicators.registers import notes
from indicators.sheet import Indicator
from offices import queries
from offices import staff as accounts
from offices.models import Staff
from offices.roles import Role
from tests import make
from tests.complaints import cases
from tests.offices import houses

TODAY = datetime(2026, 11, 3, 9, tzinfo=WIB)
OURS = "https://sukma.example"


def account(role: str = "officer", section: str | None = None) -> Staff:
    email = make.staff(role, section=section)
    reader().rollback()
    return reader().scalars(sa.select(Staff).filter_by(email=email)).one()


def report(assignee: UUID | None = None, due: date = date(2026, 11, 5), **values: object) -> str:
    number = make.number()
    make.bare_report(number=number, due_on=due, assignee_id=assignee, description="Pak Budi ribut", **values)
    return number


def feed(who: Staff) -> calendars.Feed:
    reader().rollback()
    return calendars.feed(reader(), queries.office(reader(), who.office_id), who, TODAY)


def shown(who: Staff) -> list[Event]:
    """The events, read again by the library."""
    calendar = Calendar.from_ical(calendars.as_ics(feed(who), OURS))
    assert isinstance(calendar, Calendar)
    return list(calendar.events)


def words(who: Staff) -> list[str]:
    return [str(event["SUMMARY"]) for event in shown(who)]


def test_an_officer_sees_what_is_assigned_to_them(any_app: Flask) -> None:
    mine, other = account(), account()
    late, due = report(mine.id, date(2026, 11, 2)), report(mine.id)
    report(other.id)
    report()
    report(mine.id, is_held=True)
    make.bare_report(assignee_id=mine.id, status="final")
    assert words(mine) == [
        f"Lewat tenggat: {late} (Kebisingan dan hiburan tanpa izin (sound horeg))",
        f"Tenggat {due} (Kebisingan dan hiburan tanpa izin (sound horeg))",
    ]


def test_a_report_is_a_whole_day_that_keeps_nobody_busy(app: Flask) -> None:
    mine = account()
    number = report(mine.id)
    [event] = shown(mine)
    assert (event.start, event.end) == (date(2026, 11, 5), date(2026, 11, 6))
    assert str(event["UID"]) == f"{number}@sukma.example"
    assert str(event["URL"]) == f"{OURS}/petugas/laporan/{number}"
    assert str(event["TRANSP"]) == "TRANSPARENT"
    assert "DESCRIPTION" not in event


def test_nothing_personal_is_in_the_feed(app: Flask) -> None:
    mine = account()
    number = report(mine.id, place="Dusun Krajan RT 2", is_confidential=True)
    text = calendars.as_ics(feed(mine), OURS).decode()
    assert number in text
    assert all(word not in text for word in ("Budi", "Krajan", "Kebisingan", mine.email, mine.fs_uniquifier))


def test_the_sekcam_and_the_head_of_trantib_see_all_open_reports(app: Flask) -> None:
    number = report(account().id)
    for role, section, sees in (
        ("secretary", None, True), ("section_head", "trantib", True), ("section_head", "pmks", False),
        ("head", None, False),
    ):  # fmt: skip
        assert any(number in text for text in words(account(role, section))) is sees


def test_the_month_has_its_days_too(app: Flask) -> None:
    sekcam, camat = account("secretary"), account("head")
    assert [(event.start, str(event["SUMMARY"])) for event in shown(sekcam)] == [
        (date(2026, 11, 4), "Isi catatan IKU Oktober 2026: Persentase indikator program yang tercapai"),
        (date(2026, 11, 5), "Kunci bulan Oktober 2026"),
        (date(2026, 12, 3), "Isi catatan IKU November 2026: Persentase indikator program yang tercapai"),
        (date(2026, 12, 4), "Kunci bulan November 2026"),
    ]
    written: dict[str, Any] = {
        "analysis": "Cukup.",
        "obstacle": "",
        "follow_up": "",
        "seen": None,
        "by": "x",
        "now": make.START,
    }
    for key in (Indicator.DOCUMENTS, Indicator.SAKIP):
        notes.write(office_id=make.OFFICE, month=Month(2026, 10), indicator=key, **written)
    assert [text[:33] for text in words(camat)] == ["Isi catatan IKU November 2026: Ju"]


def test_a_long_list_is_cut_and_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "MOST", 2)
    monkeypatch.setattr(calendar_queries, "MOST", 2)
    mine = account()
    for day in (5, 6, 7):
        report(mine.id, date(2026, 11, day))
    found = feed(mine)
    assert len(found.entries) == 3
    assert "Hanya 2 tenggat terdekat" in found.about
    assert "Hanya 2 tenggat terdekat" in found.entries[-1].words


def test_the_reports_of_another_office_are_never_there(any_app: Flask) -> None:
    houses.other_office()
    number = report(account().id)
    email = f"sekcam.{make.word()}@sebelah.example"
    accounts.add(office_id=houses.OTHER, email=email, name="Sekcam", role=Role.SECRETARY, by="tests", now=make.START)
    reader().rollback()
    theirs = reader().scalars(sa.select(Staff).filter_by(email=email)).one()
    assert not any(number in text for text in words(theirs))


def link(client: FlaskClient) -> str:
    page = client.get("/petugas/kalender").text
    return "/tenggat/" + page.split("/tenggat/")[-1].split(".ics")[0] + ".ics"


def test_the_link_opens_the_feed_without_signing_in(
    app: Flask, client: FlaskClient, sign_in: Callable[[str], FlaskClient]
) -> None:
    number = cases.case()
    path = link(sign_in("secretary"))
    answer = client.get(path)
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, max-age=900"
    assert "Set-Cookie" not in answer.headers
    assert number in answer.text.replace("\r\n ", "")
    assert client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("what", ["closed", "reset", "changed", "junk"])
def test_a_link_that_is_over_opens_nothing(
    app: Flask, client: FlaskClient, sign_in: Callable[[str], FlaskClient], what: str
) -> None:
    path = link(sign_in("secretary"))
    found = db.session.scalars(sa.select(Staff)).one()
    signed: dict[str, Any] = {
        "office_id": make.OFFICE,
        "staff_id": found.id,
        "by": "tests",
        "now": make.START,
    }
    if what == "closed":
        accounts.set_active(active=False, **signed)
    elif what == "reset":
        accounts.reset(**signed)
    asked = {
        "changed": path[:40] + ("a" if path[40] != "a" else "b") + path[41:],
        "junk": f"/tenggat/{uuid4()}.ics",
    }.get(what, path)
    assert client.get(asked).status_code == 404
