"""What the list of suggestions may be asked for, read from an address and written to one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from core.calendar import Month
from core.errors import or_none
from core.periods import Period
from survey.review.terms import THEMES, UNSORTED, State

LENGTH = 6  # months shown until somebody chooses: half a year, as reports are
LONGEST_TEXT = 100
MOST_WORDS = 8
LONGEST_CODE = 40
NO_THEME = "belum"  # in an address: those that nobody has sorted
STATES: Mapping[str, State] = {"belum": State.OPEN, "ditangani": State.HANDLED, "disembunyikan": State.HIDDEN}


@dataclass(frozen=True)
class Filters:
    """What is shown. "" and None choose nothing; without a state all but hidden ones."""

    period: Period
    service: str = ""
    theme: str | None = None
    state: State | None = None
    text: str = ""

    @classmethod
    def parse(cls, asked: Mapping[str, str], this_month: Month) -> Self:
        """From an address, whatever stands in it."""
        return cls(
            period=period_of(asked.get("periode", ""), this_month),
            service=_tidy(asked.get("layanan", ""))[:LONGEST_CODE],
            theme=_theme(asked.get("tema", "")),
            state=STATES.get(asked.get("keadaan", "")),
            text=_tidy(asked.get("cari", ""))[:LONGEST_TEXT].strip(),
        )

    @property
    def words(self) -> list[str]:
        """What is looked for: each of them must be there."""
        return self.text.split()[:MOST_WORDS]

    def query(self) -> dict[str, str]:
        """As in an address; what chooses nothing is left out."""
        written = {
            "periode": str(self.period),
            "layanan": self.service,
            "tema": "" if self.theme is None else self.theme or NO_THEME,
            "keadaan": next((word for word, state in STATES.items() if state == self.state), ""),
            "cari": self.text,
        }
        return {name: value for name, value in written.items() if value}

    @property
    def narrows(self) -> bool:
        """Whether anything beside the period is chosen."""
        return bool(self.query().keys() - {"periode"})


@dataclass(frozen=True)
class Cursor:
    """Where a page of the list begins: after this suggestion."""

    day: date
    id: UUID

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """From an address; None, that is the first page, when it can't be read."""
        day, _, key = text.partition("_")
        try:
            return cls(date.fromisoformat(day), UUID(key))
        except ValueError:
            return None

    def __str__(self) -> str:
        """As in an address."""
        return f"{self.day}_{self.id}"


def period_of(text: str, this_month: Month) -> Period:
    """The period that an address asks for; the running half-year when it can't be read."""
    return or_none(Period.parse, text) or Period.around(this_month, LENGTH)


def _theme(text: str) -> str | None:
    if text == NO_THEME:
        return UNSORTED
    return text if text in THEMES else None


def _tidy(text: str) -> str:
    """On one line, and nothing that a database can't keep."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text[:400]).split())
