"""Tells who has said nothing of an indicator in time: the responsible, and some days later the Sekcam; once each.

Found for all offices together: a morning on which nobody is late costs a few statements, however many there are.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from complaints import notices
from complaints.messages.letters import Words
from complaints.messages.telling import Letter, Names
from core import outbox
from core.calendar import WEEKEND, WIB, Month, long_date, wib_day, working_day_after
from core.db import read_afresh, transaction
from core.outbox import Channel
from indicators.registers import late_queries, note_queries, responsible
from indicators.registers.late_queries import Account
from indicators.sheet import SHEET, Indicator
from offices.roles import Role

Way = tuple[Channel, Mapping[str, UUID]]
STARTS = time(7)
MONTHS_BACK = 2  # with the longest settings a month's notes are due in the month after the next


class Step(StrEnum):
    """What is told of a month's notes; stored by value, and the `kind` of its messages."""

    LATE = "note_late"
    VERY_LATE = "note_very_late"


SUBJECTS = {Step.LATE: "Catatan IKU yang belum diisi", Step.VERY_LATE: "Catatan IKU yang lama belum diisi"}


@dataclass(frozen=True)
class Told:
    """Somebody who is told of notes that were not filled in."""

    office_id: int
    month: Month
    step: Step
    staff_id: UUID
    ways: Sequence[Way]
    indicators: Sequence[Indicator]


@dataclass(frozen=True)
class Due:
    """A month whose notes were due on a day that is over."""

    month: Month
    day: date


def overdue(
    today: date, months: Sequence[Month], days: Mapping[Month, tuple[int, int]], days_off: Collection[date]
) -> dict[Step, Due]:
    """The newest month of which each step is told on a day, the newest month first; nothing on one that nobody works.
    `days`: working days after the month's end, and after the due day until the Sekcam is told; 0: never.
    """
    if today.weekday() in WEEKEND or today in days_off:
        return {}
    found: dict[Step, Due] = {}
    for month in months:
        until, more = days[month]
        if not until:
            continue
        due = working_day_after(month.last_day, until, days_off)
        for step, after in ((Step.LATE, 1), (Step.VERY_LATE, more)):
            if after and today >= working_day_after(due, after, days_off):
                found.setdefault(step, Due(month, due))
    return found


def tell(*, by_mail: bool, now: datetime) -> int:
    """Put down who is told this morning, in every office: how many people. Nothing before seven, and nothing where the
    office's data is invented. `by_mail`: there is a server for e-mail.
    """
    if now.astimezone(WIB).time() < STARTS:
        return 0
    return sum(_put_down(told, now=now) for told in to_tell(read_afresh(), by_mail=by_mail, now=now))


def to_tell(session: Session, *, by_mail: bool, now: datetime) -> list[Told]:
    """Who is to be told now and was not yet, of all offices, in statements whose number never grows. Whoever can't be
    reached waits until they can.
    """
    today = wib_day(now)
    months = [Month.of_day(today).minus(back) for back in range(1, MONTHS_BACK + 1)]
    days, days_off = late_queries.due_days(session, months), late_queries.days_off(session, months[-1].day_after)
    due = {office: overdue(today, months, days[office], days_off.get(office, frozenset())) for office in days}
    if not any(due.values()):
        return []
    filled, told = late_queries.filled(session, months), late_queries.told(session, months)
    accounts = late_queries.accounts(session)
    return [
        Told(office, one.month, step, account.id, ways, left)
        for office, steps in due.items()
        for step, one in steps.items()
        for account in accounts.get(office, ())
        if (ways := _ways(account, by_mail=by_mail)) and (left := _left(office, step, one, account, filled, told))
    ]


def _left(
    office: int, step: Step, due: Due, account: Account, filled: Collection[object], told: Collection[object]
) -> list[Indicator]:
    """What the account is to be told of. An office that came after the due day was not late; who comes to one that was
    there answers for what others left.
    """
    if wib_day(account.office_since) > due.day:
        return []
    month = str(due.month)
    return [
        each
        for each in Indicator
        if _concerns(step, each, account)
        and (office, month, each.value) not in filled
        and (office, month, step.value, each.value, account.id) not in told
    ]


def _concerns(step: Step, indicator: Indicator, account: Account) -> bool:
    if step is Step.VERY_LATE:
        return account.role is Role.SECRETARY
    return responsible.is_responsible(indicator, account.role, account.section)


def _ways(account: Account, *, by_mail: bool) -> list[Way]:
    """By which ways somebody is told."""
    mails: list[Way] = [(Channel.EMAIL, {"staff": account.id})] if by_mail and account.wants_mail else []
    return mails + [(Channel.PUSH, {"subscription": phone}) for phone in account.phones]


@transaction
def _put_down(session: Session, told: Told, *, now: datetime) -> int:
    """One message by each way for all of a person's indicators."""
    kept = (told.office_id, str(told.month), told.step.value, told.staff_id)
    new = late_queries.remember(session, *kept, told.indicators, now=now)
    for channel, names in told.ways if new else ():
        key = f"{told.step.value}:{told.month}:{'+'.join(new)}:{channel.value}:{next(iter(names.values()))}"
        sealed = notices.payload(kind=told.step.value, month=str(told.month), indicators=new, **names)
        outbox.put(session, told.office_id, channel, once=key, about=None, sealed=sealed, now=now)
    return int(bool(new))


def write(session: Session, office_id: int, names: Names, base_url: str) -> Letter | None:
    """What is still not filled in when it is told; None once nothing is."""
    month, step = Month.parse(names["month"]), Step(names["kind"])
    states = note_queries.states(session, office_id, month)
    left = [row for row in SHEET if row.key in names["indicators"] and states[row.key].note is None]
    due = states[Indicator.DOCUMENTS].due
    if not left or due is None:
        return None
    first = f"Catatan ini belum diisi. Hari terakhirnya {long_date(due)}:"
    lines = [f"{row.number}. {row.name}" + (f" ({row.responsible})" if step is Step.VERY_LATE else "") for row in left]
    subject = f"{SUBJECTS[step]} {month.long}: {len(left)}"
    return Letter(Words(subject, "\n".join([first, *lines]), f"{base_url}/ringkasan/{month}/catatan"))


WRITERS = {step.value: write for step in Step}
