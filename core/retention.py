"""How far back things are kept: the day before which they go, for all offices at once."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa

from core.calendar import day_range
from core.db import UtcDateTime


@dataclass(frozen=True)
class Ends:
    """The day before which something goes: the `usual` one, and that of offices which chose another."""

    usual: date
    of_office: Mapping[int, date] = field(default_factory=dict)

    def of(self, office_id: int) -> date:
        """An office's."""
        return self.of_office.get(office_id, self.usual)

    def day(self, office: sa.SQLColumnExpression[int]) -> sa.ColumnElement[date]:
        """The same for the office of a row."""
        chosen = [(office.in_(keys), sa.literal(day, sa.Date)) for day, keys in self._alike().items()]
        usual = sa.literal(self.usual, sa.Date)
        return sa.case(*chosen, else_=usual) if chosen else usual

    def moment(self, office: sa.SQLColumnExpression[int]) -> sa.ColumnElement[datetime]:
        """The beginning of that day in WIB."""
        chosen = [(office.in_(keys), _begins(day)) for day, keys in self._alike().items()]
        return sa.case(*chosen, else_=_begins(self.usual)) if chosen else _begins(self.usual)

    def _alike(self) -> Mapping[date, list[int]]:
        offices: defaultdict[date, list[int]] = defaultdict(list)
        for key, day in self.of_office.items():
            offices[day].append(key)
        return offices


def _begins(day: date) -> sa.ColumnElement[datetime]:
    return sa.literal(day_range(day)[0], UtcDateTime())
