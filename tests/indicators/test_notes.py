"""What is said of a month's indicators: who may, how far it has come, and who is told that it is late."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from complaints.desk_models import NoticeChoice
from core import clock
from core.calendar import WIB, Month
from core.db import db, reader, transaction
from core.errors import Refused
from core.outbox_models import Message
from indicators.registers import late, note_queries, notes, responsible
from indicators.registers.late import Due, Step, overdue
from indicators.registers.models import MonthNotice
from indicators.registers.note_queries import NoteState
from indicators.sheet import Indicator
from offices import service, settings
from offices.models import Office, Staff
from offices.roles import Role
from tests import make

OCTOBER, SEPTEMBER = Month(2026, 10), Month(2026, 9)
DUE = date(2026, 11, 4)  # the third working day of November
AT = datetime(2026, 11, 3, 3, tzinfo=UTC)
PATH = "/ringkasan/2026-10/catatan"
KEY = Indicator.IKM


def write(text: str = "Antrean KTP panjang.", key: Indicator = KEY, hour: int = 0, seen: object = ...) -> bool:
    found = state(key).note
    return notes.write(
        office_id=make.OFFICE,
        month=OCTOBER,
        indicator=key,
        analysis=text,
        obstacle="",
        follow_up="Tambah loket.",
        seen=(found.id if found else None) if seen is ... else seen,  # type: ignore[arg-type]
        by="ani@mumbulsari.example",
        now=AT + timedelta(hours=hour),
    )


def check(hour: int = 1) -> None:
    note = state().note
    notes.check(
        office_id=make.OFFICE,
        month=OCTOBER,
        indicator=KEY,
        seen=note.id if note else None,
        by="sekcam@mumbulsari.example",
        now=AT + timedelta(hours=hour),
    )


def state(key: Indicator = KEY, as_of: datetime | None = None) -> NoteState:
    reader().rollback()
    return note_queries.states(reader(), make.OFFICE, OCTOBER, as_of)[key]


RESPONSIBLE = {
    "documents": "head",
    "ikm": "pemerintahan pelayanan-umum pmks trantib",
    "welfare": "pmks",
    "settlement": "trantib",
    "sakip": "head",
    "programme": "secretary",
}
SECTIONS = ("pemerintahan", "pelayanan-umum", "pmks", "trantib")


@pytest.mark.parametrize("key", list(Indicator))
def test_who_answers_for_an_indicator(key: Indicator) -> None:
    roles = {role.value for role in Role if responsible.is_responsible(key, role, None)}
    heads = {section for section in SECTIONS if responsible.is_responsible(key, Role.SECTION_HEAD, section)}
    assert roles | heads == set(RESPONSIBLE[key.value].split())


def test_the_sekcam_and_the_operator_write_for_all_and_officers_for_none() -> None:
    for key in Indicator:
        assert responsible.may_write(key, Role.SECRETARY, None)
        assert responsible.may_write(key, Role.OPERATOR, None)
        assert not responsible.may_write(key, Role.OFFICER, "trantib")


def test_a_note_comes_from_not_filled_to_checked_and_back(any_app: Flask) -> None:
    assert state().stage == "empty"
    assert write()
    assert state().stage == "filled"
    check()
    assert state().stage == "checked"
    assert not write(hour=2)  # the same again
    assert state().stage == "checked"
    assert write("Antrean berkurang.", hour=3)
    assert state().stage == "filled"
    assert len(note_queries.histories(reader(), make.OFFICE, OCTOBER)[KEY]) == 2


def test_the_state_can_be_read_as_it_stood(any_app: Flask) -> None:
    write()
    check(hour=2)
    write("Antrean berkurang.", hour=4)
    stood = [state(as_of=AT + timedelta(hours=hour)).stage.value for hour in (-1, 0, 1, 2, 3, 4)]
    assert stood == ["empty", "filled", "filled", "checked", "checked", "filled"]


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(app: Flask) -> None:
    write()
    with pytest.raises(Refused, match="diubah orang lain"):
        write("Lain.", hour=1, seen=None)


def test_of_many_who_write_at_the_same_moment_one_is_not_told(any_app: Flask) -> None:
    def written(text: str) -> bool:
        with any_app.app_context():
            try:
                return write(text, seen=None)
            except Refused:
                return False

    with ThreadPoolExecutor(4) as people:
        assert sum(people.map(written, ("A", "B", "C", "D"))) == 1


def test_only_the_newest_note_can_be_checked(app: Flask) -> None:
    with pytest.raises(Refused):
        check()
    write()
    stale = state().note
    assert stale
    write("Lain.", hour=1)
    with pytest.raises(Refused, match="berubah sesudah"):
        notes.check(office_id=make.OFFICE, month=OCTOBER, indicator=KEY, seen=stale.id, by="x", now=AT)


def test_a_note_is_late_once_its_last_day_is_over(app: Flask) -> None:
    assert state().due == DUE
    assert not state().is_late(datetime(2026, 11, 4, 16, 59, tzinfo=UTC))
    assert state().is_late(datetime(2026, 11, 4, 17, tzinfo=UTC))
    write(hour=500)
    assert not state().is_late(datetime(2026, 12, 4, tzinfo=UTC))


def setting(key: str, value: str, now: datetime = make.START) -> None:
    settings.set_value(office_id=make.OFFICE, key=key, value=value, month=SEPTEMBER, by="tests", now=now)


def test_an_office_sets_its_own_last_day_and_its_calendar_counts(app: Flask) -> None:
    setting("note_due_days", "1")
    service.add_leave(office_id=make.OFFICE, day=date(2026, 11, 2), name="Libur", by="tests", now=make.START)
    assert state().due == date(2026, 11, 3)
    setting("note_due_days", "0", now=AT)
    assert state().due is None
    assert not state().is_late(datetime(2027, 1, 1, tzinfo=UTC))


DAYS = {OCTOBER: (3, 2), SEPTEMBER: (3, 2)}


@pytest.mark.parametrize(
    ("today", "late_month", "very_late_month"),
    [
        (date(2026, 11, 4), SEPTEMBER, SEPTEMBER),  # September's were due on 5 October
        (date(2026, 11, 5), OCTOBER, SEPTEMBER),
        (date(2026, 11, 6), OCTOBER, OCTOBER),
        (date(2026, 11, 7), None, None),  # a Saturday
        (date(2026, 11, 9), OCTOBER, OCTOBER),
    ],
)
def test_the_month_of_which_a_morning_tells(
    today: date, late_month: Month | None, very_late_month: Month | None
) -> None:
    found = overdue(today, [OCTOBER, SEPTEMBER], DAYS, ())
    assert {step: due.month for step, due in found.items()} == {
        step: month for step, month in ((Step.LATE, late_month), (Step.VERY_LATE, very_late_month)) if month
    }


def test_a_day_off_and_a_step_that_is_switched_off_tell_nothing() -> None:
    friday = date(2026, 11, 6)
    assert overdue(friday, [OCTOBER], DAYS, {friday}) == {}
    assert overdue(friday, [OCTOBER], {OCTOBER: (0, 2)}, ()) == {}
    assert overdue(friday, [OCTOBER], {OCTOBER: (3, 0)}, ()) == {Step.LATE: Due(OCTOBER, DUE)}


def morning(day: int, hour: int = 7) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=WIB)


def tell(day: int, hour: int = 7) -> int:
    return late.tell(by_mail=True, now=morning(day, hour))


def told() -> dict[str, list[str]]:
    """Role or section → what their messages are about."""
    db.session.rollback()
    names = {row.id: row.section_key or row.role for row in db.session.scalars(sa.select(Staff))}
    found: dict[str, list[str]] = {}
    for row in db.session.scalars(sa.select(MonthNotice).order_by(MonthNotice.kind, MonthNotice.indicator)):
        found.setdefault(f"{row.kind[5:]} {names[row.staff_id]}", []).append(row.indicator)
    return found


def messages() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(Message)) or 0


def everybody() -> None:
    for role in ("officer", "operator", "secretary", "head"):
        make.staff(role)
    for section in ("pmks", "trantib"):
        make.staff("section_head", section=section)


def test_the_responsible_are_told_first_and_then_the_sekcam_each_once(any_app: Flask) -> None:
    everybody()
    write(key=Indicator.SETTLEMENT)
    write(key=Indicator.SAKIP)
    assert tell(5, 6) == 0  # before seven
    assert tell(5) == 5  # September's are the Sekcam's, too: nobody has told him
    first = told()
    assert first["late head"] == ["documents"]
    assert first["late pmks"] == ["ikm", "welfare"]
    assert first["late trantib"] == ["ikm"]
    assert first["late secretary"] == ["programme"]
    assert tell(5, 8) == 0
    assert tell(6) == 1
    assert len(told()["very_late secretary"]) == 10
    assert tell(6, 9) == tell(9) == tell(30) == 0
    assert messages() == 6


def test_a_note_that_was_filled_between_two_mornings_is_told_to_nobody(app: Flask) -> None:
    make.staff("secretary")
    setting("note_late_days", "0")
    write(key=Indicator.PROGRAMME)
    assert tell(5) == 0


def test_an_office_that_came_after_the_last_day_was_not_late(app: Flask) -> None:
    email = make.staff("head")
    change(sa.update(Staff).where(Staff.email == email).values(created_at=morning(5)))
    assert tell(6) == 0


@pytest.mark.parametrize("role", ["head", "secretary"])
def test_who_follows_somebody_is_told_of_what_was_left(any_app: Flask, role: str) -> None:
    before, after = make.staff("head"), make.staff(role)
    change(sa.update(Staff).where(Staff.email == before).values(active=False))
    change(sa.update(Staff).where(Staff.email == after).values(created_at=morning(5)))
    assert tell(6) > 0
    assert tell(9) == 0


@transaction
def change(session: sa.orm.Session, statement: sa.Update | sa.Insert, /) -> None:
    session.execute(statement)


def test_nobody_is_told_who_wants_no_mail_or_of_invented_data(app: Flask) -> None:
    email = make.staff("head")
    staff_id = reader().scalars(sa.select(Staff.id).filter_by(email=email)).one()
    change(sa.insert(NoticeChoice).values(office_id=make.OFFICE, staff_id=staff_id, by_mail=False))
    assert tell(5) == 0
    assert late.tell(by_mail=False, now=morning(5)) == 0
    make.staff("head")
    change(sa.update(Office).values(invented=True))
    assert tell(5) == 0


def at_the_desk(app: Flask, role: str, section: str | None, day: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the desk's start says of late notes."""
    client = make.signed_in(app, role, section)
    change(sa.update(Staff).values(created_at=morning(1)))  # September was due before the office had an account
    monkeypatch.setattr(clock, "now", lambda: morning(day))
    return " ".join(re.findall(r"Catatan IKU [^<]*", client.get("/petugas").text))


@pytest.mark.parametrize(
    ("role", "section", "day", "said"),
    [
        ("section_head", "pmks", 4, ""),
        ("section_head", "pmks", 5, "IKU 3"),
        ("section_head", "trantib", 5, "IKU 4"),
        ("section_head", "pemerintahan", 5, ""),
        ("head", None, 5, "IKU 1, IKU 5"),
        ("officer", None, 5, ""),
        ("operator", None, 5, ""),
        ("secretary", None, 5, "IKU 1 Camat; IKU 3 Seksi PMKS; IKU 4 Seksi Trantib; IKU 5 Camat; IKU 6 Sekcam"),
    ],
)
def test_the_desk_begins_with_what_is_late(
    app: Flask, monkeypatch: pytest.MonkeyPatch, role: str, section: str | None, day: int, said: str
) -> None:
    write()  # of the IKM
    words = f"Catatan IKU Oktober 2026 belum diisi, lewat 4 November 2026: {said}" if said else ""
    assert at_the_desk(app, role, section, day, monkeypatch) == words


def test_a_quiet_morning_costs_few_statements(app: Flask) -> None:
    everybody()
    tell(6)
    asked = make.statements()
    assert tell(9) == 0
    assert len(asked) <= 9, asked
    del asked[:]
    assert late.tell(by_mail=True, now=morning(7)) == 0  # a Saturday
    assert len(asked) <= 4, asked


def send(client: FlaskClient, key: str = "ikm", seen: str = "", **typed: str) -> str:
    data = {"analysis": "Antrean panjang.", "obstacle": "Satu loket.", "follow_up": "", "seen": seen} | typed
    answer = client.post(f"{PATH}/{key}", data=data | {"csrf_token": make.token(client, PATH)}, follow_redirects=True)
    return answer.text


def test_the_page_takes_a_note_and_the_sekcam_checks_it(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    head, secretary = sign_in("section_head"), sign_in("secretary")
    assert "Catatan disimpan." in send(head)
    assert "Sudah diperiksa" not in head.get(PATH).text
    note = state().note
    assert note
    form = {"seen": str(note.id), "csrf_token": make.token(secretary, PATH)}
    page = secretary.post(f"{PATH}/ikm/periksa", data=form, follow_redirects=True).text
    assert "1 dari 6 catatan sudah diperiksa Sekcam" in page
    assert head.post(f"{PATH}/ikm/periksa", data=form).status_code == 403


def test_a_note_that_its_own_writer_checked_says_so(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    secretary = sign_in("secretary")
    assert "Anda sendiri yang menulisnya" in send(secretary)
    note = state().note
    assert note
    form = {"seen": str(note.id), "csrf_token": make.token(secretary, PATH)}
    page = secretary.post(f"{PATH}/ikm/periksa", data=form, follow_redirects=True).text
    assert "1 dari 6 catatan sudah diperiksa Sekcam, 1 di antaranya ditulisnya sendiri." in page
    assert "Diperiksa penulisnya sendiri, " in page


def test_a_section_writes_its_own_indicators_alone(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in("section_head")  # of Trantib
    form = {"analysis": "x", "csrf_token": make.token(client, PATH)}
    assert client.post(f"{PATH}/welfare", data=form).status_code == 403
    assert client.post(f"{PATH}/settlement", data=form).status_code == 302
    assert client.get(PATH).text.count("Simpan catatan") == 2


def test_what_was_typed_stays(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in("operator")
    page = send(client, analysis="", obstacle="Hujan.")
    assert "belum diisi." in page
    assert "Hujan." in page
    write()
    page = send(client, analysis="Tulisan saya.")
    assert "diubah orang lain" in page
    assert "Tulisan saya." in page
    assert "Antrean KTP panjang." in page
    seen = state().note
    assert seen
    assert f'value="{seen.id}"' in page  # so that it can be saved now


@pytest.mark.parametrize(
    "path", ["/ringkasan/2026-13/catatan", "/ringkasan/2026-TW4/catatan", "/ringkasan/2999-01/catatan"]
)
def test_what_is_no_month_that_has_begun_has_no_notes(
    app: Flask, sign_in: Callable[[str], FlaskClient], path: str
) -> None:
    assert sign_in("officer").get(path).status_code == 404
