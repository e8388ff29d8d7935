"""What the office promises and by when, in the working days of SP4N-LAPOR! (KemenPANRB)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from complaints.terms import Status
from core.calendar import WEEKEND, wib_day, working_day_after

# The answer within 3, the follow-up within 5 more; the category says which of the two settlement times is its own:
# 60 where a supervisor has to inspect the place.
ANSWER_DAYS = 3
FOLLOW_UP_DAYS = ANSWER_DAYS + 5
ORDINARY_DAYS = 14
INSPECTION_DAYS = 60
# Waiting for the resident adds each working day that begins meanwhile, at most so many (domain.md, complaints).
MOST_WAITED = 10
# Working days of silence after which a settled report is final (domain.md, as in LAPOR!).
SILENCE_DAYS = 10


class Promise(StrEnum):
    """What a resident may expect: a first answer, somebody on it, the matter settled."""

    ANSWER = "answer"
    FOLLOW_UP = "follow_up"
    SETTLE = "settle"


# A promise is kept by the move that leaves the status; a closed report has none left.
_STILL_OWED: dict[Status, tuple[Promise, ...]] = {
    Status.RECEIVED: (Promise.ANSWER, Promise.FOLLOW_UP, Promise.SETTLE),
    Status.VERIFIED: (Promise.FOLLOW_UP, Promise.SETTLE),
    Status.ASSIGNED: (Promise.FOLLOW_UP, Promise.SETTLE),
    Status.IN_PROGRESS: (Promise.SETTLE,),
    Status.WAITING: (Promise.SETTLE,),
}


@dataclass(frozen=True)
class Deadlines:
    """Last WIB day on which each promise is still kept."""

    answer_due: date
    follow_up_due: date
    settle_due: date

    def due(self, promise: Promise) -> date:
        """The last day for one promise."""
        by_promise = {
            Promise.ANSWER: self.answer_due,
            Promise.FOLLOW_UP: self.follow_up_due,
            Promise.SETTLE: self.settle_due,
        }
        return by_promise[promise]


def deadlines(
    received_at: datetime, settle_days: int, days_off: Collection[date], weekend: Collection[int] = WEEKEND
) -> Deadlines:
    """Promises for a report received at an aware moment; the WIB day of receipt itself never counts."""
    day = wib_day(received_at)
    answer, follow_up, settle = (
        working_day_after(day, n, days_off, weekend) for n in (ANSWER_DAYS, FOLLOW_UP_DAYS, settle_days)
    )
    return Deadlines(answer, follow_up, settle)


def days_waited(
    since: datetime, until: datetime, already: int, days_off: Collection[date], weekend: Collection[int] = WEEKEND
) -> int:
    """Working days that began between asking and the answer; with those added `already`, at most MOST_WAITED."""
    last, days = wib_day(until), 0
    day = working_day_after(wib_day(since), 1, days_off, weekend)
    while day <= last and already + days < MOST_WAITED:
        days += 1
        day = working_day_after(day, 1, days_off, weekend)
    return days


def settled_by(
    due: date, waiting_since: datetime | None, already: int, days_off: Collection[date], *, now: datetime
) -> date:
    """The due day of the settling as it stands now: an answer that is waited for puts it off day by day."""
    return due if waiting_since is None else later(due, days_waited(waiting_since, now, already, days_off), days_off)


def later(due: date, days: int, days_off: Collection[date], weekend: Collection[int] = WEEKEND) -> date:
    """The due day after so many more working days."""
    return working_day_after(due, days, days_off, weekend) if days else due


def answer_by(settled_at: datetime, days_off: Collection[date], weekend: Collection[int] = WEEKEND) -> date:
    """The last WIB day on which residents may say that it is not settled."""
    return working_day_after(wib_day(settled_at), SILENCE_DAYS, days_off, weekend)


def working_days_left(today: date, due: date, days_off: Collection[date], weekend: Collection[int] = WEEKEND) -> int:
    """Working days after today, the due day included; below 0: so many since the due day."""
    first, last = sorted((today, due))
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    count = sum(day.weekday() not in weekend and day not in days_off for day in days)
    return count if today <= due else -count


def next_promise(status: Status, dates: Deadlines) -> Promise | None:
    """The promise not yet kept that falls due first; None once the report is closed."""
    return min(_STILL_OWED.get(status, ()), key=dates.due, default=None)


def next_due(status: Status, dates: Deadlines) -> date | None:
    """The day of that promise: what the inbox is sorted by; None once the report is closed."""
    promise = next_promise(status, dates)
    return dates.due(promise) if promise else None


def lateness(due: date | None, today: date) -> int | None:
    """Calendar days past the due day: 0 on the day itself, negative while there is time, None when nothing is due."""
    return None if due is None else (today - due).days
