"""Whole months together: a month, a quarter, a half-year, a year, or any run of months (pure)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Self

from core.calendar import Month, month_name

_TEXT = re.compile(r"(2[0-9]{3})(?:-(?:(TW)([1-4])|(S)([12])))?")
_ROMAN = ("I", "II", "III", "IV")
# Months of a period, by the letters of its address; "" is the whole year.
LENGTHS: Mapping[str, int] = {"TW": 3, "S": 6, "": 12}


@dataclass(frozen=True, order=True)
class Period:
    """Whole months, first and last included; the cut-off is the end of the last."""

    first: Month
    last: Month

    @classmethod
    def parse(cls, text: str) -> Self:
        """From "2026-10", "2026-TW4" (a quarter), "2026-S2" (a half-year) or "2026"; Refused for anything else."""
        found = _TEXT.fullmatch(text)
        if not found:
            return cls.of(Month.parse(text))
        length = LENGTHS[found[2] or found[4] or ""]
        first = (int(found[3] or found[5] or 1) - 1) * length + 1
        return cls(Month(int(found[1]), first), Month(int(found[1]), first + length - 1))

    @classmethod
    def of(cls, month: Month) -> Self:
        """One month."""
        return cls(month, month)

    @classmethod
    def around(cls, month: Month, length: int) -> Self:
        """The month, quarter, half-year or year (1, 3, 6 or 12 months) in which the month lies."""
        first = (month.month - 1) // length * length + 1
        return cls(Month(month.year, first), Month(month.year, first + length - 1))

    @property
    def length(self) -> int:
        """How many months."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def _kind(self) -> str | None:
        """The letters of a quarter, a half-year or a year; None for another run of months."""
        kinds = {length: letters for letters, length in LENGTHS.items()}
        is_round = self.length in kinds and self == Period.around(self.first, self.length)
        return kinds[self.length] if is_round else None

    @property
    def _number(self) -> int:
        return (self.first.month - 1) // self.length + 1

    def __str__(self) -> str:
        """As in addresses: what `parse` reads; "2026-01--2026-10" for another run of months."""
        if self.length == 1:
            return str(self.first)
        if self._kind is None:
            return f"{self.first}--{self.last}"
        return f"{self.first.year}-{self._kind}{self._number}" if self._kind else str(self.first.year)

    @property
    def long(self) -> str:
        """As read aloud: "Oktober 2026", "Triwulan IV 2026", "Semester II 2026", "Tahun 2026"."""
        words = {"TW": "Triwulan", "S": "Semester"}
        if self.length == 1:
            return self.first.long
        if self._kind == "":
            return f"Tahun {self.first.year}"
        if self._kind:
            return f"{words[self._kind]} {_ROMAN[self._number - 1]} {self.first.year}"
        first = month_name(self.first.month) if self.first.year == self.last.year else self.first.long
        return f"{first}–{self.last.long}"

    @property
    def months(self) -> list[Month]:
        """Each month, oldest first."""
        found = [self.first]
        while found[-1] < self.last:
            found.append(found[-1].next())
        return found

    @cached_property
    def texts(self) -> tuple[str, str]:
        """The first and the last month as rows have them; made once, as every row is compared with them."""
        return str(self.first), str(self.last)

    def holds(self, month: str) -> bool:
        """Whether a month ("2026-10") lies in the period."""
        first, last = self.texts
        return first <= month <= last

    def previous(self) -> "Period":
        """As many months, right before."""
        return Period(self.first.minus(self.length), self.first.previous())

    def earlier(self) -> "Period":
        """What it is compared with: as many months right before; of the months since January, where they are no round
        period, the same months of the year before.
        """
        if self.length in {1, *LENGTHS.values()} or self.first.month != 1:
            return self.previous()
        return Period(self.first.minus(12), self.last.minus(12))

    def is_over(self, moment: datetime) -> bool:
        """Whether its last day has ended by then."""
        return moment >= self.last.range[1]

    def year_to_date(self) -> "Period":
        """January to the end of the period."""
        return Period(Month(self.last.year, 1), self.last)

    def next(self) -> "Period":
        """As many months, right after."""
        return Period(self.last.next(), self.last.minus(-self.length))
