"""Days, months and working days in WIB, the office's time; moments are aware UTC, day ranges half-open."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, timezone
from typing import Self

from core.errors import Refused

WIB = timezone(timedelta(hours=7), "WIB")  # fixed: Western Indonesian Time has no summer time
WEEKEND = frozenset({5, 6})  # date.weekday(): Saturday and Sunday
MONTH_NAMES = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip

ONE_DAY = timedelta(days=1)
A_MOMENT = timedelta(microseconds=1)  # as finely as both databases keep moments
_MONTH_TEXT = re.compile(r"(2[0-9]{3})-(0[1-9]|1[0-2])")  # years far from 1 and 9999, where dates end


def wib_day(moment: datetime) -> date:
    """The WIB day an aware moment falls on."""
    return _aware(moment).astimezone(WIB).date()


def day_range(day: date) -> tuple[datetime, datetime]:
    """UTC start of the WIB day and of the day after: start <= moment < end."""
    return _midnight(day), _midnight(day + ONE_DAY)


def working_day_after(day: date, n: int, days_off: Collection[date] = (), weekend: Collection[int] = WEEKEND) -> date:
    """The n-th working day after `day`, which itself never counts (n >= 1); `weekend` in date.weekday() numbers."""
    if n < 1 or len(set(weekend)) >= 7:
        raise ValueError("n must be at least 1 and a week must have a working day")
    while n:
        day += ONE_DAY
        n -= day.weekday() not in weekend and day not in days_off
    return day


def days_of(month: "Month") -> list[date]:
    """All days of a month."""
    return [month.first_day + n * ONE_DAY for n in range((month.day_after - month.first_day).days)]


def month_name(month: int) -> str:
    """Indonesian name of month 1 to 12."""
    return MONTH_NAMES[month - 1]


def long_date(day: date) -> str:
    """As in "22 November 2026"."""
    return f"{day.day} {month_name(day.month)} {day.year}"


def long_moment(moment: datetime) -> str:
    """As in "22 November 2026 pukul 19.26 WIB", from an aware moment of any zone."""
    local = _aware(moment).astimezone(WIB)
    return f"{long_date(local.date())} pukul {local:%H.%M} WIB"


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month in WIB; month is 1 to 12."""

    year: int
    month: int

    def __post_init__(self) -> None:
        """Refuse what no calendar has."""
        if not 1 <= self.month <= 12:
            raise ValueError("month must be 1 to 12")

    @classmethod
    def parse(cls, text: str) -> Self:
        """From "2026-10"; Refused when the text is anything else, if only by a space: no page has two addresses."""
        found = _MONTH_TEXT.fullmatch(text)
        if not found:
            raise Refused("Tulis bulan sebagai tahun dan bulan, misalnya 2026-10.", "month")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of_day(cls, day: date) -> Self:
        """The month a WIB day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def of(cls, moment: datetime) -> Self:
        """The WIB month an aware moment falls in."""
        return cls.of_day(wib_day(moment))

    def __str__(self) -> str:
        """As in addresses: "2026-10"."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def long(self) -> str:
        """As read aloud: "Oktober 2026"."""
        return f"{month_name(self.month)} {self.year}"

    @property
    def short(self) -> str:
        """As in "Okt 26"."""
        return f"{month_name(self.month)[:3]} {self.year % 100:02}"

    @property
    def first_day(self) -> date:
        """First day of the month."""
        return date(self.year, self.month, 1)

    @property
    def day_after(self) -> date:
        """First day of the next month: the open end of a range of days."""
        return self.next().first_day

    @property
    def last_day(self) -> date:
        """Last day of the month, itself in the month."""
        return self.day_after - ONE_DAY

    @property
    def range(self) -> tuple[datetime, datetime]:
        """UTC start and end of the month, half-open; the end is the month's cut-off."""
        return _midnight(self.first_day), _midnight(self.day_after)

    def previous(self) -> "Month":
        """The month before."""
        return Month(self.year - 1, 12) if self.month == 1 else Month(self.year, self.month - 1)

    def next(self) -> "Month":
        """The month after."""
        return Month(self.year + 1, 1) if self.month == 12 else Month(self.year, self.month + 1)

    def minus(self, months: int) -> "Month":
        """The month so many months before."""
        index = self.year * 12 + self.month - 1 - months
        return Month(index // 12, index % 12 + 1)

    def contains(self, moment: datetime) -> bool:
        """Whether the aware moment falls in this month, in WIB."""
        start, end = self.range
        return start <= _aware(moment) < end


def utc_text(moment: datetime) -> str:
    """An aware moment for programs: "2026-11-02T17:30:00Z"."""
    return _aware(moment).astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def months_before(day: date, months: int) -> date:
    """The same day so many months before, or that month's last where it is shorter."""
    month = Month.of_day(day).minus(months)
    return min(month.last_day, month.first_day + timedelta(days=day.day - 1))


def has_any_zone(day: date) -> bool:
    """Whether this day or moment can be told in every zone: not in the first and the last year of the calendar."""
    return MINYEAR < day.year < MAXYEAR


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), WIB).astimezone(UTC)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment
