"""The calendar feed of a member of staff: what is due, and when. Nothing of who reported or what was written."""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from icalendar import Calendar, Event
from icalendar.enums import TRANSP
from sqlalchemy.orm import Session

from core import links
from core.calendar import ONE_DAY, Month, day_range, wib_day, working_day_after
from core.periods import Period
from indicators.documents import calendar_queries
from indicators.documents.calendar_queries import MOST, DueReport
from indicators.locks import queries as locks
from indicators.registers import note_queries, responsible
from indicators.sheet import SHEET, Indicator
from offices import queries as offices
from offices.access import account_may
from offices.models import Office, Staff
from offices.rights import TRANTIB, Action
from offices.roles import Role

MAKER = "-//SUKMA-E//Tenggat//ID"
ASKED_AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """A whole day in the calendar. `key` stays the same when the day moves; `stamp` is when it came to be."""

    key: str
    day: date
    words: str
    path: str
    stamp: datetime


@dataclass(frozen=True)
class Feed:
    """What one account's calendar shows; `about` says what it leaves out."""

    key: str
    name: str
    about: str
    entries: Sequence[Entry]


def token_of(account: Staff, key: str) -> str:
    """What stands in the address: it dies with the account's sessions, so with its password and when it is closed."""
    data = {"office": account.office_id, "staff": account.id.hex, "of": _mark(account, key)}
    return links.sign(key, links.Purpose.CALENDAR, data)


def account_of(session: Session, token: str, key: str) -> Staff | None:
    """Whose calendar it is; None when the token is no longer, or never was, one of ours."""
    match links.read(key, links.Purpose.CALENDAR, token):
        case {"office": int(office_id), "staff": str(staff), "of": str(mark)}:
            account = calendar_queries.open_account(session, office_id, UUID(staff))
            return account if account and hmac.compare_digest(mark, _mark(account, key)) else None
    return None


def feed(session: Session, office: Office, account: Staff, now: datetime) -> Feed:
    """Due days of reports, and of what the account has to do for the month's summary."""
    today, role = wib_day(now), account.staff_role
    sees_all = role is Role.SECRETARY or (role is Role.SECTION_HEAD and account.section_key == TRANTIB)
    found = calendar_queries.due_reports(session, office.id, None if sees_all else account.id)
    left_out = f"Hanya {MOST} tenggat terdekat yang ditampilkan." if len(found) > MOST else ""
    entries = [*(_of_report(report, today) for report in found[:MOST]), *_of_months(session, account, today)]
    if left_out:
        entries.append(Entry("lainnya", today, f"Laporan lain: {left_out}", "/petugas", day_range(today)[0]))
    about = f"Tenggat laporan dan ringkasan {office.name}. {left_out}".strip()
    return Feed(f"tenggat-{account.id}", f"Tenggat {office.name}", about, entries)


def as_ics(found: Feed, base_url: str) -> bytes:
    """The feed as calendars read it (RFC 5545): whole days on which nobody is taken as busy."""
    host = urlsplit(base_url).hostname
    calendar = Calendar.new(
        prodid=MAKER,
        calscale="GREGORIAN",
        uid=f"{found.key}@{host}",
        name=found.name,
        description=found.about,
        refresh_interval=ASKED_AGAIN,
    )
    for entry in found.entries:
        event = Event.new(
            uid=f"{entry.key}@{host}",
            stamp=entry.stamp,
            start=entry.day,
            end=entry.day + ONE_DAY,
            summary=entry.words,
            url=base_url + entry.path,
            transparency=TRANSP.TRANSPARENT,
        )
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _of_report(report: DueReport, today: date) -> Entry:
    what = f"{report.number} ({report.category})" if report.category else report.number
    words = f"Lewat tenggat: {what}" if report.due < today else f"Tenggat {what}"
    return Entry(report.number, report.due, words, f"/petugas/laporan/{report.number}", report.received_at)


def _of_months(session: Session, account: Staff, today: date) -> Iterator[Entry]:
    """The notes of the month that ended last and of this one, and the Sekcam's locking on the working day after."""
    months = (Month.of_day(today).previous(), Month.of_day(today))
    locks_months = account_may(account, Action.LOCK_MONTH)
    locked = locks.locked_months(session, account.office_id, Period(*months)) if locks_months else {}
    days_off = offices.days_off(session, account.office_id, months[0].day_after)
    for month in months:
        states = note_queries.states(session, account.office_id, month)
        due, ended = states[SHEET[0].key].due, month.range[1]
        mine = [row.name for row in SHEET if states[row.key].note is None and _is_theirs(account, row.key)]
        if due and mine:
            words = f"Isi catatan IKU {month.long}: {', '.join(mine)}"
            words = f"Lewat tenggat: {words}" if due < today else words
            yield Entry(f"catatan-{month}", due, words, f"/ringkasan/{month}/catatan", ended)
        if due and locks_months and str(month) not in locked:
            day = working_day_after(due, 1, days_off)
            yield Entry(f"kunci-{month}", day, f"Kunci bulan {month.long}", f"/ringkasan/{month}/kunci", ended)


def _is_theirs(account: Staff, indicator: Indicator) -> bool:
    return responsible.is_responsible(indicator, account.staff_role, account.section_key)


def _mark(account: Staff, key: str) -> str:
    """Tells nothing of what keeps the account signed in, and changes with it."""
    return hmac.new(key.encode(), b"calendar\0" + account.fs_uniquifier.encode(), hashlib.sha256).hexdigest()[:32]
